"""The window's questions about menus: the map, a path tried, another name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from app.api.menus import SILENCE, Heard, overview, rename, try_path
from app.errors import UserError
from tests.support.data_folder import Records, opened

SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def pbx(tmp_path: Path) -> AsyncIterator[Records]:
    async with opened(tmp_path) as records:
        yield records


async def test_the_default_menu_is_there_and_nothing_leads_to_it_yet(pbx: Records) -> None:
    (view,) = await overview(pbx)
    assert (view.name, view.is_reachable) == ("default", False)
    assert [each.code for each in view.problems] == ["unreachable"]


async def test_a_path_is_tried_key_by_key(pbx: Records) -> None:
    trial = await try_path(pbx, "default", [])
    assert trial.heard == (Heard(menu="default", id="menu-greeting"),)
    assert (trial.kind, trial.waits_s, trial.menu) == ("", 6, "default")
    trial = await try_path(pbx, "default", ["1", "0"])
    assert trial.waits_s == 3
    assert [each.key for each in trial.heard] == ["", "1", "0"]
    trial = await try_path(pbx, "default", [*"102"])
    assert (trial.kind, trial.name) == ("extension", "102")
    assert await try_path(pbx, "default", [*"1025"]) == trial
    trial = await try_path(pbx, "default", [SILENCE, SILENCE, SILENCE])
    assert (trial.kind, trial.heard[-1].id) == ("hangup", "menu-goodbye")
    assert [each.is_silence for each in trial.heard[1:3]] == [True, False]


async def test_where_the_call_goes_is_told(pbx: Records) -> None:
    add = pbx.configuration.add
    await add("line", "telecom", {"user": "1", "domain": "ims.example.com"})
    await add("time_condition", "never", {"weekdays": ""})
    keys = {"key_1": "913812345678", "key_2": "voicemail:100", "key_3": "555", "key_9": "name"}
    await add("menu", "main", {**keys, "direct_dial": "no"})
    found = await try_path(pbx, "main", ["1"])
    assert (found.kind, found.name, found.number) == ("line", "telecom", "13812345678")
    found = await try_path(pbx, "main", ["2"])
    assert (found.kind, found.name) == ("voicemail", "100")
    found = await try_path(pbx, "main", ["3"])
    assert (found.kind, found.reason) == ("refused", "Not Found")
    await pbx.configuration.set("extension", "101", {"description": "Anna"})
    found = await try_path(pbx, "main", [*"9266"])
    assert (found.kind, found.name) == ("extension", "101")
    await pbx.configuration.set("menu", "main", {"time_condition": "never"})
    found = await try_path(pbx, "main", [], "en", SUNDAY)
    assert (found.kind, [each.id for each in found.heard]) == ("hangup", ["menu-closed"])


async def test_a_menu_that_is_not_there(pbx: Records) -> None:
    with pytest.raises(UserError, match="no attendant menu gone"):
        await try_path(pbx, "gone", [])


async def test_another_name_is_followed_by_all_that_lead_there(pbx: Records) -> None:
    add = pbx.configuration.add
    await add("menu", "sales", {"number": "800", "key_1": "menu:sales", "key_2": "menu:default"})
    await pbx.configuration.set("menu", "default", {"key_1": "menu:sales", "key_3": "800"})
    line = {"user": "1", "domain": "ims.example.com", "incoming_to": "menu:sales"}
    await add("line", "telecom", line)
    await add("did_route", "025", {"destination": "menu:sales"})
    await add("called_rule", "1", {"route_kind": "service", "route_target": "menu:sales"})
    await rename(pbx, "sales", " shop ")
    directory = pbx.configuration.directory
    assert list(directory.menus) == ["default", "shop"]
    assert directory.menus["shop"].number == "800"
    assert dict(directory.menus["shop"].keys) == {"1": "menu:shop", "2": "menu:default"}
    assert directory.menus["default"].keys["1"] == "menu:shop"
    assert directory.lines["telecom"].incoming_to == "menu:shop"
    assert directory.routing.did_routes.records["025"].destination == "menu:shop"
    assert directory.routing.called_rules.records["1"].route_target == "menu:shop"


async def test_a_name_that_is_taken_changes_nothing(pbx: Records) -> None:
    await pbx.configuration.add("menu", "sales", {"number": "800"})
    with pytest.raises(UserError, match="exists already"):
        await rename(pbx, "sales", "default")
    assert pbx.configuration.directory.menus["sales"].number == "800"


async def test_a_menu_that_is_named_is_not_deleted(pbx: Records) -> None:
    await pbx.configuration.add("menu", "main", {"key_1": "menu:default"})
    with pytest.raises(UserError, match="in use by attendant menu main"):
        await pbx.configuration.delete("menu", "default")
    with pytest.raises(UserError, match="there is no attendant menu “gone”"):
        await pbx.configuration.set("menu", "main", {"key_2": "menu:gone"})

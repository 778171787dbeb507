"""A save reaches disk, snapshot and listeners, or none of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.errors import EnvironmentFault, UserError
from app.events import EventBus, RecordChanged
from app.options import Options
from app.services.configuration import Change, Configuration, Draft
from app.services.directory import LocalMedia
from tests.support.data_folder import Records, opened


@pytest_asyncio.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    async with opened(tmp_path) as found:
        yield found


async def test_a_save_is_in_force_announced_and_there_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as records:
        configuration = records.configuration
        saved = await configuration.add(
            "extension", "2000", {"password": "s3cret", "multi_device": "yes", "allowed_address": "10.0.0.7"}
        )
        assert [each.code for each in saved.cautions] == ["extension.password_weak"]
        assert records.events == [RecordChanged("extension", "2000", "added")]
        found = configuration.directory.extension("2000")
        assert found is not None
        assert (found.multi_device, found.max_devices) == (True, 3)
        assert [str(each) for each in found.allowed_addresses] == ["10.0.0.7/32"]
    async with opened(tmp_path) as records:
        assert records.configuration.directory.extension("2000") == found


async def test_listeners_hear_of_a_change_with_both_snapshots(records: Records) -> None:
    heard: list[Change] = []
    records.configuration.subscribe(heard.append)
    await records.configuration.set("extension", "100", {"enabled": "no"})
    await records.configuration.delete("extension", "101")
    assert [(each.action, each.keys) for each in heard] == [("changed", ("100",)), ("deleted", ("101",))]
    before, after = heard[0].before.extension("100"), heard[0].after.extension("100")
    assert before is not None
    assert after is not None
    assert (before.enabled, after.enabled) == (True, False)
    assert heard[1].after.extension("101") is None
    assert heard[1].after is records.configuration.directory


async def test_a_device_right_that_is_off_counts_one_device(records: Records) -> None:
    await records.configuration.set("extension", "100", {"max_devices": "5"})
    found = records.configuration.directory.extension("100")
    assert found is not None
    assert found.max_devices == 1


async def test_a_refused_save_changes_and_announces_nothing(records: Records) -> None:
    before = records.configuration.directory
    for refused in (
        records.configuration.add("extension", "100", {"password": "x"}),
        records.configuration.add("extension", "abc", {"password": "x"}),
        records.configuration.set("extension", "999", {"description": "x"}),
        records.configuration.set("extension", "100", {"number": "200"}),
        records.configuration.set("setting", "tls_port", {"value": "5060"}),
        records.configuration.delete("extension", "999"),
        records.configuration.delete("setting", "realm"),
        records.configuration.add("carrot", "1", {}),
    ):
        with pytest.raises(UserError):
            await refused
    assert records.configuration.directory is before
    assert records.events == []


async def test_two_saves_of_one_number_at_once_are_one_and_a_refusal(records: Records) -> None:
    values = {"password": "some-pass-1"}
    answers = await asyncio.gather(
        *(records.configuration.add("extension", "300", values) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Saved", "UserError"]


async def test_a_save_whose_asker_leaves_is_carried_through(records: Records) -> None:
    configuration = records.configuration
    announced = asyncio.Event()
    configuration.subscribe(lambda change: announced.set())
    saving = asyncio.ensure_future(configuration.set("extension", "100", {"description": "Desk"}))
    await asyncio.sleep(0)
    saving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saving
    await announced.wait()
    found = configuration.directory.extension("100")
    assert found is not None
    assert found.description == (await configuration.store.get("extension", "100"))["description"] == "Desk"


async def test_a_listener_that_fails_does_not_undo_a_save(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(change: Change) -> None:
        raise ZeroDivisionError

    records.configuration.subscribe(fail)
    with caplog.at_level(logging.CRITICAL):
        await records.configuration.set("extension", "100", {"description": "Desk"})
    assert records.events == [RecordChanged("extension", "100", "changed")]


async def test_a_setting_is_in_force_at_once_and_says_when_not(records: Records) -> None:
    configuration = records.configuration
    saved = await configuration.set("setting", "local_media", {"value": "relay"})
    assert not saved.needs_restart
    assert configuration.directory.settings.local_media is LocalMedia.RELAY
    assert (await configuration.set("setting", "sip_port", {"value": "7000"})).needs_restart
    await configuration.delete("setting", "local_media")
    assert configuration.directory.settings.local_media is LocalMedia.AUTO


async def test_a_setting_that_clashes_names_the_value(records: Records) -> None:
    with pytest.raises(UserError, match="cannot share port") as refusal:
        await records.configuration.set("setting", "sip_port", {"value": "5061"})
    assert refusal.value.field == "value"


async def test_settings_saved_together_are_checked_together(records: Records) -> None:
    configuration = records.configuration
    with pytest.raises(UserError):
        await configuration.set("setting", "rtp_low", {"value": "30000"})
    saved = await configuration.set_settings({"rtp_low": "30000", "rtp_high": 30999})
    assert [each.key for each in saved] == ["rtp_low", "rtp_high"]
    assert configuration.directory.settings.rtp_high == 30999
    with pytest.raises(UserError) as refusal:
        await configuration.set_settings({"no_answer_s": "10", "sip_port": "30001"})
    assert refusal.value.field == "sip_port"
    with pytest.raises(UserError) as refusal:
        await configuration.set_settings({"no_answer_s": "never"})
    assert refusal.value.field == "no_answer_s"
    assert configuration.directory.settings.no_answer_s == 60


async def test_options_stay_in_force_over_saved_settings(tmp_path: Path) -> None:
    configuration = Configuration(Options(data=tmp_path, sip_port=0, bind=("127.0.0.1",)), EventBus())
    await configuration.open()
    await configuration.set("setting", "sip_port", {"value": "7000"})
    assert configuration.directory.settings.sip_port == 0
    assert configuration.directory.settings.bind_address == ("127.0.0.1",)
    assert await configuration.store.get("setting", "sip_port") == {"key": "sip_port", "value": 7000}
    await configuration.close()


def drafts(*rows: dict[str, str]) -> list[Draft]:
    return [Draft(line, row["number"], row) for line, row in enumerate(rows, start=2)]


async def test_an_import_adds_changes_and_leaves(records: Records) -> None:
    rows = drafts(
        {"number": "100", "description": "Desk"},
        {"number": "101", "description": ""},
        {"number": "500", "password": "new-pass-500"},
    )
    dry = await records.configuration.import_records("extension", rows, dry_run=True)
    assert (dry.added, dry.changed, dry.unchanged, dry.is_applied) == (1, 1, 1, False)
    assert records.configuration.directory.extension("500") is None
    result = await records.configuration.import_records("extension", rows, dry_run=False)
    assert (result.added, result.changed, result.unchanged, result.errors) == (1, 1, 1, ())
    assert result.is_applied
    assert records.configuration.directory.extension("500") is not None
    assert records.events == [RecordChanged("extension", "", "imported")]


async def test_an_import_with_one_bad_line_changes_nothing(records: Records) -> None:
    rows = drafts(
        {"number": "500", "password": "new-pass-500"},
        {"number": "501"},
        {"number": "50x", "password": "y"},
        {"number": "500", "password": "again-pass-1"},
    )
    result = await records.configuration.import_records("extension", rows, dry_run=False)
    assert [(error.line, error.field) for error in result.errors] == [
        (3, "password"),
        (4, "number"),
        (5, "number"),
    ]
    assert "stands in line 2 already" in result.errors[-1].text
    assert not result.is_applied
    assert records.configuration.directory.extension("500") is None


async def test_imported_settings_are_checked_together(records: Records) -> None:
    rows = [Draft(2, "sip_port", {"key": "sip_port", "value": "7000"})]
    clash = [*rows, Draft(3, "tls_port", {"key": "tls_port", "value": "7000"})]
    result = await records.configuration.import_records("setting", clash, dry_run=False)
    assert [(error.line, error.key) for error in result.errors] == [(3, "tls_port")]
    result = await records.configuration.import_records("setting", rows, dry_run=False)
    assert (result.changed, result.is_applied) == (1, True)
    assert records.configuration.directory.settings.sip_port == 7000


async def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path):
        with pytest.raises(EnvironmentFault, match="already runs"):
            await Configuration(Options(data=tmp_path), EventBus()).open(patience_s=0)


def files_with(folder: Path, secret: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and secret in file.read_bytes()]


LINE = {"user": "abc", "domain": "gmail.com", "password": "geheim"}


async def test_a_lines_password_is_kept_encrypted_and_known_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as records:
        await records.configuration.add("line", "sonetel", LINE)
        assert records.configuration.directory.lines["sonetel"].password == "geheim"
        assert "password" not in await records.configuration.store.get("line", "sonetel")
        assert await records.configuration.readable_secrets("line") == {"sonetel": {"password": "geheim"}}
    assert not files_with(tmp_path, b"geheim")
    async with opened(tmp_path) as records:
        await records.configuration.set("line", "sonetel", {"shared": "no"})
        line = records.configuration.directory.lines["sonetel"]
        assert (line.password, line.shared) == ("geheim", False)
        await records.configuration.set("line", "sonetel", {"password": ""})
        assert records.configuration.directory.lines["sonetel"].password == ""


async def test_a_line_whose_password_is_lost_does_not_stop_the_start(tmp_path: Path) -> None:
    async with opened(tmp_path) as records:
        await records.configuration.add("line", "sonetel", LINE)
        key = records.configuration.options.paths.vault_key
    key.unlink()
    async with opened(tmp_path) as records:
        line = records.configuration.directory.lines["sonetel"]
        assert line.password == ""
        assert "missing" in line.password_problem


async def test_a_saved_record_reaches_its_section_and_no_other(records: Records) -> None:
    configuration = records.configuration
    await configuration.add("line", "a", LINE)
    before = configuration.directory
    await configuration.add("transition", "t", {"operation": "delete", "length": "1"})
    await configuration.add("called_rule", "1", {"called_prefix": "9", "transition": "t"})
    after = configuration.directory
    assert after.lines is before.lines
    assert after.extensions is before.extensions
    assert [rule.id for rule in after.routing.called_rules.matching("91")] == ["1"]
    await configuration.delete("called_rule", "1")
    assert len(configuration.directory.routing.called_rules) == 0
    assert len(after.routing.called_rules) == 1


async def test_records_that_name_each_other_are_kept_together(records: Records) -> None:
    configuration = records.configuration
    rule = {"route_kind": "line", "route_target": "a"}
    with pytest.raises(UserError) as refusal:
        await configuration.add("called_rule", "1", rule)
    assert (refusal.value.code, refusal.value.field) == ("record.reference", "route_target")
    await configuration.add("line", "a", LINE)
    await configuration.add("called_rule", "1", rule)
    with pytest.raises(UserError, match="called number rule 1") as refusal:
        await configuration.delete("line", "a")
    assert refusal.value.code == "record.in_use"
    assert "a" in configuration.directory.lines
    await configuration.delete("called_rule", "1")
    await configuration.delete("line", "a")
    assert not configuration.directory.lines


async def test_a_setting_names_only_what_there_is(records: Records) -> None:
    configuration = records.configuration
    with pytest.raises(UserError) as refusal:
        await configuration.set_settings({"no_answer_s": 30, "default_route": "trunk:gone"})
    assert refusal.value.field == "default_route"
    with pytest.raises(UserError) as refusal:
        await configuration.set("setting", "default_route", {"value": "trunk:gone"})
    assert refusal.value.field == "value"
    await configuration.add("trunk", "there", {"address": "192.0.2.1"})
    await configuration.set("setting", "default_route", {"value": "trunk:there"})
    with pytest.raises(UserError, match="setting default_route"):
        await configuration.delete("trunk", "there")


async def test_the_out_group_prefix_may_be_empty_and_comes_back(records: Records) -> None:
    configuration = records.configuration
    await configuration.set("setting", "out_group_prefix", {"value": ""})
    assert configuration.directory.settings.out_group_prefix == ""
    await configuration.delete("setting", "out_group_prefix")
    assert configuration.directory.settings.out_group_prefix == "9"


async def test_imported_records_may_name_each_other_and_nothing_that_is_not_there(records: Records) -> None:
    first = Draft(2, "a", {"name": "a", "address": "192.0.2.1", "next_trunk": "b"})
    second = Draft(3, "b", {"name": "b", "address": "192.0.2.2"})
    lost = Draft(4, "c", {"name": "c", "address": "192.0.2.3", "next_trunk": "gone"})
    result = await records.configuration.import_records("trunk", [first, second, lost], dry_run=False)
    assert [(error.line, error.field, error.code) for error in result.errors] == [
        (4, "next_trunk", "record.reference")
    ]
    result = await records.configuration.import_records("trunk", [first, second], dry_run=False)
    assert result.is_applied
    assert set(records.configuration.directory.trunks) == {"a", "b"}

"""Finding the authentication name."""

from __future__ import annotations

import asyncio

import pytest

from app.api.examination import AuthForm
from app.events import LineState
from tests.support.fake_engine import FakeEngine, line_view
from tests.ui.conftest import settle, until
from ui import auth_search as auth_search_module
from ui.auth_search import AuthSearch
from ui.bridge import Bridge

FORMS = tuple(
    AuthForm(key=name, username=name, fields={"auth_id": name, "auth_user_with_domain": False}, wait_s=0)
    for name in ("first", "second", "third")
)


class Search:
    """A search under way, and what it told."""

    def __init__(self, bridge: Bridge, engine: FakeEngine) -> None:
        self.engine = engine
        self.told: list[str] = []
        engine.line(line_view("telecom", LineState.FAILED))
        engine.tables["line"]["telecom"]["auth_id"] = "as-it-was"
        search = AuthSearch(bridge, "telecom", lambda form, place, count: self.told.append(form.username))
        self.result = asyncio.ensure_future(search.run(FORMS))

    @property
    def auth_id(self) -> object:
        return self.engine.tables["line"]["telecom"]["auth_id"]

    async def answered(self, name: str, state: LineState, code: int = 401) -> None:
        await until(lambda: self.auth_id == name)
        self.engine.line(line_view("telecom", LineState.REGISTERING))
        self.engine.line(line_view("telecom", state, code=code))
        await settle()


async def test_the_form_that_registers_stays(bridge: Bridge, engine: FakeEngine) -> None:
    search = Search(bridge, engine)
    await search.answered("first", LineState.FAILED)
    await search.answered("second", LineState.REGISTERED, 200)
    found = await search.result
    assert found is FORMS[1]
    assert search.auth_id == "second"
    assert search.told == ["first", "second"]


async def test_a_403_stops_it_and_all_is_as_before(bridge: Bridge, engine: FakeEngine) -> None:
    search = Search(bridge, engine)
    await search.answered("first", LineState.FAILED, 403)
    assert await search.result is None
    assert search.auth_id == "as-it-was"
    assert search.told == ["first"]


async def test_silence_stops_it(bridge: Bridge, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_search_module, "PATIENCE_S", 0.0)
    search = Search(bridge, engine)
    assert await search.result is None
    assert search.auth_id == "as-it-was"


async def test_leaving_puts_the_fields_back(bridge: Bridge, engine: FakeEngine) -> None:
    search = Search(bridge, engine)
    await until(lambda: search.auth_id == "first")
    search.result.cancel()
    with pytest.raises(asyncio.CancelledError):
        await search.result
    assert search.auth_id == "as-it-was"

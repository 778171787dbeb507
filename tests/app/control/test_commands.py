"""Commands find their function."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest

from app.control.commands import COMMANDS, Commands
from app.errors import UserError
from app.pbx import Pbx


async def test_a_command_reaches_the_pbx_with_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    async def command(pbx: object, **arguments: Any) -> str:
        asked.append((pbx, arguments))
        return "done"

    monkeypatch.setitem(COMMANDS, "records.get", command)
    pbx = cast(Pbx, object())
    assert await Commands(pbx).answer("records.get", {"kind": "extension", "key": "1"}) == "done"
    assert asked == [(pbx, {"kind": "extension", "key": "1"})]


async def test_an_unknown_command_is_told() -> None:
    with pytest.raises(UserError, match="does not know the command “dance”"):
        await Commands(cast(Pbx, object())).answer("dance", {})


def test_only_the_followed_trace_goes_on() -> None:
    commands = Commands(cast(Pbx, object()))
    assert commands.stream("status", {}) is None
    assert isinstance(commands.stream("trace.follow", {}), AsyncIterator)

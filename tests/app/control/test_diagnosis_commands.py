"""The doctor's commands without a server; with one they are those of app.api.diagnosis."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from app.control.commands import COMMANDS
from app.control.diagnosis_commands import DIAGNOSIS_COMMANDS, offline
from app.errors import UserError
from app.services.directory import Directory
from app.services.outside import Line

LINE = Line(name="a", user="100", password="secret", domain="example.net")
DIRECTORY = Directory(lines=MappingProxyType({"a": LINE}))


async def test_without_a_trace_nothing_is_known() -> None:
    assert await offline("diagnose", DIRECTORY, None, {"name": "a", "notes": True}) == ()
    content: Any = await offline("diagnose.save", DIRECTORY, None, {"name": "a"})
    assert content["messages"] == []
    assert content["config"]["password"] == "***"


async def test_a_line_that_is_not_there() -> None:
    with pytest.raises(UserError, match="no line or trunk b"):
        await offline("diagnose", DIRECTORY, None, {"name": "b"})


def test_a_server_knows_them_too() -> None:
    assert set(DIAGNOSIS_COMMANDS) == {"diagnose", "diagnose.save"} <= set(COMMANDS)

from __future__ import annotations

from types import MappingProxyType

import pytest

from app.services.dial_plan_query import Party, PartyKind
from app.services.directory import Directory, Extension, Settings
from app.services.outside import Line
from app.services.prompt_language import prompt_language

DIRECTORY = (
    Directory(
        lines=MappingProxyType(
            {"own": Line(name="own", language="en"), "plain": Line(name="plain")},
        )
    )
    .with_extensions({"100": Extension(number="100", language="en"), "101": Extension(number="101")})
    .with_settings(Settings(prompt_language="zh"))
)


@pytest.mark.parametrize(
    ("caller", "language"),
    [
        (Party.extension("100"), "en"),
        (Party.extension("101"), "zh"),
        (Party.extension("999"), "zh"),
        (Party(PartyKind.LINE, "own"), "en"),
        (Party(PartyKind.LINE, "plain"), "zh"),
        (Party(PartyKind.TRUNK, "own"), "zh"),
    ],
)
def test_ones_own_language_comes_before_the_systems(caller: Party, language: str) -> None:
    assert prompt_language(DIRECTORY, caller) == language

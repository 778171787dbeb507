"""The settings of recordings."""

from __future__ import annotations

import dataclasses

import pytest

from app.db.tables.setting_recording import RECORDING_SETTINGS
from app.db.values import parse_value
from app.errors import UserError
from app.services.directory import Settings
from app.services.recording_disk import SoundFormat

BY_NAME = {field.name: field for field in RECORDING_SETTINGS}


def test_the_defaults_are_those_of_the_directory() -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert {name: defaults[name] for name in BY_NAME} == {
        name: field.default for name, field in BY_NAME.items()
    }
    assert [choice.value for choice in BY_NAME["recording_format"].choices] == list(SoundFormat)


@pytest.mark.parametrize("path", ["/srv/recordings", "D:\\Recordings", "\\\\server\\share\\calls", ""])
def test_whole_paths(path: str) -> None:
    assert parse_value(BY_NAME["recording_folder"], path) == path


@pytest.mark.parametrize("path", ["recordings", "./recordings", "~/recordings"])
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(UserError, match="not a whole path"):
        parse_value(BY_NAME["recording_folder"], path)

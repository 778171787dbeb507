"""Presets and their generated passwords."""

from __future__ import annotations

from pathlib import Path

from app.db.ha1 import ha1_columns
from app.services.first_passwords import PRESETS
from tests.support.data_folder import opened


async def test_a_new_folder_has_presets_with_passwords_of_their_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as records:
        configuration = records.configuration
        assert configuration.is_new
        found = await configuration.first_passwords()
        assert tuple(each.number for each in found) == PRESETS
        assert len({each.password for each in found}) == 3
        for each in found:
            extension = configuration.directory.extension(each.number)
            assert extension is not None
            assert extension.ha1.md5 == ha1_columns(each.number, "openmss", each.password)["ha1_md5"]
        assert not any(each.password.encode() in _everything(tmp_path) for each in found)


async def test_they_are_shown_once_as_new_and_until_changed_when_asked(tmp_path: Path) -> None:
    async with opened(tmp_path) as records:
        configuration = records.configuration
        assert len(await configuration.first_passwords(only_new=True)) == 3
        assert await configuration.first_passwords(only_new=True) == ()
        await configuration.set("extension", "100", {"password": "an-other-1"})
        await configuration.delete("extension", "101")
        assert [each.number for each in await configuration.first_passwords()] == ["102"]
        await configuration.dismiss_first_passwords()
        assert await configuration.first_passwords() == ()
    async with opened(tmp_path) as records:
        assert not records.configuration.is_new
        assert list(records.configuration.directory.extensions) == ["100", "102"]
        assert await records.configuration.first_passwords() == ()


def _everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())

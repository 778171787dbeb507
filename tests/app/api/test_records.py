"""The door to records: kinds, checks, saving, import and export."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.api import records
from app.errors import UserError
from app.fields import FieldKind
from tests.support.data_folder import Records, opened


@pytest_asyncio.fixture
async def pbx(tmp_path: Path) -> AsyncIterator[Records]:
    async with opened(tmp_path) as found:
        yield found


def test_the_kinds_are_declared() -> None:
    names = [kind.name for kind in records.kinds()]
    assert (names[0], names[-1]) == ("extension", "setting")
    assert {"line", "trunk", "called_rule", "screening", "time_condition"} < set(names)
    names = [field.name for field in records.kind("extension").fields]
    assert names[:3] == ["number", "password", "description"]
    assert {"call_levels", "language", "recording", "forward_always", "voicemail"} < set(names)
    with pytest.raises(UserError, match="no kind of record"):
        records.kind("carrot")


def fields_of(errors: tuple[UserError, ...]) -> list[str | None]:
    return [error.field for error in errors]


def test_a_form_for_a_new_record_is_checked_whole() -> None:
    good = {"number": "2000", "password": "x", "max_devices": 3, "enabled": True}
    assert records.validate("extension", good) == ()
    bad = {"number": "", "max_devices": "many", "allowed_address": "nowhere"}
    assert fields_of(records.validate("extension", bad)) == ["number", "max_devices", "allowed_address"]
    assert fields_of(records.validate("extension", {"number": "2000"})) == ["password"]


def test_a_form_for_a_known_record_may_leave_the_password() -> None:
    assert records.validate("extension", {"description": "x", "password": None}, "2000") == ()
    assert fields_of(records.validate("extension", {"password": "2000"}, "2000")) == ["password"]
    assert fields_of(records.validate("extension", {"number": "2001"}, "2000")) == ["number"]


def test_a_setting_is_checked_by_its_own_declaration() -> None:
    assert records.validate("setting", {"value": "relay"}, "local_media") == ()
    assert fields_of(records.validate("setting", {"value": "x"}, "sip_port")) == ["value"]


def test_offered_passwords_are_accepted() -> None:
    assert records.validate("extension", {"number": "1", "password": records.generate_password()}) == ()


async def test_a_record_lives_from_add_to_delete(pbx: Records) -> None:
    saved = await records.add_record(pbx, "extension", "2000", {"password": "tR7-oak-93"})
    assert (saved.key, saved.cautions, saved.needs_restart) == ("2000", (), False)
    await records.set_record(pbx, "extension", "2000", {"description": "Desk", "password": None})
    found = await records.get_record(pbx, "extension", "2000")
    shown = {field.name for field in records.kind("extension").fields if field.kind is not FieldKind.SECRET}
    assert set(found) == shown
    basic = {
        "number": "2000",
        "description": "Desk",
        "multi_device": False,
        "max_devices": 3,
        "enabled": True,
    }
    assert basic.items() <= found.items()
    assert {
        "call_levels": "1",
        "max_calls": None,
        "own_line": "",
        "voicemail": False,
    }.items() <= found.items()
    await records.delete_record(pbx, "extension", "2000")
    left = await records.list_records(pbx, "extension")
    assert [record["number"] for record in left] == ["100", "101", "102"]


async def test_settings_are_saved_together(pbx: Records) -> None:
    await records.set_settings(pbx, {"sip_port": 7000, "tls_port": 7001})
    assert (await records.get_record(pbx, "setting", "tls_port"))["value"] == 7001


async def test_an_export_comes_back_unchanged(pbx: Records) -> None:
    values = {"password": "tR7-oak-93", "description": '前台, "A"', "allowed_address": "10.0.0.7, ::1"}
    await records.add_record(pbx, "extension", "2000", values)
    for kind, rows in (("extension", 4), ("setting", len(records.settings()))):
        export = await records.export_csv(pbx, kind)
        assert (export.rows, export.notes) == (rows, ())
        content = export.text.encode("utf-8")
        assert content.startswith(b"\xef\xbb\xbf")
        if kind == "extension":
            result = await records.import_csv(pbx, kind, content)
            assert (result.added, result.changed, result.unchanged, result.errors) == (0, 0, rows, ())


async def test_an_export_of_settings_comes_back(pbx: Records) -> None:
    text = (await records.export_csv(pbx, "setting")).text
    result = await records.import_csv(pbx, "setting", text)
    assert result.errors == ()
    assert result.unchanged == len(records.settings())


async def test_passwords_leave_only_when_asked_and_the_rest_is_told(pbx: Records) -> None:
    await records.add_record(pbx, "extension", "2000", {"password": "tR7-oak-93"})
    first = (await pbx.configuration.first_passwords())[0]
    assert first.password not in (await records.export_csv(pbx, "extension")).text
    export = await records.export_csv(pbx, "extension", True)
    assert f"100,{first.password}," in export.text
    assert "2000,,," in export.text
    assert [
        note for note in export.notes if note.startswith("1 of 4 passwords are kept only as fingerprints")
    ]
    again = await records.import_csv(pbx, "extension", export.text, True)
    assert (again.errors, again.is_applied) == ((), False)


async def test_a_file_with_errors_is_refused_line_by_line(pbx: Records) -> None:
    text = "number;password;max_devices\n600;good-pass-1;2\n601;good-pass-2;99\n602;;\n"
    result = await records.import_csv(pbx, "extension", text)
    assert [(error.line, error.key, error.field) for error in result.errors] == [
        (3, "601", "max_devices"),
        (4, "602", "password"),
    ]
    assert pbx.configuration.directory.extension("600") is None

"""The preview of an import."""

from __future__ import annotations

from pathlib import Path

from shiboken6 import isValid

from app.api import records
from app.api.records import ImportResult
from tests.support.fake_engine import FakeEngine, row_error
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs.import_csv import ImportDialog
from ui.translations import Translations

KIND = records.kind("extension")


async def opened(bridge: Bridge, path: Path) -> ImportDialog:
    dialog = ImportDialog(bridge, KIND, path)
    dialog.open()
    await settle()
    return dialog


async def test_errors_first_then_the_import(bridge: Bridge, engine: FakeEngine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("number\n200\n")
    error = row_error(2, "200", "password", "extension.password_missing", "There is no password.")
    engine.import_result = ImportResult(1, 0, 0, (error,), 0, is_applied=False)
    dialog = await opened(bridge, path)
    assert not dialog.import_button.isEnabled()
    assert dialog.errors.rowCount() == 1
    engine.import_result = ImportResult(1, 2, 3, (), 1, is_applied=False)
    dialog.again.click()
    await settle()
    assert dialog._summary.text() == "1 new, 2 changed, 3 unchanged, 0 with errors"
    assert "Weak passwords: 1." in dialog._hint.text()
    imported: list[int] = []
    dialog.imported.connect(imported.append)
    dialog.import_button.click()
    await settle()
    assert imported == [3]
    assert not isValid(dialog)


async def test_errors_are_told_in_the_users_language_with_their_values(
    bridge: Bridge, engine: FakeEngine, tmp_path: Path, translations: Translations
) -> None:
    translations.use("zh_CN")
    path = tmp_path / "a.csv"
    path.write_text("number\n200\n200\n")
    errors = (
        row_error(3, "200", "number", "csv.twice", "200 stands in line 2 already.", first=2),
        row_error(4, "201", "no_such", "no.such", "A sentence without translation."),
    )
    engine.import_result = ImportResult(1, 0, 0, errors, 0, is_applied=False)
    dialog = await opened(bridge, path)
    shown = [
        [dialog.errors.index(row, column).data() for column in range(dialog.errors.columnCount())]
        for row in range(dialog.errors.rowCount())
    ]
    assert shown == [
        ["3", "200", "号码", "此号码在第 2 行已经出现。请删除其中一行。"],
        ["4", "201", "no_such", "A sentence without translation."],
    ]
    dialog.reject()
    await settle()


async def test_nothing_new(bridge: Bridge, engine: FakeEngine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("number\n100\n")
    engine.import_result = ImportResult(0, 0, 1, (), 0, is_applied=False)
    dialog = await opened(bridge, path)
    assert "nothing that is not there already" in dialog._hint.text()
    assert not dialog.import_button.isEnabled()
    dialog.reject()
    await settle()


async def test_a_file_that_is_gone(bridge: Bridge, tmp_path: Path) -> None:
    dialog = await opened(bridge, tmp_path / "gone.csv")
    assert "cannot be read" in dialog.notices.sentences[0]
    dialog.reject()
    await settle()

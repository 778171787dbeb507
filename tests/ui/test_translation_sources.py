"""Finding the texts a translator must know."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ui import translation_sources
from ui.translation_sources import Source, _WindowTexts, error_codes, read, write

MODULE = """
class Page:
    def retranslate(self):
        self.tr("Hello")
        self.tr("%n call(s)", "", count)
        self.tr(name)
mark("words", "Idle")
Column(name="a", title="Address", text=str)
Column(name="b", title="Field", context="fields", text=str)
"""


def test_texts_of_a_module() -> None:
    assert _WindowTexts().find(ast.parse(MODULE)) == {
        Source("Page", "Hello"),
        Source("Page", "%n call(s)", is_counted=True),
        Source("words", "Idle"),
        Source("columns", "Address"),
    }


def test_codes_of_errors() -> None:
    module = (
        'raise UserError("a.b", text)\nNotice(severity=s, code="c.d", text=t)\n'
        'refuse("e.f", x, y)\nopen("g.h")'
    )
    assert set(error_codes(ast.parse(module))) == {"a.b", "c.d", "e.f"}


def test_what_is_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation_sources, "resources", lambda: tmp_path)
    (tmp_path / "translations").mkdir()
    plain, counted, unknown = Source("A", "x <&> y"), Source("A", "%n", is_counted=True), Source("B", "z")
    write("xx", {plain: ["ü"], counted: ["one", "many"]}, {plain, counted, unknown})
    assert read("xx") == {plain: ["ü"], counted: ["one", "many"]}
    assert read("yy") == {}


def test_fields_settings_and_errors_are_among_them() -> None:
    found = translation_sources.find_sources()
    assert Source("fields", "One number, several phones") in found
    assert Source("fields", "Sound of local calls") in found
    assert Source("errors", "record.duplicate") in found

"""docs/variables.md says what app/variables.py declares."""

from __future__ import annotations

from tests.support.variables_document import DOCUMENT, text


def test_the_page_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text(), "run: python -m tests.support.variables_document"

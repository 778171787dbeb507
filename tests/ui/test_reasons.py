"""The reasons of states in the user's language."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import app
from ui import reasons
from ui.translations import Translations

SOURCES = ("line_words", "line_registration", "trunks", "outgoing_leg", "features/outside")
TELLING = ("tell", "_tell", "heard", "missed", "why_failed", "LineStatus")


def sentences(path: Path) -> set[str]:
    """What a module says of a state, with something in each place: `A {b} c.` becomes `A x c.`"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TELLING:
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                found.update(filter(None, map(text_of, given)))
        elif isinstance(node, ast.Return) and node.value is not None and path.stem == "line_words":
            found.add(text_of(node.value))
    return {text for text in found if re.fullmatch(r".* .*\.", text)}


def text_of(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            detail = ast.unparse(part)
            parts.append("" if "detail" in detail or "_realms" in detail else "x")
    return "".join(parts)


@pytest.mark.parametrize("name", SOURCES)
def test_every_sentence_of_the_engine_is_known(
    name: str, qt: QApplication, translations: Translations
) -> None:
    path = Path(app.__file__).parent / "services" / f"{name}.py"
    said = sentences(path)
    assert said, name
    translations.use("zh_CN")
    for sentence in said:
        assert re.search("[\u4e00-\u9fff]", reasons.reason(sentence)), sentence


def test_values_are_kept(qt: QApplication, translations: Translations) -> None:
    said = "The carrier does not accept the user name or password (403 Forbidden): Q.850;cause=21."
    assert reasons.reason(said) == said
    translations.use("zh_CN")
    assert reasons.reason(said) == "运营商不接受用户名或密码（403 Forbidden）：Q.850;cause=21。"
    assert reasons.reason("Something new.") == "Something new."

"""`python -m ui.translation_sources` finds every text a translator must know and updates the .ts files."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from app.api import dial_plan, examination, records
from app.paths import program_folder, resources
from ui import texts

_ERRORS = ("UserError", "EnvironmentFault", "Notice", "Caution", "Undelivered")
_SAME_IN_ALL_LANGUAGES = ("English", "简体中文")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One text in its context; `is_counted` ones have plural forms."""

    context: str
    text: str
    is_counted: bool = False


def find_sources() -> set[Source]:
    """Every text of the window, of the fields' declarations, and every code of an error or notice."""
    found: set[Source] = set()
    for path in sorted((program_folder() / "ui").rglob("*.py")):
        found.update(_WindowTexts().find(ast.parse(path.read_text(encoding="utf-8"))))
    for path in (
        *sorted((program_folder() / "app").rglob("*.py")),
        *sorted((program_folder() / "ui").rglob("*.py")),
    ):
        found.update(
            Source("errors", code) for code in error_codes(ast.parse(path.read_text(encoding="utf-8")))
        )
    found.update(Source("fields", text) for text in texts.field_sources(records.kinds()))
    found.update(Source("fields", text) for text in texts.setting_sources(records.settings()))
    found.update(Source("findings", text) for text in examination.TEXTS.values())
    found.update(Source("steps", text) for text in dial_plan.SENTENCES.values())
    found.update(Source("words", text) for text in dial_plan.SERVICE_WORDS)
    return {source for source in found if not _is_same_in_all_languages(source)}


def _is_same_in_all_languages(source: Source) -> bool:
    """Whether there is nothing to translate: names of languages; numbers, `%` and `UDP` among the fields."""
    is_code = source.context == "fields" and not re.search("[a-z]", source.text) and source.text != "ID"
    return not source.text or source.text in _SAME_IN_ALL_LANGUAGES or is_code


def error_codes(tree: ast.AST) -> Iterator[str]:
    """Yield the codes that a module raises or announces, also through a function that takes code and text."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        arguments = [*node.args[:2], *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
        is_error = _name(node.func) in _ERRORS
        for place, argument in enumerate(arguments):
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                code = argument.value
                has_sentence = is_error or _name(node.func) in ("refuse", "_refusal", "_refuse", "_fault")
                if has_sentence and (place == 0 or not is_error) and _is_code(code):
                    yield code


def missing(language: str) -> list[Source]:
    """The sources without a finished translation."""
    known = read(language)
    return sorted(source for source in find_sources() if not known.get(source))


def read(language: str) -> dict[Source, list[str]]:
    """The finished translations of a .ts file."""
    path = resources() / "translations" / f"openmss_{language}.ts"
    known: dict[Source, list[str]] = {}
    if not path.exists():
        return known
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            is_counted = message.get("numerus") == "yes"
            source = Source(context.findtext("name", ""), message.findtext("source", ""), is_counted)
            forms = [form.text or "" for form in translation.iter("numerusform")]
            words = forms if is_counted else [translation.text or ""]
            if all(words):
                known[source] = words
    return known


def write(language: str, known: dict[Source, list[str]], sources: set[Source]) -> None:
    """Write a .ts file with these sources, sorted; what has no translation is marked unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language)
    for name in sorted({source.context for source in sources}):
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for source in sorted(each for each in sources if each.context == name):
            _write_message(context, source, known.get(source, []))
    ElementTree.indent(root)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
        + ElementTree.tostring(root, "unicode")
        + "\n"
    )
    (resources() / "translations" / f"openmss_{language}.ts").write_text(text, encoding="utf-8", newline="\n")


def _write_message(context: ElementTree.Element, source: Source, words: list[str]) -> None:
    message = ElementTree.SubElement(context, "message")
    ElementTree.SubElement(message, "source").text = source.text
    translation = ElementTree.SubElement(message, "translation")
    if not words:
        translation.set("type", "unfinished")
    if source.is_counted:
        message.set("numerus", "yes")
        for word in words or [""]:
            ElementTree.SubElement(translation, "numerusform").text = word
    elif words:
        translation.text = words[0]


class _WindowTexts(ast.NodeVisitor):
    """Walks one module of ui/: `tr` in its class's context, marked texts, titles of columns."""

    def __init__(self) -> None:
        self._classes: list[str] = []
        self._found: set[Source] = set()

    def find(self, tree: ast.AST) -> set[Source]:
        self.visit(tree)
        return self._found

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        match _name(node.func):
            case "tr" if words and self._classes:
                self._found.add(Source(self._classes[-1], words[0], len(node.args) > 2))
            case "mark" | "translate" if len(words) == 2:
                self._found.add(Source(words[0], words[1]))
            case "Column":
                named = {keyword.arg: keyword.value for keyword in node.keywords}
                title = named.get("title")
                if isinstance(title, ast.Constant) and "context" not in named:
                    self._found.add(Source("columns", str(title.value)))
        self.generic_visit(node)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_code(text: str) -> bool:
    head, dot, tail = text.partition(".")
    return (
        bool(dot) and head.replace("_", "").isalnum() and tail.replace("_", "").isalnum() and text.islower()
    )


def main() -> None:
    """Write both files anew; English needs only the plural forms."""
    sources = find_sources()
    write("zh_CN", read("zh_CN"), sources)
    counted = {source for source in sources if source.is_counted}
    write("en", read("en"), counted)
    for source in missing("zh_CN"):
        sys.stdout.write(f"zh_CN: {source.context}: {source.text}\n")


if __name__ == "__main__":
    main()

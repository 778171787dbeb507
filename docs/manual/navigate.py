"""Writes the same navigation into every page of the manual: `python docs/manual/navigate.py`.

A page's name in it is its heading. The order of the pages stands here; a test fails where a page lacks it.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
MANUAL = {"en": "Manual", "zh_CN": "用户手册"}
ORDER = (
    *("index", "first-steps", "install", "extensions", "lines", "trunks", "dial-plan", "black-list"),
    *("ring-groups", "attendant", "voice-mail", "conference", "announcements", "calls", "recording"),
    *("diagnosis", "trace", "log", "mail", "settings"),
)
_NAVIGATION = re.compile(r"<nav>.*?</nav>", re.DOTALL)
_HEADING = re.compile(r"<h1>(.*?)</h1>")


def navigation(language: str, page: str) -> str:
    """The navigation of one page: all pages, and the same page in the other language."""
    other = next(each for each in LANGUAGES if each != language)
    links = [f'<a href="{name}.html">{_title(language, name)}</a>' for name in ORDER]
    links.append(f'<a href="../{other}/{page}.html">{LANGUAGES[other]}</a>')
    return f"<nav>{' '.join(links)}</nav>"


def _title(language: str, page: str) -> str:
    if page == "index":
        return MANUAL[language]
    found = _HEADING.search((FOLDER / language / f"{page}.html").read_text(encoding="utf-8"))
    assert found is not None, f"{page} has no heading"
    return found[1]


def main() -> None:
    """Write it into all pages."""
    for language in LANGUAGES:
        for path in sorted((FOLDER / language).glob("*.html")):
            text = path.read_text(encoding="utf-8")
            path.write_text(_NAVIGATION.sub(navigation(language, path.stem), text, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The table of announcements: whose sound is heard, and finding one."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api.announcements import AnnouncementView
from ui.models.announcements import AnnouncementsModel, source


def view(
    name: str, language: str = "en", *, text: str = "", whose: str = "default", fault: str = ""
) -> AnnouncementView:
    return AnnouncementView(
        id=name, kind="speech", text=text, language=language, file="", source=whose, fault=fault
    )


ROWS = [
    view("menu-greeting", text="Welcome."),
    view("menu-greeting", "zh", text="欢迎。", whose="custom"),
    view("fail-busy", text="Busy.", fault="fail-busy.wav is empty."),
    view("music-on-hold", ""),
]


def shown(model: AnnouncementsModel) -> list[tuple[str, str]]:
    return [(row.id, row.language) for row in model.shown_rows()]


def test_whose_sound_is_heard(qt: QApplication) -> None:
    assert [source(row) for row in ROWS] == [
        "Default",
        "Own",
        "Default: the own file is faulty",
        "Default",
    ]


def test_finding_by_name_text_language_and_whose(qt: QApplication) -> None:
    model = AnnouncementsModel()
    model.replace(ROWS)
    assert len(shown(model)) == 4
    model.search("welc")
    assert shown(model) == [("menu-greeting", "en")]
    model.search("GREET", "zh")
    assert shown(model) == [("menu-greeting", "zh")]
    model.search("", "zh")
    assert shown(model) == [("menu-greeting", "zh"), ("music-on-hold", "")]
    model.search("", only_own=True)
    assert shown(model) == [("fail-busy", "en"), ("menu-greeting", "zh")]

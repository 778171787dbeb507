"""The table of the announcements."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.api.announcements import AnnouncementView
from ui import texts
from ui.marks import mark
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

KIND_WORDS = {
    "speech": mark("words", "Speech"),
    "part": mark("words", "Word"),
    "tone": mark("words", "Signal"),
    "music": mark("words", "Music"),
    "own": mark("words", "Own"),
}
LANGUAGE_WORDS = {"en": mark("words", "English prompts"), "zh": mark("words", "Chinese prompts")}


class AnnouncementsModel(RowsModel[AnnouncementView]):
    """One row an announcement and language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), key_of, parent)

    def search(self, text: str, language: str = "", *, only_own: bool = False) -> None:
        """Show what holds the text, of one language, perhaps only what is one's own."""
        wanted = text.strip().casefold()
        self.filter(
            lambda row: (
                (not wanted or wanted in row.id.casefold() or wanted in row.text.casefold())
                and (not language or row.language in (language, ""))
                and (not only_own or row.source == "custom" or bool(row.fault))
            )
        )


def key_of(view: AnnouncementView) -> tuple[str, str]:
    """What tells rows apart."""
    return view.id, view.language


def source(view: AnnouncementView) -> str:
    """Whose sound is heard."""
    if view.fault:
        return texts.word(mark("words", "Default: the own file is faulty"))
    return texts.word(mark("words", "Own") if view.source == "custom" else mark("words", "Default"))


def _columns() -> tuple[Column[AnnouncementView], ...]:
    return (
        Column(name="id", title="Name", text=lambda row: row.id, width=170),
        Column(name="text", title="Text", text=lambda row: row.text, width=300),
        Column(
            name="language",
            title="Language",
            text=lambda row: texts.word(LANGUAGE_WORDS.get(row.language, row.language)),
            width=120,
        ),
        Column(
            name="kind",
            title="Kind",
            text=lambda row: texts.word(KIND_WORDS.get(row.kind, row.kind)),
            width=90,
        ),
        Column(
            name="source",
            title="Heard",
            text=source,
            tone=lambda row: Tone.BAD if row.fault else Tone.GOOD if row.source == "custom" else Tone.QUIET,
            icon=lambda row: "error" if row.fault else "check" if row.source == "custom" else "announcements",
            tip=lambda row: row.fault or row.file,
            width=120,
        ),
    )

"""The table of the dial-plan tracer: each thing that was looked at, and whether it counted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from app.api import records
from app.api.dial_plan import SENTENCES, Step
from ui import texts
from ui.marks import mark
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

STAGES: dict[str, str] = {
    "emergency": mark("stages", "Emergency"),
    "screen": mark("stages", "Black/white list"),
    "caller": mark("stages", "Caller number"),
    "incoming": mark("stages", "From outside"),
    "called": mark("stages", "Called number"),
    "transition": mark("stages", "Transition"),
    "route": mark("stages", "Route"),
    "refine": mark("stages", "Before leaving"),
    "shown": mark("stages", "Shown number"),
}
_REFUSES = frozenset(
    {
        "emergency.no_way",
        "screen.blocked",
        "incoming.did_closed",
        "called.level",
        "called.not_transit",
        "route.disabled",
        "route.unknown",
        "route.no_menu",
        "route.no_group",
        "route.group_disabled",
        "route.code_inside_only",
        "route.nothing_dialled",
        "route.not_diallable",
        "route.refused",
        "route.hours",
        "way.none",
    }
)
_PASSED_BY = frozenset(
    {
        "caller.assumed",
        "screen.none",
        "caller.none",
        "incoming.did_other_line",
        "incoming.as_dialled",
        "called.none",
        "called.disabled",
        "called.not_now",
        "transition.missing",
        "way.disabled",
        "way.not_now",
        "way.not_shared",
        "way.missing",
        "refine.form_unknown",
    }
)
_WORD_CODES = frozenset({"way.disabled", "way.not_now", "way.missing"})  # their {name} is a kind of way out
_SERVICE_CODES = frozenset({"route.code", "route.code_inside_only"})  # their {name} says what one does
_WAY_WORDS = {"line": mark("words", "line"), "trunk": mark("words", "trunk")}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step and its place."""

    place: int
    step: Step


def sentence(step: Step) -> str:
    """What the step says, in the user's language."""
    form = QCoreApplication.translate("steps", SENTENCES[step.code])
    name = step.name
    if step.code in _WORD_CODES and name in _WAY_WORDS:
        name = texts.word(_WAY_WORDS[name])
    elif step.code in _SERVICE_CODES:
        name = texts.word(name)
    return form.format(key=step.key, before=step.before or "—", after=step.after or "—", name=name)


def record_name(kind: str, key: str) -> str:
    """What a record is called: the label of its kind, and its key."""
    return f"{texts.field_text(records.kind(kind).label)} {key}" if kind and key else ""


def meaning(step: Step) -> Tone:
    """Red for what refuses, quiet for what does not count, green for what counts."""
    if step.code in _REFUSES:
        return Tone.BAD
    return Tone.QUIET if step.code in _PASSED_BY else Tone.GOOD


_ICONS = {Tone.BAD: "state-ended", Tone.QUIET: "state-off", Tone.GOOD: "state-idle"}

COLUMNS: tuple[Column[StepRow], ...] = (
    Column(
        name="stage",
        title="Step",
        text=lambda row: QCoreApplication.translate("stages", STAGES[row.step.stage.value]),
        sort=lambda row: row.place,
        tone=lambda row: meaning(row.step),
        icon=lambda row: _ICONS[meaning(row.step)],
        width=150,
    ),
    Column(
        name="sentence",
        title="What was looked at",
        text=lambda row: sentence(row.step),
        tip=lambda row: sentence(row.step),
        width=470,
    ),
    Column(
        name="record",
        title="Record",
        text=lambda row: record_name(row.step.kind, row.step.key),
        width=200,
    ),
)


class StepsModel(RowsModel[StepRow]):
    """The steps in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.place, parent)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these."""
        self.replace(StepRow(place, step) for place, step in enumerate(steps))

"""The line doctor's findings in words: the cause, what to change, and the messages that show it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from app.api import records
from app.api.examination import TEXTS, Examination, Finding
from app.fields import FieldSpec, Value
from ui import texts
from ui.models.records import shown_value
from ui.theme import Tone

_TONES = {"error": Tone.BAD, "warning": Tone.WAIT, "info": Tone.QUIET}
_ICONS = {"error": "error", "warning": "warning", "info": "info"}
_MOST_EVIDENCE = 6  # messages linked; the first ones tell it, the others repeat it


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding as it is shown. `kind` and `field` say which record's field mends it, where one can."""

    text: str
    tone: Tone
    icon: str
    kind: str = ""  # line | trunk | setting; empty: nothing of ours mends it
    field: str = ""
    label: str = ""  # of the field
    value: Value = None
    value_text: str = ""
    has_value: bool = False  # whether the doctor knows what to set
    evidence: tuple[tuple[int, str], ...] = ()  # trace id, title of the message


def views(examination: Examination) -> list[FindingView]:
    """Every finding of an examination, most likely first."""
    return [_view(examination, finding) for finding in examination.findings]


def without_remedy(view: FindingView) -> FindingView:
    """The finding of another system: it names the field, and changes nothing."""
    if not view.label:
        return view
    return replace(
        view, field="", text=f"{view.text} [{view.label}{': ' if view.value_text else ''}{view.value_text}]"
    )


def sentence(finding: Finding) -> str:
    """What a finding says, in the user's language, else the English text it carries."""
    form = TEXTS.get(finding.cause, "")
    translated = QCoreApplication.translate("findings", form) if form else ""
    try:
        return translated.format(**finding.details) or finding.text
    except (KeyError, IndexError, ValueError):
        return finding.text


def _view(examination: Examination, finding: Finding) -> FindingView:
    kind, spec = _field(examination.kind, finding.field or "")
    severity = finding.severity.value
    seen = [examination.messages[place] for place in finding.evidence if place < len(examination.messages)]
    return FindingView(
        text=sentence(finding),
        tone=_TONES[severity],
        icon=_ICONS[severity],
        kind=kind,
        field=spec.name if spec else "",
        label=texts.field_text(spec.label) if spec else "",
        value=finding.value,
        value_text=shown_value(spec, finding.value) if spec else "",
        has_value=spec is not None and finding.value is not None,
        evidence=tuple(
            (each.id, f"{'→' if each.is_out else '←'} {each.title}")
            for each in seen[:_MOST_EVIDENCE]
            if each.id
        ),
    )


def _field(kind: str, name: str) -> tuple[str, FieldSpec | None]:
    """The field of the record, else the system setting, that a finding names."""
    spec = records.kind(kind).field(name)
    if spec is not None:
        return kind, spec
    setting = next((each for each in records.settings() if each.name == name), None)
    return ("setting", setting) if setting is not None else ("", None)

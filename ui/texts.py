"""Every text that is not written where it is shown: words for states, sentences for errors, fields' labels.

The window's own sentences stand in `tr()` calls. What comes from the engine is translated here: fields in
context "fields", errors and notices by their code in context "errors", words in context "words".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.errors import OpenMssError
from app.events import CallState, CallView, ExtensionState, LineState, Notice, Severity, TrunkState
from app.fields import FieldSpec, KindSpec
from ui.marks import mark
from ui.theme import Tone

EXTENSION_WORDS: dict[ExtensionState, str] = {
    ExtensionState.OFF: mark("words", "Not registered"),
    ExtensionState.IDLE: mark("words", "Idle"),
    ExtensionState.RINGING: mark("words", "Ringing"),
    ExtensionState.TALKING: mark("words", "Talking"),
}
EXTENSION_TONES = {
    ExtensionState.OFF: Tone.QUIET,
    ExtensionState.IDLE: Tone.GOOD,
    ExtensionState.RINGING: Tone.WAIT,
    ExtensionState.TALKING: Tone.BUSY,
}
LINE_WORDS: dict[LineState, str] = {
    LineState.REGISTERED: mark("words", "On line"),
    LineState.REGISTERING: mark("words", "Registering"),
    LineState.FAILED: mark("words", "Off line"),
    LineState.DISABLED: mark("words", "Disabled"),
}
LINE_TONES = {
    LineState.REGISTERED: Tone.GOOD,
    LineState.REGISTERING: Tone.WAIT,
    LineState.FAILED: Tone.BAD,
    LineState.DISABLED: Tone.QUIET,
}
LINE_ICONS = {
    LineState.REGISTERED: "state-idle",
    LineState.REGISTERING: "state-trying",
    LineState.FAILED: "state-ended",
    LineState.DISABLED: "state-off",
}
TRUNK_WORDS: dict[TrunkState, str] = {
    TrunkState.UNKNOWN: mark("words", "Not checked"),
    TrunkState.REACHABLE: mark("words", "Reachable"),
    TrunkState.UNREACHABLE: mark("words", "Unreachable"),
    TrunkState.DISABLED: mark("words", "Disabled"),
}
TRUNK_TONES = {
    TrunkState.UNKNOWN: Tone.QUIET,
    TrunkState.REACHABLE: Tone.GOOD,
    TrunkState.UNREACHABLE: Tone.BAD,
    TrunkState.DISABLED: Tone.QUIET,
}
TRUNK_ICONS = {
    TrunkState.UNKNOWN: "help",
    TrunkState.REACHABLE: "state-idle",
    TrunkState.UNREACHABLE: "state-ended",
    TrunkState.DISABLED: "state-off",
}
CALL_WORDS: dict[CallState, str] = {
    CallState.TRYING: mark("words", "Connecting"),
    CallState.RINGING: mark("words", "Ringing"),
    CallState.TALKING: mark("words", "Talking"),
    CallState.HELD: mark("words", "On hold"),
    CallState.ENDED: mark("words", "Ended"),
}
CALL_TONES = {
    CallState.TRYING: Tone.QUIET,
    CallState.RINGING: Tone.WAIT,
    CallState.TALKING: Tone.BUSY,
    CallState.HELD: Tone.WAIT,
    CallState.ENDED: Tone.QUIET,
}
OUTCOME_WORDS: dict[str, str] = {
    "answered": mark("words", "Answered"),
    "busy": mark("words", "Busy"),
    "no_answer": mark("words", "No answer"),
    "cancelled": mark("words", "Caller hung up first"),
    "not_found": mark("words", "Unknown number"),
    "offline": mark("words", "Not registered"),
    "refused": mark("words", "Refused"),
    "failed": mark("words", "Failed"),
}
MEDIA_WORDS: dict[str, str] = {
    "direct": mark("words", "Direct"),
    "relay": mark("words", "Relayed"),
    "voice": mark("words", "Via OpenMSS"),
    "none": mark("words", "None"),
}
RECORDING_WORDS: dict[str, str] = {
    "": "",
    "on": mark("words", "Recorded"),
    "paused": mark("words", "Recording paused"),
}
SEVERITY_WORDS: dict[Severity, str] = {
    Severity.INFO: mark("words", "Note"),
    Severity.WARNING: mark("words", "Warning"),
    Severity.ERROR: mark("words", "Error"),
}


def word(english: str) -> str:
    """Translate one of the words above; an empty word stays empty."""
    return QCoreApplication.translate("words", english) if english else ""


def field_text(english: str) -> str:
    """Translate a label, help, group, unit or choice of a field."""
    return QCoreApplication.translate("fields", english) if english else ""


def example(field: FieldSpec) -> str:
    """What might stand in a field: words in the user's language, all else (addresses, numbers) as it is."""
    return field_text(field.example) if is_words(field.example) else field.example


def is_words(text: str) -> bool:
    """Whether an example is a name or description in words; what programs read begins with a small letter."""
    return re.fullmatch(r"[A-Z][a-z]+(?: [A-Za-z][a-z]+)*", text) is not None


def extension_state(state: ExtensionState) -> str:
    """The state of an extension in the user's language."""
    return word(EXTENSION_WORDS[state])


def line_state(state: LineState) -> str:
    """The state of an external line in the user's language."""
    return word(LINE_WORDS[state])


def trunk_state(state: TrunkState) -> str:
    """The state of a SIP trunk in the user's language."""
    return word(TRUNK_WORDS[state])


def calls_of(calls: int, most: int | None) -> str:
    """How many calls there are, of how many there may be: `3`, `3 / 10`, or that none may be."""
    if most is None:
        return str(calls)
    if most == 0 and not calls:
        return QCoreApplication.translate("texts", "forbidden")
    return f"{calls} / {most}"


def calls_without_limit(calls: int) -> str:
    """How many calls there are, where there may be as many as come."""
    return QCoreApplication.translate("texts", "{calls}, no limit").format(calls=calls)


def call_state(call: CallView) -> str:
    """Where a call stands, in the user's language; of an ended call how it ended."""
    if call.state is CallState.ENDED and call.outcome:
        return outcome(call.outcome)
    return word(CALL_WORDS[call.state])


def outcome(code: str) -> str:
    """How a call ended, in the user's language; an unknown code is shown as it is."""
    return word(OUTCOME_WORDS.get(code, code.replace("_", " ")))


def outcome_tone(code: str) -> Tone:
    """The colour of an outcome."""
    if code == "answered":
        return Tone.GOOD
    return Tone.QUIET if code in ("cancelled", "") else Tone.BAD


def media(code: str) -> str:
    """How the sound travels, in the user's language."""
    return word(MEDIA_WORDS.get(code, code))


def recording(call: CallView) -> str:
    """Whether a call is recorded, in the user's language."""
    return word(RECORDING_WORDS.get(call.recording, call.recording))


def error_sentence(error: OpenMssError) -> str:
    """The sentence of an error in the user's language, else the English one it carries."""
    template = QCoreApplication.translate("errors", error.code)
    if template == error.code:
        return error.text
    details = {name: _detail(name, value) for name, value in error.details.items()}
    try:
        return template.format(**details)
    except (KeyError, IndexError, ValueError):
        return error.text  # a translation older than the error: a right sentence beats a broken one


def notice_sentence(notice: Notice) -> str:
    """The sentence of a notice in the user's language, else the English one it carries.

    A translation may hold `{text}`: the English sentence, which knows the values.
    """
    template = QCoreApplication.translate("errors", notice.code)
    return notice.text if template == notice.code else template.replace("{text}", notice.text)


def clock(unix: float | None) -> str:
    """A time of day, to the second."""
    return datetime.fromtimestamp(unix).strftime("%H:%M:%S") if unix else ""


def clock_ms(unix: float) -> str:
    """A time of day, to the millisecond: for messages."""
    return datetime.fromtimestamp(unix).strftime("%H:%M:%S.%f")[:-3]


def date_and_time(unix: float | None) -> str:
    """A date and time to the second, year first: read alike everywhere, and sorted as it is written."""
    return datetime.fromtimestamp(unix).strftime("%Y-%m-%d %H:%M:%S") if unix else ""


def duration(seconds: float) -> str:
    """A length of time as minutes and seconds, with hours where there are any."""
    whole = max(0, int(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def field_sources(kinds: Iterable[KindSpec]) -> Iterator[str]:
    """Yield every English text of the kinds' declarations that a translator must know."""
    for kind in kinds:
        yield from (kind.label, kind.plural)
        for field in kind.fields:
            yield from _field_sources(field)


def setting_sources(settings: Iterable[FieldSpec]) -> Iterator[str]:
    """Yield every English text of the settings' declarations."""
    for field in settings:
        yield from _field_sources(field)


def _field_sources(field: FieldSpec) -> Iterator[str]:
    yield from filter(None, (field.label, field.help, field.group, field.unit))
    if is_words(field.example):
        yield field.example
    yield from _choice_labels(field)


def _choice_labels(field: FieldSpec) -> Iterator[str]:
    return (choice.label for choice in field.choices)


def _detail(name: str, value: object) -> object:
    """Labels inside an error's details are fields' texts, so they are translated too."""
    return field_text(value) if name in ("label", "kind", "kind_label") and isinstance(value, str) else value


def any_error_sentence(error: Exception) -> str:
    """The sentence of an error; of a mistake of ours that it is one, with what Python says of it."""
    if isinstance(error, OpenMssError):
        return error_sentence(error)
    said = QCoreApplication.translate(
        "texts", "Something went wrong inside OpenMSS ({error}). The log in the data folder says more."
    )
    return said.format(error=f"{type(error).__name__}: {error}")

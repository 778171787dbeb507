"""The service codes that extensions dial: one table of pattern, words for the tracer, and action."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.services.actions import Action, CheckMessages, JoinConference, MessageReason, SetForwarding

# Many phones send the # that ends a number along with it: it may stand behind every code.
_END = "#?"


@dataclass(frozen=True, slots=True)
class ServiceCode:
    """One code. `action` makes what happens of the match and the extension that dialled.

    `is_for_extensions`: it does something to the extension that dials; without one it means nothing.
    """

    pattern: re.Pattern[str]
    shown: str  # as documents and the window write it
    words: str
    action: Callable[[re.Match[str], str], Action]
    is_for_extensions: bool = True


def _code(
    pattern: str,
    shown: str,
    words: str,
    action: Callable[[re.Match[str], str], Action],
    *,
    is_for_extensions: bool = True,
) -> ServiceCode:
    return ServiceCode(re.compile(pattern + _END), shown, words, action, is_for_extensions)


def _forwarding(code: str, reason: MessageReason, words: str) -> tuple[ServiceCode, ServiceCode]:
    return (
        _code(
            rf"\*{code}\*([0-9+][0-9*]*)",
            f"*{code}*NUMBER",
            f"switch forwarding on: {words}",
            lambda match, _: SetForwarding(reason, match[1]),
        ),
        _code(
            rf"\*{code}", f"*{code}#", f"switch forwarding off: {words}", lambda *_: SetForwarding(reason, "")
        ),
    )


CODES: tuple[ServiceCode, ...] = (
    _code(r"\*97", "*97", "hear the own voice mail", lambda _, own: CheckMessages(own)),
    _code(r"\*98", "*98", "hear any voice mail", lambda *_: CheckMessages(""), is_for_extensions=False),
    _code(
        r"\*6\*([0-9]+)(?:\*([0-9]+))?",
        "*6*ROOM*PASSWORD",
        "join a conference room",
        lambda match, _: JoinConference(match[1], match[2] or ""),
        is_for_extensions=False,
    ),
    *_forwarding("90", MessageReason.BUSY, "when busy"),
    *_forwarding("91", MessageReason.NO_ANSWER, "when nobody answers"),
    *_forwarding("92", MessageReason.OFFLINE, "when not reachable"),
    *_forwarding("93", MessageReason.ALWAYS, "all calls"),
)


_WITH_PASSWORD = re.compile(r"(\*6\*[0-9]+)\*.*", re.DOTALL)


def without_password(dialled: str) -> str:
    """What was dialled as it may be shown and kept."""
    return _WITH_PASSWORD.sub(r"\1", dialled) if dialled.startswith("*") else dialled


def find(dialled: str) -> tuple[ServiceCode, re.Match[str]] | None:
    """The code that a dialled number is, with what follows it."""
    if not dialled.startswith("*"):
        return None
    for code in CODES:
        match = code.pattern.fullmatch(dialled)
        if match is not None:
            return code, match
    return None

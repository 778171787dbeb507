"""Which announcement tells a caller why its call failed: one table of statuses and outcomes."""

from __future__ import annotations

from collections.abc import Mapping

from app.calls.causes import Outcome

OTHER = "fail-other"

# What the outcome says counts before the status: 480 stands for three things.
_BY_OUTCOME: Mapping[str, str] = {
    Outcome.OFFLINE: "fail-offline",
    Outcome.NO_ANSWER: "fail-no-answer",
    Outcome.BUSY: "fail-busy",
}
_BY_STATUS: Mapping[int, str] = {
    403: "fail-not-permitted",
    404: "fail-unknown-number",
    408: "fail-no-answer",
    410: "fail-unknown-number",  # gone: the number is no longer given out
    480: "fail-offline",
    484: "fail-incomplete",
    486: "fail-busy",
    503: "fail-lines-busy",  # no line took the call, or all were full
    600: "fail-busy",
    603: "fail-busy",  # who declines is not told of as one who declined
    604: "fail-unknown-number",
}
# The caller gave up, or is to do something else with its call: there is nobody to tell, or nothing.
_SILENT = frozenset({487, 488, 415, 420, 421, 422, 606})


def announcement_of(status: int, outcome: str = "") -> str:
    """The id of what is said; "" where nothing is."""
    if status in _SILENT or not 400 <= status <= 699:
        return ""
    if outcome == Outcome.REFUSED and status == 486:  # the caller's own limit, nobody's being busy
        return OTHER
    return _BY_OUTCOME.get(outcome) or _BY_STATUS.get(status, OTHER)

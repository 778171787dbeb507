"""What a rule finds, and what a rule is: its number, its causes, and a pure function over a reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.diagnosis.texts import TEXTS

if TYPE_CHECKING:
    from app.diagnosis.messages import Seen
    from app.diagnosis.reading import Reading


class Severity(StrEnum):
    """ERROR: it does not work. WARNING: it works badly, or will not for long. INFO: nothing is wrong."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One cause. `cause` is a stable key; `text` is English, made of TEXTS[cause] and `details`.

    `field` names the field of the record (or the setting) that mends it, `value` what to set it to; None
    where nothing of ours can. `evidence` are indexes into the case's messages.
    """

    id: str
    cause: str
    text: str
    field: str | None = None
    value: str | int | bool | None = None
    evidence: tuple[int, ...] = ()
    severity: Severity = Severity.ERROR
    details: Mapping[str, object] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    def as_json(self) -> dict[str, Any]:
        """The plain form that `diagnose --json` prints."""
        return {
            "id": self.id,
            "cause": self.cause,
            "text": self.text,
            "field": self.field,
            "value": self.value,
            "evidence": list(self.evidence),
            "severity": self.severity.value,
            "details": dict(self.details),
        }


def found(
    cause: str,
    evidence: Iterable[Seen] = (),
    /,
    *,
    field: str | None = None,
    value: str | int | bool | None = None,
    severity: Severity = Severity.ERROR,
    **details: object,
) -> Finding:
    """Make a finding; the rule that returns it adds its own id."""
    return Finding(
        id="",
        cause=cause,
        text=TEXTS[cause].format_map(details),
        field=field,
        value=value,
        evidence=tuple(sorted({seen.index for seen in evidence})),
        severity=severity,
        details=MappingProxyType(details),
    )


Check = Callable[["Reading"], Finding | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `seen` says what it looks for, `causes` what it may find."""

    id: str
    causes: tuple[str, ...]
    seen: str
    check: Check

    def __call__(self, reading: Reading) -> Finding | None:
        """Put the question."""
        finding = self.check(reading)
        return None if finding is None else replace(finding, id=self.id)


def rule(identity: str, *causes: str) -> Callable[[Check], Rule]:
    """Make a function a rule; the first line of its docstring says what it sees."""

    def make(check: Check) -> Rule:
        return Rule(identity, causes, (check.__doc__ or "").strip().splitlines()[0], check)

    return make

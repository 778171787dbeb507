"""Rules for what is refused with an answer that no other rule explains: asked after all of them."""

from __future__ import annotations

from typing import Final

from app.diagnosis.binding_rules import BINDINGS
from app.diagnosis.call_rules import CALLS
from app.diagnosis.dialog_rules import DIALOGS
from app.diagnosis.exchanges import Exchange
from app.diagnosis.findings import Finding, Rule, Severity, found, rule
from app.diagnosis.login_rules import LOGIN
from app.diagnosis.number_rules import NUMBERS
from app.diagnosis.reading import Reading
from app.diagnosis.registrar_rules import REGISTRAR

_ABOUT_REGISTRATION: Final[tuple[Rule, ...]] = (*LOGIN, *REGISTRAR, *BINDINGS)
_ABOUT_CALLS: Final[tuple[Rule, ...]] = (*LOGIN, *REGISTRAR, *NUMBERS, *CALLS, *DIALOGS)

# Challenges, and what the other person, their phone, a misdialled number or a race brings about.
_ORDINARY = frozenset(
    {401, 403, 404, 407, 408, 410, 480, 481, 484, 486, 487, 488, 491, 600, 603, 604, 606, 607, 608}
)


def _is_explained(reading: Reading, refused: Exchange, rules: tuple[Rule, ...]) -> bool:
    indexes = {seen.index for seen in refused.outcome}
    findings = (each(reading) for each in rules)
    return any(finding is not None and indexes & set(finding.evidence) for finding in findings)


def _words(refused: Exchange) -> str:
    final = refused.final
    return "" if final is None else final.header("warning") or final.reason


@rule("X26", "registration_refused")
def registration_is_refused(reading: Reading) -> Finding | None:
    """REGISTER is refused, and no other rule says why"""
    refused = None if reading.login is None else reading.login.failure
    if refused is None or refused.status < 400 or refused.status in (401, 407, 423):
        return None
    if reading.config.flag("register") is False:  # switched off since then
        return None
    if _is_explained(reading, refused, _ABOUT_REGISTRATION):
        return None
    return found("registration_refused", refused.outcome, status=refused.status, reason=_words(refused))


@rule("X27", "call_refused")
def call_is_refused(reading: Reading) -> Finding | None:
    """INVITE is refused in a way no person refuses, and no other rule says why"""
    last_good = max((call.request.index for call in reading.reached), default=-1)
    for call in reading.refused:
        refused = call.invite
        if call.status < 400 or call.status in _ORDINARY or call.request.index < last_good:
            continue
        if not _is_explained(reading, refused, _ABOUT_CALLS):
            return found(
                "call_refused",
                refused.outcome,
                severity=Severity.WARNING,
                status=call.status,
                reason=_words(refused),
            )
    return None


REFUSALS = (registration_is_refused, call_is_refused)
"""In the order they are asked."""

"""The line doctor: puts every rule to a case and orders what they find, the most likely first."""

from __future__ import annotations

from typing import Final

from app.diagnosis.binding_rules import BINDINGS
from app.diagnosis.call_rules import CALLS
from app.diagnosis.case import Case
from app.diagnosis.dialog_rules import DIALOGS
from app.diagnosis.findings import Finding, Rule, Severity
from app.diagnosis.login_rules import LOGIN
from app.diagnosis.media_rules import MEDIA
from app.diagnosis.number_rules import NUMBERS
from app.diagnosis.reaching import REACHING
from app.diagnosis.reading import Reading
from app.diagnosis.refusal_rules import REFUSALS
from app.diagnosis.registrar_rules import REGISTRAR

RULES: Final[tuple[Rule, ...]] = (
    *REACHING,
    *LOGIN,
    *REGISTRAR,
    *BINDINGS,
    *NUMBERS,
    *CALLS,
    *DIALOGS,
    *MEDIA,
    *REFUSALS,
)
"""In the order they are asked: the first that matches is the most likely, the others are "also seen"."""

_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def diagnose(case: Case, *, notes: bool = False) -> tuple[Finding, ...]:
    """Say what is wrong, most likely first; empty when nothing is.

    With `notes` also what was noticed though nothing is wrong with it: a refreshed nonce, a busy telephone.
    """
    reading = Reading(case)
    findings: dict[tuple[str, str | None], Finding] = {}
    for each in RULES:
        finding = each(reading)
        if finding is not None and (notes or finding.severity is not Severity.INFO):
            findings.setdefault((finding.cause, finding.field), finding)
    return tuple(sorted(findings.values(), key=lambda finding: _RANK[finding.severity]))

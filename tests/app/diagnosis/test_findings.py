"""Findings and rules: identity, text of details, evidence in order."""

from __future__ import annotations

import json

from app.diagnosis.findings import Severity, found, rule
from app.diagnosis.reading import Reading
from tests.support.cases import made, reading, register


def test_a_finding_speaks_with_its_details() -> None:
    read = reading(register(), register(2))
    finding = found("realm_differs", reversed(read.seen), field="realm", value="", realm="a", wanted="b")
    assert "“a”" in finding.text
    assert finding.evidence == (0, 1)
    assert json.loads(json.dumps(finding.as_json()))["details"] == {"realm": "a", "wanted": "b"}
    assert finding.severity is Severity.ERROR


def test_a_rule_gives_its_findings_their_identity() -> None:
    @rule("R99", "nothing")
    def never(_: Reading) -> None:
        """Nothing at all"""

    @rule("R98", "loop")
    def always(_: Reading) -> object:
        """Always"""
        return found("loop", status=483)

    read = Reading(made())
    assert never(read) is None
    assert (never.id, never.seen, never.causes) == ("R99", "Nothing at all", ("nothing",))
    finding = always(read)
    assert finding is not None
    assert finding.id == "R98"

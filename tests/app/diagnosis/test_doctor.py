"""Every case in tests/data/cases: what triggers a rule, and the similar one that must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.diagnosis import Case, Severity, diagnose
from tests.support import diagnosis_document

CASES = sorted((Path(__file__).parents[2] / "data" / "cases").glob("*.json"))


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_explained(path: Path) -> None:
    given = load(path)
    findings = diagnose(Case.from_json(given))
    assert [each.cause for each in findings] == given["expect"]
    for name in ("field", "value"):
        if name in given:
            assert getattr(findings[0], name) == given[name]
    if "evidence" in given:
        assert list(findings[0].evidence) == given["evidence"]
    if "notes" in given:
        notes = diagnose(Case.from_json(given), notes=True)
        assert [each.cause for each in notes if each.severity is Severity.INFO] == given["notes"]


def test_the_document_is_up_to_date() -> None:
    """`python -m tests.support.diagnosis_document` renews it."""
    assert diagnosis_document.PLACE.read_text(encoding="utf-8") == diagnosis_document.document()


def test_findings_come_in_order_of_weight_and_none_twice() -> None:
    for path in CASES:
        found = diagnose(Case.from_json(load(path)), notes=True)
        weights = [list(Severity).index(each.severity) for each in found]
        assert weights == sorted(weights)
        assert len({(each.cause, each.field) for each in found}) == len(found)
        assert all(
            each.severity is Severity.INFO
            for each in found
            if each not in diagnose(Case.from_json(load(path)))
        )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_may_be_cut_off_or_lose_its_parts_anywhere(path: Path) -> None:
    """No half of a trace breaks a rule, and no evidence points beyond it."""
    given = load(path)
    for end in range(len(given.get("messages", ()))):
        part = {**given, "messages": given["messages"][:end]}
        assert all(
            index < end for each in diagnose(Case.from_json(part), notes=True) for index in each.evidence
        )
    for name in ("config", "dns", "messages", "socket_errors", "rtp"):
        diagnose(Case.from_json({key: value for key, value in given.items() if key != name}), notes=True)
    for header in ("Via", "From", "To", "Call-ID", "CSeq", "Contact"):
        texts = [
            {
                **each,
                "text": "\n".join(line for line in each["text"].split("\n") if not line.startswith(header)),
            }
            for each in given.get("messages", ())
        ]
        diagnose(Case.from_json({**given, "messages": texts}), notes=True)

"""Every case in tests/data/cases: what triggers a rule, and the similar one that must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.diagnosis import Case, Severity, diagnose

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

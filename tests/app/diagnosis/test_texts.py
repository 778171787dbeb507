"""Every cause has a sentence, every sentence a cause, and a case that says it."""

from __future__ import annotations

import json

import pytest

from app.diagnosis import Case, diagnose
from app.diagnosis.doctor import RULES
from app.diagnosis.texts import TEXTS
from tests.support.cases import FOLDER


def test_rules_and_sentences_name_the_same_causes() -> None:
    assert {cause for each in RULES for cause in each.causes} == set(TEXTS)


@pytest.mark.parametrize("cause", sorted(TEXTS))
def test_a_sentence_is_a_sentence(cause: str) -> None:
    text = TEXTS[cause]
    assert text[0].isupper() or text[0] in "{“"
    assert text.endswith((".", ")"))
    assert "  " not in text


def test_every_cause_is_found_in_some_case() -> None:
    causes = set()
    for path in FOLDER.glob("*.json"):
        case = Case.from_json(json.loads(path.read_text(encoding="utf-8")))
        causes |= {finding.cause for finding in diagnose(case, notes=True)}
    assert set(TEXTS) - causes == set()


def test_every_rule_has_a_case_that_must_not_trigger_it() -> None:
    names = {path.stem.partition("-")[0] for path in FOLDER.glob("*.json")}
    healthy = {path.stem.partition("-")[0] for path in FOLDER.glob("*-not-*.json")}
    assert {each.id for each in RULES if each.id[0] in "RIM"} <= names
    assert {each.id for each in RULES if each.id[0] in "RIM"} - healthy <= {"R02", "R08", "R12", "R28"}

"""Steps as sentences."""

from __future__ import annotations

import re
from pathlib import Path

from app.services.dial_plan_explanation import SENTENCES, UNEXPLAINED, Explanation, Stage, Step

SERVICES = Path(__file__).parents[3] / "app" / "services"


def test_a_step_is_a_sentence_with_its_numbers() -> None:
    step = Step(stage=Stage.TRANSITION, code="transition", key="t", before="0138", after="")
    assert step.text == "Transition t turns 0138 into —."


def test_every_sentence_can_be_said() -> None:
    for code in SENTENCES:
        text = Step(stage=Stage.ROUTE, code=code, kind="line", key="k", before="b", after="a", name="n").text
        assert text.endswith(".")
        assert "{" not in text


def test_every_code_that_is_noted_has_a_sentence_and_the_other_way_round() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in SERVICES.glob("dial_plan*.py"))
    source += (SERVICES.parent / "api" / "dial_plan.py").read_text(encoding="utf-8")
    stages = "emergency|screen|caller|incoming|called|transition|route|way|refine|shown"
    used = set(re.findall(rf'"((?:{stages})\.[a-z_]+|transition)"(?!:)', source))
    assert used == set(SENTENCES)


def test_steps_are_kept_in_order_or_forgotten() -> None:
    explanation = Explanation()
    explanation.note(Stage.CALLED, "called.none", before="1")
    explanation.note(Stage.ROUTE, "route.unknown", before="1")
    assert [step.stage for step in explanation.steps] == [Stage.CALLED, Stage.ROUTE]
    UNEXPLAINED.note(Stage.ROUTE, "route.unknown", before="1")
    assert UNEXPLAINED.steps == ()

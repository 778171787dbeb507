"""The steps of the dial-plan tracer."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api.dial_plan import SENTENCES, Step
from app.services.dial_plan_explanation import Stage
from ui.models import dial_plan
from ui.models.dial_plan import STAGES, StepsModel, meaning, record_name, sentence
from ui.theme import Tone
from ui.translations import Translations


def test_every_station_has_its_word() -> None:
    assert set(STAGES) == {stage.value for stage in Stage}


def test_only_known_steps_are_sorted_out() -> None:
    assert set(SENTENCES) >= dial_plan._REFUSES | dial_plan._PASSED_BY | dial_plan._WORD_CODES


def test_every_step_speaks_both_languages(qt: QApplication, translations: Translations) -> None:
    for code in SENTENCES:
        step = Step(stage=Stage.ROUTE, code=code, kind="line", key="K", before="B", after="A", name="N")
        translations.use("en")
        assert sentence(step) == step.text
        translations.use("zh_CN")
        assert sentence(step) != step.text
    named = Step(stage=Stage.ROUTE, code="way.disabled", key="telecom", name="trunk")
    assert sentence(named) == "中继 telecom 已停用。"


def test_colours(qt: QApplication) -> None:
    def of(code: str) -> Tone:
        return meaning(Step(stage=Stage.SCREEN, code=code))

    assert (of("screen.blocked"), of("screen.none"), of("screen.passed")) == (Tone.BAD, Tone.QUIET, Tone.GOOD)


def test_rows_keep_their_order(qt: QApplication) -> None:
    model = StepsModel()
    model.show_steps(
        (
            Step(stage=Stage.SHOWN, code="shown.line", name="telecom"),
            Step(stage=Stage.CALLED, code="called.none", before="9"),
        )
    )
    assert [model.index(row, 0).data() for row in range(2)] == ["Shown number", "Called number"]
    assert record_name("", "x") == ""
    assert record_name("did_route", "+86") == "DID route +86"

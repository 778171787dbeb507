"""The questions of a template."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api import carriers
from app.errors import UserError
from ui.dialogs.carrier_questions import CarrierQuestions
from ui.translations import Translations


def test_every_template_can_be_asked(qt: QApplication) -> None:
    questions = CarrierQuestions()
    for template in carriers.list_templates():
        questions.show_template(template)
        assert list(questions.answers) == [each.key for each in carriers.questions(template)]
        assert questions.record_name == template.id


def test_answers_outlive_a_change_of_language(qt: QApplication, translations: Translations) -> None:
    questions = CarrierQuestions()
    questions.show_template(carriers.get_template("china-telecom-ims"))
    questions.editors["number"].set_value("+8612345678")
    translations.use("zh_CN")
    questions.retranslate()
    assert questions.answers["number"] == "+8612345678"
    assert questions.editors["number"].spec.label == "电话号码"


def test_refusals(qt: QApplication) -> None:
    questions = CarrierQuestions()
    questions.show_template(carriers.get_template("sonetel"))
    assert questions.show_refusal(UserError("x.y", "Wrong.", field="email"))
    assert questions.editors["email"].problem == "Wrong."
    assert not questions.show_refusal(UserError("x.y", "Wrong.", field="elsewhere"))
    questions.clear_problems()
    assert questions.editors["email"].problem == ""
    questions.fix_name(is_fixed=True)
    questions.retranslate()
    assert questions.name._control.isReadOnly()  # type: ignore[attr-defined]

"""The line doctor's findings in words."""

from __future__ import annotations

import string

from PySide6.QtWidgets import QApplication

from app.api.examination import TEXTS, Finding
from tests.support.fake_engine import examined
from ui import findings
from ui.theme import Tone
from ui.translations import Translations


def test_every_cause_speaks_both_languages(qt: QApplication, translations: Translations) -> None:
    for cause, form in TEXTS.items():
        details = {name: "v" for _, name, _, _ in string.Formatter().parse(form) if name}
        finding = Finding(id="X", cause=cause, text=form.format(**details), details=details)
        translations.use("en")
        assert findings.sentence(finding) == finding.text
        translations.use("zh_CN")
        assert findings.sentence(finding) != finding.text, cause


def test_a_cause_not_known_here_keeps_its_english(qt: QApplication, translations: Translations) -> None:
    translations.use("zh_CN")
    assert findings.sentence(Finding(id="X", cause="new_one", text="It is new.")) == "It is new."
    torn = Finding(id="X", cause="moved", text="Moved.", details={})
    assert findings.sentence(torn) == "Moved."


def test_fields_of_the_record_and_of_the_system(qt: QApplication) -> None:
    line, system, nothing = findings.views(
        examined(
            "telecom",
            Finding(id="1", cause="a", text="A.", field="register_call_id", value="new", evidence=(1, 7)),
            Finding(id="2", cause="b", text="B.", field="public_address"),
            Finding(id="3", cause="c", text="C.", field="gone", value="x"),
        )
    )
    assert (line.kind, line.label, line.value_text) == ("line", "Call-ID of a registration", "A new one")
    assert line.evidence == ((2, "← 403 Forbidden"),)
    assert (system.kind, system.has_value) == ("setting", False)
    assert (nothing.kind, nothing.field, nothing.has_value) == ("", "", False)
    assert line.tone is Tone.BAD

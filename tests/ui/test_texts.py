"""Sentences and words in the user's language."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from app.api import records
from app.errors import UserError
from app.events import CallState, ExtensionState, Notice, Severity
from tests.support.fake_engine import call_view
from ui import texts
from ui.theme import Tone
from ui.translations import Translations

REFUSAL = UserError("value.too_long", "Number has 20 characters.", label="Number", length=20, longest=16)


def test_an_error_in_english_and_chinese(qt: QApplication, translations: Translations) -> None:
    assert texts.error_sentence(REFUSAL) == "Number has 20 characters."
    translations.use("zh_CN")
    assert texts.error_sentence(REFUSAL) == "号码有 20 个字符，最多 16 个。请缩短。"


def test_a_translation_that_lacks_a_value_gives_way(qt: QApplication, translations: Translations) -> None:
    translations.use("zh_CN")
    bare = UserError("value.too_long", "Number has 20 characters.")
    assert texts.error_sentence(bare) == "Number has 20 characters."


def test_an_unknown_code_is_shown_as_it_is(qt: QApplication, translations: Translations) -> None:
    translations.use("zh_CN")
    assert texts.error_sentence(UserError("never.seen", "Something.")) == "Something."
    notice = Notice(severity=Severity.INFO, code="never.seen", text="Something.")
    assert texts.notice_sentence(notice) == "Something."
    assert "ValueError" in texts.any_error_sentence(ValueError("x"))


def test_states_have_words(qt: QApplication) -> None:
    assert texts.extension_state(ExtensionState.OFF) == "Not registered"
    assert texts.call_state(call_view(1, CallState.HELD)) == "On hold"
    assert texts.call_state(call_view(1, CallState.ENDED, outcome="not_found")) == "Unknown number"
    assert texts.outcome("brand_new") == "brand new"
    assert texts.media("relay") == "Relayed"
    assert texts.word("") == texts.field_text("") == ""


def test_tones_of_outcomes() -> None:
    assert texts.outcome_tone("answered") is Tone.GOOD
    assert texts.outcome_tone("busy") is Tone.BAD
    assert texts.outcome_tone("cancelled") is Tone.QUIET


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (75.9, "1:15"), (3600, "1:00:00"), (-3, "0:00")])
def test_durations(seconds: float, words: str) -> None:
    assert texts.duration(seconds) == words


def test_times() -> None:
    assert texts.clock(None) == texts.date_and_time(None) == ""
    assert len(texts.clock(1_800_000_000.0)) == 8
    assert texts.clock_ms(1_800_000_000.25).endswith(".250")
    assert texts.date_and_time(1_800_000_000.0).startswith("2027-01-")


def test_no_example_in_words_is_left_in_english(qt: QApplication, translations: Translations) -> None:
    fields = [field for kind in records.kinds() for field in kind.fields] + list(records.settings())
    examples = [field for field in fields if " " in field.example and field.example.isascii()]
    wordy = [field for field in examples if not re.search(r"[0-9,;:/=@]", field.example)]
    assert len(wordy) > 5
    assert texts.example(wordy[0]) == wordy[0].example
    translations.use("zh_CN")
    assert [field.example for field in wordy if texts.example(field).isascii()] == []

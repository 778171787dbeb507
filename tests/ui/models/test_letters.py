"""The table of letters."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.support.fake_engine import letter_view
from ui.models.letters import LettersModel, reason
from ui.translations import Translations


def test_the_newest_first(qt: QApplication) -> None:
    model = LettersModel()
    model.replace([letter_view(1, "sent"), letter_view(2, "waiting", attempts=1), letter_view(3, "waiting")])
    texts = [[column.text(row) for column in model.columns] for row in model.shown_rows()]
    assert [line[0] for line in texts] == ["Waiting", "Waiting", "Sent"]
    assert texts[0][5] == ""  # on its way at once
    assert texts[1][5] != ""


def test_a_reason_in_the_users_language(qt: QApplication, translations: Translations) -> None:
    letter = letter_view(
        1, "failed", code="mail.login", reason="The mail server does not accept it (535 no)."
    )
    assert reason(letter) == letter.reason
    translations.use("zh_CN")
    assert "授权" in reason(letter) or "密码" in reason(letter)
    assert "535 no" in reason(letter)
    assert reason(letter_view(2, "sent")) == ""

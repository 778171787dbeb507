"""The findings as cards."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from ui.findings import FindingView
from ui.theme import Tone
from ui.translations import Translations
from ui.widgets.findings_pane import FindingsPane

CAUSE = FindingView(
    text="The password is wrong.",
    tone=Tone.BAD,
    icon="error",
    kind="line",
    field="user",
    label="Account",
    value="",
    has_value=True,
    evidence=((7, "← 403 Forbidden"),),
)
NOTE = FindingView(text="A fresh nonce.", tone=Tone.QUIET, icon="info")


def labels(pane: FindingsPane) -> list[str]:
    return [label.text() for card in pane.cards for label in card.findChildren(QLabel)]


def test_cards(qt: QApplication) -> None:
    pane = FindingsPane()
    pane.show_findings((CAUSE, NOTE), "Nothing.")
    assert pane.sentence == ""
    assert {"Most likely cause", "Noticed", "Set “Account” to: (empty)"} <= set(labels(pane))
    opened: list[int] = []
    applied: list[FindingView] = []
    pane.evidence_requested.connect(opened.append)
    pane.apply_requested.connect(applied.append)
    pane.cards[0].links[0].click()
    pane.cards[0].apply.click()
    assert (opened, applied) == ([7], [CAUSE])
    pane.show_findings((), "Nothing.")
    assert (pane.cards, pane.sentence) == ([], "Nothing.")


def test_in_chinese(qt: QApplication, translations: Translations) -> None:
    pane = FindingsPane()
    pane.show_findings((CAUSE,), "")
    translations.use("zh_CN")
    pane.retranslate()
    assert "最可能的原因" in labels(pane)
    assert pane.cards[0].apply.text() == "应用并重试"

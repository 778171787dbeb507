"""What a template and the answers make."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api import carriers
from ui.dialogs.line_summary import LineSummary
from ui.translations import Translations

ANSWERS = {"number": "+8612345678", "password": "hunter2-x", "domain": "gd.ctcims.cn", "proxy": "10.32.8.1"}


def test_values_and_what_must_not_be_set(qt: QApplication, translations: Translations) -> None:
    template = carriers.get_template("china-telecom-ims")
    summary = LineSummary()
    summary.show_applied("telecom", carriers.apply(template, ANSWERS), template)
    values = dict(summary.values.pairs)
    assert values["Authentication user name includes the address"] == "Yes"
    assert "hunter2-x" not in repr(values)
    assert len([said for said in summary.sentences if said.startswith("Leave “")]) == len(template.forbidden)
    translations.use("zh_CN")
    summary.retranslate()
    assert dict(summary.values.pairs)["鉴权用户名应包含地址信息"] == "是"
    assert summary.sentences[0].startswith("请勿更改“")

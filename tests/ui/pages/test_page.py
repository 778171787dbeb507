"""What all pages share."""

from __future__ import annotations

from ui.bridge import Bridge
from ui.pages.page import Page


class Plain(Page):
    def retranslate(self) -> None:
        self.header.set_title("Plain")


async def test_it_tells_when_it_is_shown(bridge: Bridge, reported: list[Exception]) -> None:
    page = Plain(bridge, reported.append)
    shown: list[bool] = []
    page.shown.connect(lambda: shown.append(True))
    page.show()
    assert shown == [True]
    page.hide()
    page.start()
    page.go_to_search()
    assert reported == []
    page.deleteLater()

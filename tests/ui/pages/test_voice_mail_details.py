"""The buttons beside the messages of a mailbox."""

from __future__ import annotations

from tests.support.fake_voice_mail import message_view
from ui.pages.voice_mail_details import MessageActions
from ui.sound.player import Player


def test_what_is_offered_depends_on_what_is_chosen(qt: object) -> None:
    player = Player()
    buttons = MessageActions(player)
    every = (buttons.play, buttons.save, buttons.mark, buttons.delete)
    assert [each.isEnabled() for each in every] == [False] * 4
    buttons.show_rows([message_view(1)])
    assert [each.isEnabled() for each in every] == [True] * 4
    assert buttons.time.text() == "100 · Front desk · 0:12"
    buttons.show_rows([message_view(1, is_new=False), message_view(2)])
    assert [each.isEnabled() for each in every] == [False, False, True, True]
    assert (buttons.mark.text(), buttons.time.text()) == ("Mark as heard", "")
    buttons.show_rows([message_view(1, is_new=False)])
    assert buttons.mark.text() == "Mark as new"
    buttons.deleteLater()

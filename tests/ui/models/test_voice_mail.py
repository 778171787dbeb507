"""The tables of voice mail."""

from __future__ import annotations

from app.api.voice_mail import MailboxView, MailState
from tests.support.fake_voice_mail import message_view
from ui.models.voice_mail import MailboxesModel, VoiceMessagesModel, caller


def test_the_newest_message_stands_first(qt: object) -> None:
    model = VoiceMessagesModel()
    model.replace([message_view(1), message_view(2, seconds=75, is_new=False, mailed=MailState.FAILED)])
    assert [row.id for row in model.shown_rows()] == [2, 1]
    assert [model.index(0, column).data() for column in (2, 3, 4)] == ["1:15", "Heard", "Mail failed"]


def test_who_left_it(qt: object) -> None:
    assert caller(message_view(1)) == "100 · Front desk"
    assert caller(message_view(1, caller_name="")) == "100"
    assert caller(message_view(1, caller="", caller_name="")) == "Unknown number"


def test_mailboxes_stand_in_the_order_of_their_numbers(qt: object) -> None:
    def box(number: str, new: int) -> MailboxView:
        return MailboxView(
            number=number,
            description="",
            is_on=True,
            new=new,
            saved=1,
            most=50,
            has_pin=False,
            has_greeting=False,
        )

    model = MailboxesModel()
    model.replace([box("1000", 0), box("101", 3)])
    assert [row.number for row in model.shown_rows()] == ["101", "1000"]
    assert [model.index(row, 2).data() for row in range(2)] == ["3", ""]
    assert model.index(0, 3).data() == "4 / 50"

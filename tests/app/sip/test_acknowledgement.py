"""The ACK to a 2xx."""

from __future__ import annotations

from app.sip.acknowledgement import Acknowledgement
from app.sip.core import Core
from app.sip.dialog import Dialog
from app.sip.message import Request, parse
from app.sip.output import Resolve, Send
from app.sip.settings import StackSettings
from tests.support.lone_stack import ANSWER, UDP


def dialog(target: str) -> Dialog:
    return Dialog(
        call_id="c",
        local="<sip:us@x>;tag=l",
        local_tag="l",
        remote="<sip:peer@x>;tag=r",
        remote_tag="r",
        target=target,
        routes=(),
        flow=UDP,
        contact_user="us",
        usage=None,
    )


def test_it_has_the_invites_number_and_credentials_and_is_repeated_unchanged() -> None:
    core = Core(StackSettings())
    where = dialog("sip:peer@10.0.0.2:5060")
    ack = Acknowledgement(core, where, 7, "Authorization: Digest x\r\n", ANSWER)
    ack.send(where, 0.0)
    ack.repeat()
    first, second = core.layer.output
    assert first == second
    assert isinstance(first, Send)
    message = parse(first.data)
    assert isinstance(message, Request)
    assert (str(message.cseq), message.get("authorization"), message.body) == ("7 ACK", "Digest x", ANSWER)
    assert where.local_cseq == 0
    assert core.layer.counters.retransmissions_out == 1


def test_it_waits_for_the_way() -> None:
    core = Core(StackSettings())
    where = dialog("sip:peer@elsewhere.example")
    ack = Acknowledgement(core, where, 1, "", None)
    ack.send(where, 0.0)
    ack.repeat()
    (question,) = core.layer.output
    assert isinstance(question, Resolve)
    ack.on_resolved((), 0.0)
    ack.on_resolved((UDP,), 0.0)
    assert len(core.layer.output) == 2


def test_a_target_that_cannot_be_used_is_answered_where_it_came_from() -> None:
    core = Core(StackSettings())
    where = dialog("tel:+441")
    Acknowledgement(core, where, 1, "", None).send(where, 0.0)
    (sent,) = core.layer.output
    assert isinstance(sent, Send)
    assert sent.flow is UDP

"""What the usages of a stack share."""

from __future__ import annotations

from collections.abc import Sequence

from app.sip.core import Core
from app.sip.flow import Flow, Transport
from app.sip.output import Resolve
from app.sip.settings import StackSettings
from app.sip.uri import SipUri, parse_uri


class Asking:
    def on_resolved(self, flows: Sequence[Flow], now: float) -> None: ...


def uri(text: str) -> SipUri:
    parsed = parse_uri(text)
    assert isinstance(parsed, SipUri)
    return parsed


def test_each_question_has_a_token_and_the_transport_the_uri_asks_for() -> None:
    core = Core(StackSettings())
    assert core.is_idle
    tokens = [
        core.find(uri(text), Asking())
        for text in ("sip:x", "sip:x;transport=tcp", "sips:x", "sip:x;transport=sctp")
    ]
    questions = [item for item in core.layer.output if isinstance(item, Resolve)]
    assert [question.token for question in questions] == tokens
    assert len(set(tokens)) == 4
    assert [question.transport for question in questions] == [None, Transport.TCP, Transport.TLS, None]
    assert not core.is_idle


def test_the_lines_of_all_messages_are_written_once() -> None:
    core = Core(StackSettings(user_agent="Test", allow=("INVITE", "ACK"), supported=("100rel", "timer")))
    assert core.capability_lines == "Allow: INVITE, ACK\r\nSupported: 100rel, timer\r\nUser-Agent: Test\r\n"
    assert core.change_lines == "Allow: INVITE, ACK\r\nSupported: timer\r\nUser-Agent: Test\r\n"
    assert Core(StackSettings(user_agent="")).agent_line == ""

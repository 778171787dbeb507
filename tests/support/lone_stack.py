"""One SipStack with a hand-written peer: messages in as text, messages out parsed, time moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.sip.events import StackEvent
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request, Response, parse
from app.sip.output import Resolve, Send
from app.sip.stack import SipStack, StackSettings

US = Address("10.0.0.1", 5060)
PEER = Address("10.0.0.2", 5060)
UDP = Flow(Transport.UDP, US, PEER)
TCP = Flow(Transport.TCP, US, Address("10.0.0.2", 40000), 7)
OFFER = b"v=0\r\no=peer 1 1 IN IP4 10.0.0.2\r\ns=-\r\n"
ANSWER = b"v=0\r\no=us 1 1 IN IP4 10.0.0.1\r\ns=-\r\n"

T = TypeVar("T")
EventT = TypeVar("EventT")


class LoneStack:
    """The stack under test, and what it has sent. `now` begins at 0."""

    def __init__(self, settings: StackSettings | None = None) -> None:
        self.stack = SipStack(settings or StackSettings(seed=1))
        self.now = 0.0
        self.questions: list[Resolve] = []
        self.flows: list[Flow] = []  # that the messages of the last `sent()` went over
        self.schedule: list[tuple[float, str]] = []  # when what was sent, for the timers
        self._sent: list[Send] = []

    def _drain(self) -> None:
        for item in self.stack.take_output():
            if isinstance(item, Send):
                self._sent.append(item)
                self.schedule.append((round(self.now, 6), item.data.partition(b"\r\n")[0].decode()))
            else:
                self.questions.append(item)

    def run(self, command: Callable[..., T], *args: object, **keywords: object) -> T:
        """Give a command with the time."""
        result = command(*args, now=self.now, **keywords)
        self._drain()
        return result

    def receive(self, data: bytes | str | Request | Response, flow: Flow = UDP) -> None:
        """Let a message arrive."""
        if not isinstance(data, bytes):
            data = data.encode()
        self.stack.receive(data, flow, self.now)
        self._drain()

    def resolve(self, *flows: Flow) -> None:
        """Answer the oldest question."""
        self.stack.resolved(self.questions.pop(0).token, flows, self.now)
        self._drain()

    def fail(self, flow: Flow) -> None:
        """Let a flow fail."""
        self.stack.flow_failed(flow, "refused", self.now)
        self._drain()

    def advance(self, seconds: float) -> None:
        """Let time pass, deadline by deadline."""
        self.until(self.now + seconds)

    def until(self, when: float) -> None:
        """Let time pass until then."""
        while (deadline := self.stack.deadline()) is not None and deadline <= when:
            self.now = max(self.now, deadline)
            self.stack.tick(self.now)
            self._drain()
        self.now = when

    def settle(self) -> None:
        """Let all timers run out."""
        for _ in range(10_000):
            deadline = self.stack.deadline()
            if deadline is None:
                return
            self.until(max(deadline, self.now))
        raise AssertionError("the stack never comes to rest")

    def sent(self) -> list[Request | Response]:
        """Take what was sent since the last look."""
        taken, self._sent = self._sent, []
        self.flows = [item.flow for item in taken]
        return [parse(item.data) for item in taken]

    def request(self) -> Request:
        """Take the one message that was sent; it is a request."""
        (message,) = self.sent()
        assert isinstance(message, Request), message
        return message

    def response(self) -> Response:
        """Take the one message that was sent; it is a response."""
        (message,) = self.sent()
        assert isinstance(message, Response), message
        return message

    def lines(self) -> list[str]:
        """Take what was sent as "INVITE", "180" …"""
        return [str(m.status) if isinstance(m, Response) else m.method for m in self.sent()]

    def events(self) -> list[StackEvent]:
        """Take the events."""
        events = []
        while (event := self.stack.next_event()) is not None:
            events.append(event)
        return events

    def kinds(self) -> list[str]:
        """Take the events, by name."""
        return [type(event).__name__ for event in self.events()]

    def event(self, kind: type[EventT]) -> EventT:
        """Take the events: exactly one, of that kind."""
        (event,) = self.events()
        assert isinstance(event, kind), event
        return event


def request(
    method: str,
    *,
    branch: str = "z9hG4bK-1",
    uri: str = "sip:us@10.0.0.1",
    call_id: str = "call-1",
    cseq: int = 1,
    from_tag: str = "peer",
    to_tag: str = "",
    headers: tuple[str, ...] = (),
    body: bytes = b"",
    via: str = "10.0.0.2:5060",
    transport: str = "UDP",
    contact: str | None = "<sip:peer@10.0.0.2:5060>",
) -> bytes:
    """Write a request of the peer."""
    lines = [
        f"{method} {uri} SIP/2.0",
        f"Via: SIP/2.0/{transport} {via};branch={branch}",
        "Max-Forwards: 70",
        f"From: <sip:peer@10.0.0.2>;tag={from_tag}",
        f"To: <sip:us@10.0.0.1>{f';tag={to_tag}' if to_tag else ''}",
        f"Call-ID: {call_id}",
        f"CSeq: {cseq} {'INVITE' if method == 'INVITE' else method}",
    ]
    if contact is not None:
        lines.append(f"Contact: {contact}")
    lines += headers
    if body:
        lines.append("Content-Type: application/sdp")
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def reply(
    sent: Request,
    status: int,
    *,
    tag: str = "peer",
    body: bytes = b"",
    contact: str | None = "<sip:peer@10.0.0.2:5060>",
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    """Write the peer's answer to a request of ours."""
    extra = list(headers)
    if contact is not None:
        extra.insert(0, ("Contact", contact))
    return sent.reply(
        status, to_tag=tag, headers=extra, body=body, content_type="application/sdp" if body else ""
    )


def ack_for(invite: Request, response: Response, *, branch: str = "z9hG4bK-ack", body: bytes = b"") -> bytes:
    """Write the peer's ACK; with the INVITE's own branch it is one to a failure."""
    return request(
        "ACK",
        branch=branch,
        call_id=invite.call_id,
        cseq=invite.cseq.number,
        from_tag=invite.from_tag,
        to_tag=response.to_tag,
        body=body,
    )

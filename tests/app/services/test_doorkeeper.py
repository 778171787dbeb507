"""What strangers get, and that nothing of them is kept."""

from __future__ import annotations

import pytest

from app.sip import events
from app.sip.flow import Address
from app.sip.message import Response, parse
from tests.support.office import Office, in_virtual_time
from tests.support.wire import WireSockets

SERVER = ("10.0.0.1", 5060)


class Stranger:
    """A raw datagram socket on the wire; every message is new to the server."""

    def __init__(self) -> None:
        self.heard: list[Response] = []
        self.sent = 0

    async def enter(self, office: Office, host: str = "203.0.113.66") -> None:
        self.host = host
        self.socket = await WireSockets(office.wire, host).open(host, 5060, self)

    def datagram_received(self, data: bytes, remote: object) -> None:
        message = parse(data)
        assert isinstance(message, Response)
        self.heard.append(message)

    def peer_unreachable(self, remote: object, reason: str) -> None:
        raise AssertionError(reason)

    def send(self, method: str, user: str = "101", *, tag: str = "", lines: str = "") -> None:
        self.sent += 1
        text = (
            f"{method} sip:{user}@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {self.host}:5060;"
            f"branch=z9hG4bKx{self.sent};rport\r\nMax-Forwards: 70\r\n"
            f"From: <sip:100@10.0.0.1>;tag=f{self.sent}\r\n"
            f"To: <sip:{user}@10.0.0.1>{';tag=' + tag if tag else ''}\r\nCall-ID: c{self.sent}\r\n"
            f"CSeq: 1 {method}\r\nContact: <sip:100@{self.host}>\r\n{lines}Content-Length: 0\r\n\r\n"
        )
        self.socket.send(text.encode(), Address(*SERVER))


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("INVITE", 407),
        ("REGISTER", 401),
        ("MESSAGE", 407),
        ("OPTIONS", 200),
        ("SUBSCRIBE", 489),
        ("NOTIFY", 481),
        ("REFER", 501),
        ("BYE", 481),
        ("INFO", 481),
        ("UPDATE", 481),
        ("PRACK", 481),
        ("CANCEL", 481),
        ("PUBLISH", 405),
        ("NONSENSE", 501),
    ],
)
def test_a_stranger_is_answered_once_and_forgotten(method: str, status: int) -> None:
    @in_virtual_time
    async def scene() -> None:
        async with Office() as office:
            await office.phone("101")
            await office.quiet()
            stranger = Stranger()
            await stranger.enter(office)
            for tag in ("", "guessed") if method != "CANCEL" else ("",):
                stranger.heard.clear()
                stranger.send(method, tag=tag)
                await office.quiet()
                expected = 481 if tag and method not in ("OPTIONS", "REGISTER") else status
                assert [each.status for each in stranger.heard] == [expected]
            assert office.endpoint.stack.is_idle
            assert not office.records

    scene()


@pytest.mark.parametrize("method", ["INVITE", "REGISTER", "MESSAGE", "OPTIONS"])
def test_numbers_that_exist_look_like_those_that_do_not(method: str) -> None:
    @in_virtual_time
    async def scene() -> None:
        async with Office() as office:
            await office.phone("101")
            stranger = Stranger()
            await stranger.enter(office)
            for user in ("101", "102", "999", "alice", "1;x"):
                stranger.send(method, user)
            await office.quiet()
            looks = {
                (each.status, *(name for name, _, _ in each.headers), len(each.headers))
                for each in stranger.heard
            }
            assert len(stranger.heard) == 5
            assert len(looks) == 1

    scene()


@in_virtual_time
async def test_a_lost_challenge_is_asked_for_again_with_the_same_tag() -> None:
    async with Office() as office:
        stranger = Stranger()
        await stranger.enter(office)
        stranger.send("INVITE")
        stranger.sent -= 1
        stranger.send("INVITE")
        await office.quiet()
        assert [each.status for each in stranger.heard] == [407, 407]
        assert stranger.heard[0].to_tag == stranger.heard[1].to_tag != ""


@pytest.mark.logs("defence: .* is banned until")
@in_virtual_time
async def test_wrong_passwords_end_in_silence_and_the_others_go_on() -> None:
    async with Office() as office:
        good = await office.phone("100")
        await office.phone("101")
        bad = await office.phone("102", password="guess", registered=False)
        statuses = [(await bad.register()).status for _ in range(10)]
        assert statuses == [403] * 10
        (ban,) = office.exchange.defence.bans()
        assert (ban.address, ban.user) == (bad.host, "102")
        before = office.exchange.authenticator.refusals
        bad.patience = 40
        call = bad.call("101")
        await call.until(events.Rejected)
        assert call.status == 408, "nobody answers"
        assert office.exchange.authenticator.refusals == before
        assert (await good.register()).status == 200


@in_virtual_time
async def test_a_phone_with_an_old_password_does_not_lock_its_office_out() -> None:
    async with Office() as office:
        await office.phone("100", host="192.0.2.10", port=5060)
        bad = await office.phone("102", password="old", registered=False, host="192.0.2.10", port=5070)
        assert [(await bad.register()).status for _ in range(30)] == [403] * 30
        assert office.exchange.defence.bans() == ()

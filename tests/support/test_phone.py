from __future__ import annotations

import asyncio

import pytest

from app.sdp.description import parse
from app.sip import events
from app.sip.flow import Address, Direction
from tests.support import virtual_time
from tests.support.phone import Phone, Recorder, answering, describe, refusing
from tests.support.tones import seconds_of
from tests.support.wire import LoopScheduler, Wire, WireSockets


def on_one_wire(*numbers: str) -> list[Phone]:
    """Phones that call each other without a server: each is the other's."""
    wire = Wire(LoopScheduler(asyncio.get_running_loop()))
    hosts = [f"10.0.1.{place}" for place in range(1, len(numbers) + 1)]
    return [
        Phone(
            number,
            "secret",
            Address(hosts[1 - place], 5060),
            host=hosts[place],
            port=5060,
            sockets=WireSockets(wire, hosts[place]),
        )
        for place, number in enumerate(numbers)
    ]


def test_two_phones_talk_hold_and_hang_up() -> None:
    async def main() -> None:
        one, two = on_one_wire("100", "101")
        async with one, two:
            call = one.call("101")
            incoming = await two.incoming()
            incoming.ring()
            assert (await call.until(events.Progressed)).status == 180
            incoming.answer()
            await call.until(events.Accepted)
            await incoming.until(events.Confirmed)
            call.change("sendonly")
            await call.until(events.AnswerReceived)
            assert (call.remote_direction, incoming.remote_direction) == ("recvonly", "sendonly")
            assert call.remote_target == ("10.0.1.2", 40060)
            incoming.hang_up()
            assert (await call.until_ended()).cause is events.EndCause.REMOTE_BYE
            assert "BYE" in one.recorder.first_lines(Direction.IN)[-1]

    virtual_time.run(main())


def test_behaviors() -> None:
    async def main() -> None:
        one, two = on_one_wire("100", "101")
        async with one, two:
            two.behavior = refusing(486)
            call = one.call("101")
            await call.until_ended()
            assert call.status == 486
            two.behavior = answering
            call = one.call("101", offer=False)
            await call.until(events.Accepted)
            await two.all_calls[1].until(events.Confirmed)
            assert two.all_calls[1].remote_sdp is not None

    virtual_time.run(main())


def test_waiting_in_vain_says_for_what() -> None:
    async def main() -> None:
        one, two = on_one_wire("100", "101")
        one.patience = 5
        async with one, two:
            call = one.call("101")
            with pytest.raises(AssertionError, match="100: Accepted did not come"):
                await call.until(events.Accepted)

    virtual_time.run(main())


async def test_phones_hear_each_other_on_loopback() -> None:
    phones = [Phone(number, "x", Address("127.0.0.1", 9), hertz=440) for number in ("100", "101")]
    one, two = phones
    async with one, two:
        one.server, two.server = two.address, one.address
        two.behavior = answering
        call = one.call("101")
        await call.until(events.Accepted)
        assert call.ear is not None
        await asyncio.to_thread(call.ear.listen, lambda samples: seconds_of(samples, 440) > 0.1)
        call.hang_up()
        await two.all_calls[0].until_ended()


def test_descriptions() -> None:
    plain = parse(describe("10.0.0.1", 4000, way="inactive"))
    assert [media.kind for media in plain.media] == ["audio"]
    assert b"IN IP6 ::1" in describe("::1", 4000)
    assert [media.port for media in parse(describe("10.0.0.1", 4000, video=True)).media] == [4000, 4002]


def test_the_recorder_tells_the_directions_apart() -> None:
    recorder = Recorder()
    recorder.record(0, Direction.IN, None, b"SIP/2.0 200 OK\r\n\r\n")  # type: ignore[arg-type]
    recorder.record(0, Direction.OUT, None, b"ACK sip:x SIP/2.0\r\n\r\n")  # type: ignore[arg-type]
    assert recorder.first_lines(Direction.IN) == ["SIP/2.0 200 OK"]

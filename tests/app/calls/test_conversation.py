from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

import numpy as np
import pytest

from app.calls.call import Call
from app.calls.conversation import Clip, Conversation, Heard, HungUp
from app.events import CallState
from app.media.samples import Samples
from app.media.sources import Playlist
from app.sdp.description import parse
from app.services.actions import Action, Refuse, RingExtension
from app.services.directory import Settings
from app.sip import events
from tests.support import virtual_time
from tests.support.music import Sounds
from tests.support.office import Office, in_virtual_time
from tests.support.phone import G729, PhoneCall
from tests.support.wire import Weather

SECOND = 16_000
HELLO = Clip(np.full(2 * SECOND, 1000, np.int16), "hello")
MORE = Clip(np.full(3 * SECOND, 1000, np.int16), "more")

Talk = Callable[[Conversation], Awaitable[object]]


class Desk:
    """What a feature under test did: what its conversation returned, and how it ended."""

    def __init__(
        self, office: Office, talk: Talk, *, early: bool = False, after: Action | None = None
    ) -> None:
        self.office = office
        self.found: list[object] = []
        self.hung_up = 0
        self.done_at: list[float] = []
        self.after = after

        async def feature(call: Call) -> Action | None:
            try:
                conversation = await call.converse(early=early)
                self.found.append(await talk(conversation))
            except HungUp:
                self.hung_up += 1
                raise
            finally:
                self.done_at.append(office.loop.time())
            return self.after

        office.serve("500", feature)

    async def call(self, **options: object) -> PhoneCall:
        """Call it from 100."""
        phone = await self.office.phone("100")
        call = phone.call("500", **options)  # type: ignore[arg-type]
        await call.until(events.Accepted)
        return call


async def over(office: Office, call: PhoneCall) -> None:
    """The call ends, and leaves nothing."""
    if call.ended is None:
        call.hang_up()
    await call.until_ended()
    await office.quiet()
    office.assert_nothing_left()
    assert office.endpoint.counters.faults == 0


@in_virtual_time
async def test_what_is_played_takes_its_time() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.play(HELLO, MORE))
        call = await desk.call()
        begun = office.loop.time()
        assert office.port.played == []  # until the ACK has come
        await asyncio.sleep(0.1)
        assert office.port.played == ["hello", "more"]
        await call.until_ended()
        assert desk.found == [""]
        assert desk.done_at[0] - begun == pytest.approx(5, abs=0.02)
        record = office.last_record
        assert (record.outcome, record.status, record.media, record.codec) == (
            "answered",
            200,
            "voice",
            "PCMU",
        )
        await over(office, call)


@in_virtual_time
async def test_a_key_stops_it_and_counts_though_it_came_before() -> None:
    async def talk(conversation: Conversation) -> list[str]:
        first = await conversation.play(HELLO)
        await conversation.wait(5)
        return [first, await conversation.play(HELLO), await conversation.play(MORE, until="7")]

    async with Office() as office:
        desk = Desk(office, talk)
        call = await desk.call()
        await asyncio.sleep(1)
        office.port.press("1")
        await asyncio.sleep(1)
        office.port.press("23")
        await asyncio.sleep(4.5)
        office.port.press("7")
        await call.until_ended()
        assert desk.found == [["1", "2", "7"]]
        assert office.voice.all_ports[0].played == ["hello", "more"]
        await over(office, call)


@in_virtual_time
async def test_keys_that_do_not_count_are_forgotten_or_kept() -> None:
    async def talk(conversation: Conversation) -> list[str]:
        found = [await conversation.play(HELLO, until="12"), await conversation.play(MORE, until="")]
        found.append(await conversation.key(1))
        conversation.forget_keys()
        found.append(await conversation.key(1))
        return found

    async with Office() as office:
        desk = Desk(office, talk)
        call = await desk.call()
        office.port.press("92")
        await asyncio.sleep(1)
        office.port.press("78")
        await call.until_ended()
        assert desk.found == [["2", "", "7", ""]]
        await over(office, call)


@pytest.mark.parametrize(
    ("pressed", "options", "expected"),
    [
        ("1234", {}, "123"),
        ("12#4", {}, "12"),
        ("#", {}, ""),
        ("", {}, ""),
        ("12", {"end": ""}, "12"),
        ("1#2", {"end": ""}, "1#2"),
        ("23", {"first": "1"}, "123"),
        ("23", {"first": "#"}, ""),
    ],
)
@in_virtual_time
async def test_several_keys(pressed: str, options: dict[str, str], expected: str) -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.keys(3, **options))
        call = await desk.call()
        for key in pressed:
            await asyncio.sleep(1)
            if office.voice.open_ports:
                office.port.press(key)
        await call.until_ended()
        assert desk.found == [expected]
        await over(office, call)


@in_virtual_time
async def test_how_long_it_waits_for_keys() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.keys(5, first_s=4, next_s=2))
        call = await desk.call()
        begun = office.loop.time()
        await asyncio.sleep(3)
        office.port.press("1")
        await call.until_ended()
        assert desk.done_at[0] - begun == pytest.approx(5, abs=0.1)
        await over(office, call)


DOUBLE = ("application/dtmf-relay", b"Signal=5\r\nDuration=160\r\n")


@pytest.mark.parametrize("order", ["info first", "sound first", "info alone", "sound alone"])
@in_virtual_time
async def test_a_key_counts_once_however_it_comes(order: str) -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.keys(5, next_s=6))
        call = await desk.call()
        for _ in range(2):
            await asyncio.sleep(0.5)
            if order.startswith("sound"):
                office.port.press("5")
            await asyncio.sleep(0.2)
            if order != "sound alone":
                call.send("INFO", *DOUBLE)
                await asyncio.sleep(0.2)
            if order == "info first":
                office.port.press("5")
        await call.until_ended()
        assert desk.found == ["55"]
        await over(office, call)


@in_virtual_time
async def test_on_hold_nothing_plays_and_no_time_passes() -> None:
    async def talk(conversation: Conversation) -> str:
        await conversation.play(HELLO, MORE)
        return await conversation.key(3)

    async with Office() as office:
        desk = Desk(office, talk)
        call = await desk.call()
        begun = office.loop.time()
        await asyncio.sleep(2.5)
        call.change("sendonly")
        await call.until(events.AnswerReceived)
        assert call.remote_direction == "recvonly"
        assert office.port.playing == ()
        assert office.announced[-1].call.state is CallState.HELD
        await asyncio.sleep(100)
        call.change("sendrecv")
        await call.until(events.AnswerReceived, 2)
        assert office.port.playing == ("more",)
        source = office.port.source
        assert source is not None
        assert source.seconds == pytest.approx(2.5, abs=0.1)  # type: ignore[attr-defined]
        await asyncio.sleep(4)
        call.change("sendonly")
        await asyncio.sleep(50)
        call.change("sendrecv")
        await call.until_ended()
        assert desk.done_at[0] - begun == pytest.approx(2 + 3 + 3 + 150, abs=0.2)
        assert desk.found == [""]
        await over(office, call)


@in_virtual_time
async def test_music_goes_on_after_hold() -> None:
    async def talk(conversation: Conversation) -> None:
        conversation.play_on(Playlist((HELLO,), repeat=True))
        await conversation.wait(10)
        conversation.stop()
        await conversation.wait(1)

    async with Office() as office:
        desk = Desk(office, talk)
        call = await desk.call()
        call.change("inactive")
        await call.until(events.AnswerReceived)
        assert office.port.playing == ()
        call.change("sendrecv")
        await call.until(events.AnswerReceived, 2)
        assert office.port.playing == ("hello",)
        await asyncio.sleep(10.5)
        assert office.port.playing == ()
        await over(office, call)
        assert desk.hung_up == 1


def loud(seconds: float) -> Samples:
    return np.full(int(seconds * SECOND), 3000, np.int16)


@pytest.mark.parametrize(
    ("said", "key_at", "why", "seconds"),
    [(20.0, None, "time", 10.0), (20.0, 4.0, "key", 4.0), (3.0, None, "silence", 5.0)],
)
@in_virtual_time
async def test_listening_ends_by_key_time_or_silence(
    said: float, key_at: float | None, why: str, seconds: float
) -> None:
    heard: list[Samples] = []

    async with Office() as office:
        desk = Desk(
            office,
            lambda talk: talk.listen(lambda _tick, frame: heard.append(frame), most_s=10, silence_s=2),
        )
        call = await desk.call()
        office.port.say(loud(said))
        if key_at is not None:
            await asyncio.sleep(key_at)
            office.port.press("#")
        await call.until_ended()
        ((result,),) = (desk.found,)
        assert isinstance(result, Heard)
        assert (result.why, result.key) == (why, "#" if why == "key" else "")
        assert result.seconds == pytest.approx(seconds, abs=0.1)
        assert len(heard) * 0.02 == pytest.approx(seconds, abs=0.1)
        await over(office, call)


WAITS: dict[str, Talk] = {
    "play": lambda talk: talk.play(MORE),
    "key": lambda talk: talk.key(10),
    "keys": lambda talk: talk.keys(4),
    "wait": lambda talk: talk.wait(10),
    "listen": lambda talk: talk.listen(lambda _tick, _frame: None, most_s=10, silence_s=5),
}


@pytest.mark.parametrize("what", WAITS)
@pytest.mark.parametrize("end", ["bye", "cancel", "here", "task"])
@in_virtual_time
async def test_whoever_waits_hears_once_that_the_caller_is_gone(what: str, end: str) -> None:
    async with Office() as office:
        desk = Desk(office, WAITS[what], early=end == "cancel")
        phone = await office.phone("100")
        call = phone.call("500")
        await call.until(events.Progressed if end == "cancel" else events.Accepted)
        await asyncio.sleep(1)
        (live,) = office.exchange.calls
        if end in ("bye", "cancel"):
            call.hang_up()
        elif end == "here":
            live.end()
        else:
            assert live.task is not None
            live.task.cancel()
        await over(office, call)
        assert desk.hung_up == (0 if end == "task" else 1)
        assert desk.found == []
        assert office.last_record.outcome == ("cancelled" if end == "cancel" else "answered")


@in_virtual_time
async def test_the_caller_is_gone_before_it_is_talked_with() -> None:
    async with Office() as office:
        office.voice.capacity = 0 + 1
        desk = Desk(office, lambda talk: talk.play(HELLO))
        phone = await office.phone("100")
        call = phone.call("500")
        call.hang_up()
        await over(office, call)
        assert desk.found == []


@pytest.mark.parametrize("wants", ["", "Require", "Supported"])
@in_virtual_time
async def test_early_words_then_the_call_is_accepted(wants: str) -> None:
    async def talk(conversation: Conversation) -> str:
        await conversation.play(HELLO)
        again = await conversation.call.converse()
        assert again is conversation
        return await again.play(MORE)

    async with Office() as office:
        desk = Desk(office, talk, early=True)
        phone = await office.phone("100", rel100=bool(wants))
        call = phone.call("500", headers=(("Require", "100rel"),) if wants == "Require" else ())
        progressed = await call.until(events.Progressed)
        assert (progressed.status, progressed.sdp is not None) == (183, True)
        (live,) = office.exchange.calls
        assert live.state is CallState.TRYING
        assert live.answered_at is None
        await call.until(events.Accepted)
        assert call.remote_target == office.port.address
        await call.until_ended()
        assert desk.found == [""]
        assert office.voice.all_ports[0].played == ["hello", "more"]
        await over(office, call)
        assert office.last_record.outcome == "answered"


@in_virtual_time
async def test_early_words_then_a_refusal_in_the_same_words() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.play(HELLO), early=True, after=Refuse(603))
        call = (await office.phone("100")).call("500")
        await call.until_ended()
        assert (call.status, desk.found) == (603, [""])
        await over(office, call)
        assert (office.last_record.status, office.last_record.outcome) == (603, "refused")


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("rel100", [False, True])
@in_virtual_time
async def test_a_caller_that_leaves_the_offer_to_us(early: bool, rel100: bool) -> None:
    async def talk(conversation: Conversation) -> str:
        await conversation.play(HELLO)
        again = await conversation.call.converse()
        return await again.play(MORE)

    async with Office() as office:
        desk = Desk(office, talk, early=early)
        phone = await office.phone("100", rel100=rel100)
        call = phone.call("500", offer=False)
        await call.until(events.Accepted)
        await call.until_ended()
        assert desk.found == [""]
        port = office.voice.all_ports[0]
        assert port.played == ["hello", "more"]
        assert port.targets[-1] is not None
        await over(office, call)
        assert office.last_record.codec == "PCMU"


@in_virtual_time
async def test_an_ack_without_an_answer_to_our_offer_ends_the_call() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.play(HELLO))
        phone = await office.phone("100", rel100=False, codecs=(G729,))
        call = phone.call("500", offer=False)
        await call.until_ended()
        assert (desk.found, desk.hung_up) == ([], 1)
        await over(office, call)


@in_virtual_time
async def test_a_caller_without_a_codec_of_ours_is_refused() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.play(HELLO))
        call = (await office.phone("100", codecs=(G729,))).call("500")
        await call.until_ended()
        assert (call.status, desk.hung_up) == (488, 1)
        await over(office, call)
        assert office.last_record.outcome == "refused"


@pytest.mark.logs("All RTP ports")
@in_virtual_time
async def test_without_a_free_port_the_call_is_refused() -> None:
    async with Office() as office:
        office.voice.capacity = 0
        desk = Desk(office, lambda talk: talk.play(HELLO))
        call = (await office.phone("100")).call("500")
        await call.until_ended()
        assert (call.status, desk.found) == (503, [])
        await over(office, call)


@in_virtual_time
async def test_changes_of_the_session_are_answered_by_us() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.wait(60))
        call = await desk.call()
        call.phone.run(call.session.offer, None)  # a re-INVITE that leaves the offer to us
        await call.until(events.OfferReceived)
        await asyncio.sleep(1)
        assert call.remote_target == office.port.address
        call.phone.run(call.session.offer, b"v=1 nonsense")
        assert (await call.until(events.OfferFailed)).status == 488
        call.change("sendrecv")
        await call.until(events.AnswerReceived)
        first, last = (parse(each.sdp or b"").origin for each in (call.heard[1], call.heard[-1]))
        assert first.session_id == last.session_id
        await over(office, call)
        assert desk.hung_up == 1


@in_virtual_time
async def test_the_session_timer_keeps_a_long_conversation() -> None:
    async with Office(settings=Settings(session_expires_s=90)) as office:
        desk = Desk(office, lambda talk: talk.wait(1000))
        phone = await office.phone("100")
        phone.patience = 2000
        call = phone.call("500", headers=(("Session-Expires", "90"), ("Supported", "timer")))
        await call.until_ended()
        assert desk.found == [None]
        assert office.last_record.ended_at - office.last_record.answered_at > 999  # type: ignore[operator]
        await over(office, call)


@in_virtual_time
async def test_a_caller_that_does_not_acknowledge_is_given_up() -> None:
    async with Office() as office:
        hung_up = []

        async def slow(call: Call) -> None:
            await asyncio.sleep(1)
            try:
                talk = await call.converse()
                talk.play_on(Playlist((HELLO,), repeat=True))
                await talk.wait(1000)
            except HungUp:
                hung_up.append(office.loop.time())
                raise

        office.serve("500", slow)
        phone = await office.phone("100")
        phone.call("500")
        await asyncio.sleep(0.5)
        await phone.stop()
        await asyncio.sleep(300)
        assert hung_up[0] == pytest.approx(33, abs=0.5)  # 64 * T1
        (port,) = office.voice.all_ports
        assert port.played == []  # nothing goes to where a forged INVITE may say
        office.assert_nothing_left()


@in_virtual_time
async def test_several_actions_follow_one_another() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.play(HELLO), after=RingExtension("600"))

        async def second(call: Call) -> Action | None:
            talk = await call.converse()
            await talk.play(MORE)
            return RingExtension("101")

        office.serve("600", second)
        callee = await office.phone("101")
        call = await desk.call()
        incoming = await callee.incoming()
        incoming.answer()
        await incoming.until(events.Confirmed)
        assert office.voice.all_ports[0].played == ["hello", "more"]
        assert sum(isinstance(each, events.Accepted) for each in call.heard) == 1
        incoming.hang_up()
        await over(office, call)
        assert office.last_record.connected == "101"


FOUL = {"loss": 0.2, "repeat": 0.1, "reorder": 0.2}


async def rough(seed: int) -> str:
    """An attendant on a bad wire: it takes two keys by INFO, then rings who answers and holds."""
    random = Random(seed)
    weather = Weather(seed=seed, **FOUL)
    async with Office(weather=weather, sounds=Sounds(), settings=Settings(no_answer_s=30)) as office:
        hung_up = 0

        async def attendant(call: Call) -> Action | None:
            nonlocal hung_up
            try:
                talk = await call.converse(early=random.random() > 0.7)
                await talk.play(HELLO)
                talk = await call.converse()
                await talk.keys(2, first_s=20, next_s=10)
            except HungUp:
                hung_up += 1
                raise
            return RingExtension("101")

        office.serve("500", attendant)
        caller = await office.phone("100", registered=False)
        callee = await office.phone("101", registered=False)
        for phone in (caller, callee):
            phone.patience = 600
        await asyncio.gather(*(each.register() for each in (caller, callee)), return_exceptions=True)

        def behavior(call: PhoneCall) -> None:
            call.ring(early=random.random() > 0.5)
            office.loop.call_later(random.uniform(0.1, 5), call.answer)
            office.loop.call_later(random.uniform(8, 20), lambda: call.ended or call.change("sendonly"))
            office.loop.call_later(random.uniform(21, 30), lambda: call.ended or call.change("sendrecv"))

        callee.behavior = behavior
        call = caller.call("500", offer=random.random() > 0.2)
        for moment in (3, 5):
            at = moment + random.uniform(0, 2)
            office.loop.call_later(at, lambda: call.ended or call.status != 200 or call.send("INFO", *DOUBLE))
        office.loop.call_later(random.uniform(1, 60), call.hang_up)
        await call.until_ended()
        await office.quiet()
        await office.quiet()
        office.assert_nothing_left()
        assert office.endpoint.counters.faults == 0
        assert hung_up <= 1
        return str(office.records[-1].outcome) if office.records else ""


@pytest.mark.parametrize("first", range(0, 60, 15))
def test_a_rough_wire_leaves_nothing(first: int) -> None:
    outcomes = {virtual_time.run(rough(seed)) for seed in range(first, first + 15)}
    assert "answered" in outcomes
    assert "failed" not in outcomes


@in_virtual_time
async def test_a_flood_of_keys_is_not_kept() -> None:
    async def talk(conversation: Conversation) -> str:
        await conversation.play(HELLO, until="")
        return await conversation.keys(1000, next_s=0.5)

    async with Office() as office:
        desk = Desk(office, talk)
        call = await desk.call()
        await asyncio.sleep(0.5)
        office.port.press("1" * 5000)
        await call.until_ended()
        assert desk.found == ["1" * 64]
        await over(office, call)

from __future__ import annotations

import asyncio

import pytest

from app.calls.call import Call
from app.services.actions import Action, Attempt, Refuse, RingExtension
from app.services.directory import Settings
from app.sip import events
from app.sip.flow import Direction
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import answering, ringing


@in_virtual_time
async def test_a_caller_is_challenged_and_then_connected() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)
        call = caller.call("101")
        await call.until(events.Accepted)
        statuses = [line.split()[1] for line in caller.recorder.first_lines(Direction.IN)[2:]]
        assert statuses == ["407", "100", "180", "200"]
        assert office.exchange.switchboard.calls_set_up == 0
        call.hang_up()
        await office.quiet()
        assert office.exchange.switchboard.calls_set_up == 1
        assert office.exchange.switchboard.calls_failed == 0


@in_virtual_time
async def test_strangers_get_no_service() -> None:
    async with Office() as office:
        await office.phone("101", behavior=answering)
        for number, password in (("100", "wrong"), ("999", "secret-999")):
            stranger = await office.phone(number, password=password, registered=False)
            call = stranger.call("101")
            await call.until_ended()
            assert call.status == 403
        await office.quiet()
        assert office.records == []
        office.assert_nothing_left()


@in_virtual_time
async def test_who_calls_is_who_authenticated() -> None:
    async with Office(extension("100", description="Reception"), extension("101")) as office:
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=ringing)
        call = caller.call("101")
        await call.until(events.Progressed)
        request = callee.all_calls[0].request
        assert request is not None
        assert (request.from_.display, request.from_.user) == ("Reception", "100")
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_an_offer_that_is_no_sdp() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        caller.media_host = "x\r\nc=IN IP9 y"  # makes a c= line that is none
        call = caller.call("101")
        await call.until_ended()
        assert call.status == 488
        assert office.records == []


@in_virtual_time
async def test_hops_are_counted() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=ringing)
        call = caller.call("101")
        await call.until(events.Progressed)
        request = callee.all_calls[0].request
        assert request is not None
        assert request.max_forwards == 69
        call.hang_up()
        await office.quiet()


@pytest.mark.logs("call 1 failed")
@in_virtual_time
async def test_a_mistake_in_a_feature_ends_its_call_and_nothing_else() -> None:
    async with Office() as office:
        caller = await office.phone("100")

        async def broken(call: object, action: object) -> None:
            raise ZeroDivisionError

        features = dict(office.exchange.switchboard._features)
        office.exchange.switchboard._features = {**features, RingExtension: broken}
        call = caller.call("101")
        await call.until_ended()
        assert call.status == 500
        office.exchange.switchboard._features = features
        await office.phone("101", behavior=answering)
        call = caller.call("101")
        await call.until(events.Accepted)
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_closing_ends_calls_and_admits_no_more() -> None:
    async with Office(settings=Settings(no_answer_s=500)) as office:
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=ringing)
        talker, listener = await office.phone("102"), await office.phone("102")
        ringing_call = caller.call("101")
        await ringing_call.until(events.Progressed)
        office.exchange.switchboard.close()
        await ringing_call.until_ended()
        assert ringing_call.status == 503
        await callee.all_calls[0].until_ended()
        late = talker.call("101")
        await late.until_ended()
        assert late.status == 503
        assert listener.all_calls == []
        await asyncio.sleep(100)
        office.assert_nothing_left()


@pytest.mark.logs("could not be served")
@in_virtual_time
async def test_a_mistake_before_the_call_begins_is_answered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Office() as office:
        caller = await office.phone("100")
        monkeypatch.setattr("app.services.switchboard._handed_on", lambda _: 1 / 0)
        call = caller.call("101")
        await call.until_ended()
        assert call.status == 500
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_what_is_attempted_may_be_followed_by_something_else_than_its_refusal() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        callee = await office.phone("102", behavior=answering)
        told: list[Refuse] = []

        def otherwise(refusal: Refuse) -> Action:
            told.append(refusal)
            return RingExtension("102") if len(told) == 1 else Refuse(500)

        async def first(call: Call) -> Action:
            return Attempt(RingExtension("101"), otherwise)

        office.serve("500", first)
        call = caller.call("500")
        await call.until(events.Accepted)
        assert [refusal.status for refusal in told] == [480]
        assert len(callee.all_calls) == 1
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_an_attempt_that_goes_well_is_followed_by_nothing() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)

        async def first(call: Call) -> Action:
            return Attempt(RingExtension("101"), lambda _: Refuse(500))

        office.serve("500", first)
        call = caller.call("500")
        await call.until(events.Accepted)
        call.hang_up()
        await office.quiet()
        assert office.last_record.outcome == "answered"
        office.assert_nothing_left()

from __future__ import annotations

import asyncio

from app.sip import events
from tests.support.office import Office, in_virtual_time
from tests.support.phone import Phone, PhoneCall, answering


async def talking(office: Office) -> tuple[Phone, Phone, PhoneCall, PhoneCall]:
    caller, callee = await office.phone("100"), await office.phone("101", behavior=answering)
    call = caller.call("101")
    await call.until(events.Accepted)
    await callee.all_calls[0].until(events.Confirmed)
    return caller, callee, call, callee.all_calls[0]


@in_virtual_time
async def test_keys_and_texts_pass_to_the_other_phone_and_its_answer_back() -> None:
    async with Office() as office:
        caller, _, call, other = await talking(office)
        call.send("INFO", "application/dtmf-relay", b"Signal=5\r\nDuration=160\r\n")
        first = await other.until(events.RequestInDialog)
        call.send("MESSAGE", "text/plain", b"hi", (("Content-Language", "en"),))
        second = await other.until(events.RequestInDialog, 2)
        await asyncio.sleep(1)
        assert first.request.body == b"Signal=5\r\nDuration=160\r\n"
        assert (second.request.body, second.request.get("content-language")) == (b"hi", "en")
        assert [each.status for each in caller.responses[1:]] == [200, 200]
        call.hang_up()
        await other.until_ended()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_requests_that_mean_nothing_here_are_refused_politely() -> None:
    async with Office() as office:
        caller, _, call, other = await talking(office)
        for method in ("REFER", "NOTIFY", "OPTIONS"):
            call.send(method, headers=(("Refer-To", "<sip:102@10.0.0.1>"), ("Event", "x")))
            await asyncio.sleep(1)
        assert [each.status for each in caller.responses[1:]] == [603, 489, 200]
        assert not call.ended
        call.hang_up()
        await other.until_ended()


@in_virtual_time
async def test_a_request_waiting_for_a_phone_that_leaves_is_answered() -> None:
    async with Office() as office:
        caller, callee, call, _ = await talking(office)
        await callee.stop()
        call.send("INFO", "application/x-unknown", b"x")
        await office.quiet()
        assert caller.responses[1].status in (200, 500)
        assert call.ended
        office.assert_nothing_left()

"""What the doctor says of the sound of a call at the running engine: while it runs, and afterwards."""

from __future__ import annotations

import asyncio

from app.api import diagnosis
from app.diagnosis import Finding
from app.events import CallRecorded
from app.sip import events
from tests.flows.conftest import House
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.outside_records import line_values

ACCOUNT = Account(user="87654321", password="line-secret", domain="carrier.example")
LOW, FAR, SILENCE = 440.0, 880.0, 1e-9
G729 = 18
KEY = b"\x05\x8a\x03\x20"  # RFC 4733 2.3: 5, its end, 800 ticks


async def findings(house: House) -> list[tuple[str, str]]:
    """What the doctor says now."""
    return [(each.id, each.cause) for each in await said(house)]


async def said(house: House) -> tuple[Finding, ...]:
    """The findings themselves."""
    return await house.ask(diagnosis.diagnose_line, "carrier")


async def until_said(house: House, finding: tuple[str, str]) -> None:
    """Ask until it is said."""
    async with asyncio.timeout(15):
        while finding not in await findings(house):  # noqa: ASYNC110  packets of another process's pace
            await asyncio.sleep(0.2)


async def test_a_payload_type_that_nobody_agreed(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=FAR) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call = phone.call("910086")
        far = await carrier.incoming()
        assert far.ear is not None
        far.ear.payload_type = G729
        far.answer()
        await call.until(events.Accepted)
        await far.until_answered()
        await asyncio.to_thread(far.ear.listen, lambda heard: len(heard) > 800)
        await until_said(house, ("M05", "payload_not_agreed"))
        (finding,) = await said(house)
        assert (finding.field, finding.details["payload"]) == ("codecs", "18 (G729)")
        assert "PCMU" in str(finding.details["agreed"])
        assert finding.evidence  # the descriptions
        call.hang_up()
        await far.until_ended()
        await house.hear(CallRecorded)
        assert await findings(house) == [("M05", "payload_not_agreed")]  # from the call's record
        (leg,) = (await house.ask(diagnosis.save_case, "carrier"))["rtp"]
        assert (leg["pt_sent"], leg["pt_received"]) == ([0], [G729])
        assert leg["local"].startswith("127.0.0.1:31")
        await house.delete("line", "carrier")


async def test_silence_and_keys_under_another_number(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=SILENCE) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call = phone.call("910086")
        far = await carrier.incoming()
        far.answer()
        await call.until(events.Accepted)
        await far.until_answered()
        assert far.ear is not None
        far.ear.instead.extend([(96, KEY)] * 3)  # 101 is agreed
        await until_said(house, ("M08", "keys_payload_differs"))
        await until_said(house, ("M06", "silence_heard"))
        assert {finding.id for finding in await said(house)} == {"M06", "M08"}
        (leg,) = (await house.ask(diagnosis.save_case, "carrier"))["rtp"]
        assert (leg["pt_received"], leg["pt_events"], leg["silence_percent"]) == ([0, 96], [96], 100)
        call.hang_up()
        await far.until_ended()
        await house.delete("line", "carrier")


async def test_a_carrier_that_is_not_heard_is_noticed_while_the_call_runs(house: House) -> None:
    async with Carrier(ACCOUNT) as carrier:  # which says nothing, and only listens
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call = phone.call("910086")
        far = await carrier.incoming()
        far.answer()
        await call.until(events.Accepted)
        await far.until_answered()
        assert await findings(house) == []  # too early to tell
        await until_said(house, ("M02", "media_blocked"))
        assert not far.ended
        (leg,) = (await house.ask(diagnosis.save_case, "carrier"))["rtp"]
        assert (leg["received"], "pt_received" in leg) == (0, False)
        assert leg["sent"] > 0
        call.hang_up()
        await far.until_ended()
        await house.hear(CallRecorded)
        assert await findings(house) == [("M02", "media_blocked")]
        await house.delete("line", "carrier")


async def test_sound_both_ways_is_nothing_to_tell(house: House) -> None:
    async with Carrier(ACCOUNT, hertz=FAR) as carrier:
        await house.add("line", "carrier", **line_values(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", hertz=LOW)
        call = phone.call("910086")
        far = await carrier.incoming()
        far.answer()
        await call.until(events.Accepted)
        await far.until_answered()
        await asyncio.to_thread(far.ear.listen, lambda heard: len(heard) > 800)  # type: ignore[union-attr]
        await asyncio.to_thread(call.ear.listen, lambda heard: len(heard) > 800)  # type: ignore[union-attr]
        assert await findings(house) == []
        (leg,) = (await house.ask(diagnosis.save_case, "carrier"))["rtp"]
        assert (leg["pt_sent"], leg["pt_received"], "pt_events" in leg) == ([0], [0], False)
        call.hang_up()
        await far.until_ended()
        await house.delete("line", "carrier")

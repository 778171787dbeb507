"""Calls to a ring group: who rings, who does not, and what comes after; and that nothing is left behind."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from app.events import CallChanged, ExtensionChanged
from app.services.directory import Settings
from app.services.extension_rules import Forwards, Mailbox
from app.services.features.ring_groups import MOST_ROUNDS
from app.services.menu import Menu
from app.services.recording_policy import RecordingMode, RecordingWish
from app.services.ring_group import RingGroup, Strategy
from app.sip import events
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import Phone, answering, refusing, ringing

TOGETHER = RingGroup(number="600", members=("101", "102", "103"))
IN_TURN = RingGroup(number="600", members=("101", "102", "103"), strategy=Strategy.IN_TURN, ring_s=5)
NUMBERS = ("100", "101", "102", "103")


def office_with(*groups: RingGroup, **options: Any) -> Office:
    known = options.pop("known", tuple(extension(number) for number in NUMBERS))
    office = Office(*known, **options)
    made = {each.number: each for each in groups or (TOGETHER,)}
    office.holder.current = office.holder.current.replaced(ring_groups=made)
    return office


async def members(office: Office, *behaviors: Any) -> list[Phone]:
    """The phones of 101, 102 and so on; None: not registered."""
    return [
        await office.phone(str(101 + place), behavior=behavior)
        for place, behavior in enumerate(behaviors)
        if behavior is not None
    ]


def ways_of(office: Office) -> list[str]:
    found: list[str] = json.loads(office.last_record.details)["ways"]
    return found


@in_virtual_time
async def test_all_ring_and_the_first_answer_wins() -> None:
    async with office_with() as office:
        phones = await members(office, ringing, ringing, ringing)
        call = (await office.phone("100")).call("600")
        await call.until_true(lambda: call.status == 180)
        await asyncio.sleep(2)
        assert [len(phone.all_calls) for phone in phones] == [1, 1, 1]
        phones[1].all_calls[0].answer()
        await call.until(events.Accepted)
        for phone in (phones[0], phones[2]):
            assert (await phone.all_calls[0].until_ended()).cause is events.EndCause.CANCELLED
            cancel = next(data for way, data in phone.recorder.messages if data.startswith(b"CANCEL"))
            assert b'Reason: SIP;cause=200;text="Call completed elsewhere"' in cancel
        await asyncio.sleep(1)
        shown = [each.call for each in office.announced if isinstance(each, CallChanged)][-1]
        assert (shown.called, shown.connected) == ("600", "102")
        states = {each.number: each.state for each in office.announced if isinstance(each, ExtensionChanged)}
        assert (states["101"], states["102"], states["103"]) == ("idle", "talking", "idle")
        await office.rest(call)
        row = office.last_record
        assert (row.called, row.connected, row.outcome) == ("600", "102", "answered")
        assert ways_of(office) == ["group 600"]


@in_virtual_time
async def test_two_answers_at_the_same_moment_make_one_call() -> None:
    async with office_with() as office:
        phones = await members(office, answering, answering, answering)
        call = (await office.phone("100")).call("600")
        await call.until(events.Accepted)
        await asyncio.sleep(5)
        assert [phone.all_calls[0].ended is None for phone in phones].count(True) == 1
        await office.rest(call)
        assert len(office.records) == 1


@in_virtual_time
async def test_who_is_busy_away_or_disabled_is_left_out() -> None:
    known = [extension("100"), extension("101"), extension("102"), extension("103", enabled=False)]
    group = RingGroup(number="600", members=("999", "103", "101", "102"))
    async with office_with(group, known=known) as office:
        (busy, answers) = await members(office, refusing(486), None, None), await office.phone("102")
        call = (await office.phone("100")).call("600")
        incoming = await answers.incoming()
        incoming.ring()
        await asyncio.sleep(1)
        assert len(busy[0].all_calls) == 1
        incoming.answer()
        await call.until(events.Accepted)
        await office.rest(call)


@in_virtual_time
async def test_who_declines_speaks_for_himself_alone() -> None:
    known = [
        *(extension(number) for number in NUMBERS[:3]),
        extension("103", multi_device=True, max_devices=2),
    ]
    async with office_with(known=known) as office:
        declining, desk = await office.phone("103"), await office.phone("103", behavior=ringing)
        others = await members(office, ringing, ringing)
        call = (await office.phone("100")).call("600")
        await asyncio.sleep(1)
        (await declining.incoming()).reject(603)
        await desk.all_calls[0].until_ended()
        await asyncio.sleep(1)
        assert [phone.all_calls[0].ended for phone in others] == [None, None]
        others[0].all_calls[0].answer()
        await call.until(events.Accepted)
        await office.rest(call)


@pytest.mark.parametrize(
    ("behaviors", "status", "outcome"),
    [
        ((None, None, None), 480, "offline"),
        ((refusing(486), refusing(486), None), 486, "busy"),
        ((refusing(603), refusing(486), refusing(600)), 486, "busy"),
        ((refusing(603), refusing(603), refusing(603)), 486, "busy"),
        ((refusing(404), refusing(410), None), 480, "offline"),
        ((refusing(302), refusing(480), None), 480, "no_answer"),
        ((refusing(500), None, None), 500, "failed"),
    ],
)
@pytest.mark.parametrize("group", [TOGETHER, IN_TURN])
@in_virtual_time
async def test_where_nobody_can_answer_the_caller_is_told_at_once(
    group: RingGroup, behaviors: tuple[Any, ...], status: int, outcome: str
) -> None:
    async with office_with(group) as office:
        await members(office, *behaviors)
        caller = await office.phone("100")
        started = office.loop.time()
        call = caller.call("600")
        await call.until_ended()
        assert office.loop.time() - started < 4
        await office.rest()
        assert call.status == status
        assert (office.last_record.status, office.last_record.outcome) == (status, outcome)


@in_virtual_time
async def test_nobody_answers_in_time() -> None:
    async with office_with() as office:
        phones = await members(office, ringing, refusing(486), ringing)
        caller = await office.phone("100")
        started = office.loop.time()
        call = caller.call("600")
        await call.until_ended()
        assert 19.9 < office.loop.time() - started < 20.6
        assert call.status == 480
        for phone in phones:
            await phone.all_calls[0].until_ended()
        await office.rest()
        assert office.last_record.outcome == "no_answer"


@in_virtual_time
async def test_one_after_the_other() -> None:
    async with office_with(IN_TURN) as office:
        phones = await members(office, ringing, refusing(486), ringing)
        call = (await office.phone("100")).call("600")
        await asyncio.sleep(4)
        assert [len(phone.all_calls) for phone in phones] == [1, 0, 0]
        await asyncio.sleep(2)
        assert [len(phone.all_calls) for phone in phones] == [1, 1, 1]
        assert phones[0].all_calls[0].ended is not None
        states = {each.number: each.state for each in office.announced if isinstance(each, ExtensionChanged)}
        assert (states["101"], states["103"]) == ("idle", "ringing")
        phones[2].all_calls[0].answer()
        await call.until(events.Accepted)
        await office.rest(call)
        assert office.last_record.connected == "103"


@pytest.mark.parametrize("group", [TOGETHER, IN_TURN])
@in_virtual_time
async def test_who_gives_up_leaves_nothing(group: RingGroup) -> None:
    async with office_with(group) as office:
        phones = await members(office, ringing, ringing, ringing)
        call = (await office.phone("100")).call("600")
        await call.until_true(lambda: call.status == 180)
        await asyncio.sleep(1)
        call.hang_up()
        await call.until_ended()
        await asyncio.sleep(30)
        rung = [phone.all_calls for phone in phones if phone.all_calls]
        assert len(rung) == (3 if group is TOGETHER else 1)
        assert all(each.ended is not None for (each,) in rung)
        await office.rest()
        assert office.last_record.outcome == "cancelled"


@in_virtual_time
async def test_a_member_that_is_deleted_while_it_rings_and_one_that_is_disabled_before() -> None:
    async with office_with(IN_TURN) as office:
        phones = await members(office, ringing, ringing, ringing)
        call = (await office.phone("100")).call("600")
        await asyncio.sleep(2)
        before = office.holder.current
        after = before.with_extensions({"102": extension("102", enabled=False)}, gone=("101",))
        office.holder.current = after
        office.exchange.directory_changed(before, after)
        await asyncio.sleep(4)
        assert [len(phone.all_calls) for phone in phones] == [1, 0, 1]
        phones[2].all_calls[0].answer()
        await call.until(events.Accepted)
        await office.rest(call)


@in_virtual_time
async def test_a_group_that_is_deleted_while_it_rings_goes_on_ringing() -> None:
    async with office_with() as office:
        (phone,) = await members(office, ringing)
        caller = await office.phone("100")
        call = caller.call("600")
        await call.until_true(lambda: call.status == 180)
        office.holder.current = office.holder.current.replaced(ring_groups={})
        phone.all_calls[0].answer()
        await call.until(events.Accepted)
        await office.rest(call)
        again = caller.call("600")
        await again.until_ended()
        assert again.status == 404
        await office.rest()


@in_virtual_time
async def test_a_member_that_calls_the_group_is_not_rung() -> None:
    known = [extension("101", multi_device=True, max_devices=3), extension("102")]
    async with office_with(known=known) as office:
        calling, beside = await office.phone("101"), await office.phone("101", behavior=ringing)
        other = await office.phone("102", behavior=answering)
        call = calling.call("600")
        await call.until(events.Accepted)
        assert (len(beside.all_calls), len(other.all_calls)) == (0, 1)
        await office.rest(call)


@in_virtual_time
async def test_the_forwarding_of_members_is_not_followed() -> None:
    known = [
        extension("100"),
        extension("101", forwards=Forwards(always="104", no_answer="104", offline="104")),
        extension("102", forwards=Forwards(offline="104")),
        extension("104"),
    ]
    async with office_with(known=known) as office:
        member, elsewhere = await office.phone("101"), await office.phone("104", behavior=answering)
        call = (await office.phone("100")).call("600")
        (await member.incoming()).ring()
        await call.until_ended()
        assert (call.status, elsewhere.all_calls) == (480, [])
        await office.rest()


@in_virtual_time
async def test_who_forwards_to_the_group_is_not_rung_for_it() -> None:
    known = [
        extension("100"),
        extension("101", forwards=Forwards(always="600"), mailbox=Mailbox(is_on=True)),
        extension("102"),
    ]
    async with office_with(known=known) as office:
        phones = await members(office, ringing, answering)
        call = (await office.phone("100")).call("101")
        await call.until(events.Accepted)
        assert [len(phone.all_calls) for phone in phones] == [0, 1]
        await office.rest(call)
        assert office.last_record.connected == "102"


@in_virtual_time
async def test_who_forwarded_to_a_group_that_does_not_answer_gets_the_message(tmp_path: Path) -> None:
    owner = extension("101", forwards=Forwards(always="600"), mailbox=Mailbox(is_on=True))
    known = [extension("100"), owner, extension("102")]
    group = RingGroup(number="600", members=("101", "102"), ring_s=3)
    async with office_with(group, known=known, mailboxes=tmp_path) as office:
        await office.exchange.announcements.refresh()
        await members(office, ringing, ringing)
        call = (await office.phone("100")).call("101")
        await call.until(events.Accepted)
        await asyncio.sleep(1)
        assert office.port.playing
        await office.rest(call)
        assert office.last_record.connected == "voicemail:101"


@pytest.mark.parametrize("to", ["104", "extension:104", "group:601"])
@in_virtual_time
async def test_a_call_that_nobody_takes_goes_on(to: str) -> None:
    first = RingGroup(number="600", members=("101", "102"), ring_s=3, on_no_answer=to)
    second = RingGroup(number="601", members=("104",), on_no_answer="600")
    known = [extension(number) for number in ("100", "101", "102", "104")]
    async with office_with(first, second, known=known) as office:
        await members(office, ringing)
        last = await office.phone("104", behavior=answering)
        call = (await office.phone("100")).call("600")
        await call.until(events.Accepted)
        assert len(last.all_calls) == 1
        await office.rest(call)
        assert office.last_record.connected == "104"


@in_virtual_time
async def test_a_destination_that_there_is_not_is_refused_as_if_there_were_none(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with office_with(RingGroup(number="600", members=("101",), on_no_answer="777")) as office:
        await members(office, refusing(486))
        call = (await office.phone("100")).call("600")
        await call.until_ended()
        assert call.status == 486
        assert "cannot send it to 777" in caplog.text
        await office.rest()


@in_virtual_time
async def test_groups_that_send_calls_to_each_other_end() -> None:
    first = RingGroup(number="600", members=("101",), ring_s=2, on_no_answer="group:601")
    second = RingGroup(number="601", members=("102",), ring_s=2, on_no_answer="600")
    async with office_with(first, second) as office:
        phones = await members(office, ringing, ringing)
        call = (await office.phone("100")).call("600")
        await call.until_ended()
        assert call.status == 480
        assert [len(phone.all_calls) for phone in phones] == [1, 1]
        await office.rest()
        assert ways_of(office) == ["group 600", "group 601"]


@in_virtual_time
async def test_a_menu_and_a_group_that_lead_to_each_other_end(caplog: pytest.LogCaptureFixture) -> None:
    group = RingGroup(number="600", members=("101",), ring_s=2, on_no_answer="menu:default")
    async with office_with(group) as office:
        menus = {"default": Menu(name="default", number="800", operator="600", tries=1)}
        office.holder.current = office.holder.current.of_menus(menus)
        await office.exchange.announcements.refresh()
        await members(office, ringing)
        call = (await office.phone("100")).call("600")
        call.phone.patience = 2000
        await call.until_ended()
        await office.rest()
        assert ways_of(office).count("group 600") == MOST_ROUNDS
        assert f"came to ring group 600 {MOST_ROUNDS} times" in caplog.text


@in_virtual_time
async def test_a_caller_in_a_menu_reaches_the_group_and_comes_back_where_nobody_answers() -> None:
    group = RingGroup(number="600", members=("101", "102"), ring_s=4)
    async with office_with(group) as office:
        menus = {"default": Menu(name="default", number="800", keys={"1": "group:600"})}
        office.holder.current = office.holder.current.of_menus(menus)
        await office.exchange.announcements.refresh()
        phones = await members(office, ringing, ringing)
        call = (await office.phone("100")).call("800")
        await call.until(events.Accepted)
        await asyncio.sleep(1)
        office.port.press("1")
        await asyncio.sleep(10)
        assert [len(phone.all_calls) for phone in phones] == [1, 1]
        assert office.voice.all_ports[0].played[-2:] == ["fail-no-answer", "menu-greeting"]
        office.port.press("600")
        await asyncio.sleep(2)
        assert [len(phone.all_calls) for phone in phones] == [2, 2]
        phones[1].all_calls[1].answer()
        await asyncio.sleep(2)
        assert phones[0].all_calls[1].ended is not None
        await office.rest(call)
        assert office.last_record.connected == "102"
        assert ways_of(office) == ["menu default", "group 600", "menu default", "group 600"]


@in_virtual_time
async def test_a_message_is_left_where_nobody_answers(tmp_path: Path) -> None:
    known = [extension("100"), extension("101"), extension("102", mailbox=Mailbox(is_on=True))]
    group = RingGroup(number="600", members=("101",), ring_s=3, on_no_answer="voicemail:102")
    async with office_with(group, known=known, mailboxes=tmp_path) as office:
        await office.exchange.announcements.refresh()
        await members(office, ringing)
        call = (await office.phone("100")).call("600")
        await call.until(events.Accepted)
        await asyncio.sleep(1)
        assert office.port.playing
        await office.rest(call)


@in_virtual_time
async def test_members_see_for_which_group_they_are_called() -> None:
    known = [extension("100", description="Ann"), extension("101"), extension("102")]
    group = RingGroup(number="600", members=("101",), ring_s=2, name_prefix="Sales", on_no_answer="102")
    async with office_with(group, known=known) as office:
        (phone,) = await members(office, ringing)
        last = await office.phone("102", behavior=answering)
        call = (await office.phone("100")).call("600")
        await call.until(events.Accepted)
        shown = [each.all_calls[0].request for each in (phone, last)]
        assert [each.from_.display for each in shown if each is not None] == ["Sales: Ann", "Ann"]
        assert shown[0] is not None
        assert shown[0].from_.user == "100"
        await office.rest(call)


@in_virtual_time
async def test_a_call_to_a_group_is_recorded_for_the_member_who_takes_it() -> None:
    wish = RecordingWish(RecordingMode.ALWAYS)
    known = [extension("100"), extension("101"), extension("102", recording=wish)]
    settings = Settings(no_answer_s=20, recording_free_megabytes=0)
    async with office_with(known=known, settings=settings) as office:
        phones = await members(office, ringing, ringing)
        caller = await office.phone("100")
        for place, is_recorded in ((1, True), (0, False)):
            call = caller.call("600")
            await asyncio.sleep(1)
            phones[place].all_calls[-1].answer()
            await call.until(events.Accepted)
            await asyncio.sleep(1)
            (view,) = [each.view() for each in office.exchange.calls]
            assert (view.recording == "on") is is_recorded
            call.hang_up()
            await asyncio.sleep(40)
        await office.rest()

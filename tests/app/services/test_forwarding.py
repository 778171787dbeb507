"""Calls that go on: forwarding of every kind, circles, a phone's 302, and whose rights decide."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from app.services.directory import Extension, Settings
from app.services.extension_rules import Forwards, Mailbox
from app.sip import events
from app.sip.flow import Direction
from app.sip.message import parse
from tests.support.carrier_called import answering as far_answering
from tests.support.carrier_called import refusing as far_refusing
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import Office, extension, in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome, to_trunk, trunk_to
from tests.support.phone import Phone, PhoneCall, answering, refusing, ringing

QUICK = Settings(no_answer_s=5)


def forwarded(number: str, **forwards: Any) -> Extension:
    return extension(number, forwards=Forwards(**forwards))


def plain(*numbers: str) -> list[Extension]:
    return [extension(number) for number in numbers]


def deflecting(*contacts: str, status: int = 302) -> Any:
    """A behavior: send the call elsewhere."""

    def answer(call: PhoneCall) -> None:
        headers = tuple(("Contact", contact) for contact in contacts)
        call.phone.run(call.session.reject, status, headers=headers)

    return answer


def told(phone: Phone) -> list[str]:
    """The provisional answers the caller was given."""
    lines = phone.recorder.first_lines(Direction.IN)
    return [line.split()[1] for line in lines if line.startswith("SIP/2.0 1") and line.split()[1] != "100"]


def message(phone: Phone, way: Direction, beginning: str) -> Any:
    """The first message of a phone that begins so."""
    found = [
        data for each, data in phone.recorder.messages if each is way and data.startswith(beginning.encode())
    ]
    return parse(found[0])


async def answered_by(call: PhoneCall) -> int:
    status = await outcome(call)
    if call.ended is None:
        call.hang_up()
    return status


@pytest.mark.parametrize(
    ("reason", "behavior", "word"),
    [
        ("always", answering, "unconditional"),
        ("busy", refusing(486), "user-busy"),
        ("busy", refusing(603), "user-busy"),
        ("no_answer", ringing, "no-answer"),
        ("no_answer", refusing(480), "no-answer"),
        ("offline", None, "unavailable"),
    ],
)
@in_virtual_time
async def test_a_call_goes_on_and_its_caller_is_told(reason: str, behavior: Any, word: str) -> None:
    extensions = (forwarded("101", **{reason: "102"}), *plain("100", "102"))
    async with Office(*extensions, settings=QUICK) as office:
        caller = await office.phone("100")
        first = await office.phone("101", behavior=behavior) if behavior is not None else None
        target = await office.phone("102", behavior=answering)
        call = caller.call("101")
        assert await answered_by(call) == 200
        await office.quiet()
        assert "181" in told(caller)
        response = message(caller, Direction.IN, "SIP/2.0 181")
        assert response.get("call-info") == (
            '<sip:102@10.0.0.1>;purpose=forwarding;username=101;contact="102"'
        )
        invite = message(target, Direction.IN, "INVITE")
        assert invite.get("diversion") == f"<sip:101@10.0.0.1>;reason={word};counter=1"
        assert invite.from_.user == "100"
        if reason == "always" and first is not None:
            assert not first.all_calls
        record = office.last_record
        assert (record.called, record.connected, record.outcome) == ("101", "102", "answered")
        assert json.loads(record.details)["forwarded"] == [["101", reason, "102"]]
        office.assert_nothing_left()


@in_virtual_time
async def test_each_reason_has_its_own_destination() -> None:
    extensions = (forwarded("101", busy="102", no_answer="103"), *plain("100", "102", "103"))
    async with Office(*extensions, settings=QUICK) as office:
        caller = await office.phone("100")
        phone = await office.phone("101", behavior=refusing(486))
        busy = await office.phone("102", behavior=answering)
        late = await office.phone("103", behavior=answering)
        assert await answered_by(caller.call("101")) == 200
        phone.behavior = ringing
        assert await answered_by(caller.call("101")) == 200
        await phone.register(0)
        assert await answered_by(caller.call("101")) == 480
        assert (len(busy.all_calls), len(late.all_calls)) == (1, 1)


@in_virtual_time
async def test_an_extension_rings_for_as_long_as_it_says() -> None:
    async with Office(forwarded("101", no_answer_s=3), *plain("100"), settings=QUICK) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=ringing)
        started = office.loop.time()
        call = caller.call("101")
        await call.until(events.Ended)
        assert 3 <= office.loop.time() - started < 4


@in_virtual_time
async def test_hops_follow_each_other_and_each_is_told() -> None:
    extensions = (forwarded("101", always="102"), forwarded("102", busy="103"), *plain("100", "103"))
    async with Office(*extensions, settings=QUICK) as office:
        caller = await office.phone("100")
        await office.phone("102", behavior=refusing(486))
        target = await office.phone("103", behavior=answering)
        assert await answered_by(caller.call("101")) == 200
        assert told(caller).count("181") == 2
        invite = message(target, Direction.IN, "INVITE")
        assert [value.partition(">")[0] for value in invite.get_all("diversion")] == [
            "<sip:102@10.0.0.1",
            "<sip:101@10.0.0.1",
        ]
        assert invite.max_forwards == 67  # 70, less one for us, less one for each hop


@in_virtual_time
async def test_a_circle_ends_where_it_closes() -> None:
    extensions = (forwarded("101", always="102"), forwarded("102", always="101"), *plain("100"))
    async with Office(*extensions, settings=QUICK) as office:
        caller = await office.phone("100")
        first = await office.phone("101", behavior=answering)
        second = await office.phone("102", behavior=answering)
        assert await answered_by(caller.call("101")) == 200
        assert (len(first.all_calls), len(second.all_calls)) == (0, 1)
        second.behavior = ringing
        assert await answered_by(caller.call("101")) == 480


@pytest.mark.logs("forwarded 5 times")
@in_virtual_time
async def test_a_long_chain_ends() -> None:
    numbers = [str(number) for number in range(101, 110)]
    chain = [forwarded(one, always=other) for one, other in itertools.pairwise(numbers)]
    async with Office(*chain, *plain("100", "109")) as office:
        caller = await office.phone("100")
        last = await office.phone("109", behavior=answering)
        assert await answered_by(caller.call("101")) == 483
        assert not last.all_calls
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_whom_calls_are_forwarded_to_reaches_the_extension_itself() -> None:
    async with Office(forwarded("101", always="102"), *plain("100", "102")) as office:
        secretary = await office.phone("102")
        await office.phone("101", behavior=answering)
        assert await answered_by(secretary.call("101")) == 200


@pytest.mark.parametrize(
    "contact", ["<sip:102@10.0.0.1>", "<sip:102@pbx.example.com;transport=udp>", "<tel:102>"]
)
@in_virtual_time
async def test_a_phone_sends_a_call_on(contact: str) -> None:
    async with Office(*plain("100", "101", "102")) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=deflecting(contact))
        target = await office.phone("102", behavior=answering)
        assert await answered_by(caller.call("101")) == 200
        invite = message(target, Direction.IN, "INVITE")
        assert invite.get("diversion") == "<sip:101@10.0.0.1>;reason=deflection;counter=1"


@in_virtual_time
async def test_of_several_targets_the_one_the_phone_likes_best_comes_first() -> None:
    async with Office(*plain("100", "101", "102", "103")) as office:
        caller = await office.phone("100")
        contacts = ("<sip:102@10.0.0.1>;q=0.2", "<sip:103@10.0.0.1>;q=0.9")
        await office.phone("101", behavior=deflecting(*contacts))
        target = await office.phone("103", behavior=answering)
        assert await answered_by(caller.call("101")) == 200
        assert len(target.all_calls) == 1


@pytest.mark.parametrize(
    "contact", ["<sip:999@10.0.0.1>", "<sip:110@10.0.0.1>", "<sip:*90*102@10.0.0.1>", "<sip:*97@10.0.0.1>"]
)
@pytest.mark.logs("may not forward to")
@in_virtual_time
async def test_a_phone_cannot_send_a_call_anywhere(contact: str) -> None:
    async with OutsideOffice(*plain("100", "101", "102")) as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False), behavior=far_answering)
        office.set_trunks(trunk_to(carrier))
        caller = await office.phone("100")
        await office.phone("101", behavior=deflecting(contact))
        assert await answered_by(caller.call("101")) == 480
        assert not carrier.calls


@pytest.mark.parametrize("user", ["menu%3Amain", "extension%3A102", "conference%3A8000", "voicemail%3A102"])
@in_virtual_time
async def test_a_phone_names_numbers_and_no_destinations_of_the_administrator(user: str) -> None:
    async with Office(*plain("100", "101", "102")) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=deflecting(f"<sip:{user}@10.0.0.1>"))
        target = await office.phone("102", behavior=answering)
        assert await answered_by(caller.call("101")) == 480
        assert not target.all_calls


@pytest.mark.logs("may not forward to")
@in_virtual_time
async def test_of_many_targets_few_are_looked_at(caplog: pytest.LogCaptureFixture) -> None:
    contacts = ", ".join(f"<sip:9{number}@10.0.0.1>" for number in range(30))
    async with Office(*plain("100", "101")) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=deflecting(contacts))
        assert await answered_by(caller.call("101")) == 480
    assert sum("may not forward to" in record.message for record in caplog.records) == 5


@in_virtual_time
async def test_a_phone_that_names_itself_is_not_rung_again() -> None:
    async with Office(*plain("100", "101")) as office:
        caller = await office.phone("100")
        phone = await office.phone("101", behavior=deflecting("<sip:101@10.0.0.1>"))
        assert await answered_by(caller.call("101")) == 480
        assert len(phone.all_calls) == 1


@in_virtual_time
async def test_a_phone_that_may_not_forward_is_not_followed() -> None:
    async with Office(forwarded("101", by_phone=False), *plain("100", "102")) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=deflecting("<sip:102@10.0.0.1>"))
        target = await office.phone("102", behavior=answering)
        assert await answered_by(caller.call("101")) == 480
        assert not target.all_calls


def boss_with(*levels: int) -> Extension:
    return dataclasses.replace(forwarded("101", always="8613800"), call_levels=frozenset(levels))


async def with_rule_of_level_two(office: OutsideOffice) -> Any:
    carrier = await office.carrier(quirks=CarrierQuirks(challenges=False), behavior=far_answering)
    office.set_trunks(trunk_to(carrier))
    office.route(dataclasses.replace(to_trunk("86"), call_level=2))
    return carrier


@in_virtual_time
async def test_a_caller_without_the_right_is_carried_by_who_forwards() -> None:
    async with OutsideOffice(boss_with(1, 2), *plain("100"), settings=QUICK) as office:
        carrier = await with_rule_of_level_two(office)
        caller = await office.phone("100")
        assert await answered_by(caller.call("101")) == 200
        invite = carrier.calls[0].invite
        assert invite.from_.user == "101"
        assert invite.get("diversion") == "<sip:101@10.0.0.1>;reason=unconditional;counter=1"
        assert await answered_by(caller.call("8613800")) == 403
        await office.quiet()
        assert office.exchange.gateway.limits.is_idle


@pytest.mark.logs("may not forward to")
@in_virtual_time
async def test_a_caller_lends_no_right_to_who_forwards() -> None:
    caller_with_rights = dataclasses.replace(extension("100"), call_levels=frozenset({1, 2}))
    async with OutsideOffice(boss_with(1), caller_with_rights, settings=QUICK) as office:
        carrier = await with_rule_of_level_two(office)
        caller = await office.phone("100")
        assert await answered_by(caller.call("101")) == 480
        assert not carrier.calls


@in_virtual_time
async def test_forwarded_calls_count_as_calls_of_who_forwards() -> None:
    boss = dataclasses.replace(forwarded("101", always="8613800"), max_calls=1)
    async with OutsideOffice(boss, *plain("100", "102"), settings=QUICK) as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False), behavior=far_answering)
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("86"))
        one, two = await office.phone("100"), await office.phone("102")
        first = one.call("101")
        assert await outcome(first) == 200
        assert await outcome(two.call("101")) == 480
        first.hang_up()
        await office.quiet()
        assert await answered_by(two.call("101")) == 200
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_strangers_are_not_told_where_a_call_goes() -> None:
    async with OutsideOffice(forwarded("100", always="102"), *plain("102"), settings=QUICK) as office:
        carrier = await office.with_line()
        await office.phone("102", behavior=answering)
        far = carrier.call()
        await far.until_answered()
        (said,) = [each for each in carrier.log if each.first_line.startswith("SIP/2.0 181")]
        assert "Call-Info" not in said.text
        far.hang_up()
        await office.quiet()


@in_virtual_time
async def test_the_caller_gives_up_while_the_second_phone_rings() -> None:
    async with Office(forwarded("101", busy="102"), *plain("100", "102"), settings=QUICK) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=refusing(486))
        target = await office.phone("102", behavior=ringing)
        call = caller.call("101")
        await call.until_true(lambda: call.status == 180, "ringing")
        call.hang_up()
        await call.until_ended()
        await office.quiet()
        assert target.all_calls[0].ended is not None
        office.assert_nothing_left()


@in_virtual_time
async def test_a_number_outside_that_is_busy_leads_to_the_mailbox(tmp_path: Path) -> None:
    boss = dataclasses.replace(forwarded("101", always="8613800"), mailbox=Mailbox(is_on=True))
    async with OutsideOffice(boss, *plain("100"), settings=QUICK, mailboxes=tmp_path) as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False), behavior=far_refusing(486))
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("86"))
        call = (await office.phone("100")).call("101")
        assert await answered_by(call) == 200
        await office.quiet()
        assert office.last_record.connected == "voicemail:101"
        office.assert_nothing_left()
        assert office.exchange.gateway.limits.is_idle

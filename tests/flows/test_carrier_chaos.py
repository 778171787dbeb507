"""Many calls at once, in and out, over a line and two trunks, given up at any moment: nothing may be left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.support.carrier import Carrier
from tests.support.carrier_call import CarrierCall
from tests.support.carrier_called import CalledCall
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks, Prack
from tests.support.office import SERVER, in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, to_trunk, trunk_to
from tests.support.phone import Phone, PhoneCall
from tests.support.wire import CLEAR, Weather

STEPS = 40
DIALLED = ("910086", "812", "8999", "100", "9110", "110")


class Chance:
    """What happens, and when, the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def later(self, low: float, high: float, action: Callable[[], object]) -> None:
        """Do it at some moment."""
        asyncio.get_running_loop().call_later(self.random.uniform(low, high), action)

    def quirks(self) -> CarrierQuirks:
        """A carrier of some temper."""
        choose = self.random.choice
        return CarrierQuirks(
            prack=choose(list(Prack)),
            grants=300,
            nonce_uses=choose([0, 1, 3]),
            says_stale=choose([True, False]),
            session_expires=choose([0, 0, 120]),
            early_media=choose([True, False]),
            record_route=choose([True, False]),
            compact_headers=choose([True, False]),
        )

    def far_end(self, call: CalledCall) -> None:
        """Somebody outside: refuses, lets it ring, or answers, and hangs up some time."""
        kind = self.random.random()
        if kind < 0.15:
            call.reject(self.random.choice([486, 503, 404, 603, 500, 480]))
            return
        self.later(0, 2, lambda: call.ended or call.ring())
        if kind < 0.75:
            self.later(2.1, 8, lambda: call.ended or call.answer())
            self.later(9, 60, lambda: call.is_answered and not call.ended and call.hang_up())

    def phone(self, call: PhoneCall) -> None:
        """Somebody inside: the same."""
        if self.random.random() < 0.15:
            call.reject()
            return
        call.ring()
        if self.random.random() < 0.8:
            self.later(0, 10, lambda: self.unless_over(call, call.answer))
        self.later(10, 60, lambda: self.unless_over(call, call.hang_up))

    def unless_over(self, call: PhoneCall, action: Callable[[], object]) -> None:
        """Do it to a call that lives."""
        if call.ended is None and not call.session.state.name.startswith("END"):
            action()


def end(call: CarrierCall) -> None:
    """Hang up, whatever the call is doing."""
    if call.ended:
        return
    if isinstance(call, CalledCall) and not call.is_answered:
        call.reject()
    else:
        call.hang_up()


def step(chance: Chance, office: OutsideOffice, phones: list[Phone], line: Carrier, trunk: Carrier) -> None:
    """One thing happens."""
    kind = chance.random.random()
    if kind < 0.4:
        out = chance.random.choice(phones).call(chance.random.choice(DIALLED))
        chance.later(0, 40, lambda: chance.unless_over(out, out.hang_up))
    elif kind < 0.65:
        if line.registrar.binding(line.accounts[0]) is not None:
            back = line.call(IncomingInvite(offer=chance.random.random() < 0.8))
            chance.later(0, 40, lambda: end(back))
    elif kind < 0.9:
        number = chance.random.choice(["100", "101", "812", "999"])
        peer = trunk.call(IncomingInvite(number=number), to=SERVER)
        chance.later(0, 40, lambda: end(peer))
    else:
        office.set_lines(line_to(line, max_calls=chance.random.choice([None, 2, 4])))


@pytest.mark.parametrize("seed", range(10))
@in_virtual_time
async def test_whatever_happens_nothing_is_left(seed: int) -> None:
    chance = Chance(seed)
    choose: Any = chance.random.choice
    limits = {"max_incoming": choose([None, 0, 1, 5]), "max_outgoing": choose([None, 0, 1, 5])}
    async with OutsideOffice() as office:
        line = await office.with_line(chance.quirks(), behavior=chance.far_end, max_calls=choose([None, 2]))
        quirks = replace(chance.quirks(), challenges=False)
        one = await office.carrier(quirks=quirks, behavior=chance.far_end)
        two = await office.carrier(quirks=quirks, behavior=chance.far_end)
        office.set_trunks(trunk_to(one, "one", next_trunk="two", **limits), trunk_to(two, "two"))
        office.route(to_trunk("8", "one"))
        phones = [await office.phone(number, behavior=chance.phone) for number in ("100", "101", "102")]
        for phone in phones:
            await phone.register(7200)
        office.wire.change_weather(Weather(loss=choose([0, 0.1, 0.2]), repeat=0.1, reorder=0.1, seed=seed))
        for _ in range(STEPS):
            step(chance, office, phones, line, one)
            await asyncio.sleep(chance.random.uniform(0, 6))
            view = office.trunk("one")
            assert limits["max_incoming"] is None or view.calls_in <= limits["max_incoming"]
            # Emergency calls pass whatever the limit says; they leave by the line here.
            assert limits["max_outgoing"] is None or view.calls_out <= limits["max_outgoing"]
        office.wire.change_weather(CLEAR)
        await asyncio.sleep(400)
        for phone in phones:
            for out in phone.all_calls:
                chance.unless_over(out, out.hang_up)
        for carrier in (line, one, two):
            for call in carrier.running:
                end(call)
        await asyncio.sleep(400)
        assert sum(call.is_answered for carrier in (line, one, two) for call in carrier.calls) > 3
        assert not any(carrier.garbage or carrier.running for carrier in (line, one, two))
        for name in ("one", "two"):
            view = office.trunk(name)
            assert (view.calls_in, view.calls_out) == (0, 0)
        office.assert_nothing_but_lines_left()

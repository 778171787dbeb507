"""An office with lines and trunks to simulated carriers, all on one wire in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from app.events import LineState, LineView, TrunkView
from app.services.outside import Line, Trunk
from app.services.routing_tables import CalledRule, RouteKind, called_rules
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import CalledCall
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import Office
from tests.support.phone import PhoneCall
from tests.support.wire import WireSockets

ACCOUNT = Account(user="87654321", password="line-secret", domain="carrier.example")


class OutsideOffice(Office):
    """Carriers stand at 10.0.9.1, 10.0.9.2 …, port 5060; what a line is set to is its record's fields."""

    _carriers = 0

    async def carrier(
        self, *accounts: Account, quirks: CarrierQuirks | None = None, behavior: Any = None
    ) -> Carrier:
        """Start a carrier; it lives as long as the office."""
        self._carriers += 1
        host = f"10.0.9.{self._carriers}"
        carrier = Carrier(
            *(accounts or (ACCOUNT,)),
            quirks=quirks,
            host=host,
            port=5060,
            elsewhere=f"10.0.8.{self._carriers}",
            sockets=WireSockets(self.wire, host),
            behavior=behavior,
        )
        await self._closing.enter_async_context(carrier)
        return carrier

    def configure(self, **sections: Any) -> None:
        """Save sections of the directory: lines, trunks, routing, screening …"""
        before = self.holder.current
        self.holder.current = before.replaced(**sections)
        self.exchange.directory_changed(before, self.holder.current)

    def set_lines(self, *lines: Line) -> None:
        """Save these lines, and no others."""
        self.configure(lines=MappingProxyType({line.name: line for line in lines}))

    def set_trunks(self, *trunks: Trunk) -> None:
        """Save these trunks, and no others."""
        self.configure(trunks=MappingProxyType({trunk.name: trunk for trunk in trunks}))

    def route(self, *rules: CalledRule) -> None:
        """Save these rules of called numbers, and no others."""
        routing = self.holder.current.routing
        self.configure(routing=routing.replaced(called_rules=called_rules(*rules)))

    def line(self, name: str) -> LineView:
        """How a line stands."""
        return next(view for view in self.exchange.gateway.lines.views() if view.name == name)

    def trunk(self, name: str) -> TrunkView:
        """How a trunk stands."""
        return next(view for view in self.exchange.gateway.trunks.views() if view.name == name)

    def states(self, name: str) -> list[LineState]:
        """The states that a line went through, as they were announced, without repeats."""
        found: list[LineState] = []
        for event in self.announced:
            line = getattr(event, "line", None)
            if isinstance(line, LineView) and line.name == name and found[-1:] != [line.state]:
                found.append(line.state)
        return found

    def assert_nothing_but_lines_left(self) -> None:
        """No call, leg, task, port or dialog is left; registrations go on."""
        assert self.exchange.is_idle
        assert not self.relay.open_calls
        core = self.endpoint.stack.core
        assert set(core.usages) <= set(core.registrations), core.usages
        assert not core.dialogs, core.dialogs
        assert not any(line.calls_in or line.calls_out for line in self.exchange.gateway.lines.views())

    async def with_line(
        self,
        quirks: CarrierQuirks | None = None,
        *,
        behavior: Any = None,
        account: Account = ACCOUNT,
        **changes: Any,
    ) -> Carrier:
        """Start a carrier and a line `carrier` that is registered there."""
        carrier = await self.carrier(account, quirks=quirks, behavior=behavior)
        self.set_lines(line_to(carrier, **changes))
        await carrier.until_registered()
        await asyncio.sleep(0.1)  # its answer is on the way
        assert self.line("carrier").state is LineState.REGISTERED
        return carrier


def line_to(carrier: Carrier, name: str = "carrier", **changes: Any) -> Line:
    """A line with the carrier's first account, behind its address as proxy."""
    account = carrier.accounts[0]
    values: dict[str, Any] = {
        "user": account.user,
        "password": account.password,
        "domain": account.domain,
        "proxy": str(carrier.address),
        "incoming_to": "100",
    }
    return Line(name=name, **(values | changes))


def trunk_to(carrier: Carrier, name: str = "trunk", **changes: Any) -> Trunk:
    """A trunk to the carrier's address."""
    values: dict[str, Any] = {"address": carrier.address.host, "port": carrier.address.port}
    return Trunk(name=name, **(values | changes))


def to_trunk(prefix: str, name: str = "trunk") -> CalledRule:
    """Numbers with this prefix leave by a trunk."""
    return CalledRule(id=f"to-{name}", called_prefix=prefix, route_kind=RouteKind.TRUNK, route_target=name)


async def outcome(call: PhoneCall) -> int:
    """Wait for the final answer to a phone's call; its status."""
    await call.until_true(lambda: call.status >= 200, "a final answer")
    return call.status


async def answered(carrier: Carrier, calls: Iterable[PhoneCall]) -> list[CalledCall]:
    """Answer as many calls at the carrier as there are here."""
    found = []
    for call in calls:
        far = await carrier.incoming()
        far.ring()
        far.answer()
        await outcome(call)
        found.append(far)
    return found

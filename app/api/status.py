"""The state of the whole PBX at one moment, and the passwords to be shown on the first start."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.api import calls, extensions, lines, trunks
from app.api.extensions import ExtensionStatus
from app.events import CallView, LineView, TrunkView
from app.services.first_passwords import FirstPassword

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["Counters", "FirstPassword", "Status", "dismiss_first_passwords", "first_passwords", "status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """What has happened since the start."""

    messages_in: int
    messages_out: int
    registrations: int
    calls_set_up: int
    calls_failed: int
    retransmissions: int
    relayed_packets: int
    refused_logins: int
    bytes_in: int
    bytes_out: int
    faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything at one moment. Times are Unix seconds."""

    started_at: float
    addresses: tuple[str, ...]  # "udp=192.0.2.1:5060"
    needs_restart: tuple[str, ...]  # settings changed since the start that count from the next one
    extensions: tuple[ExtensionStatus, ...]
    lines: tuple[LineView, ...]
    trunks: tuple[TrunkView, ...]
    calls: tuple[CallView, ...]
    counters: Counters

    def as_json(self) -> dict[str, Any]:
        """Give it as values that JSON knows, the names as here."""
        return {"running": True, **dataclasses.asdict(self)}


async def status(pbx: Pbx) -> Status:
    """Take the state of the whole PBX."""
    exchange = pbx.exchange
    endpoint = pbx.endpoint.counters
    return Status(
        started_at=pbx.started_at,
        addresses=pbx.addresses,
        needs_restart=pbx.needs_restart,
        extensions=tuple(await extensions.states(pbx)),
        lines=tuple(await lines.states(pbx)),
        trunks=tuple(await trunks.states(pbx)),
        calls=tuple(await calls.live_calls(pbx)),
        counters=Counters(
            messages_in=endpoint.messages_in,
            messages_out=endpoint.messages_out,
            registrations=exchange.registrar.registrations,
            calls_set_up=exchange.switchboard.calls_set_up,
            calls_failed=exchange.switchboard.calls_failed,
            retransmissions=endpoint.retransmissions,
            relayed_packets=pbx.relay.relayed_packets,
            refused_logins=exchange.authenticator.refusals,
            bytes_in=endpoint.bytes_in,
            bytes_out=endpoint.bytes_out,
            faults=endpoint.faults,
        ),
    )


async def first_passwords(pbx: Pbx, only_new: bool = False) -> tuple[FirstPassword, ...]:
    """The generated passwords not yet changed or dismissed; `only_new`: those not shown before."""
    return await pbx.configuration.first_passwords(only_new=only_new)


async def dismiss_first_passwords(pbx: Pbx) -> None:
    """Forget the readable copies; the passwords go on working."""
    await pbx.configuration.dismiss_first_passwords()

"""Remembers bindings in the database, so that phones are reachable again after a restart."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable
from typing import Protocol

from app.db.tables.binding import BindingRow, BindingsOf
from app.services.bindings import Binding
from app.sip.errors import MessageError
from app.sip.flow import Address, Flow, Transport
from app.sip.uri import SipUri, parse_uri

logger = logging.getLogger(__name__)


class Queue(Protocol):
    """The part of `db.write_behind.WriteBehind` that is used."""

    def add(self, row: BindingsOf) -> None:
        """Queue a change."""
        ...


class BindingStore:
    """Queues an extension's bindings when they changed, and reads them back."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def save(self, number: str, bindings: Iterable[Binding]) -> None:
        """Bring the database behind the present bindings of an extension."""
        self._queue.add(BindingsOf(number, tuple(_row(binding) for binding in bindings)))

    @staticmethod
    def restored(rows: Iterable[BindingRow]) -> list[Binding]:
        """Read what an earlier run wrote.

        No stream connection survives a restart: such a binding comes back only where its Contact can be
        connected to, that is, where the phone was seen at the very address it writes and names a port. Other
        phones have to register anew.
        """
        return [binding for row in rows if (binding := _binding(row)) is not None]


def _row(binding: Binding) -> BindingRow:
    flow = binding.flow
    return BindingRow(
        number=binding.number,
        contact=str(binding.uri),
        params=binding.params,
        q=binding.q,
        path="\n".join(binding.path),
        instance=binding.instance,
        call_id=binding.call_id,
        cseq=binding.cseq,
        user_agent=binding.user_agent,
        transport=flow.transport.value,
        local_host=flow.local.host,
        local_port=flow.local.port,
        remote_host=flow.remote.host,
        remote_port=flow.remote.port,
        expires_at=binding.expires_at,
    )


def _binding(row: BindingRow) -> Binding | None:
    try:
        uri = parse_uri(row.contact)
        transport = Transport(row.transport)
    except (MessageError, ValueError) as problem:
        logger.warning("a remembered device of %s is unreadable: %s", row.number, problem)
        return None
    if not isinstance(uri, SipUri):
        return None
    local, remote = Address(row.local_host, row.local_port), Address(row.remote_host, row.remote_port)
    binding = Binding(
        number=row.number,
        uri=uri,
        flow=Flow(transport, local, remote),
        expires_at=row.expires_at,
        call_id=row.call_id,
        cseq=row.cseq,
        params=row.params,
        q=row.q,
        path=tuple(row.path.splitlines()),
        instance=row.instance,
        user_agent=row.user_agent,
    )
    if transport is Transport.UDP:
        return binding
    if binding.is_behind_nat or uri.port is None:
        return None
    return dataclasses.replace(binding, flow=Flow(transport, local, Address(row.remote_host, uri.port)))

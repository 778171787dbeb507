"""All transactions of a stack: which one a message belongs to, and what leaves for the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sip.client_transactions import ClientTransaction, InviteClientTransaction, NonInviteClientTransaction
from app.sip.flow import Address, Flow, Transport
from app.sip.output import Output, Send
from app.sip.server_transactions import (
    InviteServerTransaction,
    NonInviteServerTransaction,
    ServerTransaction,
)
from app.sip.tokens import MAGIC_COOKIE, new_branch
from app.sip.transaction import In, StackCounters, State

if TYPE_CHECKING:
    from app.sip.client_transactions import ClientUser
    from app.sip.draft import Draft
    from app.sip.message import Request, Response
    from app.sip.settings import StackSettings
    from app.sip.timers import Timers

from app.sip.draft import via_start

Key = tuple[object, ...]


def server_key(request: Request, method: str) -> Key:
    """Name the server transaction a request belongs to (RFC 3261 17.2.3); `method` is INVITE for ACK and
    CANCEL.
    """
    via = request.via
    branch = via.branch
    if branch and branch.startswith(MAGIC_COOKIE) and len(branch) > len(MAGIC_COOKIE):
        return (branch, via.host.lower(), via.port, method)
    cseq = request.cseq
    return (
        "RFC 2543",
        request.uri_text,
        request.from_tag,
        request.call_id,
        cseq.number,
        via.transport,
        via.host.lower(),
        via.port,
        branch,
        method,
    )


def merge_key(request: Request) -> Key:
    """Name what several paths of one request have in common (RFC 3261 8.2.2.2)."""
    cseq = request.cseq
    return (request.call_id, request.from_tag, cseq.number, cseq.method)


def response_flow(request: Request, source: Flow) -> Flow:
    """Say where answers go: back on a connection, else by rport, else to the port of the Via (18.2.2, RFC
    3581 4).

    `maddr` is not followed: an answer never goes to a host that did not send the request.
    """
    if source.transport is not Transport.UDP:
        return source
    via = request.via
    if "rport" in via.params:
        return source
    port = via.port or 5060
    if port == source.remote.port:
        return source
    remote = Address(source.remote.host, port)
    return Flow(source.transport, source.local, remote, public=source.public, proof=source.proof)


class TransactionLayer:
    """The dictionaries of living transactions, and the list of messages to send."""

    __slots__ = ("clients", "counters", "merged", "output", "servers", "t1", "t2", "t4", "timers")

    def __init__(self, settings: StackSettings, timers: Timers) -> None:
        self.t1 = settings.t1
        self.t2 = settings.t2
        self.t4 = settings.t4
        self.timers = timers
        self.counters = StackCounters()
        self.output: list[Output] = []
        self.clients: dict[Key, ClientTransaction] = {}
        self.servers: dict[Key, ServerTransaction] = {}
        self.merged: dict[Key, ServerTransaction] = {}

    def send(self, data: bytes, flow: Flow) -> None:
        """Queue bytes for the network."""
        self.output.append(Send(data, flow))

    def start_client(
        self, draft: Draft, flow: Flow, user: ClientUser | None, now: float
    ) -> ClientTransaction:
        """Send a request over `flow` with a branch of its own."""
        branch = new_branch()
        via = via_start(flow) + branch
        kind = InviteClientTransaction if draft.method == "INVITE" else NonInviteClientTransaction
        data = draft.encode(via, flow)
        return self._start(kind(self, (branch, draft.method), draft, via, flow, user, data), now)

    def start_cancel(
        self, invite: ClientTransaction, headers: tuple[tuple[str, str], ...], now: float
    ) -> ClientTransaction:
        """Cancel an INVITE: a transaction of its own under the INVITE's branch (RFC 3261 9.1)."""
        data = invite.draft.encode_cancel(invite.via, headers)
        key = (str(invite.key[0]), "CANCEL")
        return self._start(
            NonInviteClientTransaction(self, key, invite.draft, invite.via, invite.flow, None, data), now
        )

    def _start(self, transaction: ClientTransaction, now: float) -> ClientTransaction:
        self.clients[transaction.key] = transaction
        self.counters.client_transactions += 1
        transaction.start(now)
        return transaction

    def open_server(self, request: Request, key: Key, source: Flow) -> ServerTransaction:
        """Begin the server transaction of a request that is new."""
        kind = InviteServerTransaction if request.method == "INVITE" else NonInviteServerTransaction
        transaction = kind(self, key, request, response_flow(request, source), source)
        if transaction.reliable and source.connection:
            via = request.via
            transaction.fallback = Flow(
                source.transport,
                source.local,
                Address(source.remote.host, via.port or source.transport.default_port),
                public=source.public,
                proof=source.proof,
            )
        self.servers[key] = transaction
        self.counters.server_transactions += 1
        if not request.to_tag:
            transaction.merge_key = merge_key(request)
            self.merged[transaction.merge_key] = transaction
        return transaction

    def receive_response(self, response: Response, now: float) -> bool:
        """Hand a response to its transaction; False where there is none (RFC 6026 8.9: dropped)."""
        transaction = self.clients.get((response.via.branch, response.cseq.method))
        if transaction is None:
            self.counters.stray_responses += 1
            return False
        transaction.answered(response, now)
        return True

    def forget_client(self, transaction: ClientTransaction) -> None:
        """Drop a client transaction."""
        self.clients.pop(transaction.key, None)

    def forget_server(self, transaction: ServerTransaction) -> None:
        """Drop a server transaction."""
        self.servers.pop(transaction.key, None)
        if transaction.merge_key is not None and self.merged.get(transaction.merge_key) is transaction:
            del self.merged[transaction.merge_key]

    def flow_failed(self, flow: Flow, now: float, reason: str = "") -> None:
        """Tell the transactions on a flow that failed.

        An ICMP error (a datagram flow) concerns requests nobody has answered; a connection that closed also
        answers to come, which then take a new connection to the peer once (RFC 3261 18.2.2).
        """
        is_stream = flow.transport is not Transport.UDP
        for client in [known for known in self.clients.values() if _same_way(known.flow, flow)]:
            if is_stream or client.state in (State.CALLING, State.TRYING):
                client.trouble = reason
                client.step(In.TRANSPORT_ERROR, now)
        if not is_stream:
            return
        for server in [known for known in self.servers.values() if _same_way(known.flow, flow)]:
            if server.fallback is not None and server.fallback != flow:
                server.flow, server.fallback = server.fallback, None
                if server.state is State.COMPLETED:
                    server.repeat()
            else:
                server.step(In.TRANSPORT_ERROR, now)


def _same_way(known: Flow, failed: Flow) -> bool:
    if known is failed:
        return True
    if (
        known.remote != failed.remote
        or known.transport is not failed.transport
        or known.proof != failed.proof
    ):
        return False
    return known.connection == failed.connection or known.connection == 0 or failed.connection == 0

"""Large requests over TCP (RFC 3261 18.1.1): put a long datagram on a stream, take it back if refused.

The stack chose UDP and goes on believing so: it keeps its timers, and its repetitions are swallowed here
while the stream carries the request. What belongs to the same transaction (CANCEL, ACK of a refusal) follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.sip.flow import Address, Flow
from app.sip.output import Send

LARGEST_DATAGRAM = 1_300
CONNECT_PATIENCE = 1.0  # seconds; a firewall that swallows the SYN must not delay the call for long
_REFUSED_FOR = 600.0  # seconds a peer without TCP is spared another attempt
_REMEMBERED_FOR = 300.0  # seconds a request can still be cancelled
_MOST = 2_000
_VIA = re.compile(rb"(\r\n(?:via|v)[ \t]*:[ \t]*SIP/2\.0/)UDP[ \t]+[^;,\s]+([^\r\n]*)", re.I)
_BRANCH = re.compile(rb";[ \t]*branch[ \t]*=[ \t]*([^;,\s]+)", re.I)


@dataclass(slots=True)
class _Diverted:
    original: Send
    stream: Flow
    expires_at: float
    is_on_stream: bool = True


class LargeRequests:
    """Which transactions travel by stream instead of datagram, and which peers do not want that.

    `stream_to(address)` gives the flow for a connection, None where we do not listen on TCP: then nothing is
    diverted, because the peer could not connect back. `is_open(flow)` tells whether it still carries.
    """

    def __init__(
        self,
        *,
        stream_to: Callable[[Address], Flow | None],
        is_open: Callable[[Flow], bool],
        clock: Callable[[], float],
    ) -> None:
        self._stream_to = stream_to
        self._is_open = is_open
        self._clock = clock
        self._by_branch: dict[bytes, _Diverted] = {}  # oldest first
        self._refusing: dict[Address, float] = {}
        self._exempt: set[Address] = set()

    def exempt(self, peer: Address) -> None:
        """Never divert what goes to this peer: its record says UDP, and it knows us by that socket."""
        if len(self._exempt) < _MOST:
            self._exempt.add(peer)

    def concerns(self, data: bytes) -> bool:
        """Whether `divert` must be asked; nearly always not, and this is on the path of every message."""
        return (len(data) > LARGEST_DATAGRAM or bool(self._by_branch)) and not data.startswith(b"SIP/")

    def divert(self, data: bytes, flow: Flow) -> Send | None:
        """What to send on a stream instead; empty `data` = it has it already; None = send the datagram."""
        via = _VIA.search(data)
        branch = _BRANCH.search(via[2]) if via is not None else None
        if via is None or branch is None:
            return None
        known = self._by_branch.get(branch[1])
        if known is not None:
            if not known.is_on_stream or not self._is_open(known.stream):
                known.is_on_stream = False
                return None
            if data == known.original.data:
                return Send(b"", known.stream)
            return Send(_rewritten(data, via, known.stream), known.stream)
        if flow.remote in self._exempt:
            return None
        if len(data) <= LARGEST_DATAGRAM or self._refusing.get(flow.remote, 0.0) > self._clock():
            return None
        stream = self._stream_to(flow.remote)
        if stream is None:
            return None
        self._remember(branch[1], _Diverted(Send(data, flow), stream, self._clock() + _REMEMBERED_FOR))
        return Send(_rewritten(data, via, stream), stream)

    def give_back(self, stream: Flow) -> list[Send]:
        """The connection could not be opened: the datagrams that must go out after all."""
        if len(self._refusing) >= _MOST:
            self._refusing.clear()
        self._refusing[stream.remote] = self._clock() + _REFUSED_FOR
        back = []
        for diverted in self._by_branch.values():
            if diverted.is_on_stream and diverted.stream == stream:
                diverted.is_on_stream = False
                back.append(diverted.original)
        return back

    def _remember(self, branch: bytes, diverted: _Diverted) -> None:
        now = self._clock()
        while self._by_branch:
            oldest = next(iter(self._by_branch))
            if len(self._by_branch) < _MOST and self._by_branch[oldest].expires_at > now:
                break
            del self._by_branch[oldest]
        self._by_branch[branch] = diverted


def _rewritten(data: bytes, via: re.Match[bytes], stream: Flow) -> bytes:
    """The same request with the Via of the stream: transport, and the port where we listen (18.1.1)."""
    head = f"{stream.transport.value} {stream.local}".encode()
    return b"".join((data[: via.start()], via[1], head, via[2], data[via.end() :]))

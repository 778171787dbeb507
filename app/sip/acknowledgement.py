"""The ACK to a 2xx: sent by the caller itself, again for each repetition of the 2xx (RFC 3261 13.2.2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.sip.draft import via_start
from app.sip.flow import Flow
from app.sip.tokens import new_branch

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.dialog import Dialog


class Acknowledgement:
    """One ACK. It needs no transaction, only the way to the peer."""

    __slots__ = ("core", "cseq", "data", "draft", "flow")

    def __init__(self, core: Core, dialog: Dialog, cseq: int, authorization: str, sdp: bytes | None) -> None:
        self.core = core
        self.cseq = cseq
        self.data = b""
        self.flow: Flow | None = None
        self.draft = dialog.draft(
            core,
            "ACK",
            cseq=cseq,
            lines=authorization,  # RFC 3261 22.1: as in the INVITE
            body=sdp or b"",
            content_type="application/sdp",
        )

    def send(self, dialog: Dialog, now: float) -> None:
        """Send it, or ask for the way first."""
        flows = dialog.flows()
        if flows:
            self.on_resolved(flows, now)
            return
        hop = dialog.next_hop()
        if hop is None:
            self.on_resolved(
                (dialog.flow,), now
            )  # a target we cannot use: the way the 2xx came is the best we have
        else:
            self.core.find(hop, self, self.draft.outlet)

    def on_resolved(self, flows: Sequence[Flow], now: float) -> None:
        """The way is known."""
        if flows:
            self.flow = flows[0]
            self.data = self.draft.encode(via_start(flows[0]) + new_branch(), flows[0])
            self.core.layer.send(self.data, flows[0])

    def repeat(self) -> None:
        """The 2xx came again."""
        if self.flow is not None:
            self.core.layer.counters.retransmissions_out += 1
            self.core.layer.send(self.data, self.flow)

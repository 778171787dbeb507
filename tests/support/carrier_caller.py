"""A call that comes to the PBX out of the simulated carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sip.flow import Address
from app.sip.message import Response
from tests.support.carrier_call import CarrierCall, Headers
from tests.support.carrier_doors import Door
from tests.support.carrier_messages import new_word, raw
from tests.support.carrier_quirks import Prack

if TYPE_CHECKING:
    from tests.support.carrier import Carrier


class CallingCall(CarrierCall):
    """Made by `Carrier.call`; `progress` are the provisional statuses that came."""

    def __init__(
        self, carrier: Carrier, door: Door, remote: Address, *, uri: str, from_: str, to: str
    ) -> None:
        super().__init__(carrier, door, remote)
        self.target = uri
        self.uri = uri
        self.call_id = new_word()
        self.local = f"{from_};tag={new_word()}"
        self.peer = to
        self.number = uri
        self.progress: list[int] = []
        self.final: Response | None = None
        self._branch = ""
        self._invite_cseq = self._cseq
        self._wants_cancel = False
        self._offers = True
        self._pracked: set[int] = set()

    def start(self, *, offer: bool, headers: Headers) -> None:
        """Send the INVITE."""
        quirks = self.carrier.quirks
        self._offers = offer
        more = [*self.carrier.routed(self.door), *headers]
        more.append(("Allow", "INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, OPTIONS"))
        if quirks.prack is Prack.REQUIRED:
            more.append(("Require", "100rel"))
        elif quirks.prack is Prack.ANSWERED_405:
            more.append(("Supported", "100rel"))
        if quirks.session_expires:
            more.append(("Supported", "timer"))
            more.append(("Session-Expires", f"{quirks.session_expires};refresher=uas"))
        self._branch = self.carrier.ask(
            "INVITE",
            self.uri,
            door=self.door,
            remote=self.remote,
            from_=self.local,
            to=self.peer,
            call_id=self.call_id,
            cseq=self._invite_cseq,
            headers=more,
            body=self.offer_text() if offer else "",
            took=self._took,
            silent=lambda: self.over("silence"),
        )

    def _took(self, response: Response) -> None:
        self.heard.append(response)
        if response.status < 200:
            if self.final is None:  # else it was overtaken on the way
                self._provisional(response)
        elif response.status < 300:
            self._accepted(response)
        else:
            self.final = response
            self.status = response.status
            self.acknowledge(response)
            self.over("cancelled" if self._wants_cancel else "refused")
        self.news()

    def _provisional(self, response: Response) -> None:
        self.progress.append(response.status)
        self.status = response.status
        if self._wants_cancel:
            self._cancel()
        if response.status == 100:
            return
        self.peer = raw(response, "to")[0]
        self.learn_target(response)
        self.hear_sdp(response)
        if response.rseq is not None and "100rel" in response.require:
            if response.rseq not in self._pracked:
                self._pracked.add(response.rseq)
                self.request("PRACK", headers=(("RAck", f"{response.rseq} {self._invite_cseq} INVITE"),))
        elif self.carrier.quirks.prack is Prack.REQUIRED and self.carrier.quirks.ends_on_prack_failure:
            self.hang_up()

    def _accepted(self, response: Response) -> None:
        self.final = response
        self.peer = raw(response, "to")[0]
        self.learn_target(response)
        if not self.is_answered:
            self.is_answered = True
            self.status = response.status
            self.hear_sdp(response)
            self.arm_session_timer()
        if self.carrier.quirks.sends_no_acks:
            return
        self.is_acknowledged = True
        self.acknowledge(response, "" if self._offers else self._last_sdp or self.answer_text())
        if self._wants_cancel and not self.ended:
            super().hang_up()

    def hang_up(self, how: str = "hung up", headers: Headers = ()) -> None:
        """Send BYE, or CANCEL while it rings."""
        if self.is_answered:
            super().hang_up(how, headers)
            return
        self._wants_cancel = True
        if self.progress:
            self._cancel()

    def _cancel(self) -> None:
        self.carrier.ask(
            "CANCEL",
            self.uri,
            door=self.door,
            remote=self.remote,
            branch=self._branch,
            from_=self.local,
            to=raw_to(self.peer),
            call_id=self.call_id,
            cseq=self._invite_cseq,
            took=lambda response: None,
        )
        self._wants_cancel = True

    async def until_ringing(self) -> None:
        """Wait for 180 or 183."""
        await self.until(lambda: {180, 183}.intersection(self.progress) or self.ended, "ringing")
        assert not self.ended, f"{self} ended: {self.ended} ({self.status})"


def raw_to(value: str) -> str:
    """A To without its tag, as the CANCEL of an INVITE has it."""
    return value.partition(";tag=")[0]

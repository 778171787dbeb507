"""A call that the PBX makes through the simulated carrier."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.support.carrier_accounts import Account
from tests.support.carrier_call import CarrierCall, Headers
from tests.support.carrier_messages import new_word, raw
from tests.support.carrier_policy import called_number, shown_numbers
from tests.support.carrier_quirks import Prack
from tests.support.carrier_registrar import Heard
from tests.support.carrier_repeats import Repeater

if TYPE_CHECKING:
    from tests.support.carrier import Carrier


class CalledCall(CarrierCall):
    """The far end answers as the test says: `ring`, `answer`, `reject`, `hang_up`."""

    def __init__(self, carrier: Carrier, heard: Heard, account: Account | None) -> None:
        super().__init__(carrier, heard.door, heard.remote)
        self.account = account
        self.invite = heard.request
        self.tag = new_word()
        self.number = called_number(self.invite)
        self.caller = shown_numbers(self.invite, "from")[0]
        self.call_id = self.invite.call_id
        self.peer = raw(self.invite, "from")[0]
        self.local = f"{raw(self.invite, 'to')[0]};tag={self.tag}"
        self.began_at = asyncio.get_running_loop().time()
        self.pracks: list[int] = []  # the statuses they got
        self._heard_invite = heard
        self._rseq = 0
        self._reliable: Repeater | None = None
        self._waits_for_prack = False
        self.learn_target(self.invite)
        self.hear_sdp(self.invite)

    def ring(
        self, status: int = 180, *, early: bool | None = None, headers: Headers = (), tag: str = ""
    ) -> None:
        """Say that it rings; with sound if `early`, as the quirks have it by default.

        With a `tag` of its own it is another branch of a fork that rings.
        """
        if early is None:
            early = self.carrier.quirks.early_media
        body = self.answer_text() if early and self.remote_sdp else ""
        more = [*self.carrier.routed(self.door), *headers]
        tag = tag or self.tag
        can = "100rel" in (*self.invite.supported, *self.invite.require)
        if self.carrier.quirks.prack is Prack.NONE or not can:
            self.carrier.reply(self._heard_invite, status, tag=tag, headers=more, body=body)
            return
        self._rseq += 1
        more += [("Require", "100rel"), ("RSeq", str(self._rseq))]
        self._reliable = Repeater(
            lambda: self.carrier.reply(self._heard_invite, status, tag=tag, headers=more, body=body),
            lambda: self.reject(504, how="no prack"),
            longest=float("inf"),
        )

    def answer(self) -> None:
        """Take the call; after the PRACK that is due."""
        if self._reliable is not None and self._reliable.is_running:
            self._waits_for_prack = True
            return
        body = self._last_sdp or self.answer_text()
        quirks = self.carrier.quirks
        headers = [
            *self.carrier.routed(self.door),
            ("Allow", "INVITE, ACK, CANCEL, BYE, UPDATE"),
        ]
        if quirks.session_expires:
            headers += [
                ("Require", "timer"),
                ("Session-Expires", f"{quirks.session_expires};refresher=uac"),
            ]
        self.is_answered = True
        self.status = 200
        self.arm_session_timer()
        self.carrier.final(
            self._heard_invite,
            200,
            tag=self.tag,
            headers=headers,
            body=body,
            acknowledged=self._acknowledged,
            gave_up=lambda: self.hang_up("no ack"),
        )
        self.news()

    def _acknowledged(self, ack: Heard) -> None:
        self.is_acknowledged = True
        self.hear_sdp(ack.request)
        self.news()

    def reject(
        self, status: int = 486, *, reason: str = "", headers: Headers = (), how: str = "refused"
    ) -> None:
        """Refuse the call."""
        if self.ended:
            return
        self._stop_reliable()
        self.status = status
        self.carrier.final(self._heard_invite, status, tag=self.tag, reason=reason, headers=headers)
        self.over(how)

    def cancelled(self) -> None:
        """CANCEL came."""
        if not self.is_answered:
            self.reject(487, how="cancelled")

    def take_other(self, heard: Heard) -> None:
        if heard.request.method != "PRACK":
            super().take_other(heard)
            return
        status = 405 if self.carrier.quirks.prack is Prack.ANSWERED_405 else 200
        rack = heard.request.rack
        if rack is None or rack.rseq != self._rseq or self._reliable is None:
            status = 481 if status == 200 else status
        self.pracks.append(status)
        self.carrier.reply(heard, status)
        self._stop_reliable()
        if self._waits_for_prack:
            self._waits_for_prack = False
            self.answer()

    def _stop_reliable(self) -> None:
        if self._reliable is not None:
            self._reliable.stop()

    def over(self, how: str) -> None:
        self._stop_reliable()
        super().over(how)


def answering(call: CalledCall) -> None:
    """A behavior: ring, then answer."""
    call.ring()
    call.answer()


def ringing(call: CalledCall) -> None:
    """A behavior: ring, and let it."""
    call.ring()


def refusing(status: int, *headers: tuple[str, str]) -> Callable[[CalledCall], None]:
    """A behavior: refuse."""
    return lambda call: call.reject(status, headers=headers)

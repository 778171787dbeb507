"""One call at the simulated carrier: its dialog, its sound, and the requests inside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from app.net.addresses import is_numeric
from app.sip.flow import Address, Transport
from app.sip.message import Message, Request, Response
from app.sip.uri import SipUri, parse_uri
from tests.support.carrier_doors import Door
from tests.support.carrier_messages import MediaLines, raw, write_answer, write_fax_offer, write_offer
from tests.support.carrier_registrar import Heard
from tests.support.rtp_ear import RtpEar

if TYPE_CHECKING:
    from tests.support.carrier import Carrier

Headers = Iterable[tuple[str, str]]


class CarrierCall:
    """What both directions share. `ended` says how it ended, "" while it lives.

    Words of `ended`: bye (the PBX hung up), cancelled (the PBX gave up), hung up (we did), refused,
    silence (no answer at all), no ack, no prack, timer (no session refresh).
    """

    def __init__(self, carrier: Carrier, door: Door, remote: Address) -> None:
        self.carrier = carrier
        self.door = door
        self.remote = remote
        self.call_id = ""
        self.local = ""  # our From or To, with tag
        self.peer = ""  # theirs
        self.target = ""  # the PBX's Contact
        self.number = ""
        self.status = 0
        self.is_answered = False
        self.is_acknowledged = False
        self.ended = ""
        self.ended_at = 0.0
        self.remote_sdp = ""
        self.heard: list[Message] = []
        self.refreshes = 0
        self.refuse_offers = 0
        self.ear = RtpEar(carrier.hertz, carrier.host) if carrier.hertz else None
        self._cseq = 100
        self._version = 0
        self._last_sdp = ""
        self._news = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    # Sound

    @property
    def media_address(self) -> Address:
        """Where our description says that we listen."""
        host = self.carrier.quirks.media_host or self.carrier.host
        return Address(host, self.ear.port if self.ear is not None else 41000 + self.door.address.port % 1000)

    def offer_text(self, way: str = "sendrecv") -> str:
        """The next offer of ours."""
        self._version += 1
        host, port = self.media_address
        self._last_sdp = write_offer(host, port, self.carrier.quirks.codecs, version=self._version, way=way)
        return self._last_sdp

    def answer_text(self) -> str:
        """Our answer to the offer heard last; an offer where there was none."""
        if not self.remote_sdp:
            return self.offer_text()
        self._version += 1
        host, port = self.media_address
        codecs = self.carrier.quirks.codecs
        self._last_sdp = write_answer(self.remote_sdp, host, port, codecs, version=self._version)
        return self._last_sdp

    def hear_sdp(self, message: Message) -> None:
        """Send the sound to where the PBX says."""
        if not message.body or not message.content_type.lower().startswith("application/sdp"):
            return
        self.remote_sdp = message.body.decode("utf-8", "replace")
        lines = MediaLines(self.remote_sdp)
        if self.ear is not None and lines.port("audio") and lines.direction() in ("sendrecv", "recvonly"):
            self.ear.target = (lines.host(), lines.port("audio"))

    @property
    def remote_media(self) -> MediaLines:
        """The media lines of the PBX's description."""
        assert self.remote_sdp, f"{self}: the PBX described nothing"
        return MediaLines(self.remote_sdp)

    # Waiting

    def news(self) -> None:
        """Something happened: whoever waits looks again."""
        self._news.set()

    async def until(self, question: Callable[[], object], what: str) -> None:
        """Wait until it holds."""
        try:
            async with asyncio.timeout(self.carrier.patience):
                while not question():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            log = "\n".join(self.carrier.log.first_lines())
            raise AssertionError(f"{self}: {what} did not come; the carrier's log:\n{log}") from None

    async def until_answered(self) -> None:
        """Wait for the call to be through, acknowledged."""
        await self.until(lambda: (self.is_answered and self.is_acknowledged) or self.ended, "the answer")
        assert self.is_answered, f"{self} ended: {self.ended} ({self.status})"

    async def until_ended(self) -> str:
        """Wait for the end; how it ended."""
        await self.until(lambda: self.ended, "the end")
        return self.ended

    def __str__(self) -> str:
        return f"call {self.call_id} of {self.number}"

    # The dialog

    def over(self, how: str) -> None:
        """It has ended."""
        if self.ended:
            return
        self.ended = how
        self.ended_at = asyncio.get_running_loop().time()
        if self._timer is not None:
            self._timer.cancel()
        if self.ear is not None:
            self.ear.close()
        self.carrier.call_ended(self)
        self.news()

    def request(
        self,
        method: str,
        *,
        headers: Headers = (),
        body: str = "",
        content_type: str = "application/sdp",
        took: Callable[[Response], None] | None = None,
    ) -> None:
        """Send a request inside the dialog."""
        self._cseq += 1
        self.carrier.ask(
            method,
            self.target,
            door=self.door,
            remote=self.next_hop(),
            from_=self.local,
            to=self.peer,
            call_id=self.call_id,
            cseq=self._cseq,
            headers=(("Contact", self.carrier.contact(self.door)), *headers),
            body=body,
            content_type=content_type,
            took=took or (lambda response: self._note(response)),
        )

    def _note(self, response: Response) -> None:
        self.heard.append(response)
        self.news()

    def next_hop(self) -> Address:
        """Where requests of the dialog go: the Contact's address, or back over the connection."""
        if self.door.transport is not Transport.UDP:
            return self.remote
        uri = parse_uri(self.target)
        if isinstance(uri, SipUri) and is_numeric(uri.host_address):
            return Address(uri.host_address, uri.port or 5060)
        return self.remote

    def learn_target(self, message: Message) -> None:
        """Take the peer's Contact."""
        if message.contacts:
            self.target = str(message.contacts[0].uri)

    def hang_up(self, how: str = "hung up", headers: Headers = ()) -> None:
        """Send BYE."""
        self.request("BYE", headers=headers)
        self.over(how)

    def arm_session_timer(self) -> None:
        """End the call unless the PBX refreshes it in time (RFC 4028 10)."""
        seconds = self.carrier.quirks.session_expires
        if not seconds:
            return
        if self._timer is not None:
            self._timer.cancel()
        reason = (("Reason", 'SIP;cause=408;text="Session timer expired"'),)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, lambda: self.hang_up("timer", reason))

    def take(self, heard: Heard) -> None:
        """A request of the PBX inside the dialog."""
        request = heard.request
        self.heard.append(request)
        if request.method == "BYE":
            self.carrier.reply(heard, 200)
            self.over("bye")
        elif request.method in ("INVITE", "UPDATE"):
            self._changed(heard)
        elif request.method == "ACK":
            self.hear_sdp(request)
        else:
            self.take_other(heard)
        self.news()

    def take_other(self, heard: Heard) -> None:
        """INFO, MESSAGE, OPTIONS and the like."""
        self.carrier.reply(heard, 200)

    def _changed(self, heard: Heard) -> None:
        request = heard.request
        self.learn_target(request)
        if self.refuse_offers:
            self.carrier.final(heard, self.refuse_offers)
            return
        body = ""
        if request.body:
            self.hear_sdp(request)
            body = self.answer_text()
        elif request.method == "INVITE":
            body = self.offer_text()
        self.refreshes += 1
        self.arm_session_timer()
        headers = [("Contact", self.carrier.contact(self.door))]
        if self.carrier.quirks.session_expires:
            headers += [
                ("Require", "timer"),
                ("Session-Expires", f"{self.carrier.quirks.session_expires};refresher=uac"),
            ]
        self.carrier.final(heard, 200, headers=headers, body=body)

    async def change(self, body: str) -> Response:
        """Send a re-INVITE, with an empty body one without an offer; its final response, acknowledged."""
        finals: list[Response] = []

        def took(response: Response) -> None:
            self.heard.append(response)
            if response.status >= 200:
                finals.append(response)
                if response.status < 300:
                    self.hear_sdp(response)
                # Without an offer of ours theirs stands in the 2xx, and our answer in the ACK.
                answers = response.status < 300 and not body
                self.acknowledge(response, self.answer_text() if answers else "")
            self.news()

        self.request("INVITE", body=body, took=took)
        await self.until(lambda: finals, "the answer to the re-INVITE")
        return finals[0]

    async def change_to_fax(self) -> Response:
        """Offer T.38 in place of the sound."""
        self._version += 1
        host, port = self.media_address
        return await self.change(write_fax_offer(host, port, version=self._version))

    def acknowledge(self, response: Response, body: str = "") -> None:
        """Send ACK to a final response to an INVITE of ours."""
        positive = response.status < 300
        branch = "" if positive else response.via.branch.removeprefix("z9hG4bK")
        self.carrier.say(
            "ACK",
            self.target,
            door=self.door,
            remote=self.next_hop() if positive else self.remote,
            branch=branch,
            from_=raw(response, "from")[0],
            to=raw(response, "to")[0],
            call_id=self.call_id,
            cseq=response.cseq.number,
            body=body,
        )


def offered_kinds(request: Request) -> list[str]:
    """The kinds of media that an INVITE offers."""
    return MediaLines(request.body.decode("utf-8", "replace")).kinds()

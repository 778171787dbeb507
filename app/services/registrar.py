"""The registrar: what a REGISTER does to an extension's bindings, and what it is answered (RFC 3261 10.3)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache
from typing import NamedTuple

from app.services.bindings import Binding, Bindings
from app.services.directory import DirectoryHolder, Extension
from app.sip.errors import MessageError
from app.sip.flow import Flow
from app.sip.grammar import format_params
from app.sip.message import Request
from app.sip.name_addr import Contact
from app.sip.uri import SipUri

logger = logging.getLogger(__name__)

_TOO_BRIEF_MAY_REFUSE = 3600  # RFC 3261 10.3 step 7: an hour or more is never refused as too brief


class Reply(NamedTuple):
    """What to answer; without a reason of its own, the registered phrase."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    reason: str | None = None


class _Refused(Exception):  # noqa: N818  an answer, no error
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


class Registrar:
    """Answers REGISTER requests whose sender is known to be the extension. Synchronous; all or nothing."""

    def __init__(self, holder: DirectoryHolder, bindings: Bindings, clock: Callable[[], float]) -> None:
        self._holder = holder
        self._bindings = bindings
        self._clock = clock
        self.registrations = 0  # accepted requests that bound something

    def register(self, request: Request, extension: Extension, flow: Flow) -> Reply:
        """Apply the request and say what to answer. MessageError where it is malformed."""
        try:
            if request.is_contact_star:
                self._remove_all(request, extension.number)
            elif request.contacts:
                self._apply(request, extension, flow)
        except _Refused as refused:
            return refused.reply
        return self._answer(request, extension.number)

    def _remove_all(self, request: Request, number: str) -> None:
        if request.expires != 0:
            raise MessageError("Contact: * without Expires: 0")
        cseq = request.cseq.number
        for binding in self._bindings.of(number):
            self._check_order(binding, request.call_id, cseq)
        self._bindings.replace(number, ())
        logger.info("extension %s unregistered", number)

    def _apply(self, request: Request, extension: Extension, flow: Flow) -> None:
        number = extension.number
        now = self._clock()
        call_id, cseq = request.call_id, request.cseq.number
        path = tuple(str(hop) for hop in request.paths) if request.get("path") is not None else ()
        user_agent = request.get("user-agent") or ""
        default = self._default_expires(request)
        before = self._bindings.of(number)
        kept = list(before)
        added: list[Binding] = []
        for contact in request.contacts:
            uri = contact.uri
            if not isinstance(uri, SipUri):
                raise MessageError("a Contact that is no SIP URI")
            instance = _instance(contact)
            known = next((each for each in kept if each.uri == uri), None)
            if known is not None:
                self._check_order(known, call_id, cseq)
                kept.remove(known)
            seconds = self._granted(contact.expires, default)
            if seconds == 0:
                continue
            if instance:  # the same device with another address: it restarted, or moved
                kept = [each for each in kept if each.instance != instance]
            params = {name: value for name, value in contact.params.items() if name != "expires"}
            added.append(
                Binding(
                    number=number,
                    uri=uri,
                    flow=flow,
                    expires_at=now + seconds,
                    call_id=call_id,
                    cseq=cseq,
                    params=format_params(params) if params else "",
                    q=contact.q if "q" in params else 1000,
                    path=path,
                    instance=instance,
                    user_agent=user_agent,
                )
            )
        after = self._limited(extension, kept, added)
        self._bindings.replace(number, after)
        if added:
            self.registrations += 1
        if not before and after:
            logger.info("extension %s registered from %s (%s)", number, flow.remote, flow.transport)
        elif before and not after:
            logger.info("extension %s unregistered", number)

    def _limited(self, extension: Extension, kept: list[Binding], added: list[Binding]) -> list[Binding]:
        """Apply the one-number right: without it the newest device is the only one."""
        if extension.multi_device:
            if added and len(kept) + len(added) > extension.max_devices:
                logger.info("extension %s: more than %d devices", extension.number, extension.max_devices)
                raise _Refused(Reply(403, (), f"At most {extension.max_devices} devices may register"))
            return kept + added
        if not added:
            return kept
        # One device that lists several contacts of its own: the one it likes best.
        return [max(added, key=lambda binding: binding.q)]

    def _default_expires(self, request: Request) -> int:
        settings = self._holder.current.settings
        try:
            wanted = request.expires
        except MessageError:
            wanted = None  # RFC 3261 10.3 step 7: malformed = as if absent
        return settings.register_default_expires if wanted is None else wanted

    def _granted(self, wanted: int | None, default: int) -> int:
        settings = self._holder.current.settings
        seconds = default if wanted is None else wanted
        if seconds == 0:
            return 0
        least = settings.register_min_expires
        if seconds < least and seconds < _TOO_BRIEF_MAY_REFUSE:
            raise _Refused(Reply(423, (("Min-Expires", str(least)),)))
        return min(seconds, settings.register_max_expires)

    @staticmethod
    def _check_order(binding: Binding, call_id: str, cseq: int) -> None:
        """An older request that arrives late must not undo a newer one (RFC 3261 10.3 step 7)."""
        if binding.call_id == call_id and cseq <= binding.cseq:
            raise _Refused(Reply(500, (), "Out of order"))

    def _answer(self, request: Request, number: str) -> Reply:
        now = self._clock()
        headers = [
            ("Contact", f"<{binding.uri}>;expires={max(1, round(binding.expires_at - now))}{binding.params}")
            for binding in self._bindings.of(number)
        ]
        headers += [("Path", value) for value in request.get_all("path")]
        headers.append(("Date", _date(int(now))))
        return Reply(200, tuple(headers))


@lru_cache(maxsize=1)
def _date(unix: int) -> str:
    """Phones without a clock of their own set theirs by it (RFC 3261 10.3 step 8, 20.17)."""
    return formatdate(unix, usegmt=True)


def _instance(contact: Contact) -> str:
    """The device's own name (RFC 5626 4.1) with the number of its flow, "" where it gives none."""
    name = contact.params.get("+sip.instance")
    return f"{name} {contact.params.get('reg-id') or ''}" if name else ""

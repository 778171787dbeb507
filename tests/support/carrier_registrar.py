"""The simulated carrier's registrar: bindings in memory, and the oddities that registrars have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from app.sip.flow import Address
from app.sip.message import Request
from app.sip.uri import SipUri
from tests.support.carrier_accounts import Account, Gate
from tests.support.carrier_doors import Door
from tests.support.carrier_quirks import CarrierQuirks


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A request, and where it came from."""

    request: Request
    door: Door
    remote: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where an account is reached, until when (the loop's time)."""

    account: Account
    contact: str
    expires_at: float
    door: Door
    remote: Address
    path: tuple[str, ...] = ()


class Reply(Protocol):
    """Sends a response."""

    def __call__(
        self, heard: Heard, status: int, *, reason: str = "", headers: Iterable[tuple[str, str]] = ()
    ) -> None: ...


class CarrierRegistrar:
    """Answers REGISTER (RFC 3261 10.3)."""

    def __init__(
        self, quirks: Callable[[], CarrierQuirks], gate: Gate, reply: Reply, changed: Callable[[], None]
    ) -> None:
        self._quirks = quirks
        self._gate = gate
        self._reply = reply
        self._changed = changed
        self._refused = 0
        self._challenged: set[str] = set()  # Call-IDs
        self._bindings: dict[str, Binding] = {}
        self.accepted = 0  # REGISTERs answered with 200

    def binding(self, account: Account) -> Binding | None:
        """Where an account is reached now."""
        found = self._bindings.get(account.address)
        now = asyncio.get_running_loop().time()
        return found if found is not None and found.expires_at > now else None

    def forget(self) -> None:
        """Lose everything, as a restart does."""
        self._bindings.clear()
        self._gate.nonces.clear()
        self._changed()

    def take(self, heard: Heard) -> None:
        """Answer one REGISTER."""
        quirks, request = self._quirks(), heard.request
        if quirks.refuses_register:
            self._reply(heard, quirks.refuses_register)
            return
        if self._refused < quirks.unavailable:
            self._refused += 1
            wait = (("Retry-After", str(quirks.retry_after)),) if quirks.retry_after else ()
            self._reply(heard, 503, headers=wait)
            return
        if quirks.refuses_extension and quirks.refuses_extension in (*request.supported, *request.require):
            self._reply(heard, 420, headers=(("Unsupported", quirks.refuses_extension),))
            return
        if quirks.refuses_first and not request.get_all("authorization"):
            self._reply(heard, quirks.refuses_first)
            return
        account = self._customer(heard)
        if account is not None:
            self._bind(heard, account)

    def _customer(self, heard: Heard) -> Account | None:
        """Who registers; None where it was answered already."""
        quirks, request = self._quirks(), heard.request
        if quirks.refuses_same_call_id and request.call_id in self._challenged:
            self._reply(heard, 400, headers=(("P-Registrar-Error", "Invalid CSeq number"),))
            return None
        uri, to = request.uri, request.to.uri
        known = {each.domain for each in self._gate.accounts} | {heard.door.address.host}
        if not isinstance(uri, SipUri) or uri.host not in known or uri.user:
            self._reply(heard, 404, reason="Unknown domain")
            return None
        verdict = self._gate.check(request, proxy=False)
        if verdict.account is None:
            if verdict.status == 401:
                self._challenged.add(request.call_id)
            self._reply(heard, verdict.status, headers=verdict.headers)
            return None
        account = verdict.account
        if not isinstance(to, SipUri) or to.user != account.user or to.host not in known:
            self._reply(heard, 404)
            return None
        return account

    def _bind(self, heard: Heard, account: Account) -> None:
        quirks, request = self._quirks(), heard.request
        loop = asyncio.get_running_loop()
        contact = request.contacts[0] if request.contacts else None
        asked = contact.expires if contact is not None else None
        if asked is None:
            asked = request.expires if request.expires is not None else 3600
        if 0 < asked < quirks.min_expires or (asked and quirks.min_expires_grows):
            least = asked + 60 if quirks.min_expires_grows else quirks.min_expires
            self._reply(heard, 423, headers=(("Min-Expires", str(least)),))
            return
        granted = quirks.grants if quirks.grants and asked else asked
        headers = [("Contact", f"<{uri}>;expires=1200") for uri in quirks.other_contacts]
        if contact is not None and granted:
            path = tuple(str(each) for each in request.paths)
            self._bindings[account.address] = Binding(
                account=account,
                contact=str(contact.uri),
                expires_at=loop.time() + granted,
                door=heard.door,
                remote=heard.remote,
                path=path,
            )
            shown = str(contact.uri)
            if quirks.contact_rewritten and isinstance(contact.uri, SipUri):
                shown = f"sip:{contact.uri.user}@{quirks.contact_rewritten}"
            if not quirks.omits_contact:
                headers.append(("Contact", f"<{shown}>;expires={granted}"))
        elif not granted:
            self._bindings.pop(account.address, None)
        headers += [("Service-Route", route) for route in quirks.service_route]
        headers += [("P-Associated-URI", f"<{uri}>") for uri in quirks.associated_uris]
        self.accepted += 1
        self._reply(heard, 200, headers=headers)
        self._changed()

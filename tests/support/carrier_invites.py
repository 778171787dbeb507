"""How an INVITE of the simulated carrier to the PBX looks: where caller and dialled number stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.sip.flow import Address
from tests.support.carrier_accounts import Account
from tests.support.carrier_quirks import CarrierQuirks, DidPlace

WITHHELD = '"Anonymous" <sip:anonymous@anonymous.invalid>'


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingInvite:
    """Who calls whom. `withheld`: the caller's number is not shown (RFC 3323)."""

    number: str = "87654321"
    caller: str = "13800138000"
    name: str = ""
    withheld: bool = False
    account: Account | None = None
    offer: bool = True
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The INVITE's Request-URI, From, To and what else names a number."""

    uri: str
    from_: str
    to: str
    headers: tuple[tuple[str, str], ...]


class Caller:
    """Writes the parts."""

    def __init__(self, invite: IncomingInvite, account: Account, quirks: CarrierQuirks) -> None:
        self._invite = invite
        self._account = account
        self._quirks = quirks

    def parts(self, contact: str, remote: Address) -> Parts:
        """For a registered account its Contact is called; for a trunk (`contact` empty) the number itself."""
        invite, place = self._invite, self._quirks.did_in
        uri = contact or f"sip:{invite.number}@{remote}"
        if contact and place is DidPlace.REQUEST_URI:
            uri = re.sub(r"(?i)^(sips?):([^@;]*@)?", rf"\1:{invite.number}@", contact)
        named = invite.number if place is DidPlace.TO or not contact else self._account.user
        headers = [*invite.headers]
        if place is DidPlace.CALLED_PARTY_ID:
            headers.append(("P-Called-Party-ID", f"<sip:{invite.number}@{self._account.domain}>"))
        elif place is DidPlace.PREFERRED_IDENTITY:
            headers.append(("P-Preferred-Identity", f"<sip:{invite.number}@{self._account.domain}>"))
        elif place is DidPlace.DIVERSION:
            headers.append(
                ("Diversion", f"<sip:{invite.number}@{self._account.domain}>;reason=unconditional")
            )
        return Parts(uri=uri, from_=self._from(headers), to=self._address(named), headers=tuple(headers))

    def _from(self, headers: list[tuple[str, str]]) -> str:
        invite = self._invite
        if invite.withheld:
            headers.append(("Privacy", "id"))
            return self._quirks.anonymous or WITHHELD
        name = f'"{invite.name}" ' if invite.name else ""
        return name + self._address(invite.caller)

    def _address(self, number: str) -> str:
        if self._quirks.invites_with_tel:
            return f"<tel:{number}>"
        return f"<sip:{number}@{self._account.domain}>"

"""Who may use the simulated carrier: accounts, and digest authentication computed by its own hand."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from app.sip.message import Request
from tests.support.carrier_messages import new_word, raw
from tests.support.carrier_quirks import CarrierQuirks

Headers = tuple[tuple[str, str], ...]
_PARAM = re.compile(r'(\w[\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))')
_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One customer. `auth_user` empty = the user; `domain` is a name that nobody needs to resolve."""

    user: str
    password: str
    domain: str = "carrier.example"
    auth_user: str = ""

    @property
    def address(self) -> str:
        """The address of record."""
        return f"{self.user}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The account where all is well; else what to answer."""

    account: Account | None
    status: int = 0
    headers: Headers = ()


class Gate:
    """Challenges requests and checks the answers (RFC 2617 3.2.2, RFC 7616)."""

    def __init__(self, accounts: tuple[Account, ...], quirks: CarrierQuirks) -> None:
        self.accounts = accounts
        self.quirks = quirks
        self.nonces: dict[str, int] = {}  # how often each was used
        self._last_nonce = ""
        self.digest_users: list[str] = []  # that were tried, in order

    def challenge(self, *, proxy: bool, stale: bool = False, again: bool = False) -> Headers:
        """One challenge header an algorithm; `again` = credentials were there and were not right."""
        if not (again and self.quirks.repeats_nonce and self._last_nonce):
            self._last_nonce = new_word()
            self.nonces[self._last_nonce] = 0
        realm = self.quirks.realm or self.accounts[0].domain
        name = "Proxy-Authenticate" if proxy else "WWW-Authenticate"
        end = f', qop="{self.quirks.qop}"' if self.quirks.qop else ""
        end += ', opaque="carrier"'
        end += ", stale=true" if stale else ""
        return tuple(
            (name, f'Digest realm="{realm}", nonce="{self._last_nonce}", algorithm={each}{end}')
            for each in self.quirks.algorithms
        )

    def check(self, request: Request, *, proxy: bool) -> Verdict:
        """Who sent it, by its credentials."""
        given = raw(request, "proxy-authorization" if proxy else "authorization")
        status = 407 if proxy else 401
        if not given:
            return Verdict(None, status, self.challenge(proxy=proxy))
        found = {key.lower(): quoted or plain for key, quoted, plain in _PARAM.findall(given[0])}
        user = found.get("username", "")
        self.digest_users.append(user)
        account = next((each for each in self.accounts if user in self._names(each)), None)
        if account is None and self.quirks.digest_user_with_domain:
            return Verdict(None, 403)
        if account is None or not self._is_right(request, account, found):
            if self.quirks.wrong_password == 403:
                return Verdict(None, 403)
            return Verdict(None, status, self.challenge(proxy=proxy, again=True))
        uses = self.nonces.get(found.get("nonce", ""))
        if uses is None or (self.quirks.nonce_uses and uses >= self.quirks.nonce_uses):
            return Verdict(None, status, self.challenge(proxy=proxy, stale=self.quirks.says_stale))
        self.nonces[found["nonce"]] = uses + 1
        return Verdict(account)

    def _names(self, account: Account) -> tuple[str, ...]:
        if self.quirks.digest_user_with_domain:
            return (account.address,)
        return (account.auth_user or account.user,)

    def _is_right(self, request: Request, account: Account, found: dict[str, str]) -> bool:
        algorithm = found.get("algorithm", "MD5").upper()
        if algorithm not in self.quirks.algorithms or algorithm not in _HASHES:
            return False

        def hashed(*parts: str) -> str:
            return _HASHES[algorithm](":".join(parts).encode()).hexdigest()

        realm = self.quirks.realm or self.accounts[0].domain
        if found.get("realm") != realm or found.get("uri") != request.uri_text:
            return False
        if found.get("opaque") != "carrier" or bool(self.quirks.qop) != ("qop" in found):
            return False
        ha1 = hashed(found["username"], realm, account.password)
        ha2 = hashed(request.method, found["uri"])
        if found.get("qop") == "auth-int":
            ha2 = hashed(request.method, found["uri"], _HASHES[algorithm](request.body).hexdigest())
        nonce = found.get("nonce", "")
        if "qop" in found:
            middle = (nonce, found.get("nc", ""), found.get("cnonce", ""), found["qop"])
            return found.get("response") == hashed(ha1, *middle, ha2)
        return found.get("response") == hashed(ha1, nonce, ha2)

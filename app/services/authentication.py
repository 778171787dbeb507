"""Tells who a request is from: digest credentials, or an address that may speak for an extension."""

from __future__ import annotations

import ipaddress
import logging
from dataclasses import dataclass

from app.services.defence import Defence
from app.services.directory import DirectoryHolder, Extension
from app.sip.digest import NonceSource, Verdict, make_challenges, verify
from app.sip.digest_values import Credentials
from app.sip.flow import Flow
from app.sip.message import Request

logger = logging.getLogger(__name__)

# One challenge, MD5: clients that know no other algorithm, among them widely used ones, give up at the
# sight of a second challenge they do not understand. Credentials with the stronger algorithms are accepted
# all the same.
_ALGORITHMS = ("MD5",)
# Checked in place of the hash of an extension that does not exist, so that both take the same time.
_NOBODY = "0" * 32


@dataclass(frozen=True, slots=True)
class Denied:
    """What to answer instead: a challenge, or 403."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


class Authenticator:
    """Checks requests. Unknown numbers, wrong passwords and disabled extensions look alike.

    `defence` hears of right and wrong passwords.
    """

    def __init__(
        self, holder: DirectoryHolder, nonces: NonceSource | None = None, defence: Defence | None = None
    ) -> None:
        self._holder = holder
        self._nonces = nonces or NonceSource()
        self._defence = defence
        self.refusals = 0

    def challenge(self, request: Request, flow: Flow, now: float, *, is_proxy: bool) -> Denied | None:
        """Challenge who shows no fresh credentials; None = `identify` has to look at the request.

        Needs no memory, and says the same to everybody.
        """
        directory = self._holder.current
        credentials = self._credentials(request, directory.settings.realm)
        if credentials is None:
            if self._by_address(request, flow) is not None:
                return None
        elif self._nonces.is_fresh(credentials.nonce, now, flow.remote.host):
            return None
        return self._challenge(flow, now, is_proxy=is_proxy, stale=credentials is not None)

    def identify(self, request: Request, flow: Flow, now: float, *, is_proxy: bool) -> Extension | Denied:
        """Find the extension a request is from.

        `is_proxy`: challenge with 407 rather than 401 (RFC 3261 22.3); credentials are taken from either
        header.
        """
        directory = self._holder.current
        credentials = self._credentials(request, directory.settings.realm)
        if credentials is None:
            claimed = self._by_address(request, flow)
            return claimed or self._challenge(flow, now, is_proxy=is_proxy, stale=False)
        extension = directory.extension(credentials.username)
        ha1 = extension.ha1.of(credentials.algorithm) if extension is not None else ""
        verdict = verify(
            credentials,
            request.method,
            request.body,
            ha1 or _NOBODY,
            nonces=self._nonces,
            now=now,
            peer=flow.remote.host,
        )
        if verdict is Verdict.STALE:
            return self._challenge(flow, now, is_proxy=is_proxy, stale=True)
        if extension is None or not extension.enabled or not ha1 or verdict is Verdict.WRONG:
            self.refusals += 1
            logger.info(
                "%s as %.64r from %s refused: wrong number or password",
                request.method,
                credentials.username,
                flow.remote,
            )
            if self._defence is not None:
                self._defence.failed(flow, credentials.username)
            return Denied(403)
        if verdict is not Verdict.OK:
            return self._challenge(flow, now, is_proxy=is_proxy, stale=True)
        if self._defence is not None:
            self._defence.succeeded(flow)
        return extension

    def speaks_for_any(self, host: str) -> bool:
        """Whether a peer at this address is an extension without a password."""
        extensions = self._holder.current.extensions.values()
        return any(is_authorised(extension, host) for extension in extensions)

    def _by_address(self, request: Request, flow: Flow) -> Extension | None:
        """The extension that From names, where it needs no password at this address.

        To register it always needs one: who forges the source of a datagram could have its calls sent on.
        """
        if request.method == "REGISTER":
            return None
        claimed = self._holder.current.extension(request.from_.user)
        if claimed is not None and claimed.enabled and is_authorised(claimed, flow.remote.host):
            return claimed
        return None

    def _challenge(self, flow: Flow, now: float, *, is_proxy: bool, stale: bool) -> Denied:
        headers = make_challenges(
            self._nonces,
            self._holder.current.settings.realm,
            now,
            algorithms=_ALGORITHMS,
            stale=stale,
            is_proxy=is_proxy,
            peer=flow.remote.host,
        )
        return Denied(407 if is_proxy else 401, headers)

    @staticmethod
    def _credentials(request: Request, realm: str) -> Credentials | None:
        """The credentials for our realm; those for another server are not ours (RFC 3261 22.3)."""
        return next((known for known in request.credentials if known.realm == realm), None)


def is_authorised(extension: Extension, host: str) -> bool:
    """Whether a peer at this address is the extension without a password."""
    if not extension.allowed_addresses:
        return False
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in extension.allowed_addresses)

"""Digest authentication from both ends (RFC 3261 22, RFC 2617, RFC 7616, RFC 8760)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.sip.digest_values import Challenge, Credentials
from app.sip.grammar import quote
from app.sip.nonces import NonceSource, Verdict
from app.sip.tokens import new_tag

__all__ = [
    "ALGORITHMS",
    "Challenge",
    "Credentials",
    "DigestClient",
    "NonceSource",
    "Verdict",
    "base_algorithm",
    "make_challenges",
    "make_ha1",
    "verify",
]


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha512_256(data: bytes) -> str:
    return hashlib.new("sha512_256", data).hexdigest()


_HASHES: Final[dict[str, Callable[[bytes], str]]] = {"MD5": _md5, "SHA-256": _sha256}
if "sha512_256" in hashlib.algorithms_available:  # some builds of OpenSSL leave it out
    _HASHES["SHA-512-256"] = _sha512_256
for _name in tuple(_HASHES):
    _HASHES[f"{_name}-SESS"] = _HASHES[_name]

ALGORITHMS: Final = tuple(
    name
    for name in ("SHA-512-256", "SHA-512-256-SESS", "SHA-256", "SHA-256-SESS", "MD5", "MD5-SESS")
    if name in _HASHES
)
"""What this Python can compute, the strongest first."""


def base_algorithm(algorithm: str) -> str:
    """Return the algorithm whose HA1 is needed: "SHA-256" for "sha-256-sess"."""
    return algorithm.upper().removesuffix("-SESS")


def make_ha1(user: str, realm: str, password: str, algorithm: str = "MD5") -> str:
    """Hash what is kept of a password; KeyError for an algorithm that is not in ALGORITHMS."""
    secret = f"{user}:{realm}:{password}".encode("utf-8", "surrogateescape")
    return _HASHES[base_algorithm(algorithm)](secret)


def _response(
    ha1: str,
    algorithm: str,
    nonce: str,
    cnonce: str,
    nc: str,
    qop: str,
    method: str,
    uri: str,
    body: bytes,
) -> str:
    """Compute the request-digest (RFC 2617 3.2.2.1, RFC 7616 3.4.1)."""
    digest = _HASHES[algorithm]
    if algorithm.endswith("-SESS"):
        ha1 = digest(f"{ha1}:{nonce}:{cnonce}".encode("utf-8", "surrogateescape"))
    a2 = f"{method}:{uri}:{digest(body)}" if qop == "auth-int" else f"{method}:{uri}"
    ha2 = digest(a2.encode("utf-8", "surrogateescape"))
    middle = f"{nonce}:{nc}:{cnonce}:{qop}" if qop else nonce
    return digest(f"{ha1}:{middle}:{ha2}".encode("utf-8", "surrogateescape"))


def make_challenges(
    nonces: NonceSource,
    realm: str,
    now: float,
    *,
    algorithms: Sequence[str] = ("SHA-256", "MD5"),
    qop: str = "auth",
    stale: bool = False,
    is_proxy: bool = False,
    peer: str = "",
) -> tuple[tuple[str, str], ...]:
    """Make the headers of a 401 (or 407), one for each algorithm, the preferred first (RFC 8760 2.4).

    Only the host `peer` can answer them. `qop` is "auth", "auth,auth-int" and so on; "" leaves it out, for
    clients of RFC 2069.
    """
    name = "Proxy-Authenticate" if is_proxy else "WWW-Authenticate"
    start = f'Digest realm={quote(realm)}, nonce="{nonces.issue(now, peer)}"'
    end = (", stale=true" if stale else "") + (f', qop="{qop}"' if qop else "")
    return tuple([(name, f"{start}, algorithm={algorithm}{end}") for algorithm in algorithms])


def verify(
    credentials: Credentials,
    method: str,
    body: bytes,
    ha1: str,
    *,
    nonces: NonceSource,
    now: float,
    peer: str = "",
) -> Verdict:
    """Check a client's answer against the stored HA1 of `base_algorithm(credentials.algorithm)`.

    Whether the nonce is fresh comes first: who guesses passwords with made-up nonces, or from a forged
    address, learns nothing, and a wrong answer is surely from the host it seems to come from. Counts are
    looked at last: only who knows the password adds to what is remembered. That the digest's uri equals the
    Request-URI is not demanded: phones and proxies rewrite the latter.
    """
    algorithm, qop, nc = credentials.algorithm, credentials.qop, credentials.nc
    if algorithm not in _HASHES or qop not in ("", "auth", "auth-int"):
        return Verdict.WRONG
    if qop:
        if len(nc) != 8 or not _HEX_DIGITS.issuperset(nc) or not credentials.cnonce:
            return Verdict.WRONG
    else:
        nc = ""
    if not nonces.is_fresh(credentials.nonce, now, peer):
        return Verdict.STALE
    expected = _response(
        ha1, algorithm, credentials.nonce, credentials.cnonce, nc, qop, method, credentials.uri, body
    )
    answer = credentials.response.lower()
    if not answer.isascii() or not hmac.compare_digest(expected, answer):
        return Verdict.WRONG
    return nonces.check(credentials.nonce, nc, now, peer)


_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")


class DigestClient:
    """One user's answers to challenges, with the password or with HA1 by algorithm.

    `ha1` maps "MD5", "SHA-256" and so on to the hash for the realm that will challenge. With a `realm` only
    challenges of that realm are answered. It counts the uses of each nonce. Whether a second challenge to the
    same request means a wrong password is for the caller to say: it does, unless the challenge is stale or of
    another realm.
    """

    __slots__ = ("_counts", "_ha1", "_password", "realm", "user")

    def __init__(
        self,
        user: str,
        password: str | None = None,
        *,
        ha1: Mapping[str, str] | None = None,
        realm: str = "",
    ) -> None:
        if password is None and not ha1:
            raise ValueError("a digest client needs a password or an HA1")
        self.user = user
        self.realm = realm
        self._password = password
        self._ha1 = dict(ha1 or {})
        self._counts: dict[tuple[bool, str], tuple[str, int]] = {}  # (is_proxy, realm) -> nonce, uses

    def __repr__(self) -> str:
        return f"<DigestClient {self.user}>"  # never the secret

    def choose(self, challenges: Sequence[Challenge]) -> Challenge | None:
        """Return the strongest challenge that can be answered (RFC 8760 2.4), or None."""
        best: Challenge | None = None
        best_rank = len(ALGORITHMS)
        for challenge in challenges:
            if challenge.algorithm not in _HASHES or (self.realm and challenge.realm != self.realm):
                continue
            if challenge.qop and not {"auth", "auth-int"}.intersection(challenge.qop):
                continue
            if self._password is None and base_algorithm(challenge.algorithm) not in self._ha1:
                continue
            rank = ALGORITHMS.index(challenge.algorithm)
            if rank < best_rank:
                best, best_rank = challenge, rank
        return best

    def authorize(
        self, challenges: Sequence[Challenge], method: str, uri: str, body: bytes = b""
    ) -> tuple[str, str] | None:
        """Answer the strongest challenge: (header name, value), or None where none can be answered.

        With the same challenges for the next request the nonce is used again, counted up (RFC 3261 22.2).
        """
        challenge = self.choose(challenges)
        if challenge is None:
            return None
        algorithm, nonce, realm = challenge.algorithm, challenge.nonce, challenge.realm
        qop = ""
        if challenge.qop:
            qop = "auth" if "auth" in challenge.qop else "auth-int"
        cnonce = new_tag() if qop or algorithm.endswith("-SESS") else ""
        nc = f"{self._count(challenge):08x}" if qop else ""
        base = base_algorithm(algorithm)
        ha1 = self._ha1.get(base) or make_ha1(self.user, realm, self._password or "", algorithm)
        credentials = Credentials(
            username=self.user,
            realm=realm,
            nonce=nonce,
            uri=uri,
            response=_response(ha1, algorithm, nonce, cnonce, nc, qop, method, uri, body),
            algorithm=algorithm,
            cnonce=cnonce,
            qop=qop,
            nc=nc,
            opaque=challenge.opaque,
        )
        return "Proxy-Authorization" if challenge.is_proxy else "Authorization", str(credentials)

    def _count(self, challenge: Challenge) -> int:
        key = (challenge.is_proxy, challenge.realm)
        nonce, uses = self._counts.get(key, ("", 0))
        uses = uses + 1 if nonce == challenge.nonce else 1
        self._counts[key] = (challenge.nonce, uses)
        return uses

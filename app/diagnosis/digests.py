"""Challenges and the answers to them as a trace shows them: incomplete or masked ones too."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAMETER = re.compile(r"""([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))""")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeSeen:
    """One WWW-Authenticate or Proxy-Authenticate. `algorithm` in capitals, MD5 where none is named."""

    scheme: str
    realm: str
    nonce: str
    algorithm: str
    is_stale: bool
    is_proxy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsSeen:
    """One Authorization or Proxy-Authorization."""

    username: str
    realm: str
    nonce: str
    algorithm: str
    is_proxy: bool


def _parameters(text: str) -> tuple[str, dict[str, str]]:
    scheme, _, rest = text.strip().partition(" ")
    found: dict[str, str] = {}
    for name, quoted, plain in _PARAMETER.findall(rest):
        found.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) if quoted else plain)
    return scheme.lower(), found


def read_challenge(text: str, *, is_proxy: bool) -> ChallengeSeen:
    """Read `Digest realm="…", nonce="…"`, whatever is missing."""
    scheme, fields = _parameters(text)
    return ChallengeSeen(
        scheme=scheme,
        realm=fields.get("realm", ""),
        nonce=fields.get("nonce", ""),
        algorithm=fields.get("algorithm", "MD5").upper(),
        is_stale=fields.get("stale", "").lower() == "true",
        is_proxy=is_proxy,
    )


def read_credentials(text: str, *, is_proxy: bool) -> CredentialsSeen:
    """Read `Digest username="…", …`, whatever is missing."""
    _, fields = _parameters(text)
    return CredentialsSeen(
        username=fields.get("username", ""),
        realm=fields.get("realm", ""),
        nonce=fields.get("nonce", ""),
        algorithm=fields.get("algorithm", "MD5").upper(),
        is_proxy=is_proxy,
    )

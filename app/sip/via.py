"""The Via header value: the way a response takes back (RFC 3261 20.42, RFC 3581)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Self

from app.sip.errors import MessageError
from app.sip.grammar import WHITESPACE, Params, format_params, is_token, number, parse_params
from app.sip.tokens import MAGIC_COOKIE
from app.sip.uri import parse_host_port

_USUAL: Final = {f"SIP/2.0/{transport}": transport for transport in ("UDP", "TCP", "TLS", "WS", "WSS")}


@dataclass(frozen=True, slots=True)
class Via:
    """One Via value: `transport` in capitals, `host` as received (IPv6 in brackets)."""

    transport: str
    host: str
    port: int | None = None
    params: Params = field(default_factory=dict, hash=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one value, no list; white space is allowed wherever the grammar has LWS."""
        sent, semicolon, param_text = text.partition(";")
        protocol, _, where = sent.partition(" ")
        transport = _USUAL.get(protocol)
        if transport is None:
            transport, where = _unusual_protocol(sent)
        where = where.strip(WHITESPACE)
        if " " in where or "\t" in where:  # LWS is allowed around the colon
            host, colon, port = where.partition(":")
            where = host.rstrip(WHITESPACE) + colon + port.lstrip(WHITESPACE)
        host, port_number = parse_host_port(where)
        return cls(transport, host, port_number, parse_params(semicolon + param_text))

    @property
    def branch(self) -> str:
        """The branch, "" where a client of RFC 2543 left it out."""
        return self.params.get("branch") or ""

    @property
    def is_rfc3261(self) -> bool:
        """Whether the branch alone identifies the transaction (RFC 3261 17.2.3)."""
        branch = self.branch
        return branch[:7].lower() == _COOKIE and len(branch) > 7

    @property
    def received(self) -> str:
        """The address the request really came from, "" where absent."""
        return self.params.get("received") or ""

    @property
    def rport(self) -> int | None:
        """The port the request really came from; None where absent or still empty (RFC 3581 4)."""
        value = self.params.get("rport")
        return None if value is None else number(value, "rport", 65535)

    @property
    def wants_rport(self) -> bool:
        """Whether the client asks to be answered at the port it sent from (RFC 3581 3)."""
        return "rport" in self.params

    @property
    def maddr(self) -> str:
        """The multicast or other address to answer to (RFC 3261 18.2.2), "" where absent."""
        return self.params.get("maddr") or ""

    @property
    def ttl(self) -> int | None:
        """The time to live of a multicast answer."""
        value = self.params.get("ttl")
        return None if value is None else number(value, "ttl", 255)

    @property
    def sent_by(self) -> str:
        """Host and port as they stand, which is half of the transaction's key (RFC 3261 17.2.3)."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"SIP/2.0/{self.transport} {self.sent_by}{format_params(self.params)}"


_COOKIE: Final = MAGIC_COOKIE.lower()


def _unusual_protocol(sent: str) -> tuple[str, str]:
    """Read `SIP / 2.0 / UDP host` with white space anywhere; return transport and the rest."""
    name, slash, rest = sent.partition("/")
    version, second_slash, rest = rest.partition("/")
    transport, _, where = rest.strip(WHITESPACE).replace("\t", " ").partition(" ")
    if not slash or not second_slash or name.strip(WHITESPACE).upper() != "SIP":
        raise MessageError("malformed Via")
    if version.strip(WHITESPACE) != "2.0":
        raise MessageError("Via of another SIP version")
    if not is_token(transport):
        raise MessageError("malformed Via")
    return transport.upper(), where

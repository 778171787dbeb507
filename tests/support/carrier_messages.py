"""The simulated carrier's own hand for SIP and SDP: what it writes does not come from the code under test."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from http import HTTPStatus

from app.sip.flow import Address
from app.sip.message import Message, Request

Headers = Iterable[tuple[str, str]]
USER_AGENT = "Carrier/1.0"

_REASONS = {
    100: "Trying",
    180: "Ringing",
    181: "Call Is Being Forwarded",
    183: "Session Progress",
    407: "Proxy Authentication Required",
    415: "Unsupported Media Type",
    416: "Unsupported URI Scheme",
    420: "Bad Extension",
    421: "Extension Required",
    422: "Session Interval Too Small",
    423: "Interval Too Brief",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    484: "Address Incomplete",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    503: "Service Unavailable",
    600: "Busy Everywhere",
    603: "Decline",
    604: "Does Not Exist Anywhere",
}


def reason_of(status: int) -> str:
    """The phrase of a status."""
    if status in _REASONS:
        return _REASONS[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def new_word() -> str:
    """A tag, a branch's end, a nonce."""
    return secrets.token_hex(8)


def raw(message: Message, key: str) -> list[str]:
    """A header's values as they stand, one a line."""
    return [value for known, _, value in message.headers if known == key]


def write_reply(
    request: Request,
    status: int,
    source: Address,
    *,
    tag: str = "",
    reason: str = "",
    headers: Headers = (),
    body: str = "",
) -> bytes:
    """A response (RFC 3261 8.2.6), with the request's source in its top Via (RFC 3581 4)."""
    lines = [f"SIP/2.0 {status} {reason or reason_of(status)}"]
    vias = raw(request, "via")
    lines.append(f"Via: {_with_source(vias[0], source)}")
    lines += [f"Via: {value}" for value in vias[1:]]
    if 100 < status < 300:
        lines += [f"Record-Route: {value}" for value in raw(request, "record-route")]
    to = raw(request, "to")[0]
    if tag and status != 100 and not re.search(r"(?i);\s*tag=", to):
        to = f"{to};tag={tag}"
    lines.append(f"From: {raw(request, 'from')[0]}")
    lines.append(f"To: {to}")
    lines.append(f"Call-ID: {raw(request, 'call-id')[0]}")
    lines.append(f"CSeq: {raw(request, 'cseq')[0]}")
    return _finish(lines, (("Server", USER_AGENT), *headers), body)


def _with_source(via: str, source: Address) -> str:
    first, comma, rest = via.partition(",")
    if re.search(r"(?i);\s*rport(?![\w=])", first):
        first = re.sub(r"(?i);\s*rport(?![\w=])", f";rport={source.port}", first)
    return f"{first};received={source.host}{comma}{rest}"


def write_request(
    method: str,
    uri: str,
    *,
    via: str,
    from_: str,
    to: str,
    call_id: str,
    cseq: int,
    branch: str = "",
    headers: Headers = (),
    body: str = "",
    content_type: str = "application/sdp",
) -> bytes:
    """A request; `via` is the transport and sent-by: "UDP 10.0.0.2:5060"."""
    lines = [
        f"{method} {uri} SIP/2.0",
        f"Via: SIP/2.0/{via};branch=z9hG4bK{branch or new_word()};rport",
        "Max-Forwards: 69",
        f"From: {from_}",
        f"To: {to}",
        f"Call-ID: {call_id}",
        f"CSeq: {cseq} {method}",
    ]
    return _finish(lines, (("User-Agent", USER_AGENT), *headers), body, content_type)


def _finish(lines: list[str], headers: Headers, body: str, content_type: str = "application/sdp") -> bytes:
    lines += [f"{name}: {value}" for name, value in headers]
    data = body.encode()
    if data:
        lines.append(f"Content-Type: {content_type}")
    lines.append(f"Content-Length: {len(data)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


_COMPACT = {
    "via": "v",
    "from": "f",
    "to": "t",
    "call-id": "i",
    "contact": "m",
    "content-length": "l",
    "content-type": "c",
    "supported": "k",
}


def compacted(data: bytes) -> bytes:
    """The same message with short header names, spaces before colons, and a folded line (RFC 3261 7.3)."""
    head, empty, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    for number, line in enumerate(lines[1:], start=1):
        name, colon, value = line.partition(":")
        short = _COMPACT.get(name.lower())
        if short is not None:
            line = f"{short} {colon}\t{value.strip()}"
        elif name.lower() in ("server", "user-agent"):
            line = f"{name}:\r\n {value.strip()}"
        lines[number] = line
    return "\r\n".join(lines).encode() + empty + body


# SDP

_NAMES = {0: "PCMU/8000", 8: "PCMA/8000", 9: "G722/8000", 18: "G729/8000"}


def write_offer(
    host: str, port: int, codecs: Iterable[int], *, version: int = 1, way: str = "sendrecv"
) -> str:
    """A description of one audio stream with telephone-event."""
    chosen = list(codecs)
    lines = [*_session(host, version), f"m=audio {port} RTP/AVP {' '.join(map(str, chosen))} 101"]
    lines += [f"a=rtpmap:{each} {_NAMES[each]}" for each in chosen]
    lines += ["a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=ptime:20", f"a={way}"]
    return "".join(line + "\r\n" for line in lines)


def write_fax_offer(host: str, port: int, *, version: int) -> str:
    """An offer to go on with T.38 in place of sound (ITU-T T.38 D)."""
    lines = [
        *_session(host, version),
        f"m=image {port} udptl t38",
        "a=T38FaxVersion:0",
        "a=T38MaxBitRate:14400",
        "a=T38FaxRateManagement:transferredTCF",
    ]
    return "".join(line + "\r\n" for line in lines)


def _session(host: str, version: int) -> list[str]:
    kind = "IP6" if ":" in host else "IP4"
    return ["v=0", f"o=carrier 7 {version} IN {kind} {host}", "s=-", f"c=IN {kind} {host}", "t=0 0"]


class MediaLines:
    """The media lines of a description, as the carrier reads them."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.media = [line[2:].split() for line in self.lines if line.startswith("m=")]

    def kinds(self) -> list[str]:
        """The kinds of the streams that are offered (port 0 = not)."""
        return [words[0] for words in self.media if words[1] != "0"]

    def port(self, kind: str) -> int:
        """The port of the first stream of a kind, 0 where it is refused or absent."""
        return next((int(words[1]) for words in self.media if words[0] == kind), 0)

    def profile(self, kind: str) -> str:
        """RTP/AVP, RTP/SAVP and so on of the first stream of a kind."""
        return next((words[2] for words in self.media if words[0] == kind), "")

    def payload_types(self) -> list[int]:
        """The payload types of the first audio stream."""
        return next(([int(word) for word in words[3:]] for words in self.media if words[0] == "audio"), [])

    def host(self) -> str:
        """Where the audio goes: its own c= line, else the session's."""
        found = ""
        inside = ""
        for line in self.lines:
            if line.startswith("m="):
                if inside == "audio":
                    break
                inside = line[2:].split()[0]
            elif line.startswith("c=") and inside in ("", "audio"):
                found = line.split()[-1].partition("/")[0]
        return found

    def direction(self) -> str:
        """The direction of the first audio stream."""
        found, inside = "sendrecv", ""
        for line in self.lines:
            if line.startswith("m="):
                if inside == "audio":
                    break
                inside = line[2:].split()[0]
            elif line[2:] in ("sendrecv", "sendonly", "recvonly", "inactive") and inside in ("", "audio"):
                found = line[2:]
        return found


def write_answer(offer: str, host: str, port: int, codecs: Iterable[int], *, version: int = 1) -> str:
    """Answer an offer: audio with the first codec in common, every other stream refused (RFC 3264 6)."""
    theirs = MediaLines(offer)
    chosen = next((each for each in theirs.payload_types() if each in set(codecs)), None)
    event = next(
        (
            line.split(":")[1].split()[0]
            for line in theirs.lines
            if line.startswith("a=rtpmap:") and "telephone-event/8000" in line
        ),
        "",
    )
    way = {"sendonly": "recvonly", "recvonly": "sendonly"}.get(theirs.direction(), theirs.direction())
    lines = _session(host, version)
    has_audio = False
    for words in theirs.media:
        if words[0] == "audio" and words[1] != "0" and chosen is not None and not has_audio:
            has_audio = True
            lines.append(f"m=audio {port} {words[2]} {chosen} {event}".rstrip())
            lines.append(f"a=rtpmap:{chosen} {_NAMES[chosen]}")
            if event:
                lines.append(f"a=rtpmap:{event} telephone-event/8000")
            lines.append(f"a={way}")
        else:
            lines.append(f"m={words[0]} 0 {' '.join(words[2:])}")
    return "".join(line + "\r\n" for line in lines)

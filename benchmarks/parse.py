"""How long reading and writing SIP messages takes: `python -m benchmarks.parse`."""

from __future__ import annotations

import email
import email.policy
import os
import platform
import sys
import timeit
from collections.abc import Callable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parents[1]))

from app.sip.digest import DigestClient, NonceSource, Verdict, make_challenges, make_ha1, verify
from app.sip.digest_values import Challenge, Credentials
from app.sip.flow import Address
from app.sip.framing import StreamFramer
from app.sip.message import Request, Response, parse
from app.sip.validation import validate_request

SDP = (
    b"v=0\r\no=- 3724394400 3724394400 IN IP4 192.0.2.15\r\ns=-\r\nc=IN IP4 192.0.2.15\r\nt=0 0\r\n"
    b"m=audio 16384 RTP/AVP 9 8 0 101\r\na=rtpmap:9 G722/8000\r\na=rtpmap:8 PCMA/8000\r\n"
    b"a=rtpmap:0 PCMU/8000\r\n"
    b"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
)
COMMON = (
    "Via: SIP/2.0/UDP 192.0.2.15:5060;branch=z9hG4bK-524287-1---5f8a3b;rport\r\n"
    "Max-Forwards: 70\r\n"
    'From: "Front desk" <sip:101@pbx.example.com>;tag=8a2f51c3\r\n'
    "To: <sip:102@pbx.example.com>{to}\r\n"
    "Call-ID: 83712ZjI0YzYwODEwOGU1MmQ3ZDAwZWQ4NzY1\r\n"
    "CSeq: 2 {method}\r\n"
    "Contact: <sip:101@192.0.2.15:5060;transport=udp>\r\n"
)
DIGEST = (
    'Authorization: Digest username="101", realm="pbx.example.com",'
    ' nonce="00000000064a0000000001c0ffee00c0ffee00c0", uri="sip:pbx.example.com",'
    ' response="6629fae49393a05397450978507c4ef1", algorithm=MD5, cnonce="0a4f113b",'
    " qop=auth, nc=00000001\r\n"
)


def message(start: str, method: str, more: str = "", body: bytes = b"", to: str = "") -> bytes:
    """Build one of the measured messages."""
    type_line = "Content-Type: application/sdp\r\n" if body else ""
    head = f"{start}\r\n{COMMON.format(method=method, to=to)}{more}{type_line}"
    return f"{head}User-Agent: Desk phone 1.2.3\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


ALLOW = "Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE, UPDATE\r\n"
MESSAGES = {
    "INVITE with SDP": message(
        "INVITE sip:102@pbx.example.com SIP/2.0", "INVITE", ALLOW + "Supported: replaces, timer\r\n", SDP
    ),
    "REGISTER with Authorization": message(
        "REGISTER sip:pbx.example.com SIP/2.0", "REGISTER", f"{DIGEST}Expires: 300\r\n"
    ),
    "200 OK with SDP": message("SIP/2.0 200 OK", "INVITE", ALLOW, SDP, ";tag=77c0ffee"),
}


def lazy(data: bytes) -> Request | Response:
    """Read what routing needs."""
    read = parse(data)
    _ = read.via, read.from_tag, read.to_tag, read.call_id, read.cseq
    return read


def full(data: bytes) -> Request | Response:
    """Read every header there is a type for."""
    read = lazy(data)
    _ = read.vias, read.from_, read.to, read.contacts, read.max_forwards, read.expires
    _ = read.supported, read.allow, read.content_type, read.credentials, read.session_expires, read.require
    if isinstance(read, Request):
        _ = read.uri
    return read


def naive(data: bytes) -> object:
    """Read with the standard library's parser of e-mail."""
    return email.message_from_bytes(data.partition(b"\r\n")[2], policy=email.policy.compat32)


def microseconds(action: Callable[[], object], number: int = 3000) -> float:
    """The best of seven rounds: what the machine does where nothing disturbs it."""
    action()
    return min(timeit.repeat(action, number=number, repeat=7)) / number * 1e6


def digest_round() -> tuple[Callable[[], object], Callable[[], object], Callable[[], object]]:
    """Make the three things a digest costs: to challenge, to verify, and to answer."""
    nonces = NonceSource()
    offered = [Challenge.parse(value) for _, value in make_challenges(nonces, "pbx", 0.0)]
    client, ha1 = DigestClient("101", "secret"), make_ha1("101", "pbx", "secret", "SHA-256")

    def challenge() -> object:
        return make_challenges(nonces, "pbx", 0.0)

    def answer() -> object:
        return client.authorize(offered, "REGISTER", "sip:pbx")

    header = client.authorize(offered, "REGISTER", "sip:pbx")
    assert header is not None
    text = header[1]

    def check() -> object:
        return verify(Credentials.parse(text), "REGISTER", b"", ha1, nonces=nonces, now=0.0)

    assert check() is Verdict.OK
    return challenge, check, answer


def main() -> None:
    """Print the table."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{python}, {platform.machine()}, {platform.system()}, {os.cpu_count()} cores")
    print("best of 7 rounds of 3,000; one thread\n")
    columns = f"{'bytes':>7}{'lazy µs':>9}{'per s':>9}{'full µs':>9}{'email µs':>10}"
    print(f"{'':30}{columns}{'email/lazy':>12}{'encode µs':>11}")
    for name, data in MESSAGES.items():
        times = [microseconds(lambda read=read, data=data: read(data)) for read in (lazy, full, naive)]
        encode = microseconds(parse(data).encode)
        print(
            f"{name:30}{len(data):7}{times[0]:9.1f}{1e6 / times[0]:9,.0f}{times[1]:9.1f}{times[2]:10.1f}"
            f"{times[2] / times[0]:11.1f}x{encode:11.1f}"
        )
    invite = parse(MESSAGES["INVITE with SDP"])
    assert isinstance(invite, Request)
    framer, stream = StreamFramer(), MESSAGES["INVITE with SDP"]
    remote = Address("198.51.100.7", 5060)

    def validated() -> None:
        read = lazy(MESSAGES["INVITE with SDP"])
        assert isinstance(read, Request)
        assert validate_request(read) is None

    def noted() -> None:
        read = lazy(MESSAGES["INVITE with SDP"])
        assert isinstance(read, Request)
        read.note_source(remote)

    challenge, check, answer = digest_round()
    print()
    for name, action in (
        ("lazy INVITE and validate_request", validated),
        ("lazy INVITE and note_source", noted),
        ("reply 180 and encode", lambda: invite.reply(180, to_tag="1").encode()),
        ("frame an INVITE from a stream", lambda: framer.feed(stream)),
        ("digest: challenge (two algorithms)", challenge),
        ("digest: read and verify SHA-256", check),
        ("digest: answer SHA-256", answer),
    ):
        print(f"{name:40}{microseconds(action):8.1f} µs")


if __name__ == "__main__":
    main()

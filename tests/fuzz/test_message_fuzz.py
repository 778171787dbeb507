"""Whatever arrives is a message or a MessageError: hypothesis looks for a third thing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sip.body import parts, sdp_of
from app.sip.digest_values import Challenge, Credentials
from app.sip.errors import MessageError
from app.sip.flow import Address
from app.sip.message import Message, Request, Response, parse
from app.sip.refusal import refuse
from app.sip.typed_headers import TypedHeaders
from app.sip.uri import parse_uri
from app.sip.validation import refuse_unsupported, validate_request, validate_response

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "data" / "defects").glob("*.sip"))]
SEEDS.append(
    b"INVITE sip:%31@[::1]:5060;transport=tcp SIP/2.0\r\nv: SIP / 2.0 / TCP a : 1 ;branch=z9hG4bK1;rport, "
    b'SIP/2.0/UDP b\r\nf: "A \\" b" <sip:a@b>;tag=1\r\nt: tel:+1-2;tag=2\r\ni: c\r\nCSeq: 1 INVITE\r\n'
    b"m: <sip:a@b>;q=0.5;expires=60\r\nRoute: <sip:r;lr>,\r\n <sip:s;lr>\r\n"
    b"x: 90;refresher=uas\r\nMin-SE: 90\r\n"
    b"RAck: 1 2 INVITE\r\nRSeq: 1\r\no: dialog;id=1\r\nSubscription-State: active;expires=1\r\n"
    b'Retry-After: 5 (a);duration=1\r\nReason: SIP;cause=200;text="x"\r\nReplaces: a;to-tag=1;from-tag=2\r\n'
    b'Warning: 399 a "b"\r\nDate: Sat, 13 Nov 2010 23:29:00 GMT\r\nExpires: 1\r\n'
    b"Min-Expires: 1\r\nPrivacy: id\r\n"
    b"Content-Disposition: session;handling=optional\r\nAccept: */*\r\nTimestamp: 1\r\n"
    b'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth,auth-int"\r\n'
    b'Authorization: Digest username="u", realm="r", nonce="n", uri="u", response="r"\r\n'
    b"c: multipart/mixed;boundary=b\r\nl: 49\r\n\r\n"
    b"--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--   "
)
PROPERTIES = [name for name, member in vars(TypedHeaders).items() if isinstance(member, property)]
REMOTE = Address("192.0.2.1", 5060)


def allowed(action: Callable[[], object]) -> None:
    """Run an action; the one exception it may raise passes."""
    with suppress(MessageError):
        action()


def read_everything(message: Message) -> None:
    for name in PROPERTIES:
        allowed(lambda name=name: getattr(message, name))  # type: ignore[misc]
    for header in list(message.headers):
        allowed(lambda key=header[0]: message.get_all(key))  # type: ignore[misc]
    allowed(lambda: parts(message))
    allowed(lambda: sdp_of(message))
    if isinstance(message, Request):
        validate_request(message)
        allowed(lambda: message.uri)
        allowed(lambda: refuse_unsupported(message, methods=("INVITE",), extensions=(), body_types=("a/b",)))
        allowed(lambda: message.note_source(REMOTE))
        allowed(lambda: message.reply(200, to_tag="x").encode())
    else:
        assert isinstance(message, Response)
        validate_response(message)
    assert parse(message.encode()).body == message.body


def read(data: bytes) -> Request | Response | MessageError:
    try:
        return parse(data)
    except MessageError as error:
        return error


def check(data: bytes) -> None:
    found = read(data)
    if isinstance(found, MessageError):
        assert found.status is None or 400 <= found.status < 700
        refuse(data, found, REMOTE)
    else:
        read_everything(found)


PIECES = st.one_of(
    st.sampled_from(
        [
            b"\r\n",
            b"\r\n ",
            b'"',
            b"<",
            b">",
            b";",
            b",",
            b"=",
            b"%",
            b"\\",
            b"@",
            b":",
            b"[",
            b"]",
            b"\0",
            b"\xff",
            b" ",
        ]
    ),
    st.binary(max_size=5),
    st.sampled_from(SEEDS).map(lambda seed: seed[20:60]),
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A message with some of its bytes replaced, removed or repeated."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 12))
        data = data[:start] + draw(PIECES) + data[end:]
    return data


@settings(max_examples=600, deadline=None)
@given(mutations())
def test_mutated_messages(data: bytes) -> None:
    check(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_noise(data: bytes) -> None:
    check(data)
    check(b"OPTIONS sip:a SIP/2.0\r\n" + data + b"\r\n\r\n")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from('sip:tel<>@;=?%&"[]. \t1aé\\,/+\0'), max_size=40))
def test_values(text: str) -> None:
    allowed(lambda: str(parse_uri(text)))
    allowed(lambda: str(Challenge.parse(f"Digest {text}")))
    allowed(lambda: str(Credentials.parse(f'Digest realm="x",{text}')))
    for name in (
        "Via",
        "From",
        "Contact",
        "Replaces",
        "Reason",
        "Warning",
        "Retry-After",
        "Accept",
        "Date",
        "Event",
    ):
        read_everything(Request("OPTIONS", "sip:a", [(name, text)]))


NAMES = st.one_of(
    st.sampled_from(["Via", "v", "X-Odd", "sUbJect", "To"]),
    st.from_regex(r"[A-Za-z.%-]{1,12}", fullmatch=True),
)
TEXTS = st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=30).map(
    lambda text: text.strip(" \t")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, TEXTS), max_size=8), st.binary(max_size=40), TEXTS)
def test_what_is_written_is_read_again(headers: list[tuple[str, str]], body: bytes, reason: str) -> None:
    headers = [header for header in headers if header[0].lower() not in ("l", "content-length")]
    for message in (Request("OPTIONS", "sip:a@b", headers, body), Response(299, reason, headers, body)):
        again = parse(message.encode())
        assert (again.start_line, again.body) == (message.start_line, body)
        assert again.headers[:-1] == message.headers


def test_the_seeds_themselves() -> None:
    assert len(SEEDS) > 70
    assert len(PROPERTIES) > 40
    for seed in SEEDS:
        check(seed)

"""The project's own defective messages, one defect each, with what is answered to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.sip.errors import MessageError
from app.sip.message import Request, parse
from app.sip.validation import refuse_unsupported, validate_request, validate_response

FOLDER = Path(__file__).parents[2] / "data" / "defects"

DROPPED = {
    "ack-cseq-differs",
    "ack-header-without-colon",
    "binary-noise",
    "empty-lines-only",
    "response-cseq-broken",
    "response-no-status",
    "response-status-letters",
    "response-status-too-large",
    "response-version-unknown",
    "start-line-no-version",  # not SIP as far as anyone can tell
    "start-line-other-protocol",
    "start-line-folded",
}
OTHER_STATUS = {
    "version-unknown": 505,
    "uri-scheme-unknown": 416,
    "method-unknown": 501,
    "method-lower-case": 501,
    "content-type-unknown": 415,
    "content-encoded": 415,
    "accept-without-sdp": 406,
    "require-unknown": 420,
}
# Odd, and yet to be served (RFC 3261 8.2: ignore what is not needed; 18.3: discard surplus octets).
HARMLESS = {"authorization-broken", "content-length-too-small", "display-name-bytes", "max-forwards-zero"} | {
    "unknown-header-bytes"
}
NAMES = sorted(path.stem for path in FOLDER.glob("*.sip"))


def verdict_on(data: bytes) -> str | int | None:
    """Return the status of the answer, None where it is dropped, "served" where nothing is wrong."""
    try:
        message = parse(data)
    except MessageError as error:
        return error.status
    error_found = validate_request(message) if isinstance(message, Request) else validate_response(message)
    if error_found is not None:
        return error_found.status
    if isinstance(message, Request):
        refusal = refuse_unsupported(
            message, methods=("INVITE", "ACK"), extensions=("100rel",), body_types=("application/sdp",)
        )
        if refusal is not None:
            return refusal.status
    return "served"


def test_the_tables_name_messages_that_exist() -> None:
    assert (DROPPED | set(OTHER_STATUS) | HARMLESS).issubset(NAMES)
    assert len(NAMES) >= 70


@pytest.mark.parametrize("name", NAMES)
def test_verdict(name: str) -> None:
    data = (FOLDER / f"{name}.sip").read_bytes()
    if name in DROPPED:
        assert verdict_on(data) is None
    elif name in HARMLESS:
        assert verdict_on(data) == "served"
    else:
        assert verdict_on(data) == OTHER_STATUS.get(name, 400)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("unknown-header-bytes", b"\r\nX-rAw: \xff\xfe ,;;, \xe2\x82\xac\r\nx-RAW: \r\n"),
        ("display-name-bytes", b'\r\nFrom: "R\xe9ception" <sip:101@pbx.example>;tag=aa01\r\n'),
    ],
)
def test_bytes_survive(name: str, kept: bytes) -> None:
    message = parse((FOLDER / f"{name}.sip").read_bytes())
    assert kept in message.encode()


def test_a_defect_is_the_only_one() -> None:
    """The message all others are made from has none."""
    sound = (
        (FOLDER / "from-missing.sip").read_bytes().replace(b"\r\nTo:", b"\r\nFrom: <sip:101@x>;tag=1\r\nTo:")
    )
    assert verdict_on(sound) == "served"

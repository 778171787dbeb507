"""What is blanked out of a message, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.trace.masking import mask
from tests.support.traced import request


def test_the_proof_of_a_password_is_blanked_and_the_rest_kept() -> None:
    data = (
        b'REGISTER sip:a SIP/2.0\r\nAuthorization: Digest username="100", realm="r", nonce="n",\r\n'
        b' response="0123", cnonce="c", qop=auth, nc=00000001\r\n'
        b"Proxy-Authorization: Digest response=beef\r\n\r\n"
    )
    masked = mask(data)
    assert b"0123" not in masked
    assert b"beef" not in masked
    assert b'cnonce="***"' in masked
    for kept in (b'username="100"', b'nonce="n"', b"qop=auth", b"nc=00000001"):
        assert kept in masked


def test_other_headers_named_response_are_kept() -> None:
    data = b'WWW-Authenticate: Digest realm="r", nonce="n", opaque="o"\r\nX: response="1"\r\n\r\n'
    assert mask(data) == data


def test_the_name_in_credentials_is_a_number_too() -> None:
    data = b'Authorization: Digest username="+8612345678@gd.ctcims.cn", uri="sip:gd.ctcims.cn"\r\n'
    assert mask(data) == data
    assert b"12345678" not in mask(data, numbers=True)
    assert b'78@gd.ctcims.cn"' in mask(data, numbers=True)


def test_basic_and_bearer_are_blanked() -> None:
    assert mask(b"Authorization: Basic dXNlcjpwYXNz\r\n") == b"Authorization: Basic ***\r\n"
    assert mask(b"Authorization: Bearer abc.def\r\n") == b"Authorization: Bearer ***\r\n"


def test_passwords_keys_and_digits_are_blanked() -> None:
    assert mask(b"To: <sip:100:secret@x>\r\n") == b"To: <sip:100:***@x>\r\n"
    sdp = b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY==|2^20\r\na=ice-pwd:pw\r\na=ptime:20\r\n"
    masked = mask(sdp)
    assert masked == b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***\r\na=ice-pwd:***\r\na=ptime:20\r\n"
    assert mask(b"\r\nSignal= 5\r\nDuration=160\r\n") == b"\r\nSignal= *\r\nDuration=160\r\n"


def test_numbers_keep_their_last_two_digits() -> None:
    data = b'From: "0301234567" <sip:+49301234567@192.0.2.1:5060>\r\nContact: <sip:192.0.2.1>, <tel:112>\r\n'
    masked = mask(data, numbers=True)
    assert (
        masked
        == b'From: "xxxxxxxx67" <sip:+xxxxxxxxx67@192.0.2.1:5060>\r\nContact: <sip:192.0.2.1>, <tel:x12>\r\n'
    )


def test_numbers_stay_unless_asked() -> None:
    assert mask(request()) == request()
    assert b"sip:x00@" in mask(request(), numbers=True)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert mask(data, numbers=True).count(b"\n") <= data.count(b"\n")

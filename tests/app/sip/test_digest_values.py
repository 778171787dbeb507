"""Challenges and credentials on the wire."""

from __future__ import annotations

import pytest

from app.sip.digest_values import Challenge, Credentials
from app.sip.errors import MessageError


def test_a_challenge() -> None:
    challenge = Challenge.parse(
        'digest Realm="a \\"b\\", c" , nonce = "n,=1",qop="auth, auth-int",STALE=TRUE, algorithm=sha-256, '
        'opaque="", domain="sip:x", new=thing'
    )
    assert challenge == Challenge(
        realm='a "b", c',
        nonce="n,=1",
        algorithm="SHA-256",
        qop=("auth", "auth-int"),
        opaque="",
        stale=True,
        domain="sip:x",
    )
    assert Challenge.parse(str(challenge)) == challenge
    assert challenge.header_name == "WWW-Authenticate"


def test_a_bare_challenge() -> None:
    challenge = Challenge.parse('Digest realm="r", nonce="n"', is_proxy=True)
    assert (challenge.algorithm, challenge.qop, challenge.opaque, challenge.stale) == ("MD5", (), None, False)
    assert challenge.header_name == "Proxy-Authenticate"
    assert str(challenge) == 'Digest realm="r", nonce="n", algorithm=MD5'


def test_credentials() -> None:
    credentials = Credentials.parse(
        'Digest username="b\\\\ob",realm="r",nonce="n",uri="sip:pbx",response="00ff",algorithm=MD5,'
        'cnonce="c",qop=auth,nc=00000001,opaque="o"'
    )
    assert credentials == Credentials(
        username="b\\ob",
        realm="r",
        nonce="n",
        uri="sip:pbx",
        response="00ff",
        cnonce="c",
        qop="auth",
        nc="00000001",
        opaque="o",
    )
    assert Credentials.parse(str(credentials)) == credentials


def test_credentials_of_rfc_2069() -> None:
    text = 'Digest username="b", realm="r", nonce="n", uri="sip:pbx", response="00ff", algorithm=MD5'
    assert str(Credentials.parse(text)) == text
    assert Credentials.parse(text).qop == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Digest",
        "Basic abc=",
        'Digest realm="r"',
        'Digest realm="r, nonce="n"',
        'Digest realm="r" nonce="n"',
        'Digest realm="r", nonce="n", rubbish',
        'Digest realm="r", nonce="n", a b=c',
        'Digest realm="r", nonce="n", =c',
    ],
)
def test_malformed_challenges(text: str) -> None:
    with pytest.raises(MessageError):
        Challenge.parse(text)


def test_credentials_without_a_necessary_part() -> None:
    with pytest.raises(MessageError, match="response"):
        Credentials.parse('Digest username="b", realm="r", nonce="n", uri="u"')

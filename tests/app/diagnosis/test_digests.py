"""Challenges and answers as they stand in traces, masked and incomplete ones too."""

from __future__ import annotations

from app.diagnosis.digests import read_challenge, read_credentials


def test_a_challenge() -> None:
    challenge = read_challenge(
        'Digest realm="a\\"b", nonce="n", stale=TRUE, algorithm=sha-256', is_proxy=True
    )
    assert (challenge.scheme, challenge.realm, challenge.nonce) == ("digest", 'a"b', "n")
    assert (challenge.algorithm, challenge.is_stale, challenge.is_proxy) == ("SHA-256", True, True)


def test_what_is_missing_is_empty() -> None:
    challenge = read_challenge("Basic", is_proxy=False)
    assert (challenge.scheme, challenge.realm, challenge.nonce, challenge.algorithm) == (
        "basic",
        "",
        "",
        "MD5",
    )
    assert not challenge.is_stale


def test_masked_credentials_still_say_who() -> None:
    credentials = read_credentials('Digest username="a@b", response="***", nonce=n1', is_proxy=False)
    assert (credentials.username, credentials.nonce, credentials.realm) == ("a@b", "n1", "")

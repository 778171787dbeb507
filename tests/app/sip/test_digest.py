"""Digest authentication from both ends, against the RFCs' own examples and against itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.sip.digest import (
    ALGORITHMS,
    DigestClient,
    NonceSource,
    Verdict,
    base_algorithm,
    make_challenges,
    make_ha1,
    verify,
)
from app.sip.digest_values import Challenge, Credentials

METHOD, URI, BODY = "REGISTER", "sip:pbx.example", b"v=0"


def challenges_of(nonces: NonceSource, now: float = 0.0, **options: object) -> list[Challenge]:
    made = make_challenges(nonces, "pbx", now, **options)  # type: ignore[arg-type]
    return [Challenge.parse(value, is_proxy=name.startswith("Proxy")) for name, value in made]


def answer(client: DigestClient, challenges: list[Challenge], body: bytes = BODY) -> Credentials:
    header = client.authorize(challenges, METHOD, URI, body)
    assert header is not None
    assert header[0] == "Authorization"
    return Credentials.parse(header[1])


def judge(
    nonces: NonceSource,
    credentials: Credentials,
    now: float = 0.0,
    password: str = "secret",
    body: bytes = BODY,
) -> Verdict:
    algorithm = credentials.algorithm if credentials.algorithm in ALGORITHMS else "MD5"
    ha1 = make_ha1("bob", "pbx", password, algorithm)
    return verify(credentials, METHOD, body, ha1, nonces=nonces, now=now)


class AnyNonce(NonceSource):
    """Takes the nonces of the RFCs' examples for its own."""

    def is_fresh(self, nonce: str, now: float, peer: str = "") -> bool:
        return True

    def check(self, nonce: str, nc: str, now: float, peer: str = "") -> Verdict:
        return Verdict.OK


@pytest.mark.parametrize(
    ("credentials", "password"),
    [
        (  # RFC 2617 3.5
            Credentials(
                username="Mufasa",
                realm="testrealm@host.com",
                nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",
                uri="/dir/index.html",
                qop="auth",
                nc="00000001",
                cnonce="0a4f113b",
                response="6629fae49393a05397450978507c4ef1",
            ),
            "Circle Of Life",
        ),
        (  # RFC 7616 3.9.1
            Credentials(
                username="Mufasa",
                realm="http-auth@example.org",
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                uri="/dir/index.html",
                qop="auth",
                nc="00000001",
                cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                algorithm="SHA-256",
                response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            ),
            "Circle of Life",
        ),
        (
            Credentials(
                username="Mufasa",
                realm="http-auth@example.org",
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                uri="/dir/index.html",
                qop="auth",
                nc="00000001",
                cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                response="8CA523F5E9506FED4657C9700EEBDBEC",
            ),
            "Circle of Life",
        ),
    ],
)
def test_examples_of_the_rfcs(credentials: Credentials, password: str) -> None:
    def verdict(answered: Credentials) -> Verdict:
        ha1 = make_ha1(answered.username, answered.realm, password, answered.algorithm)
        return verify(answered, "GET", b"", ha1, nonces=AnyNonce(), now=0.0)

    assert verdict(credentials) is Verdict.OK
    assert verdict(replace(credentials, cnonce="x")) is Verdict.WRONG


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("qop", ["auth", "auth-int", "auth-int,auth", ""])
def test_both_ends_agree(algorithm: str, qop: str) -> None:
    ha1 = make_ha1("bob", "pbx", "secret", algorithm)
    for client in (
        DigestClient("bob", "secret"),
        DigestClient("bob", ha1={base_algorithm(algorithm): ha1}),
    ):
        nonces = NonceSource()
        credentials = answer(client, challenges_of(nonces, algorithms=(algorithm,), qop=qop))
        assert judge(nonces, credentials, password="other") is Verdict.WRONG
        assert judge(nonces, credentials) is Verdict.OK
        changed = judge(AnyNonce(), credentials, body=b"changed")
        assert changed is (Verdict.WRONG if qop == "auth-int" else Verdict.OK)


def test_every_hash_of_rfc_8760_is_there_where_openssl_has_it() -> None:
    assert {"SHA-256", "MD5"}.issubset(ALGORITHMS)
    assert len(make_ha1("a", "b", "c", "SHA-256-sess")) == 64
    assert len(make_ha1("a", "b", "c")) == 32
    with pytest.raises(KeyError):
        make_ha1("a", "b", "c", "SHA-1")


def test_counts_of_one_nonce() -> None:
    nonces, client = NonceSource(), DigestClient("bob", "secret")
    challenges = challenges_of(nonces)
    used = [answer(client, challenges) for _ in range(80)]
    assert [credentials.nc for credentials in used[:2]] == ["00000001", "00000002"]
    assert judge(nonces, used[0]) is Verdict.OK
    assert judge(nonces, used[0]) is Verdict.REPLAYED
    assert judge(nonces, used[3]) is Verdict.OK
    assert judge(nonces, used[2]) is Verdict.OK  # overtaken on the way
    assert judge(nonces, used[2]) is Verdict.REPLAYED
    assert judge(nonces, used[0]) is Verdict.REPLAYED
    assert judge(nonces, used[79]) is Verdict.OK
    assert judge(nonces, used[1]) is Verdict.REPLAYED  # too far behind to be told
    assert judge(nonces, used[3]) is Verdict.REPLAYED
    assert judge(nonces, used[50]) is Verdict.OK
    assert judge(nonces, used[50]) is Verdict.REPLAYED
    fresh = answer(client, challenges_of(nonces))
    assert fresh.nc == "00000001"
    assert judge(nonces, fresh) is Verdict.OK


def test_a_nonce_grows_old() -> None:
    nonces = NonceSource(lifetime=30)
    credentials = answer(DigestClient("bob", "secret"), challenges_of(nonces, now=100.0))
    assert judge(nonces, credentials, now=131.0) is Verdict.STALE
    assert judge(nonces, credentials, now=131.0, password="x") is Verdict.STALE  # says nothing of a guess
    assert judge(nonces, credentials, now=129.0) is Verdict.OK


def test_nonces_of_another_run_or_of_a_forger_are_stale() -> None:
    client = DigestClient("bob", "secret")
    foreign = answer(client, challenges_of(NonceSource()))
    assert judge(NonceSource(), foreign) is Verdict.STALE
    for nonce in ("", "x", "0" * 46, "é" * 46, "z" * 46):
        forged = Challenge(realm="pbx", nonce=nonce, qop=("auth",))
        assert judge(NonceSource(), answer(client, [forged])) is Verdict.STALE


def test_a_shared_key_makes_nonces_survive_a_restart() -> None:
    key = b"k" * 32
    credentials = answer(DigestClient("bob", "secret"), challenges_of(NonceSource(key=key)))
    assert judge(NonceSource(key=key), credentials) is Verdict.OK


def test_memory_is_bounded_and_what_is_forgotten_cannot_be_replayed() -> None:
    nonces = NonceSource(most_used=3)
    client = DigestClient("bob", "secret")
    used = [answer(client, challenges_of(nonces)) for _ in range(5)]
    assert [judge(nonces, credentials) for credentials in used[1:]] == [Verdict.OK] * 4
    assert judge(nonces, used[1]) is Verdict.STALE
    assert judge(nonces, used[0]) is Verdict.STALE  # never used, but older than what is remembered
    assert judge(nonces, used[4]) is Verdict.REPLAYED


@pytest.mark.parametrize(
    "change",
    [
        {"algorithm": "SHA-1"},
        {"qop": "auth-conf"},
        {"qop": ""},
        {"nc": ""},
        {"nc": "1"},
        {"nc": "0000000g"},
        {"cnonce": ""},
        {"response": "é"},
        {"response": ""},
        {"uri": "sip:other"},
        {"username": "é"},
    ],
)
def test_answers_that_do_not_fit(change: dict[str, str]) -> None:
    nonces = NonceSource()
    credentials = answer(DigestClient("bob", "secret"), challenges_of(nonces))
    expected = Verdict.OK if "username" in change else Verdict.WRONG  # the name only finds the HA1
    assert judge(nonces, replace(credentials, **change)) is expected


def test_headers_of_a_challenge() -> None:
    made = make_challenges(
        NonceSource(), 'p"bx', 1.0, algorithms=("SHA-256", "MD5"), stale=True, is_proxy=True
    )
    assert [name for name, _ in made] == ["Proxy-Authenticate"] * 2
    first, second = (Challenge.parse(value) for _, value in made)
    assert (first.realm, first.algorithm, first.stale, first.qop) == ('p"bx', "SHA-256", True, ("auth",))
    assert (second.algorithm, second.nonce) == ("MD5", first.nonce)


def test_the_strongest_known_challenge_is_answered() -> None:
    client = DigestClient("bob", "secret")
    offered = [
        Challenge(realm="r", nonce="1", algorithm="SHA-3", qop=("auth",)),
        Challenge(realm="r", nonce="2", algorithm="MD5", qop=("auth",)),
        Challenge(realm="r", nonce="3", algorithm="SHA-256", qop=("auth-conf",)),
        Challenge(realm="r", nonce="4", algorithm="SHA-256", qop=("auth-int",), opaque="o"),
    ]
    credentials = answer(client, offered)
    assert (credentials.nonce, credentials.qop, credentials.opaque) == ("4", "auth-int", "o")
    only_md5 = DigestClient("bob", ha1={"MD5": make_ha1("bob", "r", "secret")})
    assert answer(only_md5, offered).nonce == "2"
    assert client.authorize(offered[:1], METHOD, URI) is None
    assert client.authorize([], METHOD, URI) is None


def test_a_proxy_is_answered_in_its_own_header() -> None:
    client = DigestClient("bob", "secret")
    header = client.authorize([Challenge(realm="r", nonce="n", is_proxy=True)], METHOD, URI)
    assert header is not None
    assert header[0] == "Proxy-Authorization"


def test_the_secret_stays_secret() -> None:
    assert "secret" not in repr(DigestClient("bob", "secret"))
    with pytest.raises(ValueError, match="password"):
        DigestClient("bob")

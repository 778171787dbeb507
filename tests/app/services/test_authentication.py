from __future__ import annotations

from ipaddress import ip_network

import pytest

from app.services.authentication import Authenticator, Denied, is_authorised
from app.services.directory import Directory, DirectoryHolder, Extension
from app.sip.digest import DigestClient, NonceSource
from app.sip.digest_values import Challenge
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request
from tests.support.office import extension

FLOW = Flow(Transport.UDP, Address("10.0.0.1", 5060), Address("10.0.1.1", 5060))
KNOWN = (
    extension("100"),
    extension("101", enabled=False),
    Extension(number="102", allowed_addresses=(ip_network("10.0.1.0/24"),)),
    Extension(number="103", allowed_addresses=(ip_network("10.0.1.1"),), enabled=False),
)


class Door:
    """An authenticator and a phone that answers its challenges."""

    def __init__(self) -> None:
        holder = DirectoryHolder(Directory().with_extensions({each.number: each for each in KNOWN}))
        self.authenticator = Authenticator(holder, NonceSource(lifetime=60, key=b"k" * 32))
        self.now = 1000.0

    def knock(
        self, user: str, *headers: tuple[str, str], is_proxy: bool = False, method: str = "INVITE"
    ) -> Extension | Denied:
        request = Request(
            method,
            "sip:101@pbx",
            [("From", f"<sip:{user}@pbx>;tag=1"), *headers],
        )
        return self.authenticator.identify(request, FLOW, self.now, is_proxy=is_proxy)

    def challenges(self, user: str, *, is_proxy: bool = False) -> list[Challenge]:
        denied = self.knock(user, is_proxy=is_proxy)
        assert isinstance(denied, Denied)
        assert denied.status == (407 if is_proxy else 401)
        return [Challenge.parse(value, is_proxy=is_proxy) for _, value in denied.headers]


@pytest.mark.parametrize("is_proxy", [False, True])
def test_the_right_password(is_proxy: bool) -> None:
    door = Door()
    client = DigestClient("100", "secret-100")
    answer = client.authorize(door.challenges("100", is_proxy=is_proxy), "INVITE", "sip:101@pbx")
    assert answer is not None
    assert answer[0] == ("Proxy-Authorization" if is_proxy else "Authorization")
    assert door.knock("100", answer, is_proxy=is_proxy) is KNOWN[0]


@pytest.mark.parametrize(
    ("user", "password"), [("100", "wrong"), ("999", "secret-999"), ("101", "secret-101"), ("102", "")]
)
def test_wrong_unknown_and_disabled_look_alike(user: str, password: str) -> None:
    door = Door()
    client = DigestClient(user, password)
    challenges = door.challenges("999")
    answer = client.authorize(challenges, "INVITE", "sip:101@pbx")
    assert answer is not None
    assert door.knock("999", answer) == Denied(403)
    assert door.authenticator.refusals == 1


@pytest.mark.parametrize("algorithm", ["SHA-256", "SHA-512-256", "MD5-SESS"])
def test_stronger_algorithms_are_accepted(algorithm: str) -> None:
    door = Door()
    (offered,) = door.challenges("100")
    other = Challenge(realm=offered.realm, nonce=offered.nonce, algorithm=algorithm, qop=("auth",))
    answer = DigestClient("100", "secret-100").authorize([other], "INVITE", "sip:101@pbx")
    assert answer is not None
    assert door.knock("100", answer) is KNOWN[0]


def test_old_and_used_nonces_are_challenged_again() -> None:
    door = Door()
    client = DigestClient("100", "secret-100")
    challenges = door.challenges("100")
    answer = client.authorize(challenges, "INVITE", "sip:101@pbx")
    assert answer is not None
    assert door.knock("100", answer) is KNOWN[0]
    for now in (1001.0, 2000.0):
        door.now = now
        again = door.knock("100", answer)
        assert isinstance(again, Denied)
        assert again.status == 401
        assert "stale=true" in again.headers[0][1]
    assert door.authenticator.refusals == 0


def test_credentials_for_another_server_or_scheme_count_as_none() -> None:
    door = Door()
    foreign = Challenge(realm="elsewhere", nonce="n", qop=("auth",))
    answer = DigestClient("100", "secret-100").authorize([foreign], "INVITE", "sip:101@pbx")
    assert answer is not None
    for header in (answer, ("Authorization", "Basic abc"), ("Authorization", "Digest realm=")):
        denied = door.knock("100", header)
        assert isinstance(denied, Denied)
        assert denied.status == 401


def test_an_authorised_address_needs_no_password() -> None:
    door = Door()
    assert door.knock("102") is KNOWN[2]
    assert door.challenges("103")  # disabled


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("10.0.1.9", True),
        ("10.0.2.9", False),
        ("::ffff:10.0.1.9", True),
        ("fe80::1%eth0", False),
        ("x", False),
    ],
)
def test_addresses(host: str, allowed: bool) -> None:
    assert is_authorised(KNOWN[2], host) is allowed
    assert not is_authorised(KNOWN[0], host)


def test_an_authorised_address_may_not_register_without_a_password() -> None:
    door = Door()
    assert door.knock("102") is KNOWN[2]
    answer = door.knock("102", method="REGISTER")
    assert isinstance(answer, Denied)
    assert answer.status == 401
    assert door.authenticator.speaks_for_any("10.0.1.77")
    assert not door.authenticator.speaks_for_any("10.0.2.1")


def test_only_who_shows_a_fresh_nonce_is_looked_at() -> None:
    door = Door()
    (challenge,) = door.challenges("100")

    def is_stopped(*headers: tuple[str, str], user: str = "100", flow: Flow = FLOW) -> bool:
        request = Request("INVITE", "sip:101@pbx", [("From", f"<sip:{user}@pbx>;tag=1"), *headers])
        denied = door.authenticator.challenge(request, flow, door.now, is_proxy=True)
        return denied is not None and denied.status == 407

    answer = DigestClient("999", "any").authorize([challenge], "INVITE", "sip:101@pbx")
    assert answer is not None
    assert is_stopped()
    assert not is_stopped(user="102")
    assert not is_stopped(answer)
    other = Flow(Transport.UDP, FLOW.local, Address("10.0.1.2", 5060))
    assert is_stopped(answer, flow=other)
    assert is_stopped(("Authorization", "Basic abc"))
    door.now += 61
    assert is_stopped(answer)

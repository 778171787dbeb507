"""The life of a registration at a provider."""

from __future__ import annotations

import pytest

from app.sip.digest import DigestClient
from app.sip.events import Registered, RegistrationFailed, Unregistered
from app.sip.message import Request
from app.sip.registration import REGISTRATION, CallIdPolicy, RegistrationClient, RegistrationOrder, RegState
from tests.support.lone_stack import TCP, UDP, LoneStack

CHALLENGE = ("WWW-Authenticate", 'Digest realm="r", nonce="n1", qop="auth"')


def line(lone: LoneStack, **changes: object) -> RegistrationClient:
    values: dict[str, object] = {
        "registrar": "sip:example.net",
        "address": "<sip:100@example.net>",
        "contact_user": "100",
        "flows": (UDP,),
        "expires": 1000,
    }
    order = RegistrationOrder(**(values | changes))  # type: ignore[arg-type]

    def start(*, now: float) -> RegistrationClient:
        return RegistrationClient(lone.stack, order, now)

    return lone.run(start)


def ok(sent: Request, *contacts: str, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
    return sent.reply(
        200, to_tag="r", headers=[*(("Contact", contact) for contact in contacts), *headers]
    ).encode()


def test_register_refresh_and_unregister() -> None:
    lone = LoneStack()
    client = line(lone)
    first = lone.request()
    assert (first.method, first.uri_text, first.get("to")) == (
        "REGISTER",
        "sip:example.net",
        "<sip:100@example.net>",
    )
    assert first.get("contact") == "<sip:100@10.0.0.1:5060>;expires=1000"
    assert "path" in first.supported
    assert not client.is_registered
    lone.receive(ok(first, "<sip:other@192.0.2.1>;expires=5", "<sip:100@10.0.0.1:5060>;expires=600"))
    assert lone.event(Registered).expires == 600
    assert client.is_registered
    lone.until(539)
    assert lone.sent() == []
    lone.until(540)
    second = lone.request()
    assert second.call_id == first.call_id
    assert second.from_tag == first.from_tag
    assert second.cseq.number == first.cseq.number + 1
    lone.receive(ok(second))
    assert lone.event(Registered).expires == 1000
    lone.run(client.unregister)
    last = lone.request()
    assert last.expires == 0
    lone.receive(ok(last))
    assert lone.event(Unregistered).client is client
    lone.settle()
    assert lone.stack.is_idle


def test_the_challenge_is_answered_with_the_same_call_id_and_the_nonce_kept() -> None:
    lone = LoneStack()
    client = line(lone, credentials=DigestClient("100", "secret"))
    first = lone.request()
    lone.receive(first.reply(401, headers=[CHALLENGE]))
    second = lone.request()
    assert second.call_id == first.call_id
    assert second.cseq.number == 2
    assert "nc=00000001" in (second.get("authorization") or "")
    lone.receive(ok(second, "<sip:100@10.0.0.1:5060>;expires=100"))
    lone.until(90)
    third = lone.request()
    assert third.cseq.number == 3
    assert "nc=00000002" in (third.get("authorization") or "")
    lone.receive(third.reply(401, headers=[("WWW-Authenticate", 'Digest realm="r", nonce="n2", qop="auth"')]))
    fourth = lone.request()
    assert 'nonce="n2"' in (fourth.get("authorization") or "")
    lone.receive(ok(fourth))
    assert client.is_registered


def test_a_registrar_that_wants_a_new_call_id() -> None:
    lone = LoneStack()
    line(lone, credentials=DigestClient("100", "secret"), call_id_policy=CallIdPolicy.NEW)
    first = lone.request()
    lone.receive(first.reply(401, headers=[CHALLENGE]))
    second = lone.request()
    assert second.call_id != first.call_id
    lone.receive(ok(second, "<sip:100@10.0.0.1:5060>;expires=100"))
    lone.until(90)
    assert lone.request().call_id == second.call_id


def test_min_expires_is_adopted_once() -> None:
    lone = LoneStack()
    line(lone, expires=60)
    lone.receive(lone.request().reply(423, headers=[("Min-Expires", "300")]))
    again = lone.request()
    assert again.expires == 300
    lone.receive(again.reply(423, headers=[("Min-Expires", "600")]))
    assert lone.event(RegistrationFailed).status == 423


def test_what_the_provider_says_is_kept() -> None:
    lone = LoneStack()
    client = line(lone)
    headers = (
        ("Service-Route", "<sip:orig@scscf;lr>, <sip:second;lr>"),
        ("P-Associated-URI", "<sip:+441@x>, <tel:+441>"),
    )
    lone.receive(ok(lone.request(), headers=headers))
    assert client.service_route == ("<sip:orig@scscf;lr>", "<sip:second;lr>")
    assert len(client.associated_uris) >= 1
    assert client.contact == "sip:100@10.0.0.1:5060"


def test_a_registrar_that_shows_the_address_it_sees() -> None:
    lone = LoneStack()
    line(lone)
    lone.receive(ok(lone.request(), "<sip:200@192.0.2.1>;expires=7", "<sip:100@192.0.2.1:9999>;expires=77"))
    assert lone.event(Registered).expires == 77


def test_failures_are_retried_for_ever_and_ever_more_rarely() -> None:
    lone = LoneStack()
    client = line(lone)
    waits = []
    for _ in range(12):
        lone.receive(lone.request().reply(503))
        failed = lone.event(RegistrationFailed)
        waits.append(failed.retry_after)
        lone.advance(failed.retry_after)
    for number, wait in enumerate(waits):
        longest = min(30 * 2**number, 1800)
        assert longest / 2 <= wait <= longest
    lone.receive(ok(lone.request()))
    assert client.failures == 0
    assert client.is_registered


def test_silence_and_retry_after() -> None:
    lone = LoneStack()
    line(lone)
    lone.until(32)
    lone.sent()
    failed = lone.event(RegistrationFailed)
    assert failed.status == 408
    lone.advance(failed.retry_after)
    lone.receive(lone.request().reply(500, headers=[("Retry-After", "700")]))
    assert lone.event(RegistrationFailed).retry_after >= 700


def test_a_connection_that_closes_is_opened_again_soon() -> None:
    lone = LoneStack()
    line(lone, flows=(TCP,))
    lone.receive(ok(lone.request()), TCP)
    lone.events()
    lone.fail(UDP)
    lone.fail(TCP)
    lone.advance(2)
    assert lone.request().method == "REGISTER"


@pytest.mark.parametrize("outcome", [200, 403])
def test_unregister_while_a_register_is_out(outcome: int) -> None:
    lone = LoneStack()
    client = line(lone)
    first = lone.request()
    lone.run(client.unregister)
    lone.receive(first.reply(outcome))
    if outcome == 200:
        lone.receive(lone.request().reply(403))
    assert lone.event(Unregistered).client is client
    lone.settle()
    assert lone.stack.is_idle


def test_unregister_while_waiting() -> None:
    lone = LoneStack()
    client = line(lone)
    lone.receive(lone.request().reply(403))
    lone.run(client.unregister)
    assert lone.kinds() == ["RegistrationFailed", "Unregistered"]
    lone.settle()
    assert lone.sent() == []
    assert lone.stack.is_idle


def test_every_state_is_left_by_some_row() -> None:
    assert {state for state, _ in REGISTRATION} == set(RegState) - {RegState.ENDED}

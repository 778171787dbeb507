"""A registration that is hurried, moves, is turned away, or takes its own way out."""

from __future__ import annotations

import dataclasses

import pytest

from app.sip.digest import DigestClient
from app.sip.events import Registered, RegistrationFailed
from app.sip.message import Request
from app.sip.registration import RegistrationClient, RegistrationOrder, RegState
from app.sip.settings import StackSettings
from app.sip.uri import SipUri
from tests.support.lone_stack import UDP, LoneStack

CHALLENGE = ("WWW-Authenticate", 'Digest realm="r", nonce="n1", qop="auth"')
ORDER = RegistrationOrder(
    registrar="sip:example.net", address="<sip:100@example.net>", contact_user="100", expires=1000
)
OTHER = dataclasses.replace(UDP, remote=UDP.remote._replace(host="10.0.0.3"))


def start(lone: LoneStack, **changes: object) -> RegistrationClient:
    order = dataclasses.replace(ORDER, **changes)  # type: ignore[arg-type]

    def begin(*, now: float) -> RegistrationClient:
        return RegistrationClient(lone.stack, order, now)

    return lone.run(begin)


def registered(lone: LoneStack, **changes: object) -> RegistrationClient:
    client = start(lone, flows=(UDP,), **changes)
    lone.receive(accepted(lone.request()))
    lone.events()
    return client


def accepted(sent: Request, expires: int = 1000) -> bytes:
    return sent.reply(
        200, to_tag="r", headers=[("Contact", f"<sip:100@10.0.0.1:5060>;expires={expires}")]
    ).encode()


def test_the_hop_is_looked_up_by_its_outlet_and_the_domain_never() -> None:
    lone = LoneStack()
    hop = SipUri.of("", "proxy.example", 5070, transport="tcp")
    start(lone, hop=hop, outlet="card", route=("<sip:proxy.example:5070;lr>",))
    (question,) = lone.questions
    assert (question.uri, question.outlet) == (hop, "card")
    lone.resolve(UDP)
    sent = lone.request()
    assert sent.uri_text == "sip:example.net"
    assert sent.get("route") == "<sip:proxy.example:5070;lr>"


def test_the_server_that_knows_us_is_asked_first_and_another_when_it_is_silent() -> None:
    lone = LoneStack()
    start(lone)
    lone.resolve(UDP, OTHER)
    lone.receive(accepted(lone.request()))
    lone.events()
    lone.until(900)
    assert lone.request().method == "REGISTER"
    assert lone.questions == []
    lone.until(932)
    assert len(lone.questions) == 1
    lone.sent()
    lone.resolve(OTHER)
    lone.receive(accepted(lone.request()), OTHER)
    assert lone.event(Registered).client.flow == OTHER


@pytest.mark.parametrize("state", [RegState.REGISTERED, RegState.WAITING, RegState.REGISTERING])
def test_it_is_renewed_at_once_from_any_state(state: RegState) -> None:
    lone = LoneStack()
    client = start(lone, flows=(UDP,))
    first = lone.request()
    if state is RegState.REGISTERED:
        lone.receive(accepted(first))
    elif state is RegState.WAITING:
        lone.receive(first.reply(503))
    assert client.state is state
    lone.events()
    lone.run(client.renew)
    second = lone.request()
    assert second.cseq.number == first.cseq.number + 1
    lone.receive(accepted(first))  # too late: nobody asks any more
    lone.receive(accepted(second))
    assert lone.event(Registered).client is client
    lone.until(lone.now + 100)
    assert lone.sent() == []


def test_after_a_move_the_old_way_is_forgotten() -> None:
    lone = LoneStack()
    client = start(lone)
    lone.resolve(UDP)
    lone.receive(accepted(lone.request()))
    lone.run(client.renew, is_elsewhere=True)
    assert client.flow is None
    assert len(lone.questions) == 1
    moved = dataclasses.replace(UDP, local=UDP.local._replace(host="10.0.7.7"))
    lone.resolve(moved)
    assert lone.request().get("contact") == "<sip:100@10.0.7.7:5060>;expires=1000"


@pytest.mark.parametrize("status", [401, 403])
def test_who_was_refused_with_credentials_waits_long(status: int) -> None:
    lone = LoneStack(StackSettings(seed=1, register_retry_first=30, register_refused_wait=600))
    start(lone, flows=(UDP,), credentials=DigestClient("100", "wrong"))
    lone.receive(lone.request().reply(401, headers=[CHALLENGE]))
    lone.receive(lone.request().reply(status, headers=[CHALLENGE] if status == 401 else ()))
    assert 300 <= lone.event(RegistrationFailed).retry_after <= 600


def test_who_was_refused_without_any_waits_as_after_any_failure() -> None:
    lone = LoneStack()
    start(lone, flows=(UDP,))
    lone.receive(lone.request().reply(403))
    assert lone.event(RegistrationFailed).retry_after <= 30


def test_a_200_without_a_lifetime_is_no_registration() -> None:
    lone = LoneStack()
    client = start(lone, flows=(UDP,))
    lone.receive(accepted(lone.request(), expires=0))
    failed = lone.event(RegistrationFailed)
    assert failed.status == 200
    assert client.state is RegState.WAITING


def test_dropping_says_nothing_to_anybody() -> None:
    lone = LoneStack()
    client = registered(lone)
    client.drop()
    lone.settle()
    assert (lone.sent(), lone.events()) == ([], [])
    assert lone.stack.is_idle


def test_dropping_while_a_register_is_out() -> None:
    lone = LoneStack()
    client = start(lone, flows=(UDP,))
    sent = lone.request()
    client.drop()
    lone.receive(accepted(sent))
    lone.settle()
    assert lone.events() == []
    assert lone.stack.is_idle


def test_numbers_and_names_as_the_settings_want_them() -> None:
    lone = LoneStack(
        StackSettings(seed=1, first_cseq=5000, call_id_host="pbx.example", register_refresh_at=0.5)
    )
    start(lone, flows=(UDP,))
    sent = lone.request()
    assert sent.cseq.number == 5000
    assert sent.call_id.endswith("@pbx.example")
    lone.receive(accepted(sent))
    lone.until(499)
    assert lone.sent() == []
    lone.until(500)
    assert lone.request().cseq.number == 5001

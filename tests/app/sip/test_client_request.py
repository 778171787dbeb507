"""Challenges and targets; see also test_stack and test_invite_caller."""

from __future__ import annotations

from app.sip.client_request import uri_of_route
from app.sip.digest import DigestClient
from app.sip.events import ResponseReceived
from app.sip.message import Request
from app.sip.outgoing import OutgoingRequest
from tests.support.lone_stack import UDP, LoneStack

BASIC = ("WWW-Authenticate", 'Basic realm="r"')


def start(lone: LoneStack, **changes: object) -> Request:
    values: dict[str, object] = {
        "method": "OPTIONS",
        "uri": "sip:peer@x",
        "from_": "<sip:us@x>",
        "to": "<sip:peer@x>",
        "flows": (UDP,),
        "credentials": DigestClient("us", "secret"),
    }
    lone.run(lone.stack.send_request, OutgoingRequest(**(values | changes)))  # type: ignore[arg-type]
    return lone.request()


def digest(nonce: str, realm: str = "r", more: str = "", proxy: bool = False) -> tuple[str, str]:
    name = "Proxy-Authenticate" if proxy else "WWW-Authenticate"
    return name, f'Digest realm="{realm}", nonce="{nonce}"{more}'


def test_server_and_proxy_may_both_challenge() -> None:
    lone = LoneStack()
    first = start(lone)
    lone.receive(first.reply(407, headers=[digest("p", proxy=True)]))
    second = lone.request()
    lone.receive(second.reply(401, headers=[digest("s")]))
    third = lone.request()
    assert 'nonce="p"' in (third.get("proxy-authorization") or "")
    assert 'nonce="s"' in (third.get("authorization") or "")
    assert third.cseq.number == 3
    lone.receive(third.reply(200))
    assert lone.event(ResponseReceived).status == 200


def test_without_credentials_or_with_a_foreign_scheme_the_challenge_is_the_answer() -> None:
    lone = LoneStack()
    lone.receive(start(lone, credentials=None).reply(401, headers=[digest("n")]))
    assert lone.event(ResponseReceived).status == 401
    lone.receive(start(lone).reply(401, headers=[BASIC]))
    assert lone.event(ResponseReceived).status == 401
    lone.receive(start(lone).reply(401))
    assert lone.event(ResponseReceived).status == 401


def test_a_server_that_calls_each_nonce_stale_is_not_followed_for_ever() -> None:
    lone = LoneStack()
    sent = start(lone)
    tries = 1
    for number in range(20):
        lone.receive(sent.reply(401, headers=[digest(f"n{number}", more=", stale=true")]))
        out = lone.sent()
        if not out:
            break
        assert isinstance(out[0], Request)
        sent = out[0]
        tries += 1
    assert tries == 7
    assert lone.event(ResponseReceived).status == 401


def test_the_same_nonce_twice_is_a_refusal_even_when_called_stale() -> None:
    lone = LoneStack()
    sent = start(lone)
    lone.receive(sent.reply(401, headers=[digest("n")]))
    lone.receive(lone.request().reply(401, headers=[digest("n", more=", stale=true")]))
    assert lone.sent() == []
    assert lone.event(ResponseReceived).status == 401


def test_a_new_nonce_is_tried_once_though_the_old_one_was_not_called_stale() -> None:
    lone = LoneStack()
    lone.receive(start(lone).reply(401, headers=[digest("n1")]))
    lone.receive(lone.request().reply(401, headers=[digest("n2")]))
    third = lone.request()
    assert 'nonce="n2"' in (third.get("authorization") or "")
    lone.receive(third.reply(401, headers=[digest("n3")]))
    assert lone.sent() == []
    assert lone.event(ResponseReceived).status == 401


def test_the_uri_of_a_route() -> None:
    assert str(uri_of_route("<sip:proxy;lr>")) == "sip:proxy;lr"
    assert uri_of_route("<tel:+1>") is None
    assert uri_of_route("<<") is None

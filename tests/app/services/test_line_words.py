from __future__ import annotations

import dataclasses

import pytest

from app.services.line_words import unreached, why_failed
from app.services.outside import Line
from app.sip.digest import DigestClient
from app.sip.events import RegistrationFailed
from app.sip.flow import Transport
from app.sip.registration import RegistrationClient, RegistrationOrder
from tests.support.lone_stack import UDP, LoneStack

LINE = Line(name="carrier", user="100", domain="example.net", password="p")
CHALLENGE = ("WWW-Authenticate", 'Digest realm="other.net", nonce="n", qop="auth"')


def failure(*answers: tuple[int, tuple[tuple[str, str], ...]], line: Line = LINE) -> RegistrationFailed:
    """What a registration meets: one answer after the other."""
    lone = LoneStack()
    credentials = DigestClient(line.user, line.password, realm=line.realm) if line.password else None
    order = RegistrationOrder(
        registrar="sip:example.net",
        address="<sip:100@example.net>",
        contact_user="100",
        credentials=credentials,
        flows=(UDP,),
    )

    def start(*, now: float) -> RegistrationClient:
        return RegistrationClient(lone.stack, order, now)

    lone.run(start)
    for status, headers in answers:
        lone.receive(lone.request().reply(status, to_tag="r", headers=headers).encode())
    if not answers:
        lone.until(40)
    return lone.event(RegistrationFailed)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((), "192.0.2.1:5060 does not answer."),
        (((401, (CHALLENGE,)), (403, ())), "The carrier refuses the user name, the password or the account"),
        (((401, (CHALLENGE,)), (401, (CHALLENGE,))), "does not accept the user name or password (401"),
        (((403, ()),), "The carrier refuses the registration: 403 Forbidden."),
        (
            ((400, (("P-Registrar-Error", "Invalid CSeq number"),)),),
            "The carrier refuses the registration: 400 Bad Request: Invalid CSeq number.",
        ),
        (((503, (("Retry-After", "60"),)),), "out of service at the moment (503 Service Unavailable)."),
        (((200, (("Contact", "<sip:100@10.0.0.1:5060>;expires=0"),)),), "not registered (lifetime 0)"),
    ],
)
def test_why_a_registration_failed(
    answers: tuple[tuple[int, tuple[tuple[str, str], ...]], ...], said: str
) -> None:
    text = why_failed(failure(*answers), LINE)
    assert said.replace("192.0.2.1:5060", str(UDP.remote)) in text
    assert text.endswith(".")


def test_a_missing_password_and_a_foreign_realm_are_named() -> None:
    bare = Line(name="carrier", user="100", domain="example.net")
    assert "none is set" in why_failed(failure((401, (CHALLENGE,)), line=bare), bare)
    narrow = Line(name="carrier", user="100", domain="example.net", password="p", realm="mine")
    assert "it is for other.net, and the line is set to mine" in why_failed(
        failure((401, (CHALLENGE,)), line=narrow), narrow
    )


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("certificate verify failed: Hostname mismatch", "is made out to another name"),
        ("certificate verify failed: certificate has expired", "has expired or is not valid yet"),
        ("certificate verify failed: self-signed certificate", "not signed by an authority"),
        ("TLS: tlsv1 alert protocol version", "no TLS version or cipher in common"),
        ("TLS: wrong version number", "does not speak TLS at this port"),
        ("Connection refused", "cannot be reached: Connection refused."),
    ],
)
def test_why_no_tls_connection_could_be_made(trouble: str, said: str) -> None:
    flow = dataclasses.replace(UDP, transport=Transport.TLS, proof="example.net")
    lone = LoneStack()
    order = RegistrationOrder(
        registrar="sip:example.net", address="<sip:100@example.net>", contact_user="100", flows=(flow,)
    )

    def start(*, now: float) -> RegistrationClient:
        return RegistrationClient(lone.stack, order, now)

    lone.run(start)
    lone.fail(dataclasses.replace(flow, proof=""))  # of somebody who demands nothing
    assert not lone.events()
    lone.stack.flow_failed(flow, trouble, lone.now)
    event = lone.event(RegistrationFailed)
    text = why_failed(event, LINE)
    assert said in text
    assert trouble in text
    assert str(flow.remote) in text
    assert unreached(event.client.request) == text
    assert unreached(None) == ""

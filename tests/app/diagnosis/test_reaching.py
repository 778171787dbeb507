"""R01 to R06 where the cases do not reach: what a person configured, and errors of sound."""

from __future__ import annotations

import pytest

from app.diagnosis import Case, diagnose
from app.diagnosis.reaching import is_about_sound
from app.diagnosis.reading import Reading
from tests.support.cases import findings_of, made, named, register


def test_silence_is_not_blamed_on_tcp_where_tcp_is_set_already() -> None:
    assert findings_of("R04-dns-tcp-only", transport="tcp")[0].cause == "no_reply"


def test_a_trunk_that_never_answers_is_silent_too() -> None:
    content = named("I09-network")
    content["messages"] = [each for each in content["messages"] if each["text"].startswith("INVITE")]
    content["config"] = {"name": "trunk", "address": "203.0.113.10"}
    assert [each.cause for each in diagnose(Case.from_json(content))] == ["no_reply"]


def test_telekoms_trunk_takes_tcp_only() -> None:
    messages = [register() for _ in range(10)]
    case = made(*messages, domain="reg.sip-trunk.telekom.de", user="100", transport="udp")
    finding = diagnose(case)[0]
    assert (finding.cause, finding.field, finding.value) == ("udp_not_answered", "transport", "tcp")


@pytest.mark.parametrize(
    ("peer", "is_sound"),
    [
        ("203.0.113.50:20000/udp", True),
        ("203.0.113.50:20001/udp", True),
        ("203.0.113.10:5060/udp", False),
        ("192.0.2.1:4000/rtp", True),
        ("", False),
    ],
)
def test_errors_of_sound_are_not_of_signalling(peer: str, is_sound: bool) -> None:
    content = named("X23-port-closed")
    content["socket_errors"] = [{"t": 1, "peer": peer, "error": "refused"}]
    read = Reading(Case.from_json(content))
    assert is_about_sound(read, read.troubles[0]) is is_sound


def test_only_the_next_hop_matters() -> None:
    """The STUN server's name, for instance, has nothing to do with the line."""
    case = Case.from_json({"config": {"domain": "a.example"}, "dns": {"stun.example": "nxdomain"}})
    assert diagnose(case) == ()

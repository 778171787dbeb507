"""What a case is made ready for: names, addresses, the login that is meant, calls that count."""

from __future__ import annotations

import pytest

from app.diagnosis import Case
from app.diagnosis.reading import Reading
from tests.support.cases import answer, reading, register


def with_dns(dns: dict[str, object], **config: object) -> Reading:
    return Reading(Case.from_json({"dns": dns, "config": config}))


@pytest.mark.parametrize(
    ("dns", "failure"),
    [
        ({"a.example": "nxdomain"}, "nxdomain"),
        ({"A.example.": "TIMEOUT"}, "timeout"),
        ({"a.example": []}, "no addresses"),
        ({"a.example": ["192.0.2.1"]}, ""),
        ({"a.example": "ok"}, ""),
        ({"a.example": "192.0.2.1"}, ""),
        ({"b.example": "nxdomain"}, ""),
        ({"a.example": "nxdomain", "_sip._tcp.a.example": "ok"}, ""),
        ({"_sip._udp.a.example": "nxdomain"}, ""),
        ({}, ""),
    ],
)
def test_how_a_name_failed(dns: dict[str, object], failure: str) -> None:
    assert with_dns(dns).dns_failure("a.example") == failure


def test_an_address_needs_no_dns() -> None:
    assert with_dns({"192.0.2.1": "nxdomain"}).dns_failure("192.0.2.1") == ""


def test_the_login_of_the_configured_account_is_meant() -> None:
    way, text = register(call_id="other")
    other = (way, text.replace("sip:100@", "sip:200@"))
    read = reading(register(), answer("403 No"), other, answer("200 OK", call_id="other"), user="100")
    assert read.login is not None
    assert read.login.failure is not None
    unnamed = reading(register(), answer("403 No"), other).login
    assert unnamed is not None
    assert unnamed.attempts[0].request.to.user == "200"


def test_the_next_hop_without_a_configuration_is_read_from_the_trace() -> None:
    assert reading(register()).next_hop == "example.net"
    assert reading(register(), domain="carrier.example", proxy="sbc.example").next_hop == "sbc.example"
    assert reading().next_hop == ""


@pytest.mark.parametrize(
    ("domain", "is_ims"),
    [
        ("gd.ctcims.cn", True),
        ("ims.bj.chinamobile.com", True),
        ("sip.example.net", False),
        ("zj.ims.chinaunicom.cn", True),
        ("crimson.example", False),
        ("ims.mnc001.mcc460.3gppnetwork.org", True),
    ],
)
def test_an_ims_by_its_domain(domain: str, is_ims: bool) -> None:
    assert with_dns({}, domain=domain).is_ims is is_ims


def test_the_public_address_is_what_others_see() -> None:
    way, text = answer("200 OK")
    seen = (way, text.replace(";branch", ";received=203.0.113.77;rport=1;branch"))
    assert reading(register(), seen).public_host == "203.0.113.77"
    assert reading(public_address="192.0.2.9").public_host == "192.0.2.9"

"""Every template makes records that can be saved, and the special forms are right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from app.api.records import validate
from app.db.store import kind_of
from app.errors import UserError
from app.services.carrier_answers import questions
from app.services.carrier_records import apply, violations
from app.services.carrier_template import CarrierTemplate, Shape, Way
from app.services.carriers import template, templates

TODAY = date(2026, 11, 23)
EVERY_WAY = [(each, way) for each in templates() for way in each.auth]


def plausible(carrier: CarrierTemplate, way: Way) -> dict[str, str]:
    """The examples as answers."""
    answers = {
        question.key: "correct-horse-7" if question.shape is Shape.SECRET else question.example
        for question in questions(carrier, way)
        if not question.default
    }
    return answers if len(carrier.auth) == 1 else {**answers, "way": way}


def made(carrier: str, /, **answers: str) -> Mapping[str, object]:
    return apply(template(carrier), answers, today=TODAY).values


@pytest.mark.parametrize(("carrier", "way"), EVERY_WAY, ids=[f"{each.id}-{way}" for each, way in EVERY_WAY])
def test_plausible_answers_make_a_record_that_is_accepted(carrier: CarrierTemplate, way: Way) -> None:
    applied = apply(carrier, plausible(carrier, way), today=TODAY)
    assert applied.kind == ("trunk" if way is Way.IP else "line")
    key = kind_of(applied.kind).spec.key
    assert validate(applied.kind, {**applied.values, key: "new"}) == ()
    if applied.kind == "line":
        assert applied.values["template"] == carrier.id
        assert applied.values["register"] is (way is Way.REGISTRATION)
        assert applied.values["password"] in ("correct-horse-7", "")


@pytest.mark.parametrize(
    "forbidden",
    [(each.id, forbidden.field) for each in templates() for forbidden in each.forbidden],
    ids=lambda pair: "-".join(pair),
)
def test_what_is_forbidden_is_a_field(forbidden: tuple[str, str]) -> None:
    kinds = [kind for kind in ("line", "trunk") if kind_of(kind).spec.field(forbidden[1])]
    ways = template(forbidden[0]).auth
    assert ("line" in kinds and set(ways) != {Way.IP}) or ("trunk" in kinds and Way.IP in ways)


def test_sonetel_takes_the_mail_address_apart() -> None:
    values = made("sonetel", email="abc@Gmail.com", password="geheim-77")
    assert values["user"] == "abc"
    assert values["domain"] == "gmail.com"
    assert values["proxy"] == "sip.sonetel.com"
    assert values["password"] == "geheim-77"
    assert "auth_id" not in values
    assert "codecs" not in values  # known from hearsay only: nothing is shut out


def test_china_telecom_wants_the_domain_in_the_digest_user_and_a_proxy() -> None:
    answers = {"password": "x", "domain": "gd.ctcims.cn", "proxy": "10.32.8.1:5062", "dns_server": "10.1.1.1"}
    values = made("china-telecom-ims", number="+8612345678", **answers)
    assert values["user"] == "+8612345678"
    assert values["auth_user_with_domain"] is True
    assert values["proxy"] == "10.32.8.1:5062"
    assert values["domain"] == "gd.ctcims.cn"
    assert values["dns_server"] == "10.1.1.1"
    assert made("china-telecom-ims", number="021 1234 5678", **answers)["user"] == "+862112345678"
    assert not template("china-telecom-ims").facts[Way.REGISTRATION].domain_resolves
    with pytest.raises(UserError) as raised:
        made("china-telecom-ims", number="+8612345678", password="x", domain="gd.ctcims.cn")
    assert raised.value.field == "proxy"
    with pytest.raises(UserError, match="IP address belongs in the proxy") as raised:
        made("china-telecom-ims", number="+8612345678", **{**answers, "domain": "10.32.8.1"})
    assert raised.value.field == "domain"


def test_china_mobile_in_both_ways() -> None:
    line = made(
        "china-mobile-ims",
        number="+8612345678",
        password="x",
        domain="ims.bj.chinamobile.com",
        proxy="10.8.0.1",
    )
    assert (line["user_phone"], line["rel100"]) == (True, "supported")
    trunk = made("china-mobile-ims", way="ip", proxy="10.8.0.1")
    assert (trunk["address"], trunk["request_uri_params"]) == ("10.8.0.1", "user=phone")


def test_ovh_and_easybell_write_their_country_with_zeros() -> None:
    for number in ("+33912345678", "0033912345678", "09 12 34 56 78"):
        assert made("ovh", server="sip3.ovh.fr", number=number, password="x")["user"] == "0033912345678"
    assert made("easybell", number="030 12345678", password="x")["user"] == "00493012345678"


def test_twilio_has_no_registration() -> None:
    applied = apply(template("twilio"), {"name": "office"}, today=TODAY)
    assert applied.kind == "trunk"
    assert applied.values["address"] == "office.pstn.twilio.com"
    assert "168.86.128.0/18" in str(applied.values["trusted_addresses"])
    line = made("twilio", way="call", name="office", user="a", password="b")
    assert line["register"] is False


def test_telekom_s_trunk_is_reached_by_tcp_only() -> None:
    values = made("telekom-sip-trunk", user="+492281234560", password="x")
    assert values["transport"] == "tcp"
    assert "port" not in values  # by SRV
    assert made("telekom-sip-trunk", way="ip")["address"] == "stat.sip-trunk.telekom.de"
    carrier = template("telekom-sip-trunk")
    assert [error.field for error in violations(carrier, "line", {**values, "transport": "udp"})] == [
        "transport"
    ]
    assert [error.field for error in violations(carrier, "line", {**values, "proxy": "10.0.0.1:5060"})] == [
        "proxy"
    ]


def test_other_particulars() -> None:
    free = made("free-fr", number="0951234567", password="x")
    assert (free["realm"], free["domain"]) == ("freephonie.net", "freephonie.net")
    own_line = made("telekom-magentazuhause", number="0228 12345678")
    assert own_line["auth_id"] == "anonymous@t-online.de"
    assert own_line["user"] == "+4922812345678"
    local = made("localphone", sip_id="1234567", password="x")
    assert (local["domain"], local["proxy"]) == ("localphone.com", "proxy.localphone.com")
    assert made("voipfone", user="30012345", password="1")["expires"] == 60
    box = made("fritzbox", host="192.168.178.1", user="pbx", password="x")
    assert (box["domain"], box["realm"]) == ("192.168.178.1", "fritz.box")
    iliad = made("iliad-it", number="0212345678", user="a", password="x")
    assert (iliad["user"], iliad["from_user"]) == ("a", "0212345678")
    telstra = made(
        "telstra-sip-connect",
        domain="a.example.com",
        sbc="10.1.1.1:5070",
        user="03",
        auth_id="N",
        password="x",
    )
    assert (telstra["auth_id"], telstra["proxy"]) == ("N", "10.1.1.1:5070")
    assert made("swisscom-sbcon", domain="a.example.com", user="+41", password="x")["transport"] == "tls"
    assert made("teams-direct-routing", fqdn="sbc.example.com")["port"] == 5061


def test_a_password_that_the_carrier_cannot_take_is_refused_when_edited() -> None:
    (error,) = violations(template("voip-ms"), "line", {"password": "a#b"})
    assert (error.code, error.field) == ("carrier.forbidden", "password")
    assert "a#b" not in str(error)


def test_fields_not_given_count_with_their_defaults() -> None:
    fields = [error.field for error in violations(template("sonetel"), "line", {"user": "abc"})]
    assert fields == ["proxy"]  # empty by default
    assert violations(template("twilio"), "trunk", {}) == ()

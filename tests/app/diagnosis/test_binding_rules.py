"""R23 to R29: what a 200 lists, what a router shows, who calls."""

from __future__ import annotations

from app.diagnosis import Case, diagnose
from tests.support.cases import answer, findings_of, made, named, register


def causes(*contacts: str, **config: object) -> list[str]:
    lines = [f"Contact: {each}" for each in contacts]
    return [f.cause for f in diagnose(made(register(), answer("200 OK", 1, *lines), user="100", **config))]


def test_contacts_of_a_200() -> None:
    ours = "<sip:100@198.51.100.20:5060>;expires=60"
    assert causes(ours) == []
    assert causes('"Me" <sip:100@198.51.100.20>;expires=60') == []  # 5060 is understood
    assert causes("<sip:100@198.51.100.20:5060>", ours) == []
    assert causes() == ["not_bound"]
    assert causes("<sip:200@192.0.2.1>;expires=60") == ["not_bound"]
    assert causes(ours, "<sip:100@192.0.2.1:5060>;expires=60") == ["second_device"]
    assert causes("<sip:100@203.0.113.77:1024>;expires=60") == ["contact_rewritten"]
    assert causes("<sip:100@pbx.example.net>;expires=60") == []  # a name cannot be told from our address


def test_a_200_without_contact_is_believed_where_calls_come() -> None:
    content = named("H-incoming")
    content["messages"][3]["text"] = "\n".join(
        line for line in content["messages"][3]["text"].split("\n") if not line.startswith("Contact")
    )
    assert diagnose(Case.from_json(content)) == ()


def test_a_known_public_address_makes_nat_no_news() -> None:
    assert findings_of("R26-nat", public_address="198.51.100.77") == ()
    assert findings_of("R26-nat", keepalive_s=25) == ()
    assert findings_of("R26-moves", keepalive_s=20) == ()


def test_a_source_that_is_listed_is_not_unknown() -> None:
    assert findings_of("R29-unknown-source", match_addresses="203.0.113.0/24") == ()
    finding = findings_of("R29-unknown-source", match_addresses="192.0.2.1")[0]
    assert finding.value == "192.0.2.1, 203.0.113.99"

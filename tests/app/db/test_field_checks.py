"""What names, prefixes, hosts and destinations may be, and that a refusal says what to write."""

from __future__ import annotations

import pytest

from app.db import field_checks
from app.errors import UserError
from app.fields import FieldKind


def refused(check: field_checks.Check, value: str) -> UserError:
    with pytest.raises(UserError) as refusal:
        check(value)
    assert refusal.value.field == "f"
    return refusal.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sip.sonetel.com", ("sip.sonetel.com", None)),
        ("sip.sonetel.com:5080", ("sip.sonetel.com", 5080)),
        ("10.0.0.1:1", ("10.0.0.1", 1)),
        ("[2001:db8::1]:5060", ("2001:db8::1", 5060)),
        ("2001:db8::1", ("2001:db8::1", None)),
        ("bac01.gz.gd_test", ("bac01.gz.gd_test", None)),
        ("host:0", None),
        ("host:70000", None),
        ("host:x", None),
        ("", None),
        (":5060", None),
        ("a b", None),
        ("1.2.3", None),
        ("sip:host", None),
        ("[2001:db8::1", None),
    ],
)
def test_host_and_port(text: str, expected: tuple[str, int | None] | None) -> None:
    assert field_checks.split_host_port(text) == expected
    check = field_checks.host_port_check("f", "Proxy")
    if expected is None:
        assert "Proxy" in refused(check, text).text
    else:
        check(text)


def test_a_host_alone_has_no_port() -> None:
    check = field_checks.host_check("f", "Server")
    check("gd.ctcims.cn")
    check("10.0.0.1")
    check("2001:db8::1")
    assert "field of its own" in refused(check, "sip.example.com:5060").text
    assert "Write for example" in refused(check, "a/b").text


@pytest.mark.parametrize("good", ["1", "telecom-1", "a.b_c"])
def test_names_can_stand_in_a_command(good: str) -> None:
    field_checks.name_check("f", "Name")(good)


@pytest.mark.parametrize("bad", ["a b", "-a", "a:b", "电信", "a/b"])
def test_other_names_cannot(bad: str) -> None:
    refused(field_checks.name_check("f", "Name"), bad)


def test_prefixes() -> None:
    called, caller = field_checks.prefix_check("f", "Called"), field_checks.caller_prefix_check("f", "Caller")
    for good in ("", "*", "9", "+86", "*40*", "#"):
        called(good)
        caller(good)
    caller("anonymous")
    for bad in ("abc", "9 1", "9+"):
        refused(called, bad)
    refused(caller, "a b")


@pytest.mark.parametrize("good", ["100", "*40*1", "+86123", "extension:102"])
def test_destinations(good: str) -> None:
    field_checks.destination_check("f", "Goes to")(good)


@pytest.mark.parametrize("bad", ["nobody", "menu:", "planet:mars", "extension:", "1+2"])
def test_what_is_no_destination(bad: str) -> None:
    refused(field_checks.destination_check("f", "Goes to"), bad)


def test_the_record_of_a_destination() -> None:
    assert field_checks.destination_reference("extension:102") == ("extension", "102")
    assert field_checks.destination_reference("102") is None
    assert field_checks.destination_reference(None) is None


def test_uri_parameters_and_codecs() -> None:
    params, codecs = field_checks.uri_params_check("f", "More"), field_checks.codecs_check("f", "Codecs")
    params("user=phone;tgrp=a;x")
    params("trunk-context=example.com")
    for bad in ("a b", "=x", "a;;b", 'a="b"', "a<b"):
        refused(params, bad)
    codecs("PCMA, telephone-event")
    for bad in ("PCMA,,PCMU", "PCMA/8000"):
        refused(codecs, bad)


@pytest.mark.parametrize(
    ("text", "levels"), [("", set()), ("1", {1}), ("1, 3-5", {1, 3, 4, 5}), ("99", {99}), ("2 - 3", {2, 3})]
)
def test_call_levels(text: str, levels: set[int]) -> None:
    assert field_checks.read_levels(text) == levels


@pytest.mark.parametrize("bad", ["0", "100", "3-1", "a", "1;2", "-1"])
def test_what_is_no_level(bad: str) -> None:
    field = field_checks.levels_field("", default="1")
    assert field.check is not None
    with pytest.raises(UserError, match="Call levels"):
        field.check(bad)


def test_time_zones() -> None:
    check = field_checks.zone_check("f")
    check("Asia/Shanghai")
    assert "Asia/Shanghai" in refused(check, "Mars/Olympus").text
    refused(check, "../../etc/passwd")


def test_shared_fields_are_declared_alike() -> None:
    assert field_checks.id_field("rule", "1").required
    assert field_checks.time_condition_field("When.").kind is FieldKind.REFERENCE
    assert field_checks.description_field("x").max_length == 80
    assert field_checks.listed("a, b,,c ") == ("a", "b", "c")

"""The black/white lists: who may call whom, and from which addresses."""

from __future__ import annotations

import ipaddress
import random

import pytest

from app.services.screening import (
    IpRule,
    IpRules,
    IpVerdict,
    ScreeningRule,
    caller_to_screen,
    is_blocked,
    screen,
    screening_table,
)

# The original's records and what it does with them (reference, section 5).
RECORDS = screening_table(
    ScreeningRule(id="1", caller_prefix="101", called_prefix="*", rate=100),
    ScreeningRule(id="2", caller_prefix="*", called_prefix="9", rate=100),
    ScreeningRule(id="3", caller_prefix="100", called_prefix="9", rate=0),
    ScreeningRule(id="4", caller_prefix="1", called_prefix="913", rate=0),
)


@pytest.mark.parametrize(
    ("caller", "called", "by", "blocked"),
    [
        ("101", "100", "1", True),
        ("101", "913800", "4", False),
        ("100", "974413800", "3", False),
        ("102", "974413800", "2", True),
        ("102", "913800", "4", False),
        ("1011", "913800", "4", False),
        ("200", "913800", "2", True),
    ],
)
def test_the_originals_seven_vectors(caller: str, called: str, by: str, blocked: bool) -> None:
    rule = screen(RECORDS, caller, called)
    assert rule is not None
    assert rule.id == by
    assert is_blocked(rule, lambda: 0.5) is blocked


def test_who_stands_in_no_record_passes() -> None:
    assert screen(RECORDS, "200", "100") is None


@pytest.mark.parametrize(
    ("number", "is_withheld"),
    [
        ("anonymous", False),
        ("Anonymous", False),
        ("ANONYMOUS", False),
        ("anonymous.invalid", False),
        ("sip:anonymous@anonymous.invalid", False),
        ("", False),
        ("  ", False),
        ("unavailable", False),
        ("02512345678", True),
    ],
)
def test_s7_callers_without_a_number_are_anonymous(number: str, is_withheld: bool) -> None:
    table = screening_table(ScreeningRule(id="1", caller_prefix="anonymous", called_prefix="*", rate=100))
    caller = caller_to_screen(number, is_withheld=is_withheld)
    assert caller == "anonymous"
    rule = screen(table, caller, "100")
    assert rule is not None
    assert is_blocked(rule, random.random)


def test_who_withholds_a_number_is_not_free_of_the_rules_for_it() -> None:
    table = screening_table(
        ScreeningRule(id="1", caller_prefix="101"), ScreeningRule(id="2", caller_prefix="restricted", rate=50)
    )
    hidden = caller_to_screen("101", is_withheld=True)
    assert screen(table, hidden, "100", "101") == table.records["1"]
    assert screen(table, hidden, "100", "102") is None
    assert screen(table, caller_to_screen("Restricted"), "100", "Restricted") == table.records["2"]
    table = table.with_records([ScreeningRule(id="3", caller_prefix="anonymous", called_prefix="10", rate=0)])
    assert screen(table, hidden, "100", "101") == table.records["3"]


def test_s7_callers_with_a_number_pass() -> None:
    table = screening_table(ScreeningRule(id="1", caller_prefix="Anonymous", called_prefix="*", rate=100))
    assert screen(table, caller_to_screen("02512345678"), "100") is None
    assert screen(table, caller_to_screen("Anonymous"), "100") is not None


@pytest.mark.parametrize("rate", [0, 1, 30, 99, 100])
def test_a_rate_blocks_that_many_of_a_hundred(rate: int) -> None:
    chance = random.Random(7).random
    rule = ScreeningRule(id="1", rate=rate)
    blocked = sum(is_blocked(rule, chance) for _ in range(10_000))
    assert abs(blocked - rate * 100) < 150
    if rate in (0, 100):
        assert blocked == rate * 100


def ip_rule(key: str, address: str, verdict: IpVerdict) -> IpRule:
    return IpRule(id=key, address=ipaddress.ip_network(address), verdict=verdict)


ADDRESSES = IpRules(
    (
        ip_rule("1", "198.51.100.0/24", IpVerdict.REJECT),
        ip_rule("2", "198.51.100.7", IpVerdict.ACCEPT),
        ip_rule("3", "2001:db8::/32", IpVerdict.REJECT),
        ip_rule("4", "2001:db8::5/128", IpVerdict.ACCEPT),
    )
)


@pytest.mark.parametrize(
    ("host", "verdict"),
    [
        ("198.51.100.8", IpVerdict.REJECT),
        ("198.51.100.7", IpVerdict.ACCEPT),
        ("::ffff:198.51.100.8", IpVerdict.REJECT),
        ("192.0.2.1", None),
        ("2001:db8::9", IpVerdict.REJECT),
        ("2001:db8:0:0::5", IpVerdict.ACCEPT),
        ("2001:db8::9%eth0", IpVerdict.REJECT),
        ("2001:db9::9", None),
        ("sip.example.com", None),
        ("", None),
    ],
)
def test_the_narrowest_entry_decides_on_an_address(host: str, verdict: IpVerdict | None) -> None:
    assert ADDRESSES.verdict(host) is verdict


def test_everybody_can_be_rejected_but_some() -> None:
    rules = IpRules(
        (ip_rule("1", "0.0.0.0/0", IpVerdict.REJECT), ip_rule("2", "10.0.0.0/8", IpVerdict.ACCEPT))
    )
    assert rules.verdict("10.1.2.3") is IpVerdict.ACCEPT
    assert rules.verdict("11.1.2.3") is IpVerdict.REJECT
    assert rules.verdict("::1") is None


def test_a_changed_list_of_addresses_is_another_one() -> None:
    more = ADDRESSES.with_records([ip_rule("5", "192.0.2.1", IpVerdict.REJECT)])
    assert more.verdict("192.0.2.1") is IpVerdict.REJECT
    assert ADDRESSES.verdict("192.0.2.1") is None
    assert more.without(["5"]) == ADDRESSES
    assert len(more) == 5


def test_of_two_entries_for_one_network_the_later_id_counts() -> None:
    first, second = ip_rule("9", "192.0.2.1", IpVerdict.REJECT), ip_rule("10", "192.0.2.1", IpVerdict.ACCEPT)
    assert IpRules((second, first)).verdict("192.0.2.1") is IpVerdict.ACCEPT

"""The longest prefixes decide, and a changed table is another one."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.services.prefix_table import PrefixTable


@dataclass(frozen=True)
class Rule:
    key: str
    first: str
    second: str = ""


def table(*rules: Rule) -> PrefixTable[Rule]:
    return PrefixTable(lambda rule: rule.key, lambda rule: (rule.first, rule.second), rules)


def keys(found: PrefixTable[Rule], first: str, second: str = "") -> list[str]:
    return [rule.key for rule in found.matching(first, second)]


def test_the_longest_first_prefix_decides_then_the_longest_second() -> None:
    found = table(
        Rule("all", "*"), Rule("9", "9", "*"), Rule("91", "91", "1"), Rule("91b", "91", "10"), Rule("8", "8")
    )
    assert keys(found, "913", "101") == ["91b", "91", "9", "all"]
    assert keys(found, "913", "2") == ["9", "all"]
    assert keys(found, "", "") == ["all"]
    assert keys(found, "8", "") == ["8", "all"]


def test_equal_prefixes_stand_in_the_order_of_their_keys() -> None:
    assert keys(table(Rule("10", "9"), Rule("9", "9"), Rule("a", "9")), "9") == ["9", "a", "10"]


def test_a_star_is_everything_only_when_it_is_alone() -> None:
    found = table(Rule("codes", "*4"), Rule("all", "*"))
    assert keys(found, "*40") == ["codes", "all"]
    assert keys(found, "40") == ["all"]


def test_a_change_leaves_the_table_before_as_it_was() -> None:
    before = table(Rule("1", "9"), Rule("2", "91"))
    after = before.with_records([Rule("2", "8"), Rule("3", "9")]).without(["1", "unknown"])
    assert keys(before, "91") == ["2", "1"]
    assert keys(after, "91") == ["3"]
    assert keys(after, "8") == ["2"]
    assert len(after) == 2
    assert after == table(Rule("2", "8"), Rule("3", "9"))
    assert after != before
    assert keys(after.without(["2", "3"]), "9") == []


PREFIXES = st.text("019*", max_size=3)
RULES = st.lists(st.builds(Rule, st.sampled_from("abcdefgh"), PREFIXES, PREFIXES), max_size=8)


@given(RULES, RULES, st.sets(st.sampled_from("abcdefgh")), st.text("019*", max_size=4), PREFIXES)
def test_a_changed_table_answers_as_one_made_anew(
    first: list[Rule], saved: list[Rule], gone: set[str], number: str, other: str
) -> None:
    records = {rule.key: rule for rule in first}
    changed = table(*first).with_records(list({rule.key: rule for rule in saved}.values())).without(gone)
    records.update({rule.key: rule for rule in saved})
    fresh = table(*(rule for key, rule in records.items() if key not in gone))
    assert changed == fresh
    assert keys(changed, number, other) == keys(fresh, number, other)


@given(RULES, st.text("019", max_size=4), st.text("019", max_size=4))
def test_what_is_found_fits_and_nothing_that_fits_is_missed(
    rules: list[Rule], number: str, other: str
) -> None:
    found = table(*rules)

    def fits(prefix: str, text: str) -> bool:
        return prefix == "*" or text.startswith(prefix)

    wanted = {
        rule.key for rule in found.records.values() if fits(rule.first, number) and fits(rule.second, other)
    }
    assert set(keys(found, number, other)) == wanted

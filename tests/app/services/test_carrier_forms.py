"""Answers in forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.carrier_forms import PARTS, fill, keys_of, national_part, plain_number


@pytest.mark.parametrize(
    ("form", "answers", "filled"),
    [
        ("sip.example.com", {}, "sip.example.com"),
        ("{user}", {"user": "abc"}, "abc"),
        ("{email.local}", {"email": "a.b@c@Example.COM"}, "a.b@c"),
        ("{email.domain}", {"email": "a.b@Example.COM"}, "example.com"),
        ("{name}.pstn.example.com", {"name": "office"}, "office.pstn.example.com"),
        ("{name}.pstn.example.com", {"name": ""}, ""),
        ("{number.plus}@{domain}", {"number": "021 1234", "domain": "gd.x.cn"}, "+86211234@gd.x.cn"),
    ],
)
def test_a_form_is_filled(form: str, answers: dict[str, str], filled: str) -> None:
    assert fill(form, answers, "86") == filled


@pytest.mark.parametrize(
    "written", ["021 1234 5678", "+862112345678", "0086-21-12345678", "+86 (021) 12345678", "2112345678"]
)
def test_a_number_has_one_form_however_it_is_written(written: str) -> None:
    answers = {"n": plain_number(written)}
    parts = {part: fill(f"{{n.{part}}}", answers, "86") for part in ("plus", "e164", "zeros", "national")}
    assert parts == {
        "plus": "+862112345678",
        "e164": "862112345678",
        "zeros": "00862112345678",
        "national": "2112345678",
    }


def test_numbers_of_other_countries_and_carriers_without_one() -> None:
    assert national_part("+4922812345", "86") == "+4922812345"
    assert fill("{n.plus}", {"n": "+4922812345"}, "86") == "+4922812345"
    assert fill("{n.e164}", {"n": "12345"}, "") == "12345"
    assert fill("{n.plus}", {"n": "0212345678"}, "39") == "+390212345678"


@pytest.mark.parametrize("form", ["{user", "user}", "{}", "{User}", "{user.shoe}", "{a.b.c}"])
def test_what_is_no_form_is_told(form: str) -> None:
    with pytest.raises(ValueError, match=r"brace|part"):
        keys_of(form)


def test_the_keys_of_a_form() -> None:
    assert keys_of("{number.plus}@{domain}") == {"number", "domain"}
    assert keys_of("fixed") == frozenset()


@given(st.text(), st.sampled_from(sorted(PARTS)), st.sampled_from(["", "1", "86"]))
def test_any_answer_can_be_filled_in(answer: str, part: str, code: str) -> None:
    assert isinstance(fill(f"{{x.{part}}}", {"x": answer}, code), str)

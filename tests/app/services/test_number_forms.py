"""One number in each form carriers ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.number_forms import spellings, to_international, written
from app.services.outside import NumberForm


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("+8613812345678", "", "8613812345678"),
        ("008613812345678", "", "8613812345678"),
        ("13812345678", "86", "8613812345678"),
        ("01062345678", "86", "861062345678"),
        ("02512345678", "86", "862512345678"),
        ("62345678", "86", ""),  # local: the area is not known
        ("62345678", "852", "85262345678"),  # Hong Kong has no areas
        ("10086", "86", ""),
        ("110", "86", ""),
        ("2125550123", "1", "12125550123"),
        ("12125550123", "1", "12125550123"),
        ("03012345678", "49", "493012345678"),
        ("0612345678", "39", "390612345678"),  # Italy keeps its 0
        ("84951234567", "7", "74951234567"),
        ("13812345678", "", ""),
        ("*40*101", "86", ""),
        ("alice", "86", ""),
        ("", "86", ""),
        ("+", "86", ""),
        ("١٢٣٤٥٦٧٨٩٠", "86", ""),  # digits of another script are not dialled
    ],
)
def test_the_country_of_a_number(number: str, country: str, expected: str) -> None:
    assert to_international(number, country) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (NumberForm.AS_DIALLED, "13812345678"),
        (NumberForm.E164, "8613812345678"),
        (NumberForm.PLUS_E164, "+8613812345678"),
        (NumberForm.DOUBLE_ZERO, "008613812345678"),
        (NumberForm.NATIONAL, "13812345678"),
    ],
)
def test_a_mobile_number_in_each_form(form: NumberForm, expected: str) -> None:
    assert written("13812345678", form, "86") == expected


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("+861062345678", "86", "01062345678"),
        ("+493012345678", "49", "03012345678"),
        ("+12125550123", "1", "2125550123"),
        ("+390612345678", "39", "0612345678"),
        ("+493012345678", "86", "00493012345678"),  # abroad
    ],
)
def test_national_form_at_home_and_abroad(number: str, country: str, expected: str) -> None:
    assert written(number, NumberForm.NATIONAL, country) == expected


def test_short_numbers_stay_as_they_are_in_every_form() -> None:
    for form in NumberForm:
        assert written("110", form, "86") == "110"
        assert written("*40*101", form, "86") == "*40*101"


def test_a_number_is_looked_for_in_every_spelling() -> None:
    found = spellings("+862512345600", "86")
    assert found == ("+862512345600", "862512345600", "00862512345600", "02512345600")
    assert spellings("100", "86") == ("100",)


@given(
    st.text(max_size=20),
    st.sampled_from(["", "1", "7", "39", "49", "86", "852"]),
    st.sampled_from(NumberForm),
)
def test_any_text_can_be_written(number: str, country: str, form: NumberForm) -> None:
    once = written(number, form, country)
    if form in (NumberForm.PLUS_E164, NumberForm.DOUBLE_ZERO):
        assert written(once, form, country) == once

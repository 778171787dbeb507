from __future__ import annotations

import pytest

from app.db.tables.setting_sound import TONE_COUNTRIES
from app.media.call_tones import make_tone
from app.services.announcement_catalogue import COUNTRY, read_catalogue
from app.services.tone_plans import DEFAULT_COUNTRY, TONE_PLANS, country_for
from tests.support.announcements import DEFAULTS

NATIONAL = [entry.id for entry in read_catalogue(DEFAULTS).values() if entry.tone == COUNTRY]


def test_there_are_tones_for_the_countries_that_can_be_chosen() -> None:
    assert {choice.value: choice.label for choice in TONE_COUNTRIES if choice.value} == {
        name: plan.label for name, plan in TONE_PLANS.items()
    }
    assert len(NATIONAL) == 6


@pytest.mark.parametrize("country", TONE_PLANS)
def test_every_tone_of_a_country_can_be_made(country: str) -> None:
    for tone in NATIONAL:
        assert len(make_tone(TONE_PLANS[country].tone(tone))) % 320 == 0


@pytest.mark.parametrize(
    ("code", "country"),
    [("86", "cn"), ("49", "de"), ("1", "us"), ("", DEFAULT_COUNTRY), ("999", DEFAULT_COUNTRY)],
)
def test_the_country_code_says_whose_tones_fit(code: str, country: str) -> None:
    assert country_for(code) == country

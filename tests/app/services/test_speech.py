from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.announcement_catalogue import read_catalogue
from app.services.speech import GRAMMARS, MOST, said
from app.services.spoken_parts import Counted, Digits, Duration, Moment, Number, Part, Recorded
from tests.support.announcements import DEFAULTS

CATALOGUE = read_catalogue(DEFAULTS)
LANGUAGES = sorted(GRAMMARS)


def assert_can_be_said(language: str, part: Part) -> None:
    pieces = said(language, part)
    assert pieces
    for piece in pieces:
        assert isinstance(piece, str)
        assert language in CATALOGUE[piece].texts, piece


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.integers(-MOST, MOST))
def test_every_number_has_words(language: str, value: int) -> None:
    assert_can_be_said(language, Number(value))


@pytest.mark.parametrize("language", LANGUAGES)
@given(when=st.datetimes(), now=st.none() | st.datetimes())
def test_every_moment_has_words(language: str, when: datetime, now: datetime | None) -> None:
    assert_can_be_said(language, Moment(when, now))


@pytest.mark.parametrize("language", LANGUAGES)
@given(seconds=st.floats(0, 10_000_000))
def test_every_length_of_time_has_words(language: str, seconds: float) -> None:
    assert_can_be_said(language, Duration(seconds))


def test_digits_are_said_one_by_one_and_other_characters_passed_over() -> None:
    assert said("en", Digits("+10-2*#x")) == ["key-plus", "n-1", "n-0", "n-2", "key-star", "key-hash"]
    assert said("zh", Digits("")) == []


def test_ids_and_recordings_stand_for_themselves() -> None:
    recording = Recorded(Path("greeting.wav"))
    assert said("zh", "beep") == ["beep"]
    assert said("zh", recording) == [recording]


def test_what_is_counted_has_its_word() -> None:
    assert said("en", Counted(2, "minute", "minutes")) == ["n-2", "minutes"]
    assert said("zh", Counted(2, "minute", "minutes")) == ["n-liang", "minute"]


@pytest.mark.parametrize("part", [Number(MOST + 1), Number(-MOST - 1), Counted(-1, "minute", "minutes")])
def test_what_is_beyond_all_words_is_told(part: Part) -> None:
    with pytest.raises(ValueError, match="beyond"):
        said("en", part)

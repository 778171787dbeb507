"""The words of recordings: who is heard, who began it."""

from __future__ import annotations

import pytest

from tests.support.fake_recordings import recording_view
from ui.models.recordings import COLUMNS, STATE_WORDS, RecordingsModel, parties, started_by


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("always", "Always"),
        ("window", "In the window"),
        ("command", "By command"),
        ("extension 101", "Extension 101"),
        ("conference 8000", "Room 8000"),
        ("", "Unknown"),
    ],
)
def test_who_began_it(code: str, words: str, qt: object) -> None:
    assert started_by(recording_view(1, started_by=code)) == words


def test_who_is_heard(qt: object) -> None:
    assert parties(recording_view(1)) == "100 → 101"
    assert parties(recording_view(1, connected="")) == "100 → 101"
    assert parties(recording_view(1, room="8000")) == "Room 8000"


def test_each_state_has_a_word_and_a_drawing(qt: object) -> None:
    column = next(each for each in COLUMNS if each.name == "state")
    assert column.icon is not None
    for state, word in STATE_WORDS.items():
        view = recording_view(1, state=state)
        assert column.text(view) == word
        assert column.icon(view)


def test_newest_first_and_sorted_by_what_is_meant(qt: object) -> None:
    model = RecordingsModel()
    model.replace([recording_view(1, bytes=9), recording_view(2, bytes=1000), recording_view(3, bytes=200)])
    assert [row.id for row in model.shown_rows()] == [3, 2, 1]
    model.sort([column.name for column in COLUMNS].index("size"))
    assert [row.id for row in model.shown_rows()] == [1, 3, 2]

"""Whose turn it is."""

from __future__ import annotations

import pytest

from app.sip.offer_answer import OFFER_ANSWER, OfferAnswer, Said, Turn


@pytest.mark.parametrize(
    ("said", "negotiated"),
    [
        ((Said.OFFER_SENT, Said.ANSWER_RECEIVED), True),
        ((Said.OFFER_RECEIVED, Said.ANSWER_SENT), True),
        ((Said.OFFER_SENT, Said.REFUSED), False),
        ((Said.OFFER_RECEIVED, Said.REFUSED), False),
    ],
)
def test_an_exchange_ends_quietly(said: tuple[Said, ...], negotiated: bool) -> None:
    turn = OfferAnswer()
    for each in said:
        assert turn.state is not Turn.QUIET or each is said[0]
        assert turn.step(each, 0.0)
    assert turn.state is Turn.QUIET
    assert turn.is_negotiated is negotiated


def test_nobody_speaks_out_of_turn() -> None:
    for state in Turn:
        for said in Said:
            turn = OfferAnswer()
            turn.state = state
            assert turn.step(said, 0.0) is ((state, said) in OFFER_ANSWER)


def test_a_refused_change_does_not_undo_what_was_agreed() -> None:
    turn = OfferAnswer()
    for said in (Said.OFFER_SENT, Said.ANSWER_RECEIVED, Said.OFFER_RECEIVED, Said.REFUSED):
        turn.step(said, 0.0)
    assert turn.is_negotiated

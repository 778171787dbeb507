"""Whose turn it is in the offer/answer exchange of one dialog (RFC 3264, RFC 6337 2)."""

from __future__ import annotations

from enum import StrEnum

from app.sip.machine import Machine, Table


class Turn(StrEnum):
    """NEGOTIATING states name who must speak next."""

    QUIET = "QUIET"
    AWAITING_ANSWER = "AWAITING_ANSWER"  # our offer is out
    OWING_ANSWER = "OWING_ANSWER"  # the peer's offer is here


class Said(StrEnum):
    """What moves the turn."""

    OFFER_SENT = "OFFER_SENT"
    OFFER_RECEIVED = "OFFER_RECEIVED"
    ANSWER_SENT = "ANSWER_SENT"
    ANSWER_RECEIVED = "ANSWER_RECEIVED"
    REFUSED = "REFUSED"  # the offer is void, whoever made it


class OfferAnswer(Machine):
    """The turn, and whether a first exchange was completed."""

    __slots__ = ("is_negotiated",)

    def __init__(self) -> None:
        self.state = Turn.QUIET
        self.is_negotiated = False

    def __str__(self) -> str:
        return "offer/answer"

    def complete(self, _now: float, _subject: object) -> None:
        """An answer closes the exchange."""
        self.is_negotiated = True


_O = OfferAnswer
OFFER_ANSWER: Table[Turn, Said] = {  # RFC 6337 2.2
    (Turn.QUIET, Said.OFFER_SENT): (Turn.AWAITING_ANSWER, ()),
    (Turn.QUIET, Said.OFFER_RECEIVED): (Turn.OWING_ANSWER, ()),
    (Turn.AWAITING_ANSWER, Said.ANSWER_RECEIVED): (Turn.QUIET, (_O.complete,)),
    (Turn.AWAITING_ANSWER, Said.REFUSED): (Turn.QUIET, ()),
    (Turn.OWING_ANSWER, Said.ANSWER_SENT): (Turn.QUIET, (_O.complete,)),
    (Turn.OWING_ANSWER, Said.REFUSED): (Turn.QUIET, ()),
}
_O.TABLE = OFFER_ANSWER

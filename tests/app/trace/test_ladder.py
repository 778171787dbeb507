"""Participants and arrows of a call."""

from __future__ import annotations

from app.sip.flow import Direction
from app.trace.capture import Capture, TraceFilter
from app.trace.ladder import Ladder, Participant, as_text, draw
from tests.support.traced import OTHER, PHONE, request, response


def call() -> Ladder:
    capture = Capture(None)
    for time, direction, flow, data in (
        (10.0, Direction.IN, PHONE, request()),
        (10.5, Direction.IN, PHONE, request()),
        (10.6, Direction.OUT, OTHER, request(call_id="leg-2")),
        (10.7, Direction.IN, OTHER, response("180 Ringing", call_id="leg-2")),
        (10.8, Direction.OUT, PHONE, response("180 Ringing")),
    ):
        capture.record(time, direction, flow, data)
    return draw(capture.page(TraceFilter()))


def test_the_caller_stands_left_of_us_and_the_called_right() -> None:
    assert call().participants == (
        Participant("100", "10.0.0.7:5061"),
        Participant("OpenMSS", ""),
        Participant("101", "10.0.0.8:40000"),
    )


def test_arrows_go_between_them_and_repeats_are_marked() -> None:
    arrows = call().arrows
    assert [(arrow.source, arrow.target, arrow.label) for arrow in arrows] == [
        (0, 1, "INVITE"),
        (0, 1, "INVITE"),
        (1, 2, "INVITE"),
        (2, 1, "180 Ringing"),
        (1, 0, "180 Ringing"),
    ]
    assert [arrow.is_repeat for arrow in arrows] == [False, True, False, False, False]
    assert [round(arrow.offset, 1) for arrow in arrows] == [0.0, 0.5, 0.6, 0.7, 0.8]
    assert [arrow.id for arrow in arrows] == [1, 2, 3, 4, 5]


def test_it_can_be_drawn_in_characters() -> None:
    text = as_text(call())
    lines = text.splitlines()
    assert lines[0].split() == ["100", "OpenMSS", "101"]
    assert lines[1].split() == ["10.0.0.7:5061", "10.0.0.8:40000"]
    assert "INVITE (repeated)" in lines[3]
    assert lines[2].rstrip(" |").endswith(">")
    assert "|<" in lines[6]
    assert len({len(line) for line in lines[2:]}) == 1, "all lines reach the last participant"


def test_nothing_gives_nothing() -> None:
    assert as_text(draw([])) == ""

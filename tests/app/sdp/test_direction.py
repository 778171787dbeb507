"""Directions of media lines."""

from __future__ import annotations

import pytest

from app.sdp.description import Connection, Line, Media, SessionDescription
from app.sdp.direction import Direction, direction_of, with_direction


def media(*attributes: str, host: str = "") -> Media:
    made = Media(
        kind="audio",
        port=4000,
        protocol="RTP/AVP",
        formats=("0",),
        lines=tuple(Line("a", each) for each in attributes),
    )
    return made.with_connection(Connection(host)) if host else made


def session(*attributes: str) -> SessionDescription:
    return SessionDescription(lines=(Line("v", "0"), *(Line("a", each) for each in attributes)))


def test_the_media_line_wins_over_the_session_and_sendrecv_is_the_default() -> None:
    assert direction_of(media()) is Direction.SENDRECV
    assert direction_of(media("recvonly"), session("inactive")) is Direction.RECVONLY
    assert direction_of(media(), session("inactive")) is Direction.INACTIVE


@pytest.mark.parametrize("nowhere", ["0.0.0.0", "::"])
def test_the_old_way_to_hold(nowhere: str) -> None:
    assert direction_of(media(host=nowhere)) is Direction.SENDONLY
    assert direction_of(media("recvonly", host=nowhere)) is Direction.INACTIVE
    held = session().with_connection(Connection(nowhere))
    assert direction_of(media(), held) is Direction.SENDONLY
    assert direction_of(media(host="192.0.2.1"), held) is Direction.SENDRECV


@pytest.mark.parametrize(
    ("offered", "wanted", "allowed"),
    [
        ("sendrecv", "sendrecv", "sendrecv"),
        ("sendonly", "sendrecv", "recvonly"),
        ("recvonly", "sendrecv", "sendonly"),
        ("inactive", "sendrecv", "inactive"),
        ("sendonly", "sendonly", "inactive"),
        ("sendrecv", "sendonly", "sendonly"),
    ],
)
def test_an_answer_keeps_within_its_offer(offered: str, wanted: str, allowed: str) -> None:  # RFC 3264 6.1
    assert Direction(wanted).limited_by(Direction(offered)) is Direction(allowed)


def test_the_other_side_sees_it_reversed() -> None:
    assert [each.reversed.value for each in Direction] == ["sendrecv", "recvonly", "sendonly", "inactive"]


@pytest.mark.parametrize("wanted", list(Direction))
def test_a_direction_is_written_once_and_in_place(wanted: Direction) -> None:
    changed = with_direction(media("x", "sendonly", "y", "recvonly"), wanted)
    assert direction_of(changed) is wanted
    assert len(changed.lines) == 3
    assert with_direction(media("x"), wanted).lines[-1] == Line("a", wanted.value)

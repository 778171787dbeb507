"""Media counters under their several names, numbers as text, sources as one or as many."""

from __future__ import annotations

import pytest

from app.diagnosis.streams import streams_of


def test_a_leg() -> None:
    (leg,) = streams_of(
        [
            {
                "leg": "a",
                "local": "10.0.0.1:4000",
                "sdp_address": "192.0.2.1:5000",
                "source_seen": "192.0.2.2:5001",
                "sent": "100",
                "received": 90,
                "pt_sent": 8,
                "pt_received": [8, "101"],
                "loss_percent": "2.5 %",
            }
        ]
    )
    assert (leg.local, leg.sdp_address, leg.sources) == (
        ("10.0.0.1", 4000),
        ("192.0.2.1", 5000),
        (("192.0.2.2", 5001),),
    )
    assert (leg.sent, leg.received, leg.pt_sent, leg.pt_received) == (100, 90, (8,), (8, 101))
    assert leg.loss_percent == 2.5
    assert leg.lasted == 2.0


def test_what_is_not_said_is_none() -> None:
    (leg,) = streams_of([{}])
    assert (leg.sent, leg.received, leg.loss_percent, leg.digits, leg.sources) == (None, None, None, None, ())
    assert leg.lasted == 0


@pytest.mark.parametrize(
    ("source", "sources"),
    [
        (["192.0.2.1", 4000], (("192.0.2.1", 4000),)),
        (["192.0.2.1:4000", "192.0.2.2:1"], (("192.0.2.1", 4000), ("192.0.2.2", 1))),
        (None, ()),
        ("", ()),
    ],
)
def test_sources(source: object, sources: tuple[tuple[str, int], ...]) -> None:
    assert streams_of([{"source_seen": source}])[0].sources == sources


@pytest.mark.parametrize(("digits", "count"), [(0, 0), ("", 0), ([], 0), ("12#", 3), ("5", 5), ([1, 2], 2)])
def test_digits(digits: object, count: int) -> None:
    assert streams_of([{"digits": digits}])[0].digits == count


@pytest.mark.parametrize("nonsense", [-1, "many", True, float("nan")])
def test_nonsense_counts_are_unknown(nonsense: object) -> None:
    assert streams_of([{"sent": nonsense}])[0].sent is None

"""How messages say that a call was sent on."""

from __future__ import annotations

import pytest

from app.calls.diversion import DEFLECTED, Diversion, headers_inside


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("always", "unconditional"),
        ("busy", "user-busy"),
        ("no_answer", "no-answer"),
        ("offline", "unavailable"),
        (DEFLECTED, "deflection"),
    ],
)
def test_reasons_have_their_words(reason: str, word: str) -> None:
    header = Diversion("100", reason, "102").header("sip:100@10.0.0.1")
    assert header == ("Diversion", f"<sip:100@10.0.0.1>;reason={word};counter=1")


def test_the_latest_hop_comes_first() -> None:
    hops = (Diversion("100", "always", "101"), Diversion("101", "busy", "102"))
    assert [value.partition(">")[0] for _, value in headers_inside(hops, "[::1]")] == [
        "<sip:101@[::1]",
        "<sip:100@[::1]",
    ]

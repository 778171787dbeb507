"""A cheap look for hold."""

from __future__ import annotations

from app.sip.hold import hints_hold


def test_hold_is_seen_in_the_text() -> None:
    assert hints_hold(b"m=audio 1 RTP/AVP 0\r\na=sendonly\r\n")
    assert hints_hold(b"a=inactive\r\n")
    assert hints_hold(b"c=IN IP4 0.0.0.0\r\n")
    assert not hints_hold(b"a=sendrecv\r\nc=IN IP4 10.0.0.1\r\n")
    assert not hints_hold(None)

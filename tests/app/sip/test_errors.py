"""The library's one exception."""

from __future__ import annotations

from app.sip.errors import MessageError


def test_it_says_why_and_what_to_answer() -> None:
    assert MessageError("no Via").status == 400
    error = MessageError("garbage", None)
    assert (error.reason, error.status, str(error)) == ("garbage", None, "garbage")

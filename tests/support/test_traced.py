"""The messages the trace's tests use are what a parser takes."""

from __future__ import annotations

from app.sip.message import Request, Response, parse
from tests.support.traced import request, response


def test_they_are_valid_sip() -> None:
    invite, ok = parse(request(body="v=0\r\n")), parse(response("180 Ringing"))
    assert isinstance(invite, Request)
    assert isinstance(ok, Response)
    assert (invite.call_id, invite.cseq.method, invite.body) == ("abc", "INVITE", b"v=0\r\n")
    assert (ok.status, ok.call_id, ok.cseq.method) == (180, "abc", "INVITE")

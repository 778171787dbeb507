from __future__ import annotations

import pytest

from app.calls.digits import digit_of


@pytest.mark.parametrize(
    ("content_type", "body", "found"),
    [
        ("application/dtmf-relay", b"Signal=5\r\nDuration=200\r\n", ("5", 200)),
        ("Application/DTMF-Relay; x=1", b"Signal= *\r\n", ("*", 160)),
        ("application/dtmf-relay", b"Signal=10\nDuration=100", ("*", 100)),
        ("application/dtmf-relay", b"Signal=11\nDuration=soon", ("#", 160)),
        ("application/dtmf-relay", b"Signal=55\n", None),
        ("application/dtmf-relay", b"\xff\xfe", None),
        ("application/dtmf", b" 7 ", ("7", 160)),
        ("application/dtmf", b"flash", None),
        ("text/plain", b"5", None),
    ],
)
def test_keys_in_info(content_type: str, body: bytes, found: tuple[str, int] | None) -> None:
    assert digit_of(content_type, body) == found

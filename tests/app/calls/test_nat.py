from __future__ import annotations

import pytest

from app.calls.nat import is_translated


@pytest.mark.parametrize(
    ("written", "source", "translated"),
    [
        ("192.168.1.5", "192.168.1.5", False),
        ("192.168.1.5", "203.0.113.9", True),
        ("phone.example.com", "203.0.113.9", False),
        ("127.0.0.1", "127.0.0.2", False),
        ("[2001:db8::1]", "2001:db8:0::1", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("10.1.2.3", "::ffff:10.1.2.3", False),
        ("fe80::1", "fe80::1%eth0", False),
    ],
)
def test_a_phone_behind_a_nat(written: str, source: str, translated: bool) -> None:
    assert is_translated(written, source) is translated

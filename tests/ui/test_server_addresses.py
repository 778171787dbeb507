"""Where phones reach the server."""

from __future__ import annotations

import pytest

from ui import server_addresses
from ui.server_addresses import in_words, own_addresses, reachable


def test_transports_of_an_address_stand_together() -> None:
    listed = ("udp=192.0.2.1:5060", "tcp=192.0.2.1:5060", "tls=192.0.2.1:5061")
    assert in_words(listed) == ["192.0.2.1:5060 UDP TCP", "192.0.2.1:5061 TLS"]
    assert reachable(listed) == ["192.0.2.1:5060"]


def test_a_wildcard_becomes_concrete(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ("udp=0.0.0.0:5060", "udp=[::]:5060")
    assert in_words(listed) == ["*:5060 UDP"]
    monkeypatch.setattr(server_addresses, "own_addresses", lambda: ["192.0.2.7", "198.51.100.2"])
    assert reachable(listed) == ["192.0.2.7:5060", "198.51.100.2:5060"]
    monkeypatch.setattr(server_addresses, "own_addresses", list)
    assert reachable(listed) == ["127.0.0.1:5060"]


def test_the_loopback_is_not_among_our_own() -> None:
    assert "127.0.0.1" not in own_addresses()

"""What is asked about the way to a carrier."""

from __future__ import annotations

import pytest

from app.db.tables.line_network_fields import MEDIA, NETWORK, TRANSPORTS
from app.errors import UserError


def test_each_tab_holds_its_own_fields() -> None:
    assert {field.group for field in NETWORK} == {"Network"}
    assert {field.group for field in MEDIA} == {"Media"}
    assert {"transport", "port", "expires", "register_call_id", "bind_address", "dns_server"} <= {
        field.name for field in NETWORK
    }
    assert [field.name for field in MEDIA] == ["codecs", "video", "rel100", "session_timer"]


def test_dns_may_choose_the_transport() -> None:
    assert [choice.value for choice in TRANSPORTS] == ["auto", "udp", "tcp", "tls"]


def test_a_local_address_is_one_of_a_card() -> None:
    field = next(field for field in NETWORK if field.name == "bind_address")
    assert field.check is not None
    field.check("10.32.7.20")
    field.check("fd00::1")
    with pytest.raises(UserError, match="is not an IP address"):
        field.check("eth1")

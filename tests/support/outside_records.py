"""Records of lines and trunks that lead to a simulated carrier, as a user would enter them."""

from __future__ import annotations

from typing import Any

from tests.support.carrier import Carrier


def line_values(carrier: Carrier, **changes: Any) -> dict[str, Any]:
    """A line with the carrier's first account: the logical domain, and the carrier's address as proxy."""
    account = carrier.accounts[0]
    values: dict[str, Any] = {
        "user": account.user,
        "password": account.password,
        "domain": account.domain,
        "auth_id": account.auth_user,
        "proxy": str(carrier.address),
        "incoming_to": "100",
    }
    return values | changes


def trunk_values(carrier: Carrier, **changes: Any) -> dict[str, Any]:
    """A trunk to the carrier's address."""
    return {"address": carrier.address.host, "port": carrier.address.port} | changes

"""The world outside for the manual's pictures: two simulated carriers, and the records that lead to them."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.api import records
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_quirks import CarrierQuirks
from ui.main_window import MainWindow

DOMAIN = "gd.ctcims.cn"
TELECOM = Account(
    user="+8620387654321", password="demo-Secret-18", domain=DOMAIN, auth_user=f"+8620387654321@{DOMAIN}"
)
SONETEL = Account(user="anna", password="demo-Secret-19", domain="example.com")
_BRANCH = "127.0.0.52"


class Outside:
    """The carriers; `start` and `stop` belong to the loop of the phones."""

    def __init__(self) -> None:
        self.telecom = Carrier(
            TELECOM,
            quirks=CarrierQuirks(digest_user_with_domain=True),
            host="127.0.0.50",
            port=5060,
            elsewhere="127.0.0.53",
        )
        self.sonetel = Carrier(SONETEL, host="127.0.0.51", port=5060, elsewhere="127.0.0.54")

    async def start(self) -> None:
        """Open for business."""
        await self.telecom.start()
        await self.sonetel.start()

    async def stop(self) -> None:
        """Close."""
        await self.telecom.stop()
        await self.sonetel.stop()

    async def configure(self, window: MainWindow) -> None:
        """Add the records, as a user would; one option that the first carrier needs is forgotten."""
        add = partial(window.bridge.ask, records.add_record)
        await add("transition", "strip-9", {"operation": "delete", "length": 1})
        await add(
            "time_condition",
            "office-hours",
            {"weekdays": "mon-fri", "from_time": "08:30", "to_time": "17:30"},
        )
        await add("line", "telecom", _line(self.telecom, TELECOM))
        await add("line", "sonetel", _line(self.sonetel, SONETEL))
        await add("line", "old-line", {**_line(self.sonetel, SONETEL), "enabled": False})
        await add("trunk", "branch-office", {"address": _BRANCH, "max_incoming": 10, "max_outgoing": 4})
        await add("trunk", "door-gateway", {"address": "127.0.0.55", "max_outgoing": 0})
        await add(
            "called_rule",
            "mobile",
            {
                "called_prefix": "91",
                "transition": "strip-9",
                "route_kind": "line",
                "route_target": "sonetel",
                "description": "Mobile phones",
            },
        )
        await add(
            "called_rule",
            "abroad",
            {"called_prefix": "900", "call_level": 3, "route_kind": "refuse", "description": "Abroad"},
        )
        await add("did_route", "+862038765400", {"destination": "100"})
        await add(
            "screening", "1", {"caller_prefix": "anonymous", "rate": 100, "description": "Callers that hide"}
        )
        await add("screening", "2", {"caller_prefix": "101", "called_prefix": "900", "rate": 100})
        await add(
            "ip_rule", "1", {"address": "203.0.113.0/24", "verdict": "reject", "description": "Scanners"}
        )


def _line(carrier: Carrier, account: Account) -> dict[str, Any]:
    return {
        "user": account.user,
        "password": account.password,
        "domain": account.domain,
        "proxy": carrier.address.host,
        "incoming_to": "100",
    }

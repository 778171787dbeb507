"""An engine on loopback for one test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.house import House, open_house

__all__ = ["House", "house"]


@pytest.fixture(params=["127.0.0.1"])
async def house(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """Yield an engine on free ports of the loopback interface; at the end nothing of any call may be left."""
    async with open_house(tmp_path / "data", request.param) as house:
        yield house

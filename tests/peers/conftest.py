"""Servers for the foreign programs: all of these tests run one after the other in one worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import Server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Programs that keep time share the machine with one worker of unit tests, not with each other."""
    for item in items:
        if "peers" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("peers"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with the extensions 2001 to 2004, ready; it must not have complained by the end."""
    with Server(tmp_path / "server") as server:
        server.import_extensions(["2001", "2002", "2003", "2004"])
        server.start()
        yield server
        assert server.complaints() == []

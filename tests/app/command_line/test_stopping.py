"""A running server is asked to end from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.support.server import Server


def test_stop_ends_the_server_in_order_and_waits_for_it(tmp_path: Path) -> None:
    with Server(tmp_path / "server") as server:
        server.start()
        assert server.ask("stop") == ""
        assert server.program is not None
        assert server.program.wait() == 0  # as if a signal had asked
        assert server.complaints() == []


def test_stop_where_nothing_runs_says_so_and_makes_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path / "server")
    assert server.ask("stop") == f"No server runs on {server.data}.\n"
    assert not server.data.exists()

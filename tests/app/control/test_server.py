"""The server's end of the control channel, over both kinds of sockets."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.control import endpoint
from app.control.client import ControlClient
from app.control.messages import decode, encode
from app.control.server import ControlServer
from app.errors import EnvironmentFault, UserError
from app.paths import DataPaths

BOTH = pytest.mark.parametrize(
    "uses_tcp",
    [True, pytest.param(False, marks=pytest.mark.skipif(sys.platform == "win32", reason="no Unix sockets"))],
)


class Echo:
    """Answers with what it was asked; `count` goes on for ever."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    async def answer(self, name: str, arguments: dict[str, Any]) -> object:
        if name == "refuse":
            raise UserError("no", "No.", field="x")
        if name == "fail":
            raise ZeroDivisionError
        return {"name": name, **arguments}

    def stream(self, name: str, arguments: dict[str, Any]) -> AsyncIterator[object] | None:
        return self._count(**arguments) if name == "count" else None

    async def _count(self, end: int) -> AsyncIterator[object]:
        try:
            for number in range(end):
                yield number
            if end > 3:
                await asyncio.Event().wait()
        finally:
            self.ended.set()


@asynccontextmanager
async def serving(folder: Path, uses_tcp: bool) -> AsyncIterator[Echo]:
    commands = Echo()
    server = ControlServer(commands, DataPaths(folder), uses_tcp=uses_tcp)
    await server.start()
    try:
        yield commands
    finally:
        await server.stop()


def connected(folder: Path, uses_tcp: bool) -> ControlClient:
    client = ControlClient.connect(DataPaths(folder), uses_tcp=uses_tcp)
    assert client is not None
    return client


@BOTH
async def test_commands_are_answered_one_after_the_other(tmp_path: Path, uses_tcp: bool) -> None:
    def ask() -> list[object]:
        client = connected(tmp_path, uses_tcp)
        try:
            long = "前" * 300_000  # more than any buffer on the way
            answers = [client.ask("a", x=1), client.ask("b", text=long)["text"] == long]
            with pytest.raises(UserError, match=r"No\.") as refusal:
                client.ask("refuse")
            return [*answers, refusal.value.field, client.ask("c")]
        finally:
            client.close()

    async with serving(tmp_path, uses_tcp):
        answers = await asyncio.to_thread(ask)
    assert answers == [{"name": "a", "x": 1}, True, "x", {"name": "c"}]


@BOTH
async def test_a_stream_comes_item_by_item_and_ends(tmp_path: Path, uses_tcp: bool) -> None:
    def ask() -> list[object]:
        client = connected(tmp_path, uses_tcp)
        found = list(client.stream("count", end=3))
        client.close()
        return found

    async with serving(tmp_path, uses_tcp) as commands:
        assert await asyncio.to_thread(ask) == [0, 1, 2]
        await commands.ended.wait()


@BOTH
async def test_a_stream_ends_when_the_asker_leaves(tmp_path: Path, uses_tcp: bool) -> None:
    def ask_and_leave() -> None:
        client = connected(tmp_path, uses_tcp)
        stream = client.stream("count", end=5)
        assert [next(stream) for _ in range(5)] == [0, 1, 2, 3, 4]
        client.close()

    async with serving(tmp_path, uses_tcp) as commands:
        await asyncio.to_thread(ask_and_leave)
        await commands.ended.wait()


@BOTH
async def test_a_stream_ends_when_the_server_stops(tmp_path: Path, uses_tcp: bool) -> None:
    seen = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> list[object]:
        client = connected(tmp_path, uses_tcp)
        found: list[object] = []
        for item in client.stream("count", end=5):
            found.append(item)
            if len(found) == 5:
                loop.call_soon_threadsafe(seen.set)
        client.close()
        return found

    async with serving(tmp_path, uses_tcp):
        asking = asyncio.ensure_future(asyncio.to_thread(ask))
        await seen.wait()
    assert await asking == [0, 1, 2, 3, 4]
    assert ControlClient.connect(DataPaths(tmp_path), uses_tcp=uses_tcp) is None


@BOTH
async def test_a_mistake_of_ours_is_told_without_its_insides(
    tmp_path: Path, uses_tcp: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def ask() -> str:
        client = connected(tmp_path, uses_tcp)
        with pytest.raises(EnvironmentFault) as told:
            client.ask("fail")
        client.close()
        return told.value.text

    with caplog.at_level(logging.CRITICAL):
        async with serving(tmp_path, uses_tcp):
            text = await asyncio.to_thread(ask)
    assert "“fail” failed because of a mistake in OpenMSS" in text


async def test_who_does_not_know_the_secret_gets_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        async with serving(tmp_path, uses_tcp=True):
            found = endpoint.connect_tcp(DataPaths(tmp_path), 1)
            assert found is not None
            found[0].setblocking(False)
            reader, writer = await asyncio.open_connection(sock=found[0])
            assert "nonce" in decode(await reader.readline())
            writer.write(encode({"nonce": "1", "proof": "guessed"}) + encode({"command": "a"}))
            assert await reader.read() == b""
            writer.close()


@pytest.mark.parametrize("line", [b"garbage\n", b"[]\n", b"\xff\xfe\n", b'{"arguments": 7}\n'])
async def test_garbage_costs_the_connection_and_no_more(tmp_path: Path, line: bytes) -> None:
    if sys.platform == "win32":
        pytest.skip("no Unix sockets")
    path = str(endpoint.socket_path(DataPaths(tmp_path)))
    async with serving(tmp_path, uses_tcp=False):
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(line)
        assert await reader.read() == b""
        writer.close()
        client = connected(tmp_path, uses_tcp=False)
        assert await asyncio.to_thread(client.ask, "a") == {"name": "a"}
        client.close()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "control").write_text("a file is in the way")
    with pytest.raises(EnvironmentFault, match="cannot be opened"):
        await ControlServer(Echo(), DataPaths(tmp_path)).start()
    await ControlServer(Echo(), DataPaths(tmp_path)).stop()

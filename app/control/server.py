"""Answers the commands that come by the control channel, on the engine's loop."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import socket
from collections.abc import AsyncIterator
from typing import Any, Protocol

from app.control import endpoint
from app.control.messages import LONGEST_LINE, decode, encode, error_message, plain
from app.errors import EnvironmentFault, OpenMssError
from app.paths import DataPaths

logger = logging.getLogger(__name__)

_HANDSHAKE_S = 5.0


class Answerer(Protocol):
    """What carries the commands out: `app.control.commands.Commands`."""

    async def answer(self, name: str, arguments: dict[str, Any]) -> object:
        """Carry a command out; UserError for one that is not known or refused."""

    def stream(self, name: str, arguments: dict[str, Any]) -> AsyncIterator[object] | None:
        """The answers of a command that goes on until the asker leaves; None for any other command."""


class ControlServer:
    """The server's end. Start it when all else runs; whoever starts it holds the data folder's lock."""

    def __init__(self, commands: Answerer, paths: DataPaths, *, uses_tcp: bool = endpoint.USES_TCP) -> None:
        self._commands = commands
        self._paths = paths
        self._uses_tcp = uses_tcp
        self._place: endpoint.TcpPlace | None = None
        self._server: asyncio.Server | None = None
        self._conversations: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen. Raises EnvironmentFault where the folder does not allow it."""
        try:
            if self._uses_tcp:
                listener, self._place = endpoint.listen_tcp(self._paths)
                self._server = await asyncio.start_server(self._converse, sock=listener, limit=LONGEST_LINE)
            else:
                listener = endpoint.listen_unix(self._paths)
                self._server = await asyncio.start_unix_server(
                    self._converse, sock=listener, limit=LONGEST_LINE
                )
        except OSError as error:
            text = f"The control channel in {self._paths.control} cannot be opened ({error.strerror}). "
            text += "Give your user the right to the folder."
            raise EnvironmentFault("control.not_opened", text, path=str(self._paths.control)) from error

    async def stop(self) -> None:
        """Hang up on everybody and listen no more."""
        if self._server is None:
            return
        self._server.close()
        conversations = tuple(self._conversations)
        for conversation in conversations:
            conversation.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)
        self._server = None
        endpoint.remove(self._paths)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._conversations.add(task)
        try:
            if await self._is_welcome(reader, writer):
                while line := await reader.readline():
                    await self._answer(line, reader, writer)
        except (ConnectionError, ValueError, TimeoutError) as error:
            logger.debug("a control connection ended: %s", error)
        except asyncio.CancelledError:
            logger.debug("a control connection is closed because the server stops")
        finally:
            self._conversations.discard(task)
            writer.close()

    async def _is_welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self._place is None:
            peer: socket.socket = writer.get_extra_info("socket")
            return endpoint.may_speak(peer)
        ours = secrets.token_hex(16)
        writer.write(encode({"nonce": ours}))
        async with asyncio.timeout(_HANDSHAKE_S):
            theirs = decode(await reader.readline())
        nonce, shown = str(theirs.get("nonce")), str(theirs.get("proof"))
        wanted = endpoint.proof(self._place.secret, "client", ours, nonce)
        if not hmac.compare_digest(shown.encode(), wanted.encode()):
            logger.warning("a program that does not know the secret tried the control channel")
            return False
        writer.write(encode({"proof": endpoint.proof(self._place.secret, "server", ours, nonce)}))
        return True

    async def _answer(self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = decode(line)
        name, arguments = str(request.get("command")), request.get("arguments", {})
        if not isinstance(arguments, dict):
            raise ValueError("the arguments are not an object")
        try:
            answers = self._commands.stream(name, arguments)
            if answers is None:
                message = {"result": plain(await self._commands.answer(name, arguments))}
            else:
                await self._stream(answers, reader, writer)
                message = {"result": None}
        except OpenMssError as error:
            message = error_message(error)
        except ConnectionError:
            raise
        except Exception:
            logger.exception("the command %s failed", name)
            text = f"The command “{name}” failed because of a mistake in OpenMSS. The server's log says more."
            message = error_message(EnvironmentFault("control.bug", text, command=name))
        writer.write(encode(message))
        await writer.drain()

    async def _stream(
        self, answers: AsyncIterator[object], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Send each answer as it comes, until they end or the asker leaves."""

        async def send() -> None:
            async for answer in answers:
                writer.write(encode({"item": plain(answer)}))
                await writer.drain()

        sending = asyncio.ensure_future(send())
        leaving = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

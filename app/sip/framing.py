"""Cut a byte stream (TCP, TLS) into SIP messages and keep-alives (RFC 3261 18.3, RFC 5626 4.4.1)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from app.sip.errors import MessageError
from app.sip.message import DEFAULT_LIMITS, Limits

_CONTENT_LENGTH: Final = re.compile(
    rb"\r\n(?:content-length|l)[ \t]*:([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", re.IGNORECASE
)


class KeepAlive(Enum):
    """An empty line between messages. A ping is two of them: it comes as PONG, then PING."""

    PONG = b"\r\n"
    """One empty line: the answer to our own ping, or the first half of the peer's."""
    PING = b"\r\n\r\n"
    """The second empty line in a row: answer it with one, `KeepAlive.PONG.value`."""


class StreamFramer:
    """Collects what a connection delivers, in pieces of any size, and hands out whole messages.

    Where a message ends cannot be told any more after a missing or malformed Content-Length or a message
    beyond the limits. Then `error` is set, and the connection must be closed; `rejected` is the head that
    could not be framed, for `refusal.refuse` to answer. `feed` raises that error as soon as it has nothing
    else to return.
    """

    __slots__ = ("_after_empty_line", "_buffer", "_end", "_limits", "_searched", "error", "rejected")

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._buffer = bytearray()
        self._searched = 0  # up to here there is no end of the head
        self._end = 0  # where the message ends; 0 while its head is incomplete
        self._after_empty_line = False
        self.error: MessageError | None = None
        self.rejected = b""

    @property
    def buffered(self) -> int:
        """How many bytes wait for the rest of their message."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[bytes | KeepAlive]:
        """Take received bytes; return the messages and keep-alives they complete, in order."""
        found: list[bytes | KeepAlive] = []
        if self.error is None:
            self._buffer += data
            try:
                while (item := self._next()) is not None:
                    found.append(item)
            except MessageError as error:
                self.error = error
                self._buffer.clear()
        if self.error is not None and not found:
            raise self.error
        return found

    def _next(self) -> bytes | KeepAlive | None:
        buffer = self._buffer
        if not self._end:
            if buffer.startswith(b"\r\n"):
                del buffer[:2]
                self._after_empty_line = not self._after_empty_line
                return KeepAlive.PONG if self._after_empty_line else KeepAlive.PING
            if len(buffer) < 4:
                return None
            self._after_empty_line = False
            head_end = buffer.find(b"\r\n\r\n", self._searched)
            if head_end < 0:
                if len(buffer) > self._limits.message_bytes:
                    raise MessageError("message too large", 513)
                self._searched = max(0, len(buffer) - 3)
                return None
            self._end = head_end + 4 + self._content_length(bytes(buffer[:head_end]))
        if len(buffer) < self._end:
            return None
        message = bytes(buffer[: self._end])
        del buffer[: self._end]
        self._end = self._searched = 0
        return message

    def _content_length(self, head: bytes) -> int:
        try:
            # What ends a line must be told here as `parse` tells it, or the two would see different messages.
            if not head.count(b"\r\n") == head.count(b"\r") == head.count(b"\n"):
                raise MessageError("stray carriage return or line feed")
            values = {b" ".join(value.split()) for value in _CONTENT_LENGTH.findall(head)}
            if len(values) != 1:
                raise MessageError("several Content-Lengths" if values else "no Content-Length on a stream")
            text = values.pop()
            if not text.isdigit() or len(text) > 10:
                raise MessageError("malformed Content-Length")
            length = int(text)
            if len(head) + 4 + length > self._limits.message_bytes:
                raise MessageError("message too large", 513)
        except MessageError:
            self.rejected = head + b"\r\n\r\n"
            raise
        return length

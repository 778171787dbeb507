"""The one exception of the SIP library."""

from __future__ import annotations


class MessageError(Exception):
    """A message that cannot be accepted: why, and what to answer.

    `status` is the response to send (400, 505, 513 …) where enough of the request could be read to answer it;
    `None` = drop it without an answer (a response, an ACK, garbage).
    """

    def __init__(self, reason: str, status: int | None = 400) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status

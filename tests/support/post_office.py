"""A real SMTP server on loopback (aiosmtpd) that keeps what it takes, and refuses what it is told to."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.programs import free_ports

USER, PASSWORD = "office@example.com", "let-me-in"


class PostOffice:
    """What arrived; `refuse_recipient` and `refuse_content` are the answers it gives instead of 250."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.refuse_recipient = ""
        self.refuse_content = ""
        self.logins: list[str] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuse_content:
            return self.refuse_content
        message = BytesParser(policy=default).parsebytes(envelope.content or b"")  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        self.envelopes.append(envelope)
        return "250 Taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        is_right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=is_right, handled=False)


@asynccontextmanager
async def open_post_office(
    *, tls: ssl.SSLContext | None = None, is_tls_at_once: bool = False, needs_login: bool = False
) -> AsyncIterator[PostOffice]:
    """Serve on loopback: plain, with STARTTLS (`tls`), or with TLS from the start."""
    office = PostOffice(free_ports())
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # its remarks on clients are no warnings of ours
    sessions: list[SMTP] = []

    def make() -> SMTP:
        made = SMTP(
            office,
            hostname="post.example",
            tls_context=None if is_tls_at_once else tls,
            require_starttls=tls is not None and not is_tls_at_once,
            authenticator=office.authenticate,
            auth_required=needs_login and not is_tls_at_once,  # it would warn: it knows no TLS around it
            auth_require_tls=tls is not None and not is_tls_at_once,
            loop=asyncio.get_running_loop(),
        )
        sessions.append(made)
        return made

    server = await asyncio.get_running_loop().create_server(
        make, "127.0.0.1", office.port, ssl=tls if is_tls_at_once else None
    )
    try:
        yield office
    finally:
        server.close()
        for session in sessions:
            for transport in (session.transport, session._original_transport):
                if transport is not None:
                    transport.abort()
            handler = session._handler_coroutine
            if handler is not None and not handler.done():
                handler.cancel()
                await asyncio.gather(handler, return_exceptions=True)
        await server.wait_closed()
        await asyncio.sleep(0)

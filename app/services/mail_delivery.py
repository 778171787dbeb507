"""Hands one letter to the mail server, and says in words why it was not taken."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field

from app.db.tables.setting_mail import domain_of

_TIMEOUT_S = 30.0
_LONGEST_SAID = 300
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SPAM_WORDS = ("spam", "block", "reputation", "policy", "blacklist", "denied by")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed in. `port` 0 = the usual one for `security` (starttls | tls | none)."""

    host: str
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    authorities: str = ""  # a PEM file with authorities beside the system's

    @property
    def actual_port(self) -> int:
        """The port that is used."""
        return self.port or _PORTS[self.security]

    @property
    def from_address(self) -> str:
        """What stands in From and MAIL FROM; "" where nothing fit is configured."""
        return self.sender or (self.user if domain_of(self.user) else "")


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Why a letter did not go. `field` is the setting that cures it; a final one is not tried again."""

    code: str
    text: str
    is_final: bool = False
    field: str = ""


async def deliver(server: MailServer, recipient: str, content: bytes) -> Undelivered | None:
    """Hand a letter in (RFC 5321); None when the server took it."""
    import aiosmtplib  # costs memory: not before the first letter

    if not server.from_address:
        text = (
            "There is no sender: the user at the mail server is no e-mail address. Set “Sender of our mail”."
        )
        return Undelivered("mail.no_sender", text, field="mail_from")
    try:
        await aiosmtplib.send(
            content,
            sender=server.from_address,
            recipients=[recipient],
            hostname=server.host,
            port=server.actual_port,
            username=server.user or None,
            password=server.password if server.user else None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=None if server.security == "none" else _tls_context(server),
            timeout=_TIMEOUT_S,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as problem:
        return explain(problem, server, recipient)
    return None


def explain(problem: Exception, server: MailServer, recipient: str) -> Undelivered:
    """Turn what went wrong into a sentence that says what, why and what to do."""
    import aiosmtplib

    if isinstance(problem, aiosmtplib.SMTPRecipientsRefused):
        problem = problem.recipients[0]
    said = _said(problem)
    match problem:
        case aiosmtplib.SMTPAuthenticationError():
            text = (
                f"The mail server does not accept user or password ({said}). Many providers want a password "
            )
            text += "of its own for programs here."
            return Undelivered("mail.login", text, field="mail_password")
        case aiosmtplib.SMTPSenderRefused():
            text = f"The mail server does not let us send as {server.from_address} ({said}). Set the address "
            text += "that belongs to the user."
            return Undelivered("mail.sender_refused", text, field="mail_from")
        case aiosmtplib.SMTPRecipientRefused():
            return _refused(problem.code, said, recipient)
        case aiosmtplib.SMTPDataError():
            return _content_refused(problem.code, said)
        case aiosmtplib.SMTPConnectTimeoutError() | aiosmtplib.SMTPReadTimeoutError():
            text = f"{server.host}, port {server.actual_port}, does not answer. Check server, port and "
            text += "encryption; some networks block port 25."
            return Undelivered("mail.silent", text, field="mail_port")
        case aiosmtplib.SMTPException() if "not supported" in said:
            text = f"The mail server cannot do what is set ({said}). Choose another encryption."
            return Undelivered("mail.not_supported", text, field="mail_security")
        case aiosmtplib.SMTPResponseException():
            return Undelivered(
                "mail.refused", f"The mail server refused the letter: {said}.", problem.code >= 550
            )
    return _unreached(problem, server)


def _unreached(problem: Exception, server: MailServer) -> Undelivered:
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            text = (
                f"The certificate of {server.host} is not to be trusted: {cause.verify_message}. Check the "
            )
            text += "server's name; where it signs its own, give its authority in “Further TLS authorities”."
            return Undelivered("mail.certificate", text, field="mail_host")
        if isinstance(cause, ssl.SSLError):
            text = (
                f"{server.host}, port {server.actual_port}, does not speak TLS as set. Choose the encryption "
            )
            text += "that belongs to the port."
            return Undelivered("mail.tls", text, field="mail_security")
        if isinstance(cause, socket.gaierror):
            text = (
                f"The name {server.host} cannot be found. Check its spelling, and whether this computer is "
            )
            text += "connected to the Internet."
            return Undelivered("mail.name", text, field="mail_host")
        if isinstance(cause, ConnectionRefusedError):
            text = (
                f"{server.host} refuses connections to port {server.actual_port}. Check port and encryption."
            )
            return Undelivered("mail.port", text, field="mail_port")
        cause = cause.__cause__ or cause.__context__
    text = f"No connection to {server.host}, port {server.actual_port}: {problem}."
    return Undelivered("mail.connection", text, field="mail_host")


def _refused(status: int, said: str, recipient: str) -> Undelivered:
    if status < 500:
        return Undelivered("mail.later", f"{recipient}: the mail server says “later” ({said}).")
    if any(word in said.lower() for word in _SPAM_WORDS):
        return Undelivered("mail.spam", _as_spam(said), is_final=True)
    text = f"The mail server refuses the address {recipient}: {said}. Correct the address."
    return Undelivered("mail.recipient", text, is_final=True)


def _content_refused(status: int, said: str) -> Undelivered:
    if status == 552:
        text = f"The letter is too large for the mail server ({said}). Switch off sending the sound along."
        return Undelivered("mail.too_large", text, is_final=True)
    if status >= 500:
        return Undelivered("mail.spam", _as_spam(said), is_final=True)
    return Undelivered("mail.later", f"The mail server says “later” ({said}).")


def _as_spam(said: str) -> str:
    return f"The mail was turned away by the provider: {said}. Use an address at another provider."


def _said(problem: Exception) -> str:
    """What the server said, on one line."""
    code = getattr(problem, "code", 0)
    message = " ".join(str(getattr(problem, "message", problem)).split())[:_LONGEST_SAID].rstrip(".")
    return f"{code} {message}" if code else message


def _tls_context(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.authorities:
        context.load_verify_locations(server.authorities)
    return context

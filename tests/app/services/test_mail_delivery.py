"""A real SMTP server takes letters, or says why not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from aiosmtplib import SMTPDataError

from app.services.letters import Attachment, Letter, encode
from app.services.mail_delivery import MailServer, deliver, explain
from tests.support.authority import Authority
from tests.support.post_office import PASSWORD, USER, open_post_office
from tests.support.programs import free_ports

TO = "owner@example.net"


def letter(**more: object) -> bytes:
    made = Letter(kind="test", recipient=TO, subject="Eine Prüfung 测试", text="Hallo\n你好\n", **more)  # type: ignore[arg-type]
    return encode(made, USER, 1_800_000_000.0)


def plain(port: int, **more: str) -> MailServer:
    return MailServer(host="127.0.0.1", port=port, security="none", sender="office@example.com", **more)


async def test_a_letter_arrives_with_its_attachment() -> None:
    async with open_post_office() as office:
        sound = Attachment("message.wav", "audio/wav", b"RIFF" + bytes(300))
        assert await deliver(plain(office.port), TO, letter(attachments=(sound,))) is None
    (message,) = office.letters
    assert message["Subject"] == "Eine Prüfung 测试"
    assert message["Auto-Submitted"] == "auto-generated"
    assert (office.envelopes[0].mail_from, office.envelopes[0].rcpt_tos) == ("office@example.com", [TO])
    body = message.get_body()
    assert body is not None
    assert "你好" in body.get_content()
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("message.wav", "audio/wav")
    assert attached.get_content() == sound.content


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_over_tls_with_a_password(security: str, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    tls = authority.context("127.0.0.1")
    async with open_post_office(tls=tls, is_tls_at_once=security == "tls", needs_login=True) as office:
        server = MailServer(
            host="127.0.0.1",
            port=office.port,
            security=security,
            user=USER,
            password=PASSWORD,
            authorities=str(authority.file),
        )
        assert await deliver(server, TO, letter()) is None
    assert office.envelopes[0].mail_from == USER


async def test_a_wrong_password_names_the_field(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with open_post_office(tls=authority.context("127.0.0.1"), needs_login=True) as office:
        server = MailServer(
            host="127.0.0.1", port=office.port, user=USER, password="wrong", authorities=str(authority.file)
        )
        problem = await deliver(server, TO, letter())
    assert problem is not None
    assert (problem.code, problem.field, problem.is_final) == ("mail.login", "mail_password", False)
    assert "535" in problem.text


async def test_a_strange_certificate_is_not_believed(tmp_path: Path) -> None:
    async with open_post_office(tls=Authority(tmp_path).context("127.0.0.1")) as office:
        server = MailServer(host="127.0.0.1", port=office.port, user=USER, password=PASSWORD)
        problem = await deliver(server, TO, letter())
    assert problem is not None
    assert (problem.code, problem.field) == ("mail.certificate", "mail_host")
    assert office.logins == []


@pytest.mark.parametrize(
    ("recipient", "content", "code", "is_final"),
    [
        ("550 No such user here", "", "mail.recipient", True),
        ("550 Mail rejected by policy, looks like spam", "", "mail.spam", True),
        ("450 Greylisted, come back later", "", "mail.later", False),
        ("", "552 Too much mail data", "mail.too_large", True),
        ("", "554 Message looks like spam", "mail.spam", True),
        ("", "451 Try again", "mail.later", False),
    ],
)
async def test_refusals(recipient: str, content: str, code: str, is_final: bool) -> None:
    async with open_post_office() as office:
        office.refuse_recipient, office.refuse_content = recipient, content
        problem = await deliver(plain(office.port), TO, letter())
    assert problem is not None
    assert (problem.code, problem.is_final) == (code, is_final)
    assert (recipient or content).partition(" ")[2] in problem.text
    assert office.letters == []


async def test_nobody_listens() -> None:
    problem = await deliver(plain(free_ports()), TO, letter())
    assert problem is not None
    assert (problem.code, problem.field) == ("mail.port", "mail_port")


async def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    problem = await deliver(MailServer(host="mail.invalid", sender=USER), TO, letter())
    assert problem is not None
    assert (problem.code, problem.field) == ("mail.name", "mail_host")


async def test_the_wrong_encryption_for_the_port() -> None:
    async with open_post_office() as office:
        at_once = MailServer(host="127.0.0.1", port=office.port, security="tls", sender=USER)
        problem = await deliver(at_once, TO, letter())
        assert problem is not None
        assert (problem.code, problem.field) == ("mail.tls", "mail_security")
        later = MailServer(host="127.0.0.1", port=office.port, security="starttls", sender=USER)
        problem = await deliver(later, TO, letter())
        assert problem is not None
        assert (problem.code, problem.field) == ("mail.not_supported", "mail_security")


async def test_without_a_sender_nothing_is_tried() -> None:
    problem = await deliver(MailServer(host="127.0.0.1", port=9, user="office"), TO, letter())
    assert problem is not None
    assert (problem.code, problem.field) == ("mail.no_sender", "mail_from")


def test_usual_ports() -> None:
    ports = [MailServer(host="h", security=each).actual_port for each in ("starttls", "tls", "none")]
    assert ports == [587, 465, 25]


def test_the_password_is_in_no_message_of_ours() -> None:
    assert "secret" not in repr(MailServer(host="post.example", user="u", password="secret"))


def test_what_a_server_says_is_one_line_of_some_length() -> None:
    said = explain(SMTPDataError(554, "no\r\nno \x0b" * 10_000), MailServer(host="h"), "a@b.example")
    assert len(said.text) < 500
    assert "\r" not in said.text

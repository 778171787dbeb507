"""Letters as bytes: headers that nobody can write into, and words in any script."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

from app.services.letters import Letter, encode


def test_a_subject_cannot_add_a_header() -> None:
    subject = "From 100\r\nBcc: everyone@example.net"
    sent = encode(Letter(kind="test", recipient="a@b.example", subject=subject, text="x"), "o@c.example", 0.0)
    message = message_from_bytes(sent, policy=default)
    assert message["Bcc"] is None
    assert message["Subject"] == "From 100 Bcc: everyone@example.net"
    assert message["From"] == "OpenMSS <o@c.example>"
    assert message["Date"] == "Thu, 01 Jan 1970 00:00:00 +0000"
    assert message["Message-ID"].endswith("@c.example>")


def test_what_a_stranger_calls_itself_makes_no_header_and_no_monster() -> None:
    subject = "Voice message from A\r\nBcc: x@example.com\x1b[31m\u202e\udcff" + "x" * 60_000
    content = encode(
        Letter(kind="k", recipient="a@example.com", subject=subject, text="\udcff"), "b@example.com", 0
    )
    read = message_from_bytes(content, policy=default)
    assert read["Bcc"] is None
    assert len(read["Subject"]) == 200
    assert read["Subject"].isprintable()
    assert len(content) < 2000

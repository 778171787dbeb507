"""An extension's forwarding by its reason."""

from __future__ import annotations

import pytest

from app.services.actions import MessageReason
from app.services.extension_rules import NO_MAILBOX, NOT_FORWARDED, Forwards


@pytest.mark.parametrize("reason", MessageReason)
def test_each_reason_has_its_destination(reason: MessageReason) -> None:
    forwards = Forwards(always="1", busy="2", no_answer="3", offline="4")
    assert forwards.to(reason) == {"always": "1", "busy": "2", "no_answer": "3", "offline": "4"}[reason]
    assert NOT_FORWARDED.to(reason) == ""


def test_nobody_has_a_mailbox_unasked() -> None:
    assert not NO_MAILBOX.is_on

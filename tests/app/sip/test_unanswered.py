"""INFO and MESSAGE that nobody answers."""

from __future__ import annotations

from app.sip.core import Core
from app.sip.message import Request, parse
from app.sip.settings import StackSettings
from app.sip.transaction_layer import server_key
from app.sip.unanswered import Unanswered
from tests.support.lone_stack import UDP, request


def test_only_silence_is_filled() -> None:
    core = Core(StackSettings(answer_for_silence=3.0))
    for number, answered in enumerate((False, True)):
        info = parse(request("INFO", branch=f"z9hG4bK-{number}", to_tag="us"))
        assert isinstance(info, Request)
        transaction = core.layer.open_server(info, server_key(info, "INFO"), UDP)
        Unanswered(core, transaction, 0.0)
        if answered:
            transaction.send(415, b"415", 1.0)
    core.timers.tick(2.9)
    assert len(core.layer.output) == 1
    core.timers.tick(3.0)
    assert len(core.layer.output) == 2
    assert b"SIP/2.0 200" in core.layer.output[1].data  # type: ignore[union-attr]

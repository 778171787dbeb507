"""The doctor's findings with the traced messages that show them."""

from __future__ import annotations

from typing import cast

import pytest

from app.api import examination
from app.errors import UserError
from app.pbx import Pbx
from app.sip.flow import Flow
from app.trace.capture import TraceFilter
from tests.app.api.test_diagnosis import NAME, pbx_with


class Peer:
    """A line's registration as far as the doctor asks for one."""

    def __init__(self, pbx: Pbx) -> None:
        self.name = NAME
        self.line = pbx.configuration.directory.lines[NAME]

    def is_from(self, flow: Flow) -> bool:
        return flow.remote.host == "203.0.113.10"


class Gateway:
    """The outside with one line."""

    def __init__(self, pbx: Pbx) -> None:
        self.lines = [Peer(pbx)]
        self.trunks: list[Peer] = []


async def test_evidence_names_messages_of_the_trace() -> None:
    pbx = pbx_with("R14-ctcims")
    found = await examination.examine(pbx, NAME)
    assert (found.kind, found.name) == ("line", NAME)
    finding = found.findings[0]
    assert finding.cause == "auth_user_form"
    shown = [found.messages[place] for place in finding.evidence]
    titles = [pbx.capture.message(each.id).row.title for each in shown]  # type: ignore[union-attr]
    assert [each.title for each in shown] == titles
    assert any(each.title.startswith("403") and not each.is_out for each in shown)
    with pytest.raises(UserError, match="no line or trunk gone"):
        await examination.examine(pbx, "gone")


async def test_a_call_is_examined_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pbx = pbx_with("R14-ctcims")
    call_id = pbx.capture.page(TraceFilter(), limit=1)[0].call_id
    whole = examination._whose(cast("examination.Gateway", Gateway(pbx)), pbx.capture.messages(TraceFilter()))
    assert whole == NAME
    monkeypatch.setattr(examination, "_whose", lambda gateway, messages: NAME if messages else "")
    found = await examination.examine_call(pbx, ("", call_id))
    assert found is not None
    assert found.findings[0].cause == "auth_user_form"
    assert await examination.examine_call(pbx, ()) is None
    assert await examination.examine_call(pbx, ("never-heard-of",)) is None


async def test_other_names_to_try() -> None:
    forms = await examination.auth_forms(pbx_with("R14-ctcims"), NAME)
    assert "+8612345678@gd.ctcims.cn" in [form.username for form in forms]

"""The doctor's door: saved cases, lines that run, cases to save."""

from __future__ import annotations

from collections import deque
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import pytest

from app.api import diagnosis
from app.diagnosis import Case
from app.errors import UserError
from app.pbx import Pbx
from app.services.directory import Directory
from app.services.outside import Line
from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.capture import Capture
from tests.support.cases import named

NAME = "telecom"


class NoRows:
    """A database without call records."""

    async def run(self, *_: object, **__: object) -> list[Any]:
        return []


def pbx_with(case: str) -> Pbx:
    """A PBX whose line has gone through a case, as far as the doctor asks for one."""
    line = Line(
        name=NAME, user="+8612345678", password="hunter2", domain="gd.ctcims.cn", proxy="203.0.113.10"
    )
    capture = Capture(None)
    flow = Flow(Transport.UDP, Address("198.51.100.20", 5060), Address("203.0.113.10", 5060))
    for each in named(case)["messages"]:
        direction = Direction.OUT if each["dir"] == "out" else Direction.IN
        text = each["text"].replace("\n", "\r\n").replace('"***"', '"0a1b2c"')
        capture.record(each["t"], direction, flow, text.encode())
    pbx = SimpleNamespace(
        configuration=SimpleNamespace(
            directory=Directory(lines=MappingProxyType({NAME: line})), database=NoRows()
        ),
        capture=capture,
        exchange=SimpleNamespace(gateway=None, calls=()),
        endpoint=SimpleNamespace(failures=deque()),
    )
    return cast(Pbx, pbx)


def test_a_saved_case_is_explained() -> None:
    (finding, *_) = diagnosis.diagnose_case(named("R17-cseq"))
    assert (finding.cause, finding.field, finding.value) == ("cseq_call_id", "register_call_id", "new")
    assert diagnosis.diagnose_case({}) == ()
    (note,) = diagnosis.diagnose_case(named("R08-stale-true"), notes=True)
    assert note.severity is diagnosis.Severity.INFO


def test_nonsense_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserError, match="This is no case file: “messages” is a list") as refused:
        diagnosis.diagnose_case({"messages": 5})
    assert refused.value.code == "diagnose.case"


async def test_a_line_is_explained() -> None:
    finding = (await diagnosis.diagnose_line(pbx_with("R14-ctcims"), NAME))[0]
    assert finding.cause == "auth_user_form"
    assert await diagnosis.diagnose_line(pbx_with("R14-not-healthy"), NAME) == ()
    with pytest.raises(UserError, match="no line or trunk gone"):
        await diagnosis.diagnose_line(pbx_with("R14-ctcims"), "gone")


@pytest.mark.parametrize("mask", [True, False])
async def test_a_saved_case_says_the_same_and_keeps_secrets(mask: bool) -> None:
    pbx = pbx_with("R14-ctcims")
    content: dict[str, Any] = await diagnosis.save_case(pbx, NAME, mask=mask)
    assert "hunter2" not in repr(content)
    assert ("0a1b2c" in repr(content)) is not mask
    again = diagnosis.diagnose_case(content)
    assert [each.cause for each in again] == [each.cause for each in await diagnosis.diagnose_line(pbx, NAME)]
    assert Case.from_json(content).config["user"] == "+8612345678"


def test_every_cause_has_its_sentence_at_the_door() -> None:
    assert "{username}" in diagnosis.TEXTS["auth_user_form"]

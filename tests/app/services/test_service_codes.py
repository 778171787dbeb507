"""Service codes mean what the table says, with and without the # that phones send."""

from __future__ import annotations

import pytest

from app.services.actions import Action, CheckMessages, JoinConference, MessageReason, SetForwarding
from app.services.service_codes import CODES, find, without_password


@pytest.mark.parametrize(
    ("dialled", "action"),
    [
        ("*97", CheckMessages("101")),
        ("*97#", CheckMessages("101")),
        ("*98", CheckMessages("")),
        ("*6*800", JoinConference("800")),
        ("*6*800#", JoinConference("800")),
        ("*6*800*1234", JoinConference("800", "1234")),
        ("*90*102", SetForwarding(MessageReason.BUSY, "102")),
        ("*90#", SetForwarding(MessageReason.BUSY)),
        ("*90", SetForwarding(MessageReason.BUSY)),
        ("*91*913812345678", SetForwarding(MessageReason.NO_ANSWER, "913812345678")),
        ("*91#", SetForwarding(MessageReason.NO_ANSWER)),
        ("*92*+4930123", SetForwarding(MessageReason.OFFLINE, "+4930123")),
        ("*92#", SetForwarding(MessageReason.OFFLINE)),
        ("*93*102#", SetForwarding(MessageReason.ALWAYS, "102")),
        ("*93#", SetForwarding(MessageReason.ALWAYS)),
    ],
)
def test_a_code_is_an_action(dialled: str, action: Action) -> None:
    found = find(dialled)
    assert found is not None
    code, match = found
    assert code.action(match, "101") == action


@pytest.mark.parametrize(
    "dialled", ["", "97", "*", "*9", "*970", "*6", "*6*", "*6*80*", "*94#", "*90*", "101"]
)
def test_what_is_no_code_is_none(dialled: str) -> None:
    assert find(dialled) is None


def test_no_dialled_number_is_two_codes() -> None:
    for dialled in ("*97", "*98", "*6*1", "*6*1*2", "*90*1", "*90#", "*91", "*92#", "*93*1"):
        assert len([code for code in CODES if code.pattern.fullmatch(dialled)]) == 1, dialled


@pytest.mark.parametrize(
    ("dialled", "shown"),
    [
        ("*6*800*1234", "*6*800"),
        ("*6*800*1234#", "*6*800"),
        ("*6*800*12\n34", "*6*800"),
        ("*6*800", "*6*800"),
        ("*93*0791", "*93*0791"),
        ("101", "101"),
    ],
)
def test_passwords_are_not_shown(dialled: str, shown: str) -> None:
    assert without_password(dialled) == shown

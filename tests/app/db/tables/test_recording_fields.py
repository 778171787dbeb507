"""What extensions and lines say of recording means what the policy knows."""

from __future__ import annotations

from app.db.store import KINDS
from app.db.tables.recording_fields import NOTICES, RECORDING_MODES
from app.services.recording_policy import RecordingMode, RecordingNotice


def test_the_choices_are_those_of_the_policy() -> None:
    assert [choice.value for choice in RECORDING_MODES] == list(RecordingMode)
    assert [choice.value for choice in NOTICES] == list(RecordingNotice)


def test_extensions_and_lines_have_them_and_are_not_recorded_by_themselves() -> None:
    for kind in ("extension", "line"):
        for name, default in (("recording", "off"), ("recording_notice", "nobody")):
            field = KINDS[kind].spec.field(name)
            assert field is not None
            assert (field.default, field.group) == (default, "Recording")

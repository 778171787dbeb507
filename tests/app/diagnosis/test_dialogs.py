"""Calls of a trace: who called, what was agreed, whether it is held."""

from __future__ import annotations

from app.diagnosis import Case
from app.diagnosis.dialogs import audio_host, offers_video
from app.diagnosis.reading import Reading
from tests.support.cases import named


def of(name: str) -> Reading:
    return Reading(Case.from_json(named(name)))


def test_a_call_that_was_challenged_is_one_call() -> None:
    (call,) = of("I02-not-once").calls
    assert len(call.invites) == 2
    assert call.is_answered
    assert call.is_out


def test_a_held_call() -> None:
    (call,) = of("H-hold").calls
    assert call.is_held
    assert audio_host(call.description(is_ours=False)) == ("203.0.113.50", 20000)
    assert not of("M01-not-both").calls[0].is_held


def test_a_refused_change_leaves_the_agreement_alone() -> None:
    (call,) = of("X18-fax").calls
    described = call.description(is_ours=False)
    assert described is not None
    assert [media.kind for media in described.media] == ["audio"]


def test_video_and_cancel() -> None:
    assert offers_video(of("I04-video").calls[0].request.sdp)
    (call,) = of("H-cancel").calls
    assert call.is_cancelled
    assert call.status == 487


def test_refused_calls_do_not_include_busy_telephones() -> None:
    assert of("X10-not-busy").refused == ()
    assert len(of("X10-not-busy").turned_down) == 1

"""M01 to M09: thresholds, and which address is whose."""

from __future__ import annotations

from typing import Any

import pytest

from app.diagnosis import Case, diagnose
from tests.support.cases import named


def causes(name: str, leg: dict[str, Any] | None = None, **config: object) -> list[str]:
    content = named(name)
    content["rtp"][0].update(leg or {})
    content["config"].update(config)
    return [each.cause for each in diagnose(Case.from_json(content))]


@pytest.mark.parametrize(
    ("loss", "jitter", "is_bad"), [(3.0, 40, False), (3.1, 0, True), (0, 41, True), (None, None, False)]
)
def test_what_a_network_may_do(loss: float | None, jitter: float | None, is_bad: bool) -> None:
    found = causes("M09-not-little", {"loss_percent": loss, "jitter_ms": jitter})
    assert (found == ["network_bad"]) is is_bad


def test_the_limits_can_be_set() -> None:
    assert causes("M09-loss", loss_limit_percent=10) == []


def test_the_public_address_set_means_that_it_is_told() -> None:
    content = named("M01-counters-only")
    content["config"]["public_address"] = "198.51.100.77"
    assert [each.cause for each in diagnose(Case.from_json(content))] == ["media_blocked"]


def test_the_address_of_ours_may_be_given_as_the_description_s() -> None:
    leg = {"local": "192.168.1.10:10000", "sdp_address": "192.168.1.10:10000", "sent": 500, "received": 0}
    assert [each.cause for each in diagnose(Case.from_json({"rtp": [leg]}))] == ["media_address_private"]


def test_five_seconds_are_needed() -> None:
    assert causes("M02-blocked", {"seconds": 4.0}) == []
    assert causes("M02-blocked", {"seconds": None, "sent": 99}) == ["media_blocked"]  # the call lasted 20 s
    assert causes("M01-counters-only", {"seconds": None, "sent": 249}) == []
    assert causes("M01-counters-only", {"seconds": None, "sent": 251}) == ["media_address_private"]


def test_keys_by_info_are_heard() -> None:
    content = named("M07-no-event")
    call_id = "call-1"
    info = f"INFO sip:x SIP/2.0\nCall-ID: {call_id}\nCSeq: 9 INFO\n\nSignal=5\n"
    content["messages"].append({"t": 9, "dir": "in", "peer": "203.0.113.10:5060/udp", "text": info})
    assert diagnose(Case.from_json(content)) == ()

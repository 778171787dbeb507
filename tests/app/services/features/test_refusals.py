"""A caller is told no with the right status; in words only where it can hear them, and wishes to."""

from __future__ import annotations

from typing import Any

import pytest

from app.calls.causes import Outcome
from app.calls.conversation import HungUp
from app.net.rtp_ports import PortsExhausted
from app.services.actions import Refuse
from app.services.directory import Directory, DirectoryHolder, Settings
from app.services.features.refusals import Refusals


class Talk:
    def __init__(self, call: Call, language: str) -> None:
        self.call, self.language = call, language

    async def play(self, *clips: str, until: str) -> str:
        assert until == "", "a key must not cut the words off"
        if self.call.is_gone:
            raise HungUp
        self.call.events += clips
        return ""

    def hang_up(self) -> None:
        self.call.events.append("hung up")


class Call:
    id = 1

    def __init__(self, called: str = "101", *, accepted: bool = False, **how: Any) -> None:
        self.called = called
        self.answered_at = 1.0 if accepted else None
        self.language = how.get("language", "en")
        self.is_gone = how.get("is_gone", False)
        self.has_codec = how.get("has_codec", True)
        self.fault: Exception | None = how.get("fault")
        self.events: list[Any] = []

    def could_converse(self) -> bool:
        if self.fault is not None:
            raise self.fault
        return self.has_codec

    async def converse(self, *, early: bool = False) -> Talk:
        if self.fault is not None:
            raise self.fault
        self.events.append("early" if early else "accepted")
        return Talk(self, self.language)

    def refuse(self, *told: Any) -> None:
        self.events.append(told)

    def end(self) -> None:
        self.events.append("ended")


class Words:
    async def clips(self, language: str, *parts: str) -> tuple[str, ...]:
        return tuple(f"{language}/{part}" for part in parts)


def refusals(*, early: bool) -> Refusals:
    settings = Settings(early_announcements=early, out_group_prefix="9")
    return Refusals(DirectoryHolder(Directory().with_settings(settings)), Words())  # type: ignore[arg-type]


async def run(call: Call, action: Refuse, *, early: bool) -> list[Any]:
    await refusals(early=early).run(call, action)  # type: ignore[arg-type]
    return call.events


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (Refuse(404), (404, "", None)),
        (Refuse(480, "Nobody home", "offline"), (480, "Nobody home", Outcome.OFFLINE)),
    ],
)
async def test_without_the_setting_the_status_is_all(action: Refuse, told: tuple[Any, ...]) -> None:
    assert await run(Call(), action, early=False) == [told]


async def test_with_the_setting_the_words_come_first_and_the_status_stays() -> None:
    events = await run(Call(language="zh"), Refuse(480, "", "no_answer"), early=True)
    assert events == ["early", "zh/fail-no-answer", (480, "", Outcome.NO_ANSWER)]


@pytest.mark.parametrize("called", ["112", "9112"])
async def test_nobody_who_called_for_help_has_to_listen(called: str) -> None:
    assert await run(Call(called), Refuse(503), early=True) == [(503, "", None)]


async def test_a_caller_without_a_codec_of_ours_gets_the_same_status_at_once() -> None:
    assert await run(Call(has_codec=False), Refuse(486), early=True) == [(486, "", None)]


async def test_without_a_free_port_the_status_is_all() -> None:
    assert await run(Call(fault=PortsExhausted(1, 2)), Refuse(486), early=True) == [(486, "", None)]


async def test_an_offer_that_nothing_can_be_said_to_is_refused_in_silence() -> None:
    assert await run(Call(), Refuse(488), early=True) == [(488, "", None)]


async def test_a_caller_that_gives_up_meanwhile_is_not_refused_any_more() -> None:
    call = Call(is_gone=True)
    with pytest.raises(HungUp):
        await run(call, Refuse(486), early=True)
    assert call.events == ["early"]


@pytest.mark.parametrize(
    ("status", "said"), [(486, "en/fail-busy"), (488, "en/fail-other"), (404, "en/fail-unknown-number")]
)
async def test_an_accepted_caller_hears_why_whatever_the_setting_says(status: int, said: str) -> None:
    events = await run(Call(accepted=True), Refuse(status), early=False)
    assert events == ["accepted", said, "hung up"]


async def test_an_accepted_caller_that_nothing_can_be_said_to_is_hung_up_on() -> None:
    assert await run(Call(accepted=True, fault=PortsExhausted(1, 2)), Refuse(486), early=False) == ["ended"]

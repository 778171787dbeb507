"""Forwarding that a phone switches by service codes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from app.services.extension_rules import Forwards
from tests.support.office import extension, in_virtual_time
from tests.support.voice_mail_office import VoiceMailOffice


@pytest.mark.parametrize(
    ("code", "field", "name"),
    [
        ("*93", "always", "always"),
        ("*90", "busy", "busy"),
        ("*91", "no_answer", "no-answer"),
        ("*92", "offline", "offline"),
    ],
)
@in_virtual_time
async def test_a_phone_switches_its_forwarding(code: str, field: str, name: str, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        phone = await office.phone("101")
        call = phone.call(f"{code}*100")
        await office.hear(f"fwd-{name}-on")
        assert office.playing == (f"fwd-{name}-on", "n-1", "n-0", "n-0")
        await call.until_ended()
        assert getattr(office.holder.current.extensions["101"].forwards, field) == "100"
        call = phone.call(f"{code}#")
        await office.hear(f"fwd-{name}-off")
        await call.until_ended()
        assert getattr(office.holder.current.extensions["101"].forwards, field) == ""
        await office.over(call)


@pytest.mark.parametrize("number", ["999", "101", "110"])
@in_virtual_time
async def test_a_phone_cannot_forward_anywhere(number: str, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("101")).call(f"*93*{number}")
        await office.hear("fwd-refused")
        await call.until_ended()
        assert office.holder.current.extensions["101"].forwards == Forwards()


@in_virtual_time
async def test_a_phone_that_may_not_forward_hears_so(tmp_path: Path) -> None:
    known = dataclasses.replace(extension("101"), forwards=Forwards(by_phone=False))
    async with VoiceMailOffice(tmp_path, extension("100"), known) as office:
        call = (await office.phone("101")).call("*93*100")
        await office.hear("fwd-not-permitted")
        await call.until_ended()

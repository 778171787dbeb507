"""An attendant on the line: what is heard, what rings, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.events import CallState
from app.services.actions import OpenMenu
from app.services.features.attendant import Attendant
from app.services.menu import Menu, OnFailure
from app.services.spelled_names import SpelledNames
from app.services.time_conditions import TimeCondition
from app.sip import events
from tests.support.announcements import at_once
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import Phone, PhoneCall, answering, refusing, ringing

MAIN = Menu(name="default", number="800", operator="100", keys={"1": "menu:sales"})
SALES = Menu(name="sales", keys={"*": "back", "9": "name", "8": "hangup"}, direct_dial=False)


def with_menus(office: Office, *menus: Menu) -> None:
    """Let 800 be the first of them, and find names without a thread."""
    known = menus or (MAIN, SALES)
    office.holder.current = office.holder.current.of_menus({each.name: each for each in known})
    attendant: Any = office.exchange.switchboard._features[OpenMenu]
    assert isinstance(attendant.__self__, Attendant)
    attendant.__self__._names = SpelledNames(at_once)


async def called(office: Office, phone: Phone) -> PhoneCall:
    """Call the attendant, and hear its first word."""
    await office.exchange.announcements.refresh()
    call = phone.call("800")
    await call.until(events.Accepted)
    await asyncio.sleep(0.5)
    return call


def ways_of(office: Office) -> list[str]:
    """The way the last call went, as its record has it."""
    found: list[str] = json.loads(office.last_record.details)["ways"]
    return found


async def over(office: Office, call: PhoneCall) -> None:
    if call.ended is None:
        call.hang_up()
    await call.until_ended()
    await office.quiet()
    office.assert_nothing_left()
    assert office.endpoint.counters.faults == 0


@in_virtual_time
async def test_who_dials_an_extension_is_put_through() -> None:
    async with Office() as office:
        with_menus(office)
        callee = await office.phone("102", behavior=answering)
        call = await called(office, await office.phone("101"))
        assert office.port.playing == ("menu-greeting", "menu-press-zero")
        office.port.press("102")
        await asyncio.sleep(1)
        assert len(callee.all_calls) == 1
        (talking,) = office.exchange.calls
        assert talking.state is CallState.TALKING
        assert len(office.voice.open_ports) == 2
        await over(office, call)
        assert office.last_record.outcome == "answered"
        assert office.last_record.connected == "102"
        assert ways_of(office) == ["menu default"]


@in_virtual_time
async def test_keys_before_the_prompt_is_over_count_and_menus_nest() -> None:
    async with Office() as office:
        with_menus(office)
        call = await called(office, await office.phone("101"))
        port = office.port
        port.press("1")
        await asyncio.sleep(3.5)  # 100 to 102 begin so: the menu waits whether more comes
        assert port.playing == ("menu-greeting",)
        port.press("*")
        await asyncio.sleep(0.5)
        assert port.playing == ("menu-greeting", "menu-press-zero")
        port.press("1")
        await asyncio.sleep(3.5)
        port.press("8")
        await asyncio.sleep(0.5)
        assert port.playing == ("menu-goodbye",)
        await over(office, call)
        ways = ["menu default", "menu sales", "menu default", "menu sales"]
        assert ways_of(office) == ways


@in_virtual_time
async def test_a_wrong_key_is_told_to_its_end_and_what_follows_it_is_forgotten() -> None:
    async with Office() as office:
        with_menus(office)
        call = await called(office, await office.phone("101"))
        port = office.port
        port.press("7654321")
        await asyncio.sleep(0.5)
        assert port.playing == ("menu-invalid",)
        await asyncio.sleep(5)
        assert port.playing == ("menu-greeting", "menu-press-zero")
        await over(office, call)


@in_virtual_time
async def test_who_presses_nothing_comes_to_the_operator() -> None:
    async with Office() as office:
        with_menus(office)
        operator = await office.phone("100", behavior=ringing)
        call = await called(office, await office.phone("101"))
        await asyncio.sleep(120)
        assert len(operator.all_calls) == 1
        played = office.voice.all_ports[0].played
        assert played.count("menu-greeting") == 3
        assert played.count("menu-timeout") == 3
        assert "menu-operator" in played
        await call.until_ended()  # nobody answers, and nobody asked: the call is over
        assert office.voice.all_ports[0].played[-2:] == ["fail-no-answer", "menu-goodbye"]
        await over(office, call)


@in_virtual_time
async def test_without_an_operator_the_attendant_hangs_up() -> None:
    async with Office() as office:
        with_menus(office, Menu(name="default", number="800", tries=2))
        call = await called(office, await office.phone("101"))
        await call.until_ended()
        port = office.voice.all_ports[0]
        assert port.played == [*("menu-greeting", "menu-timeout") * 2, "menu-goodbye"]
        await over(office, call)


@pytest.mark.parametrize(
    ("behavior", "word"), [(refusing(486), "fail-busy"), (ringing, "fail-no-answer"), (None, "fail-offline")]
)
def test_who_does_not_reach_anybody_comes_back(behavior: Any, word: str) -> None:
    @in_virtual_time
    async def run() -> None:
        async with Office() as office:
            with_menus(office)
            if behavior is not None:
                await office.phone("102", behavior=behavior)
            call = await called(office, await office.phone("101"))
            office.port.press("102")
            await asyncio.sleep(25 if behavior is ringing else 4)
            assert word in office.voice.all_ports[0].played
            assert office.voice.all_ports[0].played.count("menu-greeting") == 2
            assert call.ended is None
            await over(office, call)

    run()


@in_virtual_time
async def test_or_the_operator_takes_the_call() -> None:
    async with Office() as office:
        menu = Menu(name="default", number="800", operator="100", on_failure=OnFailure.OPERATOR)
        with_menus(office, menu)
        operator = await office.phone("100", behavior=answering)
        call = await called(office, await office.phone("101"))
        office.port.press("102")
        await asyncio.sleep(15)
        assert len(operator.all_calls) == 1
        assert office.voice.all_ports[0].played[-2:] == ["fail-offline", "menu-operator"]
        await over(office, call)


@in_virtual_time
async def test_names_are_keyed_and_read_out() -> None:
    async with Office(
        extension("101"),
        extension("102", description="张伟"),
        extension("103", description="Zhang Min"),
    ) as office:
        with_menus(office, Menu(name="default", number="800", keys={"9": "name"}))
        callee = await office.phone("102", behavior=ringing)
        call = await called(office, await office.phone("101"))
        port = office.port
        port.press("9")
        await asyncio.sleep(0.5)
        assert port.playing == ("menu-name-enter",)
        port.press("94264#")
        await asyncio.sleep(0.5)
        assert port.playing.count("menu-for-extension") == port.playing.count("menu-press") == 2
        port.press("1")
        await asyncio.sleep(8)
        assert len(callee.all_calls) == 1
        await over(office, call)


@in_virtual_time
async def test_closed_hours() -> None:
    async with Office() as office:
        with_menus(office, Menu(name="default", number="800", time_condition="never", else_destination="102"))
        current = office.holder.current
        never = TimeCondition(name="never", weekdays=frozenset())
        office.holder.current = current.replaced(time_conditions={"never": never})
        night = await office.phone("102", behavior=ringing)
        call = await called(office, await office.phone("101"))
        assert office.port.playing == ("menu-closed",)
        await asyncio.sleep(10)
        assert len(night.all_calls) == 1
        await over(office, call)


@in_virtual_time
async def test_the_language_of_a_menu_is_that_of_the_call() -> None:
    async with Office() as office:
        with_menus(office, Menu(name="default", number="800", language="zh"))
        call = await called(office, await office.phone("101"))
        (talking,) = office.exchange.calls
        assert talking.language == "zh"
        chinese = await office.exchange.announcements.clips("zh", "menu-greeting")
        assert office.port.source is not None
        assert tuple(getattr(office.port.source, "clips", ())) == chinese
        await over(office, call)


@pytest.mark.logs("of which there is no recording")
@in_virtual_time
async def test_a_recording_that_is_missing_is_passed_over() -> None:
    async with Office() as office:
        with_menus(office, Menu(name="default", number="800", prompt="mine", keys={"1": "hangup"}))
        call = await called(office, await office.phone("101"))
        assert office.port.playing == ()
        office.port.press("1")
        await asyncio.sleep(4)
        assert office.port.playing == ("menu-goodbye",)
        await over(office, call)


Moment = Callable[[Any], None]
MOMENTS: dict[str, tuple[str, float]] = {
    "in the greeting": ("", 0.5),
    "while the menu waits": ("", 8),
    "between two digits": ("10", 0.5),
    "while it says that a key is wrong": ("7", 0.5),
    "while the phone rings": ("102", 2),
    "in a name": ("1   ", 5),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_who_hangs_up_leaves_nothing(moment: str) -> None:
    keys, seconds = MOMENTS[moment]

    @in_virtual_time
    async def run() -> None:
        async with Office() as office:
            with_menus(office)
            await office.phone("102", behavior=ringing)
            call = await called(office, await office.phone("101"))
            office.port.press(keys.strip())
            await asyncio.sleep(seconds)
            await over(office, call)

    run()


@in_virtual_time
async def test_the_server_may_stop_in_the_middle() -> None:
    async with Office() as office:
        with_menus(office)
        call = await called(office, await office.phone("101"))
        office.exchange.switchboard.close()
        await call.until_ended()
        await over(office, call)

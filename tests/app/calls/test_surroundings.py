from __future__ import annotations

import asyncio

from app.calls.events import Ended
from app.services.actions import Action
from tests.support.music import Sounds
from tests.support.office import Office, in_virtual_time


@in_virtual_time
async def test_all_calls_share_them_and_the_stage_gets_the_legs_events() -> None:
    async with Office(sounds=Sounds()) as office:
        seen: list[object] = []

        class Watch:
            def on_event(self, leg: object, event: object) -> None:
                seen.append(event)

        async def feature(call: object) -> Action | None:
            call.stage = Watch()  # type: ignore[attr-defined]
            await asyncio.sleep(5)
            return None

        office.serve("500", feature)
        calls = [(await office.phone(number)).call("500") for number in ("100", "101")]
        await asyncio.sleep(1)
        one, other = office.exchange.calls
        assert one.surroundings is other.surroundings
        assert isinstance(one.surroundings.sounds, Sounds)
        for call in calls:
            call.hang_up()
        await office.quiet()
        assert [type(event) for event in seen] == [Ended, Ended]
        office.assert_nothing_left()

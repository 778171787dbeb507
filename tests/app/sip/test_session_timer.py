"""Who refreshes a session, and when it is given up."""

from __future__ import annotations

import pytest

from app.sip.core import Core
from app.sip.message import Request, Response, parse
from app.sip.session_timer import SESSION_TIMER, SessionTimer, Watch, WatchIn, is_too_small
from app.sip.settings import StackSettings
from tests.support.lone_stack import request


class Owner:
    def __init__(self) -> None:
        self.refreshed: list[float] = []
        self.expired: list[float] = []

    def refresh(self, now: float) -> None:
        self.refreshed.append(now)

    def on_expired(self, now: float) -> None:
        self.expired.append(now)


def timer() -> tuple[Core, SessionTimer, Owner]:
    core = Core(StackSettings())
    owner = Owner()
    return core, SessionTimer(core, owner), owner


def update(*headers: str) -> Request:
    message = parse(request("UPDATE", headers=headers))
    assert isinstance(message, Request)
    return message


def answered(value: str | None) -> Response:
    return Response(200, headers=[] if value is None else [("Session-Expires", value)])


def run(core: Core, until: float) -> None:
    while (deadline := core.timers.deadline()) is not None and deadline <= until:
        core.timers.tick(deadline)


def test_we_refresh_at_half_time_and_give_up_before_the_end() -> None:
    core, watch, owner = timer()
    watch.follow_response(answered("1800;refresher=uac"), 0.0)
    assert watch.line() == "Session-Expires: 1800;refresher=uac\r\n"
    run(core, 10_000)
    assert owner.refreshed == [900]
    assert owner.expired == [1768]
    assert len(core.timers) == 0


def test_the_peer_refreshes_and_we_watch() -> None:
    core, watch, owner = timer()
    watch.follow_response(answered("90;refresher=uas"), 0.0)
    assert watch.line() == "Session-Expires: 90;refresher=uas\r\n"
    run(core, 59)
    watch.follow_response(answered("90;refresher=uas"), 59.0)
    run(core, 1000)
    assert owner.refreshed == []
    assert owner.expired == [119]


def test_no_session_expires_is_no_timer() -> None:
    core, watch, _ = timer()
    watch.follow_response(answered("90;refresher=uas"), 0.0)
    watch.follow_response(answered(None), 1.0)
    assert not watch.is_running
    assert watch.line() == ""
    assert len(core.timers) == 0


@pytest.mark.parametrize(
    ("headers", "wish", "lines", "state"),
    [
        ((), 0, "", Watch.OFF),
        ((), 600, "", Watch.OFF),
        (
            ("Supported: timer",),
            600,
            "Require: timer\r\nSession-Expires: 600;refresher=uas\r\n",
            Watch.REFRESHING,
        ),
        (
            ("Supported: timer", "Session-Expires: 300"),
            0,
            "Require: timer\r\nSession-Expires: 300;refresher=uac\r\n",
            Watch.WATCHING,
        ),
        (
            ("Supported: timer", "Session-Expires: 300;refresher=uas"),
            0,
            "Require: timer\r\nSession-Expires: 300;refresher=uas\r\n",
            Watch.REFRESHING,
        ),
        (("Session-Expires: 20",), 0, "Session-Expires: 90;refresher=uas\r\n", Watch.REFRESHING),
    ],
)
def test_what_we_agree_to(headers: tuple[str, ...], wish: int, lines: str, state: Watch) -> None:
    """RFC 4028 9, table 2."""
    _, watch, _ = timer()
    assert watch.agree(update(*headers), 0.0, wish) == lines
    assert watch.state is state


def test_too_small() -> None:
    assert is_too_small(update("Supported: timer", "Session-Expires: 89"), 90)
    assert not is_too_small(update("Supported: timer", "Session-Expires: 90"), 90)
    assert not is_too_small(update("Session-Expires: 89"), 90)
    assert not is_too_small(update(), 90)


def test_every_row() -> None:
    for (state, signal), (target, _) in SESSION_TIMER.items():
        core, watch, _ = timer()
        if state is Watch.REFRESHING:
            watch.step(WatchIn.WE_REFRESH, 0.0, 100)
        elif state is Watch.WATCHING:
            watch.step(WatchIn.PEER_REFRESHES, 0.0, 100)
        assert watch.step(signal, 1.0, 200)
        assert watch.state is target
        assert (len(core.timers) > 0) == watch.is_running

"""The session timer: who refreshes the session, and when it is given up (RFC 4028)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from app.sip.machine import Machine, Table
from app.sip.timers import Timer
from app.sip.values import SessionExpires

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.message import Request, Response


class Watch(StrEnum):
    """Who keeps the session alive."""

    OFF = "OFF"
    REFRESHING = "REFRESHING"  # we do
    WATCHING = "WATCHING"  # the peer does


class WatchIn(StrEnum):
    """What can happen."""

    WE_REFRESH = "WE_REFRESH"
    PEER_REFRESHES = "PEER_REFRESHES"
    STOP = "STOP"
    TIMER_REFRESH = "TIMER_REFRESH"  # half of the interval
    TIMER_EXPIRED = "TIMER_EXPIRED"


class Refresher(Protocol):
    """Whose session it is."""

    def refresh(self, now: float) -> None:
        """It is time to send UPDATE or re-INVITE."""

    def on_expired(self, now: float) -> None:
        """Nobody refreshed: the session ends with BYE (RFC 4028 10)."""


class SessionTimer(Machine):
    """One session's timer. The subject of WE_REFRESH and PEER_REFRESHES is the interval in seconds."""

    __slots__ = ("core", "owner", "seconds", "timer_expired", "timer_refresh")

    def __init__(self, core: Core, owner: Refresher) -> None:
        self.state = Watch.OFF
        self.core = core
        self.owner = owner
        self.seconds = 0
        self.timer_refresh: Timer | None = None
        self.timer_expired: Timer | None = None

    def __str__(self) -> str:
        return "session timer"

    @property
    def is_running(self) -> bool:
        """Whether the session expires unless somebody refreshes it."""
        return self.state is not Watch.OFF

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now)

    def arm_refresh(self, now: float, seconds: int) -> None:
        """Refresh at half of the interval (RFC 4028 7.2), and give up at its end."""
        self.arm_expiry(now, seconds)
        self.timer_refresh = self.core.timers.start(now + seconds / 2, self, WatchIn.TIMER_REFRESH)

    def arm_expiry(self, now: float, seconds: int) -> None:
        """Give up a little before the end: 32 s, or a third of a short interval (RFC 4028 10)."""
        self.disarm(now, None)
        self.seconds = seconds
        end = now + seconds - min(32.0, seconds / 3)
        self.timer_expired = self.core.timers.start(end, self, WatchIn.TIMER_EXPIRED)

    def disarm(self, _now: float, _subject: object) -> None:
        """Leave the timers."""
        self.core.timers.cancel(self.timer_refresh)
        self.core.timers.cancel(self.timer_expired)

    def tell_refresh(self, now: float, _subject: object) -> None:
        """Time to refresh."""
        self.owner.refresh(now)

    def tell_expired(self, now: float, _subject: object) -> None:
        """Too late."""
        self.owner.on_expired(now)

    def line(self) -> str:
        """Write Session-Expires of a request inside the session: the roles stay (RFC 4028 7.1)."""
        if self.state is Watch.OFF:
            return ""
        refresher = "uac" if self.state is Watch.REFRESHING else "uas"
        return f"Session-Expires: {self.seconds};refresher={refresher}\r\n"

    def follow_response(self, response: Response, now: float) -> None:
        """Take what the 2xx to a request of ours says (RFC 4028 7.2)."""
        wanted = response.session_expires
        if wanted is None:
            self.step(WatchIn.STOP, now)
        elif wanted.refresher == "uas":
            self.step(WatchIn.PEER_REFRESHES, now, wanted.seconds)
        else:
            self.step(WatchIn.WE_REFRESH, now, wanted.seconds)

    def agree(self, request: Request, now: float, wish: int = 0) -> str:
        """Choose for a request of the peer, arm, and write the lines of the 2xx (RFC 4028 9).

        `wish` is the interval we ask for where the peer did not, but is able to (it supports `timer`).
        """
        asked = request.session_expires
        is_able = "timer" in request.supported
        if asked is None:
            if not wish or not is_able:
                self.step(WatchIn.STOP, now)
                return ""
            asked = SessionExpires(wish, "uas")
        refresher = asked.refresher or ("uac" if is_able else "uas")
        seconds = max(asked.seconds, self.core.settings.min_se)
        if refresher == "uac":
            self.step(WatchIn.PEER_REFRESHES, now, seconds)
        else:
            self.step(WatchIn.WE_REFRESH, now, seconds)
        require = "Require: timer\r\n" if is_able else ""
        return f"{require}Session-Expires: {seconds};refresher={refresher}\r\n"


def is_too_small(request: Request, least: int) -> bool:
    """Whether the interval is below ours and the peer can do something about it: 422 (RFC 4028 9)."""
    asked = request.session_expires
    return asked is not None and asked.seconds < least and "timer" in request.supported


_S = SessionTimer
SESSION_TIMER: Table[Watch, WatchIn] = {  # RFC 4028 7, 9, 10
    (Watch.OFF, WatchIn.WE_REFRESH): (Watch.REFRESHING, (_S.arm_refresh,)),
    (Watch.OFF, WatchIn.PEER_REFRESHES): (Watch.WATCHING, (_S.arm_expiry,)),
    (Watch.REFRESHING, WatchIn.WE_REFRESH): (Watch.REFRESHING, (_S.arm_refresh,)),
    (Watch.REFRESHING, WatchIn.PEER_REFRESHES): (Watch.WATCHING, (_S.arm_expiry,)),
    (Watch.REFRESHING, WatchIn.STOP): (Watch.OFF, (_S.disarm,)),
    (Watch.REFRESHING, WatchIn.TIMER_REFRESH): (Watch.REFRESHING, (_S.tell_refresh,)),
    (Watch.REFRESHING, WatchIn.TIMER_EXPIRED): (Watch.OFF, (_S.disarm, _S.tell_expired)),
    (Watch.WATCHING, WatchIn.WE_REFRESH): (Watch.REFRESHING, (_S.arm_refresh,)),
    (Watch.WATCHING, WatchIn.PEER_REFRESHES): (Watch.WATCHING, (_S.arm_expiry,)),
    (Watch.WATCHING, WatchIn.STOP): (Watch.OFF, (_S.disarm,)),
    (Watch.WATCHING, WatchIn.TIMER_EXPIRED): (Watch.OFF, (_S.disarm, _S.tell_expired)),
}
_S.TABLE = SESSION_TIMER

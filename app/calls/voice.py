"""What calls use of the sound engine: ports where RTP begins and ends in the PBX, and what is to be heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.media.sources import SoundSource
    from app.sdp.target import MediaTarget
    from app.sip.flow import Address

SoundSink = Callable[[int, Any], None]  # (tick, 20 ms of the house's sound)


class VoicePort(Protocol):
    """One leg's own end of RTP: plays to the phone, hears it, knows its keys."""

    on_digit: Callable[[str], None] | None  # each key once, by RFC 4733 or in-band

    @property
    def address(self) -> Address:
        """Where the phone is to send."""
        ...

    def connect(self, target: MediaTarget | None) -> None:
        """Say what the phone's description wants, again on every change; None = send nothing."""
        ...

    def play(self, source: SoundSource | None, on_end: Callable[[], None] | None = None) -> None:
        """Play this in place of what plays; None = silence. `on_end` is told when the source is over."""
        ...

    def add_sink(self, sink: SoundSink) -> Callable[[], None]:
        """Hear the phone; the call that is returned ends it."""
        ...

    def send_digit(self, digit: str, duration_ms: int = 160) -> None:
        """Press a key toward the phone."""
        ...

    def counters(self) -> Any:
        """What was counted so far."""
        ...

    def close(self) -> None:
        """Give the sockets back."""
        ...


class Voice(Protocol):
    """The sound engine."""

    async def open(self, host: str) -> VoicePort:
        """Open a port at an address of ours; PortsExhausted, EnvironmentFault."""
        ...

    def join(self, one: Any, other: Any) -> Callable[[], None]:
        """Let the two hear each other until the call that is returned."""
        ...


class CallSounds(Protocol):
    """What a caller hears where no person speaks."""

    def hold_music(self, call: Call) -> SoundSource | None:
        """What the one who waits hears; None = holding passes from phone to phone."""
        ...

    def ringback(self, call: Call) -> SoundSource | None:
        """What an accepted caller hears while a phone rings."""
        ...


class NoSounds:
    """A house without sounds of its own: holding passes through, and ringing is silent."""

    def hold_music(self, call: Call) -> SoundSource | None:
        """Nothing."""
        return None

    def ringback(self, call: Call) -> SoundSource | None:
        """Nothing."""
        return None


NO_SOUNDS = NoSounds()


class VoicePath:
    """How the sound of a hosted call travels: from port to port, each with a description of its own."""

    kind = "voice"
    __slots__ = ("_ports",)

    def __init__(self, ports: Callable[[], tuple[Any, Any]]) -> None:
        self._ports = ports

    async def counters(self) -> Any:
        """The counters of both legs so far."""
        return self._ports()

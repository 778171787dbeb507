"""Scripted calls between two stacks: what a person and a phone might do, drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from app.sip import events
from app.sip.flow import Address
from app.sip.invite import InviteSession
from app.sip.outgoing import OutgoingInvite
from app.sip.settings import StackSettings
from app.sip.transaction import StackCounters
from tests.support.virtual_time import VirtualTime
from tests.support.wire import StackNode, Weather, Wire


def sdp(tag: str, version: int = 1) -> bytes:
    """A description that tells who made it."""
    return f"v=0\r\no={tag} 1 {version} IN IP4 10.0.0.1\r\ns=-\r\nm=audio 4000 RTP/AVP 8\r\n".encode()


@dataclass(slots=True)
class Robot:
    """One end of calls. Reacts to events as its random mind says, and remembers what it was told."""

    node: StackNode
    random: Random
    name: str
    told: dict[InviteSession, list[str]] = field(default_factory=dict)
    _version: int = 1

    def describe(self) -> bytes:
        self._version += 1
        return sdp(self.name, self._version)

    def later(self, low: float, high: float, command: Callable[..., object], *args: object) -> None:
        """Do something with the session in a while."""
        self.node.time.after(self.random.uniform(low, high), lambda: self.node.run(command, *args))

    def call(self, address: Address) -> InviteSession:
        """Make a call of a random kind, and end it some time."""
        random = self.random
        headers = (("Require", "100rel"),) if random.random() < 0.3 else ()
        order = OutgoingInvite(
            uri=f"sip:bob@{address}",
            from_="<sip:alice@10.0.0.1>",
            to=f"<sip:bob@{address}>",
            contact_user="alice",
            sdp=None if random.random() < 0.25 else self.describe(),
            headers=headers,
            rel100=random.random() < 0.7,
            session_expires=random.choice((0, 90, 1800)),
            pin_flow=random.random() < 0.5,
        )
        session = self.node.run(self.node.stack.invite, order)
        assert isinstance(session, InviteSession)
        self.told.setdefault(session, [])
        self.live(session)
        return session

    def live(self, session: InviteSession) -> None:
        """Whatever else happens, this end hangs up at last; before, it may change the session."""
        random = self.random
        for _ in range(random.choice((0, 0, 1, 2, 3))):
            self.later(0.5, 60, session.offer, self.describe() if random.random() < 0.9 else None)
        if random.random() < 0.3:
            self.later(0.5, 40, session.request, "INFO", (), "text/plain", b"5")
        if random.random() < 0.2:
            self.later(0.0, random.choice((0.1, 3, 20)), session.end)
        else:
            self.later(20, random.choice((60, 400)), session.end)

    def handle(self, event: object) -> bool:
        """Take an event of the stack."""
        random = self.random
        if isinstance(event, events.RequestInDialog):
            if random.random() < 0.5:
                self.later(0.0, 1.0, self.node.stack.respond, event.transaction, event.request.reply(200))
            return True
        session = getattr(event, "session", None)
        if session is None:
            return isinstance(event, events.ResponseReceived)
        story = self.told.setdefault(session, [])
        assert "Ended" not in story, f"{type(event).__name__} after Ended"
        story.append(type(event).__name__)
        heard = getattr(event, "sdp", None)
        assert heard is None or b"o=" + self.name.encode() not in heard, "an echo"
        if isinstance(event, events.InviteReceived):
            self._be_called(session)
        elif isinstance(event, events.OfferReceived) or getattr(event, "is_offer", False):
            if random.random() < 0.85:
                self.later(0.0, 2.0, session.answer, self.describe())
            else:
                self.later(0.0, 2.0, session.refuse_offer, 488)
        return True

    def _be_called(self, session: InviteSession) -> None:
        random = self.random
        at = 0.0
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            at += random.uniform(0.0, 3.0)
            early = self.describe() if random.random() < 0.4 else None
            self.later(at, at, session.progress, random.choice((180, 183)), early)
        mind = random.random()
        if mind < 0.65:
            self.later(at, at + 8, session.accept, self.describe())
            self.live(session)
        elif mind < 0.85:
            self.later(at, at + 8, session.reject, random.choice((302, 404, 486, 503, 603)))
        else:
            self.later(at, at + 200, session.end)


@dataclass(slots=True)
class Run:
    """What came of a generated run."""

    caller: Robot
    callee: Robot
    wire: Wire

    @property
    def counters(self) -> tuple[StackCounters, StackCounters]:
        return self.caller.node.stack.counters, self.callee.node.stack.counters


def run_calls(seed: int, weather: Weather, calls: int = 1) -> Run:
    """Make random calls between two robots and let time run until nothing is left to do."""
    random = Random(seed)
    time = VirtualTime()
    wire = Wire(time, weather)
    robots = []
    for number, name in enumerate(("alice", "bob"), start=1):
        settings = StackSettings(seed=seed, session_expires=random.choice((0, 90, 1800)))
        node = StackNode(time, wire, Address(f"10.0.0.{number}", 5060), settings)
        robot = Robot(node, Random(random.random()), name)
        node.on_event = robot.handle
        robots.append(robot)
    caller, callee = robots
    for _ in range(calls):
        time.after(random.uniform(0, 5), lambda: caller.call(callee.node.address))
    time.run(most=100_000)
    return Run(caller, callee, wire)

"""All that the simulated carrier has heard and said, for assertions, and as the PBX's side would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.sip.flow import Address, Transport
from app.sip.message import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message. `at` is the loop's time; `heard` = it came to the carrier."""

    at: float
    heard: bool
    transport: Transport
    local: Address
    remote: Address
    data: bytes
    message: Request | Response

    @property
    def first_line(self) -> str:
        return self.data.partition(b"\r\n")[0].decode("utf-8", "replace")

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")


class CarrierLog:
    """The messages in order."""

    def __init__(self) -> None:
        self.all: list[Said] = []

    def __iter__(self) -> Iterator[Said]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def add(self, said: Said) -> None:
        """Keep one."""
        self.all.append(said)

    def requests(self, method: str, *, heard: bool = True) -> list[Request]:
        """The requests of a method that came (or went), repeats included."""
        return [
            each.message
            for each in self.all
            if each.heard is heard and isinstance(each.message, Request) and each.message.method == method
        ]

    def times(self, method: str, *, heard: bool = True) -> list[float]:
        """When the requests of a method came."""
        return [
            each.at
            for each in self.all
            if each.heard is heard and isinstance(each.message, Request) and each.message.method == method
        ]

    def statuses(self, method: str, *, heard: bool = False) -> list[int]:
        """The statuses that were given (or received) to a method, in order."""
        return [
            each.message.status
            for each in self.all
            if each.heard is heard
            and isinstance(each.message, Response)
            and each.message.cseq.method == method
        ]

    def last(self, method: str) -> Request:
        """The latest request of a method that came."""
        found = self.requests(method)
        assert found, f"no {method} came; heard {self.first_lines()}"
        return found[-1]

    def first_lines(self) -> list[str]:
        """The start lines, with an arrow for the way."""
        return [f"{'->' if each.heard else '<-'} {each.first_line}" for each in self.all]

    def case(self, config: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A case file of it, from the PBX's side of the wire, as the diagnosis reads it."""
        start = self.all[0].at if self.all else 0.0
        return {
            "config": config or {},
            "dns": {},
            "messages": [
                {
                    "t": round(each.at - start, 3),
                    "dir": "out" if each.heard else "in",
                    "peer": f"{each.local}/{each.transport.value.lower()}",
                    "text": each.text,
                }
                for each in self.all
            ],
            "socket_errors": [],
            "rtp": [],
            **more,
        }

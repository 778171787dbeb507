"""What the line doctor looks at: configuration, DNS, messages, socket errors, media counters of a case."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

BLANK = "***"
_SECRET_NAMES = ("password", "secret", "ha1", "token")
_MOST_MESSAGES = 20_000
_OTHER_WORDS = {"received": "in", "recv": "in", "rx": "in", "sent": "out", "send": "out", "tx": "out"}


class CaseError(ValueError):
    """What was given is no case; the message says which part, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMessage:
    """One message of the trace. `time` is None where the case does not say it; `id` finds it in our trace."""

    text: str
    is_out: bool
    peer: str = ""  # "192.0.2.1:5060/udp"
    time: float | None = None
    id: int = 0  # not in case files: elsewhere it means nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketError:
    """What the operating system said about a peer; "connected" is no error but worth knowing."""

    error: str
    peer: str = ""
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case as read. `config` maps the names of fields and settings to plain values."""

    config: Mapping[str, object] = field(default_factory=dict)
    dns: Mapping[str, object] = field(default_factory=dict)
    messages: tuple[CaseMessage, ...] = ()
    socket_errors: tuple[SocketError, ...] = ()
    rtp: tuple[Mapping[str, object], ...] = ()  # one a leg

    @classmethod
    def from_json(cls, given: object) -> Case:
        """Read a case file's content: unknown keys are ignored, missing parts are empty; CaseError."""
        top = _mapping(given, "a case")
        return cls(
            config=MappingProxyType({str(k).strip(): v for k, v in _part(top, "config").items()}),
            dns=MappingProxyType(_names(top.get("dns"))),
            messages=tuple(_message(each, n) for n, each in enumerate(_rows(top, "messages"))),
            socket_errors=tuple(_socket_error(each, n) for n, each in enumerate(_rows(top, "socket_errors"))),
            rtp=tuple(_legs(top.get("rtp"))),
        )

    def to_json(self) -> dict[str, Any]:
        """The plain form that `from_json` reads. Secrets are in it as they are: mask first."""
        return {
            "config": dict(self.config),
            "dns": {name: list(v) if isinstance(v, tuple) else v for name, v in self.dns.items()},
            "messages": [
                {"t": each.time, "dir": "out" if each.is_out else "in", "peer": each.peer, "text": each.text}
                for each in self.messages
            ],
            "socket_errors": [
                {"t": each.time, "peer": each.peer, "error": each.error} for each in self.socket_errors
            ],
            "rtp": [dict(leg) for leg in self.rtp],
        }

    def masked(
        self, mask_text: Callable[[str], str], mask_number: Callable[[str], str] | None = None
    ) -> Case:
        """A copy without secrets: `mask_text` for each message, passwords blank; `mask_number` for the rest.

        A password that is set stays visible as such, for a rule asks whether there is one.
        """
        config = {
            name: (BLANK if value else "") if _is_secret(name) else _mask_value(value, mask_number)
            for name, value in self.config.items()
        }
        messages = tuple(dataclasses.replace(each, text=mask_text(each.text)) for each in self.messages)
        return dataclasses.replace(self, config=MappingProxyType(config), messages=messages)


def _is_secret(name: str) -> bool:
    return any(part in name.lower() for part in _SECRET_NAMES) and not name.lower().endswith("_problem")


def _mask_value(value: object, mask_number: Callable[[str], str] | None) -> object:
    return mask_number(value) if mask_number is not None and isinstance(value, str) else value


def _mapping(given: object, what: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise CaseError(f"{what} is an object with names, not {_kind(given)}")
    return given


def _part(top: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return _mapping(top[name], f"“{name}”") if top.get(name) is not None else {}


def _rows(top: Mapping[str, Any], name: str) -> list[Any]:
    rows = top.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list | tuple):
        raise CaseError(f"“{name}” is a list, not {_kind(rows)}")
    if len(rows) > _MOST_MESSAGES:
        raise CaseError(f"“{name}” has more than {_MOST_MESSAGES} entries")
    return list(rows)


def _kind(given: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
    return names.get(type(given), "a number" if isinstance(given, int | float) else type(given).__name__)


def _names(given: object) -> dict[str, object]:
    """DNS by name: "ok", "nxdomain", "timeout", or addresses (a list, or text with commas)."""
    if given is None:
        return {}
    found: dict[str, object] = {}
    for name, answer in _mapping(given, "“dns”").items():
        key = str(name).strip().rstrip(".").lower()
        found[key] = tuple(str(each) for each in answer) if isinstance(answer, list | tuple) else answer
    return found


def _message(given: object, number: int) -> CaseMessage:
    row = _mapping(given, f"message {number}")
    text = row.get("text", "")
    if not isinstance(text, str):
        raise CaseError(f"“text” of message {number} is text, not {_kind(text)}")
    direction = str(row.get("dir", "")).strip().lower()
    direction = _OTHER_WORDS.get(direction, direction)
    if direction not in ("in", "out"):
        raise CaseError(f"“dir” of message {number} is “in” or “out”, not “{direction}”")
    return CaseMessage(
        text=text, is_out=direction == "out", peer=str(row.get("peer") or ""), time=_time(row, number)
    )


def _socket_error(given: object, number: int) -> SocketError:
    row = _mapping(given, f"socket error {number}")
    return SocketError(
        error=str(row.get("error") or ""), peer=str(row.get("peer") or ""), time=_time(row, number)
    )


def _time(row: Mapping[str, Any], number: int) -> float | None:
    given = row.get("t")
    if given is None:
        return None
    try:
        seconds = float(given)
    except (TypeError, ValueError):
        raise CaseError(f"“t” of entry {number} is a number of seconds, not {_kind(given)}") from None
    if not math.isfinite(seconds):
        raise CaseError(f"“t” of entry {number} is a number of seconds, not {given}")
    return seconds


def _legs(given: object) -> list[Mapping[str, object]]:
    """The legs of `rtp`: a list of them, one alone, or an object of them by name."""
    if given is None:
        return []
    if isinstance(given, list | tuple):
        return [_mapping(each, "a leg of “rtp”") for each in given]
    legs = _mapping(given, "“rtp”")
    if legs and all(isinstance(each, Mapping) for each in legs.values()):
        return [{"leg": name, **each} for name, each in legs.items()]
    return [legs] if legs else []

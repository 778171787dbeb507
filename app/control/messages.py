"""What travels on the control channel: one JSON object a line, values and errors included."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault, OpenMssError, UserError

LONGEST_LINE = 64 * 1024 * 1024  # a large CSV import is one line

_USER, _ENVIRONMENT = "user", "environment"


def encode(message: Mapping[str, Any]) -> bytes:
    """One message as a line. surrogateescape'd bytes of SIP messages become question marks."""
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """A line as a message. Raises ValueError where it is none."""
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("not an object")
    return message


def plain(value: object) -> Any:
    """Dataclasses, enums, mappings and sequences as what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Path):
        return str(value)
    return value


def error_message(error: OpenMssError) -> dict[str, Any]:
    """An error as the answer that carries it."""
    return {
        "error": {
            "kind": _USER if isinstance(error, UserError) else _ENVIRONMENT,
            "code": error.code,
            "text": error.text,
            "field": getattr(error, "field", None),
            "details": {
                name: plain(value) if isinstance(value, str | int | float | bool | None) else str(value)
                for name, value in error.details.items()
            },
        }
    }


def error_of(carried: Mapping[str, Any]) -> OpenMssError:
    """The error that `error_message` packed."""
    details = {
        name: value for name, value in carried["details"].items() if name not in ("code", "text", "field")
    }
    if carried["kind"] == _USER:
        return UserError(carried["code"], carried["text"], field=carried["field"], **details)
    return EnvironmentFault(carried["code"], carried["text"], **details)

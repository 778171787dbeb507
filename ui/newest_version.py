"""Asks the address that the settings name which version of OpenMSS is the newest, over https only."""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlsplit

from app.errors import EnvironmentFault

_PATIENCE_S = 15.0  # for the connection, for each word of the answer, and for all of it
_MOST_BYTES = 65_536
_MOST_NOTES = 300
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


@dataclass(frozen=True, slots=True)
class Release:
    """A version, what is new in it, and the page to get it from."""

    version: str
    notes: str
    url: str


def ask(source: str, context: ssl.SSLContext | None = None) -> Release:
    """Fetch what `source` says; blocks. EnvironmentFault where it does not answer, or with something else."""
    try:
        _hold_to_https(source)
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context or ssl.create_default_context()), _OnlyHttps()
        )
        request = urllib.request.Request(source, headers={"User-Agent": "OpenMSS"})
        with opener.open(request, timeout=_PATIENCE_S) as answer:
            content = _read_all(answer)
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):  # it holds the connection
            error.close()
        reason = _one_line(str(getattr(error, "reason", "") or error))
        text = f"{source} does not say which version is the newest: {reason}."
        raise EnvironmentFault("update.unreachable", text, source=source, reason=reason) from error
    return read(content, source)


def read(content: bytes, source: str) -> Release:
    """Read the answer: a JSON object with `version`, `url` (https) and perhaps `notes`."""
    try:
        if len(content) > _MOST_BYTES:
            raise ValueError(f"more than {_MOST_BYTES} bytes")
        said = json.loads(content)
        version, url, notes = said["version"], said["url"], said.get("notes", "")
        if not (isinstance(version, str) and _VERSION.fullmatch(version)):
            raise ValueError("no version")
        if not (isinstance(url, str) and isinstance(notes, str)):
            raise TypeError("url and notes are texts")
        _hold_to_https(url)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        text = f"What {source} says is no news of a version: it needs version, url (https) and notes."
        raise EnvironmentFault("update.not_understood", text, source=source) from error
    words = _one_line(notes)
    return Release(version, words if len(words) <= _MOST_NOTES else words[: _MOST_NOTES - 1] + "…", url)


def is_newer(version: str, own: str) -> bool:
    """Whether a version comes after ours; never for a version of ours that is no plain number."""
    return bool(_VERSION.fullmatch(own)) and _numbers(version) > _numbers(own)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return (*numbers, *[0] * (4 - len(numbers)))


def _read_all(answer: IO[bytes]) -> bytes:
    """The answer, or as much of it as says that it is too long; not from one who sends it drop by drop."""
    ends_at = time.monotonic() + _PATIENCE_S
    content = b""
    while len(content) <= _MOST_BYTES and (piece := answer.read1(_MOST_BYTES + 1)):  # type: ignore[attr-defined]
        content += piece
        if time.monotonic() > ends_at:
            raise TimeoutError("the answer takes too long")
    return content


def _one_line(text: str) -> str:
    """Foreign words as one line of what can be printed: no control characters, no halves of characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _hold_to_https(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError("the address does not begin with https://")
    if parts.username is not None or not url.isprintable() or any(char.isspace() for char in url):
        raise ValueError("the address has more in it than a host and a page")


class _OnlyHttps(urllib.request.HTTPRedirectHandler):
    """Follows nobody to where there is no encryption."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Any:
        try:
            _hold_to_https(newurl)
        except ValueError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)

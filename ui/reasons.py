"""Says in the user's language why a line or trunk stands as it does: the English sentences, recognised.

A state's reason is one sentence with values in it. It is kept in the history as it was said, so that it is
recognised by its form, rather than sent in pieces. A sentence of no known form is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from ui.marks import mark

FORMS: tuple[str, ...] = (
    mark("reasons", "Switched off."),
    mark("reasons", "Our network address has changed."),
    mark("reasons", "Registering as asked."),
    mark("reasons", "Registered at {server}."),
    mark("reasons", "Waiting for the carrier's answer."),
    mark("reasons", "In service; this line needs no registration."),
    mark("reasons", "The server address cannot be used: {problem}."),
    mark("reasons", "The address {address} cannot be used to send from: {problem}"),
    mark("reasons", "The server {server} cannot be found: its name does not resolve."),
    mark("reasons", "{peer} does not answer."),
    mark("reasons", "{peer} cannot be reached."),
    mark("reasons", "The certificate of {peer} is made out to another name ({said})."),
    mark("reasons", "The certificate of {peer} has expired or is not valid yet ({said})."),
    mark("reasons", "The certificate of {peer} is not signed by an authority this computer knows ({said})."),
    mark("reasons", "{peer} and OpenMSS have no TLS version or cipher in common ({said})."),
    mark("reasons", "{peer} does not speak TLS at this port ({said})."),
    mark("reasons", "{peer} cannot be reached: {said}."),
    mark("reasons", "The carrier asks for a password, and none is set ({said})."),
    mark("reasons", "The carrier does not accept the user name or password ({said})."),
    mark("reasons", "The carrier does not accept the user name or password ({said}): {detail}."),
    mark(
        "reasons",
        "The carrier's challenge cannot be answered ({said}): it is for {offered}, and the line is set to "
        "{realm}.",
    ),
    mark("reasons", "The carrier's challenge cannot be answered ({said})."),
    mark("reasons", "The carrier refuses the user name, the password or the account ({said})."),
    mark("reasons", "The carrier refuses the user name, the password or the account ({said}): {detail}."),
    mark("reasons", "The carrier answers, but says that the line is not registered (lifetime 0)."),
    mark("reasons", "The carrier wants a longer registration than it asks for ({said})."),
    mark("reasons", "The carrier is out of service at the moment ({said})."),
    mark("reasons", "The carrier is out of service at the moment ({said}): {detail}."),
    mark("reasons", "The carrier refuses the registration: {said}."),
    mark("reasons", "Answers ({status} to OPTIONS)."),
    mark("reasons", "No answer to OPTIONS."),
    mark("reasons", "The name {name} does not resolve."),
    mark("reasons", "Answered a call."),
    mark("reasons", "Did not answer a call."),
)


def reason(english: str) -> str:
    """The reason in the user's language."""
    for form in FORMS:
        found = _pattern(form).fullmatch(english)
        if found is not None:
            return QCoreApplication.translate("reasons", form).format(**found.groupdict())
    return english


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """The form as a pattern: each place takes what stands there, as little as possible."""
    parts = re.split(r"\{(\w+)\}", form)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    )

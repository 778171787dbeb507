"""Decides what a dialled number means: a pure function of the directory."""

from __future__ import annotations

from app.services.actions import Action, Refuse, RingExtension
from app.services.directory import Directory


def route(directory: Directory, caller: str, called: str) -> Action:
    """Give the first action of a call from extension `caller` to the number `called`.

    A disabled extension is not found: whoever calls need not know that it is configured.
    """
    extension = directory.extension(called)
    if extension is None or not extension.enabled:
        return Refuse(404) if called else Refuse(484)
    return RingExtension(called)

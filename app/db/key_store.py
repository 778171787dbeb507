"""Keeps one text in the operating system's key store, if it is usable and unlocked; never prompts."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

logger = logging.getLogger(__name__)

T = TypeVar("T")

SERVICE = "OpenMSS"
_DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default"
_PATIENCE_S = 5.0  # a key store that answers later hangs on a prompt or a dead bus


def is_usable() -> bool:
    """Whether texts can be kept without a prompt: Windows, or a desktop's unlocked Secret Service."""
    if sys.platform == "win32":
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False  # a server without a screen: nobody could answer a prompt, and boot comes before log-in
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    return bool(_within_patience(_is_collection_unlocked))


def keep(name: str, text: str) -> bool:
    """Store the text and read it back; False where that does not work."""
    if not is_usable():
        return False

    def store_and_compare() -> bool:
        keyring = _backend()
        keyring.set_password(SERVICE, name, text)
        return bool(keyring.get_password(SERVICE, name) == text)

    return bool(_within_patience(store_and_compare))


def fetch(name: str) -> str | None:
    """Read a kept text; None where the store is locked, gone, or does not hold it."""
    if not is_usable():
        return None
    return _within_patience(lambda: _backend().get_password(SERVICE, name))


def _backend() -> KeyringBackend:
    # named, not searched for: a search loads every backend installed, and some of them ask for a password
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    from keyring.backends.SecretService import Keyring

    return Keyring()  # type: ignore[no-untyped-call]


def _is_collection_unlocked() -> bool:
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        if not secretstorage.check_service_availability(bus):
            return False
        # by alias: get_default_collection() would make a missing one, and ask for its password
        return not secretstorage.Collection(bus, _DEFAULT_COLLECTION).is_locked()


def _within_patience(ask: Callable[[], T]) -> T | None:
    """Call on a thread of its own; None on any failure, and when no answer comes in time."""
    answers: list[T] = []

    def work() -> None:
        try:
            answers.append(ask())
        except Exception as error:
            # whatever a foreign key store throws means the same: not usable
            logger.info("the system's key store is not usable: %s: %s", type(error).__name__, error)

    thread = threading.Thread(target=work, name="key-store", daemon=True)
    thread.start()
    thread.join(_PATIENCE_S)
    return answers[0] if answers else None

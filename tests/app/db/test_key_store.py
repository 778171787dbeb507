"""The system's key store is used only where nobody is asked anything."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest

from app.db import key_store


class Backend:
    """A key store in memory; `spoils` writes something else than it was given."""

    def __init__(self, spoils: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.spoils = spoils

    def set_password(self, service: str, name: str, text: str) -> None:
        self.kept[service, name] = "spoilt" if self.spoils else text

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")


def always() -> bool:
    return True


def use(monkeypatch: pytest.MonkeyPatch, backend: Backend, unlocked: Callable[[], bool] = always) -> None:
    monkeypatch.setattr(key_store, "_backend", lambda: backend)
    monkeypatch.setattr(key_store, "_is_collection_unlocked", unlocked)


@pytest.mark.usefixtures("desktop")
def test_an_unlocked_store_keeps_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Backend())
    assert key_store.keep("vault-1", "key")
    assert key_store.fetch("vault-1") == "key"
    assert key_store.fetch("vault-2") is None


@pytest.mark.usefixtures("desktop")
def test_a_store_that_does_not_give_back_what_it_got_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Backend(spoils=True))
    assert not key_store.keep("vault-1", "key")


@pytest.mark.usefixtures("desktop")
def test_a_locked_store_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Backend()
    use(monkeypatch, backend, lambda: False)
    assert not key_store.keep("vault-1", "key")
    assert key_store.fetch("vault-1") is None
    assert backend.kept == {}


@pytest.mark.usefixtures("desktop")
@pytest.mark.parametrize("missing", ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS"])
def test_a_server_without_a_desktop_does_not_ask(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.delenv(missing)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    def never() -> bool:
        raise AssertionError

    monkeypatch.setattr(key_store, "_is_collection_unlocked", never)
    assert not key_store.is_usable()


@pytest.mark.usefixtures("desktop")
def test_a_store_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    use(monkeypatch, Backend(), released.wait)
    monkeypatch.setattr(key_store, "_PATIENCE_S", 0.01)
    assert not key_store.is_usable()
    released.set()


@pytest.mark.usefixtures("desktop")
def test_a_bus_that_is_not_there_means_no_store() -> None:
    pytest.importorskip("secretstorage")
    assert not key_store.is_usable()


def test_windows_always_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert key_store.is_usable()

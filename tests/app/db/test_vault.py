"""Secrets can be read again, and only with their key."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.db import key_store, vault
from app.db.vault import Vault
from app.errors import EnvironmentFault
from app.paths import DataPaths


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A key store that works."""
    kept: dict[str, str] = {}

    def keep(name: str, text: str) -> bool:
        kept[name] = text
        return True

    monkeypatch.setattr(key_store, "keep", keep)
    monkeypatch.setattr(key_store, "fetch", kept.get)
    return kept


def test_a_secret_is_read_back_by_another_run(tmp_path: Path) -> None:
    token = Vault(DataPaths(tmp_path)).encrypt("密码 7")
    assert "密码" not in token
    assert Vault(DataPaths(tmp_path)).decrypt(token) == "密码 7"


def test_the_key_of_a_folder_of_ones_own_stays_in_it(tmp_path: Path, store: dict[str, str]) -> None:
    Vault(DataPaths(tmp_path)).encrypt("x")
    file = DataPaths(tmp_path).vault_key
    assert store == {}
    assert file.read_text(encoding="ascii").startswith("file ")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0


def test_the_key_of_the_users_folder_goes_to_the_key_store(
    tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "default_data_folder", lambda: tmp_path)
    token = Vault(DataPaths(tmp_path)).encrypt("x")
    ((name, key),) = store.items()
    assert DataPaths(tmp_path).vault_key.read_text(encoding="ascii") == f"key-store {name}\n"
    assert Vault(DataPaths(tmp_path)).decrypt(token) == "x"
    store.clear()
    with pytest.raises(EnvironmentFault, match="locked or gone"):
        Vault(DataPaths(tmp_path)).decrypt(token)
    assert key


def test_without_a_key_store_the_users_folder_keeps_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "default_data_folder", lambda: tmp_path)
    monkeypatch.setattr(key_store, "keep", lambda name, text: False)
    Vault(DataPaths(tmp_path)).encrypt("x")
    assert DataPaths(tmp_path).vault_key.read_text(encoding="ascii").startswith("file ")


def test_a_missing_key_is_told_and_not_made_anew(tmp_path: Path) -> None:
    token = Vault(DataPaths(tmp_path)).encrypt("x")
    DataPaths(tmp_path).vault_key.unlink()
    with pytest.raises(EnvironmentFault, match="is missing"):
        Vault(DataPaths(tmp_path)).decrypt(token)
    assert not DataPaths(tmp_path).vault_key.exists()


def test_a_secret_of_another_key_is_told(tmp_path: Path) -> None:
    token = Vault(DataPaths(tmp_path / "a")).encrypt("x") if (tmp_path / "a").mkdir() is None else ""
    (tmp_path / "b").mkdir()
    other = Vault(DataPaths(tmp_path / "b"))
    other.encrypt("y")
    with pytest.raises(EnvironmentFault, match="another key"):
        other.decrypt(token)


@pytest.mark.parametrize("content", [b"", b"file short", b"elsewhere 7", b"\xff\xfe"])
def test_a_damaged_key_is_told(tmp_path: Path, content: bytes) -> None:
    DataPaths(tmp_path).vault_key.write_bytes(content)
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        Vault(DataPaths(tmp_path)).encrypt("x")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        Vault(DataPaths(tmp_path / "missing")).encrypt("x")

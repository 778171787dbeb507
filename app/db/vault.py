"""Encrypts secrets that must be readable again; their key lies in the system's key store or a private file.

Why which: docs/decisions/0003-secrets.md. Blocking: call it on the database thread.
"""

from __future__ import annotations

import base64
import logging
import secrets
from typing import TYPE_CHECKING

from app.db import key_store
from app.errors import EnvironmentFault
from app.paths import DataPaths, default_data_folder
from app.private_files import write_private_file

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

logger = logging.getLogger(__name__)

_IN_FILE = "file"
_IN_KEY_STORE = "key-store"


class Vault:
    """Encrypts and decrypts texts; the key is made at the first `encrypt` of a data folder."""

    def __init__(self, paths: DataPaths) -> None:
        self._path = paths.vault_key
        self._may_use_key_store = paths.data == default_data_folder()
        self._cipher: Fernet | None = None

    def encrypt(self, text: str) -> str:
        """Encrypt a text; the result is ASCII."""
        return self._ready_cipher(may_create=True).encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """Read what `encrypt` made. Raises EnvironmentFault where the key is out of reach, or another."""
        from cryptography.fernet import InvalidToken

        try:
            return self._ready_cipher(may_create=False).decrypt(token.encode("ascii")).decode()
        except (InvalidToken, UnicodeError) as error:
            text = f"A kept secret cannot be read: it was saved with another key than {self._path} holds. "
            text += "Put the file that belongs to this database back, or enter the secret anew."
            raise EnvironmentFault("vault.wrong_key", text, path=str(self._path)) from error

    def _ready_cipher(self, *, may_create: bool) -> Fernet:
        if self._cipher is None:
            from cryptography.fernet import Fernet

            key = self._read_key()
            if key is None:
                if not may_create:
                    text = f"The key of the kept secrets, {self._path}, is missing. "
                    text += "Put it back from a copy of the data folder, or enter the secrets anew."
                    raise EnvironmentFault("vault.no_key", text, path=str(self._path))
                key = self._make_key()
            try:
                self._cipher = Fernet(key)
            except ValueError as error:
                raise self._damaged() from error
        return self._cipher

    def _read_key(self) -> str | None:
        try:
            words = self._path.read_text(encoding="utf-8").split("\n")[0].split(" ", 1)
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError) as error:
            raise self._damaged() from error
        match words:
            case [place, key] if place == _IN_FILE:
                return key
            case [place, name] if place == _IN_KEY_STORE:
                found = key_store.fetch(name)
                if found is None:
                    text = (
                        "The key of the kept secrets is in the system's key store, which is locked or gone. "
                    )
                    text += "Log in to the desktop and unlock it, then try again."
                    raise EnvironmentFault("vault.locked", text, name=name)
                return found
        raise self._damaged()

    def _make_key(self) -> str:
        key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
        name = f"vault-{secrets.token_hex(8)}"
        if self._may_use_key_store and key_store.keep(name, key):
            line = f"{_IN_KEY_STORE} {name}\n"
            logger.info("the key of the kept secrets lies in the system's key store as %s", name)
        else:
            line = f"{_IN_FILE} {key}\n"
        try:
            write_private_file(self._path, line.encode("ascii"))
        except OSError as error:
            text = f"{self._path} cannot be written ({error.strerror}). Give your user the right to it."
            raise EnvironmentFault("vault.not_writable", text, path=str(self._path)) from error
        return key

    def _damaged(self) -> EnvironmentFault:
        text = f"The key of the kept secrets, {self._path}, cannot be read. Put it back from a copy."
        return EnvironmentFault("vault.damaged", text, path=str(self._path))

"""TLS toward peers we connect to: which certificate each must show, and in words why one was not accepted."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path

from app.net.tls import TlsClientSettings, TlsFiles, client_context
from app.sip.flow import Address, Flow

_MOST_NAMES = 5_000


class TlsClient:
    """Gives each flow its context and server name. `files` are shown to peers that ask who we are.

    A flow with `proof` is verified: chain and name. One without is as `settings` say.
    """

    def __init__(self, settings: TlsClientSettings) -> None:
        self.files: TlsFiles | None = None
        self._settings = settings
        self._contexts: dict[bool, ssl.SSLContext] = {}
        self._names: dict[Address, str] = {}

    def trust(self, authorities: Path | None) -> None:
        """Take the authorities of this PEM file for true as well, from the next connection on."""
        self._settings = replace(self._settings, authorities=authorities)
        self._contexts.clear()

    def note_name(self, address: Address, name: str) -> None:
        """Remember the name that led to an address: the server may have a certificate for each (SNI)."""
        if len(self._names) >= _MOST_NAMES:
            self._names.clear()
        self._names[address] = name

    def context(self, flow: Flow) -> ssl.SSLContext:
        """The context to connect with; UserError("tls.authorities") where the PEM file cannot be read."""
        verify = bool(flow.proof) or self._settings.verify
        context = self._contexts.get(verify)
        if context is None:
            context = client_context(replace(self._settings, verify=verify), self.files)
            self._contexts[verify] = context
        return context

    def server_name(self, flow: Flow) -> str:
        """The name that is asked for, and that must stand in the certificate where that is verified."""
        return flow.proof or self._names.get(flow.remote, flow.remote.host)


def handshake_words(problem: OSError) -> str:
    """Why a handshake failed, in the words of OpenSSL without its decoration."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        said = (problem.verify_message or problem.reason or "not accepted").rstrip(".")
        return f"certificate verify failed: {said}"
    if isinstance(problem, ssl.SSLError) and problem.reason:
        return f"TLS: {problem.reason.replace('_', ' ').lower()}"
    return problem.strerror or str(problem) or "closed during the TLS handshake"

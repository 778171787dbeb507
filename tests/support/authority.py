"""A certificate authority for tests: it signs for carriers, rightly or not."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import warnings
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.net.addresses import is_numeric
from app.net.tls import TlsFiles, server_context

_PEM = serialization.Encoding.PEM


class Authority:
    """Signs certificates; `file` is its own, for those who shall believe it."""

    def __init__(self, folder: Path, name: str = "Test authority") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        self._issued = 0
        self.file = folder / "authority.pem"
        builder = _builder(self._name, self._name, self._key.public_key(), begins=-400, ends=400)
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        own = (
            builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file.write_bytes(own.public_bytes(_PEM))

    def files(self, *names: str, begins: int = -1, ends: int = 90) -> TlsFiles:
        """A certificate made out to names and addresses, valid from `begins` to `ends` in days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_named(names[0]), self._name, key.public_key(), begins=begins, ends=ends)
        certificate = builder.add_extension(
            x509.SubjectAlternativeName(list(_alternatives(names))), critical=False
        ).sign(self._key, hashes.SHA256())
        self._issued += 1
        files = TlsFiles(self._folder / f"{self._issued}.pem", self._folder / f"{self._issued}.key")
        files.certificate.write_bytes(certificate.public_bytes(_PEM))
        files.key.write_bytes(
            key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        return files

    def context(self, *names: str) -> ssl.SSLContext:
        """What a carrier of these names listens with."""
        return server_context(self.files(*names))

    def expired_context(self, *names: str) -> ssl.SSLContext:
        """As `context`, but it ran out a month ago."""
        files = self.files(*names, begins=-90, ends=-30)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files.certificate, files.key)
        return context

    def old_context(self, *names: str) -> ssl.SSLContext:
        """As `context`, but it speaks TLS 1.1 at most."""
        context = self.context(*names)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("DEFAULT@SECLEVEL=0")
        return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternatives(names: Iterable[str]) -> Iterable[x509.GeneralName]:
    for name in names:
        yield x509.IPAddress(ipaddress.ip_address(name)) if is_numeric(name) else x509.DNSName(name)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, begins: int, ends: int
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=begins))
        .not_valid_after(now + datetime.timedelta(days=ends))
    )

"""TLS: our certificate, made on the first start or the administrator's own, and the contexts made of it."""

from __future__ import annotations

import datetime
import ipaddress
import logging
import os
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.errors import EnvironmentFault, UserError
from app.net.addresses import is_numeric, own_addresses

logger = logging.getLogger(__name__)

_CERTIFICATE, _KEY = "sip-certificate.pem", "sip-key.pem"
# Phones refuse certificates that live longer than what web browsers accept; ours is made anew when it has run
# out.
_LIFETIME = datetime.timedelta(days=825)
_RENEW_BEFORE = datetime.timedelta(days=30)

_BUNDLES = (
    Path("/etc/ssl/certs/ca-certificates.crt"),  # Debian, Ubuntu, Arch
    Path("/etc/pki/tls/certs/ca-bundle.crt"),  # Fedora, Red Hat
    Path("/etc/ssl/ca-bundle.pem"),  # SUSE
    Path("/etc/ssl/cert.pem"),  # Alpine
)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """A certificate (with its chain) and its private key, both PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsClientSettings:
    """How peers we connect to are checked: not at all (phones), or against known authorities."""

    verify: bool = False
    authorities: Path | None = None  # PEM; believed beside those of the operating system


def own_files(folder: Path, names: Iterable[str] = ()) -> TlsFiles:
    """Give the certificate kept in the data folder; make it when it is missing, damaged or about to run out.

    It is self-signed and made out to the machine's name and addresses and to `names`.
    Raises EnvironmentFault("tls.folder") when it cannot be written.
    """
    files = TlsFiles(folder / _CERTIFICATE, folder / _KEY)
    if _is_usable(files):
        return files
    certificate, key = _make(names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_private(files.key, key)
        files.certificate.write_bytes(certificate)
    except OSError as problem:
        raise EnvironmentFault(
            "tls.folder",
            f"The TLS certificate cannot be written to {folder} ({problem.strerror}).",
            folder=str(folder),
            reason=str(problem.strerror),
        ) from problem
    logger.info("made a TLS certificate: %s", files.certificate)
    return files


def _is_usable(files: TlsFiles) -> bool:
    if not (files.certificate.is_file() and files.key.is_file()):
        return False
    try:
        check(files, margin=_RENEW_BEFORE)
    except UserError as problem:
        logger.info("the TLS certificate is made anew: %s", problem)
        return False
    return True


def _make(names: Iterable[str]) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    host = socket.gethostname()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, (host or "openmss")[:64])])
    alternatives = [
        x509.IPAddress(ipaddress.ip_address(name)) if is_numeric(name) else x509.DNSName(name)
        for name in dict.fromkeys([*_ascii_only([host, "localhost", *names]), *own_addresses()])
    ]
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))  # phones whose clock is behind
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)  # phones can import it
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def _ascii_only(names: Iterable[str]) -> list[str]:
    """Leave out names a certificate cannot hold; the addresses are in it anyway."""
    return [name for name in names if name and name.isascii()]


def _write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def check(files: TlsFiles, *, margin: datetime.timedelta = datetime.timedelta(0)) -> None:
    """See that a certificate and key can be used; UserError on `tls_certificate` or `tls_key` says why not.

    Codes: tls.missing, tls.unreadable, tls.not_a_certificate, tls.not_a_key, tls.key_encrypted,
    tls.key_mismatch, tls.expired, tls.not_yet_valid.
    """
    certificate = _load_certificate(files.certificate)
    key = _load_key(files.key)
    encoding = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*encoding) != certificate.public_key().public_bytes(*encoding):
        raise UserError(
            "tls.key_mismatch",
            f"The key {files.key} does not belong to the certificate {files.certificate}.",
            field="tls_key",
            path=str(files.key),
        )
    now = datetime.datetime.now(datetime.UTC)
    if certificate.not_valid_after_utc <= now + margin:
        raise UserError(
            "tls.expired",
            f"The certificate {files.certificate} ran out on {certificate.not_valid_after_utc:%Y-%m-%d}.",
            field="tls_certificate",
            path=str(files.certificate),
            date=f"{certificate.not_valid_after_utc:%Y-%m-%d}",
        )
    if certificate.not_valid_before_utc > now:
        raise UserError(
            "tls.not_yet_valid",
            f"The certificate {files.certificate} is not valid before"
            f" {certificate.not_valid_before_utc:%Y-%m-%d}. Is the computer's clock right?",
            field="tls_certificate",
            path=str(files.certificate),
            date=f"{certificate.not_valid_before_utc:%Y-%m-%d}",
        )


def _read(path: Path, field: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("tls.missing", f"There is no file {path}.", field=field, path=str(path)) from None
    except OSError as problem:
        raise UserError(
            "tls.unreadable",
            f"The file {path} cannot be read ({problem.strerror}).",
            field=field,
            path=str(path),
            reason=str(problem.strerror),
        ) from problem


def _load_certificate(path: Path) -> x509.Certificate:
    data = _read(path, "tls_certificate")
    try:
        return x509.load_pem_x509_certificate(data)
    except ValueError:
        raise UserError(
            "tls.not_a_certificate",
            f"The file {path} is not a certificate in PEM form.",
            field="tls_certificate",
            path=str(path),
        ) from None


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    data = _read(path, "tls_key")
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except TypeError:  # what `cryptography` raises for an encrypted key without a password
        raise UserError(
            "tls.key_encrypted",
            f"The key {path} is protected by a password. Remove it, for example with"
            " “openssl pkey -in KEY -out NEWKEY”.",
            field="tls_key",
            path=str(path),
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise UserError(
            "tls.not_a_key",
            f"The file {path} is not a private key in PEM form.",
            field="tls_key",
            path=str(path),
        ) from None
    return key  # type: ignore[return-value]  # any kind of key has the public half that is compared


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """Make the context to accept connections with, TLS 1.2 at least; UserError as `check`."""
    check(files)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(files.certificate, files.key)
    except ssl.SSLError as problem:  # for example a key too weak for the security level of OpenSSL
        raise UserError(
            "tls.refused",
            f"The certificate {files.certificate} cannot be used: {problem.reason or problem}.",
            field="tls_certificate",
            path=str(files.certificate),
            reason=str(problem.reason or problem),
        ) from problem
    return context


def _believe_the_systems(context: ssl.SSLContext) -> None:
    """Take the authorities this computer knows: Windows' store, or where OpenSSL was built to look.

    A program built on one Linux looks where another keeps nothing; then their usual places are tried.
    """
    context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    places = ssl.get_default_verify_paths()
    if not (places.cafile or places.capath):
        found = next((path for path in _BUNDLES if path.is_file()), None)
        if found is not None:
            context.load_verify_locations(found)


def client_context(settings: TlsClientSettings, files: TlsFiles | None = None) -> ssl.SSLContext:
    """Make the context to connect with; `files` are shown to peers that ask who we are."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not settings.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        _believe_the_systems(context)
    if settings.verify and settings.authorities is not None:
        try:
            context.load_verify_locations(settings.authorities)
        except (OSError, ssl.SSLError) as problem:
            raise UserError(
                "tls.authorities",
                f"The file {settings.authorities} holds no certificates of authorities that can be read.",
                field="tls_ca",
                path=str(settings.authorities),
            ) from problem
    if files is not None:
        context.load_cert_chain(files.certificate, files.key)
    return context

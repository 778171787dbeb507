"""Certificates: made, kept, refused for the right reason."""

from __future__ import annotations

import datetime
import ssl
import stat
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.errors import EnvironmentFault, UserError
from app.net import tls
from app.net.tls import (
    TlsClientSettings,
    TlsFiles,
    check,
    client_context,
    own_files,
    server_context,
)


def write(
    folder: Path, *, begins: int = -1, ends: int = 90, password: bytes | None = None, name: str = "own"
) -> TlsFiles:
    """Make a certificate that is valid from `begins` to `ends`, in days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pbx.test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now + datetime.timedelta(days=begins))
        .not_valid_after(now + datetime.timedelta(days=ends))
        .sign(key, hashes.SHA256())
    )
    files = TlsFiles(folder / f"{name}.pem", folder / f"{name}.key")
    files.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    protection: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password is not None:
        protection = serialization.BestAvailableEncryption(password)
    files.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    )
    return files


def refusal(files: TlsFiles) -> UserError:
    with pytest.raises(UserError) as caught:
        check(files)
    return caught.value


def test_the_first_start_makes_a_certificate_for_names_and_addresses(tmp_path: Path) -> None:
    files = own_files(tmp_path / "data", ["pbx.example.org", "192.0.2.77", "büro"])
    certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {"pbx.example.org", "localhost"} <= set(names.get_values_for_type(x509.DNSName))
    addresses = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    assert {"127.0.0.1", "::1", "192.0.2.77"} <= addresses
    check(files)
    if sys.platform != "win32":
        assert stat.S_IMODE(files.key.stat().st_mode) == 0o600


def test_the_next_start_takes_the_same(tmp_path: Path) -> None:
    files = own_files(tmp_path)
    before = files.certificate.read_bytes(), files.key.read_bytes()
    assert own_files(tmp_path) == files
    assert (files.certificate.read_bytes(), files.key.read_bytes()) == before


@pytest.mark.parametrize("damage", ["no key", "torn", "nearly expired"])
def test_what_cannot_be_used_is_made_anew(tmp_path: Path, damage: str) -> None:
    files = own_files(tmp_path)
    if damage == "no key":
        files.key.unlink()
    elif damage == "torn":
        files.certificate.write_bytes(files.certificate.read_bytes()[:100])
    else:
        old = write(tmp_path, ends=10)
        old.certificate.replace(files.certificate)
        old.key.replace(files.key)
    before = files.certificate.read_bytes()
    check(own_files(tmp_path))
    assert files.certificate.read_bytes() != before


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault) as caught:
        own_files(tmp_path / "file" / "data")
    assert caught.value.code == "tls.folder"


def test_each_reason_to_refuse_an_own_certificate_is_told_apart(tmp_path: Path) -> None:
    good = write(tmp_path)
    check(good)
    assert refusal(TlsFiles(tmp_path / "none", good.key)).code == "tls.missing"
    assert refusal(TlsFiles(tmp_path / "none", good.key)).field == "tls_certificate"
    assert refusal(TlsFiles(good.certificate, tmp_path / "none")).field == "tls_key"
    assert refusal(TlsFiles(tmp_path, good.key)).code == "tls.unreadable"
    assert refusal(TlsFiles(good.key, good.key)).code == "tls.not_a_certificate"
    assert refusal(TlsFiles(good.certificate, good.certificate)).code == "tls.not_a_key"
    other = write(tmp_path, name="other")
    assert refusal(TlsFiles(good.certificate, other.key)).code == "tls.key_mismatch"
    assert refusal(write(tmp_path, name="old", begins=-9, ends=-1)).code == "tls.expired"
    assert refusal(write(tmp_path, name="young", begins=5)).code == "tls.not_yet_valid"
    assert refusal(write(tmp_path, name="locked", password=b"secret")).code == "tls.key_encrypted"


def test_contexts_speak_tls_1_2_at_least(tmp_path: Path) -> None:
    files = write(tmp_path)
    server = server_context(files)
    client = client_context(TlsClientSettings(), files)
    assert server.minimum_version == client.minimum_version == ssl.TLSVersion.TLSv1_2
    assert client.verify_mode is ssl.CERT_NONE


def test_peers_are_verified_where_that_is_wanted(tmp_path: Path) -> None:
    files = write(tmp_path)
    for settings in (
        TlsClientSettings(verify=True),
        TlsClientSettings(verify=True, authorities=files.certificate),
    ):
        context = client_context(settings)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
    with pytest.raises(UserError) as caught:
        client_context(TlsClientSettings(verify=True, authorities=files.key))
    assert caught.value.code == "tls.authorities"


def test_another_linux_keeps_its_authorities_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = own_files(tmp_path).certificate
    nowhere = ssl.get_default_verify_paths()._replace(cafile=None, capath=None)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", lambda *_: None)
    monkeypatch.setattr(tls, "_BUNDLES", (tmp_path / "missing.pem", known))
    context = client_context(TlsClientSettings(verify=True))
    assert context.cert_store_stats()["x509"] == 1
    monkeypatch.setattr(tls, "_BUNDLES", ())
    assert client_context(TlsClientSettings(verify=True)).cert_store_stats()["x509"] == 0

"""What each flow's peer must prove, and the words for those who cannot."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from app.errors import UserError
from app.net.tls import TlsClientSettings
from app.net.tls_client import TlsClient, handshake_words
from app.sip.flow import Address, Flow, Transport
from tests.support.authority import Authority

LOCAL, REMOTE = Address("127.0.0.1", 5061), Address("192.0.2.1", 5061)
PLAIN = Flow(Transport.TLS, LOCAL, REMOTE)
PROVEN = Flow(Transport.TLS, LOCAL, REMOTE, proof="carrier.example")


def meet(client: ssl.SSLContext, name: str, server: ssl.SSLContext) -> None:
    """Let two sides shake hands in memory; raises what the client meets."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server, server_hostname=name)
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(3):
        for side in (ours, theirs):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                if side is ours:
                    raise


def test_only_flows_that_demand_proof_are_verified() -> None:
    client = TlsClient(TlsClientSettings())
    assert client.context(PLAIN).verify_mode is ssl.CERT_NONE
    context = client.context(PROVEN)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert client.context(PROVEN) is context


def test_the_name_that_led_to_an_address_is_asked_for_and_the_proof_before_it() -> None:
    client = TlsClient(TlsClientSettings())
    assert client.server_name(PLAIN) == "192.0.2.1"
    client.note_name(REMOTE, "phone.example")
    assert client.server_name(PLAIN) == "phone.example"
    assert client.server_name(PROVEN) == "carrier.example"


def test_names_do_not_pile_up() -> None:
    client = TlsClient(TlsClientSettings())
    for port in range(5_001):
        client.note_name(Address("192.0.2.1", port), "phone.example")
    assert client.server_name(PLAIN) == "192.0.2.1"


def test_authorities_are_believed_from_the_next_connection_on(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    client, server = TlsClient(TlsClientSettings()), authority.context("carrier.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        meet(client.context(PROVEN), "carrier.example", server)
    client.trust(authority.file)
    context = client.context(PROVEN)
    meet(context, "carrier.example", server)
    assert context.cert_store_stats()["x509_ca"] >= 1
    client.trust(tmp_path / "none.pem")
    with pytest.raises(UserError, match="no certificates of authorities"):
        client.context(PROVEN)
    assert client.context(PLAIN).verify_mode is ssl.CERT_NONE


def test_what_is_wrong_is_said_in_the_words_of_openssl(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "known")
    context = TlsClient(TlsClientSettings(authorities=authority.file)).context(PROVEN)
    for server, words in (
        (
            authority.context("other.example"),
            "certificate verify failed: Hostname mismatch, certificate is not valid for 'carrier.example'",
        ),
        (authority.expired_context("carrier.example"), "certificate verify failed: certificate has expired"),
        (
            Authority(tmp_path / "strange", "Strange authority").context("carrier.example"),
            "certificate verify failed: unable to get local issuer certificate",
        ),
        (authority.old_context("carrier.example"), "TLS: tlsv1 alert protocol version"),
    ):
        with pytest.raises(ssl.SSLError) as caught:
            meet(context, "carrier.example", server)
        assert handshake_words(caught.value) == words


def test_other_troubles_have_words_too() -> None:
    assert handshake_words(ConnectionRefusedError(111, "Connection refused")) == "Connection refused"
    assert handshake_words(ConnectionResetError()) == "closed during the TLS handshake"

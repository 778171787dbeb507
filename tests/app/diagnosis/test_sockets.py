"""Socket errors as Linux, Windows and OpenSSL word them."""

from __future__ import annotations

import pytest

from app.diagnosis.case import SocketError
from app.diagnosis.sockets import Trouble, trouble_of


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("ICMP port unreachable", Trouble.REFUSED),
        ("[Errno 111] Connection refused", Trouble.REFUSED),
        ("[WinError 10054] An existing connection was forcibly closed by the remote host", Trouble.REFUSED),
        ("[WinError 10061] No connection could be made", Trouble.REFUSED),
        ("[Errno 113] No route to host", Trouble.UNREACHABLE),
        ("[Errno 101] Network is unreachable", Trouble.UNREACHABLE),
        ("ICMP host unreachable", Trouble.UNREACHABLE),
        ("ICMP communication administratively prohibited", Trouble.FILTERED),
        ("[Errno 110] Connection timed out", Trouble.TIMEOUT),
        ("connected", Trouble.CONNECTED),
        ("TCP connect ok", Trouble.CONNECTED),
        ("connect: Connection refused", Trouble.REFUSED),
        ("connect timeout", Trouble.TIMEOUT),
        ("tcp connected", Trouble.CONNECTED),
        ("Connection reset by peer", Trouble.RESET),
        ("the connection was closed", Trouble.RESET),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired", Trouble.TLS),
        ("tlsv1 alert protocol version", Trouble.TLS),
        ("[Errno -2] Name or service not known", Trouble.NAME),
        ("[Errno 99] Cannot assign requested address", Trouble.LOCAL_ADDRESS),
        ("[Errno 98] Address already in use", Trouble.LOCAL_PORT),
        ("[Errno 1] Operation not permitted", Trouble.FORBIDDEN),
        ("[Errno 90] Message too long", Trouble.TOO_LONG),
        ("something else", Trouble.OTHER),
        ("", Trouble.CONNECTED),
        ("ICMP type 3 code 3", Trouble.REFUSED),
        ("ICMP type 3, code 13", Trouble.FILTERED),
        ("certificate_name_mismatch", Trouble.TLS),
        ("port_unreachable", Trouble.REFUSED),
    ],
)
def test_errors_have_a_kind(error: str, kind: Trouble) -> None:
    assert trouble_of(SocketError(error=error)).kind is kind


def test_the_peer_is_read() -> None:
    assert trouble_of(SocketError(error="x", peer="192.0.2.1:5060/tcp")).peer == ("192.0.2.1", 5060, "tcp")

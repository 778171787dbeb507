"""Messages and flows for the tests of the trace."""

from __future__ import annotations

from app.sip.flow import Address, Flow, Transport

PHONE = Flow(Transport.UDP, Address("10.0.0.1", 5060), Address("10.0.0.7", 5061))
OTHER = Flow(Transport.TCP, Address("10.0.0.1", 5060), Address("10.0.0.8", 40_000), 3)
SIX = Flow(Transport.TLS, Address("2001:db8::1", 5061), Address("2001:db8::7", 40_001), 4)


def request(
    method: str = "INVITE", *, caller: str = "100", called: str = "101", call_id: str = "abc", body: str = ""
) -> bytes:
    """A request as a phone writes it."""
    return (
        f"{method} sip:{called}@10.0.0.1 SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP 10.0.0.7:5061;branch=z9hG4bK1;rport\r\n"
        f'From: "Anna" <sip:{caller}@10.0.0.1>;tag=1\r\n'
        f"To: <sip:{called}@10.0.0.1>\r\n"
        f"Call-ID: {call_id}\r\n"
        f"CSeq: 1 {method}\r\n"
        f"Contact: <sip:{caller}@10.0.0.7:5061>\r\n"
        f"Max-Forwards: 70\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def response(status: str = "200 OK", *, method: str = "INVITE", call_id: str = "abc") -> bytes:
    """A response to that."""
    return (
        f"SIP/2.0 {status}\r\nv: SIP/2.0/UDP 10.0.0.7:5061;branch=z9hG4bK1\r\nf: <sip:100@10.0.0.1>;tag=1\r\n"
        f"t: <sip:101@10.0.0.1>;tag=2\r\ni: {call_id}\r\nCSeq: 1 {method}\r\nl: 0\r\n\r\n"
    ).encode()

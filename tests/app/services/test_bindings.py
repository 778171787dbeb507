from __future__ import annotations

from typing import Any

import pytest

from app.services.bindings import Binding, Bindings
from app.sip.flow import Address, Flow, Transport
from app.sip.uri import SipUri, parse_uri

LOCAL = Address("10.0.0.1", 5060)


def flow(
    host: str = "10.0.1.1", port: int = 5060, transport: Transport = Transport.UDP, connection: int = 0
) -> Flow:
    return Flow(transport, LOCAL, Address(host, port), connection)


def binding(contact: str = "sip:101@10.0.1.1", expires_at: float = 100, **fields: Any) -> Binding:
    uri = parse_uri(contact)
    assert isinstance(uri, SipUri)
    values: dict[str, Any] = {"number": "101", "flow": flow(), "call_id": "a", "cseq": 1} | fields
    return Binding(uri=uri, expires_at=expires_at, **values)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_preferred_device_comes_first_and_expired_ones_do_not_come() -> None:
    clock, changed = Clock(), []
    bindings = Bindings(clock, changed.append)
    low, high = binding(q=200), binding("sip:101@10.0.1.2", q=900, expires_at=50)
    bindings.replace("101", [low, high])
    assert bindings.of("101") == (high, low)
    clock.now = 60
    assert bindings.of("101") == (low,)
    assert changed == ["101"]
    assert bindings.next_expiry() == 50
    bindings.expire()
    assert changed == ["101", "101"]
    assert (len(bindings), bindings.next_expiry()) == (1, 100)
    clock.now = 100
    bindings.expire()
    assert (bindings.of("101"), bindings.numbers(), bindings.next_expiry()) == ((), (), None)


def test_the_newest_devices_stay_where_fewer_are_allowed() -> None:
    changed: list[str] = []
    bindings = Bindings(Clock(), changed.append)
    old = binding(expires_at=50, q=900)
    newer, newest = binding("sip:101@10.0.1.2", 60, q=100), binding("sip:101@10.0.1.3", 70, q=200)
    bindings.replace("101", [old, newer, newest])
    bindings.keep_newest("101", 3)
    assert changed == ["101"]
    bindings.keep_newest("101", 2)
    assert bindings.of("101") == (newest, newer)
    assert changed == ["101", "101"]


def test_a_closed_connection_takes_only_its_own_devices() -> None:
    changed: list[str] = []
    bindings = Bindings(Clock(), changed.append)
    over_tcp = binding(flow=flow(transport=Transport.TCP, connection=7))
    over_udp = binding("sip:101@10.0.1.2")
    bindings.replace("101", [over_tcp, over_udp])
    bindings.drop_connection(8)
    bindings.drop_connection(7)
    bindings.drop_connection(7)
    assert bindings.of("101") == (over_udp,)
    assert len(changed) == 2


def test_numbers_that_are_gone() -> None:
    bindings = Bindings(Clock(), lambda _: None)
    bindings.replace("101", [binding()])
    bindings.drop_numbers(["101", "102"])
    assert list(bindings) == []


def test_refreshing_for_ever_keeps_the_queue_small() -> None:
    clock = Clock()
    bindings = Bindings(clock, lambda _: None)
    for step in range(20_000):
        clock.now = step
        bindings.replace("101", [binding(expires_at=step + 100_000)])
    assert len(bindings._expiries) < 3_000
    clock.now = 19_999 + 100_000
    bindings.expire()
    assert len(bindings) == 0


def test_restoring_is_silent_and_leaves_out_what_ran_out() -> None:
    changed: list[str] = []
    bindings = Bindings(Clock(), changed.append)
    bindings.restore([binding(), binding("sip:101@10.0.1.2", expires_at=0)])
    assert [str(each.uri) for each in bindings] == ["sip:101@10.0.1.1"]
    assert changed == []


@pytest.mark.parametrize(
    ("contact", "seen", "reached", "pinned"),
    [
        # not behind a NAT: the Contact counts, which may name another port than the REGISTER came from
        ("sip:101@10.0.1.1:5070", flow(port=33000), Address("10.0.1.1", 5070), False),
        ("sip:101@10.0.1.1", flow(), Address("10.0.1.1", 5060), False),
        ("sip:101@phone.example.com", flow(port=33000), Address("10.0.1.1", 33000), False),
        ("sip:101@10.0.1.1;transport=tcp", flow(port=33000), Address("10.0.1.1", 33000), False),
        # behind a NAT: where it was seen
        ("sip:101@192.168.1.5:5060", flow("203.0.113.1", 40000), Address("203.0.113.1", 40000), True),
        # a stream: the connection it registered over
        (
            "sip:101@10.0.1.1:5060;transport=tcp",
            flow(port=33000, transport=Transport.TCP, connection=4),
            Address("10.0.1.1", 33000),
            True,
        ),
    ],
)
def test_how_a_device_is_reached(contact: str, seen: Flow, reached: Address, pinned: bool) -> None:
    found = binding(contact, flow=seen).destination()
    assert found.flow is not None
    assert (found.flow.remote, found.flow.connection, found.pin_flow) == (reached, seen.connection, pinned)
    assert str(found.uri) == contact


def test_what_the_window_shows() -> None:
    view = binding(user_agent="Desk phone", flow=flow(port=33000)).view()
    assert (view.contact, view.address, view.transport) == ("sip:101@10.0.1.1", "10.0.1.1:33000", "UDP")
    assert (view.user_agent, view.expires_at) == ("Desk phone", 100)


@pytest.mark.parametrize(
    "contact",
    [
        "sip:0900123@198.51.100.9",
        "sip:0900123@3325256713",  # the same to a socket
        "sip:0900123@198.51.25609",
        "sip:0900123@0306.063.0144.011",
        "sip:0900123@999.1.1.1",
        "sip:0900123@carrier.example:5060",
        "sip:0900123@[2001:db8::9]",
    ],
)
@pytest.mark.parametrize("path", [(), ("<sip:198.51.100.9;lr>",)])
def test_no_phone_sends_its_calls_to_another_host(contact: str, path: tuple[str, ...]) -> None:
    """Else an extension could call at a carrier that knows us by our address, past the dial plan."""
    seen = flow()
    found = binding(contact, flow=seen, path=path).destination()
    assert found.flow is not None
    assert found.flow.remote == seen.remote

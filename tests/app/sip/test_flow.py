"""Transports, addresses and flows."""

from __future__ import annotations

from app.sip.flow import Address, Flow, Transport


def test_addresses_are_written_as_in_a_uri() -> None:
    assert str(Address("192.0.2.1", 5060)) == "192.0.2.1:5060"
    assert str(Address("2001:db8::1", 5061)) == "[2001:db8::1]:5061"


def test_transports() -> None:
    assert [transport.default_port for transport in Transport] == [5060, 5060, 5061]
    assert [transport.is_reliable for transport in Transport] == [False, True, True]


def test_flows_can_be_keys() -> None:
    local, remote = Address("192.0.2.1", 5060), Address("192.0.2.2", 5060)
    assert len({Flow(Transport.UDP, local, remote), Flow(Transport.UDP, local, remote, 0)}) == 1
    assert Flow(Transport.TCP, local, remote, 1) != Flow(Transport.TCP, local, remote, 2)

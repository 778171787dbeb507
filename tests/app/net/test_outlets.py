from __future__ import annotations

import asyncio

import pytest

from app.errors import EnvironmentFault
from app.net.outlets import Outlets, outlet_name
from app.net.resolver import Resolver
from app.net.sip_endpoint import Listen, SipEndpoint
from app.sip.events import ResponseReceived
from app.sip.flow import Address, Direction, Flow, Transport
from app.sip.outgoing import OutgoingRequest
from app.sip.stack import SipStack, StackSettings
from app.sip.uri import SipUri, parse_uri
from tests.support.dns_server import dns_server
from tests.support.phone import Recorder
from tests.support.wire import LoopScheduler, Wire, WireSockets


@pytest.mark.parametrize(
    ("host", "dns", "name"),
    [
        ("", (), ""),
        ("10.0.0.5", (), "10.0.0.5"),
        ("", ("10.0.0.53",), "10.0.0.53"),
        ("10.0.0.5", ("10.0.0.53", "10.0.0.54"), "10.0.0.5 10.0.0.53,10.0.0.54"),
    ],
)
def test_lines_that_want_the_same_share_an_outlet(host: str, dns: tuple[str, ...], name: str) -> None:
    assert outlet_name(host, dns) == name


def test_peers_prove_the_name_that_led_to_them_or_the_lines_own() -> None:
    assert outlet_name("10.0.0.5", (), "carrier.example") == "10.0.0.5 tls=carrier.example"
    outlets = Outlets(Resolver())
    outlets.add("", (), None, "carrier.example")
    outlet = outlets.get("tls=carrier.example")
    assert outlet.proof_of("192.0.2.1") == "carrier.example"
    assert outlet.proof_of("sbc.example") == "sbc.example"
    assert outlets.get("").proof_of("sbc.example") == ""


async def test_flows_of_a_proving_outlet_demand_proof_over_tls_only() -> None:
    async with Node() as ours:
        name = ours.endpoint.proving_outlet("carrier.example")
        assert ours.endpoint.proving_outlet("carrier.example") == name
        assert await ours.endpoint.open_outlet(tls_name="carrier.example") == name
        assert ours.endpoint.proving_outlet("") == ""
        for text, outlet, proof in (
            ("sip:192.0.2.1;transport=tls", name, "carrier.example"),
            ("sip:192.0.2.1;transport=tls", "", ""),
            ("sip:localhost:5061;transport=tls", name, "localhost"),
            ("sip:192.0.2.1;transport=tcp", name, ""),
        ):
            uri = parse_uri(text)
            assert isinstance(uri, SipUri)
            flows = await ours.endpoint.flows(uri, outlet)
            assert flows
            assert {flow.proof for flow in flows} == {proof}, text


def test_an_outlet_nobody_opened_is_a_mistake() -> None:
    outlets = Outlets(Resolver())
    assert outlets.get("").host == ""
    with pytest.raises(KeyError):
        outlets.get("10.0.0.5")


class Node:
    """An endpoint on loopback that keeps what its stack says."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[object] = asyncio.Queue()
        self.recorder = Recorder()
        self.endpoint = SipEndpoint(
            SipStack(StackSettings(t1=0.05)), Resolver(), self.recorder, self.events.put_nowait
        )

    async def __aenter__(self) -> Node:
        listen = [Listen(transport=kind, host="127.0.0.1", port=0) for kind in (Transport.UDP, Transport.TCP)]
        self.bound = {each.transport: each.address for each in await self.endpoint.start(listen)}
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.endpoint.stop()

    async def options(self, uri: str, outlet: str) -> ResponseReceived:
        """Send OPTIONS and wait for the outcome."""
        request = OutgoingRequest(
            method="OPTIONS", uri=uri, from_="<sip:a@x>", to="<sip:b@x>", contact_user="a", outlet=outlet
        )
        self.endpoint.run(self.endpoint.stack.send_request, request)
        async with asyncio.timeout(15):
            while True:
                event = await self.events.get()
                if isinstance(event, ResponseReceived):
                    return event

    def answering(self) -> None:
        """Answer OPTIONS from now on."""

        def take(event: object) -> None:
            transaction, request = getattr(event, "transaction", None), getattr(event, "request", None)
            if transaction is not None and request is not None:
                self.endpoint.run(self.endpoint.stack.respond, transaction, request.reply(200))

        self.endpoint._on_event = take


@pytest.mark.parametrize("transport", [Transport.UDP, Transport.TCP])
async def test_another_address_of_ours_and_another_dns(transport: Transport) -> None:
    async with (
        Node() as ours,
        Node() as theirs,
        dns_server("carrier.example. 60 IN A 127.0.0.1") as dns,
    ):
        theirs.answering()
        outlet = await ours.endpoint.open_outlet("127.0.0.3", (dns.address,))
        assert await ours.endpoint.open_outlet("127.0.0.3", (dns.address,)) == outlet
        port = theirs.bound[transport].port
        found = await ours.options(f"sip:carrier.example:{port};transport={transport.lower()}", outlet)
        assert found.status == 200
        assert dns.asked["carrier.example", "A"] == 1
        seen = [data for way, data in theirs.recorder.messages if way is Direction.IN]
        assert f"SIP/2.0/{transport} 127.0.0.3:".encode() in seen[0]
        assert b"Contact: <sip:a@127.0.0.3:" in seen[0]


async def test_other_orders_go_the_ordinary_way() -> None:
    async with Node() as ours, Node() as theirs:
        theirs.answering()
        await ours.endpoint.open_outlet("127.0.0.3")
        found = await ours.options(f"sip:{theirs.bound[Transport.UDP]}", "")
        assert found.status == 200
        seen = [data for way, data in theirs.recorder.messages if way is Direction.IN]
        assert f"SIP/2.0/UDP {ours.bound[Transport.UDP]};".encode() in seen[0]


async def test_the_address_we_listen_on_anyway_needs_no_second_socket() -> None:
    async with Node() as ours:
        name = await ours.endpoint.open_outlet("127.0.0.1")
        (flow,) = await ours.endpoint.flows(SipUri.of("a", "192.0.2.1"), name)
        assert flow.local == ours.bound[Transport.UDP]


async def test_an_address_that_is_not_ours_is_refused() -> None:
    async with Node() as ours:
        with pytest.raises(EnvironmentFault):
            await ours.endpoint.open_outlet("192.0.2.77")


async def test_an_outlet_of_the_other_family_leads_nowhere() -> None:
    async with Node() as ours:
        name = await ours.endpoint.open_outlet("127.0.0.3")
        assert await ours.endpoint.flows(SipUri.of("a", "2001:db8::1"), name) == ()


async def test_names_are_found_without_sending() -> None:
    async with Node() as ours, dns_server("carrier.example. 60 IN A 192.0.2.1") as dns:
        name = await ours.endpoint.open_outlet("", (dns.address,))
        found = await ours.endpoint.find(SipUri.of("", "carrier.example", transport="udp"), name)
        assert [target.address for target in found] == [Address("192.0.2.1", 5060)]
        ours.endpoint.network_changed()
        await ours.endpoint.find(SipUri.of("", "carrier.example", transport="udp"), name)
        assert dns.asked["carrier.example", "A"] == 2


async def test_two_empty_lines_keep_a_mapping_open() -> None:
    async with Node() as ours, Node() as theirs:
        for transport in (Transport.UDP, Transport.TCP):
            uri = SipUri.of("", "127.0.0.1", theirs.bound[transport].port, transport=transport.lower())
            (flow,) = await ours.endpoint.flows(uri)
            ours.endpoint.keep_alive(flow)
        async with asyncio.timeout(15):
            while theirs.endpoint.counters.keep_alives < 1 or not theirs.endpoint.connections:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert theirs.endpoint.counters.garbage == 0
        assert ours.recorder.messages == []


async def test_a_changed_address_is_noticed_on_a_wildcard_socket_only() -> None:
    wire = Wire(LoopScheduler(asyncio.get_running_loop()))
    sockets = WireSockets(wire, "10.0.0.1")
    for host, notices in (("0.0.0.0", True), ("10.0.0.1", False)):
        endpoint = SipEndpoint(SipStack(), Resolver(), Recorder(), lambda event: None, sockets=sockets)
        await endpoint.start([Listen(transport=Transport.UDP, host=host, port=0)])
        (flow,) = await endpoint.flows(SipUri.of("", "10.0.0.9"))
        assert not endpoint.has_moved(flow)
        elsewhere = Flow(Transport.UDP, Address("10.7.7.7", flow.local.port), flow.remote)
        assert endpoint.has_moved(elsewhere) is notices
        stream = Flow(Transport.TCP, Address("10.7.7.7", 5060), flow.remote)
        assert not endpoint.has_moved(stream)
        await endpoint.stop()

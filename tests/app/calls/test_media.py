from __future__ import annotations

import pytest

from app.calls.media import CALLEE, CALLER, DIRECT, MediaPaths, SdpOrigin, needs_relay
from app.net.rtp_ports import PortsExhausted
from app.sdp.description import parse
from app.sdp.negotiation import audio_target
from tests.support.office import PaperRelay, in_virtual_time
from tests.support.phone import describe

HOSTS = ("10.0.0.1", "10.0.0.1")
OFFER = parse(describe("10.1.1.1", 4000, video=True))


@pytest.mark.parametrize(
    ("mode", "caller", "callee", "hosts", "relayed"),
    [
        ("direct", True, True, HOSTS, False),
        ("relay", False, False, HOSTS, True),
        ("auto", False, False, HOSTS, False),
        ("auto", True, False, HOSTS, True),
        ("auto", False, True, HOSTS, True),
        ("auto", False, False, ("10.0.0.1", "2001:db8::1"), True),
    ],
)
def test_when_sound_goes_through_the_relay(
    mode: str, caller: bool, callee: bool, hosts: tuple[str, str], relayed: bool
) -> None:
    assert needs_relay(mode, caller_behind_nat=caller, callee_behind_nat=callee, hosts=hosts) is relayed


def test_sound_that_crosses_our_router_is_relayed() -> None:
    sides = {"caller_behind_nat": False, "callee_behind_nat": False, "crosses_border": True}
    assert needs_relay("auto", hosts=HOSTS, **sides)
    assert not needs_relay("direct", hosts=HOSTS, **sides)


def test_our_own_origin_line_grows_only_with_changes() -> None:
    origin = SdpOrigin("10.0.0.1")
    first = origin.dress(OFFER)
    again = origin.dress(OFFER)
    held = origin.dress(parse(describe("10.1.1.1", 4000, way="sendonly")))
    assert first == again
    versions = [parse(body).origin.version for body in (first, held)]
    assert [int(version) for version in versions] == [1, 2]
    assert parse(first).origin.host == "10.0.0.1"
    assert SdpOrigin("10.0.0.1").session_id != origin.session_id


async def test_a_direct_path_changes_and_counts_nothing() -> None:
    assert DIRECT.carry(OFFER, CALLER) is OFFER
    assert await DIRECT.counters() is None


@in_virtual_time
async def test_a_relayed_path_names_our_ports_to_each_side() -> None:
    relay = PaperRelay()
    paths = MediaPaths(relay, "7")
    path = await paths.relayed(HOSTS)
    to_callee = path.carry(OFFER, CALLER)
    to_caller = path.carry(parse(describe("10.1.1.2", 5000)), CALLEE)
    assert [media.port for media in to_callee.media] == [30006, 0]
    assert to_caller.media[0].port == 30004
    assert [target.port for target in relay.open_calls["7"]] == [4000, 5000]
    assert [leg.packets_in for leg in await path.counters()] == [0, 3]
    assert await paths.close() is not None
    assert await path.counters() is None
    assert relay.open_calls == {}
    assert await path.close() is None


@in_virtual_time
async def test_a_path_through_a_router_binds_our_address_and_tells_the_public_one() -> None:
    relay = PaperRelay()
    paths = MediaPaths(relay, "7")
    path = await paths.relayed(HOSTS, ("10.0.0.1", "203.0.113.7"))
    to_callee = audio_target(path.carry(OFFER, CALLER))
    to_caller = audio_target(path.carry(parse(describe("10.1.1.2", 5000)), CALLEE))
    assert to_callee is not None
    assert to_caller is not None
    assert (to_callee.host, to_callee.port) == ("203.0.113.7", 30006)
    assert (to_caller.host, to_caller.port) == ("10.0.0.1", 30004)
    assert relay.hosts["7"] == HOSTS
    assert await paths.relayed(HOSTS) is not path
    await paths.close()


@in_virtual_time
async def test_devices_reached_alike_share_a_path_and_the_losers_are_closed() -> None:
    relay = PaperRelay()
    paths = MediaPaths(relay, "7")
    one = await paths.relayed(HOSTS)
    assert await paths.relayed(HOSTS) is one
    other = await paths.relayed(("10.0.0.1", "2001:db8::1"))
    assert set(relay.open_calls) == {"7", "7.1"}
    await paths.close(keep=other)
    assert set(relay.open_calls) == {"7.1"}
    await paths.close()
    assert relay.open_calls == {}


@in_virtual_time
async def test_no_ports_left() -> None:
    paths = MediaPaths(PaperRelay(capacity=0), "7")
    with pytest.raises(PortsExhausted):
        await paths.relayed(HOSTS)
    assert await paths.close() is None

from __future__ import annotations

from ipaddress import ip_network

import pytest

from app.events import EventBus, Notice
from app.services.defence import FRIENDSHIP_S, WINDOW_S, Defence, who
from app.services.directory import Directory, DirectoryHolder, Settings
from app.services.screening import IpRule, IpRules, IpVerdict
from app.sip.flow import Address, Flow, Transport

STRANGER = "198.51.100.7"


def flow(host: str) -> Flow:
    return Flow(Transport.UDP, Address("10.0.0.1", 5060), Address(host, 5060))


class Walls:
    """A defence with its own clock."""

    def __init__(self, *rules: IpRule, failures: int = 3, minutes: int = 60, known: str = "") -> None:
        directory = Directory().with_settings(Settings(ban_failures=failures, ban_minutes=minutes))
        self.holder = DirectoryHolder(directory.replaced(ip_rules=IpRules(rules)))
        self.now = 1_000_000.0
        self.told: list[Notice] = []
        events = EventBus()
        events.subscribe(lambda event: self.told.append(event) if isinstance(event, Notice) else None)
        self.defence = Defence(
            self.holder, events, is_known=lambda each: each.remote.host == known, clock=lambda: self.now
        )

    def fail(self, times: int, host: str = STRANGER) -> bool:
        for _ in range(times):
            self.defence.failed(flow(host), "101")
        return self.defence.admits(host)


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_wrong_passwords_ban_an_address_for_a_while() -> None:
    walls = Walls()
    assert walls.fail(2)
    assert not walls.fail(1)
    assert walls.defence.admits("198.51.100.8")
    (ban,) = walls.defence.bans()
    assert (ban.address, ban.failures, ban.user) == (STRANGER, 3, "101")
    assert ban.until == walls.now + 3600
    (notice,) = walls.told
    assert notice.code == "defence.banned"
    assert STRANGER in notice.text
    walls.now = ban.until
    assert walls.defence.bans() == ()
    assert walls.defence.admits(STRANGER)
    assert walls.fail(2), "it begins anew"


def test_slow_failures_count_for_nothing() -> None:
    walls = Walls()
    for _ in range(20):
        assert walls.fail(2)
        walls.now += WINDOW_S + 1


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_a_right_password_forgives() -> None:
    walls = Walls()
    walls.fail(2)
    walls.defence.succeeded(flow(STRANGER))
    assert walls.fail(50), "an office with one wrong phone"
    walls.now += FRIENDSHIP_S
    assert not walls.fail(3)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_spared(host: str) -> None:
    assert Walls().fail(50, host)


def test_known_and_accepted_addresses_are_spared() -> None:
    accepted = IpRule(id="1", address=ip_network("203.0.113.0/24"), verdict=IpVerdict.ACCEPT)
    walls = Walls(accepted, known="192.0.2.1")
    assert walls.fail(50, "203.0.113.9")
    assert walls.fail(50, "192.0.2.1")


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_accepting_an_address_lifts_its_ban() -> None:
    walls = Walls()
    assert not walls.fail(3)
    accepted = IpRule(id="1", address=ip_network(STRANGER), verdict=IpVerdict.ACCEPT)
    walls.holder.current = walls.holder.current.replaced(ip_rules=IpRules([accepted]))
    assert walls.defence.admits(STRANGER)


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_nobody_is_banned_where_that_is_off() -> None:
    assert Walls(minutes=0).fail(50)
    walls = Walls()
    walls.fail(3)
    walls.holder.current = walls.holder.current.with_settings(Settings(ban_minutes=0))
    walls.defence.settings_changed()
    assert walls.defence.admits(STRANGER)


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_a_ban_is_lifted() -> None:
    walls = Walls()
    walls.fail(3)
    assert walls.defence.unban(STRANGER)
    assert not walls.defence.unban(STRANGER)
    assert walls.defence.admits(STRANGER)


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_an_ipv6_site_is_one_and_lifted_by_any_of_its_addresses() -> None:
    walls = Walls()
    for last in range(3):
        walls.defence.failed(flow(f"2a01:4f8:1:2::{last:x}"), "101")
    assert not walls.defence.admits("2a01:4f8:1:2:ffff::1")
    assert walls.defence.admits("2a01:4f8:1:3::1")
    assert walls.defence.unban("2a01:4f8:1:2::99")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("fd00::1", "fd00::1"),
        ("2a01:4f8:1:2::1", "2a01:4f8:1:2::/64"),
        ("no address", "no address"),
    ],
)
def test_what_is_counted_for_a_host(host: str, name: str) -> None:
    assert who(host) == name


@pytest.mark.logs("is banned until .*: 3 wrong passwords within a minute")
def test_memory_is_bounded_and_notices_are_few() -> None:
    walls = Walls()
    for number in range(12_000):
        host = f"100.{64 + number // 65536}.{number // 256 % 256}.{number % 256}"
        assert not walls.fail(3, host)
    assert len(walls.defence.bans()) == 10_000
    assert len(walls.told) == 1
    for number in range(12_000):
        walls.fail(1, f"101.0.{number // 256}.{number % 256}")
    assert len(walls.defence._failures) == 5_000
    walls.now += 61
    walls.fail(3, "192.0.2.1")
    assert "11999 more addresses" in walls.told[-1].text
    walls.defence.befriend(f"102.0.{number // 256}.{number % 256}" for number in range(25_000))
    assert len(walls.defence._friends) == 20_000

"""The rule that locks a leg to its source."""

from __future__ import annotations

import pytest

from app.net.source_lock import LEARN_PACKETS, RELEARN_AFTER, SourceLock, Trust, Verdict

SDP = ("192.168.1.5", 4000)
MAPPED = ("203.0.113.9", 61_000)
STRANGER = ("198.51.100.66", 9)
ACCEPT, LEARNING, FOREIGN = Verdict.ACCEPT, Verdict.LEARNING, Verdict.FOREIGN


def expecting(address: tuple[str, int] | None = SDP) -> SourceLock:
    lock = SourceLock()
    lock.expect(address)
    return lock


def learn(lock: SourceLock, address: tuple[str, int], ssrc: int = 1, start: int = 65_534) -> list[Verdict]:
    return [lock.judge(address, ((start + step) % 65_536, ssrc)) for step in range(LEARN_PACKETS)]


@pytest.mark.parametrize("rtp", [(5, 1), None])
def test_the_address_of_the_sdp_is_believed_at_once(rtp: tuple[int, int] | None) -> None:
    lock = expecting()
    assert lock.judge(SDP, rtp) is ACCEPT
    assert (lock.source, lock.trust) == (SDP, Trust.EXACT)
    assert lock.judge(STRANGER, (6, 1)) is FOREIGN


def test_another_port_of_its_host_is_believed_until_the_right_one_comes() -> None:
    lock = expecting()
    other = (SDP[0], 5555)
    assert lock.judge(other, (5, 1)) is ACCEPT
    assert lock.judge((SDP[0], 5556), (5, 1)) is FOREIGN
    assert lock.judge(SDP, (5, 1)) is ACCEPT
    assert lock.judge(other, (6, 1)) is FOREIGN


@pytest.mark.parametrize("expected", [SDP, None])
def test_another_source_is_learned(expected: tuple[str, int] | None) -> None:
    lock = expecting(expected)
    assert learn(lock, MAPPED) == [LEARNING] * (LEARN_PACKETS - 1) + [ACCEPT]
    assert (lock.source, lock.trust) == (MAPPED, Trust.LEARNED)
    assert lock.judge(STRANGER, (1, 1)) is FOREIGN
    assert lock.judge(MAPPED, None) is ACCEPT


def test_packets_that_are_no_stream_are_not_learned() -> None:
    lock = expecting()
    assert {lock.judge(MAPPED, None) for _ in range(9)} == {LEARNING}
    assert {lock.judge(MAPPED, (5, 1)) for _ in range(9)} == {LEARNING}  # the sequence stands still
    assert {lock.judge(MAPPED, (number, number)) for number in range(9)} == {LEARNING}  # SSRC after SSRC
    assert {lock.judge((MAPPED[0], number), (number, 1)) for number in range(1, 9)} == {LEARNING}
    assert lock.source is None


def test_two_who_send_at_once_keep_each_other_out() -> None:
    lock = expecting()
    for number in range(9):
        assert lock.judge(MAPPED, (number, 1)) is LEARNING
        assert lock.judge(STRANGER, (number, 2)) is LEARNING


def test_the_address_of_the_sdp_takes_over_from_a_learned_one() -> None:
    lock = expecting()
    learn(lock, STRANGER)
    assert lock.judge(SDP, (1, 7)) is ACCEPT
    assert learn(lock, STRANGER) == [FOREIGN] * LEARN_PACKETS


def test_a_quiet_source_gives_way() -> None:
    lock = expecting()
    learn(lock, MAPPED)
    assert lock.judge(STRANGER, (1, 1), RELEARN_AFTER - 0.1) is FOREIGN
    moved = (MAPPED[0], 62_000)
    assert [lock.judge(moved, (number, 1), RELEARN_AFTER) for number in range(3)] == [
        LEARNING,
        LEARNING,
        ACCEPT,
    ]
    assert lock.judge(MAPPED, (9, 1), 0.0) is FOREIGN


def test_a_re_invite_with_the_same_address_keeps_believing_and_learns() -> None:
    lock = expecting()
    learn(lock, MAPPED)
    lock.expect(SDP)
    assert lock.source == MAPPED
    moved = (MAPPED[0], 62_000)
    assert learn(lock, moved)[-1] is ACCEPT
    lock.expect(SDP)
    assert lock.judge(moved, (1, 1)) is ACCEPT
    assert lock.judge(MAPPED, (1, 1)) is FOREIGN  # confirmed by what it sent


def test_a_re_invite_with_another_address_forgets_the_old_source() -> None:
    lock = expecting()
    lock.judge(SDP, (1, 1))
    there = ("192.168.1.6", 4002)
    lock.expect(there)
    assert (lock.source, lock.trust) == (None, Trust.NONE)
    assert lock.judge(SDP, (2, 1)) is LEARNING
    assert lock.judge(there, (1, 2)) is ACCEPT
    assert lock.judge(SDP, (3, 1)) is FOREIGN


def test_ipv6_addresses_carry_flow_and_scope() -> None:
    lock = expecting(("fe80::5", 4000))
    source = ("fe80::5", 4000, 0, 3)
    assert lock.judge(source, (1, 1)) is ACCEPT
    assert lock.source == source

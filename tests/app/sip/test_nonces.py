"""Nonces without the digests around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.sip.nonces import NonceSource, Verdict


def test_nonces_differ_and_say_when_they_were_made() -> None:
    nonces = NonceSource(lifetime=10)
    one, two = nonces.issue(5.0), nonces.issue(5.0)
    assert one != two
    assert nonces.check(one, "", 14.9) is Verdict.OK
    assert nonces.check(two, "", 15.1) is Verdict.STALE


def test_a_changed_nonce_is_not_ours() -> None:
    nonces = NonceSource()
    nonce = nonces.issue(0.0)
    for index in range(len(nonce)):
        changed = nonce[:index] + ("0" if nonce[index] != "0" else "1") + nonce[index + 1 :]
        assert nonces.check(changed, "", 0.0) is Verdict.STALE
    assert nonces.check(nonce, "", 0.0) is Verdict.OK


def test_without_a_count_a_nonce_is_good_once() -> None:
    nonces = NonceSource()
    one, two = nonces.issue(0.0), nonces.issue(0.0)
    assert [nonces.check(nonce, "", 0.0) for nonce in (two, one)] == [Verdict.OK] * 2
    assert nonces.check(one, "", 0.0) is Verdict.REPLAYED
    assert nonces.check(two, "00000001", 0.0) is Verdict.OK
    assert nonces.check(two, "", 0.0) is Verdict.REPLAYED


def test_a_nonce_is_good_for_one_peer() -> None:
    nonces = NonceSource()
    nonce = nonces.issue(0.0, "192.0.2.1")
    for other in ("192.0.2.2", ""):
        assert not nonces.is_fresh(nonce, 0.0, other)
        assert nonces.check(nonce, "00000001", 0.0, other) is Verdict.STALE
    assert nonces.is_fresh(nonce, 0.0, "192.0.2.1")
    assert nonces.check(nonce, "00000001", 0.0, "192.0.2.1") is Verdict.OK


def test_a_nonce_that_was_just_proven_is_still_checked_for_age_and_peer() -> None:
    nonces = NonceSource(lifetime=10)
    nonce = nonces.issue(0.0, "192.0.2.1")
    assert nonces.is_fresh(nonce, 1.0, "192.0.2.1")
    assert not nonces.is_fresh(nonce, 1.0, "192.0.2.2")
    assert not nonces.is_fresh(nonce[:-1] + ("0" if nonce[-1] != "0" else "1"), 1.0, "192.0.2.1")
    assert nonces.is_fresh(nonce, 9.0, "192.0.2.1")
    assert not nonces.is_fresh(nonce, 11.0, "192.0.2.1")


@given(st.lists(st.integers(1, 200), max_size=60))
def test_no_count_passes_twice_and_near_ones_pass_once(counts: list[int]) -> None:
    nonces = NonceSource()
    nonce = nonces.issue(0.0)
    passed: set[int] = set()
    for count in counts:
        verdict = nonces.check(nonce, f"{count:08x}", 0.0)
        too_far_behind = bool(passed) and max(passed) - count > 64
        expected = Verdict.REPLAYED if count in passed or too_far_behind else Verdict.OK
        assert verdict is expected
        if verdict is Verdict.OK:
            passed.add(count)

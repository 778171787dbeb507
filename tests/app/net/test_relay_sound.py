"""What is kept of the sound of a leg: numbers, events, silence; and what a change makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtp import RtpPacket
from app.net.relay_sound import SoundSeen
from app.sdp.codec import STATIC, Codec

PCMU, PCMA = STATIC[0], STATIC[8]
EVENT = Codec(101, "telephone-event", 8000)
OPUS = Codec(111, "opus", 48_000, 2)
KEY = b"\x05\x8a\x03\x20"  # 5, its end, 800 ticks


def packet(payload_type: int, payload: bytes) -> bytes:
    return RtpPacket(payload_type=payload_type, sequence=0, timestamp=0, ssrc=1, payload=payload).encode()


def note(seen: SoundSeen, codec: Codec | int, payload: bytes = b"x" * 160, now: float = 0.0) -> bool:
    """Show it one packet: of an agreed codec, or of a number that nobody spoke of."""
    if isinstance(codec, Codec):
        return seen.note(codec.payload_type, codec, packet(codec.payload_type, payload), now)
    return seen.note(codec, None, packet(codec, payload), now)


def test_nothing_came() -> None:
    seen = SoundSeen()
    assert (seen.payload_types, seen.events, seen.sampled, seen.silent) == ((), (), 0, 0)


def test_every_payload_type_is_kept_once() -> None:
    seen = SoundSeen()
    assert all(note(seen, codec) for codec in (PCMA, PCMU, PCMA, 127))
    assert seen.payload_types == (0, 8, 127)


def test_agreed_events_are_counted_one_by_one() -> None:
    seen = SoundSeen()
    assert note(seen, PCMA)
    assert [note(seen, EVENT, KEY) for _ in range(3)] == [False] * 3
    assert (seen.payload_types, seen.events) == ((8, 101), ((101, 3),))


@pytest.mark.parametrize(
    ("codec", "payload", "is_event"),
    [
        (96, KEY, True),
        (96, b"\x11" + KEY[1:], False),  # no such key
        (96, KEY + b"\0", False),
        (96, b"", False),
        (4, KEY, False),  # silence of G.723.1 has four bytes
        (OPUS, KEY, False),
    ],
)
def test_an_event_of_another_number_is_known_by_its_form(
    codec: Codec | int, payload: bytes, is_event: bool
) -> None:
    seen = SoundSeen()
    note(seen, codec, payload)
    assert bool(seen.events) == is_event
    assert len(seen.payload_types) == 1


def test_what_was_agreed_before_a_change_is_no_offence_while_the_change_is_on_its_way() -> None:
    seen = SoundSeen()
    seen.agree((PCMA, EVENT), 0.0)
    note(seen, PCMA)
    note(seen, EVENT, KEY)
    note(seen, 18)
    seen.agree((PCMU,), 10.0)
    assert (seen.payload_types, seen.events) == ((18,), ())  # which was never agreed
    assert not note(seen, PCMA, now=14.9)
    assert note(seen, PCMU, now=14.9)
    assert seen.payload_types == (0, 18)
    assert note(seen, PCMA, now=15.0)
    assert seen.payload_types == (0, 8, 18)


def test_the_same_agreed_again_changes_nothing() -> None:
    seen = SoundSeen()
    seen.agree((PCMA, EVENT), 0.0)
    note(seen, PCMA)
    seen.agree((EVENT, PCMA), 1.0)
    assert seen.payload_types == (8,)


def test_a_change_that_is_taken_back() -> None:
    seen = SoundSeen()
    for codecs in ((PCMA,), (PCMU,), (PCMA,)):
        seen.agree(codecs, 0.0)
    assert note(seen, PCMA)
    assert seen.payload_types == (8,)


@pytest.mark.parametrize(
    ("sound", "sampled", "silent"),
    [
        (b"\xff" * 160, 1, 1),
        (b"\xff" * 153 + b"1234567", 1, 1),
        (b"\xff" * 152 + b"12345678", 1, 0),  # just 95 %
        (bytes(range(160)), 1, 0),
        (b"\xff" * 31, 0, 0),  # too short to tell
        (b"", 0, 0),
    ],
)
def test_silence_is_one_byte_over_and_over(sound: bytes, sampled: int, silent: int) -> None:
    seen = SoundSeen()
    seen.sample(packet(0, sound))
    assert (seen.sampled, seen.silent) == (sampled, silent)


def test_what_stands_before_the_sound_is_not_sound() -> None:
    plain = packet(0, b"\xff" * 60)
    sources = bytes((plain[0] | 2,)) + plain[1:12] + bytes(range(8)) + plain[12:]
    extended = bytes((plain[0] | 0x10,)) + plain[1:12] + b"\xbe\xde\0\2" + bytes(range(8)) + plain[12:]
    seen = SoundSeen()
    seen.sample(sources)
    seen.sample(extended)
    assert (seen.sampled, seen.silent) == (2, 2)


@given(st.binary(min_size=12, max_size=80), st.integers(0, 127))
def test_any_packet_can_be_shown(data: bytes, payload_type: int) -> None:
    seen = SoundSeen()
    seen.sample(data)
    seen.note(payload_type, None, data, 0.0)
    assert seen.payload_types == (payload_type,)

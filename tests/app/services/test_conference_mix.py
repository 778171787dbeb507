"""Everybody hears all who speak but themselves; listeners of one codec share one packet."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.clip import Clip
from app.media.samples import FRAME, RATE, SILENCE, Samples
from app.media.sources import NOT_ENCODED, Playlist
from app.media.voice_codec import CODECS
from app.services.conference_mix import ConferenceMix, Seat, joined

PCMU, OPUS = CODECS["pcmu"], CODECS["opus"]


def tone(hertz: float, tick: int, level: float = 4000) -> Samples:
    time = (tick * FRAME + np.arange(FRAME)) / RATE
    sound: Samples = (level * np.sin(2 * np.pi * hertz * time)).astype(np.int16)
    return sound


def share(sound: Samples, hertz: float) -> float:
    """The amplitude of a tone in a sound."""
    time = np.arange(len(sound)) / RATE
    return float(2 * abs(np.sum(sound * np.exp(-2j * np.pi * hertz * time))) / len(sound))


class Room:
    """A mix and what its seats heard."""

    def __init__(self, seats: int) -> None:
        self.changes = 0
        self.mix = ConferenceMix(self.changed)
        self.seats = [self.mix.add() for _ in range(seats)]
        self.heard: list[list[Samples]] = [[] for _ in range(seats)]
        self.tick = 100

    def changed(self) -> None:
        self.changes += 1

    def run(self, ticks: int, *voices: float) -> None:
        """Each seat says its tone; 0 = silence."""
        for _ in range(ticks):
            for seat, hertz in zip(self.seats, voices, strict=True):
                seat.hear(self.tick, tone(hertz, self.tick) if hertz else SILENCE)
            for seat, heard in zip(self.seats, self.heard, strict=True):
                frame = seat.frame(self.tick)
                assert frame is not None
                assert len(frame) == FRAME
                assert seat.frame(self.tick) is frame
                heard.append(frame)
            self.tick += 1

    def sound(self, place: int) -> Samples:
        return np.concatenate(self.heard[place][5:])


def test_three_who_speak() -> None:
    room = Room(3)
    room.run(50, 440, 660, 880)
    for place, own in enumerate((440, 660, 880)):
        for hertz in (440, 660, 880):
            amplitude = share(room.sound(place), hertz)
            assert amplitude < 50 if hertz == own else amplitude == pytest.approx(4000, rel=0.05)


def test_a_listener_hears_all_and_who_speaks_alone_hears_nobody() -> None:
    room = Room(3)
    room.run(20, 440, 0, 0)
    assert share(room.sound(1), 440) == pytest.approx(4000, rel=0.05)
    assert room.seats[1].frame(room.tick - 1) is room.seats[2].frame(room.tick - 1)
    assert not room.sound(0).any()
    assert [seat.is_talking for seat in room.seats] == [True, False, False]


def test_the_muted_are_not_heard_and_hear() -> None:
    room = Room(2)
    room.seats[0].mute(True)
    room.run(20, 440, 660)
    assert share(room.sound(1), 440) < 1
    assert share(room.sound(0), 660) == pytest.approx(4000, rel=0.05)
    assert [seat.is_talking for seat in room.seats] == [False, True]
    room.seats[0].mute(False)
    room.heard = [[], []]
    room.run(20, 440, 0)
    assert share(room.sound(1), 440) == pytest.approx(4000, rel=0.05)


def test_muting_takes_away_what_was_said_in_this_tick() -> None:
    room = Room(2)
    room.run(3, 440, 0)
    room.seats[0].hear(room.tick, tone(440, room.tick))
    room.seats[0].mute(True)
    assert room.seats[1].frame(room.tick + 1) is SILENCE


def test_noise_is_not_mixed_and_the_end_of_a_word_is() -> None:
    room = Room(2)
    for tick in range(10):
        room.seats[0].hear(tick, tone(440, tick, level=40))
        assert room.seats[1].frame(tick + 1) is SILENCE
    room.seats[0].hear(11, tone(440, 11))
    for tick in range(12, 30):
        room.seats[0].hear(tick, tone(440, tick, level=40))
    quiet = room.seats[1].frame(30)
    assert quiet is not None
    assert quiet.any()


def test_who_leaves_is_heard_no_more() -> None:
    room = Room(2)
    room.run(5, 440, 0)
    room.seats[0].hear(room.tick, tone(440, room.tick))
    room.mix.remove(room.seats[0])
    assert room.seats[1].frame(room.tick + 1) is SILENCE


def test_the_talkers_are_told_when_they_change() -> None:
    room = Room(2)
    room.run(20, 0, 0)
    assert room.changes == 0
    room.run(20, 440, 0)
    assert room.changes == 1
    room.run(60, 0, 0)
    assert room.changes == 2


def test_listeners_share_a_packet_and_talkers_have_their_own() -> None:
    room = Room(4)
    for tick in range(100, 110):
        room.seats[0].hear(tick, tone(440, tick))
        payloads = [seat.payload(tick, PCMU, 20) for seat in room.seats]
        assert payloads[1] is payloads[2] is payloads[3]
        assert len(payloads[1] or b"") == 160
        assert payloads[0] == NOT_ENCODED
    opus = room.seats[1].payload(109, OPUS, 20)
    assert opus
    assert opus is room.seats[2].payload(109, OPUS, 20)
    assert room.seats[1].payload(109, PCMU, 40) == NOT_ENCODED


def test_who_has_spoken_keeps_an_encoder_through_its_pauses() -> None:
    room = Room(2)
    room.seats[0].hear(0, tone(440, 0))
    found = [room.seats[0].payload(tick, PCMU, 20) for tick in range(1, 400)]
    assert found[100] == NOT_ENCODED
    assert found[-1] != NOT_ENCODED


def test_a_chime_is_for_everybody_also_for_those_who_speak() -> None:
    room = Room(2)
    sound = np.concatenate([tone(1000, tick) for tick in range(10)])
    room.mix.chime(Playlist((Clip(sound, "tone"),)))
    room.mix.chime(Playlist((Clip(sound, "again"),)))
    room.run(25, 440, 0)
    for place in (0, 1):
        frames = [share(frame, 1000) > 3000 for frame in room.heard[place]]
        assert sum(frames) == 20


def test_the_recording_has_everybody_once_a_tick() -> None:
    room = Room(2)
    recorded: dict[int, Samples] = {}
    room.mix.record = recorded.__setitem__
    room.run(30, 440, 660)
    assert list(recorded) == list(range(100, 130))
    sound = np.concatenate(list(recorded.values())[5:])
    assert share(sound, 440) == pytest.approx(4000, rel=0.05)
    assert share(sound, 660) == pytest.approx(4000, rel=0.05)


def test_ten_who_shout_do_not_wrap() -> None:
    room = Room(10)
    for tick in range(3):
        for seat in room.seats:
            seat.hear(tick, np.full(FRAME, 30_000, np.int16))
    frame = room.seats[0].frame(3)
    assert frame is not None
    assert frame.min() > 20_000


def test_passed_over_ticks_cost_nothing() -> None:
    room = Room(2)
    room.seats[0].hear(10, tone(440, 10))
    frame = room.seats[1].frame(15)
    assert frame is not None
    assert frame.any()
    assert isinstance(room.seats[1], Seat)


def test_a_name_without_the_silence_around_it() -> None:
    quiet = [SILENCE] * 50
    name = joined([*quiet, *(tone(440, tick) for tick in range(25)), *quiet])
    assert 25 * FRAME < len(name) < 40 * FRAME
    assert len(joined(quiet)) == len(joined([])) == 0

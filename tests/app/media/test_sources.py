"""What can be played to a caller."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.clip import Clip
from app.media.samples import SILENCE, Samples
from app.media.sources import NOT_ENCODED, Playlist, Quiet, Radio, SoundSource
from app.media.voice_codec import CODECS, new_decoder
from tests.support.voice_phone import share_of, tone

PCMU, OPUS = CODECS["pcmu"], CODECS["opus"]


def frames(source: SoundSource, *ticks: int) -> list[Samples | None]:
    return [source.frame(tick) for tick in ticks]


def clip(value: int, count: int, name: str = "") -> Clip:
    """So many frames, each sample of this value."""
    return Clip(np.full(320 * count, value, np.int16), name)


def firsts(source: SoundSource, *ticks: int) -> list[int | None]:
    """The first sample of each frame."""
    return [None if frame is None else int(frame[0]) for frame in frames(source, *ticks)]


def test_clips_follow_one_another_from_the_first_tick_on() -> None:
    played = Playlist([clip(1, 2), clip(2, 0), clip(3, 1)])
    assert firsts(played, 70, 71, 71, 72, 73, 99) == [1, 1, 1, 3, None, None]
    assert played.seconds == pytest.approx(0.06)
    assert len(played.clips) == 2


def test_ticks_may_be_passed_over() -> None:
    played = Playlist([clip(1, 2), clip(3, 5)])
    assert firsts(played, 1, 4, 6, 8) == [1, 3, 3, None]


def test_a_repeated_list_has_no_end() -> None:
    played = Playlist([clip(1, 2), clip(3, 1)], repeat=True)
    assert firsts(played, *range(10, 19)) == [1, 1, 3] * 3
    assert played.payload(20, PCMU, 20) == played.payload(17, PCMU, 20)


@pytest.mark.parametrize("repeat", [True, False])
def test_an_empty_list_is_over_at_once(repeat: bool) -> None:
    played = Playlist([clip(1, 0)], repeat=repeat)
    assert played.frame(1) is None
    assert played.payload(2, PCMU, 20) is None


@pytest.mark.parametrize("codec", ["pcmu", "opus"])
def test_packets_are_those_of_the_clips(codec: str) -> None:
    clips = [Clip(tone(440, 0.5)), Clip(tone(600, 0.5))]
    one, other = Playlist(clips), Playlist(clips)
    sent = [one.payload(tick, CODECS[codec], 20) for tick in range(5, 56)]
    again = [other.payload(tick, CODECS[codec], 20) for tick in range(8, 58)]
    assert sent[-1] is None
    assert all(mine is theirs for mine, theirs in zip(sent[:50], again, strict=True))
    decoder = new_decoder(CODECS[codec])
    sound = np.concatenate([decoder.decode(payload) for payload in sent if payload])
    assert share_of(sound[1600:7500], 440) > 0.95
    assert share_of(sound[9600:15500], 600) > 0.95


def test_the_codec_may_change_in_the_middle() -> None:
    played = Playlist([Clip(tone(440, 10.0))])
    for tick in range(200):
        assert played.payload(tick, PCMU, 20)
    late = [played.payload(tick, OPUS, 20) for tick in range(200, 250)]
    decoder = new_decoder(OPUS)
    assert share_of(np.concatenate([decoder.decode(each) for each in late if each])[1600:], 440) > 0.95
    assert played.payload(250, PCMU, 20) == Clip(tone(440, 10.0)).encoded(PCMU)[250]


def test_other_packet_times_are_the_ports_matter() -> None:
    for source in (Playlist([clip(1, 2)]), Radio([clip(1, 2)]), Quiet()):
        assert source.payload(1, PCMU, 30) is NOT_ENCODED
        assert source.frame(1) is not None
    assert Playlist([]).payload(1, PCMU, 30) is None


def test_a_radio_is_at_one_place_for_all() -> None:
    radio = Radio([clip(1, 2), clip(2, 3)])
    first = firsts(radio, 100, 101, 102, 103)
    assert firsts(radio, 103) == first[-1:]
    assert set(firsts(radio, *range(104, 120))) == {1, 2}
    assert radio.clips[0].frames == 2


def test_a_radio_encodes_each_frame_once_a_codec(monkeypatch: pytest.MonkeyPatch) -> None:
    radio = Radio([Clip(tone(440, 1.0))])
    for codec in (PCMU, OPUS):
        decoder = new_decoder(codec)
        sound = []
        for tick in range(50):
            payload = radio.payload(tick, codec, 20)
            assert payload
            assert radio.payload(tick, codec, 20) is payload
            sound.append(decoder.decode(payload))
        assert share_of(np.concatenate(sound)[1600:], 440) > 0.95


def test_a_radio_needs_sound() -> None:
    with pytest.raises(ValueError, match="needs sound"):
        Radio([clip(1, 0)])


def test_quiet_is_silence_that_is_sent() -> None:
    quiet = Quiet()
    assert quiet.frame(1) is SILENCE
    payload = quiet.payload(1, PCMU, 20)
    assert payload == b"\xff" * 160
    assert quiet.payload(2, PCMU, 20) is payload

"""The files of the announcements, against the catalogue; and how they are made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mss_ann import make

ENTRIES = make.catalogue()
SPOKEN = [(language, name) for name, entry in ENTRIES.items() for language in make.spoken(entry)]
MOST_BYTES = 15_000_000
HAS_VOICES = all(shutil.which(program) for program in ("flite", "espeak-ng"))


def test_every_entry_has_its_files_and_every_file_its_entry() -> None:
    wanted = {make.path_of(language, rate, name) for language, name in SPOKEN for rate in make.RATES}
    wanted |= {
        make.path_of("music", rate, name)
        for name, entry in ENTRIES.items()
        if entry["kind"] == "music"
        for rate in make.RATES
    }
    assert set(make.sound_files()) == wanted, "run: python3 dev.py announcements"


def test_the_files_are_made_from_the_texts_as_they_are() -> None:
    noted = make.read_notes()
    stale = [
        f"{language}/{name}"
        for language, name in SPOKEN
        if noted.get(f"{language}/{name}") != make.fingerprint(language, make.spoken(ENTRIES[name])[language])
    ]
    assert stale == [], "run: python3 dev.py announcements"
    assert noted["music/music-on-hold"] == make.score()


@pytest.mark.parametrize("language", make.LANGUAGES)
def test_each_is_as_loud_as_the_others_and_goes_nowhere_beyond(language: str) -> None:
    for spoken_language, name in SPOKEN:
        if spoken_language != language:
            continue
        for folder, rate in make.RATES.items():
            path = make.path_of(language, folder, name)
            sound, found = soundfile.read(path, dtype="float32")
            assert found == rate, path
            assert sound.ndim == 1, path
            assert 0.1 < len(sound) / rate < 30, path
            assert np.abs(sound).max() < 0.95, path
            # Peaks are bent down, high sounds are lost at 8 kHz; of a short word little is left to measure.
            tolerance = 2.5 if len(sound) / rate > 1 else 4.5
            assert make.active_level(sound, rate) == pytest.approx(make.LEVEL_DB, abs=tolerance), path


def test_both_rates_say_the_same_for_as_long() -> None:
    for language, name in SPOKEN:
        wide, narrow = (soundfile.info(make.path_of(language, rate, name)) for rate in make.RATES)
        assert wide.duration == pytest.approx(narrow.duration, abs=0.002), name


def test_how_long_a_text_takes_fits_its_length() -> None:
    for language, name in SPOKEN:
        text = make.spoken(ENTRIES[name])[language]
        seconds = soundfile.info(make.path_of(language, "16k", name)).duration
        slowest = 0.3 if language == "zh" else 0.12  # seconds a character, pauses between sentences included
        quickest = 0.13 if language == "zh" else 0.03
        assert quickest * len(text) < seconds < slowest * len(text) + 0.5, (name, text, seconds)


def test_all_of_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in make.sound_files()) < MOST_BYTES


@pytest.mark.skipif(not HAS_VOICES, reason="the voices are not installed: apt-get install flite espeak-ng")
@pytest.mark.parametrize("language", make.LANGUAGES)
def test_a_file_made_again_is_the_same(tmp_path: Path, language: str) -> None:
    sound, rate = make.speak(language, make.spoken(ENTRIES["fail-busy"])[language])
    known, _ = soundfile.read(make.path_of(language, "16k", "fail-busy"), dtype="float32")
    path = tmp_path / "again.ogg"
    make.write(make.resampled(sound, rate, 16_000), 16_000, path, make._SPEECH)
    again, _ = soundfile.read(path, dtype="float32")
    assert len(again) == pytest.approx(len(known), abs=800)
    size = min(len(again), len(known))
    assert np.corrcoef(again[:size], known[:size])[0, 1] > 0.8  # another version of a voice differs a little


@pytest.mark.skipif(not HAS_VOICES, reason="the voices are not installed: apt-get install flite espeak-ng")
def test_chinese_is_read_as_chinese() -> None:
    texts = [make.spoken(ENTRIES[name])[language] for language, name in SPOKEN if language == "zh"]
    command = make.VOICES["zh"][0]("\n".join(texts), "nowhere.wav")
    command[-3:-1] = ["-q", "-x"]  # instead of writing a file: show the sounds
    sounds = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "(en)" not in sounds, "pinyin is spelled out with English letters"
    assert sounds.count("_|") > sum(map(len, texts)) * 0.8  # a syllable for nearly each character


def test_silence_at_the_ends_is_cut_but_for_a_breath() -> None:
    tone = np.sin(np.arange(16_000) / 5).astype(np.float32)
    padded = np.concatenate((np.zeros(8000, np.float32), tone, np.zeros(8000, np.float32)))
    kept = make.trimmed(padded, 16_000)
    assert len(kept) / 16_000 == pytest.approx(1.0 + 0.02 + 0.06, abs=0.011)


def test_loudness_is_that_of_what_is_said_without_the_pauses() -> None:
    tone = (0.01 * np.sin(np.arange(16_000) / 5)).astype(np.float32)
    with_pause = np.concatenate((tone, np.zeros(16_000, np.float32), tone))
    assert make.active_level(make.evened(with_pause, 16_000), 16_000) == pytest.approx(make.LEVEL_DB, abs=0.2)


def test_a_peak_is_bent_down() -> None:
    sound = (0.001 * np.sin(np.arange(16_000) / 5)).astype(np.float32)
    sound[8000] = 0.5
    assert np.abs(make.evened(sound, 16_000)).max() <= 10 ** (make.PEAK_DB / 20) + 1e-6


def test_an_ogg_file_gets_its_number_and_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "tone.ogg"
    soundfile.write(path, np.sin(np.arange(16_000) / 5), 16_000, format="OGG", subtype="VORBIS")
    one = make.with_serial(path.read_bytes(), 1)
    assert one != path.read_bytes()
    assert make.with_serial(one, 1) == one
    path.write_bytes(one)
    assert soundfile.info(path).frames == 16_000


def test_a_voice_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make.shutil, "which", lambda _: None)
    with pytest.raises(make.MakeError, match="not installed"):
        make.speak("en", "Hello.")


def test_an_unknown_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert make.main(["nothing"]) == 2
    assert "nothing" in capsys.readouterr().err

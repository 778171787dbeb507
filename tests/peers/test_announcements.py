"""A baresip hears what lies on the disk of the real server: the default, an own file, after an update too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.announcements import DEFAULTS, likeness, write_sound
from tests.support.baresip import Baresip, Phone
from tests.support.programs import eventually, need
from tests.support.server import Server, password_of
from tests.support.tones import Samples, seconds_of

UNKNOWN = "fail-unknown-number"
HERTZ = 700


class House:
    """A server on announcements of its own, which says why calls fail."""

    def __init__(self, folder: Path) -> None:
        self.announcements = folder / "mss_ann"
        shutil.copytree(DEFAULTS, self.announcements, ignore=shutil.ignore_patterns("8k", "cust_ann", "*.py"))
        self.server = Server(folder / "server")
        self.server.import_extensions(["2001"])
        self.server.ask("set", "setting", "early_announcements", "value=yes")
        self.start()

    def start(self) -> None:
        self.server.start("--announcements", str(self.announcements))

    @property
    def own(self) -> Path:
        return self.announcements / "cust_ann" / f"{UNKNOWN}.wav"

    def default(self, name: str = UNKNOWN) -> Path:
        return self.announcements / "en" / "16k" / f"{name}.ogg"

    def wait_for(self, source: str) -> None:
        """Wait until an own file is heard, or no more."""
        eventually(lambda: self.entry()["source"] == source, f"{UNKNOWN} is {source}")

    def entry(self) -> dict[str, str]:
        entries = json.loads(self.server.ask("announcements", "--json"))
        return next(each for each in entries if (each["id"], each["language"]) == (UNKNOWN, "en"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    need("baresip")
    house = House(tmp_path)
    with house.server:
        yield house
        assert house.server.complaints() == []


def heard_of(phone: Baresip, number: str, call: int) -> Samples:
    """What the phone hears of a call that fails, its `call`th."""
    before = len(phone.heard())
    phone.dial(number)
    closed = phone.wait_for("CALL_CLOSED", count=call)
    assert "404" in closed["param"]
    return phone.heard()[before:]


def test_the_prompt_on_the_disk_is_heard_and_an_own_one_in_its_place(house: House, tmp_path: Path) -> None:
    settings = Phone(number="2001", password=password_of("2001"), registrar=house.server.udp)
    with Baresip(settings, tmp_path / "phone") as phone:
        phone.wait_registered()
        assert house.entry()["file"] == str(house.default())
        assert likeness(heard_of(phone, "7777", 1), house.default()) > 0.6

        write_sound(house.own, HERTZ, seconds=2, rate=44_100)
        house.wait_for("custom")
        assert house.entry()["file"] == str(house.own)
        assert seconds_of(heard_of(phone, "7777", 2), HERTZ) > 1

    assert house.server.stop() == 0
    update = house.default("fail-busy").read_bytes()
    for delivered in house.announcements.glob("*/16k/fail-*.ogg"):
        delivered.unlink()
        delivered.write_bytes(update)
    house.start()
    with Baresip(settings, tmp_path / "again") as phone:
        phone.wait_registered()
        assert seconds_of(heard_of(phone, "7777", 1), HERTZ) > 1
        house.own.unlink()
        house.wait_for("default")
        assert likeness(heard_of(phone, "7777", 2), house.default("fail-busy")) > 0.6
    house.server.wait_idle()

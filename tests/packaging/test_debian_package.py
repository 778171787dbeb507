"""dpkg for real, in a clean Debian: install, serve, upgrade, refuse what is older, remove, purge."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from app.sip.flow import Address
from installer import trial
from tests.packaging.clean_system import CleanSystem, repacked
from tests.support.phone import Phone
from tests.support.programs import eventually
from tests.support.server import BUILT, Server, password_of
from tests.support.tones import tone

OWN = "/opt/sipserver/mss_ann/cust_ann"
RECORDED = f"{OWN}/fail-unknown-number.wav"
DATA = "/var/lib/openmss"
HERTZ = 1000.0


def service_command(system: CleanSystem) -> str:
    """The unit's ExecStart up to `serve`, run as its user in the clean system."""
    lines = system.path("/lib/systemd/system/openmss.service").read_text(encoding="utf-8").splitlines()
    unit = dict(line.partition("=")[::2] for line in lines)
    program, *arguments, last = unit["ExecStart"].split()
    assert (arguments, last) == (["--data", DATA], "serve")
    return f"chroot --userspec={unit['User']}:{unit['Group']} {system.root} {program}"


@contextmanager
def service(
    system: CleanSystem, scratch: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """The service's program, serving."""
    monkeypatch.setenv(BUILT, service_command(system))
    with Server(scratch / name) as server:
        server.data = Path(DATA)
        server.start()
        yield server
        server.ask("stop")
        assert server.program is not None
        assert server.program.wait() == 0
        assert server.complaints() == []


async def hears_own_announcement(udp: str) -> None:
    """2001 dials a number that nobody has, and hears why: in the words that were recorded here."""
    host, _, port = udp.rpartition(":")
    async with Phone("2001", password_of("2001"), Address(host, int(port)), hertz=440) as phone:
        await phone.register()
        call = phone.call("7000")
        assert call.ear is not None
        await asyncio.to_thread(call.ear.listen, partial(trial.is_heard, HERTZ))


def is_custom(server: Server) -> bool:
    """Whether the server plays the own file."""
    entries = json.loads(server.ask("announcements", "--json"))
    return {"custom"} == {each["source"] for each in entries if each["id"] == "fail-unknown-number"}


def record(path: Path) -> bytes:
    """What somebody puts into cust_ann: three seconds of a tone."""
    import soundfile

    soundfile.write(path, np.asarray(tone(HERTZ, 3.0), dtype=np.int16), 8000)
    return path.read_bytes()


def test_install_call_upgrade_remove_purge(
    clean_system: CleanSystem, debian_package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = clean_system
    system.install(debian_package)  # dpkg alone: nothing is fetched, so nothing but the C libraries is needed
    for command in ("openmss-cli", "openmss"):
        assert "usage: " in system.run(command, "--help").stdout
    assert system.run("stat", "-c", "%U:%G %a", DATA).stdout.split() == ["openmss:openmss", "700"]
    assert system.run("dpkg-query", "--search", OWN, check=False).returncode != 0  # nobody's but the user's

    with service(system, tmp_path, "first", monkeypatch) as server:
        for number in ("2001", "2002"):
            server.add_extension(number)
        for name, value in (("local_media", "relay"), ("early_announcements", "yes")):
            server.ask("set", "setting", name, f"value={value}")
        assert "2001 heard 700 Hz" in asyncio.run(trial.call(server.udp))
        recorded = record(system.path(RECORDED))
        eventually(lambda: is_custom(server), "the recording is noticed")
        asyncio.run(hears_own_announcement(server.udp))

    newer = repacked(debian_package, "9.1", tmp_path)
    system.install(newer)
    assert system.path(RECORDED).read_bytes() == recorded
    with service(system, tmp_path, "upgraded", monkeypatch) as server:
        assert "2001 heard 700 Hz" in asyncio.run(trial.call(server.udp))
        asyncio.run(hears_own_announcement(server.udp))

    older = system.install(repacked(debian_package, "9.0", tmp_path), check=False)
    assert older.returncode != 0
    assert "OpenMSS 9.1 is installed, and this is the older 9.0" in older.stderr
    assert system.path("/opt/sipserver/only-in-9.1").exists()
    assert system.run("openmss-cli", "--help").returncode == 0  # as it was

    system.run("dpkg", "--remove", "openmss")
    assert not system.path("/opt/sipserver/openmss").exists()
    assert not system.path("/usr/bin/openmss-cli").exists()
    assert system.path(f"{DATA}/openmss.db").exists()
    assert system.path(RECORDED).read_bytes() == recorded

    system.run("dpkg", "--purge", "openmss")
    assert not system.path(DATA).exists()
    assert system.path(RECORDED).read_bytes() == recorded
    left = [path.name for path in system.path("/opt/sipserver").rglob("*") if path.is_file()]
    assert left == ["fail-unknown-number.wav"]


def test_purge_leaves_nothing_where_nobody_recorded_anything(
    clean_system: CleanSystem, debian_package: Path
) -> None:
    clean_system.install(debian_package)
    clean_system.run("dpkg", "--purge", "openmss")
    assert not clean_system.path("/opt/sipserver").exists()
    assert not clean_system.path(DATA).exists()


def test_the_package_is_well_made(debian_package: Path) -> None:
    """Ownership, modes and control file, as dpkg-deb tells them."""
    listing = subprocess.run(
        ["dpkg-deb", "--contents", str(debian_package)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert all(line.split()[1] == "root/root" for line in listing)
    assert not [line for line in listing if "cust_ann" in line]
    assert not [line for line in listing if ".so" in line and line.startswith("-rwx")]  # loaded, not started
    names = {line.split()[5].lstrip(".") for line in listing}
    assert {
        "/opt/sipserver/openmss",
        "/opt/sipserver/licences/Python.txt",
        "/opt/sipserver/mss_ann/catalogue.toml",
        "/opt/sipserver/_internal/docs/manual/zh_CN/first-steps.html",
        "/opt/sipserver/_internal/docs/manual/pictures/calls-en-light.png",
        "/lib/systemd/system/openmss.service",
        "/usr/share/applications/openmss.desktop",
        "/usr/share/icons/hicolor/256x256/apps/openmss.png",
        "/usr/share/man/man1/openmss-cli.1.gz",
        "/usr/share/doc/openmss/changelog.gz",
        "/usr/share/doc/openmss/copyright",
    } <= names

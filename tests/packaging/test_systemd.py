"""The service under a systemd of its own: asked for, called through, killed, upgraded, stopped, removed."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.sip import events
from app.sip.flow import Address
from installer import trial
from tests.packaging.clean_system import fetched, repacked
from tests.packaging.systemd_boot import NEEDED, BootedSystem
from tests.support.phone import EVENTS, OPUS, Phone
from tests.support.programs import eventually
from tests.support.server import password_of
from tests.support.tones import seconds_of

DATA = "/var/lib/openmss"
OWN = "/opt/sipserver/mss_ann/cust_ann"
SERVER = "127.0.0.1:5060"  # as it comes: nothing is changed but what an administrator would
HEARD = "2001 heard 700 Hz of 2002, and 2002 heard 440 Hz of 2001"
# What systemd may let a service write on a disk: its data, own announcements, temporary files of its own.
WRITABLE = {DATA, OWN, "/tmp", "/var/tmp"}

# What the journal tells of a service that was killed.
KILLED = [
    "openmss.service: Main process exited, code=killed, status=9/KILL",
    "openmss.service: Failed with result 'signal'.",
]


@pytest.fixture(params=["bookworm", "trixie"])
def system(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BootedSystem]:
    """A Debian that has started."""
    with BootedSystem(fetched(request.param, NEEDED), tmp_path / "system") as booted:
        yield booted


def state(system: BootedSystem, *properties: str) -> dict[str, str]:
    """Properties of the service, as systemd tells them."""
    named = [f"--property={name}" for name in properties or ("ActiveState", "MainPID", "NRestarts")]
    lines = system.run("systemctl", "show", "openmss", *named).stdout.splitlines()
    return dict(line.partition("=")[::2] for line in lines)


def main_process(system: BootedSystem) -> str:
    """The process id of the running service."""
    found = state(system)
    assert found["ActiveState"] == "active"
    return found["MainPID"]


def ask(system: BootedSystem, *arguments: str) -> str:
    """A command of the command line, as the manual says it: as the service's user."""
    command = ["runuser", "-u", "openmss", "--", "openmss-cli", "--data", DATA, *arguments]
    return system.run(*command).stdout


def is_serving(system: BootedSystem) -> bool:
    """Whether the service answers."""
    command = ["runuser", "-u", "openmss", "--", "openmss-cli", "--data", DATA, "status", "--json"]
    done = system.run(*command, check=False)
    return done.returncode == 0 and json.loads(done.stdout).get("running", True) is True


def wait_until_it_serves(system: BootedSystem) -> None:
    """Wait until phones can come."""
    eventually(lambda: is_serving(system), "the service answers")


def call(system: BootedSystem) -> str:
    """Let two phones call each other through it."""
    wait_until_it_serves(system)
    return system.in_its_network(lambda: asyncio.run(trial.call(SERVER)))


async def leave_a_message() -> None:
    """2001, whose codec is Opus, calls 2003, who is not there, and speaks after the tone."""
    host, _, port = SERVER.rpartition(":")
    server = Address(host, int(port))
    codecs = (OPUS, EVENTS)
    async with Phone("2001", password_of("2001"), server, hertz=trial.LOW_HZ, codecs=codecs) as phone:
        await phone.register()
        placed = phone.call("2003")
        await placed.until(events.Accepted)
        assert placed.ear is not None
        placed.send("INFO", "application/dtmf-relay", b"Signal=#\r\nDuration=160\r\n")  # no greeting
        await asyncio.to_thread(placed.ear.listen, lambda sound: seconds_of(sound, 1000) > 0.2)
        await asyncio.sleep(2.5)
        placed.hang_up()
        await placed.until_ended()


def writable_on_disk(system: BootedSystem, process: str) -> set[str]:
    """The mounts of the system's disk that a process may write to, without those of the container."""
    mounts = [line.split() for line in system.run("cat", f"/proc/{process}/mountinfo").stdout.splitlines()]
    disk = next(fields[2] for fields in mounts if fields[4] == "/")
    writable = {fields[4] for fields in mounts if fields[2] == disk and "rw" in fields[5].split(",")}
    return {path for path in writable if not path.startswith("/run/host/")}


def touched(system: BootedSystem, process: str, path: str) -> str:
    """What a file there comes to, made among the service's mounts and as its user: "", or the reason."""
    inside = ["nsenter", "--target", process, "--mount", "setpriv", "--reuid=openmss", "--regid=openmss"]
    make = f"touch {path} && rm {path}"
    return system.run(*inside, "--clear-groups", "sh", "-c", make, check=False).stderr


def complaints(system: BootedSystem) -> list[str]:
    """What the journal of this boot has against the service, from the service or from systemd."""
    lines = system.journal("--priority=warning", "--unit=openmss").splitlines()
    lines += [
        line for line in system.journal().splitlines() if re.search(r"Traceback| ERROR | WARNING ", line)
    ]
    return lines


def test_the_service(system: BootedSystem, debian_package: Path, tmp_path: Path) -> None:
    system.install(debian_package)
    assert system.run("systemctl", "is-enabled", "openmss", check=False).stdout == "disabled\n"
    assert state(system)["ActiveState"] == "inactive"

    # Started by hand: it is so after an upgrade, and no more
    system.run("systemctl", "start", "openmss")
    system.install(debian_package)
    wait_until_it_serves(system)
    assert system.run("systemctl", "is-enabled", "openmss", check=False).stdout == "disabled\n"

    system.run("systemctl", "enable", "--now", "openmss")
    wait_until_it_serves(system)
    for number in ("2001", "2002", "2003"):
        ask(system, "add", "extension", number, f"password={password_of(number)}")
    for name, value in (("local_media", "relay"), ("recording_free_megabytes", "0")):
        ask(system, "set", "setting", name, f"value={value}")
    ask(system, "set", "extension", "2002", "recording=always")
    ask(system, "set", "extension", "2003", "voicemail=yes", "voicemail_min_s=0")
    assert call(system) == HEARD

    # Who it is, and what it may do
    process = main_process(system)
    status = system.run("cat", f"/proc/{process}/status").stdout
    user = system.run("id", "--user", "openmss").stdout.strip()
    assert re.search(rf"^Uid:\s+{user}\s+{user}\s+{user}\s+{user}$", status, re.MULTILINE)
    assert set(re.findall(r"^Cap\w+:\s+(\w+)$", status, re.MULTILINE)) == {"0" * 16}
    assert re.search(r"^NoNewPrivs:\s+1$", status, re.MULTILINE)
    assert re.search(r"^Seccomp:\s+2$", status, re.MULTILINE)
    system.run("systemd-analyze", "security", "--threshold=15", "openmss")  # of 100, the more the worse
    assert writable_on_disk(system, process) <= WRITABLE
    assert touched(system, process, f"{OWN}/probe") == ""
    system.run("install", "--directory", "--owner=openmss", "/opt/sipserver/openmss-owns-it")
    assert "Read-only file system" in touched(system, process, "/opt/sipserver/openmss-owns-it/probe")

    # What it writes: a recorded call, a message that came in Opus
    recordings = eventually(lambda: json.loads(ask(system, "recordings", "--json")), "the call was recorded")
    assert system.path(recordings[0]["file"]).stat().st_size > 10_000
    system.in_its_network(lambda: asyncio.run(leave_a_message()))
    messages = eventually(partial(messages_of, system, "2003"), "the message was left")
    assert messages[0]["seconds"] > 1

    assert "PASSWORD" not in system.journal()
    assert ask(system, "passwords").startswith("EXTENSION  PASSWORD")

    # A power cut of its own
    system.run("systemctl", "kill", "--signal=KILL", "openmss")
    eventually(lambda: state(system)["NRestarts"] == "1", "systemd starts it again")
    assert call(system) == HEARD
    assert len(messages_of(system, "2003")) == 1

    # An older version is refused, and disturbs nobody
    process = main_process(system)
    older = system.install(repacked(debian_package, "0.0.1", tmp_path), check=False)
    assert "and this is the older 0.0.1" in older.stderr
    assert main_process(system) == process

    # A newer one: nothing runs while files are replaced, and then it is the newer one that runs
    newer = system.bring(repacked(debian_package, "9.1", tmp_path))
    system.run("dpkg", "--unpack", newer)
    assert state(system)["ActiveState"] == "inactive"
    system.run("dpkg", "--configure", "openmss")
    assert call(system) == HEARD
    process = main_process(system)
    assert system.run("readlink", f"/proc/{process}/exe").stdout == "/opt/sipserver/openmss-cli\n"
    assert system.path("/opt/sipserver/only-in-9.1").exists()
    assert system.run("systemctl", "is-enabled", "openmss").stdout == "enabled\n"

    # To its end
    system.run("systemctl", "stop", "openmss")
    ended = state(system, "Result", "ExecMainStatus", "ActiveState")
    assert ended == {"Result": "success", "ExecMainStatus": "0", "ActiveState": "inactive"}
    system.run("systemctl", "start", "openmss")
    wait_until_it_serves(system)
    assert complaints(system) == KILLED
    kept = system.path(f"{OWN}/fail-unknown-number.wav")
    kept.write_bytes(b"somebody's voice")
    system.run("dpkg", "--remove", "openmss")
    assert state(system)["ActiveState"] == "inactive"
    assert "openmss" not in system.run("sh", "-c", "cat /proc/[0-9]*/comm").stdout
    assert system.path(f"{DATA}/openmss.db").exists()
    system.run("dpkg", "--purge", "openmss")
    assert not system.path(DATA).exists()
    assert kept.read_bytes() == b"somebody's voice"
    listed = system.run("systemctl", "list-unit-files", "openmss*", check=False).stdout
    assert "0 unit files listed" in listed
    left = system.path("/etc/systemd/system").rglob("openmss*")
    assert list(left) == []


def messages_of(system: BootedSystem, mailbox: str) -> list[dict[str, float]]:
    """The messages of a mailbox."""
    return list(json.loads(ask(system, "voicemail", "list", mailbox, "--json")))

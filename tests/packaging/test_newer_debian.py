"""apt in a clean Debian, this one's and the next: a server without a screen, and a window on a screen."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest

from installer import trial
from tests.packaging.clean_system import CleanSystem, fetched
from tests.packaging.test_debian_package import service
from tests.support.programs import Program, eventually, need

INSTALL = ("apt-get", "install", "--yes", "--quiet")
PROGRAMS = "/opt/sipserver/_internal"
DISPLAY_LIBRARIES = {"libgl1", "libegl1", "libxcb-cursor0", "libxkbcommon-x11-0", "libportaudio2"}
A_DATA = "/srv/ada/data"
COLOURS = 300  # of a drawn window; an empty screen has one


@contextmanager
def clean(release: str, tmp_path: Path) -> Iterator[CleanSystem]:
    """A clean system of a release, which knows what there is to install."""
    with CleanSystem(fetched(release), tmp_path / "system") as system:
        if system.run("apt-get", "update", "--quiet", "--error-on=any", check=False).returncode:
            pytest.skip("Debian's packages cannot be reached")
        yield system


def installed(system: CleanSystem) -> set[str]:
    """The names of the installed packages."""
    listing = system.run("dpkg-query", "--show", "--showformat=${db:Status-Abbrev} ${Package}\n").stdout
    return {line.split()[1] for line in listing.splitlines() if line.startswith("ii")}


@contextmanager
def screen(system: CleanSystem, folder: Path) -> Iterator[tuple[str, Path]]:
    """An X server outside, which is reached from inside: its name, and the file that holds its picture."""
    need("Xvfb")
    folder.mkdir()
    options: list[str | Path] = [
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1280x800x24",
        "-fbdir",
        folder,
        "-nolisten",
        "tcp",
        "-ac",
    ]
    sockets = system.path("/tmp/.X11-unix")
    sockets.mkdir()
    with ExitStack() as stack:
        server = Program(["Xvfb", *options], folder / "xvfb.log")
        stack.callback(server.end)
        display = server.wait_for(r"^(\d+)$")[1]
        subprocess.run(["mount", "--bind", "/tmp/.X11-unix", str(sockets)], check=True)
        stack.callback(subprocess.run, ["umount", "--lazy", str(sockets)], check=True)
        yield f":{display}", folder / "Xvfb_screen0"


def colours(picture: Path) -> int:
    """How many there are in an X window dump of 32 bits a dot."""
    data = picture.read_bytes()
    header = np.frombuffer(data, ">u4", 25)
    size, height, line, palette = (int(header[at]) for at in (0, 5, 12, 19))
    dots = np.frombuffer(data, "<u4", height * line // 4, size + 12 * palette)
    return len(np.unique(dots))


def as_ada(system: CleanSystem) -> list[str]:
    """The words before a command of an ordinary user."""
    return ["chroot", "--userspec=ada:ada", str(system.root), "env", "HOME=/srv/ada", "LC_ALL=C.UTF-8"]


def ask(system: CleanSystem, *arguments: str) -> str:
    """A command of the command line, by that user."""
    command = [*as_ada(system), "openmss-cli", "--data", A_DATA, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


def open_window(system: CleanSystem, platform: str, display: str, log: Path) -> Program:
    """The window, when it answers."""
    settings = [f"QT_QPA_PLATFORM={platform}", f"DISPLAY={display}"]
    options = ["--data", A_DATA, "--bind", "127.0.0.1", "--sip-port", "0", "--tls-port", "0"]
    window = Program([*as_ada(system), *settings, "openmss", *options], log)
    try:
        eventually(lambda: '"running": true' in ask(system, "status", "--json"), "the window answers", 60)
    except BaseException:
        window.end()
        raise
    return window


def close(system: CleanSystem, window: Program) -> None:
    """Ask it to end, and see that it did so in order."""
    ask(system, "stop")
    assert window.wait(60) == 0
    assert "Traceback" not in window.output


@pytest.mark.parametrize("release", ["bookworm", "trixie"])
def test_a_server_without_a_screen(
    release: str, debian_package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clean(release, tmp_path) as system:
        system.run(*INSTALL, "--no-install-recommends", system.bring(debian_package))
        assert not DISPLAY_LIBRARIES & installed(system)
        with service(system, tmp_path, "server", monkeypatch) as server:
            for number in ("2001", "2002"):
                server.add_extension(number)
            server.ask("set", "setting", "local_media", "value=relay")
            assert "2001 heard 700 Hz" in asyncio.run(trial.call(server.udp))
        system.run("apt-get", "purge", "--yes", "openmss")
        assert not system.path("/opt/sipserver").exists()


@pytest.mark.parametrize("release", ["bookworm", "trixie"])
def test_the_window_with_what_is_recommended(release: str, debian_package: Path, tmp_path: Path) -> None:
    with clean(release, tmp_path) as system:
        system.run(*INSTALL, system.bring(debian_package))
        assert installed(system) >= DISPLAY_LIBRARIES
        paths = f"LD_LIBRARY_PATH={PROGRAMS}:{PROGRAMS}/PySide6/Qt/lib"
        find = f"find {PROGRAMS} -type f -name '*.so*' -exec env {paths} ldd {{}} + | sort | uniq"
        missing = [line for line in system.run("sh", "-c", find).stdout.splitlines() if "not found" in line]
        assert missing == []

        system.run("useradd", "--create-home", "--home-dir", "/srv/ada", "ada")
        window = open_window(system, "offscreen", "", tmp_path / "offscreen.log")
        assert "OpenMSS still runs as it was before the upgrade" in system.install(debian_package).stderr
        close(system, window)
        with screen(system, tmp_path / "screen") as (display, picture):
            window = open_window(system, "xcb", display, tmp_path / "xcb.log")
            try:
                eventually(lambda: colours(picture) > COLOURS, "the window is drawn")
                ask(system, "add", "extension", "2999", "password=Tr0mbone-2999")
                assert "2999" in [
                    each["number"] for each in json.loads(ask(system, "list", "extension", "--json"))
                ]
                close(system, window)
            finally:
                window.end()

        system.run(*INSTALL, "desktop-file-utils")
        system.run("desktop-file-validate", "/usr/share/applications/openmss.desktop")

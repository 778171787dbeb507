"""The Windows set-up for real, under Wine: install, call, upgrade while it runs, refuse, uninstall."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import setup_program, trial
from installer.freeze import size
from installer.icon import write_ico
from installer.version import ROOT
from installer.windows.wine import Wine, WineError, find_loader
from tests.packaging.foreign_calls import baresip_calls, sipp_calls
from tests.packaging.windows_system import (
    APP_KEY,
    DESKTOP,
    START_MENU,
    UNINSTALL_KEY,
    WindowsServer,
    WindowsSystem,
    close_pipes,
)
from tests.support.programs import free_ports

RUN_KEY = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
SERVICE_KEY = r"HKLM\System\CurrentControlSet\Services\OpenMSS"
SERVICE_DATA = r"C:\ProgramData\OpenMSS"


@pytest.fixture
def setup(packages: Path) -> Path:
    """The newest set-up."""
    found = sorted(packages.glob("OpenMSS-*-setup.exe"), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.skip(f"no Windows set-up in {packages}: `python3 dev.py package --windows` makes one")
    return found[-1]


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[WindowsSystem]:
    """A fresh Windows with a second disk."""
    try:
        find_loader()
    except WineError as missing:
        pytest.skip(str(missing))
    drive_d = tmp_path / "d"
    drive_d.mkdir()
    with Wine(tmp_path / "wine") as wine:
        yield WindowsSystem(wine, drive_d)


def version_of(setup: Path) -> str:
    return setup.name.split("-")[1]


def newer(system: WindowsSystem, version: str, scratch: Path) -> Path:
    """A set-up of the installed programs as another version, packed quickly."""
    payload = scratch / f"payload-{version}"
    left_out = shutil.ignore_patterns("cust_ann", "uninstall.exe", "only-in-*", "left-over")
    shutil.copytree(system.folder, payload, ignore=left_out)
    (payload / "_internal" / f"only-in-{version}").touch()
    write_ico(ROOT / "resources" / "icons" / "openmss.svg", scratch / "openmss.ico")
    return setup_program.make(payload, scratch, scratch, version, compression="zlib")


def carries_a_call(server: WindowsServer) -> None:
    """Two phones of this machine call each other through the program in Wine, and hear each other."""
    assert "2001 heard 700 Hz" in asyncio.run(trial.call(server.udp))


def test_install_call_kill_upgrade_uninstall(windows: WindowsSystem, setup: Path, tmp_path: Path) -> None:
    version = version_of(setup)
    assert windows.set_up(setup) == 0
    folder = windows.folder
    assert folder.parts[-2:] == ("myvoipapp", "minisipserver")
    assert windows.wine.reads(UNINSTALL_KEY, "DisplayVersion") == version
    assert abs(int(windows.wine.reads(UNINSTALL_KEY, "EstimatedSize"), 16) - size(folder) // 1024) < 2048
    assert (folder / "_internal" / "docs" / "manual" / "zh_CN" / "index.html").exists()
    for entry in (START_MENU, DESKTOP):
        assert (windows.wine.drive_c / entry).exists()
    assert windows.wine.reads(RUN_KEY, "OpenMSS") == ""  # not asked for

    own = folder / "mss_ann" / "cust_ann"
    assert own.is_dir()
    recorded = bytes(range(256)) * 64
    (own / "vm-leave-message.wav").write_bytes(recorded)
    (own / "en").mkdir()
    (own / "en" / "fail-busy.flac").write_bytes(recorded[::-1])

    for number in ("2001", "2002"):
        windows.ask("add", "extension", number, f"password=Tr0mbone-{number}")
    windows.ask("set", "setting", "local_media", "value=relay")
    server = WindowsServer(windows)
    server.start()
    carries_a_call(server)
    baresip_calls(server.udp, tmp_path / "baresip")
    sipp_calls(server.udp, tmp_path / "sipp")
    server.kill()
    server.start()
    baresip_calls(server.udp, tmp_path / "again")  # nothing was lost

    (folder / "_internal" / "left-over").touch()
    assert windows.set_up(newer(windows, "9.1", tmp_path)) == 0  # while it runs
    assert not windows.outside(SERVICE_DATA).exists()  # who has no service gets no data of one by the way
    assert server.wait() == 0  # it was asked, and ended in order
    assert server.complaints() == []
    assert windows.wine.reads(UNINSTALL_KEY, "DisplayVersion") == "9.1"
    assert (folder / "_internal" / "only-in-9.1").exists()
    assert not (folder / "_internal" / "left-over").exists()
    appdata = windows.outside(windows.wine.run("cmd", "/c", "echo %APPDATA%").output.strip()) / "OpenMSS"
    assert (appdata / "backups" / f"openmss-{version}.db").stat().st_size > 10_000
    server.start()
    carries_a_call(server)
    windows.ask("stop")
    assert server.wait() == 0

    assert windows.set_up(setup, check=False) == 2  # the older one, over the newer
    assert windows.wine.reads(APP_KEY, "Version") == "9.1"

    windows.uninstall()
    assert [path.name for path in folder.iterdir()] == ["mss_ann"]
    assert [path.name for path in (folder / "mss_ann").iterdir()] == ["cust_ann"]
    assert (own / "vm-leave-message.wav").read_bytes() == recorded
    assert (own / "en" / "fail-busy.flac").read_bytes() == recorded[::-1]
    for entry in (START_MENU, DESKTOP):
        assert not (windows.wine.drive_c / entry).exists()
    assert not windows.wine.has_key(UNINSTALL_KEY)
    assert not windows.wine.has_key(APP_KEY)
    assert (appdata / "openmss.db").exists()  # data stay unless asked


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("a disk of its own size can be made by root alone")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_without_room_is_neither_proposed_nor_begun(
    windows: WindowsSystem, setup: Path, small_disk: Path
) -> None:
    windows.wine.add_drive("d", small_disk)
    assert windows.set_up(setup, r"/D=D:\OpenMSS", check=False) == 8
    assert list(small_disk.iterdir()) == []
    assert not windows.wine.has_key(APP_KEY)
    windows.set_up(setup)  # wherever it likes
    assert windows.folder == windows.wine.drive_c / "myvoipapp" / "minisipserver"


def test_the_window_starts_takes_an_extension_and_ends(windows: WindowsSystem, setup: Path) -> None:
    windows.set_up(setup)
    data = r"C:\trial"
    program = str(windows.wine.reads(APP_KEY, "InstallDir")) + r"\openmss.exe"
    # Wine keeps QT_… from programs it starts; a command shell inside does not.
    command = (
        f"set QT_QPA_PLATFORM=offscreen&& {program} --data {data} --bind 127.0.0.1 --sip-port 0 --tls-port 0"
    )
    window = windows.wine.start("cmd", "/c", command)
    control = windows.outside(data) / "control"
    for _ in range(60):
        assert window.poll() is None, window.stdout.read() if window.stdout else ""
        if control.exists() and any(control.iterdir()):
            break
        windows.wine.run("cmd", "/c", "ping -n 2 127.0.0.1", check=False)
    assert windows.status(data).get("running", True)
    windows.ask("add", "extension", "2999", "password=Tr0mbone-2999", data=data)
    assert "2999" in [row["number"] for row in windows.status(data)["extensions"]]
    windows.ask("stop", data=data)
    assert window.wait(60) == 0
    close_pipes(window)


def test_another_folder_log_on_and_service(windows: WindowsSystem, setup: Path, tmp_path: Path) -> None:
    windows.set_up(setup, r"/D=C:\Elsewhere")
    assert windows.folder == windows.wine.drive_c / "Elsewhere"
    # Its settings say where it listens: not on the ports of a telephone exchange that may run here.
    sip, tls, rtp = free_ports(), free_ports(), free_ports(200)
    ends = {"rtp_low": rtp, "rtp_high": rtp + 199}
    if rtp > 19000:  # one end at a time: the lowest port may not pass the highest
        ends = dict(reversed(ends.items()))
    settings = {"bind_address": "127.0.0.1", **ends, "sip_port": sip, "tls_port": tls, "local_media": "relay"}
    for name, value in settings.items():
        windows.ask("set", "setting", name, f"value={value}", data=SERVICE_DATA)
    for number in ("2001", "2002"):
        windows.ask("add", "extension", number, f"password=Tr0mbone-{number}", data=SERVICE_DATA)
    windows.set_up(setup, "/AUTOSTART", "/SERVICE")
    windows.set_up(setup)  # chosen as before
    assert windows.wine.reads(RUN_KEY, "OpenMSS") == r'"C:\Elsewhere\openmss.exe"'
    command = windows.wine.reads(SERVICE_KEY, "ImagePath")
    assert command == r'"C:\Elsewhere\openmss-service.exe" --data "C:\ProgramData\OpenMSS"'

    data = windows.outside(SERVICE_DATA)
    with windows.restarted():
        windows.wait_for_service("RUNNING")  # nobody has started it
        assert "2001 heard 700 Hz" in asyncio.run(trial.call(f"127.0.0.1:{sip}"))
        assert (data / "service.txt").read_bytes() == b""  # it tells of failed starts; passwords do not stay
        windows.wine.run("sc", "stop", "OpenMSS")
        windows.wait_for_service("STOPPED")
        assert "asked to stop" in (data / "log" / "openmss.log").read_text(encoding="utf-8")
        windows.wine.run("sc", "start", "OpenMSS")
        windows.wait_for_service("RUNNING")
        assert windows.set_up(newer(windows, "9.1", tmp_path)) == 0  # while it runs
        windows.wait_for_service("RUNNING")  # the newer one
        assert (windows.folder / "_internal" / "only-in-9.1").exists()
        assert (data / "backups" / f"openmss-{version_of(setup)}.db").stat().st_size > 10_000
        assert "2001 heard 700 Hz" in asyncio.run(trial.call(f"127.0.0.1:{sip}"))
        windows.uninstall("/PURGE")  # while it runs
        assert windows.wine.run("sc", "query", "OpenMSS", check=False).code != 0
    assert windows.wine.reads(RUN_KEY, "OpenMSS") == ""
    assert not (data / "openmss.db").exists()
    assert not (windows.wine.drive_c / "Elsewhere").exists()

"""Tries a built program out: starts its server, lets two phones of the test kit call through it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from installer.version import ROOT

if TYPE_CHECKING:
    from tests.support.tones import Samples

_SUFFIX = ".exe" if sys.platform == "win32" else ""
_WINDOW_S = 60.0
LOW_HZ, HIGH_HZ = 440.0, 700.0


class TrialError(Exception):
    """The built program does not do what it should."""


def run(folder: Path, scratch: Path) -> str:
    """Try the programs in a frozen folder; what was seen, in words. Raises TrialError."""
    command = str(folder / f"openmss-cli{_SUFFIX}")
    try:
        try_window(folder / f"openmss{_SUFFIX}", command, scratch / "window")
        return try_call(command, scratch / "server")
    finally:
        own = folder / "mss_ann" / "cust_ann"  # made by the program, and no part of it
        if own.exists():
            own.rmdir()


def try_call(command: str, scratch: Path, prefix: tuple[str, ...] = ()) -> str:
    """Place a call through `openmss-cli serve` with relayed sound."""
    sys.path.insert(0, str(ROOT))
    from tests.support.server import BUILT, Server

    os.environ[BUILT] = command
    try:
        with Server(scratch, prefix=prefix) as server:
            server.start()
            server.import_extensions(["2001", "2002"])
            server.ask("set", "setting", "local_media", "value=relay")
            heard = asyncio.run(call(server.udp))
            if server.stop() != 0 or server.complaints():
                raise TrialError(f"the server did not end in order: {server.complaints()}")
            return heard
    finally:
        del os.environ[BUILT]


async def call(server: str) -> str:
    """Let 2001 call 2002 and both hear the other's tone."""
    from app.sip.flow import Address
    from tests.support.phone import Phone
    from tests.support.server import password_of

    host, _, port = server.rpartition(":")
    address = Address(host.strip("[]"), int(port))
    low = Phone("2001", password_of("2001"), address, hertz=LOW_HZ)
    high = Phone("2002", password_of("2002"), address, hertz=HIGH_HZ)
    async with low, high:
        for phone in (low, high):
            answer = await phone.register()
            if answer.status != 200:
                raise TrialError(f"{phone.number} could not register: {answer.status} {answer.reason}")
        placed = low.call("2002")
        taken = await high.incoming()
        taken.answer()
        for one, hertz in ((placed, HIGH_HZ), (taken, LOW_HZ)):
            assert one.ear is not None
            await asyncio.to_thread(one.ear.listen, partial(is_heard, hertz))
        placed.hang_up()
        await placed.until_ended()
    return f"2001 heard {HIGH_HZ:.0f} Hz of 2002, and 2002 heard {LOW_HZ:.0f} Hz of 2001"


def is_heard(hertz: float, sound: Samples) -> bool:
    """Whether there is a second of the tone in it."""
    from tests.support.tones import seconds_of

    return seconds_of(sound, hertz) >= 1.0


def try_window(program: Path, command: str, scratch: Path) -> None:
    """Start the program with its window, unseen; add an extension while it runs; let it end by itself."""
    scratch.mkdir(parents=True, exist_ok=True)
    data = scratch / "data"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    options = ["--data", str(data), "--bind", "127.0.0.1", "--sip-port", "0", "--tls-port", "0"]
    with (
        (scratch / "window.log").open("wb") as log,
        subprocess.Popen([str(program), *options], env=environment, stdout=log, stderr=log) as window,
    ):
        try:
            wait_for_server(command, data, window)
            ask(command, data, "add", "extension", "2999", "password=Tr0mbone-2999", "description=Trial")
            if "2999" not in ask(command, data, "list", "extension"):
                raise TrialError("an extension that was added is not there")
            ask(command, data, "stop")
            if window.wait(_WINDOW_S) != 0:
                raise TrialError(f"the window ended with {window.returncode}: see {log.name}")
        finally:
            window.kill()


def wait_for_server(command: str, data: Path, window: subprocess.Popen[bytes]) -> None:
    """Wait until the program with the window answers on its data folder."""
    for _ in range(int(_WINDOW_S)):
        if window.poll() is not None:
            raise TrialError(f"the program with the window ended at once, with {window.returncode}")
        if (data / "control").exists() and '"running": false' not in ask(command, data, "status", "--json"):
            return
        try:
            window.wait(1.0)
        except subprocess.TimeoutExpired:
            continue
    raise TrialError("the program with the window does not answer")


def ask(command: str, data: Path, *arguments: str) -> str:
    """Put a command of the command line."""
    done = subprocess.run(
        [command, "--data", str(data), *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode:
        raise TrialError(f"openmss-cli {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout

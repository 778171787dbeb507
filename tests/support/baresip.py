"""Drives a baresip process: an ordinary phone with a tone for a microphone and a file for an ear."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.support.programs import DEADLINE, Program, eventually, free_ports
from tests.support.tones import Samples, read_wav, tone, write_wav

MODULES = ("g711.so", "aufile.so", "aubridge.so", "sndfile.so")
APPLICATION_MODULES = ("account.so", "menu.so", "ctrl_tcp.so")
MODULE_FOLDERS = (Path("/usr/lib/baresip/modules"), Path("/usr/local/lib/baresip/modules"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """What the phone is set to."""

    number: str
    password: str
    registrar: str  # host:port, IPv6 in brackets
    transport: str = "udp"
    host: str = "127.0.0.1"  # the phone's own address
    hertz: float = 440
    answers: bool = False  # by itself, at once
    registers: bool = True
    expires: int = 600
    applications: tuple[str, ...] = ()  # modules beside the usual ones


class Baresip:
    """One running baresip, spoken to over its control port (ctrl_tcp: JSON in netstrings)."""

    def __init__(self, phone: Phone, folder: Path) -> None:
        self.phone = phone
        self.folder = folder
        folder.mkdir(parents=True)
        self.events: list[dict[str, Any]] = []
        self._unread = b""
        control_port = free_ports()
        write_wav(folder / "tone.wav", tone(phone.hertz, 60))
        (folder / "config").write_text(self._config(control_port), encoding="utf-8")
        (folder / "accounts").write_text(self._account(), encoding="utf-8")
        (folder / "contacts").touch()
        self.program = Program(["baresip", "-f", folder], folder / "baresip.log")
        try:
            self.program.wait_for("baresip is ready")
            self._control = socket.create_connection(("127.0.0.1", control_port), DEADLINE)
        except BaseException:
            self.program.end()
            raise

    def _config(self, control_port: int) -> str:
        host = f"[{self.phone.host}]" if ":" in self.phone.host else self.phone.host
        rtp = free_ports(8, self.phone.host)
        modules = next((folder for folder in MODULE_FOLDERS if folder.is_dir()), None)
        if modules is None:  # Debian's other architectures
            modules = next(Path("/usr/lib").glob("*/baresip/modules"), MODULE_FOLDERS[0])
        lines = [
            f"sip_listen {host}:{free_ports(2, self.phone.host)}",  # the next port is its TLS port
            f"net_interface {self.phone.host}",
            f"rtp_ports {rtp}-{rtp + 7}",
            f"audio_source aufile,{self.folder / 'tone.wav'}",
            "audio_player aubridge,ear",
            "audio_alert aubridge,bell",
            *(f"{end}_srate 8000" for end in ("ausrc", "auplay")),
            *(f"{end}_channels 1" for end in ("ausrc", "auplay")),
            "jitter_buffer_delay 1-2",
            f"snd_path {self.folder}",  # sndfile writes dump-…-dec.wav, what was heard, and -enc.wav
            f"ctrl_tcp_listen 127.0.0.1:{control_port}",
            f"module_path {modules}",
            *(f"module {name}" for name in MODULES),
            *(f"module_app {name}" for name in (*APPLICATION_MODULES, *self.phone.applications)),
        ]
        return "\n".join(lines) + "\n"

    def _account(self) -> str:
        phone = self.phone
        outbound = f"sip:{phone.registrar};transport={phone.transport}"
        parts = [
            f"<sip:{phone.number}@{phone.registrar};transport={phone.transport}>",
            f"auth_user={phone.number}",
            f"auth_pass={phone.password}",
            *([f'outbound="{outbound}"'] if phone.registers else []),
            f"regint={phone.expires if phone.registers else 0}",
            f"answermode={'auto' if phone.answers else 'manual'}",
            "audio_codecs=PCMU/8000/1,PCMA/8000/1",
        ]
        return ";".join(parts) + "\n"

    def command(self, name: str, parameters: str = "") -> None:
        """Send a command of its menu (dial, accept, hangup, hold, resume …)."""
        message = json.dumps({"command": name, "params": parameters, "token": name}).encode()
        self._control.sendall(b"%d:%s," % (len(message), message))

    def wait_registered(self) -> None:
        """Wait for its first 200 to REGISTER: it may come before its control port is reached."""
        self.program.wait_for(r"200 OK .*\[\d+ binding")

    def dial(self, target: str) -> None:
        """Call a number of the PBX, or a whole URI."""
        uri = target if ":" in target else f"sip:{target}@{self.phone.registrar}"
        self.command("dial", uri)

    def wait_for(self, kind: str, *, count: int = 1, timeout: float = DEADLINE) -> dict[str, Any]:
        """Wait until `count` events of a type have come since the start (CALL_INCOMING, CALL_CLOSED …)."""
        until = time.monotonic() + timeout
        while True:
            found = [event for event in self.events if event.get("type") == kind]
            if len(found) >= count:
                return found[count - 1]
            seen = [event.get("type") for event in self.events]
            left = until - time.monotonic()
            assert left > 0, f"{self.phone.number}: no {kind}; it has seen {seen}; log: {self.program.log}"
            self._control.settimeout(left)
            try:
                self._read()
            except TimeoutError:
                continue

    def _read(self) -> None:
        data = self._control.recv(65536)
        assert data, f"{self.phone.number}: baresip has closed its control port; log: {self.program.log}"
        self._unread += data
        for message in self._netstrings():
            self.events.append(json.loads(message))

    def _netstrings(self) -> Iterator[bytes]:
        while b":" in self._unread:
            length, _, rest = self._unread.partition(b":")
            if len(rest) <= int(length):
                return
            self._unread = rest[int(length) + 1 :]
            yield rest[: int(length)]

    def heard(self) -> Samples:
        """All it has heard, call after call (up to the first hold of each: its recorder stops there)."""
        return self._recorded("dec")

    def said(self) -> Samples:
        """All it has sent."""
        return self._recorded("enc")

    def _recorded(self, way: str) -> Samples:
        files = sorted(self.folder.glob(f"dump-*-{way}.wav"))
        return np.concatenate([read_wav(path) for path in files]) if files else np.zeros(0, np.int16)

    def listen(self, enough: Callable[[Samples], bool], timeout: float = DEADLINE) -> None:
        """Wait until what it has heard is enough."""
        eventually(lambda: enough(self.heard()), f"{self.phone.number} hears enough", timeout)

    def close(self) -> None:
        """End the process; it unregisters first."""
        self._control.close()
        self.program.end()

    def __enter__(self) -> Baresip:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

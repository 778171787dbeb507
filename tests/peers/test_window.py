"""The window's program on a real X server: it starts, serves phones, and ends when asked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.programs import Program, free_ports, need
from tests.support.server import ROOT


def test_the_window_starts_on_an_x_server_and_answers_phones(tmp_path: Path) -> None:
    need("Xvfb", "sipsak")
    port = free_ports()
    command = [sys.executable, "-m", "ui", "--data", str(tmp_path / "data"), "--bind", "127.0.0.1"]
    command += ["--sip-port", str(port), "--tls-port", str(free_ports())]
    with Program(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"], tmp_path / "xvfb.log") as screen:
        display = screen.wait_for(r"^(\d+)$")[1]
        environment = {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        with Program(command, tmp_path / "window.log", environment=environment, folder=ROOT) as window:
            window.wait_for("listening on")
            asked = subprocess.run(
                [shutil.which("sipsak") or "sipsak", "-s", f"sip:127.0.0.1:{port}"],
                capture_output=True,
                timeout=60,
                check=False,
            )
            assert asked.returncode == 0, window.output
            window.process.terminate()
            assert window.wait() == 0, window.output

"""How the window keeps up: latency of its thread at rest, and while events of a busy exchange pour in.

Run `QT_QPA_PLATFORM=offscreen python benchmarks/window.py`. A timer of 10 ms is the pulse: how late it
beats is how long the window does not answer. Events come from another thread, as the engine's do.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.events import CallState, ExtensionState
from tests.support.fake_engine import FakeEngine, call_view, extension_values, message
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.theme import Theme
from ui.translations import Translations

EXTENSIONS = 1000
CALLS = 200
EVENTS_PER_SECOND = 1000
SECONDS = 4.0
PULSE_MS = 10


class Pulse:
    """Beats every 10 ms on the window's thread and notes how late each beat is."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PULSE_MS)
        self._timer.timeout.connect(self._beat)
        self._last = 0
        self.late_ms: list[float] = []

    async def measure(self, seconds: float) -> None:
        """Note the beats of some seconds."""
        self.late_ms.clear()
        self._clock.start()
        self._last = self._clock.nsecsElapsed()
        self._timer.start()
        await asyncio.sleep(seconds)
        self._timer.stop()

    def _beat(self) -> None:
        now = self._clock.nsecsElapsed()
        self.late_ms.append(max(0.0, (now - self._last) / 1e6 - PULSE_MS))
        self._last = now

    def figures(self) -> tuple[float, float, float]:
        """p50, p99 and worst."""
        late = sorted(self.late_ms)
        return late[len(late) // 2], late[int(len(late) * 0.99)], late[-1]


class Storm(threading.Thread):
    """Publishes events evenly until told to stop: registrations, calls that move on, traced messages."""

    def __init__(self, engine: FakeEngine) -> None:
        super().__init__(daemon=True)
        self._engine = engine
        self.halt = threading.Event()
        self.sent = 0

    def run(self) -> None:
        """Publish."""
        states = list(ExtensionState)
        stages = (CallState.RINGING, CallState.TALKING, CallState.HELD, CallState.TALKING)
        started = time.perf_counter()
        while not self.halt.is_set():
            number = self.sent
            match number % 3:
                case 0:
                    name = str(1000 + number % EXTENSIONS)
                    self._engine.register(name, state=states[number // EXTENSIONS % 4])
                case 1:
                    self._engine.call(call_view(number % CALLS, stages[number // CALLS % 4]))
                case _:
                    self._engine.hear(message(number))
            self.sent += 1
            ahead = self.sent / EVENTS_PER_SECOND - (time.perf_counter() - started)
            if ahead > 0.002:
                time.sleep(ahead)


async def measure(window: MainWindow, engine: FakeEngine) -> None:
    pulse = Pulse()
    window.show_page("dashboard")
    await pulse.measure(SECONDS)
    idle = pulse.figures()
    report("at rest", idle, idle)
    for page in window.pages:
        window.show_page(page)
        await asyncio.sleep(0.2)
        storm = Storm(engine)
        before = time.process_time()
        storm.start()
        await pulse.measure(SECONDS)
        storm.halt.set()
        storm.join()
        busy = (time.process_time() - before) / SECONDS * 100
        report(f"{page}, {storm.sent / SECONDS:.0f} events/s", pulse.figures(), idle, f"CPU {busy:.0f} %")
    started = time.perf_counter()
    window.live.extensions.search("77")
    window.live.extensions.search("")
    print(f"search {EXTENSIONS} extensions and clear it: {(time.perf_counter() - started) * 1e3:.1f} ms")


def report(
    name: str, figures: tuple[float, float, float], idle: tuple[float, float, float], more: str = ""
) -> None:
    p50, p99, worst = figures
    ratio = p99 / max(idle[1], 0.1)
    late = f"late p50 {p50:5.1f}  p99 {p99:6.1f}  worst {worst:6.1f} ms"
    print(f"{name:34} {late}   p99 {ratio:5.1f} x rest   {more}")


async def run(data: Path) -> None:
    started = time.perf_counter()
    engine = FakeEngine()
    engine.tables["extension"] = {
        number: extension_values(number) for number in map(str, range(1000, 1000 + EXTENSIONS))
    }
    engine.live = {number: call_view(number, CallState.TALKING) for number in range(CALLS)}
    bridge = Bridge(engine)
    window = MainWindow(bridge, Preferences(data), str(data))
    window.resize(1180, 760)
    window.show()
    window.start()
    while window.live.extensions.total < EXTENSIONS or window.live.calls.total < CALLS:  # noqa: ASYNC110
        await asyncio.sleep(0)
    took = (time.perf_counter() - started) * 1e3
    print(f"window with {EXTENSIONS} extensions and {CALLS} calls shown in {took:.0f} ms")
    await measure(window, engine)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process (fake engine): {peak:.0f} MiB")
    window.stop()
    bridge.close()
    window.hide()
    window.deleteLater()


def main() -> None:
    sys.setswitchinterval(0.0005)  # as the engine sets it beside a window
    application = QApplication(sys.argv[:1])
    Theme(application)
    Translations(application).use("en")
    with tempfile.TemporaryDirectory() as data, QEventLoop(application) as loop:
        loop.run_until_complete(run(Path(data)))


if __name__ == "__main__":
    main()

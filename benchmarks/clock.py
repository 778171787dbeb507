"""How late the 20 ms media clock is while a window is kept busy: `python -m benchmarks.clock`.

The clock runs on an engine's loop in a thread of its own; a Qt window without a screen computes and paints on
the main thread as fast as it can. The interpreter's default switch interval is measured beside ours.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import threading
import time
from concurrent.futures import Future

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

from app.engine import new_event_loop
from app.net.ticker import Lateness, Ticker

OURS = 0.0005
DEFAULT = 0.005


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each setting")
    parser.add_argument("--rows", type=int, default=400, help="rows of the busy table")
    arguments = parser.parse_args()
    application = QApplication(sys.argv[:1])
    table = busy_table(arguments.rows)
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}, {arguments.seconds} s each"
    )
    print("budget with a busy window: p99 3 ms first, 2 ms goal")
    for name, interval, is_busy in (
        ("window idle", OURS, False),
        ("window busy", OURS, True),
        ("window busy", DEFAULT, True),
    ):
        sys.setswitchinterval(interval)
        turns, found = measure(application, table, arguments.seconds, is_busy=is_busy)
        print(
            f"{name}, switch interval {interval * 1000:.1f} ms: late by p50 {found.p50_ms:.2f}, p95"
            f" {found.p95_ms:.2f}, p99 {found.p99_ms:.2f}, worst {found.worst_ms:.2f} ms; {found.ticks} ticks"
            f" and {found.skipped} skipped, {turns} turns of the window",
            flush=True,
        )


def busy_table(rows: int) -> QTableWidget:
    """A table of the size of a large live list, shown off screen."""
    table = QTableWidget(rows, 6)
    for row in range(rows):
        for column in range(6):
            table.setItem(row, column, QTableWidgetItem(""))
    table.resize(1000, 700)
    table.show()
    return table


def measure(
    application: QApplication, table: QTableWidget, seconds: float, *, is_busy: bool
) -> tuple[int, Lateness]:
    """How often the window had its turn, and how late the clock was meanwhile."""
    turns = 0
    seen: Future[Lateness] = Future()
    thread = threading.Thread(target=run_clock, args=(seconds, seen), daemon=True)
    thread.start()
    end = time.monotonic() + seconds

    def turn() -> None:
        nonlocal turns
        turns += 1
        for row in range(table.rowCount()):  # Python and Qt by turns, as a live list does
            for column in range(table.columnCount()):
                table.item(row, column).setText(f"{turns}:{row * column}")
        if time.monotonic() > end:
            application.quit()

    timer = QTimer()
    if is_busy:
        timer.timeout.connect(turn)
        timer.start(0)
    else:
        timer.timeout.connect(application.quit)
        timer.start(int(seconds * 1000))
    application.exec()
    timer.stop()
    thread.join()
    return turns, seen.result()


def run_clock(seconds: float, seen: Future[Lateness]) -> None:
    """The engine's thread."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        seen.set_result(runner.run(_tick(seconds)))


async def _tick(seconds: float) -> Lateness:
    ticker = Ticker(asyncio.get_running_loop())
    stop = ticker.subscribe(lambda number: None)
    await asyncio.sleep(seconds)
    found = ticker.lateness()
    stop()
    return found


if __name__ == "__main__":
    main()

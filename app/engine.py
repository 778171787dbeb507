"""One thread and one event loop that a Pbx lives on: start, stop, and the way in for questions."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from app.control.commands import Commands
from app.control.server import ControlServer
from app.errors import EnvironmentFault
from app.events import EngineStopped, EventBus, Listener
from app.options import Options
from app.pbx import Pbx

logger = logging.getLogger(__name__)

T = TypeVar("T")

# A thread may keep the interpreter for this long while another waits. The default of 5 ms makes the engine's
# 20 ms clock late whenever the window computes; this costs the window nothing that can be measured.
_SWITCH_INTERVAL_S = 0.0005
# Calls and transactions live for seconds, and cycles among them are rare: looking for garbage after every
# 700 new objects, as Python does, costs an eighth of each call. What is there when all runs is left out of
# it for good.
_GARBAGE_THRESHOLDS = (20_000, 20, 50)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Make the fastest loop there is: uvloop on Linux, winloop on Windows, else asyncio's own."""
    try:
        if sys.platform == "win32":
            import winloop

            return winloop.new_event_loop()  # type: ignore[no-any-return]
        import uvloop

        return uvloop.new_event_loop()
    except ImportError:
        logger.info("neither uvloop nor winloop is installed: asyncio's own loop serves")
        return asyncio.new_event_loop()


class Engine:
    """A PBX in its own thread. `start` and `stop` block and belong to one other thread; the rest to any.

    `has_window`: another thread of this process is busy with a window, so give way to the engine more often.
    """

    def __init__(self, options: Options, *, has_window: bool = False) -> None:
        self._options = options
        self._has_window = has_window
        self._events = EventBus()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stopping: asyncio.Event | None = None
        self._pbx: Pbx | None = None
        self._is_unwanted = False  # the start was interrupted

    @property
    def is_running(self) -> bool:
        """Whether questions are answered."""
        return self._pbx is not None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it listens: "udp=192.0.2.1:5060" and so on; empty when it does not run."""
        pbx = self._pbx
        return pbx.addresses if pbx is not None else ()

    def start(self) -> tuple[str, ...]:
        """Start and return `addresses` once all sockets listen.

        Raises EnvironmentFault or UserError where that fails; nothing is left behind, and it may be tried
        again.
        """
        if self._thread is not None:
            raise RuntimeError("the engine runs already")
        if self._has_window:
            sys.setswitchinterval(_SWITCH_INTERVAL_S)
        self._is_unwanted = False
        started: Future[tuple[str, ...]] = Future()
        self._thread = threading.Thread(target=self._run, args=(started,), name="engine", daemon=True)
        self._thread.start()
        try:
            return started.result()
        except BaseException:
            self._is_unwanted = True  # Ctrl-C while it was starting: it must not go on without its owner
            self.stop()
            raise

    def stop(self) -> None:
        """End calls politely, stop everything and wait for it. Without effect when it does not run."""
        thread, loop = self._thread, self._loop
        if thread is None:
            return
        if loop is not None and self._stopping is not None:
            try:
                loop.call_soon_threadsafe(self._stopping.set)
            except RuntimeError:
                logger.debug("the engine has ended by itself")
        thread.join()
        self._thread = None

    def submit(self, question: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> Future[T]:
        """Ask `question(pbx, *args)`, a function of `app.api`, on the engine's loop.

        The future carries its answer or exception; EnvironmentFault("engine.stopped") when the engine is not
        running.
        """
        pbx, loop = self._pbx, self._loop
        if pbx is not None and loop is not None:

            async def ask() -> T:
                return await question(pbx, *args, **kwargs)

            asking = ask()
            try:
                return asyncio.run_coroutine_threadsafe(asking, loop)
            except RuntimeError:
                asking.close()  # the loop has just ended
        failed: Future[T] = Future()
        failed.set_exception(EnvironmentFault("engine.stopped", "The PBX is not running."))
        return failed

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear every event, on the engine's thread; the returned call ends it. Outlives a restart."""
        return self._events.subscribe(listener)

    def _run(self, started: Future[tuple[str, ...]]) -> None:
        loop = new_event_loop()
        try:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(self._live(loop, started))
        except BaseException as problem:
            if not started.done():
                started.set_exception(problem)
            else:
                logger.exception("the engine ended by a mistake of ours")
        finally:
            self._pbx = None
            self._loop = None
            loop.run_until_complete(_cancel_the_rest())
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
            asyncio.set_event_loop(None)
            loop.close()
            self._events.publish(EngineStopped())

    async def _live(self, loop: asyncio.AbstractEventLoop, started: Future[tuple[str, ...]]) -> None:
        stopping = asyncio.Event()
        pbx = Pbx(self._options, self._events)
        await pbx.start()
        try:
            control = ControlServer(Commands(pbx), self._options.paths)
            await control.start()
            try:
                gc.set_threshold(*_GARBAGE_THRESHOLDS)
                gc.freeze()
                self._loop, self._stopping, self._pbx = loop, stopping, pbx
                started.set_result(pbx.addresses)
                if not self._is_unwanted:
                    await stopping.wait()
            finally:
                self._pbx = None
                await control.stop()
        finally:
            await pbx.stop()


async def _cancel_the_rest() -> None:
    """End what questions are still being answered."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    if rest:
        await asyncio.wait(rest)

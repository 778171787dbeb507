"""Fails a test that leaves something behind: a log record at WARNING, a pending task, an open socket."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

FILE_DESCRIPTORS = Path("/proc/self/fd")


class WarningCollector(logging.Handler):
    """Keeps every record at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each asynchronous test the guard of its loop, ahead of its other fixtures: it is undone last."""
    for item in items:
        if pytest_asyncio.is_async_test(item):
            item.fixturenames.insert(0, "no_pending_tasks")


@pytest_asyncio.fixture
async def no_pending_tasks() -> AsyncIterator[None]:
    """Fail when tasks still wait once the test and its fixtures are over."""
    yield
    for _ in range(3):  # a task that was just cancelled needs a turn of the loop to end
        await asyncio.sleep(0)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        names = "\n".join(repr(task) for task in left)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        pytest.fail(f"tasks are still pending:\n{names}", pytrace=False)


@pytest.fixture(autouse=True)
def no_open_sockets() -> Iterator[None]:
    """Fail when a socket is open that was not open before; fixtures of a wider scope open theirs first."""
    before = open_sockets()
    yield
    if open_sockets() - before:
        gc.collect()  # a closed transport in a reference cycle holds its socket until then
        if left := open_sockets() - before:
            pytest.fail(f"sockets are still open: {sorted(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def no_unexpected_log_records(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on log records at WARNING or above, but for those that `@pytest.mark.logs(pattern, …)` names.

    A test that takes `caplog` judges its records itself.
    """
    collector = WarningCollector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    if "caplog" in request.fixturenames:
        return
    patterns = [pattern for mark in request.node.iter_markers("logs") for pattern in mark.args]
    messages = [f"{record.name}: {record.getMessage()}" for record in collector.records]
    unexpected = [text for text in messages if not any(re.search(pattern, text) for pattern in patterns)]
    missing = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in messages)]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected), pytrace=False)
    if missing:
        pytest.fail("log records that did not come:\n" + "\n".join(missing), pytrace=False)


def open_sockets() -> set[str]:
    """The sockets of this process, where the system shows them (Linux)."""
    if not FILE_DESCRIPTORS.exists():
        return set()
    found = set()
    for descriptor in os.listdir(FILE_DESCRIPTORS):
        try:
            target = os.readlink(FILE_DESCRIPTORS / descriptor)
        except OSError:  # the listing's own descriptor
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found

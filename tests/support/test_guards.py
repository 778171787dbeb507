"""The guards catch what they are there to catch."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Each program is one test that passes by itself and must be failed by a guard, with these words.
LEFT_BEHIND = {
    "log record": (
        "import logging\ndef test_it(): logging.getLogger('a.b').warning('odd %s', 1)",
        "*a.b: odd 1*",
    ),
    "missing log record": (
        "import pytest\n@pytest.mark.logs('never')\ndef test_it(): pass",
        "*log records that did not come*",
    ),
    "task": (
        "import asyncio\nkept = []\n"
        "async def test_it(): kept.append(asyncio.create_task(asyncio.Event().wait()))",
        "*tasks are still pending*",
    ),
    "socket": (
        "import socket\nkept = []\ndef test_it(): kept.append(socket.socket())",
        "*sockets are still open*",
    ),
    "unclosed socket": (
        "import socket\ndef test_it(): socket.socket()",
        "*ResourceWarning: unclosed*",
    ),
}
ALLOWED = {
    "expected log record": (
        "import logging, pytest\n@pytest.mark.logs('odd')\ndef test_it(): logging.warning('odd')"
    ),
    "caplog": (
        "import logging\ndef test_it(caplog): logging.warning('odd'); assert caplog.messages == ['odd']"
    ),
    "information": "import logging\ndef test_it(): logging.getLogger('a').info('even')",
    "cancelled task": "import asyncio\nasync def test_it(): asyncio.create_task(asyncio.sleep(60)).cancel()",
    "closed socket": "import socket\ndef test_it():\n    with socket.socket(): pass",
    "a fixture of wider scope": (
        "import pytest, socket\n"
        "@pytest.fixture(scope='module')\n"
        "def kept():\n    with socket.socket() as kept: yield kept\n"
        "def test_it(kept): assert kept.fileno() >= 0\n"
    ),
}


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test run of its own, under the guards and the project's settings."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest('pytest_plugins = ("tests.support.guards",)')
    pytester.makepyprojecttoml(
        "[tool.pytest.ini_options]\n"
        'asyncio_mode = "auto"\nasyncio_default_fixture_loop_scope = "function"\n'
        'filterwarnings = ["error"]\nmarkers = ["logs(*patterns): expected"]\n'
    )
    return pytester


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_is_left_behind_fails_the_test(inner: pytest.Pytester, name: str) -> None:
    program, words = LEFT_BEHIND[name]
    inner.makepyfile(program)
    result = inner.runpytest_subprocess("-p", "no:cacheprovider")
    result.stdout.fnmatch_lines([words])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_in_order_passes(inner: pytest.Pytester, name: str) -> None:
    inner.makepyfile(ALLOWED[name])
    result = inner.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1)

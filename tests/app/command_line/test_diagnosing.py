"""`openmss-cli diagnose`, of case files and of a folder that no server runs on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.command_line.run import run
from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.capture import Capture
from tests.support.cases import FOLDER, named

LINE = ("user=+8612345678", "domain=gd.ctcims.cn", "password=x", "proxy=203.0.113.10")


def test_findings_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagnose", "--case", str(FOLDER / "R14-ctcims.json"), "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert {"cause", "text", "field", "value", "evidence", "severity"} <= set(first)
    assert (first["field"], first["value"], first["evidence"]) == ("auth_user_with_domain", True, [2, 3])
    assert second["severity"] == "warning"


def test_nothing_wrong_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagnose", "--case", str(FOLDER / "H-cancel.json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["diagnose", "--case", str(FOLDER / "H-cancel.json")]) == 0
    assert capsys.readouterr().out == "Nothing is wrong.\n"


def test_findings_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagnose", "--case", str(FOLDER / "R14-ctcims.json")]) == 0
    told = capsys.readouterr().out
    assert "  change: auth_user_with_domain = True\n  see messages: 2, 3\nAlso seen: " in told


def test_notes_are_told_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagnose", "--case", str(FOLDER / "R08-stale-true.json"), "--notes", "--json"]) == 0
    assert [each["cause"] for each in json.loads(capsys.readouterr().out)] == ["nonce_refreshed"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"{", "it is not JSON"), (b"[]", "a case is an object"), (b'{"config": 1}', "“config” is an object")],
)
def test_files_that_are_no_cases(
    content: bytes, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    assert run(["diagnose", "--case", str(path)]) == 1
    assert sentence in capsys.readouterr().err


def test_a_file_with_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(b"\xef\xbb\xbf" + (FOLDER / "R20-405.json").read_bytes().replace(b"\n", b"\r\n"))
    assert run(["diagnose", "--case", str(path)]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["line"],
        ["lines", "x"],
        ["line", "x", "--case", "y"],
        ["--case", "y", "--save", "z"],
        ["--case", "gone"],
    ],
)
def test_wrong_usage_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagnose", *arguments]) == 1
    assert capsys.readouterr().err.startswith("openmss-cli: ")


def test_a_line_whose_server_does_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path)]
    assert run([*data, "add", "line", "telecom", *LINE]) == 0
    capture = Capture(tmp_path / "trace")
    capture.start()
    flow = Flow(Transport.UDP, Address("198.51.100.20", 5060), Address("203.0.113.10", 5060))
    for each in named("R14-ctcims")["messages"]:
        direction = Direction.OUT if each["dir"] == "out" else Direction.IN
        capture.record(each["t"], direction, flow, each["text"].replace("\n", "\r\n").encode())
    capture.stop()
    capsys.readouterr()
    saved = tmp_path / "saved.json"
    assert run([*data, "diagnose", "line", "telecom", "--json", "--save", str(saved), "--mask-numbers"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert findings[0]["cause"] == "auth_user_form"
    assert "12345678" not in saved.read_text(encoding="utf-8")
    assert run(["diagnose", "--case", str(saved), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["cause"] == "auth_user_form"
    assert run([*data, "diagnose", "line", "gone"]) == 1

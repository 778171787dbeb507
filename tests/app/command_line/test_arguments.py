"""The grammar of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.command_line.arguments import parse
from app.paths import default_data_folder
from app.version import program_version


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "/d", "list", "extension"],
        ["list", "--data", "/d", "extension"],
        ["list", "extension", "--data", "/d"],
        ["--data", "/other", "list", "extension", "--data", "/d"],
    ],
)
def test_the_data_folder_stands_before_or_behind_the_command(arguments: list[str]) -> None:
    assert parse(arguments).data == Path("/d")


def test_the_data_folder_is_the_users_unless_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse(["calls"]).data == default_data_folder()
    monkeypatch.chdir(tmp_path)
    assert parse(["calls", "--data", "here"]).data == tmp_path / "here"


def test_what_serve_is_told_becomes_options() -> None:
    line = "serve --data /d --bind 127.0.0.1,[::1] --sip-port 0 --tls-port 5071 --rtp-ports 30000-30999"
    options = parse([*line.split(), "--log-level", "debug", "--announcements", "/a"]).options
    assert options.bind == ("127.0.0.1", "::1")
    assert (options.sip_port, options.tls_port, options.rtp_ports) == (0, 5071, (30000, 30999))
    assert (options.data, options.log_level, options.announcements) == (Path("/d"), "debug", Path("/a"))


def test_what_serve_is_not_told_is_left_to_the_settings() -> None:
    options = parse(["serve"]).options
    assert (options.bind, options.sip_port, options.tls_port, options.rtp_ports, options.log_level) == (
        None,
    ) * 5
    assert options.announcements is None


def test_fields_are_names_and_values() -> None:
    parsed = parse(["add", "extension", "2000", "password=a=b", "description=Front desk", "enabled="])
    assert parsed.values == [("password", "a=b"), ("description", "Front desk"), ("enabled", "")]
    assert (parsed.kind, parsed.key) == ("extension", "2000")


def test_answers_to_a_carrier_stand_behind_its_name() -> None:
    parsed = parse(["add", "line", "x", "enabled=no", "--carrier", "sonetel", "email=a@b.cd", "--data", "/d"])
    assert (parsed.carrier, parsed.values, parsed.answers) == (
        "sonetel",
        [("enabled", "no")],
        [("email", "a@b.cd")],
    )
    assert (parse(["add", "line", "x"]).carrier, parse(["add", "line", "x"]).answers) == (None, [])


@pytest.mark.parametrize(
    "line",
    [
        "add line x --carrier",
        "add line x --carrier sonetel email",
        "carriers dance",
        "",
        "dance",
        "add extension",
        "add extension 100 password",
        "set extension 100",
        "set extension 100 =x",
        "delete extension",
        "import extension",
        "serve --sip-port 70000",
        "serve --sip-port x",
        "serve --bind everywhere",
        "serve --rtp-ports 10000",
        "serve --rtp-ports 10000-10002",
        "serve --rtp-ports 20000-10000",
        "serve --rtp-ports 0-10",
        "serve --log-level loud",
        "trace --limit 0",
        "hangup x",
    ],
)
def test_wrong_usage_is_told_with_the_usage(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parse(line.split())
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: openmss-cli")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parse(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    first_words = {line.split()[0] for line in text.splitlines() if line.startswith("    ")}
    assert first_words >= {"serve", "add", "set", "list", "get", "delete", "import", "export", "fields"}
    assert first_words >= {"status", "calls", "hangup", "trace", "passwords"}


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parse(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"OpenMSS {program_version()}\n"

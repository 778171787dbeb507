"""Commands on records, on a folder without a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.command_line.run import run


class Cli:
    """Runs commands on one folder without a server."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def __call__(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        assert run(["--data", str(self.folder), *arguments]) == code
        found = self._capture.readouterr()
        return found.out, found.err


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path / "data", capsys)


def test_a_record_lives_from_add_to_delete(cli: Cli) -> None:
    assert cli("add", "extension", "2000", "password=tR7-oak-93", "description=前台") == ("", "")
    assert cli("set", "extension", "2000", "multi_device=yes") == ("", "")
    out, _ = cli("list", "extension")
    assert out.splitlines()[0].split()[:3] == ["number", "description", "multi_device"]
    assert out.splitlines()[-1].split()[:3] == ["2000", "前台", "yes"]
    out, _ = cli("get", "extension", "2000")
    assert "description: 前台\nmulti_device: yes\n" in out
    assert cli("delete", "extension", "2000") == ("", "")
    _, err = cli("get", "extension", "2000", code=1)
    assert err == "openmss-cli: There is no extension 2000. “list extension” shows those there are.\n"


def test_programs_read_json(cli: Cli) -> None:
    record = json.loads(cli("get", "setting", "local_media", "--json")[0])
    assert record == {"key": "local_media", "value": "auto"}
    records = json.loads(cli("list", "extension", "--json")[0])
    assert [each["number"] for each in records] == ["100", "101", "102"]
    assert json.loads(cli("list", "extension", "100", "--json")[0]) == records[0]
    assert json.loads(cli("get", "extension", "--json")[0]) == records
    fields = json.loads(cli("fields", "extension", "--json")[0])
    assert [field["name"] for field in fields][:2] == ["number", "password"]


def test_what_deserves_a_second_thought_is_said_on_stderr(cli: Cli) -> None:
    out, err = cli("add", "extension", "2000", "password=s3cret")
    assert out == ""
    assert err.startswith("openmss-cli: The password is weak")
    assert "after the next start" in cli("set", "setting", "sip_port", "value=7000")[1]
    assert cli("set", "setting", "local_media", "value=relay") == ("", "")


def test_refusals_are_one_sentence_and_exit_1(cli: Cli) -> None:
    for arguments in (
        ("add", "extension", "100", "password=x"),
        ("add", "extension", "2000", "password=x", "password=y"),
        ("add", "extension", "2000", "colour=red", "password=x"),
        ("add", "carrot", "1"),
        ("set", "setting", "local_media", "value=sideways"),
        ("import", "extension", "missing.csv"),
        ("fields", "carrot"),
    ):
        out, err = cli(*arguments, code=1)
        assert out == ""
        assert err.startswith("openmss-cli: ")
        assert err.count("\n") == 1


def test_a_file_goes_out_and_comes_back(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "extensions.csv"
    assert cli("export", "extension", str(file)) == ("", "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfnumber,description")
    assert cli("import", "extension", str(file))[0] == "0 were added, 0 changed; 3 were the same.\n"
    text = file.read_text("utf-8-sig").replace("number,", "number,password,", 1)
    lines = [line.replace(",", ",,", 1) if index else line for index, line in enumerate(text.splitlines())]
    file.write_text("\n".join([*lines, "300,weak,,no,3,,yes", ""]), "utf-8")
    out, _ = cli("import", "extension", str(file), "--dry-run")
    assert out == "1 would be added, 0 changed; 3 were the same.\n"
    out, err = cli("import", "extension", str(file))
    assert out == "1 were added, 0 changed; 3 were the same.\n"
    assert err == "openmss-cli: 1 passwords are weak.\n"


def test_a_file_with_errors_is_told_line_by_line(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("number,password\n300,good-pass-1\n30x,y\n301,301\n", "utf-8")
    out, err = cli("import", "extension", str(file), code=1)
    assert out == ""
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"{file}:3", f"{file}:4", "openmss-cli"]
    assert "300" not in cli("list", "extension")[0]


def test_secrets_go_to_a_file_of_the_users_own(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "secrets.csv"
    cli("add", "extension", "2000", "password=tR7-oak-93")
    _, err = cli("export", "extension", str(file), "--secrets")
    assert "1 of 4 passwords are kept only as fingerprints" in err
    assert file.read_text("utf-8-sig").splitlines()[-1].startswith("2000,,")


def test_an_export_to_stdout_is_the_files_bytes(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["--data", str(tmp_path), "export", "extension", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbfnumber,")


def test_a_place_that_cannot_be_written_is_told(cli: Cli, tmp_path: Path) -> None:
    _, err = cli("export", "extension", str(tmp_path / "missing" / "x.csv"), code=1)
    assert "cannot be written" in err


def test_kinds_and_fields_are_explained(cli: Cli) -> None:
    assert cli("fields")[0].splitlines()[1].split() == ["extension", "number", "Extensions"]
    assert "auto, direct, relay" in cli("fields", "setting")[0]
    assert "One number, several phones" in cli("fields", "extension")[0]

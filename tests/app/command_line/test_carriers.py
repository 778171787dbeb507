"""Carrier templates on the command line, on a folder without a server."""

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


def test_the_templates_are_listed(cli: Cli) -> None:
    out, _ = cli("carriers")
    assert out.splitlines()[0].split() == ["ID", "CARRIER", "COUNTRY", "RECORD", "STATUS", "READ"]
    assert len(out.splitlines()) > 25
    assert not cli.folder.exists()  # nothing of the data folder is needed
    found = {each["id"]: each for each in json.loads(cli("carriers", "--json")[0])}
    assert found["twilio"]["ways"] == [{"way": "ip", "kind": "trunk"}, {"way": "call", "kind": "line"}]
    assert found["sonetel"]["label"] == {"en": "Sonetel", "zh": "Sonetel"}


def test_a_template_is_shown(cli: Cli) -> None:
    out, _ = cli("carriers", "show", "sonetel")
    assert out.startswith("Sonetel (community, read 2026-11)\n")
    assert "Account e-mail" in out
    assert "Leave as it is: proxy: " in out
    found = json.loads(cli("carriers", "show", "twilio", "--way", "call", "--json")[0])
    assert [each["key"] for each in found["questions"]] == ["way", "name", "user", "password"]
    assert found["forbidden"][0]["field"] == "register"
    assert "does not offer" in cli("carriers", "show", "twilio", "--way", "post", code=1)[1]
    assert "no carrier template" in cli("carriers", "show", "carrot", code=1)[1]
    assert "Which carrier?" in cli("carriers", "show", code=1)[1]
    assert cli("carriers", "show", "anveo-direct")[0].count("ANSWER") == 0


def test_a_line_is_made_from_answers_and_fields(cli: Cli) -> None:
    out, err = cli(
        *(
            "add",
            "line",
            "sonetel-1",
            "--carrier",
            "sonetel",
            "email=abc@gmail.com",
            "password=x",
            "max_calls=2",
        )
    )
    assert out == ""
    assert "Compare with your order papers" in err
    assert "openmss-cli: leave proxy as it is: The domain is that of an e-mail address" in err
    line = json.loads(cli("get", "line", "sonetel-1", "--json")[0])
    assert (line["user"], line["domain"], line["proxy"]) == ("abc", "gmail.com", "sip.sonetel.com")
    assert (line["template"], line["max_calls"]) == ("sonetel", 2)


def test_a_trunk_is_made_where_the_carrier_knows_the_address(cli: Cli) -> None:
    refused = cli("add", "line", "t", "--carrier", "twilio", "name=office", code=1)[1]
    assert "makes a trunk, not a line" in refused
    assert "way=ip|call" in refused
    cli("add", "trunk", "t", "--carrier", "twilio", "name=office")
    trunk = json.loads(cli("get", "trunk", "t", "--json")[0])
    assert trunk["address"] == "office.pstn.twilio.com"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ((), "Account e-mail is missing"),
        (("email=abc",), "Account e-mail: “abc” cannot be right"),
        (("email=abc@gmail.com", "password=x", "proxy="), "the proxy must be set"),
        (("email=abc@gmail.com", "password=x", "shoe=1"), "There is no field “shoe”"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_added(
    cli: Cli, more: tuple[str, ...], message: str
) -> None:
    assert message in cli("add", "line", "s", "--carrier", "sonetel", *more, code=1)[1]
    assert cli("list", "line") == ("", "")

"""Templates are checked when they are read; errors name file and key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.errors import EnvironmentFault
from app.services.carrier_reading import from_table, read_template
from app.services.carrier_template import Shape, Transport, Way

GOOD = """
id = "example"
label = { en = "Example", zh = "示例" }
country = "DE"
auth = ["registration", "ip"]

[[sources]]
grade = "V"
what = "a catalogue"
read_on = "2026-11"

[facts]
server = "sip.example.com"
transports = ["tcp", "udp"]
expires = 300
user_form = "{user}"

[way.ip]
server = "{pop}"

[[questions]]
key = "user"
label = { en = "User", zh = "用户" }
ways = ["registration"]

[[questions]]
key = "pop"
label = { en = "POP", zh = "接入点" }
shape = "choice"
choices = [{ value = "a.example.com", label = { en = "A", zh = "甲" } }]
ways = ["ip"]
"""


def good() -> dict[str, Any]:
    return tomllib.loads(GOOD)


def test_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "example.toml"
    file.write_text(GOOD, encoding="utf-8")
    template = read_template(file)
    assert template.auth == (Way.REGISTRATION, Way.IP)
    assert template.facts[Way.REGISTRATION].transports == (Transport.TCP, Transport.UDP)
    assert template.facts[Way.REGISTRATION].server == "sip.example.com"
    assert template.facts[Way.IP].server == "{pop}"
    assert template.facts[Way.IP].expires == 300
    assert template.questions[1].shape is Shape.CHOICE
    assert template.questions[1].choices[0].label.zh == "甲"


BAD: list[tuple[str, Any, str]] = [
    ("id", "other", "id: “other” must be the file's name"),
    ("shoe", 1, "shoe: is not known"),
    ("country", 49, "country: must be text, not 49"),
    ("label", {"en": "x"}, "label.zh: is missing"),
    ("label", "x", "label: must be a table"),
    ("auth", "ip", "auth: must be a list"),
    ("auth", ["post"], "auth[0]: “post” is not one of registration, call, ip"),
    ("auth", [], "auth: must list"),
    ("auth", ["registration"], "way.ip: auth does not list it"),
    ("auth", ["registration", "ip", "call"], "facts.user_form: needs the answer “user”"),
    ("sources", [], "sources: exactly one"),
    ("sources", [{"grade": "V", "what": "x", "read_on": "November"}], "sources[0].read_on"),
    (
        "sources",
        [
            {"grade": "V", "what": "x", "read_on": "2026-11"},
            {"grade": "K", "what": "x", "read_on": "2026-11", "facts": ["realm"]},
        ],
        "sources[1].facts: names “realm”, which is not given",
    ),
    ("facts", {"server": "x.y", "expires": True, "user_form": "{user}"}, "facts.expires: must be a whole"),
    ("facts", {"server": "x.y", "user_form": "{user.shoe}"}, "facts.user_form: “{user.shoe}” asks for"),
    ("facts", {"server": "x.y"}, "facts.user_form: is missing (for registration)"),
    ("facts", {"user_form": "{user}"}, "facts.server: is missing"),
    (
        "facts",
        {"domain": "x.y", "domain_resolves": False, "user_form": "{user}"},
        "facts.outbound_proxy: is missing",
    ),
    ("facts", {"server": "x.y", "user_form": "{user}", "outbound_proxy": {"host": "{x}"}}, "outbound_proxy"),
    ("facts", {"server": "x.y", "user_form": "{user}", "match_addresses": ["{x}"]}, "match_addresses[0]"),
    ("forbidden", [{"field": "user", "pattern": "(", "why": {"en": "", "zh": ""}}], "forbidden[0].pattern"),
]


@pytest.mark.parametrize(("key", "value", "message"), BAD, ids=[message for _, _, message in BAD])
def test_a_wrong_value_is_named(key: str, value: Any, message: str) -> None:
    with pytest.raises(EnvironmentFault) as raised:
        from_table({**good(), key: value}, "example.toml")
    assert raised.value.code == "carrier.file"
    assert raised.value.details["file"] == "example.toml"
    assert message in str(raised.value)
    assert str(raised.value).startswith("The carrier template example.toml")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "way"}, "questions[0].key: “way” is asked in the same words"),
        ({"key": "pop"}, "questions: a key stands twice"),
        ({"shape": "choice"}, "questions[0].choices"),
        ({"choices": [{"value": "x", "label": {"en": "", "zh": ""}}]}, "questions[0].choices"),
        ({"pattern": "["}, "questions[0].pattern"),
    ],
)
def test_a_wrong_question_is_named(change: dict[str, Any], message: str) -> None:
    table = good()
    table["questions"][0].update(change)
    with pytest.raises(EnvironmentFault) as raised:
        from_table(table, "example.toml")
    assert message in str(raised.value)


def test_a_default_must_be_one_of_the_choices() -> None:
    table = good()
    table["questions"][1]["default"] = "b.example.com"
    with pytest.raises(EnvironmentFault, match=r"questions\[1\]\.default"):
        from_table(table, "example.toml")


def test_a_file_that_is_not_toml_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    with pytest.raises(EnvironmentFault, match=r"broken\.toml: cannot be read"):
        read_template(file)
    file.write_text("id = x\n", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match=r"broken\.toml: .*line 1"):
        read_template(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EnvironmentFault, match=r"broken\.toml"):
        read_template(file)

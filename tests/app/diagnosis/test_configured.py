"""A configuration as people and programs write it: yes and true, "" and null, URIs for servers."""

from __future__ import annotations

import pytest

from app.diagnosis.configured import Configured


@pytest.mark.parametrize(
    ("value", "means"),
    [
        (True, True),
        ("yes", True),
        ("1", True),
        (1, True),
        ("off", False),
        (0, False),
        ("", None),
        (None, None),
    ],
)
def test_flags(value: object, means: bool | None) -> None:
    assert Configured({"video": value}).flag("video") is means


@pytest.mark.parametrize(
    "proxy",
    ["sip.sonetel.com", "SIP.sonetel.com:5070", "sip:sip.sonetel.com;lr", "<sip:sip.sonetel.com:5060;lr>"],
)
def test_the_proxy_is_found_in_what_a_person_may_write(proxy: str) -> None:
    configured = Configured({"proxy": proxy, "domain": "gmail.com"})
    assert (configured.proxy, configured.next_hop, configured.domain) == (
        "sip.sonetel.com",
        "sip.sonetel.com",
        "gmail.com",
    )


def test_without_a_proxy_the_domain_is_next() -> None:
    assert Configured({"proxy": "", "domain": "Carrier.example."}).next_hop == "carrier.example"


@pytest.mark.parametrize(
    ("values", "has"),
    [({}, None), ({"password": ""}, False), ({"password": None}, False), ({"password": "***"}, True)],
)
def test_whether_there_is_a_password(values: dict[str, object], has: bool | None) -> None:
    assert Configured(values).has_password is has


@pytest.mark.parametrize(
    ("values", "keeps"),
    [
        ({}, True),
        ({"register_call_id": "keep"}, True),
        ({"register_call_id": "new"}, False),
        ({"gVarSipRegSameDialog": "0"}, False),
        ({"gVarSipRegSameDialog": 1}, True),
    ],
)
def test_whether_the_call_id_is_kept(values: dict[str, object], keeps: bool) -> None:
    assert Configured(values).keeps_call_id is keeps


def test_numbers_and_words() -> None:
    configured = Configured({"port": "5070", "expires": "an hour", "codecs": ["PCMA", "G729"], "user": "a@b"})
    assert (configured.integer("port"), configured.integer("expires"), configured.integer("none")) == (
        5070,
        None,
        None,
    )
    assert configured.words("codecs") == ("PCMA", "G729")
    assert configured.numbers == {"a"}
    assert configured.transport == ""
    assert configured.says("CODECS")

"""Snapshots do not change."""

from __future__ import annotations

import dataclasses

import pytest

from app.options import Options
from app.services.directory import Directory, DirectoryHolder, Extension, Ha1, Settings


def test_a_snapshot_is_replaced_and_never_changed() -> None:
    first = Directory()
    second = first.with_extensions({"100": Extension(number="100"), "101": Extension(number="101")})
    third = second.with_extensions({"100": Extension(number="100", description="Desk")}, gone=("101",))
    assert dict(first.extensions) == {}
    assert sorted(second.extensions) == ["100", "101"]
    assert list(third.extensions) == ["100"]
    found = third.extension("100")
    assert found is not None
    assert found.description == "Desk"
    assert third.extension("101") is None
    with pytest.raises(TypeError):
        third.extensions["102"] = found  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        third.settings = Settings()  # type: ignore[misc]


def test_settings_are_replaced_and_extensions_stay() -> None:
    before = Directory().with_extensions({"100": Extension(number="100")})
    after = before.with_settings(Settings(no_answer_s=7))
    assert after.settings.no_answer_s == 7
    assert after.extensions is before.extensions


def test_options_overrule_settings() -> None:
    settings = Settings(sip_port=7000, tls_port=7001, log_level="error")
    assert settings.overruled_by(Options()) == settings
    options = Options(bind=("127.0.0.1",), sip_port=0, rtp_ports=(30000, 30999))
    found = settings.overruled_by(options)
    assert (found.bind_address, found.sip_port, found.tls_port) == (("127.0.0.1",), 0, 7001)
    assert (found.rtp_low, found.rtp_high, found.log_level) == (30000, 30999, "error")


@pytest.mark.parametrize(
    ("algorithm", "value"),
    [("MD5", "m"), ("md5", "m"), ("MD5-sess", "m"), ("SHA-256", "s"), ("SHA-512-256", "t"), ("SHA-1", "")],
)
def test_the_hash_is_chosen_by_the_challenges_name(algorithm: str, value: str) -> None:
    assert Ha1("m", "s", "t").of(algorithm) == value


def test_a_holder_starts_empty() -> None:
    assert DirectoryHolder().current == Directory()
    known = Directory().with_settings(Settings(sip_port=1))
    assert DirectoryHolder(known).current is known

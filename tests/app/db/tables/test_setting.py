"""Settings: defaults, limits and clashes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.field_checks import listed
from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables.setting import BY_NAME, KIND, SETTINGS, check_together
from app.db.values import parse_value, text_of
from app.errors import UserError
from app.services.directory import Settings

DEFAULTS = {field.name: field.default for field in SETTINGS}


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def test_the_snapshot_has_a_field_for_each_setting_and_the_same_defaults() -> None:
    typed = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert typed.keys() == DEFAULTS.keys() - {"mail_password"}  # asked for when a letter is sent
    assert typed.pop("codecs") == tuple(listed(DEFAULTS["codecs"]))
    emergency = typed.pop("emergency_numbers")
    assert emergency == frozenset(listed(DEFAULTS["emergency_numbers"]))
    assert {name: () if value == "" else value for name, value in DEFAULTS.items()}.items() >= {
        name: () if value in ("", (), None) else value for name, value in typed.items()
    }.items()


@pytest.mark.parametrize("field", SETTINGS, ids=lambda field: field.name)
def test_each_default_passes_its_own_check(field) -> None:  # type: ignore[no-untyped-def]
    assert parse_value(field, text_of(field.default)) == field.default


def test_the_defaults_go_together() -> None:
    assert check_together(DEFAULTS) == []


def test_a_database_without_settings_has_the_defaults(db: SqliteDatabase) -> None:
    assert KIND.read(db) == DEFAULTS
    assert KIND.one(db, "sip_port") == {"key": "sip_port", "value": 5060}
    assert KIND.one(db, "nonsense") is None
    assert [record["key"] for record in KIND.all(db)] == list(BY_NAME)


def test_a_changed_setting_is_kept_and_a_deleted_one_falls_back(db: SqliteDatabase) -> None:
    errors, values = KIND.check("no_answer_s", {"value": "25"}, None)
    assert not errors
    KIND.add(db, values, SaveContext())
    KIND.set(db, "no_answer_s", values, SaveContext())
    assert KIND.read(db)["no_answer_s"] == 25
    assert KIND.delete(db, "no_answer_s")
    assert KIND.read(db)["no_answer_s"] == 60


def test_settings_of_a_newer_program_do_no_harm(db: SqliteDatabase) -> None:
    raw(db).execute("INSERT INTO setting VALUES ('from_the_future', '1')")
    assert KIND.read(db) == DEFAULTS


@pytest.mark.parametrize(
    ("key", "raw_values", "code", "field"),
    [
        ("nonsense", {"value": "1"}, "setting.unknown", "key"),
        ("realm", {"value": "other"}, "setting.read_only", "value"),
        ("sip_port", {"value": "99999"}, "value.out_of_range", "value"),
        ("sip_port", {}, "setting.no_value", "value"),
        ("sip_port", {"value": "1", "colour": "red"}, "value.unknown_field", "colour"),
        ("local_media", {"value": "sideways"}, "value.not_choice", "value"),
        ("bind_address", {"value": "10.0.0.0/8"}, "setting.bind_address", "value"),
        ("tls_ca", {"value": "/nowhere/ca.pem"}, "setting.tls_ca", "value"),
        ("public_address", {"value": "not a host"}, "setting.public_address", "value"),
        ("public_address", {"value": "300.1.1.1"}, "setting.public_address", "value"),
        ("user_agent", {"value": "开放"}, "setting.user_agent", "value"),
    ],
)
def test_what_is_wrong_is_told(key: str, raw_values: dict[str, object], code: str, field: str) -> None:
    errors, _ = KIND.check(key, raw_values, None)
    assert [(error.code, error.field) for error in errors] == [(code, field)]


@pytest.mark.parametrize("value", ["203.0.113.7", "2001:db8::1", "pbx.example.com", ""])
def test_a_public_address_is_an_address_or_a_name(value: str) -> None:
    assert KIND.check("public_address", {"value": value}, None)[0] == []


def test_empty_means_the_default() -> None:
    assert KIND.check("sip_port", {"value": ""}, None)[1] == {"key": "sip_port", "value": 5060}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"tls_port": 5060}, "setting.ports_equal", "tls_port"),
        ({"rtp_low": 19998}, "setting.rtp_range", "rtp_high"),
        ({"rtp_low": 30000}, "setting.rtp_range", "rtp_high"),
        ({"sip_port": 10000}, "setting.sip_port_in_rtp", "sip_port"),
        ({"register_min_expires": 7201}, "setting.expires_order", "register_default_expires"),
        ({"register_max_expires": 3599}, "setting.expires_order", "register_default_expires"),
    ],
)
def test_settings_that_clash_are_told(changes: dict[str, int], code: str, field: str) -> None:
    errors: list[UserError] = check_together({**DEFAULTS, **changes})
    assert [(error.code, error.field) for error in errors] == [(code, field)]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("out_group_prefix", "", ""),
        ("out_group_prefix", "00", "00"),
        ("emergency_numbers", "", ""),
        ("default_route", "line_group:1", "line_group:1"),
        ("default_country_code", "86", "86"),
        ("time_zone", "Asia/Shanghai", "Asia/Shanghai"),
        ("user_agent", "", "OpenMSS"),
        ("local_media", "", "auto"),
        ("sip_port", "", 5060),
    ],
)
def test_empty_is_a_value_where_a_setting_can_be_empty(key: str, value: str, expected: object) -> None:
    errors, checked = KIND.check(key, {"value": value}, None)
    assert errors == []
    assert checked["value"] == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("out_group_prefix", "nine"),
        ("default_route", "trunk:"),
        ("default_route", "planet:mars"),
        ("default_country_code", "+86"),
        ("default_country_code", "0086"),
        ("emergency_numbers", "110, help"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_settings_of_the_dial_plan_are_checked(key: str, value: str) -> None:
    errors, _ = KIND.check(key, {"value": value}, None)
    assert [error.field for error in errors] == ["value"]

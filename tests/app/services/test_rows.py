"""A row of each kind, checked and stored, comes out as the record that the call path reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from ipaddress import ip_network
from typing import Any

import pytest
from peewee import SqliteDatabase

from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.store import kind_of
from app.db.tables import setting
from app.errors import EnvironmentFault
from app.services import rows
from app.services.directory import Settings
from app.services.outside import CallerIdForm, Line, NumberForm, OutsideTransport, Trunk
from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    DidRoute,
    DisplayMode,
    DisplayNumber,
    Operation,
    RefineRule,
    RouteKind,
    Transition,
)
from app.services.screening import IpRule, IpVerdict, ScreeningRule
from app.services.sections import SECTIONS
from app.services.time_conditions import Holiday, OnHolidays, TimeCondition

CONTEXT = SaveContext("openmss", lambda text: text[::-1])


def decrypt(token: str) -> str:
    return token[::-1]


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def made(db: SqliteDatabase, name: str, key: str, **values: Any) -> Any:
    kind = kind_of(name)
    errors, checked = kind.check(key, values, None)
    assert not errors, errors
    kind.add(db, checked, CONTEXT)
    (row,) = kind.rows(db, key)
    return SECTIONS[name].make(row, decrypt)


def test_extension(db: SqliteDatabase) -> None:
    found = made(
        db, "extension", "500", password="pass-word-1", call_levels="1-3", max_calls="2", own_number="025"
    )
    assert (found.call_levels, found.max_calls, found.own_number) == (frozenset({1, 2, 3}), 2, "025")
    assert (found.max_devices, found.time_condition) == (1, "")


def test_line(db: SqliteDatabase) -> None:
    found = made(
        db,
        "line",
        "x",
        user="1",
        domain="d.example",
        password="geheim",
        transport="tls",
        port="5070",
        codecs="PCMA, PCMU",
        number_form="+E164",
        caller_id_form="pai",
        match_addresses="203.0.113.0/28",
    )
    assert found == Line(
        name="x",
        user="1",
        domain="d.example",
        password="geheim",
        transport=OutsideTransport.TLS,
        port=5070,
        codecs=("PCMA", "PCMU"),
        number_form=NumberForm.PLUS_E164,
        caller_id_form=CallerIdForm.PAI,
        match_addresses=(ip_network("203.0.113.0/28"),),
    )


def test_a_line_whose_password_cannot_be_read_says_why(db: SqliteDatabase) -> None:
    made(db, "line", "x", user="1", domain="d.example", password="geheim")

    def fail(_: str) -> str:
        raise EnvironmentFault("vault.no_key", "The key is missing.")

    (row,) = kind_of("line").rows(db, "x")
    found = rows.line(row, fail)
    assert (found.password, found.password_problem) == ("", "The key is missing.")


def test_a_line_without_a_password_does_not_ask_the_vault(db: SqliteDatabase) -> None:
    assert made(db, "line", "x", user="1", domain="d.example") == Line(name="x", user="1", domain="d.example")


def test_trunk(db: SqliteDatabase) -> None:
    found = made(
        db, "trunk", "x", address="d.example", trusted_addresses="203.0.113.0/28, e.example", max_outgoing="0"
    )
    assert found == Trunk(
        name="x", address="d.example", trusted_addresses=("203.0.113.0/28", "e.example"), max_outgoing=0
    )


def test_time_condition(db: SqliteDatabase) -> None:
    found = made(
        db,
        "time_condition",
        "x",
        weekdays="mon-fri",
        from_time="8:30",
        to_time="24:00",
        holidays="12-25",
        on_holidays="open",
        timezone="Asia/Shanghai",
    )
    assert found == TimeCondition(
        name="x",
        weekdays=frozenset(range(5)),
        from_time=time(8, 30),
        to_time=time(0),
        holidays=(Holiday(date(2000, 12, 25), date(2000, 12, 25), True),),
        on_holidays=OnHolidays.OPEN,
        timezone="Asia/Shanghai",
    )


def test_rules(db: SqliteDatabase) -> None:
    assert made(db, "called_rule", "1", call_level="2", route_kind="refuse") == CalledRule(
        id="1", called_prefix="*", caller_prefix="*", call_level=2, route_kind=RouteKind.REFUSE
    )
    assert made(db, "transition", "t", operation="delete", length="1") == Transition(
        id="t", operation=Operation.DELETE, length=1
    )
    assert made(db, "refine_rule", "1", transition="t", called_prefix="0") == RefineRule(
        id="1", called_prefix="0", transition="t"
    )
    assert made(db, "caller_rule", "1", caller_prefix="+86") == CallerRule(id="1", caller_prefix="+86")
    assert made(db, "caller_rule", "2", call_levels="2").call_levels == frozenset({2})
    assert made(db, "display_number", "101", shown="8", mode="both") == DisplayNumber(
        caller="101", shown="8", mode=DisplayMode.BOTH
    )
    assert made(db, "did_route", "1", destination="100") == DidRoute(number="1", destination="100")


def test_lists(db: SqliteDatabase) -> None:
    assert made(db, "screening", "1", rate="30") == ScreeningRule(id="1", rate=30)
    assert made(db, "ip_rule", "1", address="10.0.0.0/8") == IpRule(
        id="1", address=ip_network("10.0.0.0/8"), verdict=IpVerdict.REJECT
    )


def test_settings_that_nobody_changed_are_the_defaults(db: SqliteDatabase) -> None:
    assert rows.settings(setting.KIND.read(db)) == Settings()


def test_settings_are_typed(db: SqliteDatabase) -> None:
    stored = setting.KIND.read(db) | {"emergency_numbers": "110, 112", "bind_address": "10.0.0.1, ::1"}
    found = rows.settings(stored)
    assert found.emergency_numbers == frozenset({"110", "112"})
    assert found.bind_address == ("10.0.0.1", "::1")

"""Devices are remembered by extension."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables import binding, extension
from app.db.tables.binding import BindingRow, BindingsOf

PHONE = BindingRow(
    number="100",
    contact="sip:100@192.0.2.1",
    params=";q=0.5",
    q=500,
    path="<sip:a>\n<sip:b>",
    instance="urn:uuid:1",
    call_id="c1",
    cseq=7,
    user_agent="Phone 1",
    transport="UDP",
    local_host="192.0.2.9",
    local_port=5060,
    remote_host="192.0.2.1",
    remote_port=5062,
    expires_at=1000.5,
)
OTHER = dataclasses.replace(PHONE, contact="sip:100@192.0.2.2", call_id="c2")


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:", pragmas={"foreign_keys": 1})
    for migration in MIGRATIONS:
        migration.up(database)
    _, values = extension.KIND.check("100", {"password": "pass100word"}, None)
    extension.KIND.add(database, values, SaveContext("openmss"))
    yield database
    database.close()


def test_devices_come_back_as_they_were(db: SqliteDatabase) -> None:
    binding.write(db, [BindingsOf("100", (PHONE, OTHER))])
    assert binding.load(db, now=0) == [PHONE, OTHER]


def test_a_device_whose_name_is_not_utf8_is_remembered(db: SqliteDatabase) -> None:
    odd = dataclasses.replace(PHONE, user_agent="Büro 王", params=';x="\udcfc"')
    binding.write(db, [BindingsOf("100", (odd,))])
    (found,) = binding.load(db, now=0)
    assert (found.user_agent, found.params) == (odd.user_agent, ';x="?"')


def test_only_the_last_change_of_an_extension_counts(db: SqliteDatabase) -> None:
    binding.write(db, [BindingsOf("100", (PHONE,)), BindingsOf("100", ()), BindingsOf("100", (OTHER,))])
    assert binding.load(db, now=0) == [OTHER]
    binding.write(db, [BindingsOf("100", ())])
    assert binding.load(db, now=0) == []


def test_what_has_run_out_is_forgotten(db: SqliteDatabase) -> None:
    binding.write(db, [BindingsOf("100", (PHONE, dataclasses.replace(OTHER, expires_at=2000)))])
    assert [row.contact for row in binding.load(db, now=1000.5)] == [OTHER.contact]
    assert raw(db).execute("SELECT count(*) FROM binding").fetchone() == (1,)


def test_the_devices_of_a_deleted_extension_do_not_fail_the_others(db: SqliteDatabase) -> None:
    gone = dataclasses.replace(PHONE, number="999")
    binding.write(db, [BindingsOf("999", (gone,)), BindingsOf("100", (PHONE,))])
    assert binding.load(db, now=0) == [PHONE]


def test_deleting_an_extension_forgets_its_devices(db: SqliteDatabase) -> None:
    binding.write(db, [BindingsOf("100", (PHONE,))])
    extension.KIND.delete(db, "100")
    assert binding.load(db, now=0) == []

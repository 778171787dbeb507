"""The generic seam to records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.db.database import Database
from app.db.kind import SaveContext
from app.db.store import Store, Write, duplicate_record, kind_of
from app.errors import UserError
from app.paths import DataPaths

CONTEXT = SaveContext("openmss")


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    database = Database(DataPaths(tmp_path))
    await database.open()
    yield Store(database)
    await database.close()


def checked(number: str, **values: object) -> dict[str, object]:
    errors, found = kind_of("extension").check(number, {"password": "pass-word-1", **values}, None)
    assert not errors
    return dict(found)


async def test_a_record_lives_from_add_to_delete(store: Store) -> None:
    await store.add("extension", "200", checked("200", description="Desk"), CONTEXT)  # type: ignore[arg-type]
    await store.set("extension", "200", {"number": "200", "description": "Door"}, CONTEXT)
    assert (await store.get("extension", "200"))["description"] == "Door"
    assert [record["number"] for record in await store.list("extension")] == ["200"]
    await store.delete("extension", "200")
    with pytest.raises(UserError, match="There is no extension 200"):
        await store.get("extension", "200")
    with pytest.raises(UserError) as refusal:
        await store.delete("extension", "200")
    assert refusal.value.code == "record.unknown"


async def test_several_are_written_all_or_none(store: Store) -> None:
    good = Write("200", checked("200"), is_new=True)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="UNIQUE"):
        await store.write("extension", [good, good], CONTEXT)
    assert await store.list("extension") == []


def test_an_unknown_kind_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError, match=r"Known kinds: extension, line, trunk, .*, setting"):
        kind_of("carrot")


def test_a_duplicate_names_the_key_field() -> None:
    refusal = duplicate_record("extension", "100")
    assert refusal.field == "number"
    assert "Extension 100 exists already" in refusal.text

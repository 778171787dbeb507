"""Records of every kind: what they are, reading, checking, saving, import and export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.db.store import KINDS, kind_of
from app.db.tables import setting
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec
from app.services import csv_records
from app.services.configuration import Configuration, Draft, ImportResult, RowError, Saved
from app.services.passwords import new_password

__all__ = ["CsvExport", "ImportResult", "RowError", "Saved"]


class HasConfiguration(Protocol):
    """What these functions need of a Pbx. The command line has a smaller one for a folder nobody serves."""

    @property
    def configuration(self) -> Configuration:
        """The records."""


@dataclass(frozen=True, slots=True)
class CsvExport:
    """An export: the file's text (it begins with a byte order mark), and what could not be put in it."""

    text: str
    rows: int
    notes: tuple[str, ...] = ()


def kinds() -> tuple[KindSpec, ...]:
    """Every kind of record."""
    return tuple(kind.spec for kind in KINDS.values())


def kind(name: str) -> KindSpec:
    """One kind. Raises UserError `kind.unknown`."""
    return kind_of(name).spec


def settings() -> tuple[FieldSpec, ...]:
    """The declaration of each setting, which the kind `setting` (key and value) cannot show."""
    return setting.SETTINGS


def validate(name: str, values: Mapping[str, object], key: str | None = None) -> tuple[UserError, ...]:
    """Check a form's values, text or typed: every error, each with its field.

    `key` is the record edited, None for a new one. Only what can be told without asking the database is
    found: a duplicate number shows when saving.
    """
    spec_kind = kind_of(name)
    new_key = str(values.get(spec_kind.spec.key) or "").strip()
    known: Values | None = None
    if key is not None:
        readable = (field for field in spec_kind.spec.fields if field.kind is not FieldKind.SECRET)
        known = {field.name: field.default for field in readable}
        known[spec_kind.spec.key] = key
    errors, _ = spec_kind.check(new_key if key is None else key, values, known)
    return tuple(errors)


def generate_password() -> str:
    """Make a strong password for a form to offer."""
    return new_password()


async def list_records(pbx: HasConfiguration, kind: str) -> list[Values]:
    """All records of a kind, in order, secrets left out."""
    return await pbx.configuration.store.list(kind)


async def get_record(pbx: HasConfiguration, kind: str, key: str) -> Values:
    """One record, secrets left out. Raises UserError `record.unknown`."""
    return await pbx.configuration.store.get(kind, key)


async def add_record(pbx: HasConfiguration, kind: str, key: str, values: Mapping[str, object]) -> Saved:
    """Add a record; fields not given get their defaults. Raises UserError with the field."""
    return await pbx.configuration.add(kind, key, values)


async def set_record(pbx: HasConfiguration, kind: str, key: str, values: Mapping[str, object]) -> Saved:
    """Change the given fields; a secret that is None or not given stays. Raises UserError with the field."""
    return await pbx.configuration.set(kind, key, values)


async def set_settings(pbx: HasConfiguration, values: Mapping[str, object]) -> tuple[Saved, ...]:
    """Change several settings together, all or none. UserError.field is the setting's name."""
    return await pbx.configuration.set_settings(values)


async def delete_record(pbx: HasConfiguration, kind: str, key: str) -> None:
    """Remove a record; a setting gets its default back. Raises UserError `record.unknown`."""
    await pbx.configuration.delete(kind, key)


async def import_csv(
    pbx: HasConfiguration, kind: str, content: str | bytes, dry_run: bool = False
) -> ImportResult:
    """Add the records whose key is new, change the others, all or none; errors are per line.

    Raises UserError where the file as a whole cannot be read.
    """
    text = csv_records.decode(content) if isinstance(content, bytes) else content
    rows = csv_records.parse(kind_of(kind).spec, text)
    drafts = [Draft(row.line, row.key, row.values) for row in rows]
    return await pbx.configuration.import_records(kind, drafts, dry_run=dry_run)


async def export_csv(pbx: HasConfiguration, kind: str, with_secrets: bool = False) -> CsvExport:
    """Write all records so that `import_csv` reads them back.

    `with_secrets` adds the passwords that can still be read: those of lines, and of extensions those that
    were generated and not yet changed. Of the others only fingerprints are kept; their cells stay empty,
    which an import takes as "leave it"; `notes` says so.
    """
    spec = kind_of(kind).spec
    records = await pbx.configuration.store.list(kind)
    secrets: dict[str, Values] | None = None
    notes: tuple[str, ...] = ()
    if with_secrets and any(field.kind is FieldKind.SECRET for field in spec.fields):
        secrets = await pbx.configuration.readable_secrets(kind)
        missing = len(records) - len(secrets)
        if missing:
            notes = (
                f"{missing} of {len(records)} passwords are kept only as fingerprints and not in the file. "
                "An import leaves them as they are; for new records fill them in first.",
            )
    return CsvExport(csv_records.write(spec, records, secrets=secrets), len(records), notes)

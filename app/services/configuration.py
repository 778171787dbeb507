"""Keeps database and directory in step: checks what is to change, saves it, swaps the snapshot, tells."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from peewee import SqliteDatabase

from app.db.database import Database
from app.db.kind import Caution, Kind, SaveContext
from app.db.references import check_references, refuse_named
from app.db.store import Store, Write, duplicate_record, kind_of
from app.db.tables import setting
from app.db.values import Values, text_of
from app.db.vault import Vault
from app.errors import UserError
from app.events import EventBus, RecordChanged
from app.options import Options
from app.services import first_passwords, rows
from app.services.directory import Directory, DirectoryHolder, Settings
from app.services.first_passwords import FirstPassword
from app.services.sections import SECTIONS

logger = logging.getLogger(__name__)

T = TypeVar("T")

_PATIENCE_S = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What listeners are told after a save: `action` is added | changed | deleted | imported."""

    kind: str
    action: str
    keys: tuple[str, ...]
    before: Directory
    after: Directory


@dataclass(frozen=True, slots=True)
class Saved:
    """How a save went: what to think about again, and whether it counts only after the next start."""

    key: str
    cautions: tuple[Caution, ...] = ()
    needs_restart: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One record of an import; `line` says where it stands in the file."""

    line: int
    key: str
    values: Mapping[str, object]


_Plain = str | int | float | bool | None  # what may leave the process


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one line of an import; `details` are the values that the sentence needs."""

    line: int
    key: str
    field: str
    code: str
    text: str
    details: Mapping[str, _Plain] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, line: int, key: str, error: UserError, named: str | None = None) -> Self:
        """Make it of the error that a record gave; `named`: how the file calls its field."""
        details = {
            name: value if isinstance(value, _Plain) else str(value) for name, value in error.details.items()
        }
        return cls(line, key, named or error.field or "", error.code, error.text, details)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How an import went, or would go. With errors nothing was changed."""

    added: int
    changed: int
    unchanged: int
    errors: tuple[RowError, ...]
    cautions: int
    is_applied: bool


class Configuration:
    """The records of one data folder, and the snapshot made of them.

    Used on one event loop. `holder.current` is up to date when a save returns, and so are the listeners.
    """

    def __init__(self, options: Options, bus: EventBus, holder: DirectoryHolder | None = None) -> None:
        self.options = options
        self.holder = holder or DirectoryHolder()
        self.database = Database(options.paths)
        self.store = Store(self.database)
        self._bus = bus
        self._vault = Vault(options.paths)
        self._saving = asyncio.Lock()
        self._listeners: tuple[Callable[[Change], None], ...] = ()

    @property
    def directory(self) -> Directory:
        """The snapshot in force."""
        return self.holder.current

    @property
    def is_new(self) -> bool:
        """Whether the database was made by this run."""
        return self.database.created

    async def open(self, *, patience_s: float = _PATIENCE_S) -> None:
        """Open the database (made with its presets when there is none) and load the first snapshot.

        `patience_s`: how long to wait for a command that is at work on the folder.
        Raises EnvironmentFault, its sentence fit for the user.
        """
        await self.database.open(on_create=self._fill_new_database, patience_s=patience_s)
        try:
            self.holder.current = await self.database.run(self._load)
        except BaseException:
            await self.database.close()
            raise

    async def close(self) -> None:
        """Close the database; write-behind queues must have been flushed before."""
        await self.database.close()

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` after each save, before RecordChanged is published."""
        self._listeners = (*self._listeners, listener)

    async def add(self, kind: str, key: str, values: Mapping[str, object]) -> Saved:
        """Add a record from text or typed values. Raises UserError with the field."""
        return await self._in_turn(self._save(kind_of(kind), key.strip(), values, is_new=True))

    async def set(self, kind: str, key: str, values: Mapping[str, object]) -> Saved:
        """Change the given fields of a record; a SECRET given as None stays as it is. Raises UserError."""
        return await self._in_turn(self._save(kind_of(kind), key, values, is_new=False))

    async def set_settings(self, values: Mapping[str, object]) -> tuple[Saved, ...]:
        """Change several settings, checked together. UserError.field is the setting's name."""
        return await self._in_turn(self._save_settings(values))

    async def delete(self, kind: str, key: str) -> None:
        """Remove a record; a setting falls back to its default. Raises UserError."""
        await self._in_turn(self._delete(kind_of(kind), key))

    async def import_records(self, kind: str, drafts: Sequence[Draft], *, dry_run: bool) -> ImportResult:
        """Add or change many records in one transaction, or none of them; `dry_run` only checks."""
        return await self._in_turn(self._import(kind_of(kind), drafts, dry_run=dry_run))

    async def first_passwords(self, *, only_new: bool = False) -> tuple[FirstPassword, ...]:
        """The generated passwords not yet changed or dismissed; `only_new`: not yet read with it."""
        return await self.database.run(first_passwords.read, self._vault, only_new=only_new)

    async def readable_secrets(self, kind: str) -> dict[str, Values]:
        """The secrets of a kind that can be read again, by key: for an export that asks for them."""
        return await self.database.run(kind_of(kind).readable_secrets, self._vault.decrypt)

    async def secret_setting(self, name: str) -> str:
        """A setting that is kept encrypted; "" where it is not set. EnvironmentFault."""
        return await self.database.run(setting.KIND.secret, name, self._vault.decrypt)

    async def dismiss_first_passwords(self) -> None:
        """Forget the readable copies."""
        await self.database.run(first_passwords.dismiss)

    async def _in_turn(self, work: Coroutine[Any, Any, T]) -> T:
        """One save after the other, each to its end even if the asker leaves: disk and snapshot stay one."""

        async def alone() -> T:
            try:
                async with self._saving:
                    return await work
            finally:
                work.close()  # not begun, when the engine ended while it waited for its turn

        return await asyncio.shield(asyncio.ensure_future(alone()))

    async def _save(self, kind: Kind, key: str, values: Mapping[str, object], *, is_new: bool) -> Saved:
        known = None if is_new else await self.store.get(kind.spec.name, key)
        errors, checked = kind.check(key, values, known)
        if errors:
            raise errors[0]
        needs_restart = False
        if kind is setting.KIND:
            await self._check_settings_together({key: checked["value"]})
            needs_restart = setting.BY_NAME[key].needs_restart
        elif is_new and await self.database.run(kind.one, key) is not None:
            raise duplicate_record(kind.spec.name, key)
        for _, error in await self.database.run(check_references, kind, [{**(known or {}), **checked}]):
            raise error
        await self._write(kind, [Write(key, checked, is_new)], "added" if is_new else "changed")
        return Saved(key, tuple(kind.warnings(checked)), needs_restart)

    async def _save_settings(self, values: Mapping[str, object]) -> tuple[Saved, ...]:
        writes: list[Write] = []
        for key, value in values.items():
            errors, checked = setting.KIND.check(key, {"value": value}, None)
            if errors:
                errors[0].field = key
                raise errors[0]
            writes.append(Write(key, checked, is_new=False))
        records = [write.values for write in writes]
        for key, error in await self.database.run(check_references, setting.KIND, records):
            error.field = key
            raise error
        await self._check_settings_together({write.key: write.values["value"] for write in writes})
        await self._write(setting.KIND, writes, "changed")
        return tuple(Saved(w.key, needs_restart=setting.BY_NAME[w.key].needs_restart) for w in writes)

    async def _delete(self, kind: Kind, key: str) -> None:
        if kind is setting.KIND:
            field = setting.KIND.declared(key)
            # Nothing is a value that a read-only setting is not set to: its own words refuse it.
            default = "" if field.read_only else field.default
            await self._save(kind, key, {"value": default}, is_new=False)
            return
        name = kind.spec.name
        await self.database.run(refuse_named, name, key)
        await self.store.delete(name, key)
        self._announce(name, "deleted", (key,), SECTIONS[name].deleted(self.directory, key))

    async def _check_settings_together(self, changed: Values) -> None:
        settings = await self.database.run(setting.KIND.read)
        errors = setting.check_together({**settings, **changed})
        if errors:
            if len(changed) == 1:
                errors[0].field = "value"
            raise errors[0]

    async def _import(self, kind: Kind, drafts: Sequence[Draft], *, dry_run: bool) -> ImportResult:
        stored = {str(record[kind.spec.key]): record for record in await self.database.run(kind.all)}
        seen: dict[str, int] = {}
        errors: list[RowError] = []
        writes: list[Write] = []
        unchanged = cautions = 0
        for draft in drafts:
            known = stored.get(draft.key)
            found, checked = kind.check(draft.key, draft.values, known)
            if draft.key in seen:
                text = f"{draft.key} stands in line {seen[draft.key]} already. Remove one of the two."
                found = [UserError("csv.twice", text, field=kind.spec.key, first=seen[draft.key])]
            seen[draft.key] = draft.line
            errors += [RowError.of(draft.line, draft.key, error) for error in found]
            if not found and known is not None and {**known, **checked} == known:
                unchanged += 1
            elif not found:
                writes.append(Write(draft.key, checked, is_new=known is None))
                cautions += bool(kind.warnings(checked))
        if kind is setting.KIND and not errors:
            settings = {key: record["value"] for key, record in stored.items()}
            together = setting.check_together(settings | {w.key: w.values["value"] for w in writes})
            errors += [RowError.of(seen.get(e.field or "", 1), e.field or "", e, "value") for e in together]
        if not errors:
            records = [{**stored.get(write.key, {}), **write.values} for write in writes]
            errors += [
                RowError.of(seen[key], key, error)
                for key, error in await self.database.run(check_references, kind, records)
            ]
        is_applied = bool(writes) and not errors and not dry_run
        if is_applied:
            await self._write(kind, writes, "imported")
        added = sum(write.is_new for write in writes)
        return ImportResult(added, len(writes) - added, unchanged, tuple(errors), cautions, is_applied)

    async def _write(self, kind: Kind, writes: Sequence[Write], action: str) -> None:
        realm = self.directory.settings.realm
        context = SaveContext(realm=realm, encrypt=self._vault.encrypt)
        await self.store.write(kind.spec.name, writes, context)
        keys = tuple(write.key for write in writes)
        self._announce(kind.spec.name, action, keys, await self._snapshot_after(kind, keys))

    async def _snapshot_after(self, kind: Kind, keys: tuple[str, ...]) -> Directory:
        """The directory with what was just written; a single save reads a single row."""
        if kind is setting.KIND:
            return self.directory.with_settings(await self.database.run(self._settings))
        only = keys[0] if len(keys) == 1 else None
        return await self.database.run(self._with_rows, self.directory, kind, only)

    def _announce(self, kind: str, action: str, keys: tuple[str, ...], after: Directory) -> None:
        change = Change(kind, action, keys, self.directory, after)
        self.holder.current = after
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:
                logger.exception("a listener failed on %s %s %s", action, kind, ", ".join(keys))
        self._bus.publish(RecordChanged(kind, keys[0] if len(keys) == 1 else "", action))

    def _load(self, db: SqliteDatabase) -> Directory:
        directory = Directory()
        for name in SECTIONS:
            directory = self._with_rows(db, directory, kind_of(name), None)
        return directory.with_settings(self._settings(db))

    def _with_rows(self, db: SqliteDatabase, directory: Directory, kind: Kind, key: str | None) -> Directory:
        """On the database thread, where the vault may be asked."""
        return SECTIONS[kind.spec.name].saved(directory, kind.rows(db, key), self._vault.decrypt)

    def _settings(self, db: SqliteDatabase) -> Settings:
        return rows.settings(setting.KIND.read(db)).overruled_by(self.options)

    def _fill_new_database(self, db: SqliteDatabase) -> None:
        realm = setting.BY_NAME["realm"].default
        setting.KIND.set(db, "realm", {"key": "realm", "value": realm}, SaveContext())
        first_passwords.make_presets(db, self._vault, SaveContext(realm=text_of(realm)))

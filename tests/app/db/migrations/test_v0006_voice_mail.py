"""Schema 6 gives extensions of before their forwarding and mailbox, switched off."""

from __future__ import annotations

import shutil
from pathlib import Path

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw

STORED = Path(__file__).parents[3] / "data" / "databases" / "v0004.db"


def test_extensions_of_before_are_not_forwarded_and_take_no_messages(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(STORED, path)
    db = SqliteDatabase(str(path))
    before = raw(db).execute("SELECT number, description, ha1_md5 FROM extension").fetchall()
    for migration in MIGRATIONS[4:6]:
        migration.up(db)
    assert raw(db).execute("SELECT number, description, ha1_md5 FROM extension").fetchall() == before
    forwards = "forward_always, forward_busy, forward_no_answer, forward_offline"
    added = raw(db).execute(f"SELECT DISTINCT {forwards}, voicemail, voicemail_pin FROM extension")
    assert added.fetchall() == [("", "", "", "", 0, "")]
    assert raw(db).execute("SELECT count(*) FROM voice_message").fetchone() == (0,)
    db.close()

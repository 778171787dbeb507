"""Schema 2: lines, trunks, the tables of the dial plan, time conditions, screening; rights to call out."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS = (
    "ALTER TABLE extension ADD COLUMN call_levels TEXT NOT NULL DEFAULT '1'",
    "ALTER TABLE extension ADD COLUMN max_calls INTEGER",
    "ALTER TABLE extension ADD COLUMN own_line TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE extension ADD COLUMN own_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE extension ADD COLUMN time_condition TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE line (
        name TEXT NOT NULL PRIMARY KEY,
        template TEXT NOT NULL,
        user TEXT NOT NULL,
        password TEXT NOT NULL,
        domain TEXT NOT NULL,
        auth_id TEXT NOT NULL,
        auth_user_with_domain INTEGER NOT NULL,
        register INTEGER NOT NULL,
        enabled INTEGER NOT NULL,
        incoming_to TEXT NOT NULL,
        did_source TEXT NOT NULL,
        proxy TEXT NOT NULL,
        no_answer_s INTEGER NOT NULL,
        max_calls INTEGER,
        outgoing_group TEXT NOT NULL,
        shared INTEGER NOT NULL,
        display_name TEXT NOT NULL,
        from_user TEXT NOT NULL,
        from_domain TEXT NOT NULL,
        caller_id_form TEXT NOT NULL,
        number_form TEXT NOT NULL,
        user_phone INTEGER NOT NULL,
        request_uri_params TEXT NOT NULL,
        time_condition TEXT NOT NULL,
        transport TEXT NOT NULL,
        port INTEGER,
        expires INTEGER NOT NULL,
        keepalive_s INTEGER NOT NULL,
        register_call_id TEXT NOT NULL,
        realm TEXT NOT NULL,
        match_addresses TEXT NOT NULL,
        bind_address TEXT NOT NULL,
        dns_server TEXT NOT NULL,
        codecs TEXT NOT NULL,
        video INTEGER NOT NULL,
        rel100 TEXT NOT NULL,
        session_timer INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE trunk (
        name TEXT NOT NULL PRIMARY KEY,
        address TEXT NOT NULL,
        port INTEGER NOT NULL,
        transport TEXT NOT NULL,
        trusted_addresses TEXT NOT NULL,
        options_ping INTEGER NOT NULL,
        enabled INTEGER NOT NULL,
        max_incoming INTEGER,
        transit INTEGER NOT NULL,
        max_outgoing INTEGER,
        relay_media INTEGER NOT NULL,
        unified_caller TEXT NOT NULL,
        caller_id_form TEXT NOT NULL,
        number_form TEXT NOT NULL,
        request_uri_params TEXT NOT NULL,
        tel_uri INTEGER NOT NULL,
        next_trunk TEXT NOT NULL,
        time_condition TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE time_condition (
        name TEXT NOT NULL PRIMARY KEY,
        weekdays TEXT NOT NULL,
        from_time TEXT NOT NULL,
        to_time TEXT NOT NULL,
        holidays TEXT NOT NULL,
        on_holidays TEXT NOT NULL,
        timezone TEXT NOT NULL,
        description TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE called_rule (
        id TEXT NOT NULL PRIMARY KEY,
        called_prefix TEXT NOT NULL,
        caller_prefix TEXT NOT NULL,
        call_level INTEGER,
        transition TEXT NOT NULL,
        route_kind TEXT NOT NULL,
        route_target TEXT NOT NULL,
        time_condition TEXT NOT NULL,
        description TEXT NOT NULL,
        enabled INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE transition (
        id TEXT NOT NULL PRIMARY KEY,
        operation TEXT NOT NULL,
        start INTEGER NOT NULL,
        length INTEGER NOT NULL,
        string TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE refine_rule (
        id TEXT NOT NULL PRIMARY KEY,
        outgoing_group TEXT NOT NULL,
        called_prefix TEXT NOT NULL,
        transition TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE caller_rule (
        id TEXT NOT NULL PRIMARY KEY,
        caller_prefix TEXT NOT NULL,
        transition TEXT NOT NULL,
        call_levels TEXT NOT NULL,
        description TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE display_number (
        caller TEXT NOT NULL PRIMARY KEY,
        shown TEXT NOT NULL,
        mode TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE did_route (
        number TEXT NOT NULL PRIMARY KEY,
        line TEXT NOT NULL,
        destination TEXT NOT NULL,
        time_condition TEXT NOT NULL,
        else_destination TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE screening (
        id TEXT NOT NULL PRIMARY KEY,
        caller_prefix TEXT NOT NULL,
        called_prefix TEXT NOT NULL,
        rate INTEGER NOT NULL,
        description TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE ip_rule (
        id TEXT NOT NULL PRIMARY KEY,
        address TEXT NOT NULL,
        verdict TEXT NOT NULL,
        description TEXT NOT NULL
    )
    """,
)


def up(db: SqliteDatabase) -> None:
    """Add columns and tables."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)

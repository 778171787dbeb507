"""What is asked about an external line's account and calls."""

from __future__ import annotations

from app.db.tables.line_fields import BASIC, INCOMING, OUTGOING
from app.fields import FieldKind


def test_the_names_of_the_original_dialog_stand_on_its_tabs() -> None:
    basic = [field.name for field in BASIC]
    assert basic[:2] == ["name", "template"]
    assert {"user", "password", "domain", "auth_id", "auth_user_with_domain", "enabled"} <= set(basic)
    assert {field.name for field in INCOMING} == {"incoming_to", "did_source", "language"}
    assert {"proxy", "no_answer_s", "outgoing_group", "shared", "user_phone", "time_condition"} <= {
        field.name for field in OUTGOING
    }


def test_each_tab_holds_its_own_fields() -> None:
    assert {field.group for field in BASIC} == {"Basic"}
    assert {field.group for field in INCOMING} == {"Incoming call"}
    assert {field.group for field in OUTGOING} == {"Outgoing call"}


def test_only_the_password_is_secret() -> None:
    secret = [field.name for field in (*BASIC, *INCOMING, *OUTGOING) if field.kind is FieldKind.SECRET]
    assert secret == ["password"]

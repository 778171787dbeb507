"""What follows from a line's fields."""

from __future__ import annotations

import pytest

from app.services.outside import Line, Trunk


@pytest.mark.parametrize(
    ("fields", "user"),
    [
        ({}, "+8612345678"),
        ({"auth_id": "e123"}, "e123"),
        ({"auth_user_with_domain": True}, "+8612345678@gd.ctcims.cn"),
        ({"auth_user_with_domain": True, "auth_id": "e123"}, "e123@gd.ctcims.cn"),
        ({"auth_user_with_domain": True, "auth_id": "e@other.example"}, "e@other.example"),
    ],
)
def test_s4_the_digest_user(fields: dict[str, object], user: str) -> None:
    line = Line(name="ims", user="+8612345678", domain="gd.ctcims.cn", **fields)  # type: ignore[arg-type]
    assert line.digest_user == user


def test_the_identity_of_a_line() -> None:
    plain = Line(name="x", user="1", domain="d.example")
    assert (plain.identity_user, plain.identity_domain) == ("1", "d.example")
    other = Line(name="x", user="1", domain="d.example", from_user="2", from_domain="f.example")
    assert (other.identity_user, other.identity_domain) == ("2", "f.example")


def test_a_password_is_not_shown_by_accident() -> None:
    assert "geheim" not in repr(Line(name="x", password="geheim"))


def test_s5_a_trunk_has_no_limits_unless_it_is_given_some() -> None:
    trunk = Trunk(name="x")
    assert (trunk.max_incoming, trunk.max_outgoing) == (None, None)

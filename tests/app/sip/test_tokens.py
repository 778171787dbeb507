"""Branches, tags and Call-IDs."""

from __future__ import annotations

from app.sip.grammar import is_token
from app.sip.tokens import MAGIC_COOKIE, new_branch, new_call_id, new_tag


def test_they_are_tokens_of_their_length() -> None:
    branch, tag, call_id = new_branch(), new_tag(), new_call_id()
    assert branch.startswith(MAGIC_COOKIE)
    assert len(branch) == len(MAGIC_COOKIE) + 24
    assert (len(tag), len(call_id)) == (16, 32)
    assert all(is_token(token) for token in (branch, tag, call_id))


def test_none_comes_twice() -> None:
    assert len({new_tag() for _ in range(5000)}) == 5000
    assert len({new_branch() for _ in range(500)}) == 500

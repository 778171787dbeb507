"""Password hashes against the RFC's."""

from __future__ import annotations

from app.db.ha1 import ha1_columns


def test_the_hashes_are_those_of_rfc_7616() -> None:
    # RFC 7616 3.9.1: A1 of user Mufasa
    found = ha1_columns("Mufasa", "http-auth@example.org", "Circle of Life")
    assert found["ha1_md5"] == "3d78807defe7de2157e2b0b6573a855f"
    assert found["ha1_sha256"] == "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232"
    assert len(str(found["ha1_sha512_256"])) == 64


def test_a_password_may_be_chinese() -> None:
    assert (
        ha1_columns("100", "openmss", "密码")["ha1_md5"] != ha1_columns("100", "openmss", "口令")["ha1_md5"]
    )

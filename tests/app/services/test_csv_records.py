"""CSV as spreadsheets write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.store import kind_of
from app.errors import UserError
from app.services import csv_records

SPEC = kind_of("extension").spec


def test_rows_know_their_lines_and_blank_lines_are_skipped() -> None:
    rows = csv_records.parse(SPEC, "number,description\r\n100,Desk\r\n\r\n 101 ,\r\n")
    assert [(row.line, row.key) for row in rows] == [(2, "100"), (4, "101")]
    assert rows[0].values == {"number": "100", "description": "Desk"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_may_choose_the_separator(separator: str) -> None:
    text = "\ufeff" + separator.join(("number", "description")) + "\n" + separator.join(("100", "a b"))
    assert csv_records.parse(SPEC, text)[0].values["description"] == "a b"


def test_an_empty_password_means_leave_it() -> None:
    (row,) = csv_records.parse(SPEC, "number,password,description\n100,,\n")
    assert row.values == {"number": "100", "description": ""}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "csv.empty"),
        ("\ufeff", "csv.empty"),
        ("number,colour\n", "csv.unknown_column"),
        ("number,number\n", "csv.column_twice"),
        ("description\nDesk\n", "csv.no_key"),
        ("number,description\n100,a,b\n", "csv.cells"),
        ('number,description\n100,"open\n', "csv.broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(text: str, code: str) -> None:
    with pytest.raises(UserError) as refusal:
        csv_records.parse(SPEC, text)
    assert refusal.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_what_spreadsheets_write_is_read(encoding: str) -> None:
    text = "number,description\n100,总经理办公室\n"
    assert csv_records.decode(text.encode(encoding)).removeprefix("\ufeff") == text


def test_what_is_no_text_is_told() -> None:
    with pytest.raises(UserError, match="CSV UTF-8"):
        csv_records.decode(b"\x89PNG\xff\xff\xff\xff")


def test_secrets_are_written_only_when_given() -> None:
    record = {"number": "100", "description": "", "multi_device": True}
    plain = csv_records.write(SPEC, [record])
    assert plain.startswith("\ufeffnumber,description,")
    assert "100,,yes," in plain
    told = csv_records.write(SPEC, [record, {"number": "101"}], secrets={"100": {"password": "pw"}})
    assert "100,pw,,yes," in told
    assert "\r\n101,,," in told


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=80))
def test_any_description_survives(description: str) -> None:
    text = csv_records.write(SPEC, [{"number": "100", "description": description}])
    assert csv_records.parse(SPEC, text)[0].values["description"] == description


@given(st.text())
def test_any_text_is_rows_or_a_refusal(text: str) -> None:
    try:
        rows = csv_records.parse(SPEC, text)
    except UserError:
        return
    assert all(row.line > 1 for row in rows)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+2", "'=1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|x", "'+cmd|x"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("'=x", "''=x"),
        ("+8613812345678", "+8613812345678"),
        ("-5", "-5"),
        ("-", "-"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
    ],
)
def test_no_cell_is_a_formula_and_all_come_back(text: str, cell: str) -> None:
    written = csv_records.write(SPEC, [{"number": "100", "description": text}])
    assert f",{cell}," in written.splitlines()[1]
    assert csv_records.parse(SPEC, written)[0].values["description"] == text


def test_passwords_are_written_and_read_as_they_are() -> None:
    secrets = {"100": {"password": "=x'1"}}
    written = csv_records.write(SPEC, [{"number": "100"}], secrets=secrets)
    assert csv_records.parse(SPEC, written)[0].values["password"] == "=x'1"
    (row,) = csv_records.parse(SPEC, "number,password\n100,'=x\n")
    assert row.values["password"] == "'=x"

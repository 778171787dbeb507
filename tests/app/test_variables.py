from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from app.variables import FILE_NAME, SPECS, VariableKind, Variables, load, parse, template


def test_note_s8_word_for_word() -> None:
    assert parse("").variables.reg_same_dialog == 1
    reading = parse("[sip]\ngVarSipRegSameDialog=0\n")
    assert reading.variables.reg_same_dialog == 0
    assert reading.problems == ()


def test_every_variable_is_declared_once_with_the_default_in_force() -> None:
    assert {spec.attribute for spec in SPECS} == {field.name for field in dataclasses.fields(Variables)}
    assert len({spec.name.lower() for spec in SPECS}) == len(SPECS)
    for spec in SPECS:
        given = spec.default if spec.kind is VariableKind.TEXT else spec.default * spec.scale  # type: ignore[operator]
        assert getattr(Variables(), spec.attribute) == pytest.approx(given), spec.name
        assert spec.name.startswith("gVar")


def test_comments_spaces_case_and_a_repeated_name() -> None:
    text = """
    ; a comment
    # another
    [SIP]
      gvarsiptimert1 = 1000   ; milliseconds
    gVarSipUserAgent="Branch office"
    gVarSipFirstCSeq=5
    gVarSipFirstCSeq=7	# the last one counts
    """
    reading = parse(text)
    assert reading.problems == ()
    assert reading.variables == Variables(t1=1.0, user_agent="Branch office", first_cseq=7)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("gVarSipRegSameDialg=0", "variables.unknown", "Is gVarSipRegSameDialog meant?"),
        ("somethingElse=0", "variables.unknown", "there is no variable somethingElse."),
        ("gVarSipRegSameDialog=no", "variables.value", "it must be 0 or 1"),
        ("gVarSipRegSameDialog=2", "variables.value", "it must be from 0 to 1"),
        ("gVarSipTimerT1=ten", "variables.value", "it must be a whole number"),
        ("gVarSipTimerT1=1", "variables.value", "it must be from 100 to 32000 ms"),
        ("gVarSipUserAgent=电话", "variables.value", "plain ASCII"),
        ("gVarSipCallIdHost=a b", "variables.value", "host name"),
        ("just words", "variables.line", "is not NAME=VALUE"),
        ("=5", "variables.line", "is not NAME=VALUE"),
    ],
)
def test_what_does_not_count_is_told_with_its_line(line: str, code: str, said: str) -> None:
    reading = parse(f"[sip]\n{line}\n")
    (problem,) = reading.problems
    assert (problem.code, problem.line) == (code, 2)
    assert said in problem.text
    assert reading.variables == Variables()


@pytest.mark.parametrize("head", ["", "[media]\n"])
def test_a_variable_in_the_wrong_section_counts_and_is_told(head: str) -> None:
    reading = parse(f"{head}gVarSipRegSameDialog=0")
    assert reading.variables.reg_same_dialog == 0
    (problem,) = reading.problems
    assert problem.code == "variables.section"
    assert "[sip]" in problem.text


def test_a_bad_value_after_a_good_one_puts_the_default_back() -> None:
    assert parse("[sip]\ngVarSipFirstCSeq=5\ngVarSipFirstCSeq=x").variables.first_cseq == 1


def test_a_missing_file_is_laid_out_as_comments_and_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path).problems == ()
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert text == template()
    assert all(f";{spec.name}={spec.default}" in text for spec in SPECS)
    again = load(tmp_path)
    assert (again.variables, again.problems) == (Variables(), ())


def test_every_line_of_the_template_works_without_its_semicolon() -> None:
    lines = [line[1:] if line.startswith(";gVar") else line for line in template().splitlines()]
    reading = parse("\n".join(lines))
    assert reading.problems == ()
    assert reading.variables == Variables()


@pytest.mark.parametrize(
    "data",
    [
        "[sip]\r\ngVarSipRegSameDialog=0\r\n".encode("utf-8-sig"),
        "; 中文说明\n[sip]\ngVarSipRegSameDialog=0\n".encode("gb18030"),
    ],
)
def test_files_as_editors_on_windows_write_them(data: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(data)
    reading = load(tmp_path)
    assert reading.variables.reg_same_dialog == 0
    assert reading.problems == ()


def test_a_file_that_cannot_be_used_leaves_the_defaults(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    reading = load(tmp_path)
    assert reading.variables == Variables()
    assert [problem.code for problem in reading.problems] == ["variables.file"]
    (tmp_path / FILE_NAME).rmdir()
    (tmp_path / FILE_NAME).write_bytes(b";" * 300_000)
    assert [problem.code for problem in load(tmp_path).problems] == ["variables.file"]

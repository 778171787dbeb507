"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "benchmarks").glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_module_and_test_of_the_rfc_table_exists() -> None:
    rows = [line.split("|") for line in (ROOT / "docs/rfc.md").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) == 5 and "`" in row[2]]
    assert len(rows) > 25
    modules = {path for row in rows for path in re.findall(r"`([\w/]+\.py)`", row[2])}
    tests = {path for row in rows for path in re.findall(r"`([\w/]+\.py)`", row[3])}
    assert [path for path in sorted(modules) if not (ROOT / "app" / path).exists()] == []
    assert [path for path in sorted(tests) if not (ROOT / "tests" / path).exists()] == []


def test_the_readme_names_the_commands_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py run" in readme
    assert "python3 dev.py test" in readme
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").strip().endswith("\npython3 dev.py test")


def test_the_budgets_of_the_benchmarks_are_those_of_their_page() -> None:
    from benchmarks.load import BUDGETS

    page = (ROOT / "benchmarks/README.md").read_text(encoding="utf-8")
    for name, first, goal in (
        ("digest REGISTER", "300 µs", "120 µs"),
        ("call", "2,200 µs", "750 µs"),
        ("idle, windowless", "60 / 180 MiB", "45 / 140 MiB"),
        ("per call", "8 MiB / 60 KiB", "3 MiB / 30 KiB"),
        ("start, window", "1.5 s / 2.5 s", "0.7 s / 1.5 s"),
    ):
        assert f"| {first} | {goal} |" in page
        assert f"{BUDGETS[name].first:g}" in first.replace(",", "")
        assert f"{BUDGETS[name].goal:g}" in goal.replace(",", "")

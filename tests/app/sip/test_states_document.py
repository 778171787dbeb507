"""docs/states.md says what the tables say."""

from __future__ import annotations

from tests.support.states_document import MACHINES, PLACE, document


def test_the_page_is_up_to_date() -> None:
    assert PLACE.read_text(encoding="utf-8") == document(), "run: python -m tests.support.states_document"


def test_every_table_can_be_left_and_entered() -> None:
    """No state but the first is out of reach, and none but the last is a trap."""
    for title, _, table in MACHINES:
        sources = {state for state, _ in table}
        targets = {target for target, _ in table.values()}
        first = next(iter(table))[0]
        entered = {
            s for s in sources if s in targets and any(s != k[0] and s == v[0] for k, v in table.items())
        }
        starts = sources - entered - {first}
        assert starts <= {"INCOMING"}, (title, starts)
        ends = {str(state) for state in targets - sources}
        assert ends <= {"TERMINATED", "ENDED", "CLOSED", "OVER"}, (title, ends)

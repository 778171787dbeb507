"""docs/diagnosis.md, written from the rules: `python -m tests.support.diagnosis_document` renews it."""

from __future__ import annotations

import re
from pathlib import Path

from app.diagnosis.doctor import RULES
from app.diagnosis.findings import Rule
from app.diagnosis.texts import TEXTS

PLACE = Path(__file__).parents[2] / "docs" / "diagnosis.md"

HEAD = """# Line doctor

What the doctor looks for in a trace, and what it says. Written from `app/diagnosis` by `python -m
tests.support.diagnosis_document`; a test fails when it is stale.

A case is configuration, DNS answers, messages, socket errors and media counters: of a line or trunk
that is in service (`openmss-cli diagnose line NAME --json`), or of a file that was saved from one
(`--save FILE`, looked at again with `openmss-cli diagnose --case FILE --json`). The rules are pure
functions over it, asked in this order. What does not work (error) stands before what works badly
(warning); what was noticed although nothing is wrong (info) is told only with `--notes`. A failure that
was made good later in the trace is no finding. Every rule has captured cases in `tests/data/cases`:
some that trigger it, and similar ones that must not (`…-not-…`, and `H-…` for healthy traces).

Ids that begin with R are about registrations, I about calls, M about sound; X are what else was seen in
the field.

| Key of a finding | Meaning |
|---|---|
| `id` | the rule |
| `cause` | stable key of what was found; translations go by it |
| `text` | what happened, why, and what to do, in English |
| `field`, `value` | the field or setting to change, and to what; null where nothing of ours helps |
| `evidence` | indexes of the messages that show it |
| `severity` | `error`, `warning` or `info` |
| `details` | the values in the text |

## Case file
JSON, all parts optional, unknown keys ignored: `config` (names of fields and settings), `dns` (name ->
`ok`, `nxdomain`, `timeout`, or a list of addresses), `messages` (`t` seconds, `dir` `out` or `in`,
`peer` as `192.0.2.1:5060/udp`, `text`), `socket_errors` (`t`, `peer`, `error`; `connected` tells that a
connection stands), `rtp` (one object a leg: `local`, `sdp_address`, `source_seen`, `sent`, `received`,
`seconds`, `pt_sent`, `pt_received`, `pt_events`, `loss_percent`, `jitter_ms`, `silence_percent`,
`digits`, `foreign_packets`, `call_id`).

## Sound of a line in service
Answered calls that go through our relay give one object of `rtp` each, for the carrier's side: those
that run now, and the ended ones of the last hundred call records. Of calls whose sound goes direct
nothing is known. So M01 to M03 speak while the call runs, five seconds after its answer.

| Key | Of the relay |
|---|---|
| `local` | our address on the carrier's side |
| `pt_sent`, `pt_received` | payload types that really went each way. For five seconds after a change of the session those agreed before it are passed over |
| `pt_events` | those of `pt_received` that carried telephone-events: agreed as such, or of an unknown dynamic number and of their form (RFC 4733 2.3) |
| `silence_percent` | one packet in sixteen is looked at: the share of those of which more than 95 % of the bytes are the same; from 16 such packets on |
| `digits` | never: nobody waits for keys in a call that is passed on, so M07 is for case files |
"""  # noqa: E501  the rows of a table


def shown(template: str) -> str:
    """A text with the names of its details in angle quotes."""
    return re.sub(r"{(\w+)}", r"‹\1›", template)


def rule_text(each: Rule) -> str:
    """One rule with all that it may say."""
    rows = [f"### {each.id}: {each.seen}"]
    rows += [f"* `{cause}`: {shown(TEXTS[cause])}" for cause in each.causes]
    return "\n".join(rows)


def document() -> str:
    """Write the whole page."""
    return "\n".join([HEAD, "## Rules", "\n\n".join(rule_text(each) for each in RULES), ""])


if __name__ == "__main__":
    PLACE.write_text(document(), encoding="utf-8", newline="\n")

"""Makes docs/carriers.md from the carrier templates: `python -m tests.support.carriers_document`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.api import carriers
from app.services.carrier_advice import unverified_facts
from app.services.carrier_template import CarrierTemplate, Facts, Way

DOCUMENT = Path(__file__).parents[2] / "docs" / "carriers.md"

_HEAD = """# Carriers

Made from the templates in `resources/carriers`; do not edit. Written by
`python -m tests.support.carriers_document`, and a test fails when it is stale.

A template knows what can be known in advance about connecting to a carrier, and asks only what the
carrier gives you. In the window it is the first step of a new line; on the command line it is
`openmss-cli add line NAME --carrier ID answer=value …`, and `openmss-cli carriers show ID` tells the
questions.

| Grade | The facts were read |
|---|---|
| O | on the carrier's own pages |
| V | in a catalogue, or equipment maker's notes, that cite the carrier |
| C | in public configurations and notes |
| K | nowhere: generally known, and shown as not verified |

Carriers change their settings. Compare with your order papers; a template older than twelve months says
so itself.

| Template | Carrier | How it knows you | Server | Transport | Account | Grade | Read |
|---|---|---|---|---|---|---|---|
"""
_WAYS = {Way.REGISTRATION: "registration", Way.CALL: "password on calls", Way.IP: "address"}


def text() -> str:
    """The whole document."""
    templates = carriers.list_templates()
    rows = "".join(_row(each) for each in templates)
    return _HEAD + rows + "\n" + "\n".join(_section(each) for each in templates)


def _row(template: CarrierTemplate) -> str:
    facts = template.facts[template.auth[0]]
    cells = (
        f"[`{template.id}`](#{template.id})",
        template.label.en,
        ", ".join(_WAYS[way] for way in template.auth),
        _server(facts),
        ", ".join(each.upper() for each in facts.transports),
        f"`{facts.user_form}`" if facts.user_form else "—",
        template.main_source.grade,
        template.main_source.read_on,
    )
    return f"| {' | '.join(cells)} |\n"


def _server(facts: Facts) -> str:
    proxy = facts.outbound_proxy.host if facts.outbound_proxy else ""
    found = [f"`{name}`" for name in (facts.domain or facts.server, proxy) if name]
    return " by ".join(found)


def _section(template: CarrierTemplate) -> str:
    lines = [f'## <a id="{template.id}"></a>{template.label.en}', ""]
    if template.label.zh != template.label.en:
        lines[0] += f" · {template.label.zh}"
    for source in template.sources:
        what = f"[{source.what}]({source.url})" if source.url else source.what
        named = f" (for {', '.join(source.facts)})" if source.facts else ""
        lines.append(f"* {source.grade}, read {source.read_on}: {what}{named}")
    for way in template.auth:
        found = unverified_facts(template, way, template.facts[way])
        if found:
            lines.append(f"* Not verified ({_WAYS[way]}): {', '.join(each.en for each in found)}")
    asked = ", ".join(f"{each.label.en} (`{each.key}`)" for each in template.questions)
    lines.append(f"* Asks for: {asked or 'nothing'}")
    lines += _bullets("Leave as it is", (f"`{each.field}`: {each.why.en}" for each in template.forbidden))
    lines += _bullets("At the carrier", (each.en for each in template.portal_steps))
    lines += _bullets("Remark", (each.en for each in template.remarks))
    lines += _bullets("To try", (f"`{each.number}`: {each.what.en}" for each in template.test_numbers))
    return "\n".join(lines) + "\n"


def _bullets(title: str, texts: Iterable[str]) -> list[str]:
    return [f"* {title}: {each}" for each in texts]


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8")

"""The command on carrier templates, and records made from one."""

from __future__ import annotations

import json
import sys
from typing import Any

from app.api import carriers
from app.command_line.arguments import Parsed
from app.command_line.tables import table
from app.errors import UserError

OK = 0


def carriers_command(parsed: Parsed) -> int:
    """List the templates, or show one."""
    if parsed.action is None:
        return _list(parsed)
    if parsed.template is None:
        text = "Which carrier? “openmss-cli carriers” shows those there are."
        raise UserError("carrier.missing", text, field="template")
    return _show(carriers.get_template(parsed.template), parsed)


def record_values(template_id: str, kind: str, given: dict[str, str]) -> dict[str, object]:
    """The values of a record from a template; what is given answers its questions, or is a field of its own.

    Advice goes to stderr. Raises UserError.
    """
    template = carriers.get_template(template_id)
    keys = {question.key for question in template.questions}
    keys |= {question.key for question in carriers.questions(template, given.get("way", ""))}
    answers = {key: value for key, value in given.items() if key in keys}
    fields = {key: value for key, value in given.items() if key not in keys}
    applied = carriers.apply(template, answers)
    if applied.kind != kind:
        text = f"{template.label.en} makes a {applied.kind}, not a {kind}"
        text += f": “openmss-cli add {applied.kind} NAME --carrier {template_id} …”."
        if len(template.auth) > 1:
            text += f" Or answer way={'|'.join(template.auth)}."
        raise UserError("carrier.kind", text, field="kind", kind=applied.kind)
    values: dict[str, object] = {**applied.values, **fields}
    refused = carriers.violations(template_id, kind, values)
    if refused:
        raise refused[0]
    for notice in applied.notices:
        about = f"leave {notice.field} as it is: " if notice.topic is carriers.Topic.FORBIDDEN else ""
        print(f"openmss-cli: {about}{notice.words.en}", file=sys.stderr)
    return values


def _list(parsed: Parsed) -> int:
    templates = carriers.list_templates()
    if parsed.json:
        _print_json([_brief(template) for template in templates])
        return OK
    header = ("ID", "CARRIER", "COUNTRY", "RECORD", "STATUS", "READ")
    rows = [
        (
            template.id,
            template.label.en,
            template.country,
            " or ".join(dict.fromkeys(_kind(way) for way in template.auth)),
            str(template.status),
            template.main_source.read_on,
        )
        for template in templates
    ]
    sys.stdout.write(table(header, rows))
    return OK


def _show(template: carriers.CarrierTemplate, parsed: Parsed) -> int:
    way = carriers.Way(template.auth[0])
    questions = carriers.questions(template, parsed.way or way)
    if parsed.json:
        _print_json(
            {
                **_brief(template),
                "questions": [_question(question) for question in questions],
                "forbidden": [
                    {"field": each.field, "pattern": each.pattern, "why": _words(each.why)}
                    for each in template.forbidden
                ],
                "portal_steps": [_words(each) for each in template.portal_steps],
                "remarks": [_words(each) for each in template.remarks],
            }
        )
        return OK
    print(f"{template.label.en} ({template.status}, read {template.main_source.read_on})")
    if questions:
        rows = [
            (
                question.key,
                question.label.en,
                "yes" if question.required and not question.default else "no",
                "|".join(choice.value for choice in question.choices) or question.example,
                question.default,
            )
            for question in questions
        ]
        sys.stdout.write(table(("ANSWER", "ASKED FOR", "NEEDED", "EXAMPLE OR CHOICES", "DEFAULT"), rows))
    for title, texts in (
        ("Leave as it is", [f"{each.field}: {each.why.en}" for each in template.forbidden]),
        ("At the carrier", [each.en for each in template.portal_steps]),
        ("Remark", [each.en for each in template.remarks]),
    ):
        for text in texts:
            print(f"{title}: {text}")
    return OK


def _kind(way: carriers.Way) -> str:
    return "trunk" if way is carriers.Way.IP else "line"


def _brief(template: carriers.CarrierTemplate) -> dict[str, Any]:
    return {
        "id": template.id,
        "label": _words(template.label),
        "country": template.country,
        "ways": [{"way": str(way), "kind": _kind(way)} for way in template.auth],
        "status": str(template.status),
        "sources": [
            {
                "grade": str(source.grade),
                "what": source.what,
                "url": source.url,
                "read_on": source.read_on,
                "facts": list(source.facts),
            }
            for source in template.sources
        ],
    }


def _question(question: carriers.Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "label": _words(question.label),
        "help": None if question.help is None else _words(question.help),
        "shape": str(question.shape),
        "required": question.required,
        "default": question.default,
        "example": question.example,
        "choices": [choice.value for choice in question.choices],
    }


def _words(words: carriers.Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))

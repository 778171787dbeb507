"""Carrier templates: what there are, what each asks, and the record that the answers make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.errors import UserError
from app.services import carrier_answers, carrier_records, carriers
from app.services.carrier_advice import Advice, Topic
from app.services.carrier_records import Applied
from app.services.carrier_template import CarrierTemplate, Grade, Question, Shape, Source, Status, Way, Words

__all__ = [
    "Advice",
    "Applied",
    "CarrierTemplate",
    "Grade",
    "Question",
    "Shape",
    "Source",
    "Status",
    "Topic",
    "Way",
    "Words",
]


def list_templates() -> tuple[CarrierTemplate, ...]:
    """All templates, by name. Raises EnvironmentFault `carrier.file` where a file is broken."""
    return carriers.templates()


def get_template(template_id: str) -> CarrierTemplate:
    """One template. Raises UserError `carrier.unknown`."""
    return carriers.template(template_id)


def questions(template: CarrierTemplate, way: str = "") -> tuple[Question, ...]:
    """What only the customer's papers know. The answer to the question `way`, if any, changes the rest."""
    return carrier_answers.questions(template, carrier_answers.chosen_way(template, {"way": way}))


def apply(template: CarrierTemplate, answers: Mapping[str, str], today: date | None = None) -> Applied:
    """Make the values of a record, without its name, from the answers by question key.

    Raises UserError: `field` is the key of the question not answered well, or a field that is forbidden.
    """
    return carrier_records.apply(template, answers, today=today or date.today())


def violations(template_id: str, kind: str, values: Mapping[str, object]) -> tuple[UserError, ...]:
    """What the carrier forbids in a record's values, for example after it was edited; `field` says where."""
    return carrier_records.violations(carriers.template(template_id), kind, values)

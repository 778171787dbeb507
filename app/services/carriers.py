"""The carrier templates that come with the program: found, read when first wanted, kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.errors import UserError
from app.paths import resources
from app.services.carrier_reading import read_template
from app.services.carrier_template import CarrierTemplate


def folder() -> Path:
    """Where the templates lie, one file a carrier's product."""
    return resources() / "carriers"


@cache
def ids() -> tuple[str, ...]:
    """The ids of all templates, in order. Reads no file."""
    return tuple(sorted(path.stem for path in folder().glob("*.toml")))


@cache
def template(template_id: str) -> CarrierTemplate:
    """One template. Raises UserError `carrier.unknown`, EnvironmentFault `carrier.file`."""
    if template_id not in ids():
        text = f"There is no carrier template “{template_id}”. “openmss-cli carriers” shows those there are."
        raise UserError("carrier.unknown", text, field="template", id=template_id)
    return read_template(folder() / f"{template_id}.toml")


def templates() -> tuple[CarrierTemplate, ...]:
    """All templates, ordered by their English names."""
    found = (template(each) for each in ids())
    return tuple(sorted(found, key=lambda each: each.label.en.casefold()))

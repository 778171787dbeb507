"""Reads a carrier template from TOML by its schema; an error names the file and the key."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from app.errors import EnvironmentFault
from app.services.carrier_forms import keys_of
from app.services.carrier_template import CarrierTemplate, Facts, Question, Shape, Way

T = TypeVar("T")

_SERVER_FORMS = ("domain", "server", "contact_user")
_USER_FORMS = ("user_form", "auth_user_form", "from_user_form")
COMMON_ANSWERS = frozenset({"way", "bind_address", "dns_server"})  # asked in the same words everywhere


def read_template(path: Path) -> CarrierTemplate:
    """Read and check one file. Raises EnvironmentFault `carrier.file`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise fault(path.name, "", f"cannot be read: {error.strerror}") from error
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise fault(path.name, "", str(error)) from error
    return from_table(table, path.name)


def from_table(table: dict[str, Any], file: str) -> CarrierTemplate:
    """Check a file's content and make the template of it."""
    shared = _table(table.pop("facts", {}), file, "facts")
    special = _table(table.pop("way", {}), file, "way")
    read = _Reader(file)
    template = read.record(CarrierTemplate, {**table, "facts": {}}, "")
    if not template.auth:
        raise fault(file, "auth", "must list at least one way")
    for name in special:
        if name not in template.auth:
            raise fault(file, f"way.{name}", f"auth does not list it ({', '.join(template.auth)})")
    facts = {
        way: read.record(Facts, {**shared, **_table(special.get(way, {}), file, f"way.{way}")}, "facts")
        for way in template.auth
    }
    template = dataclasses.replace(template, facts=types.MappingProxyType(facts))
    _check(template, file)
    return template


def fault(file: str, key: str, text: str) -> EnvironmentFault:
    """The error of a file that cannot be used."""
    where = f"{file}: {key}" if key else file
    return EnvironmentFault(
        "carrier.file", f"The carrier template {where}: {text}.", file=file, key=key, reason=text
    )


class _Reader:
    """Makes dataclasses of tables, by the types of their fields."""

    def __init__(self, file: str) -> None:
        self._file = file

    def record(self, record: type[T], table: Mapping[str, Any], key: str) -> T:
        hints = typing.get_type_hints(record)
        fields = {field.name: field for field in dataclasses.fields(record)}  # type: ignore[arg-type]
        for name in table:
            if name not in fields:
                known = ", ".join(sorted(fields))
                raise fault(self._file, _joined(key, name), f"is not known; known are {known}")
        values: dict[str, Any] = {}
        for name, field in fields.items():
            if name in table:
                values[name] = self.value(hints[name], table[name], _joined(key, name))
            elif field.default is field.default_factory is dataclasses.MISSING:
                raise fault(self._file, _joined(key, name), "is missing")
        return record(**values)

    def value(self, hint: Any, raw: Any, key: str) -> Any:
        if isinstance(hint, types.UnionType):
            hint = next(each for each in typing.get_args(hint) if each is not types.NoneType)
        if typing.get_origin(hint) is tuple:
            if not isinstance(raw, list):
                raise fault(self._file, key, "must be a list")
            each = typing.get_args(hint)[0]
            return tuple(self.value(each, part, f"{key}[{index}]") for index, part in enumerate(raw))
        if dataclasses.is_dataclass(hint):
            return self.record(typing.cast("type[Any]", hint), _table(raw, self._file, key), key)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            if raw not in [str(each) for each in hint]:
                raise fault(self._file, key, f"“{raw}” is not one of {', '.join(hint)}")
            return hint(raw)
        if hint in (str, int, bool):
            if type(raw) is not hint:
                raise fault(self._file, key, f"must be {_TYPE_WORDS[hint]}, not {raw!r}")
            return raw
        return raw  # the mapping of facts, which from_table fills


_TYPE_WORDS: dict[Any, str] = {str: "text", int: "a whole number", bool: "true or false"}


def _table(raw: Any, file: str, key: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise fault(file, key, "must be a table")
    return raw


def _joined(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _check(template: CarrierTemplate, file: str) -> None:
    """What the types cannot say."""
    if f"{template.id}.toml" != file:
        raise fault(file, "id", f"“{template.id}” must be the file's name")
    _check_sources(template, file)
    for index, question in enumerate(template.questions):
        _check_question(question, file, f"questions[{index}]")
    if len({question.key for question in template.questions}) != len(template.questions):
        raise fault(file, "questions", "a key stands twice")
    for index, forbidden in enumerate(template.forbidden):
        _check_pattern(forbidden.pattern, file, f"forbidden[{index}].pattern")
    for way in template.auth:
        _check_way(template, way, file)


def _check_sources(template: CarrierTemplate, file: str) -> None:
    if sum(not source.facts for source in template.sources) != 1:
        raise fault(file, "sources", "exactly one must be without facts: the source of all the others")
    given = {name for facts in template.facts.values() for name in facts.given()}
    for facts in template.facts.values():
        given |= {f"transports.{each}" for each in facts.transports}
    given |= {f"auth.{way}" for way in template.auth}
    for index, source in enumerate(template.sources):
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", source.read_on):
            raise fault(file, f"sources[{index}].read_on", f"“{source.read_on}” is not YEAR-MONTH")
        for name in source.facts:
            if name not in given:
                raise fault(file, f"sources[{index}].facts", f"names “{name}”, which is not given")


def _check_question(question: Question, file: str, key: str) -> None:
    if question.key in COMMON_ANSWERS:
        raise fault(file, f"{key}.key", f"“{question.key}” is asked in the same words everywhere")
    _check_pattern(question.pattern, file, f"{key}.pattern")
    if (question.shape is Shape.CHOICE) != bool(question.choices):
        raise fault(file, f"{key}.choices", "belongs to the shape “choice”, and only to it")
    values = [choice.value for choice in question.choices]
    if values and question.default and question.default not in values:
        raise fault(file, f"{key}.default", f"“{question.default}” is not one of the choices")


def _check_pattern(pattern: str, file: str, key: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise fault(file, key, f"is not a regular expression: {error}") from error


def _check_way(template: CarrierTemplate, way: Way, file: str) -> None:
    facts = template.facts[way]
    asked = {question.key for question in template.questions if not question.ways or way in question.ways}
    names = _SERVER_FORMS if way is Way.IP else (*_SERVER_FORMS, *_USER_FORMS)
    forms = {name: getattr(facts, name) for name in names}
    if facts.outbound_proxy and way is not Way.IP:
        forms["outbound_proxy.host"] = facts.outbound_proxy.host
    for index, address in enumerate(facts.match_addresses):
        forms[f"match_addresses[{index}]"] = address
    for name, form in forms.items():
        try:
            keys = keys_of(form)
        except ValueError as error:
            raise fault(file, f"facts.{name}", str(error)) from error
        if missing := keys - asked:
            raise fault(file, f"facts.{name}", f"needs the answer “{min(missing)}”, which is not asked")
    if not (facts.domain or facts.server):
        raise fault(file, "facts.server", f"is missing, and so is the domain (for {way})")
    if way is not Way.IP and not facts.user_form:
        raise fault(file, "facts.user_form", f"is missing (for {way})")
    if not facts.domain_resolves and facts.outbound_proxy is None:
        raise fault(file, "facts.outbound_proxy", "is missing for a domain that DNS does not know")

"""The kind `called_rule`: what a dialled number means (analysis of called numbers)."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.field_checks import (
    DESTINATION_KINDS,
    caller_prefix_check,
    description_field,
    destination_check,
    id_field,
    prefix_check,
    time_condition_field,
)
from app.db.kind import Kind, Reference, destination
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec

_TARGET_KINDS = {"line": "line", "trunk": "trunk"}
_check_service = destination_check("route_target", "Target")
_NEEDS_TARGET = {
    "line": "the name of a line",
    "line_group": "an outgoing group of lines",
    "trunk": "the name of a trunk",
    "service": "the number of the service, as it is dialled inside",
}


class CalledRuleRow(Model):
    """The peewee side."""

    id = TextField(primary_key=True)
    called_prefix = TextField()
    caller_prefix = TextField()
    call_level = IntegerField(null=True)
    transition = TextField()
    route_kind = TextField()
    route_target = TextField()
    time_condition = TextField()
    description = TextField()
    enabled = BooleanField()

    class Meta:
        """Names."""

        table_name = "called_rule"


SPEC = KindSpec(
    name="called_rule",
    label="Called number rule",
    plural="Called number rules",
    key="id",
    fields=(
        id_field("rule", "mobile"),
        FieldSpec(
            name="called_prefix",
            label="Called prefix",
            help="The rule is for dialled numbers that begin so. The longest prefix that fits decides; * is "
            "every number.",
            kind=FieldKind.TEXT,
            default="*",
            max_length=32,
            example="901",
            check=prefix_check("called_prefix", "Called prefix"),
        ),
        FieldSpec(
            name="caller_prefix",
            label="Caller prefix",
            help="Only for callers whose number begins so. Of rules with the same called prefix the one with "
            "the longest caller prefix decides. * is every caller.",
            kind=FieldKind.TEXT,
            default="*",
            max_length=64,
            example="10",
            check=caller_prefix_check("caller_prefix", "Caller prefix"),
        ),
        FieldSpec(
            name="call_level",
            label="Call level",
            help="Only extensions that have this call level may dial such numbers; others are refused. "
            "Empty: "
            "every extension.",
            kind=FieldKind.INTEGER,
            minimum=1,
            maximum=99,
            example="2",
        ),
        FieldSpec(
            name="transition",
            label="Transition",
            help="The change that the number undergoes before it is routed.",
            kind=FieldKind.REFERENCE,
            default="",
            refers_to="transition",
            example="strip-9",
        ),
        FieldSpec(
            name="route_kind",
            label="Goes to",
            help="Where the call goes with the changed number.",
            kind=FieldKind.CHOICE,
            default="local",
            choices=(
                Choice("local", "Local user"),
                Choice("line", "External line"),
                Choice("line_group", "A group of external lines"),
                Choice("trunk", "SIP trunk"),
                Choice("service", "Service"),
                Choice("refuse", "Nowhere: refused"),
            ),
        ),
        FieldSpec(
            name="route_target",
            label="Target",
            help="The line's or trunk's name, the outgoing group, or the number of a service, as “Goes to” "
            "says.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="telecom-1",
        ),
        time_condition_field("When the rule counts; at other times the next shorter prefix decides."),
        description_field("Mobile numbers over the cheap line"),
        FieldSpec(
            name="enabled",
            label="Enabled",
            help="A disabled rule counts as if it were not there.",
            kind=FieldKind.BOOLEAN,
            default=True,
        ),
    ),
)


class CalledRuleKind(Kind):
    """Rules for called numbers: the target is of the kind that the route says."""

    also_refers_to = frozenset({*_TARGET_KINDS.values(), *DESTINATION_KINDS.values()})

    def __init__(self) -> None:
        super().__init__(SPEC, CalledRuleRow)

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse a route without its target, and a target where none counts."""
        kind, target = str(record["route_kind"]), record.get("route_target")
        if kind in _NEEDS_TARGET and not target:
            text = f"Target: enter {_NEEDS_TARGET[kind]}."
            return [UserError("called_rule.no_target", text, field="route_target", route_kind=kind)]
        if kind == "service":
            try:
                _check_service(target)
            except UserError as error:
                return [error]
        if kind not in _NEEDS_TARGET and target:
            text = (
                "Target: a local user is found by the number itself, and a refusal has none. Leave it empty."
            )
            return [UserError("called_rule.no_target_wanted", text, field="route_target", route_kind=kind)]
        return []

    def references(self, record: Values) -> list[Reference]:
        """Add the line, trunk or service that is the target."""
        found, route, target = (
            super().references(record),
            record.get("route_kind"),
            record.get("route_target"),
        )
        kind = _TARGET_KINDS.get(str(route))
        if kind is not None:
            found.append(Reference("route_target", kind, str(target)))
        elif route == "service" and target:
            found.append(destination("route_target", str(target)))
        return found


KIND = CalledRuleKind()

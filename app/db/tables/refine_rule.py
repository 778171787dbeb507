"""The kind `refine_rule`: the last change of a called number, before a line or trunk sends it."""

from __future__ import annotations

from peewee import Model, TextField

from app.db.field_checks import id_field, prefix_check
from app.db.kind import Kind, Reference
from app.db.values import Values
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value

_TRUNK = "trunk:"


class RefineRuleRow(Model):
    """The peewee side."""

    id = TextField(primary_key=True)
    outgoing_group = TextField()
    called_prefix = TextField()
    transition = TextField()

    class Meta:
        """Names."""

        table_name = "refine_rule"


def _check_group(value: Value) -> None:
    if ":" in str(value) and not (str(value).startswith(_TRUNK) and len(str(value)) > len(_TRUNK)):
        text = f"Outgoing group: “{value}” is none. Write the group of the lines, or trunk:NAME for a trunk."
        raise UserError("refine_rule.group", text, field="outgoing_group", value=str(value))


SPEC = KindSpec(
    name="refine_rule",
    label="Refine rule",
    plural="Refine rules",
    key="id",
    fields=(
        id_field("rule", "cheap-mobile"),
        FieldSpec(
            name="outgoing_group",
            label="Outgoing group",
            help="The outgoing group of the lines it is for, or trunk:NAME for one trunk. Empty: every line "
            "and trunk.",
            kind=FieldKind.TEXT,
            default="",
            max_length=64,
            example="1",
            check=_check_group,
        ),
        FieldSpec(
            name="called_prefix",
            label="Called prefix",
            help="The rule is for numbers that begin so when they are about to leave. The longest prefix "
            "decides; * is every number.",
            kind=FieldKind.TEXT,
            default="*",
            max_length=32,
            example="01",
            check=prefix_check("called_prefix", "Called prefix"),
        ),
        FieldSpec(
            name="transition",
            label="Transition",
            help="The change that the number undergoes; the result stands in Request-URI and To.",
            kind=FieldKind.REFERENCE,
            default="",
            required=True,
            refers_to="transition",
            example="replace-0-by-0086",
        ),
    ),
)


class RefineRuleKind(Kind):
    """Refine rules: `trunk:NAME` names a trunk."""

    also_refers_to = frozenset({"trunk"})

    def __init__(self) -> None:
        super().__init__(SPEC, RefineRuleRow)

    def references(self, record: Values) -> list[Reference]:
        """Add the trunk."""
        group = str(record.get("outgoing_group") or "")
        more = (
            [Reference("outgoing_group", "trunk", group.removeprefix(_TRUNK))]
            if group.startswith(_TRUNK)
            else []
        )
        return super().references(record) + more


KIND = RefineRuleKind()

"""The kind `ip_rule`: the IP address black/white list."""

from __future__ import annotations

from peewee import Model, TextField

from app.db.field_checks import description_field, id_field
from app.db.kind import Caution, Kind
from app.db.values import Values
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec, KindSpec, Value


class IpRuleRow(Model):
    """The peewee side."""

    id = TextField(primary_key=True)
    address = TextField()
    verdict = TextField()
    description = TextField()

    class Meta:
        """Names."""

        table_name = "ip_rule"


def _check_address(value: Value) -> None:
    if "," in str(value):
        text = "Address: one address or network an entry. Add an entry for each."
        raise UserError("ip_rule.several", text, field="address", value=str(value))


SPEC = KindSpec(
    name="ip_rule",
    label="IP address list entry",
    plural="IP address black/white list",
    key="id",
    fields=(
        id_field("entry", "1"),
        FieldSpec(
            name="address",
            label="Address",
            help="An IPv4 or IPv6 address, or a network. The narrowest entry that holds an address decides.",
            kind=FieldKind.ADDRESSES,
            required=True,
            max_length=64,
            example="203.0.113.0/24",
            check=_check_address,
        ),
        FieldSpec(
            name="verdict",
            label="Verdict",
            help="Accept: never banned for wrong passwords. Reject: every packet from there is dropped "
            "without "
            "an answer.",
            kind=FieldKind.CHOICE,
            default="reject",
            choices=(Choice("accept", "Accept"), Choice("reject", "Reject")),
        ),
        description_field("Scanner"),
    ),
)


class IpRuleKind(Kind):
    """The list of addresses: it is easy to lock oneself out."""

    def __init__(self) -> None:
        super().__init__(SPEC, IpRuleRow)

    def warnings(self, given: Values) -> list[Caution]:
        """Mention an entry that rejects whole worlds."""
        if given.get("verdict") != "accept" and str(given.get("address", "")).endswith("/0"):
            text = "This rejects every packet from everywhere that no other entry accepts."
            return [Caution("ip_rule.everyone", text, "address")]
        return []


KIND = IpRuleKind()

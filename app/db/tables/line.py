"""The kind `line`: an account at a carrier, over which calls leave and come in."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, Model, TextField

from app.db.kind import Caution, Kind
from app.db.tables.line_fields import BASIC, INCOMING, OUTGOING
from app.db.tables.line_network_fields import MEDIA, NETWORK
from app.db.tables.recording_fields import recording_fields
from app.db.values import Values
from app.errors import UserError
from app.fields import KindSpec


class LineRow(Model):
    """The peewee side; the password is encrypted by the vault."""

    name = TextField(primary_key=True)
    template = TextField()
    user = TextField()
    password = TextField()
    domain = TextField()
    auth_id = TextField()
    auth_user_with_domain = BooleanField()
    register = BooleanField()
    enabled = BooleanField()
    incoming_to = TextField()
    did_source = TextField()
    proxy = TextField()
    no_answer_s = IntegerField()
    max_calls = IntegerField(null=True)
    outgoing_group = TextField()
    shared = BooleanField()
    language = TextField()
    display_name = TextField()
    from_user = TextField()
    from_domain = TextField()
    caller_id_form = TextField()
    number_form = TextField()
    user_phone = BooleanField()
    request_uri_params = TextField()
    time_condition = TextField()
    transport = TextField()
    tls_verify = BooleanField()
    port = IntegerField(null=True)
    expires = IntegerField()
    keepalive_s = IntegerField()
    register_call_id = TextField()
    realm = TextField()
    match_addresses = TextField()
    bind_address = TextField()
    dns_server = TextField()
    codecs = TextField()
    video = BooleanField()
    rel100 = TextField()
    session_timer = BooleanField()
    recording = TextField()
    recording_notice = TextField()

    class Meta:
        """Names."""

        table_name = "line"


SPEC = KindSpec(
    name="line",
    label="External line",
    plural="External lines",
    key="name",
    fields=(*BASIC, *INCOMING, *OUTGOING, *NETWORK, *MEDIA, *recording_fields("the line")),
)


class LineKind(Kind):
    """Lines: the password is kept encrypted."""

    destinations = ("incoming_to",)

    def __init__(self) -> None:
        super().__init__(SPEC, LineRow, encrypted=("password",))

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Refuse an account with a domain of its own beside the option that adds it."""
        errors: list[UserError] = []
        user = str(record.get("auth_id") or record.get("user") or "")
        if record.get("auth_user_with_domain") and "@" in user:
            text = "The authentication user name holds an address already. Enter it without, or turn the "
            text += "option off."
            field = "auth_id" if record.get("auth_id") else "user"
            errors.append(UserError("line.auth_user_twice", text, field=field, value=user))
        return errors

    def warnings(self, given: Values) -> list[Caution]:
        """Mention a line that cannot answer a challenge, and settings that do nothing."""
        cautions: list[Caution] = []
        if given.get("register") is not False and given.get("password") == "":
            text = "The line has no password. Few carriers let a line register without one."
            cautions.append(Caution("line.no_password", text, "password"))
        if given.get("proxy") and given.get("port"):
            text = "With a proxy set, packets go to the proxy: the port that counts stands behind its name."
            cautions.append(Caution("line.port_unused", text, "port"))
        if given.get("max_calls") == 0:
            text = "Most calls at once is 0: the line carries no calls. Leave it empty for no limit."
            cautions.append(Caution("line.no_calls", text, "max_calls"))
        return cautions


KIND = LineKind()

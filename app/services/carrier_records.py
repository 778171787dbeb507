"""Makes the values of an external line or SIP trunk from a carrier template and the answers it asked for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.db.store import kind_of
from app.db.values import Values, text_of
from app.errors import UserError
from app.services.carrier_advice import Advice, advice
from app.services.carrier_answers import checked, chosen_way
from app.services.carrier_forms import fill
from app.services.carrier_template import (
    CallerId,
    CallIdPolicy,
    CarrierTemplate,
    Facts,
    Grade,
    Need,
    NumberIn,
    NumberOut,
    Transport,
    Way,
)

_DID_SOURCES = {
    NumberIn.REQUEST_URI: "request_uri",
    NumberIn.TO: "to",
    NumberIn.P_CALLED_PARTY_ID: "p_called_party_id",
    NumberIn.PPI: "ppi",
    NumberIn.DIVERSION: "diversion",
}
_CALLER_ID_FORMS = {CallerId.PAI: "pai", CallerId.PPI: "ppi", CallerId.RPID: "rpid"}


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: the kind of record, its values without the name, and what to tell the user."""

    kind: str  # "line" or "trunk"
    values: Values
    notices: tuple[Advice, ...]


def apply(template: CarrierTemplate, answers: Mapping[str, str], *, today: date) -> Applied:
    """Fill a template in. Raises UserError: `field` is the question's key, or the field that is forbidden."""
    way = chosen_way(template, answers)
    given = checked(template, answers)
    maker = _Maker(template, way, given)
    kind, values = ("trunk", maker.trunk()) if way is Way.IP else ("line", maker.line())
    refused = violations(template, kind, values)
    if refused:
        raise refused[0]
    return Applied(kind, values, advice(template, way, given, today))


def violations(template: CarrierTemplate, kind: str, values: Mapping[str, object]) -> tuple[UserError, ...]:
    """The settings of a record that its carrier forbids; fields not given count with their defaults."""
    found: list[UserError] = []
    for forbidden in template.forbidden:
        field = kind_of(kind).spec.field(forbidden.field)
        if field is None:
            continue
        value = values.get(field.name, field.default)
        text = text_of(value) if isinstance(value, str | int | bool | None) else str(value)
        if re.fullmatch(forbidden.pattern, text):
            sentence = f"{template.label.en}: {field.label}: {forbidden.why.en}"
            found.append(
                UserError(
                    "carrier.forbidden",
                    sentence,
                    field=field.name,
                    label=field.label,
                    why=forbidden.why.en,
                    why_zh=forbidden.why.zh,
                )
            )
    return tuple(found)


class _Maker:
    """Turns facts into fields. A field of which nothing is known is left to its default."""

    def __init__(self, template: CarrierTemplate, way: Way, answers: Mapping[str, str]) -> None:
        self._template = template
        self._facts: Facts = template.facts[way]
        self._way = way
        self._answers = answers

    def line(self) -> Values:
        facts = self._facts
        user = self._fill(facts.user_form)
        domain = self._fill(facts.domain) or self._fill(facts.server)
        proxy = self._proxy(domain)
        auth_user = self._fill(facts.auth_user_form) or user
        values: Values = {
            "template": self._template.id,
            "user": user,
            "password": self._answers.get("password", ""),
            "domain": domain,
            "register": self._way is Way.REGISTRATION,
            **_without_blanks({"proxy": proxy, "realm": facts.realm, "expires": facts.expires}),
            **self._identity(user, domain, auth_user),
            **self._numbers(),
            **self._network(has_proxy=bool(proxy)),
            **self._media(),
        }
        if facts.request_uri is not None and facts.request_uri.user_phone is not None:
            values["user_phone"] = facts.request_uri.user_phone
        if facts.number_in_source:
            values["did_source"] = _DID_SOURCES[facts.number_in_source[0]]
        return values

    def trunk(self) -> Values:
        facts = self._facts
        transport = facts.transports[0] if facts.transports else Transport.UDP
        return {
            "address": self._fill(facts.server) or self._fill(facts.domain),
            "transport": str(transport),
            "port": facts.port or (5061 if transport is Transport.TLS else 5060),
            **self._numbers(),
            **_without_blanks(
                {"trusted_addresses": ", ".join(self._fill(each) for each in facts.match_addresses)}
            ),
        }

    def _fill(self, form: str) -> str:
        return fill(form, self._answers, self._template.calling_code)

    def _proxy(self, domain: str) -> str:
        facts = self._facts
        if facts.outbound_proxy is not None:
            host, port = self._fill(facts.outbound_proxy.host), facts.outbound_proxy.port
        else:
            host, port = self._fill(facts.server), None
            if host == domain:
                return ""
        has_port = ":" in host
        port = port or (None if facts.srv else facts.port)
        return f"{host}:{port}" if host and port and port != self._usual_port() and not has_port else host

    def _usual_port(self) -> int:
        return 5061 if self._facts.transports[:1] == (Transport.TLS,) else 5060

    def _identity(self, user: str, domain: str, auth_user: str) -> Values:
        from_user = self._fill(self._facts.from_user_form)
        values: Values = {}
        if auth_user == f"{user}@{domain}":
            values["auth_user_with_domain"] = True
        elif auth_user != user:
            values["auth_id"] = auth_user
        if from_user and from_user != user:
            values["from_user"] = from_user
        return values

    def _numbers(self) -> Values:
        facts = self._facts
        params = facts.request_uri.params if facts.request_uri is not None else ""
        if self._way is Way.IP and facts.request_uri is not None and facts.request_uri.user_phone:
            params = ";".join(filter(None, ("user=phone", params)))
        form = NumberOut.E164 if facts.number_out is NumberOut.PREFIX else facts.number_out
        return _without_blanks(
            {
                "number_form": str(form),
                "caller_id_form": _CALLER_ID_FORMS.get(facts.caller_id, ""),
                "request_uri_params": params,
            }
        )

    def _network(self, *, has_proxy: bool) -> Values:
        facts = self._facts
        networks = [each for each in facts.match_addresses if _is_network(each)]
        values = _without_blanks(
            {
                "transport": str(facts.transports[0]) if facts.transports else "",
                "keepalive_s": facts.keepalive_s,
                "match_addresses": ", ".join(networks),
                "bind_address": self._answers.get("bind_address", ""),
                "dns_server": self._answers.get("dns_server", ""),
            }
        )
        if facts.port and not has_proxy and not facts.srv and facts.port != self._usual_port():
            values["port"] = facts.port
        if facts.call_id_policy is CallIdPolicy.NEW_EACH:
            values["register_call_id"] = "new"
        return values

    def _media(self) -> Values:
        facts = self._facts
        values: Values = {}
        # A list of codecs shuts others out: only one that somebody has read somewhere is worth that.
        if facts.codecs and self._template.source_of("codecs").grade is not Grade.KNOWLEDGE:
            values["codecs"] = ", ".join(facts.codecs)
        if facts.video:
            values["video"] = True
        if facts.rel100 is not Need.UNSAID:
            values["rel100"] = str(facts.rel100)
        if facts.session_timer is not None:
            values["session_timer"] = facts.session_timer
        return values


def _without_blanks(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in ("", None)}


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True

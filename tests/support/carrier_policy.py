"""What the simulated carrier demands of an INVITE before anything rings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.sip.message import Request
from app.sip.uri import SipUri
from tests.support.carrier_messages import MediaLines, raw
from tests.support.carrier_quirks import CarrierQuirks, Prack, UserPhone


@dataclass(frozen=True, slots=True)
class Refusal:
    """A final answer."""

    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def called_number(request: Request) -> str:
    """The number in the Request-URI, of a sip: or a tel: URI."""
    found = re.match(r"(?i)(?:sips?|tel):([^@;?]*)", request.uri_text)
    return found[1] if found else ""


def _user(value: str) -> str:
    found = re.search(r"(?i)(?:sips?|tel):([^@;>]*)", value)
    return found[1] if found else ""


def shown_numbers(request: Request, place: str) -> list[str]:
    """The caller's numbers as they stand in From, P-Asserted-Identity, P-Preferred-Identity or RPID."""
    key = {
        "from": "from",
        "pai": "p-asserted-identity",
        "ppi": "p-preferred-identity",
        "rpid": "remote-party-id",
    }
    return [_user(value) for value in raw(request, key[place])]


def refusal(request: Request, quirks: CarrierQuirks, *, calls: int) -> Refusal | None:
    """Why the call is refused, or None. `calls` = those that run already."""
    for rule in (_uri, _caller, _number, _extensions, _media):
        found = rule(request, quirks)
        if found is not None:
            return found
    if 0 <= quirks.channels <= calls:
        return Refusal(quirks.channels_status)
    return None


def _uri(request: Request, quirks: CarrierQuirks) -> Refusal | None:
    uri = request.uri
    has_it = (isinstance(uri, SipUri) and uri.params.get("user") == "phone") or uri.scheme == "tel"
    if quirks.user_phone is UserPhone.REFUSED and has_it:
        return Refusal(quirks.user_phone_status or 416)
    if quirks.user_phone is UserPhone.DEMANDED and not has_it:
        return Refusal(quirks.user_phone_status or 403)
    if quirks.demands_service_route:
        routes = [value.strip("<> ") for value in request.get_all("route")]
        if not {each.strip("<> ") for each in quirks.service_route} <= set(routes):
            return Refusal(403, "Use the Service-Route")
    return None


def _caller(request: Request, quirks: CarrierQuirks) -> Refusal | None:
    if not quirks.caller_ids:
        return None
    if quirks.caller_ids.intersection(shown_numbers(request, quirks.caller_id_in)):
        return None
    return Refusal(403, "Caller ID not allowed")


def _number(request: Request, quirks: CarrierQuirks) -> Refusal | None:
    if quirks.number_pattern and not re.fullmatch(quirks.number_pattern, called_number(request)):
        return Refusal(quirks.number_status)
    return None


def _extensions(request: Request, quirks: CarrierQuirks) -> Refusal | None:
    offered = {*request.supported, *request.require}
    if quirks.refuses_extension in offered:
        return Refusal(420, "", (("Unsupported", quirks.refuses_extension),))
    if quirks.prack is Prack.REQUIRED and "100rel" not in offered:
        return Refusal(421, "", (("Require", "100rel"),))
    if quirks.session_expires:
        if "timer" not in offered:
            return Refusal(421, "", (("Require", "timer"),))
        asked = request.session_expires
        if asked is not None and asked.seconds < quirks.min_se:
            return Refusal(422, "", (("Min-SE", str(quirks.min_se)),))
    return None


def _media(request: Request, quirks: CarrierQuirks) -> Refusal | None:
    if not request.body:
        return None
    offer = MediaLines(request.body.decode("utf-8", "replace"))
    if quirks.refuses_video and any(words[0] == "video" for words in offer.media):
        return Refusal(quirks.refuses_video)
    if quirks.demands_srtp and "SAVP" not in offer.profile("audio"):
        return Refusal(488, "", (("Warning", '399 carrier "SRTP required"'),))
    if not set(offer.payload_types()).intersection(quirks.codecs):
        return Refusal(488, "", (("Warning", '305 carrier "Incompatible media format"'),))
    return None

"""Rules R16 to R21: the registrar knows us, but does not like how we ask."""

from __future__ import annotations

import re
from typing import Final

from app.diagnosis.exchanges import Exchange
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.logins import lifetime_asked
from app.diagnosis.reading import Reading

_ABOUT_CSEQ = re.compile(r"c-?seq|sequence number|out of order|call-?id (?:already|in use|exists|reuse)")
_ABOUT_OTHERS = re.compile(
    r"\bvia\b|contact|content|from\b|\bto\b|tag|max-?forwards|sdp|call-?id|expires|route|header|length|media"
    r"|allow|supported|encoding|codec|version"
)
_ABOUT_URI = re.compile(r"uri|user ?= ?phone|phone|\bparam|request[- ]line|scheme|\bport\b")


def _failure(reading: Reading) -> Exchange | None:
    return None if reading.login is None else reading.login.failure


@rule("R16", "expires_too_short", "expires_refused_again")
def too_brief(reading: Reading) -> Finding | None:
    """423 with Min-Expires that was not adopted, or a second one"""
    login, refused = reading.login, _failure(reading)
    if login is None or refused is None or refused.status != 423 or refused.final is None:
        return None
    briefs = [each for each in login.recent if each.status == 423 and each.final is not None]
    evidence = [seen for each in briefs for seen in each.outcome]
    asked = lifetime_asked(refused.request)
    least = refused.final.seconds("min-expires")
    pending = login.attempts[-1] is not refused
    if len(briefs) < 2 and pending:
        return None
    demands = [each.final.seconds("min-expires") or 0 for each in briefs[:-1] if each.final]
    was_adopted = bool(demands) and asked is not None and asked >= demands[0]
    if was_adopted or (least is not None and asked is not None and asked >= least):
        return found(
            "expires_refused_again",
            evidence,
            asked=asked or "",
            least=least or "?",
        )
    return found(
        "expires_too_short",
        evidence,
        field="expires",
        value=least or 3600,
        asked=asked or "",
        least=least or "?",
    )


@rule("R17", "cseq_call_id", "cseq_complaint")
def cseq_is_refused(reading: Reading) -> Finding | None:
    """400 or 500 to REGISTER, with a text or header that speaks of CSeq"""
    login, refused = reading.login, _failure(reading)
    if login is None or refused is None or refused.final is None or not 400 <= refused.status < 600:
        return None
    if not _ABOUT_CSEQ.search(refused.final.complaint):
        return None
    earlier = [each for each in login.attempts if each is not refused and each.answers]
    kept = [each for each in earlier if each.request.call_id == refused.request.call_id]
    evidence = [seen for each in kept[-1:] for seen in each.outcome] + refused.outcome
    said = refused.final.header("p-registrar-error") or refused.final.reason
    if kept or (not earlier and reading.config.keeps_call_id):
        return found("cseq_call_id", evidence, field="register_call_id", value="new", said=said)
    return found("cseq_complaint", evidence, said=said)


@rule("R18", "user_phone_refused", "uri_port_refused", "uri_params_refused")
def uri_is_refused(reading: Reading) -> Finding | None:
    """400 or 416, and our Request-URI had user=phone, a port or other parameters"""
    register = _failure(reading)
    candidates = [] if register is None else [register]
    candidates += [call.invite for call in reading.refused]
    for refused in candidates:
        if refused.status not in (400, 416) or refused.final is None:
            continue
        request, said = refused.request, refused.final.complaint
        points_at_uri = bool(_ABOUT_URI.search(said)) or refused.status == 416
        if _ABOUT_CSEQ.search(said) or (not points_at_uri and _ABOUT_OTHERS.search(said)):
            continue
        good = [call.request for call in reading.reached] if request.method == "INVITE" else []
        if request.has_user_phone and not any(one.has_user_phone for one in good):
            return found(
                "user_phone_refused",
                refused.outcome,
                field="user_phone",
                value=False,
                uri=request.uri_text,
                status=refused.status,
            )
        others = set(request.uri_params) - {"user", "lr"}
        if others and points_at_uri and not any(set(one.uri_params) & others for one in good):
            return found(
                "uri_params_refused",
                refused.outcome,
                field="request_uri_params",
                value="",
                uri=request.uri_text,
                status=refused.status,
            )
        if request.uri_port and not others and not any(one.uri_port for one in good):
            return found(
                "uri_port_refused",
                refused.outcome,
                field="port",
                value="",
                uri=request.uri_text,
                status=refused.status,
            )
    return None


@rule("R20", "registration_not_wanted")
def registrations_are_not_taken(reading: Reading) -> Finding | None:
    """405 or 501 to REGISTER"""
    refused = _failure(reading)
    if refused is None or refused.status not in (405, 501) or reading.config.flag("register") is False:
        return None
    return found(
        "registration_not_wanted", refused.outcome, field="register", value=False, status=refused.status
    )


_OPTIONS: Final[dict[str, tuple[str, str | bool]]] = {
    "100rel": ("rel100", "off"),
    "timer": ("session_timer", False),
}


@rule("R21", "option_refused")
def option_is_refused(reading: Reading) -> Finding | None:
    """420 Bad Extension with Unsupported"""
    register = _failure(reading)
    candidates = [] if register is None else [register]
    candidates += [call.invite for call in reading.refused]
    for refused in candidates:
        if refused.status != 420 or refused.final is None:
            continue
        named = sorted(refused.final.options("unsupported"))
        named = named or sorted(refused.request.options("require") | refused.request.options("proxy-require"))
        field, value = next((_OPTIONS[name] for name in named if name in _OPTIONS), (None, None))
        return found(
            "option_refused", refused.outcome, field=field, value=value, option=", ".join(named) or "?"
        )
    return None


def _offered(exchange: Exchange) -> frozenset[str]:
    return exchange.request.options("supported") | exchange.request.options("require")


@rule("R22", "option_required")
def option_is_required(reading: Reading) -> Finding | None:
    """421, or the carrier's call was refused or given up because it needs 100rel"""
    register = _failure(reading)
    candidates = [] if register is None else [register]
    candidates += [call.invite for call in reading.refused]
    for refused in candidates:
        if refused.final is None:
            continue
        named = sorted(refused.final.options("require"))
        if refused.status != 421 and ("100rel" not in named or "100rel" in _offered(refused)):
            continue
        is_timer = "timer" in named
        is_rel = "100rel" in named or not named
        field = "rel100" if is_rel else "session_timer" if is_timer else None
        value = "required" if is_rel else True if is_timer else None
        return found(
            "option_required", refused.outcome, field=field, value=value, option=", ".join(named) or "100rel"
        )
    return None


@rule("R22", "rel100_missing")
def reliable_answers_are_needed(reading: Reading) -> Finding | None:
    """As R22: a call of the carrier demands 100rel and we answered 420, or a refusal names 100rel or PRACK"""
    for call in reversed(reading.calls):
        final = call.final
        if final is None or call.is_answered:
            continue
        if not call.is_out and call.status == 420 and "100rel" in call.request.options("require"):
            return found("rel100_missing", call.invite.outcome, field="rel100", value="supported")
        ended = [
            seen for seen in call.messages if not seen.is_out and re.search("100rel|prack", seen.complaint)
        ]
        offered = "100rel" in _offered(call.invite)
        if ended and (not call.is_out or not offered):
            return found(
                "rel100_missing",
                [call.request, *ended],
                field="rel100",
                value="required" if call.is_out else "supported",
            )
    return None


@rule("R27", "carrier_trouble", "server_failover")
def carrier_is_in_trouble(reading: Reading) -> Finding | None:
    """5xx, or 480 with Retry-After, to REGISTER; or the next server answers"""
    login = reading.login
    if login is None:
        return None
    refused = login.failure
    if refused is not None and refused.final is not None:
        wait = refused.final.seconds("retry-after")
        is_theirs = refused.status in (500, 502, 503, 504, 580) or (
            refused.status in (480, 486, 600) and wait
        )
        if not is_theirs or _ABOUT_CSEQ.search(refused.final.complaint):
            return None
        return found(
            "carrier_trouble",
            refused.outcome,
            severity=Severity.WARNING,
            status=refused.status,
            reason=refused.final.reason,
            wait=wait if wait is not None else "?",
        )
    failed = [each for each in login.attempts if each.status >= 500 or each.is_silent]
    if login.is_registered and failed:
        evidence = [seen for each in [failed[-1], login.attempts[-1]] for seen in each.outcome]
        return found("server_failover", evidence, severity=Severity.INFO)
    return None


@rule("X04", "moved")
def registrar_has_moved(reading: Reading) -> Finding | None:
    """3xx to REGISTER: another server, or a proxy to use"""
    refused = _failure(reading)
    if refused is None or refused.final is None or not 300 <= refused.status < 400:
        return None
    contacts = refused.final.contacts
    target = str(contacts[0].uri).removeprefix("sip:").partition(";")[0] if contacts else ""
    target = target.rpartition("@")[2]
    field = "proxy" if refused.status == 305 else reading.config.server_field
    return found(
        "moved",
        refused.outcome,
        field=field,
        value=target or None,
        status=refused.status,
        target=target or "?",
    )


@rule("X05", "loop")
def requests_go_round(reading: Reading) -> Finding | None:
    """482 or 483: the request comes back to where it was"""
    register = _failure(reading)
    candidates = [] if register is None else [register]
    candidates += [call.invite for call in reading.refused]
    for refused in candidates:
        if refused.status in (482, 483):
            return found("loop", refused.outcome, field=reading.config.server_field, status=refused.status)
    return None


@rule("X06", "security_agreement")
def security_agreement_is_required(reading: Reading) -> Finding | None:
    """494: the carrier demands a security agreement as for SIM cards (RFC 3329)"""
    refused = _failure(reading)
    if refused is None or refused.status != 494:
        return None
    return found("security_agreement", refused.outcome)


@rule("X07", "register_malformed")
def request_is_called_malformed(reading: Reading) -> Finding | None:
    """400, 413, 414, 415 or 513 to REGISTER that no other rule explains"""
    refused = _failure(reading)
    if refused is None or refused.final is None or refused.status not in (400, 413, 414, 415, 513):
        return None
    if cseq_is_refused.check(reading) or uri_is_refused.check(reading):
        return None
    return found(
        "register_malformed",
        refused.outcome,
        status=refused.status,
        reason=refused.final.header("warning")
        or refused.final.header("p-registrar-error")
        or refused.final.reason,
    )


REGISTRAR = (
    too_brief,
    cseq_is_refused,
    uri_is_refused,
    registrations_are_not_taken,
    option_is_refused,
    option_is_required,
    reliable_answers_are_needed,
    carrier_is_in_trouble,
    registrar_has_moved,
    requests_go_round,
    security_agreement_is_required,
    request_is_called_malformed,
)
"""In the order they are asked."""

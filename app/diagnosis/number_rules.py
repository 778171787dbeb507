"""Rules R19, I01, I03 and I04: the carrier does not take the number, the caller or the video."""

from __future__ import annotations

import re
from typing import Any

from app.diagnosis.dialogs import CallSeen, offers_video
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.messages import Seen
from app.diagnosis.peers import number_of, same_number
from app.diagnosis.reading import Reading
from app.diagnosis.registrar_rules import uri_is_refused

UNALLOCATED, INVALID_FORMAT = 1, 28  # Q.850
_SHORTEST = 7  # digits; shorter ones are service numbers, or misdialled
_ABOUT_PHONE = re.compile(r"user ?= ?phone|phone[- ]context|tel:? ?ur[il]|not a tele?phone|phone param")
_ABOUT_FORMAT = re.compile(
    r"format|incomplete|invalid number|e\.?164|number plan|numbering|prefix|malformed number"
)
_ABOUT_CALLER = re.compile(
    r"caller|calling|\bcli\b|\bclip\b|\bcid\b|\bani\b|origination number|from (?:header|number|user)|identity"
    r"|not (?:own|verif)\w*|spoof|\bd35\b|unverified|presentation number"
)
_ABOUT_BALANCE = re.compile(r"balance|credit|\bfunds?\b|payment|prepaid|top ?up|money|\bspend|budget")
_ABOUT_CHANNELS = re.compile(r"channel|concurrent|simultaneous|\blimit|too many calls|max\w* call|no lines?")
_ABOUT_BARRING = re.compile(
    r"barr|destination|not permitted|not allowed to call|international|outbound|route|premium"
    r"|fraud|country|tariff|no permission"
)
_ANONYMOUS = re.compile(r"anonym|unavailable|restricted|unknown", re.I)
_NUMBER_STATUSES = frozenset({404, 484, 604})


def own_numbers(reading: Reading) -> frozenset[str]:
    """User parts that are the line's: configured, registered, and told by P-Associated-URI (RFC 7315 4.1)."""
    names = set(reading.config.numbers)
    if reading.login is not None:
        for each in reading.login.attempts:
            names.add(each.request.to.user)
            if each.final is not None and each.status < 300:
                names |= {party.user for party in each.final.parties("p-associated-uri")}
    return frozenset(name.partition("@")[0] for name in names if name)


def callers_shown(request: Seen) -> list[str]:
    """Who the INVITE says is calling: From and the identity headers."""
    headers = ("p-asserted-identity", "p-preferred-identity", "remote-party-id")
    return [request.from_.user, *(party.user for name in headers for party in request.parties(name))]


def _is_anonymous(request: Seen) -> bool:
    return bool(
        _ANONYMOUS.fullmatch(request.from_.user)
        or "anonymous" in (request.from_.user + request.from_.host).lower()
        or re.search(r"\bid\b|user|header|critical", request.header("privacy").lower())
    )


def _shape(number: str) -> str:
    """How a number is written: "+", "00", "0" or "" for anything else."""
    return (
        "+" if number.startswith("+") else "00" if number.startswith("00") else number[:1].replace("0", "0")
    )


def _same_form(number: str, other: str) -> bool:
    one, two = _shape(number), _shape(other)
    return one == two or (one not in "+000" and two not in "+000")


@rule("R19", "user_phone_missing")
def user_phone_is_wanted(reading: Reading) -> Finding | None:
    """An IMS refuses an INVITE, and no user=phone or tel: was sent"""
    for call in reading.refused:
        request, final = call.request, call.final
        if final is None or request.has_user_phone or request.uri_text.lower().startswith("tel:"):
            continue
        if not request.called_number or (offers_video(request.sdp) and call.status in (484, 488)):
            continue
        if _ABOUT_PHONE.search(final.complaint) or _other_form_works(reading, call):
            return _user_phone(call)
        if not _is_china_mobile_type(reading) or final.q850 == UNALLOCATED:
            continue
        if call.status not in (400, 403, 404, 416, 484, 604) or _says_something_else(final):
            continue
        if any(not good.request.has_user_phone for good in reading.reached):
            continue
        return _user_phone(call)
    return None


@rule("R19", "user_phone_missing")
def user_phone_may_be_wanted(reading: Reading) -> Finding | None:
    """As R19, at any carrier: 403, 416 or 484 to every call, user=phone is off, nothing else explains it"""
    if reading.reached or reading.config.flag("user_phone") is not False or not reading.refused:
        return None
    explained = (video_is_refused, user_phone_is_wanted, caller_is_not_ours, number_is_written_wrong)
    if any(each.check(reading) for each in (*explained, carrier_says_why, uri_is_refused)):
        return None
    call = reading.refused[0]
    final, request = call.final, call.request
    is_plain = bool(request.called_number) and not request.has_user_phone
    if final is None or not is_plain or call.status not in (403, 416, 484) or _says_something_else(final):
        return None
    was_let_in = any(each.request.credentials for each in call.invites) or (
        reading.login is not None and reading.login.is_registered
    )
    if not was_let_in or final.q850 == UNALLOCATED or _is_about_login(reading, call):
        return None
    return _user_phone(call, Severity.WARNING)


def _is_about_login(reading: Reading, call: CallSeen) -> bool:
    """Whether a 403 may be about who we are: nothing that a REGISTER succeeded with was sent."""
    was_asked = any(each.request.credentials for each in call.invites)
    is_known_good = reading.login is not None and reading.login.is_registered
    return call.status == 403 and not (was_asked and is_known_good)


def _user_phone(call: CallSeen, severity: Severity = Severity.ERROR) -> Finding:
    return found(
        "user_phone_missing",
        call.invite.outcome,
        field="user_phone",
        value=True,
        uri=call.request.uri_text,
        status=call.status,
        severity=severity,
    )


def _other_form_works(reading: Reading, call: CallSeen) -> bool:
    """Whether the same number was taken with user=phone."""
    return any(
        same_number(good.request.uri_user, call.request.uri_user) for good in reading.reached_with_user_phone
    )


def _is_china_mobile_type(reading: Reading) -> bool:
    return reading.has_ims_domain and "ctcims" not in reading.config.domain


def _says_something_else(final: Seen) -> bool:
    said = final.complaint
    return any(
        pattern.search(said) for pattern in (_ABOUT_CALLER, _ABOUT_BALANCE, _ABOUT_CHANNELS, _ABOUT_BARRING)
    )


@rule("I01", "caller_not_ours", "anonymity_refused")
def caller_is_not_ours(reading: Reading) -> Finding | None:
    """INVITE refused with 403 and its kin, and the caller shown is not one of the line's numbers"""
    for call in reading.turned_down:
        final, request = call.final, call.request
        if final is None or call.status not in (403, 433, 503, 488, 606, 603, 480, 400, 500):
            continue
        names_caller = bool(_ABOUT_CALLER.search(final.complaint))
        if call.status == 433 or (
            _is_anonymous(request) and (call.status == 403 or "anonym" in final.complaint)
        ):
            return found("anonymity_refused", call.invite.outcome, field="caller_id_form", status=call.status)
        if call.status != 403 and not names_caller:
            continue
        own = own_numbers(reading)
        strangers = [
            user for user in callers_shown(request) if user and not any(same_number(user, one) for one in own)
        ]
        if _ABOUT_BALANCE.search(final.complaint) or not (names_caller or (own and strangers)):
            continue
        shown = (strangers or callers_shown(request))[0]
        if any(_shows(good.request, shown) for good in reading.reached):
            continue
        is_stranger_in_from = request.from_.user in strangers or not strangers
        field = "from_user" if is_stranger_in_from else "caller_id_form"
        user = reading.config.user.partition("@")[0]
        value = (user or None) if field == "from_user" and strangers else None
        return found(
            "caller_not_ours",
            call.invite.outcome,
            field=field,
            value=value,
            shown=shown,
            own=", ".join(sorted(own)) or "?",
        )
    return None


def _shows(request: Seen, user: str) -> bool:
    return user in callers_shown(request)


@rule("I04", "video_refused")
def video_is_refused(reading: Reading) -> Finding | None:
    """484, 488, 415 or 606, and video was offered"""
    for call in reading.refused:
        if call.status not in (484, 488, 415, 606) or not offers_video(call.request.sdp):
            continue
        if any(offers_video(good.request.sdp) for good in reading.reached):
            continue
        theirs = call.final.sdp if call.final is not None else None
        if theirs is not None and any(
            m.kind == "audio" and m.protocol != _protocol(call) for m in theirs.media
        ):
            continue
        return found("video_refused", call.invite.outcome, field="video", value=False, status=call.status)
    return None


def _protocol(call: CallSeen) -> str:
    described = call.request.sdp
    return next((m.protocol for m in described.media if m.kind == "audio"), "") if described else ""


@rule("I03", "number_form")
def number_is_written_wrong(reading: Reading) -> Finding | None:
    """404, 484 or 604, and the number lacks or has a plus or 00 that the carrier's own numbers do not"""
    for call in reading.refused:
        final, number = call.final, call.request.called_number
        if final is None or not number or (offers_video(call.request.sdp) and call.status == 484):
            continue
        says_format = final.q850 == INVALID_FORMAT or bool(_ABOUT_FORMAT.search(_without_phrase(final)))
        if call.status not in _NUMBER_STATUSES and not (
            says_format and call.status in (400, 403, 416, 500, 503)
        ):
            continue
        if final.q850 == UNALLOCATED or len(number.strip("+")) < _SHORTEST:
            continue
        if any(_same_form(number, good.request.called_number) for good in reading.reached):
            continue
        wanted = _wanted_form(reading, number, is_sure=call.status == 484 or says_format)
        if wanted is None and not says_format and call.status != 484:
            continue
        configured = reading.config.text("number_form")
        if configured and wanted is None and not says_format:
            continue
        if configured == "+E164" and wanted == "+E164" and number.startswith("+"):
            continue
        return found(
            "number_form",
            call.invite.outcome,
            field="number_form",
            value=wanted,
            number=number,
            wanted=wanted or "another form",
            status=call.status,
        )
    return None


def _without_phrase(final: Seen) -> str:
    """What a 484 says beside its usual phrase, which speaks of an incomplete address anyway."""
    return re.sub(r"address incomplete", "", final.complaint) if final.status == 484 else final.complaint


def _wanted_form(reading: Reading, number: str, *, is_sure: bool) -> str | None:
    """The form that the carrier uses itself, where it is another than that of the number.

    Where the refusal may as well mean a misdialled number, an account without plus proves nothing: carriers
    that name accounts so take numbers with a plus all the same.
    """
    shapes = [good.request.called_number for good in reading.reached]
    for call in reading.calls:
        if not call.is_out:
            shapes += [number_of(call.request.from_.user), number_of(call.request.uri_user)]
    if reading.login is not None and reading.login.last is not None and reading.login.last.final is not None:
        shapes += [number_of(party.user) for party in reading.login.last.final.parties("p-associated-uri")]
    account = number_of(reading.config.user)
    if is_sure or account.startswith(("+", "00")):
        shapes.append(account)
    for shape in shapes:
        if len(shape.strip("+")) < _SHORTEST:
            continue
        if shape.startswith("+") and not number.startswith("+"):
            return "+E164"
        if shape.startswith("00") and not number.startswith("00"):
            return "00"
        if not shape.startswith(("+", "0")) and number.startswith(("+", "00")):
            return "E164"
        if shape.startswith("0") and not shape.startswith("00") and number.startswith(("+", "00")):
            return "national"
    return None


@rule("X10", "balance", "account_blocked", "channels_used_up", "destination_barred", "call_forbidden")
def carrier_says_why(reading: Reading) -> Finding | None:
    """A refusal that speaks of money, a full trunk, a barred destination or a blocked account; 402; 403"""
    for call in reading.turned_down:
        final = call.final
        if final is None or call.status in (401, 407, 404, 484, 604, 488):
            continue
        if any(each.request.called_number == call.request.called_number for each in reading.reached):
            continue
        said, evidence = final.complaint, call.invite.outcome
        details: dict[str, Any] = {"status": call.status, "reason": final.reason}
        if call.status == 402 or _ABOUT_BALANCE.search(said):
            return found("balance", evidence, **details)
        if _ABOUT_CALLER.search(said) and call.status == 403:
            continue
        if re.search(r"suspend|blocked|disabled|inactive|account", said) and call.status in (403, 503):
            return found(
                "account_blocked",
                evidence,
                user=call.request.from_.user,
                domain=call.request.from_.host,
                **details,
            )
        if _ABOUT_CHANNELS.search(said):
            return found(
                "channels_used_up", evidence, field="max_calls", severity=Severity.WARNING, **details
            )
        if call.status == 403 and _ABOUT_BARRING.search(said):
            return found("destination_barred", evidence, number=call.request.called_number, **details)
    return None


@rule("X11", "identity_required")
def signed_caller_is_wanted(reading: Reading) -> Finding | None:
    """428, 436, 437 or 438: the carrier wants a signed caller (RFC 8224), or refuses the signature"""
    for call in reading.refused:
        if call.status in (428, 436, 437, 438):
            return found("identity_required", call.invite.outcome, status=call.status)
    return None


NUMBERS = (
    video_is_refused,
    user_phone_is_wanted,
    caller_is_not_ours,
    number_is_written_wrong,
    user_phone_may_be_wanted,
    signed_caller_is_wanted,
)
"""In the order they are asked. Video goes first: an IMS answers it with the 484 of a wrong number."""

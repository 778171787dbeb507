"""Rules I02, I05, I06, I09 and I10: calls that are refused, for what is offered or who asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.diagnosis.dialogs import CallSeen, audio_of, offers_video
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.login_rules import forbidden_with_credentials, username_of
from app.diagnosis.logins import CHALLENGES, refusals_of
from app.diagnosis.number_rules import (
    caller_is_not_ours,
    callers_shown,
    carrier_says_why,
    user_phone_is_wanted,
)
from app.diagnosis.peers import same_number
from app.diagnosis.reading import Reading
from app.sdp.codec import codecs_of
from app.sdp.description import Media, SessionDescription

_LONG_ENOUGH = 4.0  # s
_MEDIA_REFUSED = (488, 606, 415, 406)


@rule("I02", "invite_login_refused", "invite_login_missing", "realm_differs", "password_missing")
def invite_is_challenged_again(reading: Reading) -> Finding | None:
    """401 or 407 to INVITE, again and again"""
    for call in reading.refused:
        if call.status not in CHALLENGES:
            continue
        evidence = [seen for each in call.invites for seen in each.outcome]
        refusals = refusals_of(call.invites)
        if refusals and (len(refusals) > 1 or refusals[-1].same_nonce or _was_given_up(call)):
            username = refusals[-1].username
            good = _registered_as(reading)
            if good and good != username:
                is_longer = good.partition("@")[0] == username
                field = "auth_user_with_domain" if is_longer else "auth_id"
                return found(
                    "invite_login_refused",
                    evidence,
                    field=field,
                    value=True if is_longer else good,
                    username=username,
                    good=good,
                )
            if reading.is_ims and "@" not in username and not good:
                return found(
                    "auth_user_form",
                    evidence,
                    field="auth_user_with_domain",
                    value=True,
                    username=username,
                    wanted=f"{username}@{reading.config.domain or 'domain'}",
                    status=call.status,
                )
            return found(
                "invite_login_refused", evidence, field="auth_id", username=username, good=good or "?"
            )
        if any(each.request.credentials for each in call.invites) or not _was_given_up(call):
            continue
        offered = call.final.challenges if call.final else ()
        realm = reading.config.text("realm")
        if reading.config.has_password is False:
            return found(
                "password_missing", evidence, field="password", realm=offered[0].realm if offered else ""
            )
        if realm and offered and all(each.realm != realm for each in offered):
            return found(
                "realm_differs", evidence, field="realm", value="", realm=offered[0].realm, wanted=realm
            )
        return found("invite_login_missing", evidence, field="password")
    return None


def _was_given_up(call: CallSeen) -> bool:
    """Whether the last refusal was acknowledged and no other INVITE followed."""
    final = call.final
    return final is not None and any(ack.cseq == final.cseq for ack in call.acks)


def _registered_as(reading: Reading) -> str:
    """The digest user that a REGISTER succeeded with."""
    login = reading.login
    if login is None or not login.is_registered:
        return ""
    return next((username_of(each) for each in reversed(login.attempts) if each.request.credentials), "")


@rule("R14", "auth_user_form", "password_refused", "account_blocked")
def invite_is_forbidden_after_login(reading: Reading) -> Finding | None:
    """As R14: 403 to an INVITE that carried an answer to the challenge"""
    if caller_is_not_ours.check(reading) or carrier_says_why.check(reading):
        return None
    for call in reading.refused:
        authorised = [each for each in call.invites if each.request.credentials]
        if call.status != 403 or not authorised or _registered_as(reading) == username_of(authorised[-1]):
            continue
        return forbidden_with_credentials(reading, call.invite, call.invites)
    return None


def _audio_codecs(described: SessionDescription | None) -> list[str]:
    audio = audio_of(described)
    return [] if audio is None else [each.name.upper() for each in codecs_of(audio) if each.is_voice]


def _theirs(reading: Reading, call: CallSeen) -> list[str]:
    """The codecs the other side has shown: in the refusal itself, else in any description of theirs."""
    said = [] if call.final is None or call.final.is_out else [call.final]
    for seen in [*said, *reversed(reading.seen)]:
        if not seen.is_out and (names := _audio_codecs(seen.sdp)):
            return names
    return []


@rule("I05", "no_common_codec")
def codecs_differ(reading: Reading) -> Finding | None:
    """488, 606, 415, or Warning 305: no codec in common"""
    for call in reversed(reading.calls):
        final = call.final
        if final is None or call.status not in _MEDIA_REFUSED or _other_reason(call):
            continue
        if call.is_out and call not in reading.refused:
            continue
        ours = _audio_codecs(call.request.sdp) if call.is_out else _configured(reading)
        theirs = _theirs(reading, call) if call.is_out else _audio_codecs(call.request.sdp)
        if ours and any(name in theirs for name in ours):
            continue
        return found(
            "no_common_codec",
            call.invite.outcome,
            field="codecs",
            value=",".join(dict.fromkeys(theirs)) or None,
            status=call.status,
            ours=", ".join(dict.fromkeys(ours)) or "?",
            theirs=", ".join(dict.fromkeys(theirs)) or "?",
        )
    return None


def _configured(reading: Reading) -> list[str]:
    return [name.partition("/")[0].upper() for name in reading.config.words("codecs")]


def _other_reason(call: CallSeen) -> bool:
    """Whether a refusal has to do with video, encryption, fax or the like rather than with codecs."""
    if call.is_out and offers_video(call.request.sdp):
        return True
    if _is_secure(audio_of(call.request.sdp)) is not None and _security_differs(call):
        return True
    said = call.final.complaint if call.final else ""
    return bool(
        re.search(r"srtp|savp|crypt|t\.?38|fax|caller|identity|bandwidth|address type|ipv6|video", said)
    )


def _is_secure(media: Media | None) -> bool | None:
    return None if media is None else "SAVP" in media.protocol.upper()


def _security_differs(call: CallSeen) -> bool:
    final = call.final
    if final is None:
        return False
    offered = _is_secure(audio_of(call.request.sdp))
    if offered:
        return True
    theirs = next((m for m in final.sdp.media if m.kind == "audio"), None) if final.sdp else None
    return _is_secure(theirs) is True or bool(re.search(r"srtp|savp|crypt|secure|encrypt", final.complaint))


@rule("I06", "encryption_differs")
def encryption_differs(reading: Reading) -> Finding | None:
    """488 or its kin, and one side wants RTP/SAVP, the other RTP/AVP"""
    for call in reversed(reading.calls):
        if call.status not in _MEDIA_REFUSED or (call.is_out and call not in reading.refused):
            continue
        offered = _is_secure(audio_of(call.request.sdp))
        if offered is None or not _security_differs(call):
            continue
        value = ("off" if offered else "required") if call.is_out else ("optional" if offered else "off")
        return found(
            "encryption_differs",
            call.invite.outcome,
            field="srtp",
            value=value,
            status=call.status,
            offered="RTP/SAVP" if offered else "RTP/AVP",
        )
    return None


@rule("I09", "call_not_answered_by_network")
def network_is_silent(reading: Reading) -> Finding | None:
    """INVITE, and nothing at all comes back"""
    for call in reversed(reading.calls):
        invite = call.invite
        if not call.is_out or not invite.is_silent or call.invites[0] is not invite:
            continue
        waited = invite.duration
        if invite.request.time is not None and reading.last_time is not None:
            waited = max(waited, reading.last_time - invite.request.time)
        if waited < _LONG_ENOUGH or not any(each.answers for each in reading.ours):
            continue  # where nothing is answered at all, R03 says so
        return found("call_not_answered_by_network", invite.messages, host=invite.request.peer.host)
    return None


@rule("I09", "called_party_silent")
def phone_is_silent(reading: Reading) -> Finding | None:
    """408, 480 or 487 of the carrier: nobody answered"""
    for call in reversed(reading.calls):
        if call.is_out and call.status in (408, 480, 486, 600, 603):
            return found(
                "called_party_silent",
                call.invite.outcome,
                severity=Severity.INFO,
                status=call.status,
                reason=call.final.reason if call.final else "",
            )
    return None


_DID_HEADERS = (
    ("p-called-party-id", "p_called_party_id"),
    ("to", "to"),
    ("p-preferred-identity", "ppi"),
    ("diversion", "diversion"),
)


@rule("I10", "did_elsewhere")
def number_dialled_stands_elsewhere(reading: Reading) -> Finding | None:
    """A call comes in: the Request-URI names the account, another header the number dialled"""
    for call in reversed(reading.calls):
        if call.is_out or not reading.config.user:
            continue
        request = call.request
        account = request.uri_user
        if not any(account.lower() == own.lower() for own in _accounts(reading)):
            continue
        source = reading.config.text("did_source").lower()
        read_anyway = {"p_called_party_id"} if source in ("", "auto") else {source}
        for header, name in _DID_HEADERS:
            number = request.party(header).user
            if (
                len(number.strip("+")) < 4
                or not re.fullmatch(r"\+?\d+", number)
                or same_number(number, account)
            ):
                continue
            if name in read_anyway:
                return None
            if header == "p-preferred-identity" and number in (request.from_.user,):
                continue
            return found(
                "did_elsewhere",
                [request],
                field="did_source",
                value=name,
                severity=Severity.WARNING if call.is_answered else Severity.ERROR,
                account=account,
                number=number,
                header={"to": "To"}.get(header, header.title().replace("-Id", "-ID")),
            )
    return None


def _accounts(reading: Reading) -> set[str]:
    """Names the carrier may call us by: the account, and the user part of our Contact."""
    names = {reading.config.user.partition("@")[0]}
    if reading.login is not None:
        for each in reading.login.attempts:
            names |= {str(getattr(contact.uri, "user", "")) for contact in each.request.contacts}
    return {name for name in names if name}


@rule("X12", "call_forbidden")
def forbidden_for_no_said_reason(reading: Reading) -> Finding | None:
    """403 to an INVITE that was never challenged, from a caller that is ours"""
    if any(each.check(reading) for each in (caller_is_not_ours, carrier_says_why, user_phone_is_wanted)):
        return None
    for call in reading.refused:
        if call.status != 403 or call.final is None or any(each.request.credentials for each in call.invites):
            continue
        if any(each.request.called_number for each in reading.reached):
            continue
        return found(
            "call_forbidden",
            call.invite.outcome,
            reason=call.final.reason,
            shown=", ".join(_known(callers_shown(call.request))),
        )
    return None


def _known(names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name]


@rule("X13", "carrier_call_trouble")
def carrier_cannot_place_calls(reading: Reading) -> Finding | None:
    """5xx to our INVITE, and no other way worked"""
    if carrier_says_why.check(reading):
        return None
    for call in reading.refused:
        if (
            call.status not in (500, 502, 503, 504)
            or call.final is None
            or call.final.q850 in (17, 18, 19, 21)
        ):
            continue
        if re.search(r"cseq|caller|identity", call.final.complaint) or call in reading.reached:
            continue
        wait = call.final.seconds("retry-after")
        return found(
            "carrier_call_trouble",
            call.invite.outcome,
            severity=Severity.WARNING,
            status=call.status,
            reason=call.final.reason,
            wait=wait if wait is not None else "?",
        )
    return None


@rule("R17", "cseq_complaint")
def cseq_of_call_is_refused(reading: Reading) -> Finding | None:
    """As R17: 400 or 500 to a call, with a text or header that speaks of CSeq"""
    for call in reading.refused:
        if call.final is not None and call.status in (400, 500) and "cseq" in call.final.complaint:
            return found("cseq_complaint", call.invite.outcome, said=call.final.reason)
    return None


@rule("X14", "use_proxy", "alternative_service")
def call_is_sent_elsewhere(reading: Reading) -> Finding | None:
    """305 Use Proxy, or 380 Alternative Service, to our INVITE"""
    for call in reversed(reading.calls):
        if not call.is_out or call.final is None:
            continue
        if call.status == 305:
            contacts = call.final.contacts
            host = str(getattr(contacts[0].uri, "host", "")) if contacts else ""
            return found(
                "use_proxy", call.invite.outcome, field="proxy", value=host or None, target=host or "?"
            )
        if call.status == 380:
            return found("alternative_service", call.invite.outcome)
    return None


@rule("X15", "method_refused")
def calls_are_not_taken(reading: Reading) -> Finding | None:
    """405 or 501 to INVITE: this server takes no calls"""
    for call in reading.refused:
        if call.status in (405, 501):
            field = reading.config.server_field
            return found("method_refused", call.invite.outcome, field=field, status=call.status)
    return None


CALLS = (
    invite_is_challenged_again,
    invite_is_forbidden_after_login,
    encryption_differs,
    codecs_differ,
    network_is_silent,
    phone_is_silent,
    number_dialled_stands_elsewhere,
    carrier_says_why,
    forbidden_for_no_said_reason,
    cseq_of_call_is_refused,
    carrier_cannot_place_calls,
    call_is_sent_elsewhere,
    calls_are_not_taken,
)
"""In the order they are asked."""

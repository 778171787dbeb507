"""Rules I07, I08 and their kin: calls that stand, and fall when they should not."""

from __future__ import annotations

import re
from typing import Final

from app.diagnosis.dialogs import CallSeen, audio_of
from app.diagnosis.exchanges import Exchange
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.messages import Seen
from app.diagnosis.peers import is_private, is_public, split_port
from app.diagnosis.reading import Reading
from app.sdp.codec import codecs_of
from app.sip.uri import SipUri

_REPEATED: Final = 4  # 2xx so often without ACK is no accident: 0, 0.5, 1.5, 3.5 s (RFC 3261 13.3.1.4)
_TIMER_H: Final = (28.0, 40.0)  # s: when a side gives up waiting for ACK
_MOST_GLARES: Final = 3


def _first_and_last_answer(call: CallSeen) -> tuple[Seen | None, Seen | None, int]:
    accepted = [seen for seen in call.invite.answers if 200 <= seen.status < 300]
    return (accepted[0], accepted[-1], len(accepted)) if accepted else (None, None, 0)


def _dropped_at(call: CallSeen, answer: Seen | None) -> float | None:
    """Seconds from the answer to the first BYE."""
    return call.seconds(answer, call.byes[0].request) if call.byes else None


def _acknowledged(call: CallSeen) -> bool:
    numbers = {each.request.cseq for each in call.invites}
    return any(ack.cseq in numbers for ack in call.acks)


@rule("I07", "ack_not_received", "ack_not_delivered")
def acknowledgement_is_lost(reading: Reading) -> Finding | None:
    """200 OK repeated and no ACK, and a BYE near 32 s"""
    for call in reversed(reading.calls):
        first, last, count = _first_and_last_answer(call)
        if first is None or last is None:
            continue
        dropped = _dropped_at(call, first)
        at_timer_h = dropped is not None and _TIMER_H[0] <= dropped <= _TIMER_H[1]
        evidence = [seen for seen in call.invite.answers if 200 <= seen.status < 300]
        evidence += [each.request for each in call.byes]
        if not call.is_out:
            if _acknowledged(call) or not (count >= _REPEATED or (count > 1 and at_timer_h)):
                continue
            place = _contact_place(first)
            field = "public_address" if is_private(place) or not place else None
            value = reading.public_host if field and is_public(reading.public_host) else None
            return found("ack_not_received", evidence, field=field, value=value, contact=place or "?")
        went_on = dropped is not None and dropped > _TIMER_H[1]
        if (
            count >= _REPEATED
            and _acknowledged(call)
            and not went_on
            and (at_timer_h or count > _REPEATED + 1)
        ):
            target = _contact_place(first)
            return found("ack_not_delivered", [*evidence, *call.acks], contact=target or "?")
    return None


def _contact_place(seen: Seen) -> str:
    uri = seen.contacts[0].uri if seen.contacts else None
    return split_port(uri.host)[0] if isinstance(uri, SipUri) else ""


@rule("I08", "session_timer_ran_out", "session_refresh_refused")
def session_timer_ends_call(reading: Reading) -> Finding | None:
    """The call ends at its Session-Expires time, and nothing refreshed it"""
    for call in reversed(reading.calls):
        answer = call.final
        if not call.is_answered or answer is None or not call.byes:
            continue
        seconds = answer.session_expires or call.request.session_expires
        lasted = _dropped_at(call, answer)
        bye = call.byes[0].request
        says_so = bool(
            re.search(
                r"session.{0,3}(?:timer|expir|timeout|interval)", bye.complaint + bye.header("reason").lower()
            )
        )
        refused = [each for each in call.changes if each.status >= 400 and each.status != 491]
        refreshed = [each for each in call.changes if 200 <= each.status < 300]
        is_on_time = (
            seconds is not None
            and lasted is not None
            and seconds - max(32.0, seconds / 3) - 3 <= lasted <= seconds + 5
        )
        if refused and (is_on_time or says_so) and not refreshed:
            evidence = [answer, *refused[-1].outcome, bye]
            return found(
                "session_refresh_refused",
                evidence,
                field="session_timer",
                value=False,
                status=refused[-1].status,
                seconds=seconds or "?",
            )
        if refreshed or not (is_on_time or says_so):
            continue
        return found(
            "session_timer_ran_out",
            [answer, bye],
            field="session_timer",
            value=False,
            seconds=seconds if seconds is not None else "?",
        )
    return None


@rule("X16", "session_too_short")
def session_interval_is_too_small(reading: Reading) -> Finding | None:
    """422 to INVITE, and no second INVITE with the Min-SE asked for"""
    for call in reading.refused:
        if call.status == 422 and call.final is not None:
            least = call.final.seconds("min-se")
            return found(
                "session_too_short",
                call.invite.outcome,
                field="session_timer",
                value=False,
                least=least or "?",
            )
    return None


@rule("X17", "answer_without_sdp", "answer_not_offered")
def answer_does_not_fit(reading: Reading) -> Finding | None:
    """200 to an INVITE with an offer has no session description, or a codec that was not offered"""
    for call in reversed(reading.calls):
        offer, answer = call.request.sdp, call.final
        if not call.is_answered or answer is None or offer is None:
            continue
        described = next(
            (seen.sdp for seen in reversed([*call.invite.provisionals, answer]) if seen.sdp is not None), None
        )
        if described is None:
            if answer.message is not None and answer.message.body.strip():
                continue  # a description we could not read
            return found("answer_without_sdp", call.invite.outcome, who="carrier" if call.is_out else "us")
        offered, answered = audio_of(offer), audio_of(described)
        if offered is None or answered is None:
            continue
        known = {each.key for each in codecs_of(offered)}
        strange = [each.name for each in codecs_of(answered) if each.is_voice and each.key not in known]
        usual = [each for each in codecs_of(answered) if each.is_voice and each.key in known]
        if strange and not usual and call.is_out:
            return found(
                "answer_not_offered",
                call.invite.outcome,
                field="codecs",
                theirs=", ".join(strange),
                ours=", ".join(sorted(name for name, _, _ in known)),
            )
    return None


@rule("X18", "change_refused", "fax_refused")
def change_is_refused(reading: Reading) -> Finding | None:
    """A change of a standing call (hold, fax) is refused for good"""
    if session_timer_ends_call.check(reading):
        return None
    for call in reversed(reading.calls):
        for each in reversed(call.changes):
            request = each.request
            if request.sdp is None or each.status not in (488, 415, 405, 501, 606, 500, 481):
                continue
            if any(m.kind == "image" or "t38" in " ".join(m.formats).lower() for m in request.sdp.media):
                return found("fax_refused", each.outcome, severity=Severity.WARNING, status=each.status)
            if _is_followed_by_success(call, each):
                continue
            return found(
                "change_refused",
                each.outcome,
                severity=Severity.WARNING,
                status=each.status,
                who="The carrier" if each.is_out else "OpenMSS",
            )
    return None


def _is_followed_by_success(call: CallSeen, exchange: Exchange) -> bool:
    later = call.changes[call.changes.index(exchange) + 1 :]
    return any(200 <= each.status < 300 for each in later)


@rule("X19", "glare_for_ever")
def glare_does_not_end(reading: Reading) -> Finding | None:
    """491 to three changes in a row, and none succeeds"""
    for call in reversed(reading.calls):
        glares = [each for each in call.changes if each.status == 491]
        if len(glares) >= _MOST_GLARES and not _is_followed_by_success(call, glares[-1]):
            return found(
                "glare_for_ever",
                [seen for each in glares for seen in each.outcome],
                severity=Severity.WARNING,
                count=len(glares),
            )
    return None


@rule("X20", "prack_missing")
def reliable_answer_is_not_confirmed(reading: Reading) -> Finding | None:
    """A provisional answer with Require: 100rel is repeated, and no PRACK follows"""
    for call in reversed(reading.calls):
        reliable = [
            seen
            for seen in call.invite.provisionals
            if "100rel" in seen.options("require") and seen.header("rseq")
        ]
        pracks = [each for each in call.others if each.method == "PRACK"]
        repeated = len(reliable) > len({seen.header("rseq") for seen in reliable}) + 1
        if not reliable or pracks or call.is_answered or not (repeated or call.status >= 400):
            continue
        if call.is_cancelled and not repeated:
            continue
        if call.is_out:
            return found("prack_missing", [call.request, *reliable], field="rel100", value="supported")
        return found("prack_missing", [call.request, *reliable], field="rel100", value="off")
    return None


@rule("X21", "dropped_at_once")
def call_ends_as_it_begins(reading: Reading) -> Finding | None:
    """The other side ends the call within two seconds of the answer, for a reason other than normal"""
    for call in reversed(reading.calls):
        if not call.is_answered or not call.byes or call.byes[0].is_out:
            continue
        lasted = _dropped_at(call, call.final)
        bye = call.byes[0].request
        cause = bye.q850
        if lasted is None or lasted > 2.0 or cause in (0, 16, 17, 18, 19):
            continue
        return found(
            "dropped_at_once",
            [*call.invite.outcome, bye],
            severity=Severity.WARNING,
            cause=cause,
            reason=bye.header("reason"),
        )
    return None


@rule("X22", "answers_not_received")
def contact_is_out_of_reach(reading: Reading) -> Finding | None:
    """The carrier repeats an INVITE again and again although we answer it"""
    for call in reversed(reading.calls):
        if call.is_out or not call.invite.copies or len(call.invite.copies) < _REPEATED:
            continue
        if call.is_answered or not call.invite.answers:
            continue
        answers = [seen for seen in call.invite.answers if seen.status >= 100]
        if len(answers) > _REPEATED and call.status < 300:
            return found("answers_not_received", call.invite.messages, host=call.request.peer.host)
    return None


DIALOGS = (
    acknowledgement_is_lost,
    session_timer_ends_call,
    session_interval_is_too_small,
    answer_does_not_fit,
    change_is_refused,
    glare_does_not_end,
    reliable_answer_is_not_confirmed,
    call_ends_as_it_begins,
    contact_is_out_of_reach,
)
"""In the order they are asked."""

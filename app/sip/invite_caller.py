"""The caller's side of an INVITE: forks, provisional answers, the 2xx and its ACK, CANCEL (RFC 3261 13.2,
9.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sip.acknowledgement import Acknowledgement
from app.sip.body import sdp_of
from app.sip.client_request import ClientRequest, uri_of_route
from app.sip.dialog import Dialog
from app.sip.draft import Draft, header_lines
from app.sip.errors import MessageError
from app.sip.events import Accepted, EndCause, OfferReceived, Progressed, Rejected
from app.sip.invite_end import announce, bye
from app.sip.invite_state import OwedAnswer, OwedIn, Role, SessionIn, SessionState
from app.sip.message import Request, Response, parse
from app.sip.offer_answer import Said, Turn
from app.sip.status import reason_phrase
from app.sip.tokens import new_tag
from app.sip.transaction import In
from app.sip.uri import SipUri, parse_uri

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.invite import InviteSession
    from app.sip.outgoing import Headers, OutgoingInvite

_MOST_INTERVAL_RETRIES = 3


def start(session: InviteSession, order: OutgoingInvite, now: float) -> None:
    """Send the INVITE of a new session."""
    core = session.core
    uri = str(order.uri)
    settings = core.settings
    session.credentials = order.credentials
    session.contact_user = order.contact_user
    session.wants_pin = order.pin_flow
    session.local_sdp = order.sdp
    session.asked_seconds = (
        settings.session_expires if order.session_expires is None else order.session_expires
    )
    session.head_lines = header_lines(order.headers)
    wanted = {"100rel": order.rel100, "timer": order.session_expires != 0}
    supported = [tag for tag in settings.supported if wanted.get(tag, True)]
    supported_line = f"Supported: {', '.join(supported)}\r\n" if supported else ""
    session.head_lines += f"{core.allow_line}{supported_line}{core.agent_line}"
    if order.require_100rel:
        session.head_lines += "Require: 100rel\r\n"
    to = str(order.to)
    session.remote_text = _address_of(to)
    draft = Draft(
        "INVITE",
        uri,
        from_=f"{order.from_};tag={session.local_tag}",
        to=to,
        call_id=session.call_id,
        cseq=settings.first_cseq,
        max_forwards=order.max_forwards or settings.max_forwards,
        route_lines="".join([f"Route: {route}\r\n" for route in order.route]),
        lines=session.head_lines + _interval_lines(session.asked_seconds, settings.min_se),
        contact_user=order.contact_user,
        body=order.sdp or b"",
        content_type=order.content_type,
        outlet=order.outlet,
    )
    session.sent = ClientRequest(core, draft, session, credentials=order.credentials)
    core.usages.add(session)
    session.sent.send(order.flows, order.hop or hop_of(uri, order.route), now)


def new_session(core: Core, order: OutgoingInvite) -> tuple[Core, Role, str, str, None]:
    """Choose what identifies a new call: the arguments of its InviteSession."""
    return core, Role.CALLER, order.call_id or core.new_call_id(), new_tag(), None


def hop_of(uri: str, route: tuple[str, ...]) -> SipUri | None:
    """Say whom to look up: the first Route, else the Request-URI; None = nobody we could send to."""
    if route:
        return uri_of_route(route[0])
    try:
        parsed = parse_uri(uri)
    except MessageError:
        return None
    return parsed if isinstance(parsed, SipUri) else None


def request_of(session: InviteSession) -> Request:
    """Return our INVITE as a message, read back from what was sent."""
    if session.request_text is None:
        sent = session.sent
        if sent is not None and sent.transaction is not None:
            parsed = parse(sent.transaction.data)
            if isinstance(parsed, Request) and parsed.method == "INVITE":
                session.request_text = parsed
                return parsed
        draft = sent.draft if sent is not None else None
        return Request("INVITE", draft.uri if draft is not None else "sip:invalid")
    return session.request_text


def _address_of(text: str) -> str:
    start_ = text.find("<")
    return text[start_ + 1 : text.find(">", start_)] if start_ >= 0 else text.partition(";")[0].strip()


def _interval_lines(seconds: int, least: int) -> str:
    if not seconds:
        return ""
    least_line = f"Min-SE: {least}\r\n" if least > 90 else ""
    return f"Session-Expires: {max(seconds, least)}\r\n{least_line}"


def on_final(session: InviteSession, response: Response | None, status: int, now: float) -> None:
    """Take a final answer, the first or a repeated or forked 2xx."""
    if response is None:
        session.step(SessionIn.FAILURE, now, (None, status))
    elif status >= 300:
        if not _try_larger_interval(session, response, now):
            session.step(SessionIn.FAILURE, now, (response, status))
    elif not session.step(SessionIn.SUCCESS, now, response):
        _repeat_ack(session, response, now)


def _try_larger_interval(session: InviteSession, response: Response, now: float) -> bool:
    """After 422 ask again with the interval the peer wants (RFC 4028 7.3)."""
    sent = session.sent
    if (
        response.status != 422
        or sent is None
        or session.state not in (SessionState.CALLING, SessionState.PROCEEDING)
    ):
        return False
    try:
        least = response.min_se or 0
    except MessageError:
        return False
    tries = sent.draft.cseq - session.core.settings.first_cseq
    if least <= session.asked_seconds or least > 2**31 or tries > _MOST_INTERVAL_RETRIES + 1:
        return False
    session.asked_seconds = least
    sent.draft.lines = f"{session.head_lines}Session-Expires: {least}\r\nMin-SE: {least}\r\n"
    session.state = SessionState.CALLING
    sent.send_again(now)
    return True


def _fork(session: InviteSession, response: Response) -> Dialog | None:
    """Find or make the early dialog of a response; None where it has no tag."""
    tag = response.to_tag
    sent = session.sent
    if not tag or sent is None or sent.transaction is None:
        return None
    dialog = session.forks.get(tag)
    if dialog is None:
        flow = sent.transaction.flow
        dialog = Dialog.of_response(sent.draft, session.local_tag, response, flow, session)
        dialog.is_pinned = dialog.is_pinned or session.wants_pin
        if session.local_sdp is not None:
            dialog.turn.step(Said.OFFER_SENT, 0.0)
        session.forks[tag] = dialog
        session.core.dialogs[dialog.key] = dialog
    return dialog


def tell_progress(session: InviteSession, now: float, response: Response) -> None:
    """Take a 101-199: reliable ones in their order, with PRACK (RFC 3262 4)."""
    if response.status == 100:
        return
    try:
        dialog = _fork(session, response)
        sdp = sdp_of(response)
        rseq = response.rseq if "100rel" in response.require else None
    except MessageError:
        return
    if dialog is None:
        session.core.events.append(Progressed(session, response.status, response.reason, None, response))
        return
    if rseq is not None:
        if dialog.last_rseq and rseq != dialog.last_rseq + 1:
            return  # a repetition, or one whose predecessor is on the way
        dialog.last_rseq = rseq
    session.dialog = dialog
    dialog.refresh_target(response)
    turn = dialog.turn
    events = session.core.events
    if rseq is None or sdp is None or turn.is_negotiated:
        shown = sdp if turn.state is Turn.AWAITING_ANSWER else None  # the preview of the answer: early media
        if shown is not None:
            session.remote_sdp = shown
        events.append(Progressed(session, response.status, response.reason, shown, response))
        if rseq is not None:
            send_prack(session, dialog, rseq, None, now)
    elif turn.step(Said.ANSWER_RECEIVED, now):
        session.remote_sdp = sdp
        events.append(Progressed(session, response.status, response.reason, sdp, response))
        send_prack(session, dialog, rseq, None, now)
    else:
        turn.step(Said.OFFER_RECEIVED, now)
        session.remote_sdp = sdp
        session.owed = OwedAnswer(OwedIn.PRACK, dialog, None, rseq, sdp)
        events.append(Progressed(session, response.status, response.reason, None, response))
        events.append(OfferReceived(session, sdp, False))


def send_prack(session: InviteSession, dialog: Dialog, rseq: int, sdp: bytes | None, now: float) -> None:
    """Acknowledge a reliable 1xx. What is answered is of no interest: carriers are known to refuse it with
    405.
    """
    sent = session.sent
    number = sent.draft.cseq if sent is not None else 1
    draft = dialog.draft(
        session.core,
        "PRACK",
        lines=f"RAck: {rseq} {number} INVITE\r\n",
        body=sdp or b"",
        content_type="application/sdp",
    )
    ClientRequest(session.core, draft, None, dialog=dialog, credentials=session.credentials).send_in(
        dialog, now
    )


def establish(session: InviteSession, now: float, response: Response) -> None:
    """Take the first 2xx: its dialog is the session's; ACK, unless the answer is still to be made."""
    core = session.core
    try:
        dialog = _fork(session, response)
        sdp = sdp_of(response)
        routes = tuple(reversed(response.get_all("record-route")))
    except MessageError:
        dialog, sdp, routes = session.dialog, None, ()
    if dialog is None:  # a 2xx without tag (RFC 2543)
        dialog = _untagged(session, response)
    for other in session.forks.values():
        if other is not dialog:
            core.dialogs.pop(other.key, None)
    session.forks = {}
    session.dialog = dialog
    core.dialogs[dialog.key] = dialog
    dialog.refresh_target(response)
    if routes:
        dialog.set_routes(routes)
    turn = dialog.turn
    is_offer = False
    if turn.state is Turn.AWAITING_ANSWER:
        if sdp is None:
            sdp = session.remote_sdp  # some send it in 183 only
        if sdp is not None:
            turn.step(Said.ANSWER_RECEIVED, now)
    elif turn.state is Turn.QUIET and not turn.is_negotiated and sdp is not None:
        is_offer = turn.step(Said.OFFER_RECEIVED, now)
    elif turn.is_negotiated:
        sdp = session.remote_sdp
    session.remote_sdp = sdp
    session.owed = None
    if session.asked_seconds or response.session_expires is not None:
        session.watch.follow_response(response, now)
    core.events.append(Accepted(session, sdp, is_offer, response))
    if is_offer:
        session.owed = OwedAnswer(OwedIn.ACK, dialog, None, response.cseq.number, sdp)
    else:
        acknowledge(session, dialog, response.cseq.number, None, now)
        session.step(SessionIn.ACK_SENT, now)


def _untagged(session: InviteSession, response: Response) -> Dialog:
    sent = session.sent
    assert sent is not None and sent.transaction is not None  # noqa: PT018  a response has come
    dialog = Dialog.of_response(sent.draft, session.local_tag, response, sent.transaction.flow, session)
    dialog.is_pinned = dialog.is_pinned or session.wants_pin
    if session.local_sdp is not None:
        dialog.turn.step(Said.OFFER_SENT, 0.0)
    return dialog


def acknowledge(session: InviteSession, dialog: Dialog, cseq: int, sdp: bytes | None, now: float) -> None:
    """Send the ACK to a 2xx, and keep it for repetitions."""
    request = session.sent if session.change is None else session.change
    authorization = request.draft.authorization if request is not None else ""
    session.ack = Acknowledgement(session.core, dialog, cseq, authorization, sdp)
    session.ack.send(dialog, now)


def acknowledge_empty(session: InviteSession, now: float, _subject: object) -> None:
    """Acknowledge a 2xx whose offer nobody answers: BYE follows (RFC 3261 13.2.2.4)."""
    owed, session.owed = session.owed, None
    if owed is not None:
        acknowledge(session, owed.dialog, owed.number, None, now)


def _repeat_ack(session: InviteSession, response: Response, now: float) -> None:
    """A 2xx once more: from the same end our ACK was lost; from another fork it is one call too many."""
    tag = response.to_tag
    extra = session.extra_acks.get(tag)
    if extra is not None:
        extra.repeat()
    elif session.dialog is not None and tag == session.dialog.remote_tag:
        session.core.layer.counters.retransmissions_in += 1
        if session.ack is not None:
            session.ack.repeat()
    else:
        _drop_fork(session, response, now)


def _drop_fork(session: InviteSession, response: Response, now: float) -> Dialog | None:
    """Acknowledge and end a call that nobody wants (RFC 3261 13.2.2.4)."""
    try:
        dialog = session.forks.get(response.to_tag) or _fork(session, response)
    except MessageError:
        return None
    if dialog is None:
        return None
    session.core.dialogs.pop(dialog.key, None)
    session.forks.pop(dialog.remote_tag, None)
    dialog.refresh_target(response)
    sent = session.sent
    authorization = sent.draft.authorization if sent is not None else ""
    ack = Acknowledgement(session.core, dialog, response.cseq.number, authorization, None)
    session.extra_acks[dialog.remote_tag] = ack
    ack.send(dialog, now)
    draft = dialog.draft(session.core, "BYE", lines=session.core.agent_line)
    ClientRequest(session.core, draft, None, dialog=dialog, credentials=session.credentials).send_in(
        dialog, now
    )
    return dialog


def tell_rejected(session: InviteSession, _now: float, outcome: tuple[Response | None, int]) -> None:
    """Take the final refusal."""
    response, status = outcome
    reason = response.reason if response is not None else reason_phrase(status)
    session.core.events.append(Rejected(session, status, reason, response))
    announce(session, EndCause.REJECTED)


def stop_trying(session: InviteSession, now: float, _subject: object) -> None:
    """No further target and no answer to a challenge; where nothing was sent yet, that is all."""
    sent = session.sent
    if sent is None or sent.transaction is None:
        if sent is not None:
            sent.abandon()
        session.step(SessionIn.FAILURE, now)
    else:
        sent.settle()


def cancel(session: InviteSession, now: float, subject: object) -> None:
    """Send CANCEL, and wait for the final answer 64 * T1 at most (RFC 3261 9.1)."""
    sent = session.sent
    if sent is None or sent.transaction is None:
        return
    headers: Headers = subject if isinstance(subject, tuple) else session.kept_headers
    core = session.core
    core.layer.start_cancel(sent.transaction, headers, now)
    session.timer_cancel = core.timers.start(now + 64 * core.settings.t1, session, SessionIn.TIMER_CANCEL)


def give_up(session: InviteSession, now: float, _subject: object) -> None:
    """No final answer to the INVITE came after CANCEL."""
    sent = session.sent
    if sent is not None and sent.transaction is not None:
        sent.transaction.step(In.ABANDON, now)


def undo(session: InviteSession, now: float, response: Response) -> None:
    """The 2xx crossed our CANCEL: acknowledge, and BYE."""
    dialog = _drop_fork(session, response, now)
    if dialog is None:
        session.dialog = _untagged(session, response)
        acknowledge(session, session.dialog, response.cseq.number, None, now)
        bye(session, now, ())

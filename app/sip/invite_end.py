"""The end of a session: BYE, the one Ended event, and letting go of all it held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sip.answer_repeat import AckIn
from app.sip.answers import answer
from app.sip.client_request import ClientRequest
from app.sip.draft import Draft, header_lines
from app.sip.events import EndCause, Ended
from app.sip.reliable import RelIn
from app.sip.session_timer import WatchIn
from app.sip.transaction import In, State

if TYPE_CHECKING:
    from app.sip.invite import InviteSession
    from app.sip.message import Request
    from app.sip.outgoing import Headers


def draft_in_dialog(
    session: InviteSession,
    method: str,
    lines: str = "",
    body: bytes = b"",
    content_type: str = "",
    **options: bool,
) -> Draft:
    """Write a request inside the session's dialog; one that can go nowhere if there is none."""
    if session.dialog is not None:
        return session.dialog.draft(
            session.core, method, lines=lines, body=body, content_type=content_type, **options
        )
    return Draft(method, "sip:invalid", from_="", to="", call_id=session.call_id, cseq=1, max_forwards=0)


def bye(session: InviteSession, now: float, headers: object) -> None:
    """Send BYE; its outcome changes nothing any more (RFC 3261 15.1.1)."""
    dialog = session.dialog
    if dialog is None:
        return
    extra = headers if isinstance(headers, tuple) else ()
    draft = dialog.draft(session.core, "BYE", lines=header_lines(extra) + session.core.agent_line)
    ClientRequest(session.core, draft, None, dialog=dialog, credentials=session.credentials).send_in(
        dialog, now
    )


def keep_headers(session: InviteSession, _now: float, headers: Headers) -> None:
    """Keep the headers of the BYE that has to wait."""
    session.kept_headers = headers


def bye_kept(session: InviteSession, now: float, _subject: object) -> None:
    """Send the BYE that had to wait."""
    bye(session, now, session.kept_headers)


def announce(session: InviteSession, cause: EndCause, request: Request | None = None) -> None:
    """Tell Ended, once."""
    if not session.is_announced:
        session.is_announced = True
        session.core.events.append(Ended(session, cause, request))


def announce_local(session: InviteSession, _now: float, _subject: object) -> None:
    """It was us."""
    announce(session, EndCause.LOCAL)


def announce_bye(session: InviteSession, _now: float, request: Request) -> None:
    """It was the peer."""
    announce(session, EndCause.REMOTE_BYE, request)


def announce_cancelled(session: InviteSession, _now: float, _request: object) -> None:
    """The caller gave up."""
    announce(session, EndCause.CANCELLED)


def announce_no_ack(session: InviteSession, _now: float, _subject: object) -> None:
    """The peer does not acknowledge."""
    announce(session, EndCause.NO_ACK)


def announce_expired(session: InviteSession, _now: float, _subject: object) -> None:
    """Nobody refreshed."""
    announce(session, EndCause.SESSION_EXPIRED)


def announce_flow_gone(session: InviteSession, _now: float, _subject: object) -> None:
    """The way to the peer is gone."""
    announce(session, EndCause.FLOW_GONE)


def announce_lost(session: InviteSession, _now: float, status: int) -> None:
    """A request inside the dialog found nobody: 503 of our own is the way, the rest the peer."""
    announce(session, EndCause.FLOW_GONE if status == 503 else EndCause.PEER_GONE)


def close(session: InviteSession, now: float, _subject: object) -> None:
    """Let go of dialogs, timers and unanswered requests; what is on the wire ends by itself."""
    core = session.core
    for dialog in (session.dialog, *session.forks.values()):
        if dialog is not None:
            core.dialogs.pop(dialog.key, None)
    session.forks = {}
    timers = core.timers
    timers.cancel(session.timer_cancel)
    timers.cancel(session.timer_ringing)
    timers.cancel(session.timer_expires)
    timers.cancel(session.timer_change)
    session.watch.step(WatchIn.STOP, now)
    if session.repeat is not None:
        session.repeat.step(AckIn.STOP, now)
    if session.reliable is not None:
        session.reliable.step(RelIn.CLOSE, now)
    if session.server_change is not None:
        answer(session.server_change, 487, now)  # RFC 3261 15.1.2
        session.server_change = None
    owed, session.owed = session.owed, None
    if owed is not None and owed.transaction is not None and not owed.transaction.is_answered:
        answer(owed.transaction, 487, now)
    session.queued = None
    if session.change is not None:
        forsake(session.change, now)
    core.usages.discard(session)


def forsake(change: ClientRequest, now: float) -> None:
    """Wait for the answer to a re-INVITE of an ended session, to acknowledge it, but for 64 * T1 at most.

    After 100 the transaction has no timer of its own (RFC 3261 17.1.1.2), and a peer that has seen our BYE
    stops repeating its 2xx: without this one the transaction would never end.
    """
    transaction = change.transaction
    if transaction is None:
        change.abandon()
        return
    change.settle()
    if transaction.state is State.PROCEEDING and change.method == "INVITE" and transaction.timer_end is None:
        transaction.end_after(64 * transaction.layer.t1, In.ABANDON, now)

"""Where a request belongs: its transaction, its dialog, or a new beginning (RFC 3261 8.2, 9.2, 12.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sip.answers import answer, answer_once, overlap_lines
from app.sip.body import SDP, sdp_of
from app.sip.draft import header_lines
from app.sip.errors import MessageError
from app.sip.events import InviteReceived, RequestReceived
from app.sip.invite import InviteSession
from app.sip.invite_callee import watch_expires
from app.sip.invite_state import Role
from app.sip.session_timer import is_too_small
from app.sip.tokens import new_tag
from app.sip.transaction import In, State
from app.sip.transaction_layer import merge_key, server_key
from app.sip.validation import Refusal, refuse_unsupported, validate_request

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.flow import Flow
    from app.sip.message import Request
    from app.sip.server_transactions import ServerTransaction
    from app.sip.transaction_layer import Key

_INVITE_BODIES = (SDP, "multipart/mixed", "multipart/alternative", "multipart/related")
_NEEDS_DIALOG = frozenset({"BYE", "PRACK", "UPDATE", "INFO"})


class Reception:
    """The way of a request from the parser to whom it concerns."""

    __slots__ = ("core",)

    def __init__(self, core: Core) -> None:
        self.core = core

    def receive(self, request: Request, flow: Flow, now: float) -> None:
        """Take a parsed request. MessageError = a header that had to be read is malformed."""
        request.note_source(flow.remote)
        method = request.method
        key = server_key(request, "INVITE" if method == "ACK" else method)
        known = self.core.layer.servers.get(key)
        if method == "ACK":
            self._receive_ack(request, known, now)
            return
        if known is not None:
            known.step(In.REQUEST, now)
            return
        error = validate_request(request)
        if error is not None:
            raise error
        if method == "CANCEL":
            self._receive_cancel(request, key, flow, now)
        elif request.to_tag:
            self._receive_in_dialog(request, key, flow, now)
        else:
            self._receive_first(request, key, flow, now)

    def _receive_ack(self, request: Request, known: ServerTransaction | None, now: float) -> None:
        """An ACK to a failure belongs to the transaction, one to a 2xx to the dialog; none is answered."""
        if known is not None and known.state in (State.COMPLETED, State.CONFIRMED):
            # An RFC 2543 branch is not unique: there the tag decides (RFC 3261 17.2.3).
            if known.key[0] != "RFC 2543" or request.to_tag == known.to_tag:
                known.step(In.ACK, now)
            return
        dialog = self.core.dialogs.get((request.call_id, request.to_tag, request.from_tag))
        if dialog is not None and dialog.usage is not None:
            dialog.usage.on_ack(dialog, request, now)

    def _receive_cancel(self, request: Request, key: Key, flow: Flow, now: float) -> None:
        """RFC 3261 9.2: answer the CANCEL; the INVITE is answered by its session."""
        layer = self.core.layer
        invite = layer.servers.get(server_key(request, "INVITE"))
        if invite is None or invite.method != "INVITE":
            answer_once(request, key, flow, layer, 481)
            return
        transaction = layer.open_server(request, key, flow)
        user = invite.user
        tag = user.local_tag if isinstance(user, InviteSession) else new_tag()
        answer(transaction, 200, now, to_tag=tag)
        if isinstance(user, InviteSession) and not invite.is_answered:
            user.on_cancel(invite, request, now)

    def _receive_in_dialog(self, request: Request, key: Key, flow: Flow, now: float) -> None:
        core = self.core
        dialog = core.dialogs.get((request.call_id, request.to_tag, request.from_tag))
        method = request.method
        if dialog is None or dialog.usage is None:
            half = core.half_dialogs.get((request.call_id, request.to_tag)) if core.half_dialogs else None
            if half is not None:
                half.on_first_request(core.layer.open_server(request, key, flow), request, now)
            elif method not in ("OPTIONS", "REGISTER"):
                answer_once(request, key, flow, core.layer, 481)
            elif not self._turn_away(request, key, flow, now):
                transaction = core.layer.open_server(request, key, flow)
                core.events.append(RequestReceived(transaction, request, flow))
            return
        transaction = core.layer.open_server(request, key, flow)
        if not dialog.accepts_number(request.cseq.number):
            answer(transaction, 500, now, lines=overlap_lines(core))
            return
        if self._refuse(request, transaction, now):
            return
        if dialog.is_pinned:
            dialog.flow = flow
        if method == "INVITE":
            answer(transaction, 100, now)
        try:
            dialog.usage.on_request(dialog, transaction, request, now)
        except MessageError as error:
            answer(transaction, error.status or 400, now)

    def _receive_first(self, request: Request, key: Key, flow: Flow, now: float) -> None:
        core = self.core
        merged = core.layer.merged
        if merged and merge_key(request) in merged:
            answer_once(request, key, flow, core.layer, 482)  # RFC 3261 8.2.2.2
            return
        refusal = self._refusal(request)
        if refusal is not None:
            answer_once(request, key, flow, core.layer, refusal.status, header_lines(refusal.headers))
            return
        method = request.method
        if method in _NEEDS_DIALOG:
            answer_once(request, key, flow, core.layer, 481)
            return
        if self._turn_away(request, key, flow, now):
            return
        transaction = core.layer.open_server(request, key, flow)
        if method == "INVITE":
            self._receive_invite(request, transaction, flow, now)
        else:
            core.events.append(RequestReceived(transaction, request, flow))

    def _turn_away(self, request: Request, key: Key, flow: Flow, now: float) -> bool:
        """Ask the doorkeeper."""
        doorkeeper = self.core.doorkeeper
        refusal = doorkeeper.refuse(request, flow, now) if doorkeeper is not None else None
        if refusal is None:
            return False
        answer_once(request, key, flow, self.core.layer, refusal.status, header_lines(refusal.headers))
        return True

    def _receive_invite(
        self, request: Request, transaction: ServerTransaction, flow: Flow, now: float
    ) -> None:
        core = self.core
        answer(transaction, 100, now)
        least = core.settings.min_se
        try:
            sdp = sdp_of(request)
            too_small = is_too_small(request, least)
        except MessageError as error:
            answer(transaction, error.status or 400, now, to_tag=new_tag())
            return
        if too_small:
            answer(transaction, 422, now, to_tag=new_tag(), lines=f"Min-SE: {least}\r\n")
            return
        if request.max_forwards == 0:
            answer(transaction, 483, now, to_tag=new_tag())  # a B2BUA must not go round for ever (RFC 7332 5)
            return
        session = InviteSession(core, Role.CALLEE, request.call_id, new_tag(), flow)
        session.transaction = transaction
        session.remote_sdp = sdp
        session.asked_seconds = core.settings.session_expires
        uri = request.uri
        session.contact_user = getattr(uri, "user", "")
        transaction.user = session
        core.usages.add(session)
        watch_expires(session, now)
        core.events.append(InviteReceived(session, request, flow, sdp))

    def _refuse(self, request: Request, transaction: ServerTransaction, now: float) -> bool:
        """Refuse in a dialog what cannot be served."""
        refusal = self._refusal(request)
        if refusal is None:
            return False
        answer(transaction, refusal.status, now, lines=header_lines(refusal.headers))
        return True

    def _refusal(self, request: Request) -> Refusal | None:
        """Say why a request cannot be served (RFC 3261 8.2.1-8.2.3)."""
        settings = self.core.settings
        return refuse_unsupported(
            request,
            methods=settings.allow,
            extensions=settings.supported,
            body_types=_INVITE_BODIES if request.method in ("INVITE", "UPDATE", "PRACK") else (),
        )

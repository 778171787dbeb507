"""Where an INVITE session stands, what can happen to it, and what it may owe an answer to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.sip.dialog import Dialog
    from app.sip.server_transactions import ServerTransaction


class Role(StrEnum):
    """Who sent the INVITE."""

    CALLER = "caller"  # we did
    CALLEE = "callee"


class SessionState(StrEnum):
    """From the INVITE to the end."""

    CALLING = "CALLING"  # caller: nothing heard yet
    PROCEEDING = "PROCEEDING"  # caller: a provisional answer came
    ABANDONED = "ABANDONED"  # caller: given up; CANCEL waits for a provisional answer (RFC 3261 9.1)
    CANCELLING = "CANCELLING"  # caller: CANCEL is out
    ANSWERED = "ANSWERED"  # caller: 2xx came, its offer waits for our answer
    INCOMING = "INCOMING"  # callee: not answered
    ACCEPTED = "ACCEPTED"  # callee: 2xx is out, ACK is missing
    HANGING_UP = "HANGING_UP"  # callee: BYE waits for the ACK (RFC 3261 15)
    CONFIRMED = "CONFIRMED"
    ENDED = "ENDED"


class SessionIn(StrEnum):
    """What can happen to a session."""

    PROVISIONAL = "PROVISIONAL"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    ACK_SENT = "ACK_SENT"
    PROGRESS = "PROGRESS"  # our commands
    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    END = "END"
    ACK = "ACK"  # of the peer
    CANCEL = "CANCEL"
    BYE = "BYE"
    NO_ACK = "NO_ACK"
    LOST = "LOST"
    EXPIRED = "EXPIRED"
    TIMER_CANCEL = "TIMER_CANCEL"  # 64 * T1 after CANCEL (RFC 3261 9.1)
    TIMER_RINGING = "TIMER_RINGING"  # each minute (RFC 3261 13.3.1.1)
    TIMER_EXPIRES = "TIMER_EXPIRES"  # what the caller's Expires says (RFC 3261 13.3.1)
    TIMER_CHANGE = "TIMER_CHANGE"  # glare is over (RFC 3261 14.1)


class OwedIn(StrEnum):
    """What carries the answer to an offer of the peer (RFC 6337 1)."""

    ACK = "ACK"
    PRACK = "PRACK"
    RESPONSE = "RESPONSE"


class OwedAnswer(NamedTuple):
    """An offer of the peer that the layer above has been told of."""

    carrier: OwedIn
    dialog: Dialog
    transaction: ServerTransaction | None  # RESPONSE
    number: int  # ACK: the CSeq of the INVITE; PRACK: the RSeq
    sdp: bytes | None  # the offer; None = the peer asked us to make one

"""What a stack is told once: timer values, names and limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.sip.message import DEFAULT_LIMITS, Limits

ALLOWED_METHODS = (
    "INVITE",
    "ACK",
    "CANCEL",
    "BYE",
    "OPTIONS",
    "REGISTER",
    "PRACK",
    "UPDATE",
    "INFO",
    "MESSAGE",
    "REFER",
    "SUBSCRIBE",
    "NOTIFY",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackSettings:
    """Times are seconds. T1, T2, T4 as in RFC 3261 17.1.1.1 and 17.1.2.2."""

    t1: float = 0.5
    t2: float = 4.0
    t4: float = 5.0
    user_agent: str = "OpenMSS"
    max_forwards: int = 70
    limits: Limits = field(default=DEFAULT_LIMITS)
    allow: tuple[str, ...] = ALLOWED_METHODS  # other methods are answered 405
    supported: tuple[str, ...] = ("100rel", "timer")  # other Required options are answered 420
    session_expires: int = 1800  # what we ask for where the caller is able to (RFC 4028); 0 = do not ask
    min_se: int = 90  # RFC 4028 5: not below 90
    answer_for_silence: float = 2.0  # an INFO or MESSAGE in a dialog that nobody answered gets 200 after this
    ringing_repeat: float = 60.0  # RFC 3261 13.3.1.1: a provisional answer is repeated each minute
    first_cseq: int = 1  # CSeq of the first request of a dialog or registration (RFC 3261 8.1.1.5)
    call_id_host: str = ""  # what follows "@" in our Call-IDs; "" = no host (RFC 3261 8.1.1.4)
    register_refresh_at: float = 0.9  # of the lifetime a registrar granted
    register_retry_first: float = 30.0  # s after a registration failed, doubling (RFC 5626 4.5)
    register_retry_longest: float = 1800.0
    register_refused_wait: float = 600.0  # s after credentials were refused: who hurries is locked out
    seed: int | None = None  # of the random waits (491, back-off); None = unpredictable

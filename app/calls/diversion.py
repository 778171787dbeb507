"""That a call was sent on: by whom, why and where to; and how messages say it (RFC 5806)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# RFC 5806 4.2: why a call was diverted, in its words. A phone that answers 3xx deflects.
DEFLECTED = "deflected"
_WORDS = {
    "always": "unconditional",
    "busy": "user-busy",
    "no_answer": "no-answer",
    "offline": "unavailable",
    DEFLECTED: "deflection",
}


@dataclass(frozen=True, slots=True)
class Diversion:
    """One hop. `reason` is a MessageReason's value, or DEFLECTED; `to` a destination as configured."""

    by: str
    reason: str
    to: str

    def header(self, uri: str) -> tuple[str, str]:
        """The Diversion header that tells of it; `uri` is whose call it was, as the reader knows them."""
        return "Diversion", f"<{uri}>;reason={_WORDS.get(self.reason, 'unknown')};counter=1"


def headers_inside(diversions: Sequence[Diversion], host: str) -> tuple[tuple[str, str], ...]:
    """What a phone of ours is told: every hop, the latest first (RFC 5806 5.1)."""
    return tuple(each.header(f"sip:{each.by}@{host}") for each in reversed(diversions))

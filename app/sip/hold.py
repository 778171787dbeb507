"""A cheap look whether a session description puts the call on hold."""

from __future__ import annotations


def hints_hold(sdp: bytes | None) -> bool:
    """Whether the text says sendonly, inactive or 0.0.0.0 (RFC 3264 8.4); the SDP library knows it for
    certain.
    """
    return sdp is not None and (b"a=sendonly" in sdp or b"a=inactive" in sdp or b"c=IN IP4 0.0.0.0" in sdp)

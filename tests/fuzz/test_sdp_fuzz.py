"""A description or SdpError, never anything else; and what was read can be used."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from app.sdp.description import SdpError, SessionDescription, parse
from app.sdp.negotiation import (
    Capabilities,
    Codec,
    answer,
    audio_target,
    behind_nat,
    complete_answer,
    hold,
    keep_codecs,
    next_version,
    prefer_codecs,
    resume,
    through_relay,
)

OURS = Capabilities(host="192.0.2.1", port=12000, codecs=(Codec(0, "PCMU", 8000),), session_id=1)
HEAD = b"v=0\r\no=- 1 1 IN IP4 192.168.1.5\r\n"
pieces = st.sampled_from(
    [
        *(b"v=0", b"o=- 1 1 IN IP4 192.168.1.5", b"s=-", b"t=0 0"),
        *(b"c=IN IP4 192.168.1.5", b"c=IN IP6 ::", b"c=IN IP4 x/1/2"),
        *(
            b"m=audio 4000 RTP/AVP 0 96",
            b"m=audio 0 RTP/AVP",
            b"m=video 4000/2 RTP/AVP 31",
            b"m=audio 1 2",
            b"m=",
        ),
        *(
            b"a=rtpmap:96 telephone-event/8000",
            b"a=rtpmap:96",
            b"a=rtpmap:0 /8000",
            b"a=fmtp:96",
            b"a=rtcp:99999",
        ),
        *(b"a=sendonly", b"a=inactive", b"a=ptime:", b"a=maxptime:0", b"a=candidate", b"a=rtcp-mux", b"a="),
        *(b"\xff=\xff", b"a=\xff"),
    ]
)
bodies = st.lists(st.one_of(pieces, st.binary(max_size=12)), max_size=14).map(b"\n".join)


def use(description: SessionDescription) -> None:
    """Everything that is done with a foreign description."""
    assert parse(description.encode()) == description
    audio_target(description)
    behind_nat(description, "203.0.113.9")
    made = (
        hold(description),
        resume(description),
        answer(description, OURS),
        keep_codecs(description, ["PCMU"]),
        prefer_codecs(description, ["PCMU"]),
        through_relay(description, "192.0.2.1", 12000),
        complete_answer(description, description),
        next_version(description, 1, 1, "192.0.2.1"),
    )
    for each in made:
        assert len(each.media) == len(description.media)
        assert parse(each.encode()) == each


@given(st.binary(max_size=200))
def test_anything(data: bytes) -> None:
    with contextlib.suppress(SdpError):
        use(parse(data))


@given(bodies)
def test_pieces_of_descriptions(data: bytes) -> None:
    for candidate in (data, HEAD + data):
        with contextlib.suppress(SdpError):
            use(parse(candidate))

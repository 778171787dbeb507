from __future__ import annotations

import pytest

from app.calls.media import SdpOrigin
from app.calls.voice_codecs import DEFAULT_ORDER
from app.calls.voice_session import Unfit, VoiceSession
from app.sdp.codec import Codec
from app.sdp.description import SdpError, SessionDescription, parse
from app.sdp.target import audio_target
from app.sip.flow import Address
from tests.support.fake_voice import FakePort
from tests.support.phone import EVENTS, G729, OPUS, PCMA, PCMU, describe

OURS = "192.0.2.1"


def session(order: tuple[str, ...] = DEFAULT_ORDER) -> VoiceSession:
    return VoiceSession(FakePort(Address("10.0.0.1", 40_000)), SdpOrigin(OURS), OURS, lambda: order)  # type: ignore[arg-type]


def port_of(our: VoiceSession) -> FakePort:
    port: FakePort = our.port  # type: ignore[assignment]
    return port


def codecs(desc: SessionDescription) -> list[tuple[str, int]]:
    target = audio_target(desc)
    assert target is not None
    return [(codec.name, codec.payload_type) for codec in target.codecs]


def test_we_offer_our_codecs_at_the_address_the_phone_is_shown() -> None:
    our = session()
    offered = parse(our.offer())
    target = audio_target(offered)
    assert target is not None
    assert (target.host, target.port, target.ptime) == (OURS, 40_000, 20)
    assert [name for name, _ in codecs(offered)][:4] == ["opus", "G722", "PCMA", "PCMU"]
    assert not our.is_agreed
    our.take_answer(describe("10.0.0.2", 5000, codecs=(PCMA, EVENTS)))
    assert (our.codec, our.has_events, our.held) == ("PCMA", True, False)
    port = port_of(our)
    assert port.target is not None
    assert (port.target.host, port.target.port, port.codec.name) == ("10.0.0.2", 5000, "pcma")  # type: ignore[union-attr]


def test_we_answer_in_our_own_order_under_the_phones_numbers() -> None:
    our = session(("opus", "pcmu"))
    told = parse(our.answer(describe("10.0.0.2", 5000, codecs=(PCMU, G729, OPUS, EVENTS))))
    assert codecs(told) == [("opus", 111), ("PCMU", 0), ("telephone-event", 101)]
    port = port_of(our)
    assert port.codec is not None
    assert port.codec.name == "opus"
    assert port.target is not None
    assert [codec.payload_type for codec in port.target.incoming] == [111, 0, 101]


def test_a_codec_that_spares_transcoding_comes_first() -> None:
    our = session()
    our.prefer(("PCMU",))
    assert codecs(parse(our.answer(describe("10.0.0.2", 5000, codecs=(OPUS, PCMU)))))[0] == ("PCMU", 0)


def test_a_phone_may_answer_under_other_numbers_than_it_was_offered() -> None:
    our = session()
    our.offer()
    event = Codec(96, "telephone-event", 8000)
    our.take_answer(describe("10.0.0.2", 5000, codecs=(PCMU, event)))
    target = port_of(our).target
    assert target is not None
    assert target.telephone_event_pt == 96
    assert 101 in {codec.payload_type for codec in target.incoming if codec.is_telephone_event}


@pytest.mark.parametrize("way", ["sendonly", "inactive"])
def test_holding_and_coming_back(way: str) -> None:
    our = session()
    changes: list[bool] = []
    our.answer(describe("10.0.0.2", 5000))
    our.on_change = lambda: changes.append(our.held)
    told = parse(our.answer(describe("10.0.0.2", 5000, version=2, way=way)))
    answered = audio_target(told)
    assert answered is not None
    assert answered.direction.value == {"sendonly": "recvonly", "inactive": "inactive"}[way]
    our.answer(describe("10.0.0.2", 5000, version=3))
    assert changes == [True, False]
    assert parse(our.offer()).origin.session_id == told.origin.session_id


def test_video_keeps_its_place_in_what_we_say_later() -> None:
    our = session()
    pictures_first = parse(describe("10.0.0.2", 5000, video=True))
    swapped = SessionDescription(lines=pictures_first.lines, media=pictures_first.media[::-1])
    told = parse(our.answer(swapped.encode()))
    again = parse(our.offer())
    for desc in (told, again):
        assert [(media.kind, media.is_rejected) for media in desc.media] == [
            ("video", True),
            ("audio", False),
        ]


def test_what_has_nothing_in_common_changes_nothing() -> None:
    our = session()
    our.answer(describe("10.0.0.2", 5000))
    before = port_of(our).target
    for unfit in (describe("10.0.0.9", 5000, codecs=(G729,)), describe("10.0.0.9", 0)):
        with pytest.raises(Unfit):
            our.answer(unfit)
        with pytest.raises(Unfit):
            our.take_answer(unfit)
        assert not our.can_answer(unfit)
    with pytest.raises(SdpError):
        our.answer(b"nonsense")
    assert not our.can_answer(b"nonsense")
    assert port_of(our).target is before


def test_an_answer_nobody_asked_for_is_unfit() -> None:
    with pytest.raises(Unfit):
        session().take_answer(describe("10.0.0.2", 5000))

from __future__ import annotations

import pytest

from app.calls.outbound import ALL_SOUND, SoundRules
from app.calls.voice_codecs import DEFAULT_ORDER, in_common, our_codecs, with_known_types
from app.media import opus_library
from app.sdp.codec import Codec
from app.sdp.description import parse
from tests.support.phone import EVENTS, G729, OPUS, PCMA, PCMU, describe


def names(codecs: tuple[Codec, ...]) -> list[str]:
    return [codec.name for codec in codecs]


@pytest.mark.parametrize(
    ("order", "rules", "first", "expected"),
    [
        (DEFAULT_ORDER, (), (), ["opus", "G722", "PCMA", "PCMU"]),
        (("PCMU", "opus", "pcmu"), (), (), ["PCMU", "opus"]),
        (DEFAULT_ORDER, (), ("PCMU",), ["PCMU", "opus", "G722", "PCMA"]),
        (DEFAULT_ORDER, ("pcmu", "PCMA"), (), ["PCMU", "PCMA"]),
        (DEFAULT_ORDER, ("G729",), (), ["opus", "G722", "PCMA", "PCMU"]),
        (DEFAULT_ORDER, (), ("G729",), ["opus", "G722", "PCMA", "PCMU"]),
        (("l16", "speex"), (), (), ["L16"]),
    ],
)
def test_our_codecs_in_order(
    order: tuple[str, ...], rules: tuple[str, ...], first: tuple[str, ...], expected: list[str]
) -> None:
    assert names(our_codecs(order, SoundRules(rules), first)) == expected


def test_what_a_leg_was_told_keeps_its_payload_types() -> None:
    event = Codec(107, "telephone-event", 48_000)
    said = parse(describe("10.0.0.1", 4000, codecs=(OPUS, event, EVENTS)))
    found = {
        (each.name, each.clock_rate): each.payload_type
        for each in with_known_types(our_codecs(DEFAULT_ORDER, ALL_SOUND), said)
    }
    assert found["opus", 48_000] == OPUS.payload_type
    assert found["telephone-event", 48_000] == 107
    assert found["telephone-event", 8000] == 101
    assert found["PCMU", 8000] == 0


def test_a_number_that_means_something_else_already_is_not_used_again() -> None:
    opus = our_codecs(("opus",), ALL_SOUND)[0]
    said = parse(describe("10.0.0.1", 4000, codecs=(PCMU, Codec(opus.payload_type, "iLBC", 8000))))
    (again,) = with_known_types((opus,), said)[:1]
    assert again.payload_type not in (0, opus.payload_type)


def test_what_an_offer_and_we_have_in_common() -> None:
    offer = parse(describe("10.0.0.1", 4000, codecs=(PCMU, G729, PCMA)))
    assert in_common(offer, DEFAULT_ORDER, ALL_SOUND) == ("PCMA", "PCMU")
    assert in_common(offer, ("pcmu",), ALL_SOUND) == ("PCMU",)
    secure = parse(describe("10.0.0.1", 4000).replace(b"RTP/AVP", b"RTP/SAVP"))
    assert in_common(secure, DEFAULT_ORDER, ALL_SOUND) == ()


def test_opus_is_not_spoken_of_where_its_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opus_library, "load", lambda: None)
    assert names(our_codecs(DEFAULT_ORDER, ALL_SOUND)) == ["G722", "PCMA", "PCMU"]
    assert names(our_codecs(DEFAULT_ORDER, SoundRules(("opus",)))) == ["G722", "PCMA", "PCMU"]
    offer = parse(describe("10.0.0.1", 4000, codecs=(OPUS, PCMA)))
    assert in_common(offer, DEFAULT_ORDER, ALL_SOUND) == ("PCMA",)
    assert in_common(parse(describe("10.0.0.1", 4000, codecs=(OPUS,))), DEFAULT_ORDER, ALL_SOUND) == ()


def test_a_phone_that_uses_up_all_numbers_is_spoken_with_by_the_fixed_ones() -> None:
    taken = tuple(Codec(number, f"made-up-{number}", 8000) for number in range(96, 128))
    said = parse(describe("10.0.0.1", 4000, codecs=(PCMU, *taken)))
    ours = our_codecs(("opus", "pcma", "pcmu"), ALL_SOUND)
    assert names(with_known_types(ours, said)) == ["PCMA", "PCMU"]

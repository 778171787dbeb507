"""Rules M01 to M09: the call stands, but the sound does not."""

from __future__ import annotations

from typing import Final

from app.diagnosis.dialogs import CallSeen, audio_host, audio_of
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.peers import is_private, is_public
from app.diagnosis.reaching import is_about_sound
from app.diagnosis.reading import Reading
from app.diagnosis.sockets import Trouble
from app.diagnosis.streams import Stream
from app.sdp.codec import STATIC, Codec, codecs_of

LONG_ENOUGH_S: Final = 5.0
MOST_LOSS_PERCENT: Final = 3.0  # tunable by `loss_limit_percent` in the case's configuration
MOST_JITTER_MS: Final = 40.0  # by `jitter_limit_ms`
MOST_SILENCE_PERCENT: Final = 95.0
_COMFORT_NOISE: Final = (13, 19)
_FIRST_DYNAMIC: Final = 96


def call_of(reading: Reading, stream: Stream) -> CallSeen | None:
    """The call a leg belongs to: by its Call-ID, by the port of a description, else the only one."""
    for call in reading.calls:
        if stream.call_id and call.call_id == stream.call_id:
            return call
    for call in reading.calls:
        ports = [audio_host(call.description(is_ours=ours)) for ours in (True, False)]
        if ports[0][1] and ports[0][1] == stream.local[1]:
            return call
        if ports[1][1] and ports[1] == stream.sdp_address:
            return call
    answered = [call for call in reading.calls if call.is_answered]
    if len(answered) == 1 and len(reading.streams) == 1:
        return answered[0]
    return reading.calls[0] if len(reading.calls) == 1 and len(reading.streams) == 1 else None


def _may_be_silent(reading: Reading, stream: Stream) -> bool:
    """Whether silence is nobody's fault: on hold, not answered yet, or too short to tell."""
    call = call_of(reading, stream)
    if call is None and reading.calls and not any(one.is_answered for one in reading.calls):
        return True
    if call is None:
        return any(one.is_held for one in reading.calls)
    return call.is_held or not call.is_answered


def _advertised(reading: Reading, stream: Stream) -> str:
    """The address our description gives for this leg."""
    call = call_of(reading, stream)
    if call is not None:
        host = audio_host(call.description(is_ours=True))[0]
        if host:
            return host
    if stream.sdp_address[0] and stream.sdp_address[0] == stream.local[0]:
        return stream.local[0]
    return reading.config.text("public_address").lower() or stream.local[0]


def _their_place(reading: Reading, stream: Stream) -> tuple[str, int]:
    """Where their description says they are."""
    call = call_of(reading, stream)
    if call is not None:
        place = audio_host(call.description(is_ours=False))
        if place[0]:
            return place
    is_our_own = stream.sdp_address[0] in (stream.local[0], reading.config.text("public_address").lower())
    return ("", 0) if is_our_own else stream.sdp_address


def _lasted(reading: Reading, stream: Stream) -> float:
    """Seconds the leg was open: as counted, else from the answer to the end of the call, else by packets."""
    call = call_of(reading, stream)
    if stream.seconds is None and call is not None and call.byes:
        lasted = call.seconds(call.final, call.byes[0].request)
        if lasted is not None:
            return lasted
    return stream.lasted


def _deaf(reading: Reading) -> list[Stream]:
    """Legs on which we send and hear nothing for five seconds."""
    return [
        each
        for each in reading.streams
        if each.received == 0
        and (each.sent or 0) > 0
        and _lasted(reading, each) >= LONG_ENOUGH_S
        and not _may_be_silent(reading, each)
    ]


def _evidence(reading: Reading, stream: Stream) -> list:  # type: ignore[type-arg]
    call = call_of(reading, stream)
    return [] if call is None else [seen for seen in call.messages if seen.sdp is not None]


@rule("M01", "media_address_private")
def private_address_is_told(reading: Reading) -> Finding | None:
    """We send and receive nothing for 5 s, and our session description gives a private address"""
    for each in _deaf(reading):
        told, theirs = _advertised(reading, each), _their_place(reading, each)[0]
        if not is_private(told) or is_private(theirs):
            continue
        value = reading.public_host if is_public(reading.public_host) else None
        return found(
            "media_address_private",
            _evidence(reading, each),
            field="public_address",
            value=value,
            address=told,
            sent=each.sent,
        )
    return None


@rule("X23", "media_port_closed")
def sound_is_refused(reading: Reading) -> Finding | None:
    """ICMP says that nobody listens where their description wants the sound"""
    for trouble in reading.troubles:
        if trouble.kind not in (Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.FILTERED):
            continue
        if not is_about_sound(reading, trouble) or any((each.received or 0) > 0 for each in reading.streams):
            continue
        evidence = [seen for seen in reading.seen if audio_host(seen.sdp) == trouble.peer[:2]]
        return found("media_port_closed", evidence, host=trouble.peer.host, port=trouble.peer.port)
    return None


@rule("M02", "media_blocked")
def sound_does_not_come_in(reading: Reading) -> Finding | None:
    """As M01, but the address in our session description is right"""
    for each in _deaf(reading):
        told, theirs = _advertised(reading, each), _their_place(reading, each)[0]
        if is_private(told) and not is_private(theirs):
            continue
        return found(
            "media_blocked",
            _evidence(reading, each),
            field="rtp_low",
            address=told or "?",
            port=each.local[1] or "?",
            sent=each.sent,
        )
    return None


@rule("M03", "nothing_sent", "no_media")
def we_send_nothing(reading: Reading) -> Finding | None:
    """We receive but send nothing, or there is no sound at all, and nobody holds"""
    if _deaf(reading):
        return None  # what one leg does not hear, the other is not sent
    for each in reading.streams:
        if each.sent != 0 or _may_be_silent(reading, each):
            continue
        if (each.received or 0) > 0 and _lasted(reading, each) >= LONG_ENOUGH_S:
            return found(
                "nothing_sent", _evidence(reading, each), severity=Severity.WARNING, received=each.received
            )
        if each.received == 0 and _lasted(reading, each) >= LONG_ENOUGH_S:
            return found("no_media", _evidence(reading, each), severity=Severity.WARNING)
    return None


@rule("M04", "media_from_elsewhere")
def sound_comes_from_elsewhere(reading: Reading) -> Finding | None:
    """Sound comes from another address than their session description gives"""
    for each in reading.streams:
        told = each.sdp_address if each.sdp_address[0] else _their_place(reading, each)
        if not told[0] or told[0] == each.local[0] or not each.sources or told[0] in ("0.0.0.0", "::"):
            continue
        source = each.sources[0]
        if any(one[0] == told[0] for one in each.sources):
            continue
        return found(
            "media_from_elsewhere",
            _evidence(reading, each),
            severity=Severity.WARNING,
            told=f"{told[0]}:{told[1]}",
            source=f"{source[0]}:{source[1]}",
        )
    return None


@rule("X24", "media_of_third_party")
def strangers_send_sound(reading: Reading) -> Finding | None:
    """Packets come from a third address beside the other side's"""
    for each in reading.streams:
        hosts = list(dict.fromkeys(host for host, _ in each.sources))
        if len(hosts) < 2 and each.foreign < 50:
            continue
        return found(
            "media_of_third_party",
            severity=Severity.WARNING,
            sources=", ".join(hosts) or "?",
            packets=each.foreign or "?",
        )
    return None


def _agreed(reading: Reading, stream: Stream) -> list[Codec]:
    """The codecs under the numbers that they may send with: those of our session description."""
    call = call_of(reading, stream)
    if call is None:
        return []
    audio = audio_of(call.description(is_ours=True))
    return [] if audio is None else list(codecs_of(audio))


@rule("M05", "payload_not_agreed")
def unknown_payload_comes(reading: Reading) -> Finding | None:
    """Sound comes with a payload type that was not agreed"""
    for each in reading.streams:
        codecs = _agreed(reading, each)
        known = {codec.payload_type for codec in codecs}
        strange = [
            number
            for number in each.pt_received
            if number not in known and number not in _COMFORT_NOISE and number not in each.event_types
        ]
        if (codecs and each.pt_received and len(strange) == len(each.pt_received)) or (
            codecs and strange and any(number < _FIRST_DYNAMIC for number in strange)
        ):
            names = ", ".join(_name_of(number) for number in strange)
            return found(
                "payload_not_agreed",
                _evidence(reading, each),
                field="codecs",
                payload=names,
                agreed=", ".join(codec.name for codec in codecs if codec.is_voice),
            )
        configured = {name.partition("/")[0].upper() for name in reading.config.words("codecs")}
        if not codecs and configured and not reading.calls:
            came = [STATIC[number].name for number in each.pt_received if number in STATIC]
            strangers = [name for name in came if name.upper() not in configured and name != "CN"]
            if strangers:
                return found(
                    "payload_not_agreed",
                    field="codecs",
                    payload=", ".join(strangers),
                    agreed=", ".join(sorted(configured)),
                )
    return None


def _name_of(number: int) -> str:
    return f"{number} ({STATIC[number].name})" if number in STATIC else str(number)


@rule("M06", "silence_heard")
def microphone_is_silent(reading: Reading) -> Finding | None:
    """Both directions flow, and more than 95 % of the bytes are the same silence"""
    for each in reading.streams:
        if (
            (each.silence_percent or 0.0) > MOST_SILENCE_PERCENT
            and (each.received or 0) > 0
            and (each.sent or 0) > 0
        ):
            return found("silence_heard", severity=Severity.WARNING, percent=each.silence_percent)
    return None


@rule("M07", "keys_not_heard")
def keys_are_not_heard(reading: Reading) -> Finding | None:
    """No telephone-event is agreed, and no key came where one was waited for"""
    for each in reading.streams:
        call = call_of(reading, each)
        if each.digits != 0 or call is None or not call.is_answered:
            continue
        described = [audio_of(call.description(is_ours=ours)) for ours in (True, False)]
        if not all(described) or all(
            any(codec.is_telephone_event for codec in codecs_of(audio)) for audio in described if audio
        ):
            continue
        if any(one.method == "INFO" for one in call.others):
            continue
        return found("keys_not_heard", _evidence(reading, each), field="dtmf_mode", severity=Severity.WARNING)
    return None


@rule("M08", "keys_payload_differs")
def keys_come_otherwise(reading: Reading) -> Finding | None:
    """telephone-events come with another payload type or clock than agreed"""
    for each in reading.streams:
        events = [codec for codec in _agreed(reading, each) if codec.is_telephone_event]
        known = {codec.payload_type for codec in _agreed(reading, each)}
        came = each.event_types or tuple(
            number for number in each.pt_received if number >= _FIRST_DYNAMIC and number not in known
        )
        heard = [number for number in each.pt_received if number in known]
        if not events or not came or not (each.event_types or heard):
            continue
        agreed = events[0].payload_type
        if all(number in {codec.payload_type for codec in events} for number in came):
            continue
        return found(
            "keys_payload_differs",
            _evidence(reading, each),
            severity=Severity.WARNING,
            agreed=agreed,
            came=", ".join(str(number) for number in came),
        )
    return None


@rule("M09", "network_bad")
def network_loses_packets(reading: Reading) -> Finding | None:
    """More than 3 % of packets lost, or more than 40 ms jitter, one way"""
    most_loss = float(reading.config.integer("loss_limit_percent") or MOST_LOSS_PERCENT)
    most_jitter = float(reading.config.integer("jitter_limit_ms") or MOST_JITTER_MS)
    for each in reading.streams:
        loss, jitter = each.loss_percent or 0.0, each.jitter_ms or 0.0
        if loss > most_loss or jitter > most_jitter:
            return found(
                "network_bad",
                severity=Severity.WARNING,
                leg=each.name,
                loss=loss,
                jitter=jitter,
                source=each.sources[0][0] if each.sources else each.sdp_address[0] or "?",
            )
    return None


@rule("X25", "packet_time")
def packet_time_is_odd(reading: Reading) -> Finding | None:
    """The answer wants packets of another length than usual: over 40 ms or under 10 ms"""
    for call in reversed(reading.calls):
        if not call.is_answered:
            continue
        for ours in (False,):
            audio = audio_of(call.description(is_ours=ours))
            text = (audio.attribute("ptime") or "") if audio else ""
            if text.isdigit() and not 10 <= int(text) <= 60:
                return found("packet_time", call.invite.outcome, severity=Severity.INFO, ptime=text)
    return None


MEDIA = (
    private_address_is_told,
    sound_is_refused,
    sound_does_not_come_in,
    we_send_nothing,
    sound_comes_from_elsewhere,
    strangers_send_sound,
    unknown_payload_comes,
    microphone_is_silent,
    keys_are_not_heard,
    keys_come_otherwise,
    network_loses_packets,
    packet_time_is_odd,
)
"""In the order they are asked."""

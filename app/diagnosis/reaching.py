"""Rules R01 to R06: whether the carrier's server is found and answers at all (names, routes, ports, TLS)."""

from __future__ import annotations

import re
from typing import Final

from app.diagnosis.dialogs import audio_host
from app.diagnosis.exchanges import Exchange
from app.diagnosis.findings import Finding, Severity, found, rule
from app.diagnosis.peers import is_address, is_private
from app.diagnosis.reading import Reading
from app.diagnosis.sockets import SocketTrouble, Trouble, plain_words

_LONG_ENOUGH = 4.0  # s without an answer: three repetitions (RFC 3261 17.1.2.2), more than any detour takes


def _heard_of(reading: Reading, host: str) -> bool:
    """Whether that peer has answered anything: it cannot be altogether out of reach then."""
    return any(not seen.is_out and seen.response and seen.peer.host == host for seen in reading.seen)


def _answered(reading: Reading) -> bool:
    return any(each.answers for each in reading.ours)


def _sent_to(reading: Reading, trouble: SocketTrouble) -> list[Exchange]:
    """Our requests to the peer of a socket error; all of them where it names no peer."""
    host, port = trouble.peer.host, trouble.peer.port
    return [
        each
        for each in reading.ours
        if not host or (each.request.peer.host == host and (not port or each.request.peer.port == port))
    ]


def is_about_sound(reading: Reading, trouble: SocketTrouble) -> bool:
    """Whether a socket error is of RTP: its peer is where a session description wants sound."""
    if "rt" in trouble.peer.transport:
        return True
    if not trouble.peer.host or any(each.request.peer[:2] == trouble.peer[:2] for each in reading.ours):
        return False
    places = {audio_host(seen.sdp) for seen in reading.seen}
    places |= {stream.sdp_address for stream in reading.streams}
    return trouble.peer[:2] in places or (trouble.peer.host, trouble.peer.port - 1) in places


def _open_troubles(reading: Reading, *kinds: Trouble) -> list[SocketTrouble]:
    """Socket errors of these kinds in signalling, of peers that never answered."""
    return [
        each
        for each in reading.troubles
        if each.kind in kinds
        and not is_about_sound(reading, each)
        and not (each.peer.host and _answers_by(reading, each))
        and not (not each.peer.host and _answered(reading))
    ]


def _answers_by(reading: Reading, trouble: SocketTrouble) -> bool:
    """Whether the peer of an error answered over the same transport."""
    for seen in reading.seen:
        if seen.is_out or not seen.response or seen.peer.host != trouble.peer.host:
            continue
        if trouble.peer.port in (0, seen.peer.port) and trouble.peer.transport in ("", seen.peer.transport):
            return True
    return False


def _is_recovered(reading: Reading) -> bool:
    """Whether it works by another way meanwhile."""
    if reading.login is not None:
        return reading.login.is_registered
    return bool(reading.reached) and not reading.refused


@rule("R01", "name_not_resolved", "proxy_not_resolved")
def name_fails(reading: Reading) -> Finding | None:
    """DNS fails for the server requests go to, and nothing was answered"""
    host = reading.next_hop
    failure = reading.dns_failure(host)
    named = [each for each in reading.troubles if each.kind is Trouble.NAME]
    if not failure and named:
        failure = "not found"
        host = next((each.peer.host for each in named if each.peer.host), host)
    if not failure or _answered(reading):
        return None
    evidence = [each.request for each in reading.ours]
    if reading.config.proxy:
        if host != reading.config.proxy:
            return None
        field = "dns_server" if failure == "timeout" else "proxy"
        return found("proxy_not_resolved", evidence, field=field, host=host, failure=failure)
    field = "address" if reading.config.server_field == "address" else "proxy"
    return found("name_not_resolved", evidence, field=field, host=host, failure=failure)


@rule("R02", "domain_is_logical")
def domain_fails_behind_proxy(reading: Reading) -> Finding | None:
    """DNS fails for the domain, but a proxy is set"""
    config = reading.config
    failure = reading.dns_failure(config.domain)
    if not config.proxy or config.proxy == config.domain or not failure:
        return None
    return found("domain_is_logical", severity=Severity.INFO, domain=config.domain, proxy=config.proxy)


def silent_exchanges(reading: Reading) -> list[Exchange]:
    """The requests at the end of the trace that nobody answered, where one can be sure of it."""
    if reading.login is not None:
        silent = list(reading.login.silence)
    else:
        silent = (
            []
            if _answered(reading)
            else [each for each in reading.ours if each.method in ("OPTIONS", "INVITE")]
        )
    silent = [each for each in silent if each.method != "CANCEL"]
    if not silent:
        return []
    waited = max(each.duration for each in silent)
    first = silent[0].request.time
    if first is not None and reading.last_time is not None:
        waited = max(waited, reading.last_time - first)
    is_all_there_is = not _answered(reading) and len(reading.seen) == sum(
        len(each.messages) for each in silent
    )
    return silent if waited >= _LONG_ENOUGH or is_all_there_is else []


def _has_error(reading: Reading, exchanges: list[Exchange]) -> bool:
    hosts = {each.request.peer.host for each in exchanges}
    quiet = (Trouble.TIMEOUT, Trouble.CONNECTED, Trouble.FILTERED, Trouble.OTHER)
    return any(
        each.kind not in quiet and (not each.peer.host or each.peer.host in hosts)
        for each in reading.troubles
        if not is_about_sound(reading, each)
    )


def _tcp_works(reading: Reading, hosts: set[str]) -> bool:
    """Whether TCP reaches these hosts, or DNS says that the carrier is served over TCP only."""
    stream = ("tcp", "tls")
    for seen in reading.seen:
        if not seen.is_out and seen.peer.transport in stream and seen.peer.host in hosts:
            return True
    for each in reading.troubles:
        is_there = each.peer.host in hosts or each.peer.host in ("", reading.next_hop)
        if each.kind is Trouble.CONNECTED and each.peer.transport != "udp" and is_there:
            return True
    return _dns_says_tcp_only(reading)


def _dns_says_tcp_only(reading: Reading) -> bool:
    host = reading.next_hop
    if not host:
        return False
    udp = reading.case.dns.get(f"_sip._udp.{host}")
    tcp = reading.case.dns.get(f"_sip._tcp.{host}")
    return (tcp is not None and _is_good(tcp)) and (udp is not None and not _is_good(udp))


def _is_good(answer: object) -> bool:
    words = {"nxdomain", "timeout", "servfail", "noanswer", "nodata", "refused", "error", "failed", "none"}
    return bool(answer) and str(answer).lower() not in words


@rule("R04", "udp_not_answered")
def wants_tcp(reading: Reading) -> Finding | None:
    """No reply on UDP, but TCP connects, or DNS offers TCP only"""
    silent = [each for each in silent_exchanges(reading) if each.request.peer.transport in ("", "udp")]
    if not silent or _has_error(reading, silent) or reading.config.transport in ("tcp", "tls"):
        return None
    hosts = {each.request.peer.host for each in silent}
    known_tcp_only = bool(re.search(r"\bsip-trunk\.telekom\.de$", reading.next_hop))
    if not known_tcp_only and not _tcp_works(reading, hosts):
        return None
    evidence = [seen for each in silent for seen in each.messages]
    return found("udp_not_answered", evidence, field="transport", value="tcp", host=reading.next_hop)


@rule("R03", "no_reply", "no_reply_private", "register_ignored", "filtered")
def nobody_answers(reading: Reading) -> Finding | None:
    """No reply to REGISTER, no ICMP error, OPTIONS silent too"""
    silent = silent_exchanges(reading)
    if not silent or _has_error(reading, silent) or _any_garbage(reading) or wants_tcp.check(reading):
        return None
    evidence = [seen for each in silent for seen in each.messages]
    host = silent[-1].request.peer.host or reading.next_hop
    if any(each.kind is Trouble.FILTERED for each in reading.troubles):
        return found("filtered", evidence, host=host)
    if any(each.answers and each.request.peer.host == host for each in reading.options):
        return found("register_ignored", evidence, host=host)
    if is_private(host) and _wrong_card(silent[-1]):
        own = silent[-1].request.via
        return found(
            "no_reply_private", evidence, field="bind_address", host=host, local=own.host if own else ""
        )
    return found("no_reply", evidence, field=reading.config.server_field, host=host)


def _wrong_card(exchange: Exchange) -> bool:
    """Whether a private server was called from an address of another private network."""
    via = exchange.request.via
    if via is None or not is_address(via.host) or not is_private(via.host):
        return False
    return via.host.split(".")[0] != exchange.request.peer.host.split(".")[0]


@rule("R05", "port_refused", "network_unreachable", "tcp_refused")
def port_is_closed(reading: Reading) -> Finding | None:
    """ICMP says port unreachable, or TCP is refused"""
    if _is_recovered(reading):
        return None
    for each in _open_troubles(reading, Trouble.REFUSED):
        evidence = [seen for one in _sent_to(reading, each) for seen in [one.request, *one.copies]]
        host, port = each.peer.host or reading.next_hop, each.peer.port
        if each.peer.transport in ("tcp", "tls") and _udp_answers(reading, host):
            return found("tcp_refused", evidence, field="transport", value="udp", host=host, port=port)
        return found("port_refused", evidence, field="port", host=host, port=port or "", error=each.error)
    for each in _open_troubles(reading, Trouble.UNREACHABLE):
        evidence = [one.request for one in _sent_to(reading, each)]
        host = each.peer.host or reading.next_hop
        return found("network_unreachable", evidence, field="bind_address", host=host, error=each.error)
    return None


def _udp_answers(reading: Reading, host: str) -> bool:
    return any(
        not seen.is_out and seen.peer.host == host and seen.peer.transport == "udp" for seen in reading.seen
    )


_TLS_KINDS: Final = (
    (
        "tls_name",
        r"hostname|host name|name mismatch|doesn't match|does not match|not valid for|ip address mismatch",
    ),
    ("tls_expired", r"expired|not yet valid"),
    (
        "tls_untrusted",
        r"self[- ]signed|unable to get|local issuer|unknown[ _]ca|untrusted|verify failed"
        r"|certificate[ _]unknown",
    ),
    (
        "tls_plain_port",
        r"wrong[ _]version[ _]number|unknown protocol|record layer|http request|packet length too long",
    ),
    (
        "tls_client_certificate",
        r"certificate[ _]required|bad[ _]certificate|handshake[ _]failure.*client cert",
    ),
    (
        "tls_version",
        r"protocol[ _]version|unsupported protocol|no protocols|version too low|insufficient[ _]security"
        r"|no shared cipher|handshake[ _]failure|handshake failure|inappropriate",
    ),
)


def tls_cause(error: str) -> str:
    """Sort what was said of a failed TLS connection: the cause of R06 it is."""
    words = plain_words(error)
    return next((name for name, pattern in _TLS_KINDS if re.search(pattern, words)), "tls_failed")


@rule(
    "R06",
    "tls_name",
    "tls_expired",
    "tls_untrusted",
    "tls_plain_port",
    "tls_client_certificate",
    "tls_version",
    "tls_failed",
)
def tls_fails(reading: Reading) -> Finding | None:
    """A TLS alert, a certificate that does not match, or no TLS at that port"""
    if _is_recovered(reading):
        return None
    for each in _open_troubles(reading, Trouble.TLS):
        cause = tls_cause(each.error)
        fields = {
            "tls_name": reading.config.server_field,
            "tls_untrusted": "tls_ca",
            "tls_plain_port": "port",
        }
        field = fields.get(cause)
        value = 5061 if cause == "tls_plain_port" and each.peer.port != 5061 else None
        evidence = [one.request for one in _sent_to(reading, each)]
        host = each.peer.host or reading.next_hop
        return found(cause, evidence, field=field, value=value, host=host, error=each.error)
    return None


_TLS_RECORD = re.compile(r"^[\x14-\x17]\x03[\x00-\x04]")


def _any_garbage(reading: Reading) -> bool:
    return any(not seen.is_out and seen.message is None and seen.text.strip() for seen in reading.seen)


@rule("X01", "tls_expected", "not_sip")
def answers_are_no_sip(reading: Reading) -> Finding | None:
    """What answers is TLS, a web server or anything else but SIP"""
    if _answered(reading):
        return None
    for seen in reading.seen:
        if seen.is_out or seen.message is not None or not seen.text.strip():
            continue
        asked = [each.request for each in reading.ours if each.request.peer.host == seen.peer.host]
        if _TLS_RECORD.match(seen.text):
            return found("tls_expected", [*asked, seen], field="transport", value="tls", host=seen.peer.host)
        if re.match(r"HTTP/|<html|SSH-|220 |\* OK|<!doctype", seen.text.lstrip(), re.I):
            return found(
                "not_sip", [*asked, seen], field="port", host=seen.peer.host, port=seen.peer.port or ""
            )
    return None


@rule("X02", "stream_closed", "stream_timeout", "too_long_for_udp")
def connection_breaks(reading: Reading) -> Finding | None:
    """The connection is closed or never stands; a datagram is too long"""
    if _is_recovered(reading):
        return None
    for each in _open_troubles(reading, Trouble.TOO_LONG):
        evidence = [one.request for one in _sent_to(reading, each)]
        return found("too_long_for_udp", evidence, field="transport", value="tcp", host=each.peer.host)
    for each in _open_troubles(reading, Trouble.RESET, Trouble.TIMEOUT):
        evidence = [one.request for one in _sent_to(reading, each)]
        host, port = each.peer.host or reading.next_hop, each.peer.port
        if each.peer.transport == "tcp" and port == 5061:
            return found("tls_expected", evidence, field="transport", value="tls", host=host)
        if each.kind is Trouble.RESET and each.peer.transport in ("tcp", "tls"):
            return found("stream_closed", evidence, host=host, port=port)
        if each.kind is Trouble.TIMEOUT and each.peer.transport in ("tcp", "tls"):
            field = reading.config.server_field
            return found("stream_timeout", evidence, field=field, host=host, port=port)
    return None


@rule("X03", "bind_address_gone", "local_port_taken", "local_firewall")
def this_machine_refuses(reading: Reading) -> Finding | None:
    """This machine does not let the packets out: its address, port or firewall"""
    if _is_recovered(reading):
        return None
    kinds = {
        Trouble.LOCAL_ADDRESS: ("bind_address_gone", "bind_address"),
        Trouble.LOCAL_PORT: ("local_port_taken", "sip_port"),
        Trouble.FORBIDDEN: ("local_firewall", None),
    }
    for each in reading.troubles:
        if each.kind in kinds and not is_about_sound(reading, each):
            cause, field = kinds[each.kind]
            evidence = [one.request for one in _sent_to(reading, each)]
            return found(cause, evidence, field=field, error=each.error)
    return None


REACHING = (
    this_machine_refuses,
    name_fails,
    domain_fails_behind_proxy,
    answers_are_no_sip,
    wants_tcp,
    nobody_answers,
    port_is_closed,
    tls_fails,
    connection_breaks,
)
"""In the order they are asked; R04 stands before R03, which it is the special case of."""

"""The case of a live line: its own messages and no one else's, its settings, no password."""

from __future__ import annotations

import asyncio
import ipaddress
from types import MappingProxyType

import pytest

from app.diagnosis import diagnose
from app.errors import UserError
from app.net.sip_endpoint import FlowFailure
from app.services.casework import case_of, masked, record_of, settings_of
from app.services.directory import Directory, Settings
from app.services.outside import Line, Trunk
from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.capture import Capture
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.cases import named
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to

LINE = Line(
    name="telecom",
    user="+8612345678",
    password="hunter2",
    domain="gd.ctcims.cn",
    proxy="203.0.113.10",
    codecs=("PCMA", "PCMU"),
    match_addresses=(ipaddress.IPv4Network("203.0.113.0/24"),),
)
OTHER = Line(name="other", user="+8687654321", domain="gd.ctcims.cn", proxy="203.0.113.10")
TRUNK = Trunk(name="trunk", address="192.0.2.80")
DIRECTORY = Directory(
    lines=MappingProxyType({"telecom": LINE, "other": OTHER}),
    trunks=MappingProxyType({"trunk": TRUNK}),
    settings=Settings(public_address="198.51.100.7"),
)


def capture_of(*names: str, remote: str = "203.0.113.10", swaps: dict[str, str] | None = None) -> Capture:
    """A capture that holds the messages of case files."""
    capture = Capture(None)
    add_to(capture, *names, remote=remote, swaps=swaps)
    return capture


def add_to(
    capture: Capture, *names: str, remote: str = "203.0.113.10", swaps: dict[str, str] | None = None
) -> None:
    flow = Flow(Transport.UDP, Address("198.51.100.20", 5060), Address(remote, 5060))
    for name in names:
        for each in named(name)["messages"]:
            text = each["text"]
            for old, new in (swaps or {}).items():
                text = text.replace(old, new)
            direction = Direction.OUT if each["dir"] == "out" else Direction.IN
            capture.record(1000.0 + each["t"], direction, flow, text.replace("\n", "\r\n").encode())


async def test_the_case_of_a_line_explains_it() -> None:
    case = await case_of("telecom", DIRECTORY, capture_of("R14-ctcims"))
    assert case.messages[0].time == 0
    assert case.messages[0].peer == "203.0.113.10:5060/udp"
    finding = diagnose(case)[0]
    assert (finding.cause, finding.field, finding.evidence) == (
        "auth_user_form",
        "auth_user_with_domain",
        (2, 3),
    )


async def test_a_line_does_not_answer_for_its_neighbour() -> None:
    capture = capture_of("R14-not-healthy")
    add_to(capture, "R14-ctcims", swaps={"+8612345678": "+8687654321", "reg-1": "reg-9"})
    assert diagnose(await case_of("telecom", DIRECTORY, capture)) == ()
    assert diagnose(await case_of("other", DIRECTORY, capture))[0].cause == "auth_user_form"


async def test_phones_that_register_here_are_nobodys_case() -> None:
    flow = Flow(Transport.UDP, Address("198.51.100.20", 5060), Address("192.168.0.9", 5060))
    capture = Capture(None)
    text = named("R14-ctcims")["messages"][0]["text"].replace("\n", "\r\n")
    capture.record(1.0, Direction.IN, flow, text.encode())
    assert (await case_of("telecom", DIRECTORY, capture)).messages == ()


async def test_the_calls_of_a_trunk_are_found_by_its_address() -> None:
    capture = capture_of("X12-trunk", remote="192.0.2.80")
    add_to(capture, "R14-ctcims")
    case = await case_of("trunk", DIRECTORY, capture)
    assert [each.cause for each in diagnose(case)] == ["call_forbidden"]
    assert case.config["address"] == "192.0.2.80"


async def test_only_some_calls_may_be_asked_for() -> None:
    capture = capture_of(
        "I03-not-misdialled", swaps={"4930111222": "8612345678", "sip.example.net": "gd.ctcims.cn"}
    )
    whole = await case_of("telecom", DIRECTORY, capture)
    case = await case_of("telecom", DIRECTORY, capture, call_ids=["call-2"])
    assert 0 < len(case.messages) < len(whole.messages)
    assert all("Call-ID: call-2" in each.text for each in case.messages)


async def test_socket_errors_of_the_carrier_are_in_the_case() -> None:
    flows = [
        Flow(Transport.TCP, Address("198.51.100.20", 0), Address(host, 5060))
        for host in ("203.0.113.10", "9.9.9.9")
    ]
    failures = [FlowFailure(1000.0, flow, "Connection refused") for flow in flows]
    case = await case_of("telecom", DIRECTORY, None, failures=failures)
    assert [(each.peer, each.error) for each in case.socket_errors] == [
        ("203.0.113.10:5060/tcp", "Connection refused")
    ]
    assert diagnose(case)[0].cause == "port_refused"


async def test_socket_errors_at_another_port_are_another_lines() -> None:
    flows = [
        Flow(Transport.UDP, Address("198.51.100.20", 5060), Address("203.0.113.10", port))
        for port in (5060, 5080)
    ]
    failures = [FlowFailure(1000.0, flow, "Connection refused") for flow in flows]
    case = await case_of("telecom", DIRECTORY, capture_of("R14-ctcims"), failures=failures)
    assert [each.peer for each in case.socket_errors] == ["203.0.113.10:5060/udp"]


async def test_what_answers_but_is_no_sip_is_in_the_case() -> None:
    capture = Capture(None)
    own, web = Address("198.51.100.20", 5060), Address("203.0.113.10", 5060)
    text = named("R14-ctcims")["messages"][0]["text"].replace("\n", "\r\n")
    capture.record(1.0, Direction.OUT, Flow(Transport.TCP, own, web), text.encode())
    answer = b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n"
    capture.record(2.0, Direction.IN, Flow(Transport.TCP, own, web), answer)
    capture.record(3.0, Direction.IN, Flow(Transport.TCP, own, Address("203.0.113.10", 80)), answer)
    case = await case_of("telecom", DIRECTORY, capture)
    assert len(case.messages) == 2
    assert diagnose(case)[0].cause == "not_sip"


async def test_the_same_user_at_another_carrier_is_another_line() -> None:
    flow = Flow(Transport.UDP, Address("198.51.100.20", 5060), Address("9.9.9.9", 5060))
    capture = Capture(None)
    text = named("R14-ctcims")["messages"][0]["text"].replace("gd.ctcims.cn", "sip.example.net")
    capture.record(1.0, Direction.OUT, flow, text.replace("\n", "\r\n").encode())
    assert (await case_of("telecom", DIRECTORY, capture)).messages == ()


async def test_what_is_not_configured_is_refused() -> None:
    with pytest.raises(UserError, match="no line or trunk gone"):
        await case_of("gone", DIRECTORY, None)
    assert record_of(DIRECTORY, "trunk") is TRUNK


def test_settings_are_plain_and_hold_no_password() -> None:
    values = settings_of(LINE, DIRECTORY.settings)
    assert "hunter2" not in repr(values)
    assert (values["password"], values["codecs"], values["did_source"]) == ("***", "PCMA, PCMU", "auto")
    assert (values["match_addresses"], values["public_address"], values["port"]) == (
        "203.0.113.0/24",
        "198.51.100.7",
        "",
    )
    assert "realm" in values
    assert "realm" not in settings_of(
        TRUNK, DIRECTORY.settings
    )  # that of our own registrar is none of theirs
    assert settings_of(OTHER, DIRECTORY.settings)["password"] == ""


async def test_a_masked_case_says_the_same() -> None:
    case = await case_of("telecom", DIRECTORY, capture_of("R14-ctcims"))
    for numbers in (False, True):
        shown = masked(case, numbers=numbers)
        assert [each.cause for each in diagnose(shown)] == [each.cause for each in diagnose(case)]
        assert ("12345678" in repr(shown.to_json())) is not numbers
        assert "203.0.113.10" in repr(shown.to_json())


@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_a_running_line_is_asked_for_its_state_and_its_server() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=CarrierQuirks(refuses_register=404))
        office.set_lines(line_to(carrier))
        await asyncio.sleep(5)
        directory, gateway = office.holder.current, office.exchange.gateway
        case = await case_of("carrier", directory, None, gateway=gateway)
        assert case.config["state"] == "failed"
        assert case.config["code"] == 404
        assert list(case.dns) == ["10.0.9.1"]


@in_virtual_time
async def test_registers_to_another_port_of_the_carrier_are_not_the_lines() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier()
        line = line_to(carrier)
        office.set_lines(line)
        await asyncio.sleep(5)
        directory, gateway = office.holder.current, office.exchange.gateway
        capture = Capture(None)
        text = f"REGISTER sip:{line.domain} SIP/2.0\r\nFrom: <sip:{line.user}@{line.domain}>\r\n"
        remotes = (Address("10.0.9.1", 5060), Address("10.0.9.1", 5999))
        for remote in remotes:
            flow = Flow(Transport.UDP, Address("10.0.0.1", 5060), remote)
            capture.record(1.0, Direction.OUT, flow, f"{text}Call-ID: {remote.port}\r\n\r\n".encode())
        case = await case_of("carrier", directory, capture, gateway=gateway)
        assert [each.peer for each in case.messages] == ["10.0.9.1:5060/udp"]

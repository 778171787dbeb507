"""Lines and trunks over TLS whose carriers prove who they are, or fail to."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from app.api import diagnosis
from app.events import LineState, TrunkChanged, TrunkState
from app.net.tls import own_files, server_context
from app.sip.flow import Transport
from tests.flows.conftest import House
from tests.support.authority import Authority
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import CalledCall, answering
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.outside_records import line_values, trunk_values
from tests.support.phone import answering as phone_answers

ACCOUNT = Account(user="87654321", password="line-secret", domain="carrier.example")
SECOND = Account(user="87654322", password="line-secret", domain="carrier.example")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority that nobody believes yet."""
    return Authority(tmp_path / "authority")


def tls_carrier(context: ssl.SSLContext, *accounts: Account) -> Carrier:
    """A carrier that listens on TLS with a certificate."""
    return Carrier(*(accounts or (ACCOUNT,)), tls=context, behavior=answering)


def over_tls(carrier: Carrier, **changes: object) -> dict[str, object]:
    """A line by the carrier's TLS address: the certificate has to be for the domain."""
    assert carrier.tls is not None
    return line_values(carrier, transport="tls", proxy=str(carrier.tls.address), **changes)


async def test_a_carrier_that_proves_its_domain_serves_calls_both_ways(
    house: House, authority: Authority
) -> None:
    await house.set("setting", "tls_ca", value=str(authority.file))
    async with tls_carrier(authority.context("carrier.example")) as carrier:
        await house.add("line", "carrier", **over_tls(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", behavior=phone_answers)
        call = phone.call("910086")
        await call.until_true(lambda: call.status >= 200, "an answer")
        assert call.status == 200
        call.hang_up()
        far = carrier.calls[0]
        assert isinstance(far, CalledCall)
        assert await far.until_ended() == "bye"
        back = carrier.call()
        await back.until_answered()
        phone.all_calls[-1].hang_up()
        assert await back.until_ended() == "bye"
        assert {said.transport for said in carrier.log} == {Transport.TLS}
        assert carrier.tls is not None
        assert len(carrier.tls.peers) == 1
        await house.delete("line", "carrier")


async def test_a_call_whose_connection_is_lost_goes_on_over_one_that_has_proved_itself(
    house: House, authority: Authority
) -> None:
    await house.set("setting", "tls_ca", value=str(authority.file))
    async with tls_carrier(authority.context("carrier.example")) as carrier:
        await house.add("line", "carrier", **over_tls(carrier))
        await house.registered("carrier")
        phone = await house.phone("100", behavior=phone_answers)
        back = carrier.call()
        await back.until_answered()
        assert carrier.tls is not None
        carrier.tls.cut()
        await carrier.until_registered(2)
        phone.all_calls[-1].hang_up()
        assert await back.until_ended() == "bye"
        heard = [said for said in carrier.log if said.heard]
        (bye,) = [said for said in heard if said.first_line.startswith("BYE")]
        registers = [said for said in heard if said.first_line.startswith("REGISTER")]
        assert bye.remote == registers[-1].remote != registers[0].remote
        await house.delete("line", "carrier")


@pytest.mark.logs("carrier: failed")
@pytest.mark.parametrize(
    ("trouble", "said", "cause", "field"),
    [
        ("name", "made out to another name (certificate verify failed: Hostname", "tls_name", "proxy"),
        ("authority", "not signed by an authority this computer knows", "tls_untrusted", "tls_ca"),
        ("self-signed", "not signed by an authority this computer knows", "tls_untrusted", "tls_ca"),
        ("time", "has expired or is not valid yet", "tls_expired", None),
    ],
)
async def test_what_is_wrong_with_a_certificate_is_told_and_the_check_can_be_switched_off(
    house: House,
    authority: Authority,
    tmp_path: Path,
    trouble: str,
    said: str,
    cause: str,
    field: str | None,
) -> None:
    if trouble != "authority":
        await house.set("setting", "tls_ca", value=str(authority.file))
    context = {
        "name": lambda: authority.context("other.example", "127.0.0.1"),
        "authority": lambda: authority.context("carrier.example"),
        "self-signed": lambda: server_context(own_files(tmp_path / "own", ["carrier.example"])),
        "time": lambda: authority.expired_context("carrier.example"),
    }[trouble]()
    async with tls_carrier(context) as carrier:
        await house.add("line", "carrier", **over_tls(carrier))
        view = await house.line("carrier", LineState.FAILED)
        assert carrier.tls is not None
        assert said in view.reason
        assert str(carrier.tls.address) in view.reason
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert (found[0].id, found[0].cause, found[0].field) == ("R06", cause, field)
        assert not carrier.log.requests("REGISTER")
        await house.set("line", "carrier", tls_verify=False)
        await house.registered("carrier")
        await house.delete("line", "carrier")


@pytest.mark.logs("carrier: failed")
async def test_a_carrier_that_knows_old_tls_only_is_told(house: House, authority: Authority) -> None:
    context = authority.old_context("carrier.example")

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()  # asyncio's own TLS would hang up without the alert
        heard.write(await reader.read(4096))
        with pytest.raises(ssl.SSLError):
            context.wrap_bio(heard, said, server_side=True).do_handshake()
        writer.write(said.read())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server, Carrier(ACCOUNT) as carrier:
        host, port = server.sockets[0].getsockname()
        await house.add("line", "carrier", **line_values(carrier, transport="tls", proxy=f"{host}:{port}"))
        view = await house.line("carrier", LineState.FAILED)
        assert "no TLS version or cipher in common (TLS: tlsv1 alert protocol version)" in view.reason
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert (found[0].id, found[0].cause) == ("R06", "tls_version")
        await house.delete("line", "carrier")


@pytest.mark.logs("carrier: failed")
async def test_a_line_registers_as_soon_as_its_authority_is_believed(
    house: House, authority: Authority
) -> None:
    async with tls_carrier(authority.context("carrier.example")) as carrier:
        await house.add("line", "carrier", **over_tls(carrier))
        await house.line("carrier", LineState.FAILED)
        await house.set("setting", "tls_ca", value=str(authority.file))
        await house.registered("carrier")
        await house.delete("line", "carrier")


@pytest.mark.logs("strict: failed")
async def test_a_line_that_demands_proof_takes_no_connection_of_one_that_does_not(
    house: House, authority: Authority
) -> None:
    async with tls_carrier(authority.context("carrier.example"), ACCOUNT, SECOND) as carrier:
        await house.add("line", "lax", **over_tls(carrier, tls_verify=False))
        await house.registered("lax")
        strict = over_tls(carrier, user=SECOND.user, auth_id=SECOND.auth_user)
        await house.add("line", "strict", **strict)
        await house.line("strict", LineState.FAILED)
        assert {said.first_line.split()[0] for said in carrier.log if said.heard} == {"REGISTER"}
        assert carrier.registrar.binding(SECOND) is None
        await house.set("setting", "tls_ca", value=str(authority.file))
        await house.registered("strict")
        assert carrier.tls is not None
        assert len(carrier.tls.peers) == 2
        await house.delete("line", "strict")
        await house.delete("line", "lax")


async def trunk_state(house: House, state: TrunkState) -> str:
    """Wait until the trunk is in this state; the reason."""
    changed = await house.hear(TrunkChanged, lambda event: event.trunk.state is state)
    return changed.trunk.reason


@pytest.mark.logs("trunk branch: unreachable")
async def test_a_trunk_proves_its_address(house: House, authority: Authority) -> None:
    await house.set("setting", "tls_ca", value=str(authority.file))
    async with tls_carrier(authority.context("branch.example")) as carrier:
        assert carrier.tls is not None
        values = trunk_values(carrier, transport="tls", port=carrier.tls.address.port, options_ping=True)
        await house.add("trunk", "branch", **values)
        reason = await trunk_state(house, TrunkState.UNREACHABLE)
        assert "is made out to another name" in reason
        found = await house.ask(diagnosis.diagnose_line, "branch")
        assert (found[0].cause, found[0].field) == ("tls_name", "address")
        await house.set("trunk", "branch", tls_verify=False)
        await trunk_state(house, TrunkState.REACHABLE)
        await house.delete("trunk", "branch")
    async with tls_carrier(authority.context("127.0.0.1")) as carrier:
        assert carrier.tls is not None
        carrier.quirks = CarrierQuirks(challenges=False)
        house.heard.clear()
        values = trunk_values(carrier, transport="tls", port=carrier.tls.address.port, options_ping=True)
        await house.add("trunk", "branch", **values)
        await trunk_state(house, TrunkState.REACHABLE)
        route = {"route_kind": "trunk", "route_target": "branch"}
        await house.add("called_rule", "r1", called_prefix="8", **route)
        phone = await house.phone("100")
        call = phone.call("810086")
        await call.until_true(lambda: call.status >= 200, "an answer")
        assert call.status == 200
        call.hang_up()
        assert await carrier.calls[0].until_ended() == "bye"
        assert len(carrier.tls.peers) == 1
        await house.delete("called_rule", "r1")
        await house.delete("trunk", "branch")

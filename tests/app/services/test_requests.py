from __future__ import annotations

import pytest

from app.sip.flow import Direction
from app.sip.outgoing import OutgoingRequest
from tests.support.office import SERVER, Office, extension, in_virtual_time


@in_virtual_time
async def test_a_phone_registers_refreshes_and_leaves() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        assert len(office.exchange.bindings.of("101")) == 1
        await phone.register(300)
        assert office.remembered["101"].rows[0].contact == "sip:101@10.0.1.1:5060"
        await phone.register(0)
        assert office.remembered["101"].rows == ()
        assert office.exchange.registrar.registrations == 2
        lines = phone.recorder.first_lines(Direction.IN)
        assert [line.split()[1] for line in lines] == ["401", "200", "401", "200", "401", "200"]


@in_virtual_time
async def test_bindings_run_out_by_themselves() -> None:
    async with Office() as office:
        phone = await office.phone("101", registered=False)
        await phone.register(120)
        await office.phone("102")
        await office.quiet()
        assert office.exchange.bindings.of("101") == ()
        assert len(office.exchange.bindings) == 1
        assert office.remembered["101"].rows == ()


@pytest.mark.parametrize(("password", "status"), [("wrong", 403), ("secret-101", 200)])
@in_virtual_time
async def test_passwords(password: str, status: int) -> None:
    async with Office() as office:
        phone = await office.phone("101", password=password, registered=False)
        assert (await phone.register()).status == status


@in_virtual_time
async def test_nobody_registers_as_somebody_else() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        request = OutgoingRequest(
            method="REGISTER",
            uri="sip:10.0.0.1",
            from_="<sip:101@10.0.0.1>",
            to="<sip:102@10.0.0.1>",
            contact_user="101",
            flows=(phone.flow,),
            credentials=phone._credentials,
        )
        response = await phone.ask(request)
        assert response is not None
        assert response.status == 403
        assert office.exchange.bindings.of("102") == ()


@in_virtual_time
async def test_a_disabled_extension_loses_its_devices() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        before = office.holder.current
        office.holder.current = before.with_extensions({"101": extension("101", enabled=False)})
        office.exchange.directory_changed(before, office.holder.current)
        assert office.exchange.bindings.of("101") == ()
        assert (await phone.register()).status == 403


@pytest.mark.parametrize(
    ("method", "status"),
    [("OPTIONS", 200), ("SUBSCRIBE", 489), ("INFO", 481), ("NOTIFY", 481), ("PUBLISH", 405), ("WHAT", 501)],
)
@in_virtual_time
async def test_other_methods(method: str, status: int) -> None:
    async with Office() as office:
        phone = await office.phone("101")
        response = await phone.request(method, "101")
        assert response is not None
        assert response.status == status


@in_virtual_time
async def test_options_tell_what_a_call_would_find() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        response = await phone.request("OPTIONS", "101")
        assert response is not None
        assert {"INVITE", "BYE", "UPDATE", "PRACK"} <= set(response.get_all("allow"))
        assert response.get("accept") == "application/sdp"
        assert response.get_all("supported") == ["100rel", "timer"]
        assert response.get("accept-encoding") == "identity"
        assert response.get("accept-language") == "en"


@in_virtual_time
async def test_malformed_values_are_answered_400() -> None:
    async with Office() as office:
        phone = await office.phone("101", registered=False)
        assert (await phone.register(contact="<tel:101>")).status == 400


@in_virtual_time
async def test_when_we_stop_requests_are_turned_away() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        office.exchange.requests.close()
        response = await phone.request("OPTIONS", "101")
        assert response is not None
        assert (response.status, response.get("retry-after")) == (503, "10")
        assert phone.server == SERVER

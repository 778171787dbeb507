from __future__ import annotations

from ipaddress import ip_network

from app.services.devices import has_authorised_phone
from app.services.directory import Extension
from app.sip import events
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import answering, ringing


@in_virtual_time
async def test_the_own_number_rings_the_other_devices_of_it() -> None:
    async with Office(extension("101", multi_device=True, max_devices=3)) as office:
        one = await office.phone("101", behavior=ringing)
        two = await office.phone("101", behavior=answering)
        call = one.call("101")
        await call.until(events.Accepted)
        assert (len(one.all_calls), len(two.all_calls)) == (1, 1)
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_the_own_number_with_one_phone_is_busy() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        call = phone.call("101")
        await call.until_ended()
        assert call.status == 486


@in_virtual_time
async def test_a_phone_known_by_its_address_is_called_there() -> None:
    known = Extension(number="103", allowed_addresses=(ip_network("10.0.9.9"),))
    async with Office(extension("100"), known) as office:
        caller = await office.phone("100")
        await office.phone("103", host="10.0.9.9", registered=False, behavior=answering)
        call = caller.call("103")
        await call.until(events.Accepted)
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


def test_only_a_single_address_is_a_place_to_call() -> None:
    def allowed(*networks: str) -> Extension:
        return Extension(number="1", allowed_addresses=tuple(ip_network(network) for network in networks))

    assert has_authorised_phone(allowed("10.0.0.1"))
    assert has_authorised_phone(allowed("2001:db8::1"))
    assert not has_authorised_phone(allowed())
    assert not has_authorised_phone(allowed("10.0.0.0/24"))
    assert not has_authorised_phone(allowed("10.0.0.1", "10.0.0.2"))

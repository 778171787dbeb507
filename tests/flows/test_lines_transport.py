"""By which transport and socket a line's calls leave: real sockets, where the carrier takes TCP as well."""

from __future__ import annotations

import pytest

from app.sip.flow import Transport
from tests.flows.conftest import House
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import CalledCall, answering
from tests.support.outside_records import line_values
from tests.support.phone import answering as phone_answers

ACCOUNT = Account(user="87654321", password="line-secret", domain="carrier.example")
LONG = "x" * 190  # stands in the Request-URI and in the answer to the challenge: more than 1300 bytes


@pytest.mark.parametrize(("transport", "used"), [("udp", Transport.UDP), ("tcp", Transport.TCP)])
async def test_register_and_long_calls_leave_by_one_socket(
    house: House, transport: str, used: Transport
) -> None:
    async with Carrier(ACCOUNT, behavior=answering) as carrier:
        values = line_values(carrier, transport=transport, request_uri_params=f"x-note={LONG}")
        await house.add("line", "carrier", **values)
        await house.registered("carrier")
        phone = await house.phone("101")
        call = phone.call("910086")
        await call.until_true(lambda: call.status >= 200, "an answer")
        assert call.status == 200
        far = carrier.calls[0]
        assert isinstance(far, CalledCall)
        said = [
            each for each in carrier.log if each.heard and each.first_line.startswith(("REGISTER", "INVITE"))
        ]
        assert {each.transport for each in said} == {used}
        assert len({each.remote for each in said}) == 1
        assert any(len(each.data) > 1300 for each in said)
        call.hang_up()
        assert await far.until_ended() == "bye"
        await house.delete("line", "carrier")


async def test_a_line_may_leave_by_another_address_of_ours(house: House) -> None:
    async with Carrier(ACCOUNT, behavior=answering) as carrier:
        await house.add("line", "carrier", **line_values(carrier, bind_address="127.0.0.3"))
        await house.registered("carrier")
        phone = await house.phone("101")
        call = phone.call("910086")
        await call.until_true(lambda: call.status >= 200, "an answer")
        assert call.status == 200
        call.hang_up()
        assert await carrier.calls[0].until_ended() == "bye"
        heard = [each for each in carrier.log if each.heard]
        assert {each.remote.host for each in heard} == {"127.0.0.3"}
        assert len({each.remote.port for each in heard}) == 1
        await house.phone("100", behavior=phone_answers)
        back = carrier.call()
        await back.until_answered()
        back.hang_up()
        await house.delete("line", "carrier")

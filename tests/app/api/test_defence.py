from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from app.api import defence
from app.errors import UserError
from app.pbx import Pbx
from tests.support.office import Office, in_virtual_time


@pytest.mark.logs("is banned until")
@in_virtual_time
async def test_bans_are_listed_and_lifted() -> None:
    async with Office() as office:
        pbx = cast(Pbx, SimpleNamespace(exchange=office.exchange))
        assert await defence.bans(pbx) == ()
        phone = await office.phone("100", password="wrong", registered=False)
        for _ in range(10):
            assert (await phone.register()).status == 403
        (ban,) = await defence.bans(pbx)
        assert (ban.address, ban.failures, ban.user) == (phone.host, 10, "100")
        assert ban.until - ban.since == 180 * 60
        await defence.unban(pbx, f" {phone.host} ")
        assert await defence.bans(pbx) == ()
        assert (await phone.register()).status == 403
        with pytest.raises(UserError, match="is not banned"):
            await defence.unban(pbx, phone.host)

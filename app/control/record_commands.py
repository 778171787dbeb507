"""The commands on records and first passwords, which need no running server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.api import records
from app.services.first_passwords import FirstPassword

Command = Callable[..., Awaitable[object]]


async def first_passwords(pbx: records.HasConfiguration, only_new: bool = False) -> tuple[FirstPassword, ...]:
    """The generated passwords still readable."""
    return await pbx.configuration.first_passwords(only_new=only_new)


async def dismiss_first_passwords(pbx: records.HasConfiguration) -> None:
    """Forget them."""
    await pbx.configuration.dismiss_first_passwords()


RECORD_COMMANDS: dict[str, Command] = {
    "records.list": records.list_records,
    "records.get": records.get_record,
    "records.add": records.add_record,
    "records.set": records.set_record,
    "records.delete": records.delete_record,
    "records.import": records.import_csv,
    "records.export": records.export_csv,
    "passwords": first_passwords,
    "passwords.dismiss": dismiss_first_passwords,
}

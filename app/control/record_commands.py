"""The commands on records, first passwords and the dial plan, which need no running server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.api import dial_plan, records
from app.services.first_passwords import FirstPassword

Command = Callable[..., Awaitable[object]]


async def first_passwords(pbx: records.HasConfiguration, only_new: bool = False) -> tuple[FirstPassword, ...]:
    """The generated passwords still readable."""
    return await pbx.configuration.first_passwords(only_new=only_new)


async def dismiss_first_passwords(pbx: records.HasConfiguration) -> None:
    """Forget them."""
    await pbx.configuration.dismiss_first_passwords()


async def explain(pbx: records.HasConfiguration, caller: str, dialled: str, at: str | None = None) -> object:
    """What would happen to a call."""
    return (await dial_plan.explain(pbx, caller, dialled, at)).as_json()


RECORD_COMMANDS: dict[str, Command] = {
    "records.list": records.list_records,
    "records.get": records.get_record,
    "records.add": records.add_record,
    "records.set": records.set_record,
    "records.delete": records.delete_record,
    "records.import": records.import_csv,
    "records.export": records.export_csv,
    "explain": explain,
    "passwords": first_passwords,
    "passwords.dismiss": dismiss_first_passwords,
}

"""The line doctor's commands: on a running server, and on a data folder that none runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.api import diagnosis
from app.diagnosis.doctor import diagnose
from app.services.casework import case_of, masked
from app.trace.capture import Capture

if TYPE_CHECKING:
    from app.control.record_commands import Command
    from app.services.directory import Directory


async def offline(
    command: str, directory: Directory, capture: Capture | None, arguments: dict[str, Any]
) -> object:
    """Carry one out without a server: from the records and the trace that the last run left."""
    case = await case_of(arguments["name"], directory, capture)
    if command == "diagnose":
        return diagnose(case, notes=arguments.get("notes", False))
    return masked(case, numbers=arguments.get("numbers", False)).to_json()


DIAGNOSIS_COMMANDS: dict[str, Command] = {
    "diagnose": diagnosis.diagnose_line,
    "diagnose.save": diagnosis.save_case,
}

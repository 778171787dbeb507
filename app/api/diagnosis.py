"""The line doctor: what is wrong with a line or trunk, or in a case that was saved."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from app.db.tables import call_record
from app.db.tables.call_record import CallRecordQuery
from app.diagnosis import Case, CaseError, Finding, Severity
from app.diagnosis.doctor import diagnose
from app.diagnosis.texts import TEXTS
from app.errors import UserError
from app.services.case_sound import call_ids_of, running_streams, streams
from app.services.casework import case_of, masked

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["TEXTS", "Finding", "Severity", "diagnose_case", "diagnose_line", "save_case"]


_RECENT_CALLS = 100  # whose sound is looked at


def diagnose_case(given: Mapping[str, Any], *, notes: bool = False) -> tuple[Finding, ...]:
    """Explain a saved case; no server is needed. UserError `diagnose.case` where it is none."""
    try:
        read = Case.from_json(given)
    except CaseError as problem:
        text = f"This is no case file: {problem}."
        raise UserError("diagnose.case", text, problem=str(problem)) from None
    return diagnose(read, notes=notes)


async def diagnose_line(
    pbx: Pbx, name: str, call_ids: Collection[str] = (), notes: bool = False
) -> tuple[Finding, ...]:
    """Explain how a line or trunk fares, most likely cause first; empty where nothing is wrong.

    With `call_ids` only what those calls show. UserError `diagnose.unknown`.
    """
    seen = await case(pbx, name, call_ids)
    return await asyncio.to_thread(diagnose, seen, notes=notes)  # much reading: the loop must not wait for it


async def save_case(
    pbx: Pbx, name: str, mask: bool = True, numbers: bool = False, call_ids: Collection[str] = ()
) -> dict[str, Any]:
    """What the doctor looks at, as the content of a case file. UserError `diagnose.unknown`.

    Passwords are never in it; with `mask` no digest answers and keys either, with `numbers` no telephone
    numbers.
    """
    seen = await case(pbx, name, call_ids)
    return (masked(seen, numbers=numbers) if mask or numbers else seen).to_json()


async def case(pbx: Pbx, name: str, call_ids: Collection[str] = ()) -> Case:
    """What the doctor looks at, unmasked. UserError `diagnose.unknown`."""
    case = await case_of(
        name,
        pbx.configuration.directory,
        pbx.capture,
        gateway=pbx.exchange.gateway,
        failures=tuple(pbx.endpoint.failures),
        call_ids=call_ids,
    )
    rows = await pbx.configuration.database.run(call_record.page, CallRecordQuery(), limit=_RECENT_CALLS)
    ids = call_ids_of(case)
    running = await running_streams(pbx.exchange.calls, ids)
    return dataclasses.replace(case, rtp=running + streams(rows, ids))

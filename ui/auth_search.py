"""Finds the authentication name a carrier wants: tries the documented forms, and stops in time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from app.api import records
from app.api.examination import AuthForm
from app.events import LineChanged, LineState, LineView
from app.fields import Value
from ui.bridge import Bridge

PATIENCE_S = 45.0  # for the carrier's answer to one form
_GOES_ON = (401, 407)  # after any other refusal a further try could lock the account


class AuthSearch(QObject):
    """One search on one line. The fields are put back where no form helps, or the search is cancelled."""

    def __init__(self, bridge: Bridge, name: str, tell: Callable[[AuthForm, int, int], None]) -> None:
        super().__init__()
        self._bridge = bridge
        self._name = name
        self._tell = tell  # the form, its place, how many there are
        self._answer: asyncio.Future[LineView] | None = None
        bridge.line_changed.connect(self._line_changed)

    async def run(self, forms: Sequence[AuthForm]) -> AuthForm | None:
        """Try; gives the form that registered, which stays set."""
        before = await self._bridge.ask(records.get_record, "line", self._name)
        kept: dict[str, Value] = {name: before[name] for form in forms for name in form.fields}
        found: AuthForm | None = None
        try:
            for place, form in enumerate(forms, start=1):
                self._tell(form, place, len(forms))
                await asyncio.sleep(form.wait_s)
                view = await self._try(form)
                if view is not None and view.state is LineState.REGISTERED:
                    found = form
                    break
                if view is None or view.code not in _GOES_ON:
                    break
        finally:
            self._bridge.line_changed.disconnect(self._line_changed)
            if found is None:
                await self._bridge.ask(records.set_record, "line", self._name, kept)
        return found

    async def _try(self, form: AuthForm) -> LineView | None:
        """What the carrier says to one form; None where it says nothing."""
        self._answer = asyncio.get_running_loop().create_future()
        await self._bridge.ask(records.set_record, "line", self._name, dict(form.fields))
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._answer
        except TimeoutError:
            return None

    @Slot(object)
    def _line_changed(self, event: LineChanged) -> None:
        is_final = event.line.state in (LineState.REGISTERED, LineState.FAILED)
        if event.line.name == self._name and is_final and self._answer and not self._answer.done():
            self._answer.set_result(event.line)

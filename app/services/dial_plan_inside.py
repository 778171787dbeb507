"""Where a number or a destination leads inside: extensions, menus, groups, mailboxes, rooms, codes."""

from __future__ import annotations

from dataclasses import dataclass

from app.services import service_codes
from app.services.actions import (
    Action,
    CallGroup,
    JoinConference,
    LeaveMessage,
    OpenMenu,
    Refuse,
    RingExtension,
)
from app.services.dial_plan_explanation import Explanation, Stage
from app.services.dial_plan_query import Party, PartyKind
from app.services.directory import Directory


@dataclass(frozen=True, slots=True)
class Inside:
    """Answers for one caller; each answer is an action, and a step of the explanation."""

    directory: Directory
    caller: Party
    explain: Explanation

    def number(self, number: str) -> Action | None:
        """What a number means inside; None where it means nothing. An extension comes before all else."""
        if number in self.directory.extensions:
            return self.extension(number)
        if number in self.directory.ring_groups:
            return self.group(number)
        menu = self.directory.menu_numbers.get(number)
        return self.menu(menu) if menu is not None else None

    def code(self, dialled: str, *, is_chosen: bool) -> Action | None:
        """What a service code does; None for what is none.

        Codes are for those inside; an administrator may send others to a code that needs no extension.
        """
        found = service_codes.find(dialled)
        if found is None:
            return None
        code, match = found
        is_inside = self.caller.kind is PartyKind.EXTENSION
        if not is_inside and (code.is_for_extensions or not is_chosen):
            self._note("route.code_inside_only", before=dialled, name=code.words)
            return Refuse(404)
        self._note("route.code", before=dialled, name=code.words)
        return code.action(match, self.caller.key)

    def destination(self, kind: str, key: str) -> Action:
        """Where `menu:NAME` and its like lead."""
        match kind:
            case "extension":
                return self.extension(key)
            case "menu":
                return self.menu(key)
            case "voicemail":
                return self.mailbox(key)
            case "group":
                return self.group(key)
            case "conference":
                self._note("route.conference", kind="conference", key=key)
                return JoinConference(key)
        return self.unknown(f"{kind}:{key}")

    def extension(self, number: str) -> Action:
        """Ring. A disabled extension is not found: whoever calls need not know that it is configured."""
        if not number:
            self._note("route.nothing_dialled")
            return Refuse(484)
        found = self.directory.extension(number)
        if found is None:
            return self.unknown(number)
        if not found.enabled:
            self._note("route.disabled", kind="extension", key=number)
            return Refuse(404)
        self._note("route.local", kind="extension", key=number)
        return RingExtension(number)

    def menu(self, name: str) -> Action:
        """Let an attendant's menu talk with the caller."""
        if name not in self.directory.menus:
            self._note("route.no_menu", kind="menu", key=name)
            return Refuse(404)
        self._note("route.menu", kind="menu", key=name)
        return OpenMenu(name)

    def group(self, number: str) -> Action:
        """Ring the members of a ring group."""
        found = self.directory.ring_groups.get(number)
        if found is None or not found.enabled:
            code = "route.no_group" if found is None else "route.group_disabled"
            self._note(code, kind="ring_group", key=number)
            return Refuse(404)
        self._note("route.group", kind="ring_group", key=number)
        return CallGroup(number)

    def mailbox(self, number: str) -> Action:
        """Let the caller leave a message, whether the extension's phones are there or not."""
        found = self.directory.extension(number)
        if found is None or not found.enabled:
            return self.extension(number)
        self._note("route.voicemail", kind="extension", key=number)
        return LeaveMessage(number)

    def unknown(self, number: str) -> Refuse:
        """Nothing of ours."""
        self._note("route.unknown", before=number)
        return Refuse(404)

    def _note(self, code: str, **more: str) -> None:
        self.explain.note(Stage.ROUTE, code, **more)

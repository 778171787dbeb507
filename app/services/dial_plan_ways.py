"""The ways out of the house: which lines and trunks can carry a call, and the numbers each would send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.services.actions import OutKind, OutRoute
from app.services.dial_plan_explanation import Explanation, Stage
from app.services.dial_plan_query import Party, PartyKind
from app.services.directory import Directory, Extension
from app.services.number_forms import to_international, written
from app.services.outside import CallerIdForm, Line, NumberForm, Trunk
from app.services.prefix_table import plain_prefix
from app.services.routing_tables import DisplayMode, RefineRule, RouteKind, Transition
from app.services.time_conditions import holds


@dataclass(frozen=True, slots=True)
class Shown:
    """The caller after caller analysis: its number, and the display number set for it."""

    party: Party
    extension: Extension | None
    number: str
    display: str = ""
    display_mode: DisplayMode | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Chooses among lines and trunks at one moment, for one caller."""

    directory: Directory
    caller: Shown
    at: datetime
    explain: Explanation

    def by(self, kind: RouteKind, target: str, number: str) -> tuple[OutRoute, ...]:
        """The candidates of a rule's route, in order."""
        match kind:
            case RouteKind.LINE:
                found = [*self._named_line(target)]
            case RouteKind.LINE_GROUP:
                found = [*self._shared_lines(target)]
            case RouteKind.TRUNK:
                return tuple(self.over_trunk(trunk, number) for trunk in self._trunks_from(target))
            case _:
                return ()
        return tuple(self.over_line(line, number) for line in found)

    def by_lines(self, number: str) -> tuple[OutRoute, ...]:
        """The candidates of the out-group prefix: the caller's own line, then every shared one."""
        return tuple(self.over_line(line, number) for line in self._shared_lines(None))

    def in_emergency(self, number: str, preferred: tuple[RouteKind, str] | None) -> tuple[OutRoute, ...]:
        """Every enabled line and trunk, the preferred first; the number goes out as it is."""
        own = self.caller.extension.own_line if self.caller.extension else ""
        kind, target = preferred or (RouteKind.LOCAL, "")

        def line_order(line: Line) -> tuple[bool, bool, bool]:
            by_group = kind is RouteKind.LINE_GROUP and line.outgoing_group == target
            is_preferred = by_group or (kind is RouteKind.LINE and line.name == target)
            return not is_preferred, line.name != own, not line.shared

        lines = sorted((each for each in self.directory.lines.values() if each.enabled), key=line_order)
        trunks = [each for each in self.directory.trunks.values() if each.enabled]
        trunks.sort(key=lambda trunk: trunk.name != target)
        over_lines = [self._route_over_line(line, number) for line in lines]
        over_trunks = [self._route_over_trunk(trunk, number) for trunk in trunks]
        if kind is RouteKind.TRUNK:
            return (*over_trunks, *over_lines)
        return (*over_lines, *over_trunks)

    def over_line(self, line: Line, number: str) -> OutRoute:
        """A line as a candidate, the number as it will be sent."""
        return self._route_over_line(
            line, self._refined(number, line.outgoing_group, line.number_form, line.name)
        )

    def over_trunk(self, trunk: Trunk, number: str) -> OutRoute:
        """A trunk as a candidate."""
        return self._route_over_trunk(
            trunk, self._refined(number, f"trunk:{trunk.name}", trunk.number_form, trunk.name)
        )

    def _named_line(self, name: str) -> Iterator[Line]:
        line = self.directory.lines.get(name)
        if line is None:
            self._note("way.missing", "line", name, "line")
        elif self._is_open("line", line):
            self._note("way.line", "line", name)
            yield line

    def _shared_lines(self, group: str | None) -> Iterator[Line]:
        """Lines of a group, or all; the caller's own first, others only where they are shared."""
        own = self.caller.extension.own_line if self.caller.extension else ""
        lines = self.directory.lines
        first = [lines[own]] if own in lines else []
        for line in (*first, *(each for each in lines.values() if each.name != own)):
            if group is not None and line.outgoing_group != group:
                continue
            if not line.shared and line.name != own:
                self._note("way.not_shared", "line", line.name)
            elif self._is_open("line", line):
                self._note("way.own_line" if line.name == own else "way.line", "line", line.name)
                yield line

    def _trunks_from(self, name: str) -> Iterator[Trunk]:
        """A trunk and those that take over from it, each once."""
        seen: set[str] = set()
        before = ""
        while name and name not in seen:
            seen.add(name)
            trunk = self.directory.trunks.get(name)
            if trunk is None:
                self._note("way.missing", "trunk", name, "trunk")
                return
            if self._is_open("trunk", trunk):
                if before:
                    self._note("way.next_trunk", "trunk", name, before)
                else:
                    self._note("way.trunk", "trunk", name)
                yield trunk
            before, name = name, trunk.next_trunk

    def _is_open(self, kind: str, way: Line | Trunk) -> bool:
        if not way.enabled:
            self._note("way.disabled", kind, way.name, kind)
            return False
        zone = self.directory.settings.time_zone
        if not holds(self.directory.time_conditions, way.time_condition, self.at, zone):
            self._note("way.not_now", kind, way.name, kind)
            return False
        return True

    def _refined(self, number: str, group: str, form: NumberForm, name: str) -> str:
        """The last changes before the number leaves: the way's own form, then the refine rule."""
        country = self.directory.settings.default_country_code
        formed = written(number, form, country)
        if formed != number:
            self.explain.note(Stage.REFINE, "refine.form", name=name, before=number, after=formed)
        elif form is not NumberForm.AS_DIALLED and not to_international(number, country):
            self.explain.note(Stage.REFINE, "refine.form_unknown", name=name, before=number)
        rule = self._refine_rule(formed, group)
        if rule is None:
            return formed
        self.explain.note(
            Stage.REFINE, "refine.rule", kind="refine_rule", key=rule.id, before=formed, name=name
        )
        return transformed(self.directory.routing.transitions, rule.transition, formed, self.explain)

    def _refine_rule(self, number: str, group: str) -> RefineRule | None:
        """The longest prefix decides; of equal ones a rule of this very group."""
        best: RefineRule | None = None
        for rule in self.directory.routing.refine_rules.matching(number):
            if rule.outgoing_group not in ("", group):
                continue
            if best is None:
                best = rule
            elif best.outgoing_group or plain_prefix(rule.called_prefix) != plain_prefix(best.called_prefix):
                break
            elif rule.outgoing_group:
                best = rule
        return best

    def _route_over_line(self, line: Line, number: str) -> OutRoute:
        """Without a number of its own the caller appears as the line."""
        caller = self.caller
        shown = caller.display or (caller.extension.own_number if caller.extension else "")
        is_outsider = caller.party.kind is not PartyKind.EXTENSION and not caller.party.is_withheld
        if not shown and is_outsider and line.caller_id_form is not CallerIdForm.FROM:
            shown = caller.number
        return self._route(OutKind.LINE, line.name, number, shown, self._both(shown), line.number_form)

    def _route_over_trunk(self, trunk: Trunk, number: str) -> OutRoute:
        """The other side is told who calls, unless all calls show one number."""
        caller = self.caller
        if trunk.unified_caller:
            shown, name = trunk.unified_caller, ""
        else:
            shown = caller.display or (caller.extension.own_number if caller.extension else "")
            shown = shown or caller.number
            name = self._both(shown) or caller.party.display
        return self._route(OutKind.TRUNK, trunk.name, number, shown, name, trunk.number_form)

    def _route(
        self, kind: OutKind, name: str, number: str, shown: str, shown_name: str, form: NumberForm
    ) -> OutRoute:
        shown = written(shown, form, self.directory.settings.default_country_code)
        code = "shown.number" if shown else "shown.line"
        self.explain.note(Stage.SHOWN, code, kind=kind.value, key=name, name=name, after=shown)
        return OutRoute(
            kind=kind,
            name=name,
            number=number,
            caller_number=shown,
            caller_name=shown_name,
            privacy=self.caller.party.is_withheld,
        )

    def _both(self, shown: str) -> str:
        """The caller's own number as the name, where both are to be seen."""
        is_both = self.caller.display_mode is DisplayMode.BOTH and shown == self.caller.display
        return self.caller.number if is_both else ""

    def _note(self, code: str, kind: str, key: str, name: str = "") -> None:
        self.explain.note(Stage.ROUTE, code, kind=kind, key=key, name=name)


def transformed(transitions: Mapping[str, Transition], name: str, number: str, explain: Explanation) -> str:
    """Apply a named transition; no name changes nothing, and neither does one that is gone."""
    if not name:
        return number
    transition = transitions.get(name)
    if transition is None:
        explain.note(Stage.TRANSITION, "transition.missing", kind="transition", key=name, before=number)
        return number
    after = transition.apply(number)
    explain.note(Stage.TRANSITION, "transition", kind="transition", key=name, before=number, after=after)
    return after

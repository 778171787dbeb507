"""Decides what a dialled number means: a pure function of the directory, the caller and the moment.

The order is that of the tables: screen, analyse the caller, analyse the called number, transition, route, and
refine just before a line or trunk. docs/dial-plan.md tells it to administrators.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from app.services.actions import Action, DialOut, OutRoute, Refuse, RingExtension
from app.services.dial_plan_explanation import UNEXPLAINED, Explanation, Stage
from app.services.dial_plan_inside import Inside
from app.services.dial_plan_query import Blocked, Decision, PartyKind, Query
from app.services.dial_plan_ways import Shown, Ways, transformed
from app.services.directory import Directory, Extension
from app.services.number_forms import spellings
from app.services.prefix_table import EVERYTHING
from app.services.routing_tables import CalledRule, DidRoute, DisplayMode, RouteKind
from app.services.screening import ANONYMOUS, caller_to_screen, is_blocked, screen
from app.services.time_conditions import holds

_SEPARATORS = str.maketrans("", "", "-.() ")  # RFC 3966 3: they stand in numbers for the eye only
# What may leave: a telephone number, or a user's name at another exchange. What is neither, such as "0-0x44",
# would pass prefixes of the black list that a carrier still reads in it; and tel: URIs know no escapes.
_DIALLABLE = re.compile(r"\+?[0-9*#A-Da-d]+|[A-Za-z][A-Za-z0-9._-]*").fullmatch
_ANONYMOUS_NAME = "Anonymous"
_OUTSIDE = frozenset({RouteKind.LINE, RouteKind.LINE_GROUP, RouteKind.TRUNK})


def decide(
    directory: Directory,
    query: Query,
    explain: Explanation | None = None,
    *,
    chance: Callable[[], float] = random.random,
) -> Decision:
    """Decide on a call. Every query has a decision; nothing is asked but the arguments.

    `chance` gives a number from 0 to below 1, for entries of the black list with a rate.
    """
    run = _Run(directory, query, explain or UNEXPLAINED, chance)
    return run.decide()


def decide_chosen(directory: Directory, query: Query, explain: Explanation | None = None) -> Action:
    """What a destination means that an administrator chose for this caller: it may lead anywhere.

    `query.dialled` is the destination, such as the key of a menu has one: a number, or KIND:KEY.
    """
    return _Run(directory, query, explain or UNEXPLAINED, random.random).decide_chosen()


def decide_direct(
    directory: Directory,
    query: Query,
    explain: Explanation | None = None,
    *,
    chance: Callable[[], float] = random.random,
) -> Action:
    """What a number means that a caller dialled in an attendant: inside the house, past the black list."""
    return _Run(directory, query, explain or UNEXPLAINED, chance).decide_direct()


def is_emergency(directory: Directory, dialled: str) -> bool:
    """Whether help is called with this number, dialled with the out-group prefix or without."""
    return bool(_emergency_number(directory, dialled))


def _emergency_number(directory: Directory, dialled: str) -> str:
    numbers, prefix = directory.settings.emergency_numbers, directory.settings.out_group_prefix
    if dialled in numbers:
        return dialled
    plain = dialled.removeprefix(prefix) if prefix else ""
    return plain if plain != dialled and plain in numbers else ""


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):  # noqa: N818  a decision, no error
    action: Refuse
    blocked_by: Blocked | None = None


class _Run:
    """One decision in the making."""

    __slots__ = (
        "_caller",
        "_chance",
        "_directory",
        "_explain",
        "_extension",
        "_house",
        "_levels",
        "_query",
        "_ways",
    )

    def __init__(
        self, directory: Directory, query: Query, explain: Explanation, chance: Callable[[], float]
    ) -> None:
        self._directory = directory
        self._query = query
        self._explain = explain
        self._chance = chance
        is_inside = query.caller.kind is PartyKind.EXTENSION
        self._extension = directory.extension(query.caller.key) if is_inside else None
        # Nobody inside is without rights: a caller that is not known here was let in as an extension.
        self._levels = (self._extension or Extension(number="")).call_levels if is_inside else frozenset()
        self._caller = Shown(query.caller, self._extension, query.caller.number)
        self._ways = Ways(directory, self._caller, query.at, explain)
        self._house = Inside(directory, query.caller, explain)

    def decide(self) -> Decision:
        """Pass the stations one by one."""
        dialled = plain_number(self._query.dialled)
        blocked: Blocked | None = None
        try:
            action = self._emergency(dialled)
            if action is None:
                self._screen(dialled)
                self._analyse_caller()
                action = self._from_outside(dialled) if self._is_outsider else self._inside(dialled)
        except _Refusal as refusal:
            action, blocked = refusal.action, refusal.blocked_by
        number, name = self._appearance()
        return Decision(
            action=action,
            blocked_by=blocked,
            caller_number=number,
            caller_name=name,
            steps=self._explain.steps,
        )

    def decide_chosen(self) -> Action:
        """Skip the black list and the routes for calls from outside: the call has passed them."""
        try:
            self._analyse_caller()
            return self._to_destination(self._query.dialled)
        except _Refusal as refusal:
            return refusal.action

    def decide_direct(self) -> Action:
        """Only what has a number of its own inside: no rules, no codes, no way out."""
        try:
            self._screen(self._query.dialled)
        except _Refusal as refusal:
            return refusal.action
        found = self._house.number(self._query.dialled)
        return found or self._house.unknown(self._query.dialled)

    @property
    def _is_outsider(self) -> bool:
        return self._query.caller.kind is not PartyKind.EXTENSION

    def _emergency(self, dialled: str) -> Action | None:
        """Before everything else; an extension that has the number on purpose comes first."""
        number = _emergency_number(self._directory, dialled)
        if self._is_outsider or not number:
            return None
        known = self._directory.extension(dialled)
        if known is not None and known.enabled:
            self._note(Stage.EMERGENCY, "emergency.extension", kind="extension", key=dialled, before=dialled)
            return RingExtension(dialled)
        self._note(Stage.EMERGENCY, "emergency.number", before=dialled, after=number)
        self._caller = self._displayed(self._caller.number)
        self._ways = Ways(self._directory, self._caller, self._query.at, self._explain)
        candidates = self._ways.in_emergency(number, self._preferred(number))
        if not candidates:
            self._note(Stage.EMERGENCY, "emergency.no_way")
            return Refuse(503)
        return DialOut(candidates, is_emergency=True)

    def _preferred(self, number: str) -> tuple[RouteKind, str] | None:
        """The way that a rule has for an emergency number; the others follow it."""
        for rule in self._directory.routing.called_rules.matching(number, self._caller.number):
            if rule.enabled and rule.route_kind in _OUTSIDE:
                return rule.route_kind, rule.route_target
        return None

    def _screen(self, dialled: str) -> None:
        party = self._query.caller
        caller = caller_to_screen(party.number, is_withheld=party.is_withheld)
        rule = screen(self._directory.screening, caller, dialled, party.number)
        if rule is None:
            self._note(Stage.SCREEN, "screen.none", before=caller, after=dialled)
            return
        blocks = is_blocked(rule, self._chance)
        self._note(
            Stage.SCREEN,
            "screen.blocked" if blocks else "screen.passed",
            kind="screening",
            key=rule.id,
            before=caller,
            after=dialled,
            name=str(rule.rate),
        )
        if blocks:
            raise _Refusal(Refuse(403), Blocked("screening", rule.id))

    def _analyse_caller(self) -> None:
        routing = self._directory.routing
        number = plain_number(self._query.caller.number)
        rule = next(routing.caller_rules.matching(number), None)
        if rule is None:
            self._note(Stage.CALLER, "caller.none", before=number)
        else:
            self._note(Stage.CALLER, "caller.rule", kind="caller_rule", key=rule.id, before=number)
            number = transformed(routing.transitions, rule.transition, number, self._explain)
            if rule.call_levels is not None:
                self._levels = rule.call_levels
                shown = ", ".join(str(level) for level in sorted(rule.call_levels))
                self._note(Stage.CALLER, "caller.levels", kind="caller_rule", key=rule.id, after=shown)
        self._caller = self._displayed(number)
        self._ways = Ways(self._directory, self._caller, self._query.at, self._explain)

    def _displayed(self, number: str) -> Shown:
        """The caller with this number, and the display number it has."""
        shown = Shown(self._query.caller, self._extension, number)
        found = self._directory.routing.display_numbers.get(number)
        if found is None:
            return shown
        self._note(
            Stage.CALLER,
            "shown.display_number",
            kind="display_number",
            key=found.caller,
            before=number,
            after=found.shown,
        )
        return Shown(self._query.caller, self._extension, number, found.shown, found.mode)

    def _inside(self, dialled: str) -> Action:
        return self._called(dialled, may_leave=True)

    def _from_outside(self, dialled: str) -> Action:
        """DID routes, then outside numbers of extensions, then where the line's calls go, then as dialled."""
        party = self._query.caller
        found = self._did_route(dialled)
        if found is not None:
            return self._by_did(found, dialled)
        country = self._directory.settings.default_country_code
        for spelling in spellings(dialled, country):
            owner = self._directory.own_numbers.get(spelling)
            if owner is not None:
                self._note(Stage.INCOMING, "incoming.own_number", kind="extension", key=owner, before=dialled)
                return self._house.extension(owner)
        if party.kind is PartyKind.LINE:
            line = self._directory.lines.get(party.key)
            if line is not None and line.incoming_to:
                self._note(
                    Stage.INCOMING, "incoming.line", kind="line", key=line.name, after=line.incoming_to
                )
                return self._to_destination(line.incoming_to)
        self._note(Stage.INCOMING, "incoming.as_dialled", before=dialled)
        trunk = self._directory.trunks.get(party.key) if party.kind is PartyKind.TRUNK else None
        return self._called(dialled, may_leave=trunk is not None and trunk.transit)

    def _did_route(self, dialled: str) -> DidRoute | None:
        """The route of the number itself in any spelling, else of its longest prefix."""
        table = self._directory.routing.did_routes
        found = spellings(dialled, self._directory.settings.default_country_code)
        exact = [table.records[spelling] for spelling in found if spelling in table.records]
        for route in (*exact, *(route for spelling in found for route in table.matching(spelling))):
            party = self._query.caller
            if not route.line or (party.kind is PartyKind.LINE and party.key == route.line):
                return route
            self._note(
                Stage.INCOMING,
                "incoming.did_other_line",
                kind="did_route",
                key=route.number,
                before=dialled,
                name=route.line,
            )
        return None

    def _by_did(self, route: DidRoute, dialled: str) -> Action:
        is_open = self._holds(route.time_condition)
        destination = route.destination if is_open else route.else_destination
        code = "incoming.did" if is_open else "incoming.did_otherwise"
        self._note(
            Stage.INCOMING,
            code if destination else "incoming.did_closed",
            kind="did_route",
            key=route.number,
            before=dialled,
            after=destination,
            name=route.time_condition,
        )
        if not destination:
            raise _Refusal(Refuse(480), Blocked("did_route", route.number))
        return self._to_destination(destination)

    def _to_destination(self, destination: str) -> Action:
        """What the administrator chose may lead anywhere, outside too."""
        kind, colon, key = destination.partition(":")
        if not colon:
            return self._called(destination, may_leave=True, is_chosen=True)
        return self._house.destination(kind, key)

    def _called(self, number: str, *, may_leave: bool, is_chosen: bool = False) -> Action:
        """Analyse a number as it is dialled inside. `is_chosen`: by the administrator, not by the caller."""
        rule = self._rule(number, may_leave=may_leave, is_chosen=is_chosen)
        if rule is None:
            self._note(Stage.CALLED, "called.none", before=number)
            return self._without_rule(number, may_leave=may_leave, is_chosen=is_chosen)
        number = transformed(self._directory.routing.transitions, rule.transition, number, self._explain)
        match rule.route_kind:
            case RouteKind.REFUSE:
                self._note(Stage.ROUTE, "route.refused", kind="called_rule", key=rule.id, before=number)
                raise _Refusal(Refuse(403), Blocked("called_rule", rule.id))
            case RouteKind.LOCAL:
                return self._local(number, is_chosen=is_chosen)
            case RouteKind.SERVICE:
                kind, colon, key = rule.route_target.partition(":")
                return self._house.destination(kind, key) if colon else self._local(kind, is_chosen=True)
        return self._out(number, lambda: self._ways.by(rule.route_kind, rule.route_target, number))

    def _rule(self, number: str, *, may_leave: bool, is_chosen: bool) -> CalledRule | None:
        """The rule that decides; raises a refusal where it asks for a call level that is not there."""
        for rule in self._directory.routing.called_rules.matching(number, self._caller.number):
            prefix = rule.called_prefix or EVERYTHING
            if not rule.enabled:
                self._note_rule("called.disabled", rule, number, prefix)
                continue
            if not self._holds(rule.time_condition):
                self._note_rule("called.not_now", rule, number, rule.time_condition)
                continue
            if not may_leave and rule.route_kind in _OUTSIDE:
                self._note_rule("called.not_transit", rule, number, self._query.caller.key)
                continue
            if rule.call_level is not None and not is_chosen and rule.call_level not in self._levels:
                caller = self._caller.number or self._query.caller.key
                self._note_rule("called.level", rule, caller, str(rule.call_level))
                raise _Refusal(Refuse(403), Blocked("called_rule", rule.id))
            self._note_rule("called.rule", rule, number, prefix)
            if rule.route_kind is not RouteKind.LOCAL and self._directory.extension(number) is not None:
                self._note(Stage.CALLED, "called.hides", kind="extension", key=number)
            return rule
        return None

    def _local(self, number: str, *, is_chosen: bool) -> Action:
        """A number that stays inside."""
        found = self._house.number(number) or self._house.code(number, is_chosen=is_chosen)
        return found or self._house.extension(number)

    def _without_rule(self, number: str, *, may_leave: bool, is_chosen: bool) -> Action:
        settings = self._directory.settings
        prefix = settings.out_group_prefix
        found = self._house.number(number) or self._house.code(number, is_chosen=is_chosen)
        if found is not None:
            return found
        if not number or not may_leave:
            return self._house.extension(number)
        if prefix and number.startswith(prefix) and number != prefix and self._directory.lines:
            rest = number.removeprefix(prefix)
            self._note(Stage.ROUTE, "route.prefix", before=number, after=rest, name=prefix)
            return self._out(rest, lambda: self._ways.by_lines(rest))
        kind, _, target = settings.default_route.partition(":")
        if kind in _OUTSIDE:
            self._note(Stage.ROUTE, "route.default", before=number, name=settings.default_route)
            return self._out(number, lambda: self._ways.by(RouteKind(kind), target, number))
        return self._house.unknown(number)

    def _out(self, number: str, find: Callable[[], tuple[OutRoute, ...]]) -> Action:
        if not number:
            self._note(Stage.ROUTE, "route.nothing_dialled")
            return Refuse(484)
        if _DIALLABLE(number) is None:
            self._note(Stage.ROUTE, "route.not_diallable", before=number)
            return Refuse(484)
        extension = self._extension
        if extension is not None and not self._holds(extension.time_condition):
            self._note(
                Stage.ROUTE,
                "route.hours",
                kind="extension",
                key=extension.number,
                name=extension.time_condition,
            )
            raise _Refusal(Refuse(403), Blocked("extension", extension.number))
        candidates = find()
        if not candidates:
            self._note(Stage.ROUTE, "way.none")
            return Refuse(503)
        return DialOut(candidates)

    def _appearance(self) -> tuple[str, str]:
        """Number and name as a phone of ours shows them."""
        party, caller = self._query.caller, self._caller
        if party.is_withheld:
            return ANONYMOUS, _ANONYMOUS_NAME
        if caller.display_mode is DisplayMode.BOTH:
            return caller.display, caller.number
        return caller.display or caller.number, party.display

    def _holds(self, condition: str) -> bool:
        zone = self._directory.settings.time_zone
        return holds(self._directory.time_conditions, condition, self._query.at, zone)

    def _note_rule(self, code: str, rule: CalledRule, number: str, name: str) -> None:
        self._note(Stage.CALLED, code, kind="called_rule", key=rule.id, before=number, name=name)

    def _note(self, stage: Stage, code: str, **more: str) -> None:
        self._explain.note(stage, code, **more)


def plain_number(text: str) -> str:
    """A number without the separators people write; what is no number stays as it is."""
    plain = text.translate(_SEPARATORS)
    return plain if plain.removeprefix("+").strip("0123456789*#") == "" else text

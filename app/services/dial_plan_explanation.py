"""The way of a number through the dial plan, step by step, for a person to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stations of the dial plan, in the order they are passed."""

    EMERGENCY = "emergency"
    SCREEN = "screen"
    CALLER = "caller"
    INCOMING = "incoming"
    CALLED = "called"
    TRANSITION = "transition"
    ROUTE = "route"
    REFINE = "refine"
    SHOWN = "shown"


# English sentences by code; the window translates them. `before` and `after` are numbers.
SENTENCES: Mapping[str, str] = {
    "caller.assumed": "There is no extension {key}: traced as one with the usual rights.",
    "emergency.number": "{before} is the emergency number {after}: it is put through whatever the rules say.",
    "emergency.extension": "{before} is an emergency number, but an extension has it too and gets the call.",
    "emergency.no_way": "There is no enabled line or trunk that could carry the emergency call.",
    "screen.none": "No entry of the black/white list is for {before} calling {after}.",
    "screen.blocked": "Entry {key} of the black/white list blocks {before} calling {after} ({name} %).",
    "screen.passed": "Entry {key} of the black/white list lets {before} calling {after} pass ({name} %).",
    "caller.none": "No caller rule is for {before}.",
    "caller.rule": "Caller rule {key} is for {before}.",
    "caller.levels": "Caller rule {key} gives the call levels {after}.",
    "incoming.did": "DID route {key} sends {before} to {after}.",
    "incoming.did_otherwise": "DID route {key} sends {before} to {after}: {name} does not hold.",
    "incoming.did_closed": "DID route {key} takes no calls to {before}: {name} does not hold.",
    "incoming.did_other_line": "DID route {key} is for {before}, but only over line {name}.",
    "incoming.own_number": "{before} is the outside number of extension {key}.",
    "incoming.line": "Calls over line {key} go to {after}.",
    "incoming.as_dialled": "No DID route is for {before}: it counts as dialled.",
    "called.none": "No rule is for {before}.",
    "called.disabled": "Rule {key} (prefix {name}) is disabled.",
    "called.not_now": "Rule {key} does not count: its time condition {name} does not hold.",
    "called.not_transit": "Rule {key} leads outside, which calls from {name} may not.",
    "called.level": "Rule {key} asks for call level {name}, which {before} does not have.",
    "called.rule": "Rule {key} (prefix {name}) is for {before}.",
    "called.hides": "Extension {key} has this number too; the rule comes first.",
    "transition": "Transition {key} turns {before} into {after}.",
    "transition.missing": "Transition {key} does not exist: the number stays {before}.",
    "route.local": "Extension {key} rings.",
    "route.disabled": "Extension {key} is disabled.",
    "route.menu": "The attendant's menu {key} talks with the caller.",
    "route.no_menu": "There is no attendant's menu {key}.",
    "route.group": "Ring group {key} rings.",
    "route.group_disabled": "Ring group {key} is disabled.",
    "route.no_group": "There is no ring group {key}.",
    "route.voicemail": "The caller leaves a message for extension {key}.",
    "route.conference": "The caller joins the conference room {key}.",
    "route.code": "{before} is a service code: {name}.",
    "route.code_inside_only": "{before} is a service code ({name}) that only extensions may dial.",
    "route.unknown": "There is no extension {before}.",
    "route.nothing_dialled": "No number is left to call.",
    "route.not_diallable": "“{before}” is no telephone number: it is not sent outside.",
    "route.prefix": "{before} begins with the out-group prefix {name}: {after} goes out over a line.",
    "route.default": "Nothing fits {before}: the default route {name} takes it.",
    "route.refused": "Rule {key} refuses {before}.",
    "route.hours": "Extension {key} may not call out now: its time condition {name} does not hold.",
    "way.line": "Line {key} can carry the call.",
    "way.own_line": "Line {key} is the caller's own, and comes first.",
    "way.trunk": "Trunk {key} can carry the call.",
    "way.next_trunk": "Trunk {key} is tried when trunk {name} fails.",
    "way.disabled": "The {name} {key} is disabled.",
    "way.not_now": "The {name} {key} does not carry calls now: its time condition does not hold.",
    "way.not_shared": "Line {key} is not shared, and not the caller's own.",
    "way.missing": "There is no {name} {key}.",
    "way.none": "No way out is left.",
    "refine.rule": "Refine rule {key} is for {before} over {name}.",
    "refine.form": "{name} writes numbers in its own form: {before} becomes {after}.",
    "refine.form_unknown": "{name} wants another form of number, but {before} cannot be converted.",
    "shown.number": "{name}: the called party sees {after}.",
    "shown.line": "{name}: the called party sees the line's own number.",
    "shown.display_number": "Display number of {before}: {after}.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was looked at. `kind` and `key` name the record concerned, where there is one."""

    stage: Stage
    code: str
    kind: str = ""
    key: str = ""
    before: str = ""
    after: str = ""
    name: str = ""

    @property
    def text(self) -> str:
        """The English sentence."""
        return SENTENCES[self.code].format(
            key=self.key, before=self.before or "—", after=self.after or "—", name=self.name
        )


class Explanation:
    """Gathers the steps of one decision."""

    __slots__ = ("_steps",)

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def note(
        self,
        stage: Stage,
        code: str,
        *,
        kind: str = "",
        key: str = "",
        before: str = "",
        after: str = "",
        name: str = "",
    ) -> None:
        """Add a step."""
        self._steps.append(
            Step(stage=stage, code=code, kind=kind, key=key, before=before, after=after, name=name)
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was gathered so far."""
        return tuple(self._steps)


class NoExplanation(Explanation):
    """Takes the steps of a decision that nobody asked to see explained."""

    __slots__ = ()

    def note(self, stage: Stage, code: str, **_: str) -> None:
        """Forget the step."""


UNEXPLAINED = NoExplanation()

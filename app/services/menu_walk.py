"""The talk of an attendant with a caller, without the call: keys and silences in, prompts and actions out.

The feature and the window's trial run the same walk.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import chain

from app.services.actions import (
    Action,
    Attempt,
    LeaveMessage,
    MessageReason,
    OpenMenu,
    Refuse,
    RingExtension,
)
from app.services.dial_plan import decide_chosen, decide_direct
from app.services.dial_plan_query import Party, Query
from app.services.directory import Directory
from app.services.menu import KeyWord, Menu, OnFailure
from app.services.spelled_names import SpelledNames
from app.services.time_conditions import holds

MOST_TURNS = 50  # prompts a call may hear: who needs more is a machine
_MOST_NAMES = 9  # that can be chosen from with one key
_NAME_KEYS = 3  # keys after which a single name is taken at once
_NAME_FIRST_S, _NAME_NEXT_S = 10.0, 4.0  # finding letters takes longer than dialling


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to be said: an announcement, the announcement for a refusal, or digits one by one.

    `is_firm`: heard to its end, and keys pressed until then are forgotten. They belong to what went wrong.
    """

    id: str = ""
    digits: str = ""
    refusal: Refuse | None = None
    language: str = ""  # empty: the caller's
    is_firm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the attendant does now: say this, wait so long for a key; or it `is_over`, and `then` comes."""

    says: tuple[Said, ...] = ()
    wait_s: float = 0.0
    is_over: bool = False
    then: Action | None = None  # None: the call ends
    language: str = ""  # of all that comes now; empty: the caller's
    menu: str = ""  # where the caller is
    destination: str = ""  # what led to `then`: the key's destination, or the number dialled


class _Mode(Enum):
    KEYS = "keys"  # a key or a number is dialled
    NAME = "name"  # the letters of a name are keyed
    CHOICE = "choice"  # one of several names is chosen


class MenuWalk:
    """One caller among the menus. `begin`, then `press` or `silence`, until a step is over.

    What is dialled by hand stays inside the house; what the administrator gave a key may lead anywhere.
    It ends whatever the caller does: each menu has its tries, no menu is entered twice without a key between,
    and nobody hears more than MOST_TURNS prompts.
    """

    def __init__(
        self,
        directory: Directory,
        caller: Party,
        moment: Callable[[], datetime],
        opened: OpenMenu,
        names: SpelledNames | None = None,
    ) -> None:
        self._directory = directory
        self._caller = caller
        self._moment = moment
        self._opened = opened
        self._names = names or SpelledNames()
        self._visit = opened.visit
        self._menu = directory.menus.get(opened.name) or Menu(name=opened.name)
        self._mode = _Mode.KEYS
        self._digits = ""
        self._tries = 0
        self._language = ""
        self._choices: Mapping[str, str] = {}  # key -> number

    @property
    def needs_names(self) -> bool:
        """Whether the names must be prepared before the next key."""
        return self._mode is _Mode.NAME

    def begin(self) -> Step:
        """What a caller hears who comes to the menu, or comes back to it."""
        told = self._opened.told
        if told is None:
            return self._enter(self._opened.name)
        return self._come_back(told)

    def press(self, key: str) -> Step:
        """The caller pressed a key."""
        self._visit = dataclasses.replace(self._visit, unasked=())
        match self._mode:
            case _Mode.KEYS:
                return self._dialled(key)
            case _Mode.NAME:
                return self._spelled(key)
            case _Mode.CHOICE:
                return self._chose(key)

    def silence(self) -> Step:
        """The time of the step before ran out without a key."""
        if self._digits:
            return self._decide() if self._mode is _Mode.KEYS else self._take_name()
        return self._failed(self._menu.timeout_prompt)

    # Menus

    def _enter(self, name: str, *before: Said) -> Step:
        menu = self._directory.menus.get(name)
        if menu is None:
            return self._over(Refuse(404), name, *before)
        path = self._visit.path
        if name in path:
            path = path[: path.index(name)]
        is_again = name in self._visit.unasked
        self._visit = dataclasses.replace(self._visit, path=path, unasked=(*self._visit.unasked, name))
        self._menu, self._tries = menu, 0
        self._language = menu.language or self._language
        if is_again:
            return self._end(*before)
        zone = self._directory.settings.time_zone
        if holds(self._directory.time_conditions, menu.time_condition, self._moment(), zone):
            return self._greet(*before)
        said = (*before, *self._say(menu.closed_prompt))
        if menu.else_destination:
            return self._follow(menu.else_destination, *said)
        return self._over(None, "", *said)

    def _greet(self, *before: Said) -> Step:
        self._mode, self._digits = _Mode.KEYS, ""
        menu = self._menu
        said = (*before, *self._say(menu.prompt))
        if menu.prompt == "menu-greeting" and menu.key("0") == KeyWord.OPERATOR:
            said = (*said, *self._say("menu-press-zero"))
        return self._ask(menu.first_key_s, *said)

    def _come_back(self, told: Refuse) -> Step:
        """The one the caller chose was not reached."""
        menu, before = self._menu, (Said(refusal=told, language=self._language),)
        if menu.name in self._visit.unasked:  # nobody asked for it: the caller pressed nothing
            return self._end(*before)
        if menu.on_failure is OnFailure.OPERATOR and menu.operator and not self._visit.asked_operator:
            return self._operator(*before)
        return self._enter(menu.name, *before)

    def _give_up(self, *before: Said) -> Step:
        """The tries are used up."""
        return self._operator(*before) if self._menu.operator else self._end(*before)

    def _failed(self, prompt: str) -> Step:
        self._tries += 1
        said = tuple(dataclasses.replace(each, is_firm=True) for each in self._say(prompt))
        if self._tries >= self._menu.tries:
            return self._give_up(*said)
        match self._mode:
            case _Mode.KEYS:
                return self._greet(*said)
            case _Mode.NAME:
                return self._ask_name(*said)
            case _Mode.CHOICE:
                return self._offer(*said)

    # Keys and numbers

    def _dialled(self, key: str) -> Step:
        if self._digits and key == "#":
            return self._decide()
        if self._digits and key == "*":  # a slip: dial it anew
            return self._greet()
        self._digits += key
        if self._goes_on():
            return self._ask(self._menu.next_key_s)
        return self._decide()

    def _decide(self) -> Step:
        """What was dialled is all there will be."""
        digits, self._digits = self._digits, ""
        meaning = self._menu.key(digits) if len(digits) == 1 else ""
        if meaning:
            return self._follow(meaning)
        if self._is_number(digits):
            return self._arrive(decide_direct(self._directory, self._query(digits)), digits)
        return self._failed(self._menu.invalid_prompt)

    def _is_number(self, digits: str) -> bool:
        """Whether it may be dialled in place of a key."""
        if not self._menu.direct_dial:
            return False
        extension = self._directory.extension(digits)
        if extension is not None and extension.enabled:
            return True
        group = self._directory.ring_groups.get(digits)
        return (group is not None and group.enabled) or digits in self._directory.menu_numbers

    def _goes_on(self) -> bool:
        """Whether a longer number begins with what was dialled."""
        if not self._menu.direct_dial:
            return False
        digits, directory = self._digits, self._directory
        numbers = chain(
            (number for number, each in directory.extensions.items() if each.enabled),
            (number for number, each in directory.ring_groups.items() if each.enabled),
            directory.menu_numbers,
        )
        return any(number.startswith(digits) and number != digits for number in numbers)

    def _follow(self, destination: str, *before: Said) -> Step:
        """Go where a key, the operator or closed hours lead."""
        match destination:
            case KeyWord.REPEAT:
                return self._greet(*before)
            case KeyWord.BACK:
                return self._enter(self._visit.path[-1] if self._visit.path else self._menu.name, *before)
            case KeyWord.OPERATOR:
                return self._operator(*before)
            case KeyWord.NAME:
                self._mode, self._digits = _Mode.NAME, ""
                return self._ask_name(*before)
            case KeyWord.HANG_UP:
                return self._end(*before)
        return self._arrive(decide_chosen(self._directory, self._query(destination)), destination, *before)

    def _operator(self, *before: Said) -> Step:
        if self._menu.operator:
            self._visit = dataclasses.replace(self._visit, asked_operator=True)
            return self._follow(self._menu.operator, *before, *self._say("menu-operator"))
        return self._failed(self._menu.invalid_prompt)

    def _arrive(self, action: Action, destination: str, *before: Said) -> Step:
        """Another menu is entered, anything else ends the walk; with a way back, should nobody be there."""
        if isinstance(action, OpenMenu):
            if action.name != self._menu.name:
                self._visit = dataclasses.replace(self._visit, path=(*self._visit.path, self._menu.name))
            return self._enter(action.name, *before)
        if self._menu.on_failure is OnFailure.HANG_UP:
            return self._over(action, destination, *before)
        return self._over(Attempt(action, self._after(action)), destination, *before)

    def _after(self, action: Action) -> Callable[[Refuse], Action]:
        """What comes when the action is refused."""
        menu, visit = self._menu, self._visit

        def come_back(told: Refuse) -> Action:
            return OpenMenu(menu.name, visit, told)

        def leave_message(told: Refuse) -> Action:
            assert isinstance(action, RingExtension)
            # Without a mailbox the caller hears why nobody answered, and nothing of mailboxes.
            return Attempt(LeaveMessage(action.number, _reason(told)), lambda _: come_back(told))

        is_mailbox_next = menu.on_failure is OnFailure.VOICE_MAIL and isinstance(action, RingExtension)
        return leave_message if is_mailbox_next else come_back

    def _query(self, dialled: str) -> Query:
        return Query(self._caller, dialled, self._moment())

    # Names

    def _ask_name(self, *before: Said) -> Step:
        self._digits = ""
        return self._ask(_NAME_FIRST_S, *before, *self._say("menu-name-enter"))

    def _spelled(self, key: str) -> Step:
        if key == "*":
            return self._greet()
        if key == "#":
            return self._take_name() if self._digits else self._failed(self._menu.invalid_prompt)
        self._digits += key.strip("01")  # there are no letters on them
        found = self._names.find(self._digits) if self._digits else ()
        if self._digits and not found:
            return self._failed("menu-name-none")
        if len(found) == 1 and len(self._digits) >= _NAME_KEYS:
            return self._found(found[0])
        return self._ask(_NAME_NEXT_S if self._digits else _NAME_FIRST_S)

    def _take_name(self) -> Step:
        """No more letters come."""
        found = self._names.find(self._digits)
        if not found:
            return self._failed("menu-name-none")
        if len(found) == 1:
            return self._found(found[0])
        if len(found) > _MOST_NAMES:
            return self._failed("menu-name-many")
        self._choices = {str(place): number for place, number in enumerate(found, 1)}
        return self._offer()

    def _offer(self, *before: Said) -> Step:
        """Read out what there is to choose from."""
        self._mode, self._digits = _Mode.CHOICE, ""
        said = [*before]
        for key, number in self._choices.items():
            said += [*self._say("menu-for-extension"), self._read(number)]
            said += [*self._say("menu-press"), self._read(key)]
        return self._ask(self._menu.first_key_s, *said)

    def _chose(self, key: str) -> Step:
        if key == "*":
            self._mode = _Mode.NAME
            return self._ask_name()
        number = self._choices.get(key)
        return self._found(number) if number is not None else self._failed(self._menu.invalid_prompt)

    def _found(self, number: str) -> Step:
        self._mode = _Mode.KEYS
        said = (*self._say("menu-connecting"), self._read(number))
        return self._arrive(decide_direct(self._directory, self._query(number)), number, *said)

    # Steps

    def _say(self, announcement: str) -> tuple[Said, ...]:
        return (Said(id=announcement, language=self._language),) if announcement else ()

    def _read(self, digits: str) -> Said:
        return Said(digits=digits, language=self._language)

    def _ask(self, wait_s: float, *says: Said) -> Step:
        if says or not self._digits:
            self._visit = dataclasses.replace(self._visit, turns=self._visit.turns + 1)
            if self._visit.turns > MOST_TURNS:
                return self._end()
        return Step(says=says, wait_s=wait_s, language=self._language, menu=self._menu.name)

    def _end(self, *before: Said) -> Step:
        return self._over(None, "", *before, *self._say(self._menu.goodbye_prompt))

    def _over(self, then: Action | None, destination: str, *says: Said) -> Step:
        return Step(
            says=says,
            is_over=True,
            then=then,
            language=self._language,
            menu=self._menu.name,
            destination=destination,
        )


def _reason(told: Refuse) -> MessageReason:
    """What a refusal says of the extension, for its mailbox."""
    if told.status in (486, 600):
        return MessageReason.BUSY
    if told.outcome in (MessageReason.NO_ANSWER, MessageReason.OFFLINE):
        return MessageReason(told.outcome)
    return MessageReason.ALWAYS

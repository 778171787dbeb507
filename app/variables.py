"""The variables of mss_var_param.ini: rare switches for carriers' oddities, declared once, read at start."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

FILE_NAME = "mss_var_param.ini"
_LARGEST = 256 * 1024  # bytes; a file beyond that is not ours


class VariableKind(StrEnum):
    """What a variable's value is."""

    SWITCH = "switch"  # 0 or 1
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableSpec:
    """One variable: `attribute` is its name in Variables; `scale` makes seconds of what the file says."""

    section: str
    name: str
    attribute: str
    meaning: str
    kind: VariableKind = VariableKind.NUMBER
    default: int | str = 0
    low: int = 0
    high: int = 86_400
    unit: str = ""
    scale: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """The values in force. Times are seconds."""

    reg_same_dialog: int = 1
    reg_expires: int = 0
    reg_refresh_percent: int = 90
    reg_retry_first_s: int = 30
    reg_retry_longest_s: int = 1800
    reg_refused_wait_s: int = 600
    user_agent: str = ""
    t1: float = 0.5
    t2: float = 4.0
    t4: float = 5.0
    first_cseq: int = 1
    call_id_host: str = ""
    keepalive_s: int = 0
    options_interval_s: int = 60
    dns_refresh_s: int = 300
    network_check_s: int = 10
    silence_s: int = 8
    relay_lines: int = 1


def _seconds(name: str, attribute: str, default: int, low: int, high: int, meaning: str) -> VariableSpec:
    return VariableSpec(
        section="sip",
        name=name,
        attribute=attribute,
        default=default,
        low=low,
        high=high,
        unit="s",
        meaning=meaning,
    )


def _timer(name: str, attribute: str, default: int, meaning: str) -> VariableSpec:
    return VariableSpec(
        section="sip",
        name=name,
        attribute=attribute,
        default=default,
        low=100,
        high=32_000,
        unit="ms",
        scale=0.001,
        meaning=meaning,
    )


SPECS = (
    VariableSpec(
        section="sip",
        name="gVarSipRegSameDialog",
        attribute="reg_same_dialog",
        kind=VariableKind.SWITCH,
        default=1,
        high=1,
        meaning="1: the REGISTER that answers a 401 keeps the Call-ID and counts CSeq up (RFC 3261 10.2). 0: "
        "it has a new Call-ID, on every line, for carriers that answer “Invalid CSeq number”. A single line "
        "can have it so by its own field, `register_call_id`.",
    ),
    _seconds(
        "gVarSipRegExpires",
        "reg_expires",
        0,
        0,
        86_400,
        "The lifetime that every line asks for when it registers, in place of the line's own; 0: the line's "
        "own. It is renewed at 90 % of what the carrier grants.",
    ),
    VariableSpec(
        section="sip",
        name="gVarSipRegRefreshPercent",
        attribute="reg_refresh_percent",
        default=90,
        low=30,
        high=98,
        unit="%",
        meaning="After which part of the granted lifetime a registration is renewed.",
    ),
    _seconds(
        "gVarSipRegRetryFirst",
        "reg_retry_first_s",
        30,
        1,
        3_600,
        "The longest wait after the first failure of a registration. It doubles with each further one; half "
        "of it is left to chance.",
    ),
    _seconds(
        "gVarSipRegRetryMax",
        "reg_retry_longest_s",
        1_800,
        10,
        86_400,
        "What the wait after failed registrations grows to. It is tried for ever.",
    ),
    _seconds(
        "gVarSipRegRefusedWait",
        "reg_refused_wait_s",
        600,
        10,
        86_400,
        "The wait after the carrier refused name and password (401, 403 or 407 to an answered challenge): "
        "many lock out who insists.",
    ),
    VariableSpec(
        section="sip",
        name="gVarSipUserAgent",
        attribute="user_agent",
        kind=VariableKind.TEXT,
        default="",
        meaning="What stands in User-Agent; empty: the system setting “Program name in messages”.",
    ),
    _timer("gVarSipTimerT1", "t1", 500, "Timer T1: the first wait before a message is repeated over UDP."),
    _timer("gVarSipTimerT2", "t2", 4_000, "Timer T2: the longest wait between repetitions."),
    _timer("gVarSipTimerT4", "t4", 5_000, "Timer T4: how long a message may live in the network."),
    VariableSpec(
        section="sip",
        name="gVarSipFirstCSeq",
        attribute="first_cseq",
        default=1,
        low=1,
        high=2_000_000_000,
        meaning="The CSeq number that calls and registrations begin with.",
    ),
    VariableSpec(
        section="sip",
        name="gVarSipCallIdHost",
        attribute="call_id_host",
        kind=VariableKind.TEXT,
        default="",
        meaning="What follows “@” in the Call-IDs we make; empty: they have no “@”. Some carriers want one.",
    ),
    _seconds(
        "gVarSipKeepAlive",
        "keepalive_s",
        0,
        0,
        3_600,
        "How often lines that say nothing themselves send two empty lines to the carrier, so that a router "
        "keeps its mapping; 0: never.",
    ),
    _seconds(
        "gVarSipOptionsInterval",
        "options_interval_s",
        60,
        5,
        3_600,
        "How often a trunk with “Check with OPTIONS” is asked whether it is there.",
    ),
    _seconds(
        "gVarSipDnsRefresh",
        "dns_refresh_s",
        300,
        10,
        86_400,
        "How often the names of lines and trunks are looked up again, to know by which addresses they call.",
    ),
    _seconds(
        "gVarSipNetworkCheck",
        "network_check_s",
        10,
        1,
        3_600,
        "How often it is looked whether our own address has changed; then all lines register at once.",
    ),
    _seconds(
        "gVarSipNextRouteAfter",
        "silence_s",
        8,
        1,
        32,
        "How long a line or trunk may be silent to a call before the next one is tried, where there is one.",
    ),
    VariableSpec(
        section="media",
        name="gVarMediaRelayLines",
        attribute="relay_lines",
        kind=VariableKind.SWITCH,
        default=1,
        high=1,
        meaning="1: the sound of calls by external lines goes through this server, unless the system setting "
        "“Sound of local calls” is “direct”. 0: it goes as that of local calls.",
    ),
)
_BY_NAME = {spec.name.lower(): spec for spec in SPECS}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that does not count. `code` is stable."""

    code: str
    line: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says."""

    variables: Variables
    problems: tuple[Problem, ...] = ()


def load(folder: Path) -> Reading:
    """Read the file of a data folder; where there is none, leave a commented one for the user to fill in."""
    path = folder / FILE_NAME
    try:
        if not path.exists():
            path.write_text(template(), encoding="utf-8", newline="\n")
            return Reading(Variables())
        if path.stat().st_size > _LARGEST:
            return _unreadable(f"{FILE_NAME} is larger than {_LARGEST // 1024} KiB: nothing in it counts.")
        text = _decoded(path.read_bytes())
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return _unreadable(f"{FILE_NAME} cannot be used ({reason}): all variables have their defaults.")
    return parse(text)


def parse(text: str) -> Reading:
    """Read the text of a file. What is wrong is told and does not count; the last of several values does."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for number, section, name, value in _entries(text, problems):
        spec = _BY_NAME.get(name.lower())
        if spec is None:
            problems.append(_unknown(number, name))
            continue
        if section != spec.section:
            said = f"in section [{section}]" if section else "before any section"
            sentence = f"{FILE_NAME}, line {number}: {spec.name} stands {said}. "
            sentence += f"It counts all the same; its place is [{spec.section}]."
            problems.append(Problem("variables.section", number, spec.name, sentence))
        try:
            values[spec.attribute] = _value(spec, value)
        except ValueError as problem:
            sentence = f"{FILE_NAME}, line {number}: {spec.name} = “{value}” does not count: {problem}. "
            sentence += f"The default is in force: {spec.default if spec.default != '' else 'empty'}."
            problems.append(Problem("variables.value", number, spec.name, sentence))
            values.pop(spec.attribute, None)
    return Reading(Variables(**values), tuple(problems))


def template() -> str:
    """Write a file in which every variable stands as a comment, with its meaning and default."""
    lines = [
        "; Variables for the oddities of carriers. Remove the semicolon before a line and change its value.",
        "; They count from the next start.",
    ]
    section = ""
    for spec in SPECS:
        if spec.section != section:
            section = spec.section
            lines += ["", f"[{section}]"]
        unit = f" ({spec.unit})" if spec.unit else ""
        lines += ["", *_wrapped(spec.meaning), f";{spec.name}={spec.default}{' ;' + unit if unit else ''}"]
    return "\n".join(lines) + "\n"


def _entries(text: str, problems: list[Problem]) -> Iterator[tuple[int, str, str, str]]:
    """Yield (line, section, name, value); `;` and `#` begin a comment."""
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line[0] in ";#":
            continue
        if line[0] == "[":
            section = line.partition("]")[0][1:].strip().lower()
            continue
        name, equals, value = line.partition("=")
        name = name.strip()
        if not equals or not name:
            sentence = f"{FILE_NAME}, line {number}: “{line[:60]}” is not NAME=VALUE and does not count."
            problems.append(Problem("variables.line", number, "", sentence))
            continue
        yield number, section, name, _without_comment(value)


def _without_comment(value: str) -> str:
    """A value ends at a semicolon or `#` after a space."""
    value = f" {value}"
    for mark in (" ;", "\t;", " #", "\t#"):
        value = value.partition(mark)[0]
    return value.strip().strip('"')


def _value(spec: VariableSpec, text: str) -> int | float | str:
    if spec.kind is VariableKind.TEXT:
        if not text.isascii() or not text.isprintable():
            raise ValueError("only plain ASCII letters can stand in a message")
        if spec.attribute == "call_id_host" and not all(each.isalnum() or each in ".-:[]" for each in text):
            raise ValueError("it must look like a host name or address")
        return text
    try:
        number = int(text)
    except ValueError:
        wanted = "0 or 1" if spec.kind is VariableKind.SWITCH else "a whole number"
        raise ValueError(f"it must be {wanted}") from None
    if not spec.low <= number <= spec.high:
        unit = f" {spec.unit}" if spec.unit else ""
        raise ValueError(f"it must be from {spec.low} to {spec.high}{unit}")
    return number * spec.scale if spec.scale != 1 else number


def _unknown(number: int, name: str) -> Problem:
    sentence = f"{FILE_NAME}, line {number}: there is no variable {name}."
    near = difflib.get_close_matches(name.lower(), _BY_NAME, n=1, cutoff=0.6)
    if near:
        sentence += f" Is {_BY_NAME[near[0]].name} meant?"
    return Problem("variables.unknown", number, name, sentence)


def _unreadable(sentence: str) -> Reading:
    return Reading(Variables(), (Problem("variables.file", 0, "", sentence),))


def _decoded(data: bytes) -> str:
    """UTF-8, with a byte order mark or without; else what Chinese editors on Windows write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _wrapped(text: str) -> Iterator[str]:
    line = ";"
    for word in text.split():
        if len(line) + len(word) > 98:
            yield line
            line = ";"
        line += f" {word}"
    yield line

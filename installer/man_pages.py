"""Writes the manual pages of the two commands from what they say about themselves."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

_SECTIONS = {
    "FILES": (
        ("~/.openmss", "the data folder: settings, call records, messages, log"),
        ("/var/lib/openmss", "the data folder of the service openmss.service"),
        ("/opt/sipserver/mss_ann/cust_ann", "announcements of your own; they replace those of the same name"),
    ),
}


def pages(version: str, moment: int) -> dict[str, str]:
    """The pages by file name, as roff."""
    from app.command_line.arguments import make_parser
    from ui.__main__ import make_parser as make_window_parser

    day = datetime.fromtimestamp(moment, UTC).date().isoformat()
    return {
        "openmss-cli.1": page(make_parser(), "openmss-cli", version, day, "openmss"),
        "openmss.1": page(make_window_parser(), "openmss", version, day, "openmss-cli"),
    }


def page(parser: argparse.ArgumentParser, name: str, version: str, day: str, other: str) -> str:
    """One page: what the parser knows of itself, of its options and of its commands."""
    description = (parser.description or name).rstrip()
    summary = description.split(":")[0].rstrip(".")
    lines = [
        f'.TH {name.upper()} 1 "{day}" "OpenMSS {version}" "OpenMSS"',
        ".SH NAME",
        f"{roff(name)} \\- {roff(summary)}",
        ".SH SYNOPSIS",
        f".B {roff(name)}",
        roff(usage(parser)),
        ".SH DESCRIPTION",
        roff(description),
    ]
    if parser.epilog:
        lines += [".PP", roff(parser.epilog)]
    lines += [".SH OPTIONS", *options(parser)]
    commands = list(commands_of(parser))
    if commands:
        lines.append(".SH COMMANDS")
    for words, command in commands:
        lines += [f".SS {roff(words)} {roff(usage(command))}", roff(command.description or "")]
        lines += options(command)
    for title, rows in _SECTIONS.items():
        lines.append(f".SH {title}")
        for term, text in rows:
            lines += [".TP", f".I {roff(term)}", roff(text)]
    lines += [".SH SEE ALSO", f".BR {roff(other)} (1)", ""]
    return "\n".join(line for line in lines if line or line == "")


def usage(parser: argparse.ArgumentParser) -> str:
    """The parser's usage without the program's name."""
    text = " ".join(parser.format_usage().split())
    return text.removeprefix("usage: ").removeprefix(parser.prog).strip()


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The paragraphs of a parser's options and arguments, but for --help."""
    formatter = parser._get_formatter()
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        yield ".TP"
        yield f".B {roff(formatter._format_action_invocation(action))}"
        told = formatter._expand_help(action) if action.help else ""
        yield roff(told.replace(str(Path.home()), "~"))  # a default folder is the reader's, not the builder's


def commands_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its words."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                inner = list(commands_of(command))
                if not inner:
                    yield name, command
                for words, deeper in inner:
                    yield f"{name} {words}", deeper


def roff(text: str) -> str:
    """Text as roff takes it: dashes that can be copied, no line that begins as an order."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("“", "\\(lq").replace("”", "\\(rq")
    escaped = escaped.replace("…", "\\|.\\|.\\|.").replace("–", "\\(en").replace("’", "\\(cq")
    return re.sub(r"(?m)^([.'])", r"\\&\1", escaped)


if __name__ == "__main__":
    _name, _version, _moment = sys.argv[1:]
    sys.stdout.write(pages(_version, int(_moment))[f"{_name}.1"])

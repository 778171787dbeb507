"""The grammar of the command line, made from the declared kinds of records."""

from __future__ import annotations

import argparse
import ipaddress
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.options import Options
from app.paths import default_data_folder
from app.version import ShowVersion


class Parsed(argparse.Namespace):
    """The arguments of one command. `run` carries it out and returns the exit code."""

    run: Callable[[Parsed], int]
    data: Path

    @property
    def options(self) -> Options:
        """What the server and the database need of them."""
        return Options(
            data=self.data,
            bind=getattr(self, "bind", None),
            sip_port=getattr(self, "sip_port", None),
            tls_port=getattr(self, "tls_port", None),
            rtp_ports=getattr(self, "rtp_ports", None),
            log_level=getattr(self, "log_level", None),
            announcements=getattr(self, "announcements", None),
        )


def parse(arguments: Sequence[str]) -> Parsed:
    """Read the arguments; prints the usage and raises SystemExit(2) where they make no sense."""
    return make_parser().parse_args(arguments, Parsed())


def make_parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    parser = argparse.ArgumentParser(
        prog="openmss-cli",
        description="OpenMSS without a window: the PBX itself, and commands on its records.",
        epilog="A command goes to the server that runs on the data folder and takes effect at once; "
        "where none runs it works on the database.",
    )
    parser.add_argument("--version", action=ShowVersion)
    parser.add_argument("--data", type=_folder, default=default_data_folder(), metavar="DIR", help=_DATA_HELP)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _Grammar(commands).add_all()
    return parser


_DATA_HELP = "the data folder (default: %(default)s)"


class _Grammar:
    """Adds one sub-command after the other. The modules that carry them out are imported when one is run."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def add_all(self) -> None:
        self._add_serve()
        self._add_record_commands()
        self._add_watching_commands()
        self._add_explaining_command()
        self._add_diagnosing_command()
        self._add_recording_commands()
        self._add_announcements_command()
        self._add_voice_mail_command()

    def _command(self, name: str, module: str, help_text: str, **more: Any) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = self._commands.add_parser(
            name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".", **more
        )
        # also accepted behind the command; where absent, what stood before it is left alone
        parser.add_argument(
            "--data", type=_folder, default=argparse.SUPPRESS, metavar="DIR", help="the data folder"
        )
        parser.set_defaults(run=_later(module, name))
        return parser

    def _add_serve(self) -> None:
        serve = self._command("serve", "serving", "run the PBX until SIGTERM or Ctrl+C")
        serve.add_argument(
            "--bind",
            type=_addresses,
            metavar="ADDR",
            help="listen on these addresses only, separated by commas",
        )
        serve.add_argument("--sip-port", type=_port, metavar="N", help="UDP and TCP port (0 = any free port)")
        serve.add_argument("--tls-port", type=_port, metavar="N", help="TLS port (0 = any free port)")
        serve.add_argument("--rtp-ports", type=_range, metavar="A-B", help="UDP ports for relayed sound")
        serve.add_argument(
            "--log-level", choices=("debug", "info", "warning", "error"), help="how much to tell"
        )
        _add_announcement_folder(serve)

    def _add_record_commands(self) -> None:
        kind: dict[str, Any] = {"metavar": "KIND", "help": "extension, setting, …; “fields” lists them"}
        key: dict[str, Any] = {"metavar": "KEY", "help": "the record's number or name"}
        assignments: dict[str, Any] = {"metavar": "FIELD=VALUE", "nargs": "*", "type": _assignment}

        add = self._command("add", "records", "add a record")
        add.add_argument("kind", **kind)
        add.add_argument("key", **key)
        add.add_argument("values", **assignments)
        add.set_defaults(carrier=None, answers=[])
        add.add_argument(
            "--carrier",
            nargs="+",
            action=_FromCarrier,
            metavar=("ID", "ANSWER=VALUE"),
            help="make it from a carrier's template, by answers to its questions",
        )

        change = self._command("set", "records", "change fields of a record")
        change.add_argument("kind", **kind)
        change.add_argument("key", **key)
        change.add_argument("values", **{**assignments, "nargs": "+"})

        for name, help_text in (("list", "list the records of a kind"), ("get", "show a record")):
            show = self._command(name, "records", help_text)
            show.add_argument("kind", **kind)
            show.add_argument("key", nargs="?", **key)
            _add_json(show)

        delete = self._command("delete", "records", "delete a record; a setting gets its default back")
        delete.add_argument("kind", **kind)
        delete.add_argument("key", **key)

        read = self._command("import", "records", "add and change records from a CSV file, all or none")
        read.add_argument("kind", **kind)
        read.add_argument(
            "file", metavar="FILE.csv", type=Path, help="the file; its first line names the fields"
        )
        read.add_argument("--dry-run", action="store_true", help="only check the file")

        write = self._command("export", "records", "write the records of a kind to a CSV file")
        write.add_argument("kind", **kind)
        write.add_argument(
            "file", metavar="FILE.csv", type=Path, help="the file to write; - writes to stdout"
        )
        write.add_argument("--secrets", action="store_true", help="with the passwords that can still be read")

        fields = self._command("fields", "records", "explain the fields of a kind, or list the kinds")
        fields.add_argument("kind", nargs="?", **kind)
        _add_json(fields)

        carriers = self._command("carriers", "carriers", "list the carrier templates, or show one")
        carriers.add_argument("action", nargs="?", choices=("show",), help="show the template's questions")
        carriers.add_argument("template", nargs="?", metavar="ID", help="the template's id")
        carriers.add_argument("--way", metavar="WAY", default="", help="where the carrier offers several")
        _add_json(carriers)

    def _add_watching_commands(self) -> None:
        _add_json(self._command("status", "watching", "show extensions, calls and counters"))
        _add_json(self._command("calls", "watching", "show the calls in progress"))
        self._command("stop", "stopping", "end the server, or the program with its window, and wait for it")
        hang_up = self._command("hangup", "watching", "end a call in progress")
        hang_up.add_argument("call", metavar="CALL", type=int, help="the call's number, as “calls” shows it")

        _add_json(self._command("bans", "defending", "list the addresses banned for wrong passwords"))
        unban = self._command("unban", "defending", "lift the ban of an address")
        unban.add_argument("address", metavar="ADDRESS", help="as “bans” shows it, or one of its network")

        mail = self._command("mail", "mailing", "show outgoing mail; test it; confirm an address")
        actions = ("list", "test", "again", "forget", "code", "confirm")
        mail.add_argument("action", nargs="?", choices=actions, default="list", help="default: %(default)s")
        mail.add_argument("value", nargs="?", metavar="VALUE", help="an address, a letter's ID, or the code")
        _add_json(mail)

        trace = self._command("trace", "watching", "show the SIP messages sent and received")
        trace.add_argument("--follow", action="store_true", help="go on showing each new message")
        trace.add_argument(
            "--call", metavar="ID", default="", help="only the call of this number, or this Call-ID"
        )
        trace.add_argument(
            "--limit", metavar="N", type=_count, default=100, help="at most N old ones (%(default)s)"
        )
        trace.add_argument("--brief", action="store_true", help="a line a message instead of its text")
        _add_json(trace)

        passwords = self._command("passwords", "watching", "show the generated passwords not changed yet")
        passwords.add_argument("--dismiss", action="store_true", help="never show them again")
        _add_json(passwords)

    def _add_explaining_command(self) -> None:
        explain = self._command("explain", "explaining", "tell what the dial plan would do with a call")
        explain.add_argument(
            "--caller",
            metavar="NUMBER",
            required=True,
            help="an extension; or line:NAME or trunk:NAME, perhaps with :NUMBER of who calls outside",
        )
        explain.add_argument("--dial", metavar="NUMBER", required=True, help="what is dialled")
        explain.add_argument(
            "--at", metavar="TIME", help="2026-11-23T10:30, or 10:30 for today (default: now)"
        )
        _add_json(explain)

    def _add_recording_commands(self) -> None:
        recordings = self._command("recordings", "recordings", "list, copy, delete, begin and end recordings")
        actions = ("list", "export", "delete", "start", "stop", "pause", "resume")
        recordings.add_argument("action", nargs="?", default="list", choices=actions)
        recordings.add_argument(
            "words",
            nargs="*",
            metavar="ARGUMENT",
            help="list [NUMBER], export ID FILE, delete ID …, start|stop|pause|resume CALL",
        )
        recordings.add_argument(
            "--limit", metavar="N", type=_count, default=200, help="at most N (%(default)s)"
        )
        recordings.add_argument("--yes", action="store_true", help="delete without asking")
        _add_json(recordings)

        rooms = self._command(
            "conferences", "recordings", "show who is in which conference room, and lead it"
        )
        what = (
            "list",
            "mute",
            "unmute",
            "kick",
            "lock",
            "unlock",
            "record",
            "stop-recording",
            "invite",
            "end",
        )
        rooms.add_argument("action", nargs="?", default="list", choices=what)
        rooms.add_argument(
            "words", nargs="*", metavar="ARGUMENT", help="ROOM, and what is to be muted, removed or invited"
        )
        _add_json(rooms)

    def _add_diagnosing_command(self) -> None:
        diagnose = self._command("diagnose", "diagnosing", "explain why a line, a trunk or its calls fail")
        diagnose.add_argument(
            "line", nargs="*", metavar="line NAME", help="the line or trunk to look at", default=None
        )
        diagnose.add_argument("--case", type=Path, metavar="FILE", help="look at a saved case instead")
        diagnose.add_argument(
            "--save", type=Path, metavar="FILE", help="write what was looked at, without secrets"
        )
        diagnose.add_argument(
            "--mask-numbers", action="store_true", help="and without telephone numbers, with --save"
        )
        diagnose.add_argument("--notes", action="store_true", help="tell also what is no fault")
        _add_json(diagnose)

    def _add_announcements_command(self) -> None:
        show = self._command("announcements", "announcements", "show what callers hear, and own sound files")
        _add_announcement_folder(show)
        _add_json(show)

    def _add_voice_mail_command(self) -> None:
        mail = self._command("voicemail", "voice_mail", "list mailboxes and messages, save and delete them")
        actions = ("list", "save", "heard", "new", "delete", "greeting", "standard-greeting")
        mail.add_argument("action", nargs="?", default="list", choices=actions)
        mail.add_argument(
            "words",
            nargs="*",
            metavar="ARGUMENT",
            help="list [NUMBER], save ID FILE, heard|new|delete ID …, greeting NUMBER FILE, "
            "standard-greeting NUMBER",
        )
        _add_json(mail)


class _FromCarrier(argparse.Action):
    """Takes the template's id and, as argparse gives the positional arguments away before it, the answers."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        template, *answers = list(values or ())
        namespace.carrier = template
        try:
            namespace.answers = [_assignment(each) for each in answers]
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, str(error)) from None


def _later(module: str, name: str) -> Callable[[Parsed], int]:
    """The function that carries a command out; its module is imported when it is called."""

    def run(parsed: Parsed) -> int:
        import importlib

        function = getattr(importlib.import_module(f"app.command_line.{module}"), f"{name}_command")
        code: int = function(parsed)
        return code

    return run


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write JSON, for programs")


def _add_announcement_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--announcements", type=_folder, metavar="DIR", help="take the announcements of this folder (mss_ann)"
    )


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"“{text}” is not FIELD=VALUE")
    return name, value


def _addresses(text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ipaddress.ip_address(part.strip().strip("[]"))) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not an IP address of this machine") from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"“{text}” is not a port number (0-65535)")
    return int(text)


def _range(text: str) -> tuple[int, int]:
    low, sign, high = text.partition("-")
    if not sign or _port(high) - _port(low) < 3 or int(low) < 1:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a range of at least four ports, such as 10000-19999"
        )
    return int(low), int(high)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of messages")
    return int(text)

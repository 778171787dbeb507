"""Every message of RFC 4475 with the verdict the RFC gives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from app.sip.body import parts
from app.sip.errors import MessageError
from app.sip.message import Request, Response, parse
from app.sip.name_addr import NameAddr
from app.sip.uri import OtherUri, SipUri
from app.sip.validation import Refusal, refuse_unsupported, validate_request, validate_response

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "rfc4475"
METHODS = ("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "REGISTER", "MESSAGE")


class Verdict(NamedTuple):
    """What a message must meet: ACCEPTED, or MALFORMED or REFUSED above the parser with `status`."""

    section: str
    kind: str
    status: int | None = None
    facts: Callable[[Request], bool] | Callable[[Response], bool] | None = None


ACCEPTED, MALFORMED, REFUSED = "accepted", "malformed", "refused"


def _wsinv(message: Request) -> bool:
    assert message.to.params == {"tag": "1918181833n"}
    assert message.from_ == NameAddr('J Rosenberg \\"', message.from_.uri, {"tag": "98asjd8"})
    assert [via.branch for via in message.vias] == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"]
    assert [via.transport for via in message.vias] == ["UDP", "TCP", "UDP"]
    assert (message.max_forwards, message.cseq.number, message.get("subject")) == (68, 9, "")
    assert message.get("newfangledheader") == "newfangled value continued newfangled value"
    assert message.get("unknownheaderwithunusualvalue") == ";;,,;;,;"
    assert isinstance(message.uri, SipUri)
    assert message.uri.params == {"unknownparam": None}
    assert message.routes[0].uri.params == {"lr": None, "unknownwith": "value", "unknown-no-value": None}  # type: ignore[union-attr]
    contact = message.contacts[0]
    return (contact.display, contact.params["newparam"], contact.q) == ('Quoted string ""', "newvalue", 330)


def _intmeth(message: Request) -> bool:
    assert message.method == "!interesting-Method0123456789_*+`.%indeed'~"
    assert message.to.display == "BEL:\x07 NUL:\0 DEL:\x7f"
    assert message.from_.display == "token1~` token2'+_ token3*%!.-"
    assert message.from_.params["fromparam''~+*_!.-%"] == '"работающий"'
    assert message.get("extensionheader-!.%*+_`'~") == "\ufeff大停電"
    uri = message.uri
    return isinstance(uri, SipUri) and uri.user == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"


def _esc01(message: Request) -> bool:
    assert isinstance(message.uri, SipUri)
    assert (message.uri.user, message.to.user, message.from_.user) == (
        "sips:user@example.com",
        "user",
        "I have spaces",
    )
    contact = message.contacts[0].uri
    return isinstance(contact, SipUri) and contact.params == {"lr": None, "name": "value%41"}


def _transports(message: Request) -> bool:
    return [via.transport for via in message.vias] == ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]


def _mpart01(message: Request) -> bool:
    found = parts(message)
    assert [part.content_type for part in found] == ["text/plain", "application/octet-stream"]
    return found[0].content == b"Hello" and found[1].content[:2] == b"\x30\x82"


def _unksm2(message: Request) -> bool:
    uris = (message.to.uri, message.from_.uri, message.contacts[0].uri)
    return all(isinstance(uri, OtherUri) for uri in uris)


def _escnull(message: Request) -> bool:
    return [contact.user for contact in message.contacts] == [
        "\0",
        "\0\0",
    ] and message.to.user == "null-\0-null"


def _cparam01(message: Request) -> bool:
    return message.contacts[0].params == {"unknownparam": None}


def _cparam02(message: Request) -> bool:
    uri = message.contacts[0].uri
    return isinstance(uri, SipUri) and uri.params == {"unknownparam": None}


def _regescrt(message: Request) -> bool:
    uri = message.contacts[0].uri
    return isinstance(uri, SipUri) and uri.headers == (("Route", "<sip:sip.example.com>"),)


def _inv2543(message: Request) -> bool:
    return not message.via.is_rfc3261 and message.from_tag == "" and message.max_forwards is None


VERDICTS = {
    # 3.1.1: valid
    "wsinv": Verdict("3.1.1.1", ACCEPTED, facts=_wsinv),
    "intmeth": Verdict("3.1.1.2", ACCEPTED, facts=_intmeth),
    "esc01": Verdict("3.1.1.3", ACCEPTED, facts=_esc01),
    "escnull": Verdict("3.1.1.4", ACCEPTED, facts=_escnull),
    "esc02": Verdict(
        "3.1.1.5", ACCEPTED, facts=lambda m: m.method == "RE%47IST%45R" and len(m.contacts) == 2
    ),
    "lwsdisp": Verdict("3.1.1.6", ACCEPTED, facts=lambda m: m.from_.display == "caller"),
    "longreq": Verdict("3.1.1.7", ACCEPTED, facts=lambda m: len(m.vias) == 34 and len(m.via.branch) == 0),
    "dblreq": Verdict("3.1.1.8", ACCEPTED, facts=lambda m: m.method == "REGISTER" and m.body == b""),
    "semiuri": Verdict("3.1.1.9", ACCEPTED, facts=lambda m: m.uri.user == "user;par=u@example.net"),
    "transports": Verdict("3.1.1.10", ACCEPTED, facts=_transports),
    "mpart01": Verdict("3.1.1.11", ACCEPTED, facts=_mpart01),
    "unreason": Verdict("3.1.1.12", ACCEPTED, facts=lambda m: m.reason.startswith("= 2**3 * 5**2 но сто ")),
    "noreason": Verdict("3.1.1.13", ACCEPTED, facts=lambda m: (m.status, m.reason) == (100, "")),
    # 3.1.2: malformed. The RFC lets an element be liberal with some of them; we never are.
    "badinv01": Verdict("3.1.2.1", MALFORMED, 400),
    "clerr": Verdict("3.1.2.2", MALFORMED, 400),
    "ncl": Verdict("3.1.2.3", MALFORMED, 400),
    "scalar02": Verdict("3.1.2.4", MALFORMED, 400),
    "scalarlg": Verdict("3.1.2.5", MALFORMED, None),
    "quotbal": Verdict("3.1.2.6", MALFORMED, 400),
    "ltgtruri": Verdict("3.1.2.7", MALFORMED, 400),
    "lwsruri": Verdict("3.1.2.8", MALFORMED, 400),
    "lwsstart": Verdict("3.1.2.9", MALFORMED, 400),
    "trws": Verdict("3.1.2.10", MALFORMED, 400),
    "escruri": Verdict("3.1.2.11", MALFORMED, 400),
    "baddate": Verdict("3.1.2.12", MALFORMED, 400),
    "regbadct": Verdict("3.1.2.13", MALFORMED, 400),
    "badaspec": Verdict("3.1.2.14", MALFORMED, 400),
    "baddn": Verdict("3.1.2.15", MALFORMED, 400),
    "badvers": Verdict("3.1.2.16", MALFORMED, 505),
    "mismatch01": Verdict("3.1.2.17", MALFORMED, 400),
    "mismatch02": Verdict("3.1.2.18", MALFORMED, 400),  # or 501
    "bigcode": Verdict("3.1.2.19", MALFORMED, None),
    # 3.2: transaction layer
    "badbranch": Verdict("3.2.1", REFUSED, 400),
    # 3.3: application layer
    "insuf": Verdict("3.3.1", REFUSED, 400),
    "unkscm": Verdict("3.3.2", REFUSED, 416),
    "novelsc": Verdict("3.3.3", REFUSED, 416),
    "unksm2": Verdict("3.3.4", ACCEPTED, facts=_unksm2),  # the registrar knows no such address of record
    "bext01": Verdict(
        "3.3.5",
        REFUSED,
        420,
        facts=lambda m: m.require == ("nothingsupportsthis", "nothingsupportsthiseither"),
    ),
    "invut": Verdict("3.3.6", REFUSED, 415),
    "regaut01": Verdict("3.3.7", ACCEPTED, facts=lambda m: m.credentials == ()),  # to be challenged with 401
    "multi01": Verdict("3.3.8", REFUSED, 400),
    "mcl01": Verdict("3.3.9", REFUSED, 400),
    "bcast": Verdict(
        "3.3.10", ACCEPTED, facts=lambda m: m.vias[1].host == "255.255.255.255"
    ),  # not ours: dropped
    "zeromf": Verdict(
        "3.3.11", ACCEPTED, facts=lambda m: m.max_forwards == 0
    ),  # 483 where it would be forwarded
    "cparam01": Verdict("3.3.12", ACCEPTED, facts=_cparam01),
    "cparam02": Verdict("3.3.13", ACCEPTED, facts=_cparam02),
    "regescrt": Verdict("3.3.14", ACCEPTED, facts=_regescrt),
    "sdp01": Verdict("3.3.15", REFUSED, 406),
    # 3.4: backward compatibility
    "inv2543": Verdict("3.4.1", ACCEPTED, facts=_inv2543),
}

needs_folder = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the RFC 4475 messages are not beside the checkout"
)


def read(data: bytes) -> tuple[Request | Response | None, MessageError | None]:
    try:
        return parse(data), None
    except MessageError as error:
        return None, error


def error_of(message: Request | Response) -> MessageError | None:
    return validate_request(message) if isinstance(message, Request) else validate_response(message)


def refusal_of(request: Request) -> Refusal | None:
    return refuse_unsupported(
        request,
        methods=METHODS,
        extensions=("100rel", "timer"),
        body_types=("application/sdp", "multipart/mixed"),
    )


def test_the_table_has_every_message_once() -> None:
    assert len(VERDICTS) == 49
    assert len({verdict.section for verdict in VERDICTS.values()}) == 49


@needs_folder
def test_the_folder_has_no_message_without_a_verdict() -> None:
    assert {path.stem for path in FOLDER.glob("*.dat")} == set(VERDICTS)


@needs_folder
@pytest.mark.parametrize("name", VERDICTS)
def test_verdict(name: str) -> None:
    _, kind, status, facts = VERDICTS[name]
    message, error = read((FOLDER / f"{name}.dat").read_bytes())
    if message is None:
        assert kind != ACCEPTED
        assert error is not None
        assert error.status == status
        return
    if facts is not None:
        assert facts(message)  # type: ignore[arg-type]
    found = error_of(message)
    if kind == ACCEPTED:
        assert found is None
        return
    if found is not None:
        assert found.status == status
        return
    assert kind == REFUSED
    assert isinstance(message, Request)
    refusal = refusal_of(message)
    assert refusal is not None
    assert refusal.status == status


@needs_folder
def test_unknown_requirements_are_named_in_the_answer() -> None:
    message = parse((FOLDER / "bext01.dat").read_bytes())
    assert isinstance(message, Request)
    assert refusal_of(message) == Refusal(
        420, (("Unsupported", "nothingSupportsThis, nothingSupportsThisEither"),)
    )


@needs_folder
@pytest.mark.parametrize("name", [name for name, verdict in VERDICTS.items() if verdict.kind == ACCEPTED])
def test_accepted_messages_survive_a_round_trip(name: str) -> None:
    message = parse((FOLDER / f"{name}.dat").read_bytes())
    again = parse(message.encode())

    def headers(of: Request | Response) -> list[tuple[str, str, str]]:
        return [header for header in of.headers if header[0] != "content-length"]

    assert headers(again) == headers(message)
    assert (again.start_line, again.body) == (message.start_line, message.body)

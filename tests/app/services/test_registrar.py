from __future__ import annotations

from typing import Any

import pytest

from app.services.bindings import Bindings
from app.services.directory import Directory, DirectoryHolder, Extension, Settings
from app.services.registrar import Registrar
from app.sip.errors import MessageError
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request, Response

LIMITS = Settings(register_min_expires=60, register_default_expires=600, register_max_expires=1800)
FLOW = Flow(Transport.UDP, Address("10.0.0.1", 5060), Address("10.0.1.1", 5060))


class Desk:
    """A registrar with a clock that is set by hand."""

    def __init__(self, **fields: Any) -> None:
        self.now = 1_000_000.0
        self.changed: list[str] = []
        self.bindings = Bindings(lambda: self.now, self.changed.append)
        self.extension = Extension(number="101", **fields)
        holder = DirectoryHolder(Directory().with_settings(LIMITS))
        self.registrar = Registrar(holder, self.bindings, lambda: self.now)
        self._cseq = 0

    def register(
        self, *contacts: str, call_id: str = "a", cseq: int = 0, flow: Flow = FLOW, **headers: str
    ) -> Response:
        """Send a REGISTER; header names are written with an underscore for the dash."""
        self._cseq = cseq or self._cseq + 1
        listed = [("Contact", contact) for contact in contacts]
        others = [(name.replace("_", "-"), value) for name, value in headers.items()]
        request = Request(
            "REGISTER",
            "sip:10.0.0.1",
            [
                ("Via", "SIP/2.0/UDP 10.0.1.1;branch=z9hG4bKx"),
                ("From", "<sip:101@10.0.0.1>;tag=1"),
                ("To", "<sip:101@10.0.0.1>"),
                ("Call-ID", call_id),
                ("CSeq", f"{self._cseq} REGISTER"),
                *listed,
                *others,
            ],
        )
        reply = self.registrar.register(request, self.extension, flow)
        return request.reply(reply.status, reply.reason, headers=reply.headers)

    @property
    def contacts(self) -> list[str]:
        return [str(binding.uri) for binding in self.bindings.of("101")]


def expires(response: Response) -> dict[str, int | None]:
    return {str(contact.uri): contact.expires for contact in response.contacts}


def test_the_answer_tells_the_time() -> None:
    desk = Desk()
    assert desk.register("<sip:101@10.0.1.1>").get("date") == "Mon, 12 Jan 1970 13:46:40 GMT"
    desk.now += 1
    assert desk.register().get("date") == "Mon, 12 Jan 1970 13:46:41 GMT"


def test_the_answer_lists_all_bindings_with_what_is_left() -> None:
    desk = Desk(multi_device=True, max_devices=3)
    assert expires(desk.register("<sip:101@10.0.1.1>;expires=300")) == {"sip:101@10.0.1.1": 300}
    desk.now += 100
    answer = desk.register("<sip:101@10.0.1.2:5070;ob>;q=0.5", call_id="b")
    assert answer.status == 200
    assert expires(answer) == {"sip:101@10.0.1.1": 200, "sip:101@10.0.1.2:5070;ob": 600}
    assert answer.contacts[1].params["q"] == "0.5"
    assert desk.registrar.registrations == 2


def test_asking_changes_nothing() -> None:
    desk = Desk()
    desk.register("<sip:101@10.0.1.1>")
    desk.changed.clear()
    assert expires(desk.register()) == {"sip:101@10.0.1.1": 600}
    assert desk.changed == []


@pytest.mark.parametrize(
    ("contact", "header", "granted"),
    [
        (";expires=300", "900", 300),
        ("", "900", 900),
        ("", "", 600),
        (";expires=99999", "", 1800),
        (";expires=soon", "", 1800),  # RFC 3261 10.2.1.1: malformed = 3600, here above the limit
        ("", "soon", 600),
    ],
)
def test_how_long(contact: str, header: str, granted: int) -> None:
    headers = {"Expires": header} if header else {}
    answer = Desk().register(f"<sip:101@10.0.1.1>{contact}", **headers)
    assert expires(answer) == {"sip:101@10.0.1.1": granted}


def test_too_brief() -> None:
    desk = Desk()
    desk.register("<sip:101@10.0.1.1>")
    answer = desk.register("<sip:101@10.0.1.1>;expires=59")
    assert (answer.status, answer.get("min-expires")) == (423, "60")
    assert expires(desk.register()) == {"sip:101@10.0.1.1": 600}


def test_leaving() -> None:
    desk = Desk(multi_device=True, max_devices=3)
    desk.register("<sip:101@10.0.1.1>")
    desk.register("<sip:101@10.0.1.2>", call_id="b")
    assert expires(desk.register("<sip:101@10.0.1.1>;expires=0")) == {"sip:101@10.0.1.2": 600}
    assert desk.register("*", Expires="0").contacts == ()
    assert desk.contacts == []
    with pytest.raises(MessageError):
        desk.register("*", Expires="10")
    with pytest.raises(MessageError):
        desk.register("*")


def test_a_late_request_does_not_undo_a_newer_one() -> None:
    desk = Desk()
    desk.register("<sip:101@10.0.1.1>", cseq=10)
    assert desk.register("<sip:101@10.0.1.1>;expires=0", cseq=9).status == 500
    assert desk.register("*", cseq=9, Expires="0").status == 500
    assert desk.contacts == ["sip:101@10.0.1.1"]
    assert desk.register("<sip:101@10.0.1.1>;expires=0", cseq=1, call_id="restarted").status == 200
    assert desk.contacts == []


def test_all_or_nothing() -> None:
    desk = Desk(multi_device=True, max_devices=2)
    desk.register("<sip:101@10.0.1.1>", cseq=5)
    assert desk.register("<sip:101@10.0.1.2>", "<sip:101@10.0.1.3>;expires=1").status == 423
    assert desk.register("<sip:101@10.0.1.2>", "<sip:101@10.0.1.3>").status == 403
    with pytest.raises(MessageError):
        desk.register("<sip:101@10.0.1.2>", "<mailto:x@y>")
    assert desk.contacts == ["sip:101@10.0.1.1"]


def test_without_the_right_a_newer_device_replaces_the_older() -> None:
    desk = Desk()
    desk.register("<sip:101@10.0.1.1>")
    assert expires(desk.register("<sip:101@10.0.1.2>", call_id="b")) == {"sip:101@10.0.1.2": 600}
    both = desk.register("<sip:101@10.0.1.3>;q=0.1", "<sip:101@10.0.1.4>;q=0.9", call_id="c")
    assert expires(both) == {"sip:101@10.0.1.4": 600}


def test_with_the_right_only_so_many() -> None:
    desk = Desk(multi_device=True, max_devices=2)
    for number in (1, 2):
        desk.register(f"<sip:101@10.0.1.{number}>", call_id=str(number))
    refused = desk.register("<sip:101@10.0.1.3>", call_id="3")
    assert (refused.status, refused.reason) == (403, "At most 2 devices may register")
    assert desk.register("<sip:101@10.0.1.2>", call_id="2").status == 200


def test_a_device_that_moved_is_the_same_device() -> None:
    desk = Desk(multi_device=True, max_devices=1)
    name = '+sip.instance="<urn:uuid:00000000-0000-0000-0000-000A95A0E128>"'
    desk.register(f"<sip:101@10.0.1.1:5061>;{name}")
    answer = desk.register(f"<sip:101@10.0.1.1:5062>;{name}", call_id="after its restart")
    assert expires(answer) == {"sip:101@10.0.1.1:5062": 600}
    assert answer.contacts[0].params["+sip.instance"] == name.partition("=")[2]


def test_path_is_kept_and_answered() -> None:
    desk = Desk()
    answer = desk.register("<sip:101@192.168.0.7>", Path="<sip:edge.example.com;lr>, <sip:10.9.9.9;lr>")
    assert answer.get_all("path") == ["<sip:edge.example.com;lr>", "<sip:10.9.9.9;lr>"]
    (binding,) = desk.bindings.of("101")
    assert binding.destination().route == ("<sip:edge.example.com;lr>", "<sip:10.9.9.9;lr>")


def test_equal_addresses_written_differently_are_one_binding() -> None:
    desk = Desk(multi_device=True, max_devices=3)
    desk.register("<sip:101@Host.example.com;transport=udp>")
    desk.register("<sip:101@host.EXAMPLE.com;transport=UDP>;expires=0")
    assert desk.contacts == []

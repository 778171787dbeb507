from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from app.db.tables.binding import BindingsOf
from app.services.binding_store import BindingStore
from app.services.bindings import Binding
from app.sip.flow import Address, Flow, Transport
from app.sip.uri import SipUri, parse_uri
from tests.support.office import Shelf


def binding(contact: str, transport: Transport, host: str = "10.0.1.1", **fields: Any) -> Binding:
    uri = parse_uri(contact)
    assert isinstance(uri, SipUri)
    flow = Flow(transport, Address("10.0.0.1", 5060), Address(host, 33000), 3 if transport.is_reliable else 0)
    return Binding(
        number="101", uri=uri, flow=flow, expires_at=50, call_id="a", cseq=7, user_agent="Desk", **fields
    )


def test_a_udp_device_comes_back_as_it_was() -> None:
    shelf = Shelf()
    store = BindingStore(shelf)
    saved = binding(
        "sip:101@192.168.0.9:5060;ob",
        Transport.UDP,
        params=";q=0.5;+sip.instance=x",
        q=500,
        path=("<sip:edge;lr>", "<sip:core;lr>"),
        instance="x 1",
    )
    store.save("101", [saved])
    (change,) = shelf
    assert BindingStore.restored(change.rows) == [saved]
    store.save("101", [])
    assert shelf[-1] == BindingsOf("101", ())


@pytest.mark.parametrize(
    ("contact", "comes_back"),
    [
        ("sip:101@10.0.1.1:5062;transport=tcp", True),
        ("sip:101@10.0.1.1;transport=tcp", False),  # names no port: it was the connection's own
        ("sip:101@192.168.0.9:5062;transport=tcp", False),  # behind a NAT
    ],
)
def test_a_stream_device_comes_back_where_its_contact_can_be_connected_to(
    contact: str, comes_back: bool
) -> None:
    shelf = Shelf()
    BindingStore(shelf).save("101", [binding(contact, Transport.TCP)])
    restored = BindingStore.restored(shelf[0].rows)
    assert [each.flow.remote for each in restored] == ([Address("10.0.1.1", 5062)] if comes_back else [])
    assert all(each.flow.connection == 0 for each in restored)


@pytest.mark.logs("is unreadable")
def test_a_damaged_row_is_left_out() -> None:
    shelf = Shelf()
    BindingStore(shelf).save("101", [binding("sip:101@10.0.1.1", Transport.UDP)])
    row = shelf[0].rows[0]
    assert BindingStore.restored([dataclasses.replace(row, contact="no uri at all")]) == []
    assert BindingStore.restored([dataclasses.replace(row, contact="tel:101")]) == []
    assert BindingStore.restored([dataclasses.replace(row, transport="PIGEON")]) == []

"""Lamps: phones that subscribe, phones that only register, what changes and what they refuse."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path
from typing import Any

from app.services.directory import Extension
from app.services.extension_rules import Mailbox
from app.sip.events import NotifyReceived, SubscriptionEnded
from app.sip.flow import Direction
from app.sip.message import Message, Request, parse
from app.sip.outgoing import OutgoingRequest
from app.sip.subscription import OutgoingSubscribe, Subscriber
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import Phone

MAILBOX = Mailbox(is_on=True)


def with_mailbox(number: str, **fields: Any) -> Extension:
    return extension(number, mailbox=Mailbox(is_on=True, **fields))


def summaries(phone: Phone) -> list[str]:
    """The lines on voice messages of all NOTIFYs a phone has had."""
    found = []
    for way, data in phone.recorder.messages:
        if way is Direction.IN and data.startswith(b"NOTIFY"):
            found += [line for line in parse(data).body.decode().splitlines() if line.startswith("Voice")]
    return found


def notifies(phone: Phone) -> list[Message]:
    return [
        parse(data)
        for way, data in phone.recorder.messages
        if way is Direction.IN and data.startswith(b"NOTIFY")
    ]


async def leave(office: Office, mailbox: str, count: int = 1) -> None:
    """Let messages lie in a mailbox."""
    assert office.mailboxes is not None
    for _ in range(count):
        recording = await office.mailboxes.record(mailbox)
        await recording.finish()
        await office.mailboxes.keep(mailbox, recording, caller="100", caller_name="", at=office.clock())


async def hear_all(office: Office, mailbox: str) -> None:
    assert office.mailboxes is not None
    await office.mailboxes.delete(await office.mailboxes.messages(mailbox))


def subscribe(phone: Phone, to: str = "", *, expires: int = 600, event: str = "message-summary") -> Any:
    return phone.ask(
        OutgoingRequest(
            method="SUBSCRIBE",
            uri=f"sip:{to or phone.number}@{phone.server}",
            from_=f"<sip:{phone.number}@{phone.server}>",
            to=f"<sip:{to or phone.number}@{phone.server}>",
            headers=(("Event", event), ("Expires", str(expires))),
            contact_user=phone.number,
            flows=(phone.flow,),
            credentials=phone._credentials,
        )
    )


def subscribed(phone: Phone) -> Subscriber:
    """Let a phone subscribe as phones do: it answers, and refreshes."""
    order = OutgoingSubscribe(
        uri=f"sip:{phone.number}@{phone.server}",
        from_=f"<sip:{phone.number}@{phone.server}>",
        to=f"<sip:{phone.number}@{phone.server}>",
        event="message-summary",
        accept="application/simple-message-summary",
        expires=600,
        contact_user=phone.number,
        flows=(phone.flow,),
        credentials=phone._credentials,
    )
    known = phone.endpoint._on_event
    about = (NotifyReceived, SubscriptionEnded)
    phone.endpoint._on_event = lambda event: None if isinstance(event, about) else known(event)

    def start(*, now: float) -> Subscriber:
        return Subscriber(phone.endpoint.stack, order, now)

    return phone.run(start)


@in_virtual_time
async def test_a_registered_phone_is_told_without_asking(tmp_path: Path) -> None:
    async with Office(extension("100"), with_mailbox("101"), mailboxes=tmp_path) as office:
        phone, other = await office.phone("101"), await office.phone("100")
        await asyncio.sleep(1)
        assert summaries(phone) == ["Voice-Message: 0/0 (0/0)"]
        await leave(office, "101", 2)
        await asyncio.sleep(1)
        assert summaries(phone)[-1] == "Voice-Message: 2/0 (0/0)"
        notify = notifies(phone)[-1]
        assert isinstance(notify, Request)
        assert notify.get("event") == "message-summary"
        assert (notify.get("subscription-state") or "").startswith("terminated")
        assert notify.content_type == "application/simple-message-summary"
        assert notify.body.startswith(b"Messages-Waiting: yes\r\nMessage-Account: sip:101@10.0.0.1\r\n")
        await hear_all(office, "101")
        await asyncio.sleep(1)
        assert b"Messages-Waiting: no" in notifies(phone)[-1].body
        assert summaries(other) == []
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_a_refresh_of_the_registration_tells_nothing_new_but_a_restart_does(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        await leave(office, "101")
        phone = await office.phone("101")
        await asyncio.sleep(1)
        await phone.register()
        await asyncio.sleep(1)
        assert summaries(phone) == ["Voice-Message: 1/0 (0/0)"]
        phone._register_call_id = ""
        await phone.register()
        await asyncio.sleep(1)
        assert summaries(phone) == ["Voice-Message: 1/0 (0/0)"] * 2


@in_virtual_time
async def test_a_subscriber_is_told_at_once_and_when_something_changes(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101", registered=False)
        subscriber = subscribed(phone)
        await asyncio.sleep(1)
        assert summaries(phone) == ["Voice-Message: 0/0 (0/0)"]
        assert (notifies(phone)[0].get("subscription-state") or "").startswith("active;expires=")
        await leave(office, "101")
        await asyncio.sleep(1)
        assert summaries(phone)[-1] == "Voice-Message: 1/0 (0/0)"
        await asyncio.sleep(2000)
        assert len(summaries(phone)) == 5  # each of its refreshes is answered with the state
        assert len(office.exchange.message_waiting.usages) == 1
        phone.run(subscriber.unsubscribe)
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_who_has_subscribed_is_not_told_twice(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101")
        subscribed(phone)
        await asyncio.sleep(1)
        before = len(summaries(phone))
        await leave(office, "101")
        await asyncio.sleep(1)
        assert len(summaries(phone)) == before + 1


@in_virtual_time
async def test_a_single_question_is_answered_once(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101", registered=False)
        await leave(office, "101")
        assert (await subscribe(phone, expires=0)).status == 200
        await asyncio.sleep(1)
        (notify,) = notifies(phone)
        assert notify.get("subscription-state") == "terminated;reason=timeout"
        assert b"Messages-Waiting: yes" in notify.body
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_who_may_not_subscribe(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), with_mailbox("102"), mailboxes=tmp_path) as office:
        phone = await office.phone("101", registered=False)
        assert (await subscribe(phone, "102")).status == 403
        assert (await subscribe(phone, "*97")).status == 200
        assert (await subscribe(phone, expires=5)).status == 423
        refused = await subscribe(phone, event="presence")
        assert (refused.status, refused.get("allow-events")) == (489, "message-summary")
        stranger = await office.phone("101", registered=False, password="wrong")
        assert (await subscribe(stranger)).status == 403
        assert notifies(stranger) == []


@in_virtual_time
async def test_a_subscription_ends_with_its_extension(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101", registered=False)
        subscribed(phone)
        await asyncio.sleep(1)
        office.save(dataclasses.replace(office.holder.current.extensions["101"], enabled=False))
        await asyncio.sleep(1)
        assert notifies(phone)[-1].get("subscription-state") == "terminated;reason=noresource"
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_an_extension_cannot_pile_up_subscriptions(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101", registered=False)
        for _ in range(14):
            subscribed(phone)
            await asyncio.sleep(1)
        assert len(office.exchange.message_waiting.usages) == 10


@in_virtual_time
async def test_the_lamp_goes_out_with_the_mailbox(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        await leave(office, "101")
        phone = await office.phone("101")
        await asyncio.sleep(1)
        office.save(dataclasses.replace(office.holder.current.extensions["101"], mailbox=Mailbox()))
        await asyncio.sleep(1)
        assert summaries(phone) == ["Voice-Message: 1/0 (0/0)", "Voice-Message: 0/0 (0/0)"]


@in_virtual_time
async def test_an_extension_without_a_mailbox_hears_nothing(tmp_path: Path) -> None:
    async with Office(mailboxes=tmp_path) as office:
        phone = await office.phone("101")
        await office.quiet()
        assert summaries(phone) == []


@in_virtual_time
async def test_a_phone_that_refuses_is_left_alone(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101")

        def refuse(event: Any) -> None:
            phone.run(phone.endpoint.stack.respond, event.transaction, event.request.reply(481))

        known = phone._on_event
        phone.endpoint._on_event = lambda event: (  # type: ignore[attr-defined]
            refuse(event) if type(event).__name__ == "RequestReceived" else known(event)
        )
        await asyncio.sleep(1)
        await leave(office, "101", 3)
        await office.quiet()
        assert len(summaries(phone)) == 1


@in_virtual_time
async def test_stopping_says_goodbye_to_subscribers(tmp_path: Path) -> None:
    async with Office(with_mailbox("101"), mailboxes=tmp_path) as office:
        phone = await office.phone("101", registered=False)
        subscribed(phone)
        await asyncio.sleep(1)
        office.exchange.message_waiting.stop()
        await asyncio.sleep(1)
        assert notifies(phone)[-1].get("subscription-state") == "terminated;reason=deactivated"

from __future__ import annotations

from app.sip.flow import Direction
from app.sip.outgoing import OutgoingRequest
from tests.support.office import Office, extension, in_virtual_time


@in_virtual_time
async def test_every_device_gets_the_text_and_one_is_enough() -> None:
    known = (extension("100", description="Front desk"), extension("101", multi_device=True, max_devices=3))
    async with Office(*known) as office:
        sender = await office.phone("100")
        near, gone = await office.phone("101"), await office.phone("101")
        await gone.stop()
        response = await sender.request("MESSAGE", "101", "你好".encode(), "text/plain;charset=utf-8")
        assert response is not None
        assert response.status == 200
        (request,) = near.requests
        assert request.body.decode() == "你好"
        assert (request.from_.display, request.from_.user) == ("Front desk", "100")
        assert request.content_type == "text/plain"
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_texts_that_cannot_be_delivered() -> None:
    async with Office() as office:
        sender = await office.phone("100")
        for to, status in (("999", 404), ("101", 480)):
            response = await sender.request("MESSAGE", to, b"x", "text/plain")
            assert response is not None
            assert response.status == status
        gone = await office.phone("101")
        await gone.stop()
        response = await sender.request("MESSAGE", "101", b"x", "text/plain")
        assert (
            response is None or response.status == 480
        )  # both ends wait 32 s: whose timer is first? (RFC 4321)
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_strangers_send_nothing() -> None:
    async with Office() as office:
        stranger = await office.phone("100", password="wrong", registered=False)
        receiver = await office.phone("101")
        response = await stranger.request("MESSAGE", "101", b"spam", "text/plain")
        assert response is not None
        assert response.status == 403
        assert not any(line.startswith("MESSAGE") for line in receiver.recorder.first_lines(Direction.IN))


@in_virtual_time
async def test_the_name_shown_is_the_senders_own() -> None:
    async with Office(extension("100", description="Front desk"), extension("101")) as office:
        sender, near = await office.phone("100"), await office.phone("101")
        for from_, shown in (('"Boss" <sip:999@x>', "Front desk"), ('"Desk 7" <sip:100@x>', "Desk 7")):
            request = OutgoingRequest(
                method="MESSAGE",
                uri=f"sip:101@{sender.server}",
                from_=from_,
                to=f"<sip:101@{sender.server}>",
                body=b"x",
                content_type="text/plain",
                flows=(sender.flow,),
                credentials=sender._credentials,
            )
            sender.run(sender.endpoint.stack.send_request, request)
            await office.quiet()
            heard = near.requests[-1].from_
            assert (heard.display, heard.user) == (shown, "100")

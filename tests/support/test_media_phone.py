"""The media phone of the test kit."""

from __future__ import annotations

import pytest

from app.media.rtp import parse
from tests.support.media_phone import MediaPhone, loop_factories


async def test_two_phones_hear_each_other() -> None:
    one, other = MediaPhone(ssrc=7), MediaPhone()
    try:
        assert other.has_heard_nothing()
        sent = [one.send(other.port) for _ in range(2)]
        heard = [await other.receive() for _ in range(2)]
        assert heard == [(data, one.port) for data in sent]
        first, second = (parse(data) for data in sent)
        assert (second.sequence - first.sequence, first.ssrc) == (1, 7)
        assert one.send(other.port, b"x") == b"x"
        assert not other.has_heard_nothing()
    finally:
        one.close()
        other.close()


def test_a_loop_that_takes_no_readers_is_among_them() -> None:
    loop = loop_factories()["unwatched"]()
    with pytest.raises(NotImplementedError):
        loop.add_reader(0, print)
    loop.close()

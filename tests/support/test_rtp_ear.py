"""Two bare RTP ends hear each other."""

from __future__ import annotations

from tests.support.rtp_ear import RtpEar
from tests.support.tones import seconds_of


def test_each_end_hears_the_others_tone_and_answers_where_it_came_from() -> None:
    with RtpEar(440) as first, RtpEar(700, target=("127.0.0.1", first.port)) as second:
        first.listen(lambda heard: seconds_of(heard, 700) > 0.1)
        second.listen(lambda heard: seconds_of(heard, 440) > 0.1)
        assert first.target == ("127.0.0.1", second.port)
        second.forget()
        assert seconds_of(second.heard(), 700) == 0

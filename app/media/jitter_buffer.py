"""From packets as they come to one frame a tick: order, depth, loss and the drift of the sender's clock.

How it keeps time (docs/sound.md): each packet's slack is how long before its turn it came. The slack of the
latest ones of the last seconds is what can be saved, or is missing; sound is then shortened or lengthened by
whole pitch periods (time_stretch). Where nothing is there to be played, playing waits with concealment, which
by itself makes the buffer deeper.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from app.media import time_stretch
from app.media.concealment import Concealment
from app.media.rtp import sequence_distance, timestamp_distance
from app.media.samples import FRAME, RATE, SILENCE, Samples
from app.media.voice_codec import CodecError, Decoder, RecoveringDecoder

_MS = RATE // 1000
_LEAST, _MOST = 4 * _MS, 30 * _MS  # slack of all but the latest packets; a tick apart and more
_LATEST = 50  # one of so many may come too late
_WINDOW = 200  # packets whose slack is known
_REVIEW = 100  # packets from one look at it to the next
_MOST_WAITING = 250  # packets
_WORTH = 8 * _MS  # what is not worth a change of length
_TOLERANCE = 10 * _MS  # a timestamp so little ahead is no gap
_CLOCK_JUMP = 2 * RATE  # a timestamp so far off is another clock
_SEQUENCE_JUMP = 1_000  # a sequence number so far off is another stream
_GONE = 500 * _MS  # after so long without a packet the next one begins anew
_PATIENCE = 100  # ticks until less likeness will do for a change of length
_LIKENESS, _LIKENESS_LATER = 0.85, 0.3
_NOTHING: Samples = np.zeros(0, np.int16)


@dataclass(slots=True)
class BufferStatistics:
    """What became of the packets, and of the sound."""

    received: int = 0
    late: int = 0  # came after their turn
    duplicate: int = 0
    broken: int = 0  # could not be decoded
    restarts: int = 0  # another stream, or a jump within one
    concealed: int = 0  # samples made up, silence after fading not counted
    shortened: int = 0  # samples left out to catch up
    lengthened: int = 0  # samples put in to wait
    depth_ms: float = 0.0  # how much sound is at hand


class JitterBuffer:
    """One stream's packets -> house sound, a frame each tick. `clock_rate` is that of its timestamps.

    Playing begins with `first_ms` at hand and is never more than `most_ms` behind. `put` wants any steady
    clock in seconds. Given `now` of the same clock, `frame` sees packets come closer to being late long
    before they are; without it, only in steps of a tick.
    """

    __slots__ = (
        "_change",
        "_clock_rate",
        "_concealment",
        "_decoder",
        "_due",
        "_first",
        "_following",
        "_gap",
        "_held",
        "_length",
        "_made_up",
        "_most",
        "_next",
        "_next_tick",
        "_odd",
        "_patience",
        "_position",
        "_slack",
        "_sound",
        "_statistics",
        "_ticks",
        "_to_review",
        "_top",
        "_top_sequence",
        "_top_timestamp",
        "_unwrapped",
        "_waited",
        "_waiting",
        "is_running",
    )

    def __init__(
        self, decoder: Decoder, clock_rate: int = 8000, *, first_ms: int = 40, most_ms: int = 250
    ) -> None:
        self._decoder = decoder
        self._clock_rate = clock_rate
        self._first = first_ms * _MS
        self._most = most_ms * _MS
        self._concealment = Concealment()
        self._statistics = BufferStatistics()
        self._ticks = 0  # in samples given out
        self._next_tick = -1.0
        self._begin()

    def _begin(self) -> None:
        self.is_running = False  # there is a stream, and a frame is more than silence
        self._waiting: dict[int, tuple[int, bytes]] = {}  # number -> where it begins, payload
        # How far a packet's beginning is ahead of the ticks, and how long before the next tick it came
        self._slack: deque[tuple[int, float]] = deque(maxlen=_WINDOW)
        self._to_review = _REVIEW
        self._top = -1  # the newest packet's number: its sequence without wraps
        self._top_sequence = self._top_timestamp = self._unwrapped = self._position = 0
        self._odd = -1
        self._next = 0  # the number to be decoded next
        self._due = 0  # where the sound at hand ends, in samples of the sender's time
        self._gap = 0  # from there to the next packet there is
        self._following: bytes | None = None  # that packet, where the one before it is lost
        self._length = FRAME  # of a packet
        self._held = 0  # made up while the sender's time stood still
        self._made_up = 0  # made up while it went on
        self._waited = 0
        self._change = 0  # samples to leave out; below zero, to put in
        self._patience = _PATIENCE
        self._sound = _NOTHING

    @property
    def statistics(self) -> BufferStatistics:
        """What was counted up to now."""
        depth = self._position - self._playing if self.is_running and self._waiting else len(self._sound)
        self._statistics.depth_ms = max(0.0, depth / _MS)
        return self._statistics

    def restart(self, decoder: Decoder | None = None) -> None:
        """Begin anew with another stream (a new SSRC), and another decoder where it has another codec."""
        if decoder is not None:
            self._decoder = decoder
        self._statistics.restarts += self._top >= 0
        self._begin()

    def put(self, sequence: int, timestamp: int, payload: bytes, arrival: float) -> None:
        """Take one packet, as its sender numbered it."""
        self._statistics.received += 1
        number = self._top + 1
        if sequence == (self._top_sequence + 1) & 0xFFFF and number:
            self._top = number
        elif (
            not number
            or not -_SEQUENCE_JUMP
            < (ahead := sequence_distance(sequence, self._top_sequence))
            < _SEQUENCE_JUMP
        ):
            if number and sequence != self._odd:
                self._odd = (sequence + 1) & 0xFFFF  # believed when its successor comes too
                return
            if number:
                self.restart()
            self._top, self._top_timestamp, number = 0, timestamp, 0
        else:
            number = self._top + ahead
            if number < self._next and self.is_running:
                self._statistics.late += 1
                return
            if number in self._waiting:
                self._statistics.duplicate += 1
                return
            self._top = max(number, self._top)
        unwrapped = self._unwrapped + timestamp_distance(timestamp, self._top_timestamp)
        position = unwrapped * RATE // self._clock_rate
        if number == self._top:
            self._top_sequence, self._top_timestamp = sequence, timestamp
            self._unwrapped, self._position = unwrapped, position
        waiting = self._waiting
        waiting[number] = position, payload
        if len(waiting) > _MOST_WAITING:  # nobody asks for frames
            del waiting[min(waiting)]
        early = (self._next_tick - arrival) * RATE
        if not 0.0 < early < FRAME:  # as it always is where `frame` is told the time
            early = 0.0 if early < FRAME else FRAME
        self._slack.append((position - self._ticks, early))
        self._to_review -= 1
        if not self._to_review:
            self._review()

    def frame(self, now: float = -1.0) -> Samples:
        """The next 20 ms, whatever came; to be called once each tick. Not to be written to."""
        self._ticks += FRAME
        if now >= 0:
            self._next_tick = now + 0.020
        if not self.is_running and not self._start():
            return SILENCE
        sound = self._sound
        if self._position - self._due + len(sound) - self._held > self._most:
            self._skip()
        if self._change:
            self._stretch()
            sound = self._sound
        if len(sound) < FRAME:
            sound = self._filled(FRAME)
        if len(sound) == FRAME:
            self._sound = _NOTHING
            return sound
        self._sound = sound[FRAME:]
        return sound[:FRAME]

    @property
    def _playing(self) -> int:
        """The place in the sender's time that is given out next."""
        return self._due - len(self._sound)

    def _start(self) -> bool:
        """Whether there is enough to begin with, or what there is has waited long enough."""
        waiting = self._waiting
        if not waiting:
            return False
        self._waited += FRAME
        first = min(waiting)
        begins = waiting[first][0]
        if self._position - begins + FRAME < self._first and self._waited < self._first:
            return False
        self._next, self._due = first, begins
        self._waited = self._held = self._made_up = 0
        self.is_running = True
        return True

    def _filled(self, count: int) -> Samples:
        """At least `count` samples from what is at hand, what waits, and what must be made up."""
        pieces = [self._sound] if len(self._sound) else []
        have = len(self._sound)
        while have < count:
            piece = self._decoded()
            if piece is None:
                piece = self._conceal(count - have)
            pieces.append(piece)
            have += len(piece)
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _decoded(self) -> Samples | None:
        """The sound of the next packet; None where none waits, or its time has not come: `_gap` tells."""
        waiting = self._waiting
        while waiting:
            number = self._next
            if number not in waiting:
                number = min(waiting)
            position, payload = waiting[number]
            gap = position - self._due
            if self._held and gap > 0:
                credit = min(gap, self._held)
                self._due += credit
                self._held -= credit
                gap -= credit
            if gap > _TOLERANCE and gap <= _CLOCK_JUMP:
                self._gap = gap
                self._following = payload if number > self._next else None
                return None
            del waiting[number]
            self._next = number + 1
            try:
                sound = self._decoder.decode(payload)
            except CodecError:
                self._statistics.broken += 1
                continue
            self._length = len(sound)
            if gap < 0 and self._made_up:  # it came after all, when some of it had been made up for
                sound = sound[-gap:]
                if not len(sound):
                    self._statistics.late += 1
                    continue
                position = self._due
            self._due = position + len(sound)
            self._held = self._made_up = 0
            if gap and abs(gap) > _CLOCK_JUMP:
                self._slack.clear()
            return self._joined(sound)
        self._gap = 0
        return None

    def _joined(self, sound: Samples) -> Samples:
        """The sound of a packet, drawn over to from what was made up before it."""
        concealment = self._concealment
        if concealment.is_concealing:
            sound = concealment.join(sound)
        concealment.remember(sound)
        return sound

    def _conceal(self, count: int) -> Samples:
        """Make up for what is lost, or let the sender's time stand still where nothing waits.

        What is only late is not the decoder's matter: it would remember sound that never was.
        """
        self._change = 0
        if self._gap:
            made = self._recovered()
            if made is not None:
                return made
            count = min(count, self._gap)
            self._due += count
            self._made_up += count
        else:
            self._held += count
            if self._held >= _GONE:
                self.is_running = False
        if not self._concealment.is_faded:
            self._statistics.concealed += count
        return self._concealment.conceal(count)

    def _recovered(self) -> Samples | None:
        """A packet's length of what is lost, as the decoder makes up for it; None if it cannot."""
        decoder = self._decoder
        if not isinstance(decoder, RecoveringDecoder):
            return None
        is_last = self._gap <= self._length
        count = self._gap if is_last else min(self._length, self._gap - self._length)
        try:
            made = decoder.make_up(count, self._following if is_last else None)[-count:]
        except CodecError:
            return None
        self._due += len(made)
        self._made_up += len(made)
        self._statistics.concealed += len(made)
        return self._joined(made)

    def _review(self) -> None:
        """See whether packets come too late, or much earlier than they need to.

        A packet is needed at the tick whose frame reaches into it, so the part of a frame by which it begins
        later than that frame is delay that serves nothing.
        """
        self._to_review = _REVIEW
        was, self._change = self._change, 0
        if not self.is_running or len(self._slack) < _REVIEW:
            return
        now = self._playing + self._held - self._ticks
        slack = sorted(
            ((begin - now) // FRAME * FRAME + early, (begin - now) % FRAME) for begin, early in self._slack
        )
        if slack[-1][0] - slack[0][0] > RATE:
            return  # the sender's timestamps make no sense
        low, useless = slack[len(slack) // _LATEST]
        if low < _LEAST:
            self._change = max(
                useless - FRAME - time_stretch.SHORTEST, self._position - self._playing - self._most
            )
        else:
            frames = (low - _LEAST) // FRAME if low > _MOST else 0
            change = min(part for _, part in slack) + int(frames) * FRAME
            self._change = change if change >= _WORTH else 0
        if not was:
            self._patience = _PATIENCE

    def _stretch(self) -> None:
        """Leave out or put in a pitch period, where one is found."""
        change, sound = self._change, self._sound
        if abs(change) < time_stretch.SHORTEST:
            self._change = 0
            return
        if self._held or self._made_up:
            return
        likeness = _LIKENESS if self._patience > 0 else _LIKENESS_LATER
        self._patience -= 1
        needed = time_stretch.NEEDED if change > 0 else FRAME
        while len(sound) < needed:
            piece = self._decoded()
            if piece is None:
                return
            sound = self._sound = np.concatenate((sound, piece)) if len(sound) else piece
        if change > 0:
            changed = time_stretch.shorten(sound, change, likeness)
        else:
            past = self._concealment.past()
            changed = time_stretch.lengthen(past[: len(past) - len(sound)], sound, -change, likeness)
        if changed is None:
            return
        left_out = len(sound) - len(changed)
        self._sound = changed
        self._change = change - left_out
        if left_out > 0:
            self._statistics.shortened += left_out
        else:
            self._statistics.lengthened -= left_out

    def _skip(self) -> None:
        """Too much waits: go on with the newest of it."""
        waiting = self._waiting
        if not waiting:
            return
        for number in sorted(waiting)[:-1]:  # the last stays, whatever its timestamp says
            if waiting[number][0] >= self._position - self._first:
                break
            del waiting[number]
        self._next = min(waiting)
        self._due = waiting[self._next][0]
        self._held = self._made_up = self._change = 0
        self._slack.clear()
        self._statistics.restarts += 1
        self._concealment.conceal(0)  # what was heard fades into what is heard now

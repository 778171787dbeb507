"""What a receiver knows of one RTP stream: loss, jitter, sequence, reports (RFC 3550 A.1, A.3, A.8)."""

from __future__ import annotations

from app.media.rtcp import ReceptionReport, SenderReport, middle

_MAX_DROPOUT = 3_000
_MAX_MISORDER = 100
_HALF = 0x8000_0000
_MASK = 0xFFFF_FFFF


class StreamStatistics:
    """Counts one direction of a stream as it arrives; `now` is any steady clock in seconds.

    A new SSRC, or a jump of the sequence that a second packet confirms, begins a new count; what was lost
    before stays counted. The jitter leaves out packets that repeat a timestamp, as telephone events do.
    """

    __slots__ = (
        "_bad",
        "_base",
        "_clock",
        "_cycles",
        "_earlier_lost",
        "_earlier_received",
        "_expected_prior",
        "_jitter",
        "_maximum",
        "_next",
        "_received",
        "_received_prior",
        "_report_at",
        "_report_ntp",
        "_timestamp",
        "_transit",
        "reordered",
        "ssrc",
    )

    def __init__(self, clock_rate: int = 8000) -> None:
        self.ssrc = -1
        self.reordered = 0
        self._clock = clock_rate
        self._earlier_lost = self._earlier_received = 0
        self._expected_prior = self._received_prior = 0
        self._jitter = 0.0
        self._report_ntp = 0
        self._report_at = 0.0
        self._received = 0
        self._transit = 0.0
        self._begin(0)
        self._next = -1  # nothing equals it

    @property
    def clock_rate(self) -> int:
        """Ticks of the payload's clock in a second."""
        return self._clock

    @clock_rate.setter
    def clock_rate(self, rate: int) -> None:
        if rate != self._clock:
            self._jitter *= rate / self._clock
            self._clock = rate
            self._timestamp = -1

    def receive(self, sequence: int, timestamp: int, ssrc: int, now: float) -> None:
        """Count one packet. The next packet of the same source is the hot path and kept short."""
        if sequence != self._next or ssrc != self.ssrc:
            if not self._out_of_order(sequence, ssrc):
                return
        else:
            self._maximum = sequence
            self._next = sequence + 1 & 0xFFFF
            if not sequence:
                self._cycles += 0x1_0000
        self._received += 1
        known = self._timestamp
        if timestamp != known:
            # RFC 3550 A.8, on a clock that is only ever subtracted from itself
            transit = now * self._clock - timestamp
            if known >= 0:
                change = transit - self._transit
                if change < 0.0:
                    change = -change
                if change > _HALF:  # the timestamp wrapped
                    change = abs(change - _MASK - 1)
                self._jitter += (change - self._jitter) * 0.0625
            self._transit = transit
            self._timestamp = timestamp

    def sender_report(self, report: SenderReport, now: float) -> None:
        """Remember when the source's last report came, for LSR and DLSR."""
        self._report_ntp = middle(report.ntp)
        self._report_at = now

    @property
    def received(self) -> int:
        """Packets that came, repeated ones included."""
        return self._earlier_received + self._received

    @property
    def expected(self) -> int:
        """Packets that should have come (A.3)."""
        return self.received + self.lost

    @property
    def lost(self) -> int:
        """Packets that did not come; below zero where some came twice."""
        return self._earlier_lost + self._expected() - self._received

    @property
    def extended_sequence(self) -> int:
        """The highest sequence number seen, with the number of its wraps above the lower 16 bits."""
        return self._cycles + self._maximum

    @property
    def jitter(self) -> float:
        """The interarrival jitter in clock ticks (A.8)."""
        return self._jitter

    @property
    def jitter_ms(self) -> float:
        """The interarrival jitter in milliseconds."""
        return 1000.0 * self._jitter / self._clock

    def report(self, now: float) -> ReceptionReport:
        """The report block on this stream; its fraction counts from the report before (A.3)."""
        expected, received = self._expected(), self._received
        expected_interval = expected - self._expected_prior
        lost_interval = expected_interval - (received - self._received_prior)
        self._expected_prior, self._received_prior = expected, received
        fraction = 0
        if expected_interval > 0 and lost_interval > 0:
            fraction = min(255, (lost_interval << 8) // expected_interval)
        delay = int((now - self._report_at) * 65_536) if self._report_ntp else 0
        return ReceptionReport(
            ssrc=max(self.ssrc, 0),
            fraction_lost=fraction,
            lost=expected - received,
            highest_sequence=self.extended_sequence & _MASK,
            jitter=min(int(self._jitter), _MASK),
            lsr=self._report_ntp,
            dlsr=max(0, min(delay, _MASK)),
        )

    def _expected(self) -> int:
        return self._cycles + self._maximum - self._base + 1 if self._next >= 0 else 0

    def _begin(self, sequence: int) -> None:
        self._base = self._maximum = sequence
        self._next = sequence + 1 & 0xFFFF
        self._cycles = 0
        self._bad = -1
        self._received = 0
        self._expected_prior = self._received_prior = 0
        self._timestamp = -1

    def _restart(self, sequence: int) -> None:
        if self._next >= 0:
            self._earlier_lost += self._expected() - self._received
            self._earlier_received += self._received
        self._begin(sequence)

    def _out_of_order(self, sequence: int, ssrc: int) -> bool:
        """A.1 for all but the next packet of the same source; False = do not count this one."""
        if ssrc != self.ssrc:
            self._restart(sequence)
            self.ssrc = ssrc
            self._report_ntp = 0
            return True
        ahead = sequence - self._maximum & 0xFFFF
        if 0 < ahead < _MAX_DROPOUT:
            if sequence < self._maximum:
                self._cycles += 0x1_0000
            self._maximum = sequence
            self._next = sequence + 1 & 0xFFFF
            return True
        if 0 < ahead <= 0x1_0000 - _MAX_MISORDER:
            if sequence == self._bad:  # two in a row: the other side started anew without telling
                self._restart(sequence)
                return True
            self._bad = sequence + 1 & 0xFFFF
            return False
        self.reordered += 1  # late, or a repeat
        return True

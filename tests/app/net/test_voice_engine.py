"""The engine of voice ports: what it opens and closes, and its clock."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from functools import partial

import pytest

from app.media import rtp
from app.media.clip import Clip
from app.media.sources import Radio
from app.media.voice_codec import CODECS, new_decoder
from app.net.rtp_ports import PortsExhausted
from app.net.voice_engine import VoiceEngine
from tests.support.media_phone import MediaPhone, on_every_loop, rtp_ports, until
from tests.support.virtual_time import run
from tests.support.voice_phone import VoiceHouse, share_of, tone, with_voices


def test_nothing_of_the_codecs_is_loaded_before_the_first_port() -> None:
    program = (
        "import sys, app.net.voice_engine, app.media.clip, app.media.sources, app.pbx\n"
        "print([name for name in ('G722', 'numpy', 'soundfile', 'soxr') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert loaded.stdout.strip() == "[]", loaded.stderr


def test_ports_are_taken_and_given_back() -> None:
    async def main() -> None:
        pool = rtp_ports(4)
        engine = VoiceEngine(pool)
        ports = [await engine.open("127.0.0.1") for _ in range(2)]
        assert engine.ports == pool.taken == 2
        assert {port.address.port for port in ports} == {pool.low, pool.low + 2}
        with pytest.raises(PortsExhausted):
            await engine.open("127.0.0.1")
        ports[0].close()
        ports[0].close()
        assert engine.ports == pool.taken == 1
        await engine.close_all()
        await engine.close_all()
        assert engine.ports == pool.taken == 0

    run(main())


def test_a_port_whose_sockets_fail_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise OSError("no")

    async def main() -> None:
        pool = rtp_ports(4)
        engine = VoiceEngine(pool)
        monkeypatch.setattr("app.net.leg_sockets.attach", fail)
        with pytest.raises(OSError, match="no"):
            await engine.open("127.0.0.1")
        assert engine.ports == pool.taken == 0

    run(main())


@with_voices
async def test_the_clock_runs_only_while_there_is_a_port_and_its_numbers_grow(house: VoiceHouse) -> None:
    engine = house.engine
    assert engine.lateness().ticks == 0
    ticks: list[int] = []
    _, port = await house.phone()
    port.add_sink(lambda tick, frame: ticks.append(tick))
    await asyncio.sleep(0.2)
    port.close()
    last = ticks[-1]
    assert engine.lateness().ticks >= 9
    assert engine.lateness().worst_ms < 0.1
    await asyncio.sleep(10)
    _, port = await house.phone()
    port.add_sink(lambda tick, frame: ticks.append(tick))
    await asyncio.sleep(0.2)
    assert ticks[-1] - last >= 500
    assert ticks == sorted(set(ticks))


@with_voices
async def test_all_are_heard_before_any_speaks(house: VoiceHouse) -> None:
    steps: list[tuple[int, str]] = []

    class Source(Radio):
        def payload(self, tick: int, codec: object, ptime_ms: int) -> bytes:
            steps.append((tick, "speak"))
            return b"x"

    for _ in range(60):  # more than are looked after at once
        _, port = await house.phone()
        port.add_sink(lambda tick, frame: steps.append((tick, "hear")))
        port.play(Source([Clip(tone(440, 0.1))]))
    await asyncio.sleep(0.2)
    whole = [tick for tick in {tick for tick, _ in steps} if steps.count((tick, "hear")) == 60]
    assert len(whole) >= 7
    for tick in whole:
        assert [what for number, what in steps if number == tick] == ["hear"] * 60 + ["speak"] * 60


@with_voices
async def test_the_loop_does_other_things_while_many_speak(house: VoiceHouse) -> None:
    loop = asyncio.get_running_loop()
    seen: list[int] = []
    done = 0

    def step(tick: int) -> bool:
        nonlocal done
        done += 1
        if done % 200 == 1:
            loop.call_soon(lambda: seen.append(done))
        return True

    await house.phone()
    for number in range(200):
        house.engine.speak(partial(lambda number, tick: step(tick), number))
    await asyncio.sleep(0.1)
    assert len(seen) >= 4
    assert all(count % 200 < 100 for count in seen)


@pytest.mark.logs("a voice port failed and is left out until it is used again")
@with_voices
async def test_a_step_that_fails_leaves_the_others_alone(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    port.play(Radio([Clip(tone(440, 1.0))]))

    def fail(tick: int) -> bool:
        raise RuntimeError("a mistake")

    house.engine.hear(fail)
    await asyncio.sleep(0.5)
    assert share_of(phone.heard(), 440) > 0.95


@pytest.mark.logs("a voice port could not report")
@with_voices
async def test_a_report_that_fails_is_tried_again(house: VoiceHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, _ = await house.phone()
    await phone.say(tone(440, 0.1))
    monkeypatch.setattr("app.net.voice_reports.VoiceReports.write", None)
    await asyncio.sleep(4)
    monkeypatch.undo()
    assert not phone.reports
    await asyncio.sleep(10)
    assert phone.reports


def test_ticks_that_are_not_done_are_done_before_the_next() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        engine = VoiceEngine(rtp_ports(), clock=loop.time)
        await engine.open("127.0.0.1")
        done: list[int] = []
        for number in range(100):
            engine.hear(partial(lambda number, tick: bool(done.append(tick)) or True, number))
        engine._on_tick(1)
        assert len(done) < 100
        engine._on_tick(2)
        assert done.count(done[0]) == 100
        await engine.close_all()

    run(main())


@on_every_loop
async def test_a_radio_is_heard_in_real_time() -> None:
    engine, phone = VoiceEngine(rtp_ports()), MediaPhone()
    port = await engine.open("127.0.0.1")
    try:
        port.connect(phone.target())
        port.play(Radio([Clip(tone(440, 1.0))]))
        sound = b"".join([rtp.parse((await phone.receive())[0]).payload for _ in range(8)])
        assert share_of(new_decoder(CODECS["pcmu"]).decode(sound)[400:], 440) > 0.95
        phone.send(port.address.port)
        await until(lambda: port.counters().packets_in == 1)
        await until(lambda: engine.lateness().ticks >= 10)
    finally:
        await engine.close_all()
        phone.close()

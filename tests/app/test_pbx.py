from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.errors import EnvironmentFault, UserError
from app.events import EngineStarted, EventBus
from app.options import Options
from app.pbx import Pbx
from app.sip.flow import Address, Transport
from tests.support.phone import Phone, answering


def options(tmp_path: Path, **fields: object) -> Options:
    values: dict[str, object] = {"bind": ("127.0.0.1",), "sip_port": 0, "tls_port": 0}
    return Options(data=tmp_path / "data", rtp_ports=(31200, 31299), **(values | fields))  # type: ignore[arg-type]


def port_of(pbx: Pbx, name: str) -> int:
    return next(int(each.rpartition(":")[2]) for each in pbx.addresses if each.startswith(name))


async def phone_of(pbx: Pbx, number: str) -> Phone:
    passwords = {each.number: each.password for each in await pbx.configuration.first_passwords()}
    return Phone(number, passwords[number], Address("127.0.0.1", port_of(pbx, "udp")), behavior=answering)


async def test_it_starts_tells_where_it_listens_and_stops(tmp_path: Path) -> None:
    events = EventBus()
    heard: list[object] = []
    events.subscribe(heard.append)
    pbx = Pbx(options(tmp_path), events)
    await pbx.start()
    assert [each.partition("=")[0] for each in pbx.addresses] == ["udp", "tcp", "tls"]
    assert EngineStarted(pbx.addresses) in heard
    assert pbx.is_idle
    await pbx.stop()
    await pbx.stop()


async def test_it_listens_everywhere_where_no_address_is_set(tmp_path: Path) -> None:
    pbx = Pbx(options(tmp_path, bind=None))
    await pbx.start()
    assert pbx.addresses[0].startswith("udp=0.0.0.0:")
    await pbx.stop()


async def test_a_taken_port_is_a_fault_that_leaves_nothing_behind(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        pbx = Pbx(options(tmp_path, sip_port=taken.getsockname()[1]))
        with pytest.raises(EnvironmentFault) as caught:
            await pbx.start()
    assert caught.value.code == "net.port"
    again = Pbx(options(tmp_path))
    await again.start()
    await again.stop()


async def test_two_on_one_data_folder(tmp_path: Path) -> None:
    first = Pbx(options(tmp_path))
    await first.start()
    with pytest.raises(EnvironmentFault) as caught:
        await Pbx(options(tmp_path)).start()
    assert caught.value.code == "folder.in_use"
    await first.stop()


async def test_a_certificate_without_its_key(tmp_path: Path) -> None:
    pbx = Pbx(options(tmp_path))
    await pbx.start()
    await pbx.configuration.database.run(
        lambda db: db.execute_sql("INSERT INTO setting (key, value) VALUES ('tls_certificate', '/none.pem')")
    )
    await pbx.stop()
    with pytest.raises(UserError) as caught:
        await Pbx(options(tmp_path)).start()
    assert caught.value.code == "tls.incomplete"


async def test_settings_that_count_from_the_next_start(tmp_path: Path) -> None:
    pbx = Pbx(options(tmp_path))
    await pbx.start()
    await pbx.configuration.set("setting", "no_answer_s", {"value": "9"})
    assert pbx.needs_restart == ()
    assert pbx.configuration.directory.settings.no_answer_s == 9
    await pbx.configuration.set("setting", "session_expires_s", {"value": "600"})
    assert pbx.endpoint.stack.settings.session_expires == 600
    await pbx.configuration.set("setting", "trace_megabytes", {"value": "5"})
    assert pbx.needs_restart == ("trace_megabytes",)
    await pbx.stop()


async def test_bindings_survive_a_restart(tmp_path: Path) -> None:
    first = Pbx(options(tmp_path))
    await first.start()
    async with await phone_of(first, "101") as phone:
        assert (await phone.register()).status == 200
        address = phone.address
    await first.stop()
    second = Pbx(options(tmp_path))
    await second.start()
    (binding,) = second.exchange.bindings.of("101")
    assert (binding.flow.transport, binding.flow.remote) == (Transport.UDP, address)
    assert binding.user_agent == "Scripted phone 101"
    await second.stop()


async def test_saving_an_extension_reaches_the_exchange(tmp_path: Path) -> None:
    pbx = Pbx(options(tmp_path))
    await pbx.start()
    async with await phone_of(pbx, "101") as phone:
        await phone.register()
        await pbx.configuration.delete("extension", "101")
        assert pbx.exchange.bindings.of("101") == ()
        assert (await phone.register()).status == 403
    await pbx.stop()

"""CPU of the engine itself, no kernel: REGISTERs and calls fed from memory to the whole exchange.

The phones are texts with blanks: nearly all that is measured is ours. Run it before and after changing
the hot path; `--profile` prints where the time goes.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import gc
import hashlib
import pstats
import sys
import time
from collections import deque
from collections.abc import Callable

from app.events import EventBus
from app.exchange import Exchange
from app.net.resolver import Resolver
from app.net.sip_endpoint import Listen, SipEndpoint
from app.net.sockets import DatagramReceiver
from app.services.directory import Directory, DirectoryHolder
from app.sip.flow import Address, Direction, Flow, Transport
from app.sip.stack import SipStack, StackSettings
from tests.support.announcements import office_announcements
from tests.support.fake_voice import FakeVoice
from tests.support.office import PaperRelay, extension

SERVER = Address("10.0.0.1", 5060)
CALLER, CALLED = Address("10.0.1.1", 5060), Address("10.0.1.2", 5060)
SDP = (
    "v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0 8 101\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
    "a=sendrecv\r\n"
)


class Memory:
    """Datagram sockets that put what is sent into a queue."""

    def __init__(self) -> None:
        self.receiver: DatagramReceiver
        self.sent: deque[tuple[bytes, Address]] = deque()
        self.address = SERVER
        self.dropped = 0

    async def open(self, host: str, port: int, receiver: DatagramReceiver) -> Memory:
        """Keep the receiver."""
        self.receiver = receiver
        return self

    def local_toward(self, remote_host: str) -> str:
        """The one address."""
        return SERVER.host

    def send(self, data: bytes, remote: Address) -> None:
        """Queue."""
        self.sent.append((data, remote))

    def close(self) -> None:
        """Forget."""
        self.sent.clear()


class Void(list[object]):
    """A write-behind queue and a capture that cost an append."""

    def add(self, row: object) -> None:
        """Keep a row."""
        self.append(row)

    def record(self, time_unix: float, direction: Direction, flow: Flow, data: bytes) -> None:
        """Keep a message."""
        self.append((time_unix, direction, flow, data))


def _header(text: str, name: str) -> str:
    start = text.index(f"\r\n{name}: ") + len(name) + 4
    return text[start : text.index("\r\n", start)]


class Bench:
    """The exchange, and the phones that talk to it."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.void = Void()
        holder = DirectoryHolder(
            Directory().with_extensions({n: extension(n) for n in ("100", "101", "102")})
        )
        self.endpoint = SipEndpoint(
            SipStack(StackSettings()),
            Resolver(),
            self.void,
            lambda event: self.exchange.on_event(event),
            sockets=self.memory,
        )
        events = EventBus()
        self.exchange = Exchange(
            self.endpoint,
            holder=holder,
            relay=PaperRelay(),
            voice=FakeVoice(),
            announcements=office_announcements(holder, events),
            bindings_queue=Void(),
            history_queue=Void(),
            records_queue=Void(),
            events=events,
        )
        self.count = 0

    def put(self, source: Address, text: str) -> str:
        """Feed one message; what was sent back to its source, "" for nothing."""
        self.memory.receiver.datagram_received(text.encode(), source)
        return self.take(source)

    def take(self, remote: Address) -> str:
        """The last message sent to an address."""
        found = ""
        kept: deque[tuple[bytes, Address]] = deque()
        for data, target in self.memory.sent:
            if target == remote:
                found = data.decode()
            else:
                kept.append((data, target))
        self.memory.sent = kept
        return found

    async def awaited(self, remote: Address) -> str:
        """The last message sent to an address, when there is one."""
        while not (found := self.take(remote)):  # noqa: ASYNC110  what waits is in this loop, not in an event
            await asyncio.sleep(0)
        return found

    def request(self, method: str, source: Address, to: str, *, cseq: int, extra: str = "", body: str = "",
                to_tag: str = "", branch: str = "", user: str = "101") -> str:  # fmt: skip
        """Write a request of a phone."""
        kind = "Content-Type: application/sdp\r\n" if body else ""
        return (
            f"{method} sip:{to}@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {source};rport;branch={branch}\r\n"
            f'Max-Forwards: 70\r\nFrom: "Phone" <sip:{user}@10.0.0.1>;tag=f{self.count}\r\n'
            f"To: <sip:{to}@10.0.0.1>{to_tag}\r\nCall-ID: c{self.count}@{source.host}\r\n"
            f"CSeq: {cseq} {method}\r\n"
            f"Contact: <sip:{user}@{source}>\r\nUser-Agent: A phone 1.0\r\n"
            f"Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE\r\nSupported: replaces\r\n{extra}{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def authorization(self, challenged: str, method: str, uri: str, user: str, name: str) -> str:
        """Answer the MD5 challenge of a 401 or 407."""
        nonce = challenged.split('nonce="', 1)[1].split('"', 1)[0]
        ha1 = hashlib.md5(f"{user}:openmss:secret-{user}".encode()).hexdigest()
        ha2 = hashlib.md5(f"{method}:{uri}".encode()).hexdigest()
        answer = hashlib.md5(f"{ha1}:{nonce}:00000001:abc:auth:{ha2}".encode()).hexdigest()
        return (
            f'{name}: Digest username="{user}", realm="openmss", nonce="{nonce}", uri="{uri}", '
            f'response="{answer}", algorithm=MD5, cnonce="abc", nc=00000001, qop=auth\r\n'
        )

    def register(self, user: str = "101", source: Address = CALLER) -> None:
        """REGISTER, 401, REGISTER, 200."""
        self.count += 1
        first = self.request(
            "REGISTER",
            source,
            user,
            cseq=1,
            branch=f"z9hG4bKr{self.count}a",
            user=user,
            extra="Expires: 3600\r\n",
        )
        answer = self.put(source, first)
        extra = self.authorization(answer, "REGISTER", "sip:10.0.0.1", user, "Authorization")
        again = self.request(
            "REGISTER", source, user, cseq=2, branch=f"z9hG4bKr{self.count}b", user=user,
            extra=extra + "Expires: 3600\r\n",
        )  # fmt: skip
        answer = self.put(source, again)
        if not answer.startswith("SIP/2.0 200"):
            raise AssertionError(answer)

    async def call(self) -> None:
        """INVITE, 407, ACK, INVITE, 180, 200, ACK, BYE, 200 on one side; no digest on the other."""
        self.count += 1
        count = self.count
        body = SDP.format(CALLER.host)
        branch = f"z9hG4bKi{count}"
        answer = self.put(
            CALLER, self.request("INVITE", CALLER, "102", cseq=1, branch=branch + "a", body=body)
        )
        tag = ";tag=" + _header(answer, "To").partition(";tag=")[2]
        self.put(CALLER, self.request("ACK", CALLER, "102", cseq=1, branch=branch + "a", to_tag=tag))
        extra = self.authorization(answer, "INVITE", "sip:102@10.0.0.1", "101", "Proxy-Authorization")
        self.put(
            CALLER, self.request("INVITE", CALLER, "102", cseq=2, branch=branch + "b", body=body, extra=extra)
        )
        invite = await self.awaited(CALLED)
        head = (
            f"Via: {_header(invite, 'Via')}\r\nFrom: {_header(invite, 'From')}\r\n"
            f"To: {_header(invite, 'To')};tag=t{count}\r\nCall-ID: {_header(invite, 'Call-ID')}\r\n"
            f"CSeq: {_header(invite, 'CSeq')}\r\nContact: <sip:102@{CALLED}>\r\nUser-Agent: A phone 1.0\r\n"
        )
        self.put(CALLED, f"SIP/2.0 180 Ringing\r\n{head}Content-Length: 0\r\n\r\n")
        answered = SDP.format(CALLED.host)
        ok = f"Content-Type: application/sdp\r\nContent-Length: {len(answered)}\r\n\r\n{answered}"
        ack = self.put(CALLED, f"SIP/2.0 200 OK\r\n{head}Allow: INVITE, ACK, BYE, CANCEL\r\n{ok}")
        accepted = await self.awaited(CALLER)
        ack = ack or await self.awaited(CALLED)
        if not (ack.startswith("ACK") and accepted.startswith("SIP/2.0 200")):
            raise AssertionError(ack + accepted)
        tag = ";tag=" + _header(accepted, "To").partition(";tag=")[2]
        self.put(CALLER, self.request("ACK", CALLER, "102", cseq=2, branch=branch + "c", to_tag=tag))
        self.put(CALLER, self.request("BYE", CALLER, "102", cseq=3, branch=branch + "d", to_tag=tag))
        bye = await self.awaited(CALLED)
        if not bye.startswith("BYE"):
            raise AssertionError(bye)
        head = "".join(
            f"{name}: {_header(bye, name)}\r\n" for name in ("Via", "From", "To", "Call-ID", "CSeq")
        )
        self.put(CALLED, f"SIP/2.0 200 OK\r\n{head}Content-Length: 0\r\n\r\n")
        while self.exchange.calls:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def measure(rounds: int, number: int, profile: bool) -> None:
    """Warm up, then print the best and the median round."""
    bench = Bench()
    await bench.endpoint.start([Listen(transport=Transport.UDP, host=SERVER.host, port=SERVER.port)])
    bench.register("102", CALLED)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)

    async def registers() -> None:
        for _ in range(number):
            bench.register()

    async def calls() -> None:
        for _ in range(number):
            await bench.call()

    for name, work in (("digest REGISTER", registers), ("call, digest on INVITE", calls)):
        await work()
        times = []
        for _ in range(rounds):
            bench.void.clear()
            before = time.thread_time()
            await work()
            times.append((time.thread_time() - before) / number * 1e6)
        times.sort()
        print(f"  {name:<30} best {times[0]:8.1f}  median {times[len(times) // 2]:8.1f} µs CPU")
        if profile:
            await _profiled(work)
    await bench.exchange.stop()
    await bench.endpoint.stop()


async def _profiled(work: Callable[[], object]) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    await work()  # type: ignore[misc]
    profiler.disable()
    for order in ("tottime", "cumulative"):
        pstats.Stats(profiler, stream=sys.stdout).sort_stats(order).print_stats(45)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    print(f"Engine from memory, one thread, Python {sys.version.split()[0]}; the phones' texts are included")
    asyncio.run(measure(options.rounds, options.number, options.profile))


if __name__ == "__main__":
    main()

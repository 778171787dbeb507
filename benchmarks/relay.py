"""What a relayed packet costs, and how many G.711 calls one core relays: `python -m benchmarks.relay`.

The relay runs in a process of its own on one core, the generator on another. A bare epoll loop that only
receives and sends is measured in the same run, since a machine's pace changes from hour to hour. The
generator looks for packets once a millisecond, which is in the delays. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import os
import platform
import select
import socket
import sys
import time
from multiprocessing.connection import Connection

from app.net.relay import MediaTarget, SocketRelay
from app.net.rtp_ports import RtpPorts
from app.sdp.codec import STATIC
from benchmarks.rtp_load import Load, Outcome

ATTEMPTS = 3  # at each number of calls: other programs on the machine disturb
Ends = tuple[str, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200, help="calls for the cost of a packet")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--steps", default="600,900,1200,1500,1800,2100", help="calls tried for the maximum")
    arguments = parser.parse_args()
    if sys.platform != "linux":
        parser.error("needs sendmmsg and epoll: Linux only")
    cores = sorted(os.sched_getaffinity(0))
    print(f"Python {platform.python_version()}, {len(cores)} cores, load {os.getloadavg()[0]:.2f}")
    print(f"G.711, 20 ms; {arguments.calls} calls, {arguments.seconds} s a run, {arguments.rounds} rounds")
    costs: dict[str, list[float]] = {"relay": [], "bare": []}
    for _ in range(arguments.rounds):
        for kind in costs:
            cost, outcome = measure(kind, arguments.calls, arguments.seconds, cores)
            costs[kind].append(cost)
            report(kind, arguments.calls, cost, outcome)
    relay, bare = (sorted(values)[len(values) // 2] for values in costs.values())
    print(f"median CPU per packet: relay {relay:.2f} us, bare epoll {bare:.2f} us, ratio {relay / bare:.2f}")
    print("budget: 9 us first, 6.5 us goal")
    best = 0
    for calls in map(int, arguments.steps.split(",")):
        if not any(is_carried(calls, arguments.seconds, cores) for _ in range(ATTEMPTS)):
            break
        best = calls
    print(f"most calls with less than 0.1 % loss and p50 below 25 ms: {best}; budget: 600, goal 1,200")


def is_carried(calls: int, seconds: float, cores: list[int]) -> bool:
    """Whether so many calls go through."""
    cost, outcome = measure("relay", calls, seconds, cores)
    report("relay", calls, cost, outcome)
    return outcome.loss < 0.001 and outcome.p50_ms < 25


def report(kind: str, calls: int, cost: float, outcome: Outcome) -> None:
    print(
        f"{kind:5} {calls:5} calls: {cost:5.2f} us/packet, loss {outcome.loss:8.4%}, delay p50"
        f" {outcome.p50_ms:.2f} p99 {outcome.p99_ms:.2f} ms, generator late {outcome.worst_lag_ms:.1f} ms",
        flush=True,
    )


def measure(kind: str, calls: int, seconds: float, cores: list[int]) -> tuple[float, Outcome]:
    """CPU microseconds a packet of the relaying process, after a second of warming up; what came through."""
    load = Load()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    target = serve_relay if kind == "relay" else serve_bare
    process = context.Process(target=target, args=(theirs, calls, load.address, cores[0]), daemon=True)
    process.start()
    try:
        ports = ours.recv()
        os.sched_setaffinity(0, {cores[-1]})
        load.run(ports, 1.0)
        ours.send("mark")
        before = ours.recv()
        outcome = load.run(ports, seconds)
        ours.send("mark")
        spent = ours.recv() - before
        ours.send("stop")
        process.join(10)
    finally:
        load.close()
        if process.is_alive():
            process.kill()
    return spent / max(outcome.received, 1) * 1e6, outcome


def serve_relay(pipe: Connection, calls: int, far_end: Ends, core: int) -> None:
    """The relay as the engine runs it."""
    os.sched_setaffinity(0, {core})
    import uvloop

    uvloop.run(_relay(pipe, calls, far_end))


async def _relay(pipe: Connection, calls: int, far_end: Ends) -> None:
    relay = SocketRelay(RtpPorts(10_000, 10_000 + 6 * calls + 200))
    target = MediaTarget(*far_end, far_end[1] + 1, (STATIC[0],))
    ports = []
    for call in range(calls):
        for leg, address in enumerate(await relay.open(str(call), ("127.0.0.1", "127.0.0.1"))):
            relay.connect(str(call), leg, target)
            ports.append(address.port)
    done = asyncio.Event()

    def command() -> None:
        if pipe.recv() == "stop":
            done.set()
        else:
            pipe.send(time.process_time())

    gc.freeze()
    asyncio.get_running_loop().add_reader(pipe.fileno(), command)
    pipe.send(ports)
    await done.wait()
    await relay.close_all()


def serve_bare(pipe: Connection, calls: int, far_end: Ends, core: int) -> None:
    """Nothing but receive and send: what Python and the kernel cost before we do anything."""
    os.sched_setaffinity(0, {core})
    poll = select.epoll()
    ways = {}
    socks = []
    for _ in range(2 * calls):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.bind(("127.0.0.1", 0))
        poll.register(sock.fileno(), select.EPOLLIN)
        socks.append(sock)
    for index, sock in enumerate(socks):
        ways[sock.fileno()] = (sock.recvfrom, socks[index ^ 1].sendto)
    poll.register(pipe.fileno(), select.EPOLLIN)
    pipe.send([sock.getsockname()[1] for sock in socks])
    while True:
        for descriptor, _ in poll.poll(-1, 256):
            if descriptor in ways:
                receive, send = ways[descriptor]
                data, _ = receive(2048)
                send(data, far_end)
            elif pipe.recv() == "stop":
                return
            else:
                pipe.send(time.process_time())


if __name__ == "__main__":
    main()

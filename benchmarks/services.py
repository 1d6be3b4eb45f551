"""Calls of a published service beside FastAPI: `make bench ARGS=services`.

Both run on this machine in the same run, and are asked over loopback by the same client, which keeps its
connection. FastAPI calls the script's function in its own process: no isolation, no check, one copy for all.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import psutil
import pyarrow as pa

from benchmarks import services_peer
from benchmarks.table import lines
from tests.builders import Exp
from tests.processes import child
from tests.server import Server

CALLS, CLIENTS, SECONDS = 200, 8, 5
SLEEPING, AT_ONCE = 50, 1_000
IDLE_SECONDS = 8
ROWS, COLUMNS = 10_000, 20
ARROW = "application/vnd.apache.arrow.stream"
JSON = "application/json"


class Endpoint:
    """Where one service is called, and what for."""

    def __init__(self, port: int, path: str, key: str = "") -> None:
        self.port, self.path = port, path
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    @contextmanager
    def caller(self) -> Iterator[Callable[..., tuple[int, bytes]]]:
        """Calls over one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)

        def call(body: bytes, kind: str = JSON) -> tuple[int, bytes]:
            connection.request("POST", self.path, body, {**self.headers, "Content-Type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read()

        yield call
        connection.close()

    def seconds(self, count: int, body: bytes, kind: str = JSON, before: int = 10) -> list[float]:
        """How long each of so many calls took, one after the other."""
        times = []
        with self.caller() as call:
            for number in range(before + count):
                start = time.perf_counter()
                status, answer = call(body, kind)
                assert status == 200, answer[:500]
                if number >= before:
                    times.append(time.perf_counter() - start)
        return times

    def a_second(self, body: bytes) -> float:
        """Calls a second from several clients."""
        done, end = [], time.perf_counter() + SECONDS

        def client() -> None:
            with self.caller() as call:
                while time.perf_counter() < end:
                    status, answer = call(body)
                    assert status == 200, answer[:500]
                    done.append(1)

        threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(done) / SECONDS


def main() -> int:
    """Prints the table."""
    with Server() as studio, services_peer.running() as peer:
        rows = [("", "Studio", "FastAPI", "ratio")]
        rows += one_row(studio, Endpoint(peer, "/one"))
        rows += chain(studio)
        rows += large(studio, Endpoint(peer, "/json"), Endpoint(peer, "/arrow"))
        rows += sleeping(studio)
        rows += crowd(studio)
    print(lines(rows))
    return 0


def publish(studio: Server, name: str, csv: str, *scripts: str) -> Endpoint:
    """An experiment of scripts in a row, run and published."""
    exp = Exp(name).table("data", csv).node("in", "web-service-input").wire("data.dataset", "in.sample")
    above = "in.dataset"
    for place, script in enumerate(scripts):
        exp.script(f"s{place}", script).wire(above, f"s{place}.dataset1")
        above = f"s{place}.result_dataset"
    exp.node("out", "web-service-output").wire(above, "out.dataset")
    run = studio.run(exp)
    assert run.state == "finished", run.body
    made = studio.post(f"experiments/{run.body['experiment']}/services", {"name": name})
    return Endpoint(studio.port, f"/api/v1/services/{made['id']}/execute?details=true", made["key"])


def one_row(studio: Server, peer: Endpoint) -> list[tuple[str, ...]]:
    ours, body = publish(studio, "One row", "x\n1\n2\n", services_peer.SCRIPT), services_peer.call(1)
    mine, theirs = ours.seconds(CALLS, body), peer.seconds(CALLS, body)
    first, second = ours.a_second(body), peer.a_second(body)
    return [
        ("one row, one script: p50", *compared(statistics.median(mine), statistics.median(theirs))),
        ("one row, one script: p99", *compared(_p99(mine), _p99(theirs))),
        (f"calls a second, {CLIENTS} clients", f"{first:.0f}", f"{second:.0f}", f"{first / second:.2f}"),
    ]


def chain(studio: Server) -> list[tuple[str, ...]]:
    body, found = services_peer.call(1), []
    for count in (1, 2, 3):
        scripts = [services_peer.SCRIPT] * count
        ours = publish(studio, f"Chain of {count}", "x\n1\n2\n", *scripts)
        found.append(statistics.median(ours.seconds(CALLS // 2, body)))
    return [
        (f"node {number} of a chain adds", f"{1e3 * (after - before):.1f} ms", "", "")
        for number, (before, after) in enumerate(pairwise(found), 2)
    ]


def large(studio: Server, as_json: Endpoint, as_arrow: Endpoint) -> list[tuple[str, ...]]:
    table = services_peer.large_table(ROWS, COLUMNS)
    csv = ",".join(table.column_names) + "\n" + ",".join(["0.5"] * COLUMNS) + "\n"
    ours = publish(studio, "Large", csv, services_peer.LARGE_SCRIPT)
    text = services_peer.as_body(table)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    stream = sink.getvalue().to_pybytes()
    found = []
    for name, body, kind, peer in (("JSON", text, JSON, as_json), ("Arrow", stream, ARROW, as_arrow)):
        mine = statistics.median(ours.seconds(10, body, kind, 2))
        theirs = statistics.median(peer.seconds(10, body, kind, 2))
        found.append((f"{ROWS:,} × {COLUMNS}, {name}: p50", *compared(mine, theirs)))
    return found


def sleeping(studio: Server) -> list[tuple[str, ...]]:
    """What services take that nobody calls, and how long the first call of one takes that is asleep."""
    script, body = services_peer.SCRIPT, services_peer.call(1)
    asleep = [publish(studio, f"Sleeping {n}", "x\n1\n2\n", script) for n in range(SLEEPING)]
    worker = psutil.Process(child(studio, "manage.py worker").pid)
    before = _memory(worker)
    first = [endpoint.seconds(1, body, before=0)[0] for endpoint in asleep]
    time.sleep(IDLE_SECONDS)  # until then a copy waits for the next call
    each = (_memory(worker) - before) / SLEEPING
    return [
        (f"{SLEEPING} idle services, each", f"{each / 1e6:.1f} MB", "", ""),
        ("first call of one asleep: p50", f"{1e3 * statistics.median(first):.0f} ms", "", ""),
        ("first call of one asleep: most", f"{1e3 * max(first):.0f} ms", "", ""),
    ]


def crowd(studio: Server) -> list[tuple[str, ...]]:
    """So many calls at once, each from a connection of its own."""
    ours = publish(studio, "Crowd", "x\n1\n2\n", services_peer.SCRIPT)
    ours.seconds(5, services_peer.call(1))
    told: list[tuple[int, int, bytes]] = []
    gate = threading.Barrier(AT_ONCE)

    def client(number: int) -> None:
        with ours.caller() as call:
            gate.wait()
            told.append((number, *call(services_peer.call(number))))

    threading.stack_size(256 << 10)
    threads = [threading.Thread(target=client, args=(n,)) for n in range(AT_ONCE)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    right = sum(status == 200 and services_peer.answer(body) == [number * 2] for number, status, body in told)
    crowded = sum(status == 503 and b"RequestThrottled" in body for _, status, body in told)
    other = AT_ONCE - right - crowded
    said = f"{right} right, {crowded} told to come again, {other} otherwise, in {took:.1f} s"
    return [(f"{AT_ONCE:,} calls at once", said, "", "")]


def compared(mine: float, theirs: float) -> tuple[str, str, str]:
    return f"{1e3 * mine:.1f} ms", f"{1e3 * theirs:.1f} ms", f"{mine / theirs:.2f}"


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _memory(worker: psutil.Process) -> int:
    """Bytes of the worker and all below it, shared pages in parts (PSS)."""
    total = 0
    for process in [worker, *worker.children(recursive=True)]:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total


if __name__ == "__main__":
    sys.exit(main())

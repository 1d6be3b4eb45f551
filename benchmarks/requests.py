"""What the web process holds after many mixed requests: `make bench ARGS=requests`.

Eight clients ask for everything that the page asks for, and some things that are wrong. The table shows
resident memory on the way: a leak grows with every row.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import connect

from benchmarks.memory import PROCESS, mb
from benchmarks.table import lines
from tests.builders import chain
from tests.processes import child
from tests.server import TOKEN, Server

REQUESTS, CLIENTS, ROWS = 10_000, 8, 5
SCRIPT = "def azureml_main(frame):\n    print('hello ' * 50)\n    return frame,\n"


def main() -> int:
    """Prints the table; 0 where the web process stays under its bound."""
    with Server() as studio:
        web = child(studio, "manage.py serve").pid
        table = [("after requests", "resident", "most", "threads")]
        table.append(("0", *held(web)))
        for part in range(1, ROWS + 1):
            ask(studio, REQUESTS // ROWS)
            table.append((f"{part * REQUESTS // ROWS:,}", *held(web)))
        most = peak(web)
    print(lines(table))
    print(f"The web process: {mb(most)} at most, of less than {mb(PROCESS)}.")
    return 0 if most < PROCESS else 1


def ask(studio: Server, count: int) -> None:
    """So many requests; AssertionError where one is answered by 500."""
    asked = itertools.count()
    seen: set[int] = set()
    lock = threading.Lock()

    def client(_: int) -> None:
        with httpx.Client(
            base_url=studio.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60
        ) as http:
            for request in requests(studio, http):
                with lock:
                    if next(asked) >= count:
                        return
                status = request()
                seen.add(status)

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, range(CLIENTS)))
    assert 500 not in seen, seen


def requests(studio: Server, http: httpx.Client) -> Iterator[Callable[[], int]]:
    """For ever: what a visit asks for."""
    api = "/api/v1"

    def get(path: str, **query: Any) -> Callable[[], int]:
        return lambda: http.get(path, params=query).status_code

    def live(experiment: str) -> int:
        address = f"{studio.url.replace('http', 'ws')}/ws/experiments/{experiment}/?client=bench"
        with connect(address, additional_headers={"Authorization": f"Bearer {TOKEN}"}):
            return 101

    for turn in itertools.count():
        file = chain(SCRIPT).file()
        made = http.post(f"{api}/experiments", json=file).json()
        at = f"{api}/experiments/{made['id']}"
        run = studio.run(made["id"]) if turn % 5 == 0 else None
        yield from [
            get("/"),
            get(f"{api}/status"),
            get(f"{api}/modules"),
            get(f"{api}/experiments", limit=50),
        ]
        yield from [get(at), get(f"{at}/runs"), lambda at=at, id=made["id"]: live(id)]
        for revision in range(1, 6):
            body, match = {**file, "name": f"Saved {revision}"}, {"If-Match": f'"{revision}"'}
            yield lambda body=body, match=match, at=at: http.put(at, json=body, headers=match).status_code
            yield lambda body=body: http.post(f"{api}/experiments/validate", json=body).status_code
        if run is not None:
            assert run.state == "finished", run.body["nodes"]
            artifact = f"{api}/artifacts/{run.output('s1.result_dataset')['artifact']}"
            yield from [get(f"{api}/runs/{run.body['id']}"), get(f"{api}/runs/{run.body['id']}/nodes/s1/log")]
            for start in range(10):
                yield get(f"{artifact}/rows", offset=start % 3, limit=50)
            yield from [get(f"{artifact}/summary"), get(f"{artifact}/download", format="csv")]
            rows = "x,y\n" + "\n".join(f"{n},{n * turn}" for n in range(20_000))
            yield (
                lambda rows=rows: (
                    http.post(f"{api}/datasets", files={"file": ("bench.csv", rows)}).status_code
                )
            )
        yield from [get(f"{api}/datasets"), get(f"{api}/usage"), get(f"{api}/openapi.json"), get("/ready")]
        yield from [get(f"{api}/nothing"), get(f"{api}/experiments/none"), get(f"{api}/runs/none")]
        yield lambda: http.post(f"{api}/experiments", content=b"{").status_code
        yield lambda: http.post(f"{api}/session", json={"token": "wrong-" * 5}).status_code
        yield lambda at=at: http.delete(at).status_code


def held(pid: int) -> tuple[str, str, str]:
    said = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return mb(int(said["VmRSS"].split()[0]) * 1024), mb(peak(pid)), said["Threads"].strip()


def peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    sys.exit(main())

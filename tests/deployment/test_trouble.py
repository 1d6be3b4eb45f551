"""Hosts cut off, frozen, killed, drained and updated while runs go on: nothing is lost or done twice."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from tests.builders import Exp, chain
from tests.deployment.installation import TOKEN, Installation
from tests.deployment.network import Host

pytestmark = [pytest.mark.deployment, pytest.mark.timeout(400)]

WAIT = "import time\ndef azureml_main(frame):\n    time.sleep({})\n    frame['x'] += 1\n    return frame,\n"
_unlike = iter(range(1_000_000))


def begin(studio: Installation, seconds: float, nodes: int = 2) -> str:
    """A run whose nodes take so long each, and that no cache knows."""
    scripts = [f"# {next(_unlike)}\n{WAIT.format(seconds)}" for _ in range(nodes)]
    return studio.start(studio.create(chain(*scripts))["id"])["id"]


def holder(studio: Installation, run: str, node: str = "s1") -> Host:
    """The host that carries that node out, once one does."""
    asked = "SELECT worker FROM runs_noderun WHERE run_id = %s AND node = %s AND state = 'running'"
    end = time.monotonic() + 60
    while not (found := studio.database.ask("studio", asked, run, node)):
        assert time.monotonic() < end
        time.sleep(0.05)
    host, _, pid, *_ = found[0][0].split(":")
    return next(one for one in studio.workers if one.name == host or str(one.process.pid) == pid)  # type: ignore[union-attr]


def tried(studio: Installation, run: str) -> list[tuple[int, int]]:
    """Attempts and deaths of each node run."""
    return studio.database.ask(
        "studio", "SELECT attempt, deaths FROM runs_noderun WHERE run_id = %s ORDER BY place", run
    )


def ends_right(studio: Installation, run: str, nodes: int = 2, seconds: float = 180) -> None:
    done = studio.wait(run, seconds)
    assert done.state == "finished", done.body["nodes"]
    assert done.rows(f"s{nodes}.result_dataset") == [[1 + nodes], [2 + nodes], [3 + nodes]]


@contextmanager
def visitors(studio: Installation, count: int = 4) -> Iterator[list[int]]:
    """So many read lists all the while; the answers they get."""
    answers: list[int] = []
    over = threading.Event()

    def visit() -> None:
        with studio.browser(headers={"Authorization": f"Bearer {TOKEN}"}) as browser:
            while not over.wait(0.1):
                answers.append(browser.get("/api/v1/experiments").status_code)

    with ThreadPoolExecutor(count) as pool:
        asked = [pool.submit(visit) for _ in range(count)]
        try:
            yield answers
        finally:
            over.set()
    for one in asked:
        one.result()


def test_nodes_of_a_host_that_is_killed_run_elsewhere(studio: Installation) -> None:
    run = begin(studio, 4)
    host = holder(studio, run)
    host.kill()
    try:
        ends_right(studio, run)
    finally:
        studio.start_worker(host)


def test_a_host_that_is_frozen_and_thaws_commits_nothing_twice(studio: Installation) -> None:
    run = begin(studio, 3)
    host = holder(studio, run)
    host.freeze()
    try:
        ends_right(studio, run)
    finally:
        host.thaw()
    studio.wait_until_ready(len(studio.workers))
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]


def test_a_host_that_is_cut_off_comes_back(studio: Installation) -> None:
    run = begin(studio, 3)
    host = holder(studio, run)
    host.cut()
    try:
        ends_right(studio, run)
        time.sleep(5)
    finally:
        host.join()
    studio.wait_until_ready(len(studio.workers))
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]
    ends_right(studio, begin(studio, 0.1))


def test_a_frozen_worker_holds_no_lock_that_others_need(studio: Installation) -> None:
    """A host lost while it held the shared lock, then one prune: no node committed any more."""
    runs = [begin(studio, 0.3, nodes=6) for _ in range(3)]
    host = holder(studio, runs[0], "s2")
    host.freeze()
    try:
        pruned = studio.manage(studio.webs[0], "prune", "--max", "0")
        assert pruned.returncode == 0, pruned.stderr
        for run in runs:
            ends_right(studio, run, nodes=6)
    finally:
        host.thaw()


def test_redis_frozen_holds_nobody_up_and_flushed_loses_nothing(studio: Installation) -> None:
    run = begin(studio, 2)
    server = psutil.Process(studio.redis.pid)
    server.suspend()
    try:
        for _ in range(4):
            started = time.monotonic()
            assert studio.get("status")["workers"] == 0
            assert time.monotonic() - started < 6  # it was 28 s and more
        assert studio.http.get("/live").status_code == 200
        not_ready = studio.http.get("/ready")
        assert (not_ready.status_code, not_ready.json()["redis"]) == (503, False)
    finally:
        server.resume()
    studio.ask_redis().flushall()
    studio.wait_until_ready(len(studio.workers))
    ends_right(studio, run)


def test_a_database_that_is_away_for_a_while_is_no_death(studio: Installation) -> None:
    run = begin(studio, 6)
    holder(studio, run)
    studio.database.stop("fast")
    try:
        answer = studio.http.get("/ready")
        assert (answer.status_code, answer.json()["database"]) == (503, False)
        assert studio.http.get("/live").status_code == 200
        assert studio.http.get("experiments").status_code in (500, 503)
        time.sleep(8)
    finally:
        studio.database.start()
    studio.wait_until_ready(len(studio.workers), 40)
    ends_right(studio, run)
    assert tried(studio, run) == [(1, 0)] * 3  # what was computed was kept, and committed later


def test_a_database_that_is_frozen_is_said_within_seconds(studio: Installation) -> None:
    asked = [p for p in psutil.process_iter(["cmdline"]) if studio.database.data in (p.info["cmdline"] or [])]
    frozen = [one for top in asked for one in (top, *top.children(recursive=True))]
    assert frozen
    for one in frozen:
        one.suspend()
    try:
        started = time.monotonic()
        while studio.http.get("/ready").json()["database"]:  # both webs may have asked a second ago
            assert time.monotonic() - started < 3
        assert studio.http.get("/live").status_code == 200
        assert time.monotonic() - started < 6
    finally:
        for one in frozen:
            one.resume()


def test_a_bucket_that_refuses_for_a_while_fails_no_run(studio: Installation) -> None:
    run = begin(studio, 1, nodes=3)
    holder(studio, run)
    studio.bucket.stop()
    try:
        time.sleep(4)
    finally:
        studio.start_bucket()
    ends_right(studio, run, nodes=3)


def test_an_upload_in_pieces_goes_to_either_web(studio: Installation) -> None:
    data = b"x\n" + b"".join(b"%d\n" % n for n in range(3_000))
    said = {"Tus-Resumable": "1.0.0"}
    made = studio.http.post(
        "uploads",
        headers={**said, "Upload-Length": str(len(data)), "Upload-Metadata": "filename cGllY2VzLmNzdg=="},
    )
    assert made.status_code == 201, made.text
    where = httpx.URL(made.headers["location"]).path
    for start in range(0, len(data), 4_000):
        sent = studio.http.patch(
            f"{studio.url}{where}",
            content=data[start : start + 4_000],
            headers={**said, "Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"},
        )
        assert sent.status_code == 204, sent.text


def test_a_table_of_one_host_is_downloaded_and_kept_by_the_others(studio: Installation) -> None:
    run = studio.run(chain("def azureml_main(f):\n    return f,\n", csv="x\n5\n6\n"))
    artifact = run.output("s1.result_dataset")["artifact"]
    for _ in range(2):
        answer = studio.http.get(f"artifacts/{artifact}/download", params={"format": "csv"})
        assert (answer.status_code, answer.text.split()) == (200, ["x", "5", "6"])
        summary = studio.http.get(f"artifacts/{artifact}/summary")
        assert summary.status_code == 200
    kept = studio.http.post(f"artifacts/{artifact}/save", json={"name": "kept-elsewhere"})
    assert kept.status_code == 201, kept.text
    exp = Exp().node("d", "dataset", dataset="kept-elsewhere").script("s").wire("d.dataset", "s.dataset1")
    assert studio.run(exp).rows("s.result_dataset") == [[5], [6]]


def test_a_host_is_drained_and_stopped_without_a_loss(studio: Installation) -> None:
    runs = [begin(studio, 1.5) for _ in range(3)]
    host = holder(studio, runs[0])
    name = next(
        item["name"] for item in studio.get("workers")["items"] if f":{host.process.pid}:" in item["name"]
    )  # type: ignore[union-attr]
    drained = studio.manage(studio.webs[0], "drain", name, "--limit", "60")
    assert drained.returncode == 0, drained.stderr
    assert host.stop() == 0
    studio.start_worker(host)
    for run in runs:
        ends_right(studio, run)
        assert max(tried(studio, run)) == (1, 0)


def test_a_rolling_update_is_noticed_by_nobody(studio: Installation) -> None:
    """In the order of docs/administration.md: migrate, workers, webs; each stopped by SIGTERM."""
    with visitors(studio) as answers:
        assert studio.manage(studio.webs[0], "migrate").returncode == 0
        runs = []
        for worker in studio.workers:
            runs += [begin(studio, 1) for _ in range(2)]
            assert worker.stop() == 0
            studio.start_worker(worker)
            studio.wait_until_ready(len(studio.workers))
        for web in studio.webs:
            runs.append(begin(studio, 1))
            assert web.stop() in (0, -signal.SIGTERM)  # uvicorn ends as it was told
            studio.start_web(web)
            studio.wait_for_web(web)
            time.sleep(5)  # for which nginx leaves it out
    assert len(answers) > 50
    assert set(answers) == {200}
    for run in runs:
        ends_right(studio, run)
        assert {deaths for _, deaths in tried(studio, run)} == {0}


def test_a_web_that_is_killed_is_noticed_by_nobody(studio: Installation) -> None:
    with visitors(studio) as answers:
        studio.webs[1].kill()
        time.sleep(4)
        studio.start_web(studio.webs[1])
    assert set(answers) == {200}


def test_a_host_without_room_on_its_disk_takes_nothing(studio: Installation) -> None:
    """It took every node and failed it, seven of seven, and blamed the script."""
    full = studio.workers[0]
    assert full.stop() == 0
    studio.start_worker(full, STUDIO_RESERVE_BYTES=str(1 << 60))
    try:
        studio.wait_until_ready(len(studio.workers))
        runs = [begin(studio, 0.2) for _ in range(6)]
        for run in runs:
            ends_right(studio, run)
            carried = studio.database.ask("studio", "SELECT worker FROM runs_noderun WHERE run_id = %s", run)
            assert not any(f":{full.process.pid}:" in worker for (worker,) in carried)  # type: ignore[union-attr]
    finally:
        full.stop()
        studio.start_worker(full)


def test_a_backup_is_restored_beside_it(studio: Installation, tmp_path: Path) -> None:
    file = tmp_path / "studio.backup"
    ends_right(studio, begin(studio, 0.1))
    made = studio.manage(studio.webs[0], "backup", str(file))
    assert made.returncode == 0, made.stderr
    other = studio.network.host("restored")
    given = {"DATABASE_URL": studio.new_database("restored"), "STUDIO_STORE": "s3://studio/restored"}
    given["REDIS_URL"] = f"{studio.environment_of(other)['REDIS_URL'][:-1]}1"  # its own workers: none
    restored = studio.manage(other, "restore", str(file), **given)
    assert restored.returncode == 0, restored.stderr
    for table in ("experiments_experiment", "runs_run", "runs_noderun", "runs_output", "datasets_dataset"):
        here, there = (
            studio.database.ask(name, f"SELECT count(*), max(id::text) FROM {table}")
            for name in ("studio", "restored")
        )
        assert here == there, table
    prefixes = [
        studio.s3().list_objects_v2(Bucket="studio", Prefix=f"{prefix}/objects/")["KeyCount"]
        for prefix in ("prod", "restored")
    ]
    assert prefixes[0] >= prefixes[1] > 0

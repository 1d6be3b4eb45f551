"""The same product on PostgreSQL, as `DATABASE_URL` asks for it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from tests.builders import Exp, chain
from tests.postgresql import PostgreSQL
from tests.processes import child
from tests.server import TOKEN, Server

CLIENTS, POOL = 200, 15
SLOW = "import time\ndef azureml_main(frame):\n    time.sleep(.4)\n    frame['x'] += 1\n    return frame,\n"


@pytest.fixture(scope="module")
def studio(database: str) -> Iterator[Server]:
    with Server(DATABASE_URL=database, STUDIO_DATABASE_CONNECTIONS=str(POOL)) as running:
        yield running


def test_two_hundred_clients_at_once_are_all_served(studio, postgresql: PostgreSQL):
    """On a server that takes fewer connections than that."""
    most = Counter[str]()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'studio'"
            most["seen"] = max(most["seen"], postgresql.ask("postgres", count)[0][0])

    async def hammer() -> Counter[int]:
        limits = httpx.Limits(max_connections=CLIENTS)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(
            base_url=f"{studio.url}/api/v1/", headers=headers, limits=limits, timeout=120
        ) as http:

            async def client() -> list[int]:
                return [(await http.get(path)).status_code for path in ("experiments", "runs")]

            answers = await asyncio.gather(*(client() for _ in range(CLIENTS)))
        return Counter(code for codes in answers for code in codes)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        codes = asyncio.run(hammer())
    finally:
        over.set()
        watcher.join()
    assert codes == {200: CLIENTS * 2}
    assert most["seen"] <= 2 * POOL


def test_the_role_is_no_superuser_and_does_not_wait_for_ever(studio, database, postgresql: PostgreSQL):
    name = database.rpartition("/")[2]
    assert postgresql.ask(name, "SELECT rolsuper FROM pg_roles WHERE rolname = 'studio'") == [(False,)]
    with psycopg.connect(database) as connection:
        found = {
            setting: connection.execute(f"SHOW {setting}").fetchall()[0][0]
            for setting in ("lock_timeout", "idle_in_transaction_session_timeout", "tcp_user_timeout")
        }
    assert found == {
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "1min",
        "tcp_user_timeout": "30000",
    }


def test_a_search_asks_an_index_of_trigrams(studio, database):
    assert studio.get("experiments", search="no such name") == {"items": [], "total": 0}
    with psycopg.connect(database) as connection:
        connection.execute("SET enable_seqscan = off")
        found = connection.execute(
            "EXPLAIN SELECT id FROM experiments_experiment WHERE upper(name::text) LIKE upper('%such%') OR "
            "upper(folder::text) LIKE upper('%such%') OR upper(tag_lines::text) LIKE upper('%such%')"
        )
        steps = "\n".join(row[0] for row in found)
    assert steps.count("Index Scan on search_experiments") == 3, steps


def test_a_chain_runs_and_is_taken_from_the_cache(studio):
    exp = studio.create(chain("def azureml_main(f):\n    print('a\\x00b')\n    return f,\n"))["id"]
    first, second = studio.run(exp), studio.run(exp)
    assert first.state == second.state == "finished"
    assert second.cached("s1")
    assert first.log("s1") == second.log("s1") == "a\ufffdb\n"


def test_a_failure_with_a_character_postgresql_refuses_is_kept(studio):
    failed = studio.run(chain("def azureml_main(f):\n    raise ValueError('a\\x00b')\n"))
    assert failed.state == "failed"
    assert failed.node("s1")["error"]["message"] == "a\ufffdb"


def test_many_writers_at_once_are_all_served(studio):
    def run(number: int) -> str:
        return studio.run(
            Exp(str(number)).table("in", f"a\n{number}").script("s").wire("in.dataset", "s.dataset1")
        ).state

    with ThreadPoolExecutor(8) as writers:
        assert set(writers.map(run, range(16))) == {"finished"}


def test_datasets_get_versions(studio):
    first = studio.upload("numbers.csv", "n\n1\n").json()
    second = studio.upload("numbers.csv", "n\n2\n", new_version_of=first["id"]).json()
    assert (first["version"], second["version"]) == (1, 2)


def test_cancel_ends_a_spinning_script(studio):
    run = studio.start(studio.create(chain("def azureml_main(f):\n    while True: pass\n"))["id"])["id"]
    while studio.get(f"runs/{run}")["nodes"]["s1"]["state"] != "running":
        time.sleep(0.05)
    started = time.monotonic()
    studio.post(f"runs/{run}/cancel", status=202)
    assert studio.wait(run).state == "cancelled"
    assert time.monotonic() - started < 2


def test_a_run_goes_on_when_its_worker_is_killed(studio):
    run = studio.start(studio.create(chain(SLOW, SLOW))["id"])["id"]
    while studio.get(f"runs/{run}")["nodes"]["s1"]["state"] != "running":
        time.sleep(0.02)
    child(studio, "manage.py worker").kill()
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]

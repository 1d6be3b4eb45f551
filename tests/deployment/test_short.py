"""Behind TLS, with a host of its own for each process: what every visit needs."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from socket import create_connection

import httpx
import pytest
from websockets.sync.client import connect

from tests.builders import Exp, chain
from tests.deployment.installation import NAME, TOKEN, Installation

ADD = "def azureml_main(frame):\n    frame['x'] += 1\n    return frame,\n"


def test_who_comes_by_plain_http_is_sent_to_tls_without_the_token(studio: Installation) -> None:
    plain = f"http://{studio.network.address}:{studio.plain_port}"
    answer = httpx.get(f"{plain}/?token={TOKEN}", headers={"Host": NAME})
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/")


def test_a_browser_signs_in_and_writes(studio: Installation) -> None:
    with studio.browser(headers={"Origin": f"https://{NAME}", "Referer": f"https://{NAME}/"}) as browser:
        entered = browser.get("/", params={"token": TOKEN})
        assert entered.status_code == 303
        cookies = entered.headers.get_list("set-cookie")
        assert cookies
        assert all("; Secure" in cookie for cookie in cookies)
        assert browser.get("/").headers["strict-transport-security"]
        session = dict(cookie.partition(";")[0].split("=", 1) for cookie in cookies)
        jar = "; ".join(f"{name}={value}" for name, value in session.items())
        csrf = next(value for name, value in session.items() if "csrf" in name)
        said = {"Cookie": jar, "X-CSRFToken": csrf}
        for _ in range(4):  # either web takes it
            made = browser.post(
                "/api/v1/experiments", json=Exp("Behind TLS").table("t", "x\n1").file(), headers=said
            )
            assert made.status_code == 201, made.text
        stranger = {**said, "Origin": "https://elsewhere.example.org"}
        refused = browser.post("/api/v1/experiments", json=Exp().file(), headers=stranger)
        assert refused.status_code == 403


def test_a_run_is_seen_live_through_the_proxy(studio: Installation) -> None:
    experiment = studio.create(chain(ADD))["id"]
    address = f"wss://{NAME}/ws/experiments/{experiment}/"
    with connect(
        address, sock=create_connection((studio.network.address, studio.tls_port)), ssl=studio.tls,
        server_hostname=NAME, additional_headers={"Authorization": f"Bearer {TOKEN}"},
    ) as socket:  # fmt: skip
        run = studio.start(experiment)["id"]
        while True:
            message = json.loads(socket.recv(timeout=60))
            if message["type"] == "run" and message["run"]["id"] == run and message["run"]["finished"]:
                break
    assert studio.wait(run).rows("s1.result_dataset") == [[2], [3], [4]]


def test_what_one_host_made_every_other_serves(studio: Installation) -> None:
    """Two webs and three workers, with nothing shared but database, Redis and bucket."""
    dataset = studio.upload("shared.csv", "x\n1\n2\n").json()
    assert studio.wait_for_dataset(dataset["id"])["state"] == "ready"
    exp = Exp().node("d", "dataset", dataset="shared").script("s", ADD).wire("d.dataset", "s.dataset1")
    run = studio.run(exp)
    for _ in range(4):
        assert run.rows("s.result_dataset") == [[2], [3]]


def test_many_clients_get_no_error(studio: Installation) -> None:
    """A connection for each request thread was kept, and PostgreSQL had no more: 76 of 450 were 500."""
    paths = ("experiments", "datasets", "status", "modules", "usage")

    def five(_: int) -> list[int]:
        with studio.browser(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
            return [client.get(f"/api/v1/{path}").status_code for path in paths]

    with ThreadPoolExecutor(30) as clients:
        answers = [status for answer in clients.map(five, range(30)) for status in answer]
    assert set(answers) == {200}
    counted = studio.database.ask("studio", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'studio'")
    assert counted[0][0] < 60


def test_workers_of_one_machine_divide_its_slots(studio: Installation) -> None:
    """STUDIO_WORKERS is 3 for each, and all run on this machine, with homes of their own."""
    end = time.monotonic() + 30
    while (slots := [item["slots"] for item in studio.get("workers")["items"]]) != [1, 1, 1]:
        assert time.monotonic() < end, slots
        time.sleep(0.2)


def test_runs_spread_over_the_workers(studio: Installation) -> None:
    script = (
        "import time\ndef azureml_main(frame):\n    time.sleep(.3)\n    frame['x'] += {}\n    return frame,\n"
    )
    runs = [studio.start(studio.create(chain(script.format(n)))["id"])["id"] for n in range(9)]
    assert studio.ended_well(runs)
    held = studio.database.ask(
        "studio",
        "SELECT split_part(worker, ':', 1), count(*) FROM runs_noderun GROUP BY worker HAVING worker != ''",
    )
    assert len(held) >= 2, held


def test_no_log_has_the_token(studio: Installation) -> None:
    with studio.browser() as browser:
        browser.get("/", params={"token": TOKEN})
    said = studio.logs()
    assert "GET /" in said
    assert TOKEN not in said


def test_the_role_is_no_superuser_and_redis_has_a_password(studio: Installation) -> None:
    asked = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'studio'"
    assert studio.database.ask("studio", asked) == [(False,)]
    assert studio.ask_redis().ping()
    import redis

    with pytest.raises(redis.AuthenticationError):
        redis.Redis(host=studio.network.address, port=studio.redis_port).ping()

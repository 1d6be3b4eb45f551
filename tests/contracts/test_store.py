"""The store as users meet it: damage heals, what is dropped is told and computed again."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.builders import Exp, chain
from tests.server import ROOT, RunView, Server

ADD = "def azureml_main(df):\n    df['x'] = df.x + 1\n    return df,\n"


def objects(server: Server) -> set[Path]:
    return set((server.home / "store" / "objects").glob("*/*"))


def damage(files: set[Path]) -> None:
    for file in files:
        file.chmod(0o644)
        file.write_bytes(file.read_bytes()[:-1] + b"?")


def prune(server: Server, *options: str) -> str:
    command = [sys.executable, "manage.py", "prune", *options]
    done = subprocess.run(
        command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_status(run: RunView, port: str) -> int:
    path = f"artifacts/{run.output(port)['artifact']}/rows"
    return run.studio.http.get(path).status_code


def test_damaged_results_are_computed_again(server: Server) -> None:
    before = objects(server)
    first = server.run(chain(ADD, csv="x\n7001\n7011\n"))
    damage(objects(server) - before)
    answer = server.http.get(f"artifacts/{first.output('s1.result_dataset')['artifact']}/rows")
    assert answer.status_code == 410
    assert answer.json()["detail"].startswith("This table is no longer kept")
    again = server.run(first.body["experiment"])
    assert again.state == "finished"
    assert again.node("data")["reason"] == "re-ran: its earlier result was damaged"
    assert again.node("s1")["reason"] == "re-ran: its earlier result was dropped"
    assert again.rows("s1.result_dataset") == [[7002], [7012]]
    assert rows_status(first, "s1.result_dataset") == 200


def test_a_damaged_dataset_is_read_anew_from_its_file(server: Server) -> None:
    before = objects(server)
    made = server.upload("healing.csv", "healing\n17\n").json()
    table = {file for file in objects(server) - before if file.read_bytes().startswith(b"ARROW1")}
    assert len(table) == 1
    damage(table)
    exp = Exp().node("d", "dataset", dataset="healing").script("s").wire("d.dataset", "s.dataset1")
    assert server.run(exp).rows("s.result_dataset") == [[17]]
    damage(table)
    assert server.get(f"datasets/{made['id']}/rows")["rows"] == [[17]]


def test_pruning_leaves_the_latest_run_and_the_rest_comes_again(server: Server) -> None:
    first = server.run(chain(ADD, csv="x,pruned\n1,1\n"))
    id = first.body["experiment"]
    document = server.get(f"experiments/{id}")
    original = document["nodes"][1]["params"]["script"]
    document["nodes"][1]["params"]["script"] = ADD.replace("1", "10")
    headers = {"If-Match": str(document["revision"])}
    document = server.http.put(f"experiments/{id}", json=document, headers=headers).json()
    second = server.run(id)
    assert prune(server, "--dry-run", "--max", "0").startswith("Would drop ")
    assert rows_status(first, "s1.result_dataset") == 200
    said = prune(server, "--max", "0")
    assert said.startswith("Dropped ")
    assert "What is left is held by datasets, services and the latest runs" in said
    assert rows_status(first, "s1.result_dataset") == 410
    entry = server.get(f"runs/{first.body['id']}")["nodes"]["s1"]["outputs"]["result_dataset"]
    assert (entry["dropped"], entry["rows"]) == (True, 1)
    assert server.get(f"artifacts/{entry['artifact']}")["dropped"]
    assert second.rows("s1.result_dataset") == [[11, 1]]
    document["nodes"][1]["params"]["script"] = original
    headers = {"If-Match": str(document["revision"])}
    server.http.put(f"experiments/{id}", json=document, headers=headers)
    third = server.run(id)
    assert (third.cached("data"), third.cached("s1")) == (True, False)
    assert rows_status(first, "s1.result_dataset") == 200


def test_verifying_finds_what_rotted(server: Server) -> None:
    server.run(chain(ADD, csv="x,verified\n1,1\n"))
    assert "0 of them damaged" in prune(server, "--verify")


def until_done(server: Server, run: str, node: str) -> None:
    while server.get(f"runs/{run}")["nodes"][node]["state"] != "finished":
        time.sleep(0.02)


SLOW = "import time\ndef azureml_main():\n    time.sleep(2)  # {}\n"


def test_what_is_damaged_while_its_run_goes_on_is_computed_again(server: Server) -> None:
    exp = chain(ADD, csv="x\n7117\n").script("slow", SLOW.format(1)).script("last")
    exp.wire("s1.result_dataset", "last.dataset1").wire("slow.result_dataset", "last.dataset2")
    before = objects(server)
    run = server.start(server.create(exp)["id"])["id"]
    until_done(server, run, "s1")
    damage(objects(server) - before)
    done = server.wait(run)
    assert done.state == "finished", done.body
    assert done.rows("last.result_dataset") == [[7118]]
    assert done.node("s1")["reason"] == "re-ran: its result was found damaged while this run went on"


def test_what_would_come_out_otherwise_is_not_computed_again_in_the_same_run(server: Server) -> None:
    draw = "import random\ndef azureml_main(df):\n    df['x'] = random.random()\n    return df,\n"
    exp = chain(draw, csv="x\n7127\n").script("slow", SLOW.format(2)).script("last")
    exp.wire("s1.result_dataset", "last.dataset1").wire("slow.result_dataset", "last.dataset2")
    exp.nodes[1]["params"]["run_every_time"] = True
    before = objects(server)
    run = server.start(server.create(exp)["id"])["id"]
    until_done(server, run, "s1")
    damage(objects(server) - before)
    error = server.wait(run).node("last")["error"]
    assert "Run again" in error["message"]

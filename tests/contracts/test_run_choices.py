"""What may be asked of a run beyond pressing Run, and of runs that were."""

from __future__ import annotations

from typing import Any

from tests.builders import Exp, chain
from tests.server import Server

ADD = "def azureml_main(df):\n    df['x'] = df.x + 1\n    return df,\n"


def test_chosen_nodes_run_anew_and_the_others_come_from_the_cache(server: Server) -> None:
    id = server.run(chain(ADD, ADD.replace("1", "2"), ADD.replace("1", "3"))).body["experiment"]
    run = server.run(id, until=["s2"], anew=["s2"])
    assert {node: run.cached(node) for node in run.states()} == {"data": True, "s1": True, "s2": False}
    assert "anyway" in run.node("s2")["reason"]


def test_a_run_is_kept_as_a_version_by_its_name(server: Server) -> None:
    run = server.run(chain()).body
    assert run["name"] == ""
    named = server.http.patch(f"runs/{run['id']}", json={"name": "  Baseline  "})
    assert (named.status_code, named.json()["name"]) == (200, "Baseline")
    assert named.json()["seq"] == run["seq"] + 1
    assert server.get(f"experiments/{run['experiment']}/runs")["items"][0]["name"] == "Baseline"
    assert server.http.patch(f"runs/{run['id']}", json={"name": "x" * 201}).status_code == 422


def test_what_a_node_is_likely_to_take_is_what_it_took_when_it_was_computed(server: Server) -> None:
    slow = "import time\ndef azureml_main(df):\n    time.sleep(0.4)\n    return df,\n"
    id = server.run(chain(slow, csv="expected\n1\n")).body["experiment"]
    assert server.run(id).cached("s1")
    seconds = server.get(f"experiments/{id}/expected")["seconds"]
    assert seconds["s1"] >= 0.4
    assert set(seconds) == {"data", "s1"}


def test_what_a_node_last_left_is_known_though_a_later_run_left_it_out_or_failed(server: Server) -> None:
    exp = chain("def azureml_main(df):\n    df['y'] = 'a'\n    return df,\n")
    id = server.run(exp).body["experiment"]
    server.run(id, until=["data"])
    left = server.get(f"experiments/{id}/nodes/s1/outputs")["outputs"]["result_dataset"]
    assert (left["run"], left["type"], left["rows"], left["columns"]) == (1, "table", 3, 2)
    assert [c["name"] for c in server.get(f"artifacts/{left['artifact']}")["columns"]] == ["x", "y"]
    assert server.get(f"experiments/{id}/nodes/data/outputs")["outputs"]["dataset"]["run"] == 2
    assert server.get(f"experiments/{id}/nodes/nobody/outputs")["outputs"] == {}


def test_what_runs_and_waits_in_all_experiments_is_one_list(server: Server) -> None:
    slow = "import time\ndef azureml_main(df):\n    time.sleep(30)\n    return df,\n"
    wide = Exp("Overview").table("data", "x\n1\n")
    for place in range(8):
        wide.script(f"s{place}", slow).wire("data.dataset", f"s{place}.dataset1")
    started = server.start(server.create(wide)["id"])
    listed = [run for run in server.get("runs", under_way=True)["items"] if run["id"] == started["id"]]
    assert [(run["experiment_name"], run["number"]) for run in listed] == [("Overview", 1)]
    server.post(f"runs/{started['id']}/cancel", status=202)
    server.wait(started["id"])
    assert started["id"] not in [run["id"] for run in server.get("runs", under_way=True)["items"]]
    newest = server.get("runs", limit=1)["items"][0]
    assert (newest["id"], newest["state"], newest["place"]) == (started["id"], "cancelled", None)


def test_a_pinned_node_takes_what_was_kept_and_what_only_it_needs_does_not_run(server: Server) -> None:
    def save(document: dict[str, Any]) -> None:
        revision = str(server.get(f"experiments/{id}")["revision"])
        server.http.put(f"experiments/{id}", json=document, headers={"If-Match": revision}).raise_for_status()

    exp = chain(ADD, ADD.replace("1", "20"), ADD.replace("1", "300"), csv="x\n7\n")
    first = server.run(exp.named("s2", "Clean"))
    id, pin = first.body["experiment"], f"runs/{first.body['id']}/nodes/s2/pin"
    pinned = server.post(pin, status=200)["pinned"]
    assert pinned == {"result_dataset": "Clean, Result Dataset (pinned)@1"}
    assert server.post(pin, status=200)["pinned"] == pinned, "what is kept already is kept once"
    document = exp.pin("s2", **pinned).file()
    document["nodes"][1]["params"]["script"] = "1 / 0"
    save(document)

    run = server.run(id)
    assert run.state == "finished"
    assert run.states() == {"data": "skipped", "s1": "skipped", "s2": "finished", "s3": "finished"}
    assert run.node("s1")["reason"] == "not run: only Clean below needs it, and Clean is pinned"
    assert run.node("s2")["reason"] == f"pinned: takes {pinned['result_dataset']} instead of running"
    assert run.rows("s2.result_dataset") == [[28]]
    assert run.cached("s3"), "the key below comes from what is pinned"
    document["nodes"][3]["params"]["script"] = ADD.replace("1", "4000")
    save(document)
    assert server.run(id, force=True).rows("s3.result_dataset") == [[4028]]
    assert server.get(f"runs/{server.run(id).body['id']}/since")["nodes"] == {}
    assert server.run(id, until=["s2"]).states() == {"data": "skipped", "s1": "skipped", "s2": "finished"}
    assert "is pinned" in server.http.get(f"experiments/{id}/export", params={"as": "py"}).text
    sampled = server.post(f"experiments/{id}/nodes/s3/sample", {"rows": 5}, status=200)
    assert sampled["failure"] is None, sampled

    kept = next(one for one in server.get("datasets", limit=500)["items"] if one["name"].startswith("Clean,"))
    assert [one["id"] for one in server.get(f"datasets/{kept['id']}/uses")["experiments"]] == [id]
    server.http.delete(f"datasets/{kept['id']}")
    refused = server.http.post(f"experiments/{id}/runs", json={})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "bad-pin")
    assert [one["node"] for one in server.post("experiments/validate", document, 200)["errors"]] == ["s2"]

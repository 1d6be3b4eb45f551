"""Why every node of a run ran or did not, in words, and what the cache saved."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import PASS_ON, Exp, chain
from tests.server import RunView, Server

SLOW = "import time\ndef azureml_main(df):\n    time.sleep(0.3)\n    return df,\n"
CLOCK = "import time\ndef azureml_main(df):\n    df['t'] = time.time()\n    return df,\n"
ROWS = "x\n" + "".join(f"{n}\n" for n in range(20))


def split_chain(marker: str, *scripts: str) -> Exp:
    """Rows, divided in two, and scripts below. No other test has the same, since `marker` is in the data."""
    exp = (
        Exp().table("data", f"{marker}\n" + ROWS).node("split", "split-data", fraction=0.5, randomized=False)
    )
    exp.wire("data.dataset", "split.dataset")
    above = "split.results_dataset1"
    for place, script in enumerate(scripts, 1):
        exp.script(f"s{place}", f"{script}# {place}\n").wire(above, f"s{place}.dataset1")
        above = f"s{place}.result_dataset"
    return exp


def change(server: Server, run: RunView, node: str, **params: Any) -> str:
    """Saves the experiment with other params in one node; its id."""
    id = run.body["experiment"]
    document = server.get(f"experiments/{id}")
    next(n for n in document["nodes"] if n["id"] == node)["params"].update(params)
    save(server, document)
    return id


def save(server: Server, document: dict[str, Any]) -> None:
    headers = {"If-Match": str(document["revision"])}
    answer = server.http.put(f"experiments/{document['id']}", json=document, headers=headers)
    assert answer.status_code == 200, answer.text


def why(run: RunView) -> dict[str, str]:
    assert run.state == "finished", run.body["nodes"]
    return {id: node["reason"] for id, node in run.body["nodes"].items()}


def test_the_first_run_then_the_cache_and_what_it_saved(server: Server) -> None:
    first = server.run(split_chain("saved", SLOW))
    assert set(why(first).values()) == {"ran: first run of this node"}
    assert (first.body["saved"], first.node("s1")["saved"]) == (0, 0)
    again = server.run(first.body["experiment"])
    node = again.node("s1")
    assert node["saved"] > 0.3
    assert node["reason"] == f"cached: same inputs as run 1, saved {node['saved']:.1f} s"
    assert again.body["saved"] == pytest.approx(sum(n["saved"] for n in again.body["nodes"].values()))
    items = server.get(f"experiments/{first.body['experiment']}/runs")["items"]
    assert [item["saved"] for item in items] == [again.body["saved"], 0]
    other = server.run({**split_chain("saved", SLOW).file(), "name": "Another"})
    assert why(other)["s1"].startswith("cached: same inputs as run 1 of Test, saved 0.")
    third = server.run(other.body["experiment"])
    assert why(third)["s1"].startswith("cached: same inputs as run 1 of Test, saved 0.")


def test_a_param_is_named_at_its_node_and_far_below(server: Server) -> None:
    first = server.run(split_chain("param", PASS_ON, PASS_ON, PASS_ON))
    said = why(server.run(change(server, first, "split", fraction=0.25)))
    assert said["data"].startswith("cached: same inputs as run 1")
    assert said["split"] == "re-ran: `fraction` 0.5 → 0.25"
    cause = "input dataset1 changed because `fraction` 0.5 → 0.25 in Split Data"
    assert [said["s1"], said["s3"]] == [f"re-ran: {cause}, 1 node up", f"re-ran: {cause}, 3 nodes up"]
    id = change(server, first, "split", fraction=0.75)
    server.run(id, until=["split"])
    third = server.run(id)
    assert third.cached("split")
    assert why(third)["s2"] == (
        "re-ran: input dataset1 changed because `fraction` 0.25 → 0.75 in Split Data, 2 nodes up"
    )
    assert third.node("s2")["because"] == "split"


def test_a_script_is_not_quoted_and_an_equal_result_stops_the_change(server: Server) -> None:
    first = server.run(split_chain("script", PASS_ON, PASS_ON))
    again = server.run(change(server, first, "s1", script=PASS_ON + "# the same\n"))
    assert why(again)["s1"] == "re-ran: `script` changed"
    assert again.cached("s2")


def test_run_anyway_is_told(server: Server) -> None:
    first = server.run(split_chain("force", PASS_ON))
    forced = server.run(first.body["experiment"], force=True)
    assert set(why(forced).values()) == {"re-ran: run anyway, as asked"}
    assert forced.body["saved"] == 0


def test_a_script_that_is_to_run_every_time_does(server: Server) -> None:
    exp = split_chain("clock", CLOCK, PASS_ON)
    exp.nodes[2]["params"]["run_every_time"] = True
    first = server.run(exp)
    said = why(server.run(first.body["experiment"]))
    assert said["split"].startswith("cached")
    assert said["s1"] == "re-ran: set to run every time"
    assert said["s2"] == (
        "re-ran: input dataset1 changed because Execute Python Script runs every time and gave another "
        "result, 1 node up"
    )


def test_run_every_time_with_an_equal_result_changes_nothing_below(server: Server) -> None:
    exp = split_chain("every time the same", PASS_ON, PASS_ON)
    exp.nodes[2]["params"]["run_every_time"] = True
    again = server.run(server.run(exp).body["experiment"])
    assert (again.cached("s1"), again.cached("s2")) == (False, True)


def test_a_wire_that_leads_elsewhere_is_told(server: Server) -> None:
    first = server.run(split_chain("wire", PASS_ON, PASS_ON))
    document = server.get(f"experiments/{first.body['experiment']}")
    wire = next(w for w in document["wires"] if w["to"] == "s1.dataset1")
    wire["from"] = "data.dataset"
    document["wires"].append({"from": "data.dataset", "to": "s2.dataset2"})
    save(server, document)
    said = why(server.run(document["id"]))
    assert said["s1"] == "re-ran: input dataset1 has another wire"
    assert said["s2"] == (
        "re-ran: input dataset2 has a wire now, input dataset1 changed because "
        "input dataset1 of Execute Python Script has another wire, 1 node up"
    )


def test_a_new_version_of_a_dataset_is_told(server: Server) -> None:
    made = server.upload("grown.csv", "x\n1\n").json()
    exp = Exp().node("d", "dataset", dataset="grown").script("s").wire("d.dataset", "s.dataset1")
    first = server.run(exp)
    assert why(first)["d"] == "grown, version 1, passed on as it is"
    server.upload("more.csv", "x\n1\n2\n", new_version_of=made["id"])
    said = why(server.run(first.body["experiment"]))
    assert said["d"] == "passed on: dataset grown version 1 → 2"
    assert said["s"] == "re-ran: input dataset1 changed because dataset grown version 1 → 2, 1 node up"


def test_a_node_that_never_finished_says_so(server: Server) -> None:
    first = server.run(split_chain("failed", "def azureml_main(df):\n    raise ValueError('no')\n"))
    assert first.state == "failed"
    said = why(server.run(change(server, first, "s1", script=PASS_ON)))
    assert said["s1"] == "ran: this node has not finished before"


def test_where_the_time_went(server: Server) -> None:
    spent = server.run(split_chain("time", SLOW)).node("s1")["timings"]
    parts = [
        "queued",
        "forking",
        "reading",
        "running",
        "writing",
        "checking",
        "hashing",
        "keeping",
        "committing",
    ]
    assert set(spent) == {*parts, "total"}
    assert min(spent.values()) >= 0
    assert 0.3 < spent["running"] < spent["total"]
    assert sum(spent[part] for part in parts) < spent["total"] + spent["queued"] + spent["committing"]


def test_a_node_may_find_its_result_in_the_same_run(server: Server) -> None:
    exp = (
        split_chain("twins", PASS_ON)
        .script("twin", f"{PASS_ON}# 1\n")
        .wire("s1.result_dataset", "twin.dataset1")
    )
    assert why(server.run(exp))["twin"].startswith("cached: same inputs as another node of this run")


def test_a_name_is_told_and_changes_no_key(server: Server) -> None:
    first = server.run(split_chain("named", PASS_ON, PASS_ON))
    document = server.get(f"experiments/{first.body['experiment']}")
    next(n for n in document["nodes"] if n["id"] == "split")["name"] = "Hold out"
    save(server, document)
    renamed = server.run(first.body["experiment"])
    assert all(renamed.cached(node) for node in ("data", "split", "s1", "s2"))
    kept = server.get(f"experiments/{first.body['experiment']}")["nodes"]
    assert [node.get("name") for node in kept] == [None, "Hold out", None, None]
    said = why(server.run(change(server, first, "split", fraction=0.25)))
    cause = "input dataset1 changed because `fraction` 0.5 → 0.25 in Hold out"
    assert [said["s1"], said["s2"]] == [f"re-ran: {cause}, 1 node up", f"re-ran: {cause}, 2 nodes up"]


def test_a_node_below_one_that_failed_says_its_name(server: Server) -> None:
    exp = chain("def azureml_main(df):\n    return df.nope\n", PASS_ON).named("s1", "Score prices")
    run = server.run(exp)
    assert run.body["nodes"]["s2"]["reason"] == "skipped: Score prices above it failed"

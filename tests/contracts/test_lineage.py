"""Where a dataset that was saved from an output came from, and what was made of it, over HTTP."""

from __future__ import annotations

from tests.builders import Exp
from tests.server import RunView, Server

ADD = "def azureml_main(df):\n    df['more'] = df.a + 1\n    return df,\n"


def run_on(server: Server, name: str, dataset: str) -> RunView:
    exp = Exp(name).node("d", "dataset", dataset=dataset).script("s", ADD).wire("d.dataset", "s.dataset1")
    return server.run(exp)


def save(server: Server, run: RunView, name: str, port: str = "s.result_dataset") -> dict[str, object]:
    node = port.partition(".")[0]
    body = {"name": name, "run": run.body["id"], "node": node}
    return dict(server.post(f"artifacts/{run.output(port)['artifact']}/save", body))


def test_a_saved_output_tells_its_run_node_and_inputs(server: Server) -> None:
    source = server.upload("grain.csv", "a\n41\n").json()
    assert source["lineage"] is None
    run = run_on(server, "Mill", "grain")
    saved = save(server, run, "flour")
    assert server.get(f"datasets/{saved['id']}")["lineage"] == {
        "experiment": run.body["experiment"],
        "experiment_name": "Mill",
        "run": run.body["id"],
        "number": 1,
        "node": "s",
        "node_name": "Execute Python Script",
        "inputs": [{"id": source["id"], "dataset": "grain", "version": 1}],
    }


def test_what_was_made_from_a_dataset_and_at_a_node_is_told(server: Server) -> None:
    source = server.upload("wool.csv", "a\n42\n").json()
    run = run_on(server, "Spin", "wool")
    saved = save(server, run, "yarn")
    made = server.get(f"datasets/{source['id']}/made")["datasets"]
    assert [(each["id"], each["name"], each["version"]) for each in made] == [(saved["id"], "yarn", 1)]
    assert server.get(f"datasets/{saved['id']}/made")["datasets"] == []
    at = f"experiments/{run.body['experiment']}/nodes"
    assert server.get(f"{at}/s/datasets")["datasets"] == made
    assert server.get(f"{at}/d/datasets")["datasets"] == []


def test_lineage_outlives_what_it_names(server: Server) -> None:
    source = server.upload("clay.csv", "a\n43\n").json()
    run = run_on(server, "Kiln", "clay@1")
    saved = save(server, run, "brick")
    server.http.patch(f"datasets/{source['id']}", json={"name": "loam"})
    lineage = server.get(f"datasets/{saved['id']}")["lineage"]
    assert lineage["inputs"] == [{"id": source["id"], "dataset": "loam", "version": 1}]
    assert server.http.delete(f"datasets/{source['id']}").status_code == 204
    assert server.http.delete(f"experiments/{run.body['experiment']}").status_code == 204
    lineage = server.get(f"datasets/{saved['id']}")["lineage"]
    assert lineage["inputs"] == [{"id": None, "dataset": "clay", "version": 1}]
    assert (lineage["experiment_name"], lineage["number"]) == (None, 1)


def test_a_restored_version_keeps_its_lineage(server: Server) -> None:
    server.upload("ore.csv", "a\n44\n")
    saved = save(server, run_on(server, "Smelt", "ore"), "iron")
    server.upload("iron.csv", "a\n1\n", new_version_of=str(saved["id"]))
    third = server.post(f"datasets/{saved['id']}/restore", {})
    assert third["version"] == 3
    assert third["lineage"] == server.get(f"datasets/{saved['id']}")["lineage"]


def test_without_a_run_the_newest_one_that_left_it_is_taken(server: Server) -> None:
    server.upload("milk.csv", "a\n45\n")
    run = run_on(server, "Dairy", "milk")
    again = server.run(run.body["experiment"])
    artifact = again.output("s.result_dataset")["artifact"]
    saved = server.post(f"artifacts/{artifact}/save", {"name": "cheese"})
    assert (saved["lineage"]["number"], saved["lineage"]["node"]) == (2, "s")


def test_the_rows_that_a_filter_and_a_search_leave_become_a_dataset(server: Server) -> None:
    source = server.wait_for_dataset(server.upload("tin.csv", "a,kind\n1,x\n2,y\n3,x\n4,x\n").json()["id"])
    run = run_on(server, "Sieve", "tin")
    artifact = run.output("s.result_dataset")["artifact"]
    rule = [{"column": "a", "op": "gt", "value": 1}]
    wish = {"name": "sieved", "run": run.body["id"], "node": "s", "filter": rule, "search": "X"}
    saved = server.post(f"artifacts/{artifact}/save", wish)
    saved = server.wait_for_dataset(saved["id"])
    assert (saved["state"], saved["rows"], saved["type"]) == ("ready", 2, "parquet")
    assert server.get(f"datasets/{saved['id']}/rows")["rows"] == [[3, "x", 4], [4, "x", 5]]
    assert saved["lineage"]["inputs"] == [{"id": source["id"], "dataset": "tin", "version": 1}]
    # The whole table is what it was, and so is what is downloaded of it.
    assert server.get(f"artifacts/{artifact}/rows")["total"] == 4
    whole = server.post(f"artifacts/{artifact}/save", {"name": "whole tin"})
    assert (whole["rows"], whole["columns"]) == (4, saved["columns"])
    again = server.post(f"artifacts/{artifact}/save", {**wish, "name": "", "new_version_of": saved["id"]})
    assert (again["name"], again["version"], again["rows"]) == ("sieved", 2, 2)


def test_rows_that_cannot_be_saved_are_refused_with_a_sentence(server: Server) -> None:
    script = "def azureml_main(df):\n    print(1)\n    return df,\n"
    run = server.run(Exp("Plain").table("t", "a\n1").script("s", script).wire("t.dataset", "s.dataset1"))
    table, device = (run.output(port)["artifact"] for port in ("t.dataset", "s.python_device"))

    def refused(artifact: str, **wish: object) -> str:
        answer = server.http.post(f"artifacts/{artifact}/save", json={"name": "none", **wish})
        assert answer.status_code == 422, answer.text
        return str(answer.json()["detail"])

    assert "no" in refused(table, filter=[{"column": "b", "op": "eq", "value": 1}])
    assert refused(table, filter=[{"op": "eq"}]) == 'every filter needs a "column" and an "op".'
    assert "only a table has rows" in refused(device, search="x")
    assert server.get("datasets", search="none")["total"] == 0

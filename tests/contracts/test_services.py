"""Services over HTTP: published, described, versioned; keys made and revoked."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from studio.samples.experiments import sample_file
from tests.builders import Exp
from tests.server import Server

DATA = "id,size,city\n1,4,Bonn\n2,,Ulm\n3,6,\n"
DOUBLE = "def azureml_main(df, *, factor: int = 2):\n    df['out'] = df['size'] * factor\n    return df,\n"


def scripted(source=DOUBLE, name="Twice as much"):
    exp = Exp(name).table("data", DATA).node("in", "web-service-input").script("s", source)
    exp.node("out", "web-service-output").wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    return exp.wire("s.result_dataset", "out.dataset")


@pytest.fixture(scope="module")
def experiment(server: Server) -> str:
    run = server.run(scripted())
    assert run.state == "finished"
    return run.body["experiment"]


@pytest.fixture(scope="module")
def made(server: Server, experiment: str) -> dict:
    return server.post(f"experiments/{experiment}/services", {"name": "Twice"})


def test_a_published_service_tells_what_it_takes_and_gives(made):
    assert (made["name"], made["version"], made["state"]) == ("Twice", 1, "ready")
    assert made["key"].startswith("sk_")
    assert made["url"].endswith(f"/api/v1/services/{made['id']}/execute")
    (input,) = made["inputs"]
    assert input["name"] == "input1"
    assert [(c["name"], c["type"], c["optional"], c["sample"]) for c in input["columns"]] == [
        ("id", "integer", True, "1"),
        ("size", "integer", False, "4"),
        ("city", "string", True, "Bonn"),
    ]
    assert [c["name"] for c in made["outputs"][0]["columns"]] == ["id", "size", "city", "out"]
    (parameter,) = made["parameters"]
    assert (parameter["name"], parameter["type"], parameter["default"]) == ("factor", "integer", 2)


def test_the_key_is_shown_once(server, made):
    told = server.get(f"services/{made['id']}")
    assert made["key"] not in str(told)
    (key,) = told["keys"]
    assert key["last_used"] is None
    assert server.get("services", experiment=made["experiment"])["items"][0]["id"] == made["id"]


def test_keys_are_made_and_revoked(server, made):
    new = server.post(f"services/{made['id']}/keys", {"name": "phone"})
    assert {"id", "name", "key"} == set(new)
    assert "phone" in [key["name"] for key in server.get(f"services/{made['id']}")["keys"]]
    assert server.http.delete(f"services/{made['id']}/keys/{new['id']}").status_code == 204
    assert server.http.delete(f"services/{made['id']}/keys/{new['id']}").status_code == 404


def test_a_key_that_is_revoked_under_load_opens_nothing_from_then_on(server, made):
    """Calls by two keys at once: those by the other one go on, each with its own answer."""
    keys = [server.post(f"services/{made['id']}/keys", {"name": name}) for name in ("goes", "stays")]
    gone = threading.Event()

    def call(number):
        late, key = gone.is_set(), keys[number % 2]
        body = {"Inputs": {"input1": [{"size": number}]}}
        bearer = {"Authorization": f"Bearer {key['key']}"}
        told = httpx.post(made["url"] + "?format=swagger", json=body, headers=bearer, timeout=60)
        if number == 10:
            assert server.http.delete(f"services/{made['id']}/keys/{keys[0]['id']}").status_code == 204
            gone.set()
        return number, late, told

    with ThreadPoolExecutor(4) as clients:
        answers = list(clients.map(call, range(40)))
    assert any(late for _, late, _ in answers)
    for number, late, told in answers:
        if told.status_code == 200:
            assert told.json()["Results"]["output1"][0]["out"] == str(2 * number)
            assert number % 2 or not late
        elif number % 2:
            assert told.status_code == 503, told.text  # too many at once for this machine
        else:
            assert told.status_code in (401, 503)


def test_limits_are_set_and_bounded(server, made):
    changed = server.http.patch(f"services/{made['id']}", json={"timeout_s": 7, "concurrency": 3}).json()
    assert (changed["timeout_s"], changed["concurrency"], changed["name"]) == (7, 3, "Twice")
    for wrong in ({"timeout_s": 0}, {"concurrency": 10**9}, {"memory_bytes": 1}, {"name": ""}):
        assert server.http.patch(f"services/{made['id']}", json=wrong).status_code == 422


def test_versions_stand_side_by_side_until_a_switch(server):
    first = server.run(scripted())
    id = first.body["experiment"]
    service = server.post(f"experiments/{id}/services", {"name": "Versions"})
    file = server.get(f"experiments/{id}")
    file["nodes"][2]["params"]["script"] = DOUBLE.replace("'out'", "'result'").replace("int = 2", "int = 3")
    server.http.put(f"experiments/{id}", json=file, headers={"If-Match": f'"{file["revision"]}"'})
    assert server.run(id).state == "finished"
    new = server.post(f"services/{service['id']}/versions")
    assert (new["version"], new["in_use"]) == (2, False)
    assert "output1 has no column 'out' any more." in new["changes"]
    assert "The default of factor is 3; it was 2." in new["changes"]
    assert server.get(f"services/{service['id']}")["version"] == 1
    assert server.post(f"services/{service['id']}/switch", {"version": 2}, status=200)["version"] == 2
    back = server.post(f"services/{service['id']}/switch", {"version": 1}, status=200)
    assert (back["version"], back["previous"]) == (1, 2)
    assert server.http.post(f"services/{service['id']}/switch", json={"version": 9}).status_code == 422
    assert server.http.delete(f"experiments/{id}").status_code == 204
    assert server.get(f"services/{service['id']}")["experiment"] is None
    assert server.http.post(f"services/{service['id']}/versions").status_code == 422
    assert server.http.delete(f"services/{service['id']}").status_code == 204
    assert server.http.get(f"services/{service['id']}").status_code == 404


def test_what_cannot_be_published_says_so_at_its_nodes(server):
    exp = Exp("No output").table("data", DATA).node("in", "web-service-input").script("s")
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    id = server.create(exp)["id"]
    unfinished = server.http.post(f"experiments/{id}/services")
    assert unfinished.status_code == 422
    assert [(e["node"], e["code"]) for e in unfinished.json()["errors"]] == [("s", "not-run")]
    server.run(id)
    refused = server.http.post(f"experiments/{id}/services", json={})
    assert refused.status_code == 422
    assert {(e["node"], e["code"]) for e in refused.json()["errors"]} == {("s", "missing-output")}
    told = server.post(f"experiments/{id}/services/capture", {}, status=200)
    assert told["output_places"][0]["node"] == "s"
    chosen = {"outputs": {"answer": "s.result_dataset"}}
    told = server.post(f"experiments/{id}/services/capture", chosen, status=200)
    assert told["problems"] == []
    assert (told["path"], told["outputs"][0]["name"]) == (["in", "s"], "answer")


def test_what_fits_on_the_callers_rows_is_refused_with_its_repair(server):
    exp = Exp("Scaled").table("data", DATA).node("in", "web-service-input")
    exp.node("scale", "normalize-data", columns_to_transform=["size"]).node("out", "web-service-output")
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "scale.dataset")
    exp.wire("scale.transformed_dataset", "out.dataset")
    id = server.run(exp).body["experiment"]
    (problem,) = server.http.post(f"experiments/{id}/services").json()["errors"]
    assert (problem["node"], problem["code"], problem["repair"]["how"]) == (
        "scale",
        "fits-on-caller",
        "apply",
    )
    assert server.post(f"experiments/{id}/services", {"mend": ["scale"]})["state"] == "ready"


def execute(server, service, body, key=None, path="/api/v1/services/{id}/execute", **headers):
    address = server.url + path.format(id=service["id"], slug=service["slug"])
    headers = {"Authorization": f"Bearer {key or service['key']}", **headers}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.post(address, content=content, headers=headers, timeout=60)


def test_a_call_is_answered_by_a_worker(server, made):
    rows = {"ColumnNames": ["size"], "Values": [["5"], [None]]}
    told = execute(server, made, {"Inputs": {"input1": rows}, "GlobalParameters": {"factor": 10}})
    assert told.status_code == 200, told.text
    value = told.json()["Results"]["output1"]["value"]
    assert value["ColumnNames"] == ["id", "size", "city", "out"]
    assert [row[1::2] for row in value["Values"]] == [["5", "50"], [None, None]]
    classic = execute(
        server, made, {"Inputs": {"input1": [{"size": 5}]}},
        path="/workspaces/any/services/{id}/execute?api-version=2.0&format=swagger",
    )  # fmt: skip
    assert classic.json()["Results"]["output1"] == [{"id": None, "size": "5", "city": None, "out": "10"}]


def test_a_failing_script_says_its_line(server):
    exp = scripted(
        "def azureml_main(df):\n    df['out'] = 10 // int(df['size'].iloc[0])\n    return df,\n", "Fails"
    )
    service = server.post(f"experiments/{server.run(exp).body['experiment']}/services")
    told = execute(server, service, {"Inputs": {"input1": [{"size": 0, "id": 1, "city": ""}]}})
    assert told.status_code == 400, told.text
    error = told.json()["error"]
    assert (error["code"], error["details"][0]["target"], error["details"][0]["line"]) == (
        "ModuleExecutionError",
        "s",
        2,
    )


def test_what_a_service_stands_on_is_kept_when_its_experiment_goes(server):
    exp = scripted(DOUBLE.replace("df, *", "df, more, *").replace("* factor", "* len(more)"), "Kept")
    exp.table("more", "k\n1\n2\n3\n").wire("more.dataset", "s.dataset2")
    id = server.run(exp).body["experiment"]
    service = server.post(f"experiments/{id}/services")
    assert server.http.delete(f"experiments/{id}").status_code == 204
    told = execute(server, service, {"Inputs": {"input1": [{"size": 2}]}})
    assert told.json()["Results"]["output1"]["value"]["Values"][0][-1] == "6", told.text


def test_the_expression_service_computes_what_callers_send(server):
    id = server.create(sample_file("expression-service"))["id"]
    run = server.run(id)
    assert run.rows("n4.dataset")[1:3] == [["sqrt(2) * 10", "14.142135623730951"], ["max(3, 7)", "7"]]
    service = server.post(f"experiments/{id}/services")
    sent = {"Inputs": {"input1": [{"expression": text} for text in ("6 * 7", "1 / 0", "factorial(5)")]}}
    told = execute(server, service, sent).json()["Results"]["output1"]["value"]
    assert told["ColumnNames"] == ["expression", "value"]
    assert [row[1] for row in told["Values"]] == ["42", "ZeroDivisionError: division by zero", "120"]
    later = {"Inputs": {"input1": [{"expression": "NAMES"}, {"expression": "globals().update(pi=3)"}]}}
    assert execute(server, service, later).status_code == 200
    pi = execute(server, service, {"Inputs": {"input1": [{"expression": "pi"}]}}).json()
    assert pi["Results"]["output1"]["value"]["Values"] == [["pi", "3.141592653589793"]]


def soon(ask, fits, seconds=30):
    """What is told as soon as it fits: calls are written two seconds after they were answered."""
    end = time.monotonic() + seconds
    while not fits(told := ask()):
        assert time.monotonic() < end, told
        time.sleep(0.1)
    return told


def call(server, service, **query):
    body = {"Inputs": {"input1": [{"size": 4}]}}
    return httpx.post(
        service["url"],
        json=body,
        params={"format": "swagger", **query},
        headers={"Authorization": f"Bearer {service['key']}"},
        timeout=60,
    )


def test_calls_are_counted_and_what_failed_is_told_with_its_request(server, experiment):
    service = server.post(f"experiments/{experiment}/services", {"name": "Counted"})
    assert [call(server, service).status_code for _ in range(3)] == [200] * 3
    wrong = httpx.post(
        service["url"],
        json={"Inputs": {"input1": [{"size": "many"}]}},
        headers={"Authorization": f"Bearer {service['key']}"},
        timeout=60,
    )
    assert wrong.status_code == 400
    told = soon(
        lambda: server.get(f"services/{service['id']}/calls"), lambda told: told["total"]["calls"] == 4
    )
    assert told["total"]["errors"] == 1
    assert 0 < told["total"]["p50"] <= told["total"]["p95"] <= told["total"]["p99"]
    assert sum(point["calls"] for point in told["points"]) == 4
    (failed,) = told["failed"]
    assert failed["request"] == wrong.headers["X-Request-ID"]
    assert (failed["status"], failed["code"]) == (400, "BadUserArgument")
    assert "size" in failed["message"]
    (item,) = [item for item in server.get("services")["items"] if item["id"] == service["id"]]
    assert item["calls_a_minute"] == 0.8
    assert item["p95"] > 0


def test_a_version_is_tried_on_recorded_calls(server):
    """Recording is asked for, bounded and deleted; what a version would answer otherwise is said before it
    answers anybody."""
    first = server.run(scripted())
    id = first.body["experiment"]
    service = server.post(f"experiments/{id}/services", {"name": "Tried"})
    address = f"services/{service['id']}"
    assert call(server, service).status_code == 200
    assert server.get(f"{address}/recorded")["total"] == 0, "nothing is recorded that nobody asked for"
    assert server.http.patch(address, json={"record_calls": 3}).json()["record_calls"] == 3
    assert [call(server, service, size=n).status_code for n in range(5)] == [200] * 5
    kept = soon(lambda: server.get(f"{address}/recorded"), lambda kept: kept["total"] == 3)
    assert kept["bytes"] < 10_000
    tried = server.post(f"{address}/versions/1/try", status=200)
    assert (tried["tried"], tried["same"], tried["changed"]) == (3, 3, [])

    file = server.get(f"experiments/{id}")
    file["nodes"][2]["params"]["script"] = DOUBLE.replace("int = 2", "int = 3")
    server.http.put(f"experiments/{id}", json=file, headers={"If-Match": f'"{file["revision"]}"'})
    assert server.run(id).state == "finished"
    assert server.post(f"{address}/versions")["version"] == 2
    tried = server.post(f"{address}/versions/2/try", status=200)
    assert (tried["tried"], tried["same"], len(tried["changed"])) == (3, 0, 3)
    assert tried["changed"][0]["changes"] == ["output1, row 1, out: 8 → 12"]
    assert server.get(f"{address}/recorded")["total"] == 3, "a try is not recorded"
    assert server.http.delete(f"{address}/recorded").status_code == 204
    assert server.get(f"{address}/recorded")["total"] == 0

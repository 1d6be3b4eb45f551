"""A service that trains, as a job; and one that scores, pointed at what it has trained."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.builders import Exp
from tests.contracts.test_jobs import Service
from tests.contracts.test_service_snippets import WAYS, run_snippet
from tests.server import Server

DATA = "x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n"
THREEFOLD = {"ColumnNames": ["x", "y"], "Values": [[str(n), str(3 * n)] for n in range(1, 9)]}


def learner(name: str) -> Exp:
    exp = Exp(name).table("data", DATA).node("learner", "linear-regression", l2_regularization_weight=0)
    exp.node("train", "train-model", label_column="y").node("in", "web-service-input")
    return exp.wire("learner.untrained_model", "train.untrained_model").wire("data.dataset", "in.sample")


@pytest.fixture(scope="module")
def trainer(server: Server) -> Service:
    exp = learner("Trains").wire("in.dataset", "train.dataset")
    run = server.run(exp)
    assert run.state == "finished", run.body
    wish = {"name": "Trains", "outputs": {"model": "train.trained_model"}}
    made = server.post(f"experiments/{run.body['experiment']}/services", wish)
    assert [(o["name"], o["type"]) for o in made["outputs"]] == [("model", "model")]
    assert {c["name"] for c in made["inputs"][0]["columns"]} == {"x", "y"}, "the label is given here"
    return Service(server, made)


@pytest.fixture(scope="module")
def scorer(server: Server) -> dict:
    exp = learner("Scores").node("score", "score-model").node("out", "web-service-output")
    exp.wire("data.dataset", "train.dataset").wire("train.trained_model", "score.trained_model")
    exp.wire("in.dataset", "score.dataset").wire("score.scored_dataset", "out.dataset")
    run = server.run(exp)
    assert run.state == "finished", run.body
    return server.post(f"experiments/{run.body['experiment']}/services", {"name": "Scores"})


@pytest.fixture(scope="module")
def trained(trainer: Service) -> dict:
    done = trainer.wait(trainer.begin({"Inputs": {"input1": THREEFOLD}}))
    assert done["state"] == "finished", done
    return done


def scored(service: dict, **query: str) -> float:
    told = httpx.post(
        service["url"],
        json={"Inputs": {"input1": [{"x": 10}]}},
        params={"format": "swagger", **query},
        headers={"Authorization": f"Bearer {service['key']}"},
        timeout=60,
    )
    assert told.status_code == 200, told.text
    return round(float(told.json()["Results"]["output1"][0]["Scored Labels"]), 3)


def test_a_service_that_trains_is_called_as_a_job(trainer, trained):
    output = trained["outputs"]["model"]
    assert (output["type"], output["rows"]) == ("model", None)
    told = trainer.http.post(f"{trainer.path}/execute", json={"Inputs": {"input1": THREEFOLD}})
    assert (told.status_code, told.json()["error"]["code"]) == (400, "InvalidOperation")
    assert "/jobs" in told.json()["error"]["message"]
    none = trainer.http.post(
        f"{trainer.path}/jobs", json={"Inputs": {"input1": {"ColumnNames": ["x", "y"], "Values": []}}}
    )
    assert none.status_code == 400
    assert "No rows came" in none.text
    refused = trainer.http.get(f"{trainer.path}/jobs/{trained['id']}/outputs/model")
    assert refused.status_code == 404


@pytest.mark.parametrize("language", WAYS)
def test_its_code_begins_a_job_and_waits_for_its_end(server, trainer, language, tmp_path):
    key = trainer.http.headers["authorization"].removeprefix("Bearer ")
    done = run_snippet(server, trainer.id, key, language, tmp_path)
    assert done.returncode == 0, done.stderr
    job = json.loads(done.stdout)
    # One row of sample values may be too few: the job says so itself.
    assert job["state"] == "finished" or job["error"], job


def test_a_scoring_service_is_pointed_at_it_and_answers_so_after_a_switch(server, scorer, trained):
    assert scored(scorer) == 20
    found = server.get(f"services/{scorer['id']}/model")
    assert found["models"] == ["score.trained_model"]
    assert (trained["id"], "model") in [(each["job"], each["output"]) for each in found["trained"]]
    made = server.post(f"services/{scorer['id']}/model", {"job": trained["id"]})
    assert (made["version"], made["in_use"], made["changes"]) == (2, False, [])
    assert made["model_changes"] == ["The number of rows of the model is 8; it was 5."]
    assert scored(scorer) == 20
    assert scored(scorer, version="2") == 30
    server.post(f"services/{scorer['id']}/switch", {"version": 2}, status=200)
    assert scored(scorer) == 30
    server.post(f"services/{scorer['id']}/switch", {"version": 1}, status=200)
    assert server.http.post(f"services/{scorer['id']}/model", json={"job": "nosuch"}).status_code == 404
    wrong = server.http.post(f"services/{scorer['id']}/model", json={"job": trained["id"], "output": "x"})
    assert wrong.status_code == 422
    assert "leaves these: model" in wrong.text


def test_classics_update_resource(server, scorer, trained):
    """As its samples do: where the job said its output is, sent with PATCH; the owner's token, and no key."""
    address = f"{server.url}/workspaces/0123/webservices/{scorer['id']}/endpoints/default"
    place = trained["outputs"]["model"]["url"]
    base = place.split("/services/")[0]
    body = {
        "Resources": [
            {
                "Name": "Trained model",
                "Location": {"BaseLocation": base, "RelativeLocation": place.removeprefix(base)},
            }
        ]
    }
    refused = httpx.patch(
        address, json=body, headers={"Authorization": f"Bearer {scorer['key']}"}, timeout=60
    )
    assert refused.status_code == 401
    assert scored(scorer) == 20
    owner = dict(server.http.headers)["authorization"]
    told = httpx.patch(address, json=body, headers={"Authorization": owner}, timeout=60)
    assert told.status_code == 200, told.text
    assert scored(scorer) == 30
    wrong = httpx.patch(
        address, json={"Resources": [{"Name": "x"}]}, headers={"Authorization": owner}, timeout=60
    )
    assert wrong.status_code == 400
    assert "Resources" in wrong.json()["error"]["message"]

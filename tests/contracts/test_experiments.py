"""Experiments over HTTP: the document as it came, revisions, validation, access."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.builders import Exp, chain
from tests.server import Server


def test_unknown_keys_survive_a_round_trip(server: Server) -> None:
    file = chain("").file()
    file["color"] = {"deep": [1, None]}
    file["nodes"][0]["mine"] = "kept"
    file["wires"][0]["bend"] = 0.5
    made = server.create(file)
    read = server.get(f"experiments/{made['id']}")
    assert {key: read[key] for key in file} == file
    assert made["revision"] == 1


def test_an_escape_that_was_typed_stays_as_it_was_typed(server: Server) -> None:
    typed = "def azureml_main():\n    print(len('\\u0000'), '\\\\u0000')\n"
    exp = chain(typed)
    exp.nodes[0]["\\u0000"] = ["\\u0000"]
    made = server.create(exp)
    assert server.get(f"experiments/{made['id']}")["nodes"] == exp.nodes
    assert server.run(exp).log("s1") == "1 \\u0000\n"


def test_a_save_carries_its_revision(server: Server) -> None:
    made = server.create(chain())
    path = f"experiments/{made['id']}"
    saved = server.http.put(path, json={**made, "name": "Second"}, headers={"If-Match": '"1"'})
    assert (saved.status_code, saved.json()["revision"], saved.headers["etag"]) == (200, 2, '"2"')
    stale = server.http.put(path, json={**made, "name": "Lost"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current_revision"]) == (412, 2)
    assert server.get(path)["name"] == "Second"
    assert server.http.put(path, json=made).status_code == 428
    assert server.http.put(path, json=made, headers={"If-Match": "*"}).status_code == 428


def test_of_many_saves_at_once_one_wins(server: Server) -> None:
    made = server.create(chain())

    def save(n: int) -> int:
        with httpx.Client(base_url=server.http.base_url, headers=server.http.headers, timeout=60) as http:
            return http.put(
                f"experiments/{made['id']}", json={**made, "name": f"by {n}"}, headers={"If-Match": '"1"'}
            ).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(save, range(8)))
    assert codes == [200] + [412] * 7


def test_lists_are_paged(server: Server) -> None:
    for n in range(3):
        server.create(Exp(f"Paged {n}"))
    page = server.get("experiments", search="Paged", limit=2, offset=1)
    assert (len(page["items"]), page["total"]) == (2, 3)
    assert page["items"][0]["nodes"] == 0


def test_duplicate_and_delete(server: Server) -> None:
    made = server.create(
        chain(
            "",
        )
    )
    copy = server.post(f"experiments/{made['id']}/duplicate")
    assert copy["nodes"] == made["nodes"]
    assert copy["id"] != made["id"]
    assert server.http.delete(f"experiments/{copy['id']}").status_code == 204
    assert server.http.get(f"experiments/{copy['id']}").status_code == 404


def test_validation_anchors_each_problem(server: Server) -> None:
    exp = chain("def azureml_main(:\n").node("x", "nothing")
    errors = server.post("experiments/validate", exp.file(), status=200)["errors"]
    assert {(e["node"], e["code"]) for e in errors} == {("s1", "script-syntax"), ("x", "unknown-module")}
    assert next(e for e in errors if e["node"] == "s1")["line"] == 1


def test_an_invalid_graph_is_not_run(server: Server) -> None:
    id = server.create(Exp().script("s", "def (").node("j", "join-data"))["id"]
    refused = server.http.post(f"experiments/{id}/runs", json={})
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert {e["node"] for e in refused.json()["errors"]} == {"s", "j"}
    assert server.get(f"experiments/{id}/runs")["total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b'{"nodes": 3}',
        b'{"nodes": [{"id": 1}]}',
        b"\xff\xfe",
        b'{"x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"x": ' + b"[" * 2_000 + b"]" * 2_000 + b"}",
    ],
)
def test_what_is_no_experiment_file_is_refused(server: Server, body: bytes) -> None:
    answer = server.http.post("experiments", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "modules",
        "datasets",
        "experiments",
        "status",
        "runs/x",
        "artifacts/x",
        "artifacts/x/rows",
        "datasets/x/download",
    ],
)
def test_nothing_works_without_the_token(server: Server, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "studio_session=wrong"}):
        answer = httpx.get(f"{server.url}/api/v1/{path}", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        # Nor does a change: who is not signed in is told so, and not that a CSRF token is missing.
        assert httpx.put(f"{server.url}/api/v1/experiments/x", json={}, headers=headers).status_code == 401


def test_unknown_things_are_problems_too(server: Server) -> None:
    for path in (
        "experiments/x",
        "runs/x",
        "artifacts/x",
        "datasets/x",
        "nothing/at/all",
        "runs/x/nodes/y/log",
    ):
        answer = server.http.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert answer.json()["status"] == 404
    wrong = server.http.delete("modules")
    assert (wrong.status_code, wrong.headers["content-type"]) == (405, "application/problem+json")


def test_the_page_takes_the_token_once_and_cleans_the_address(server: Server) -> None:
    with httpx.Client(base_url=server.url) as browser:
        assert browser.get("/").status_code == 401
        welcome = browser.get("/", params={"token": "test-token"})
        assert (welcome.status_code, welcome.headers["location"]) == (303, "/")
        assert browser.get("/").status_code == 200
        assert browser.get("/api/v1/experiments").status_code == 200
        no_csrf = browser.post("/api/v1/experiments", json={})
        assert (no_csrf.status_code, no_csrf.headers["content-type"]) == (403, "application/problem+json")
        token = browser.cookies["csrftoken"]
        assert browser.post("/api/v1/experiments", json={}, headers={"X-CSRFToken": token}).status_code == 201
        browser.delete("/api/v1/session", headers={"X-CSRFToken": token})
        assert browser.get("/").status_code == 401


def test_the_document_describes_what_is_served(server: Server) -> None:
    document = server.get("openapi.json")
    assert "/api/v1/experiments/{id}/runs" in document["paths"]
    assert server.http.get("docs").status_code == 200
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])


@pytest.mark.parametrize("path", ["experiments", "datasets", "runs", "passes", "modules"])
def test_a_list_ends_where_it_ends(server: Server, path: str) -> None:
    page = server.get(path, offset=10**30)
    assert page["items"] == []
    assert server.http.get(path, params={"offset": -1}).status_code == 422


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=\u00e4"])
def test_a_form_that_cannot_be_read(server: Server, kind: str) -> None:
    answer = server.http.post("datasets", content=b"x", headers={"Content-Type": kind.encode("latin-1")})
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("The form cannot be read: ")


def test_the_document_is_for_the_signed_in_and_loads_nothing_from_elsewhere(server: Server) -> None:
    for path in ("openapi.json", "docs"):
        assert httpx.get(f"{server.url}/api/v1/{path}").status_code == 401
    page = server.http.get("docs").text
    assert "/static/ninja/swagger-ui-bundle.js" in page
    assert "https://" not in page


def test_a_node_may_be_called_anything(server: Server) -> None:
    exp = Exp("a\x00b").table("a/b c?", "x\n1\n")
    run = server.run(exp)
    assert run.state == "finished"
    log = server.http.get(f"runs/{run.body['id']}/nodes/a%2Fb%20c%3F/log")
    assert log.status_code == 200

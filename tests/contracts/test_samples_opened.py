"""A sample is opened: everyone has a copy of their own, and the sample stays as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.server import Server


def the(server: Server, slug: str) -> dict:
    return next(one for one in server.get("samples")["items"] if one["slug"] == slug)


def test_they_are_told_with_their_graphs_and_whose_copy_there_is(server: Server) -> None:
    items = server.get("samples")["items"]
    assert [one["name"] for one in items][:4] == [
        "Feature importance", "Scatter matrix", "Hello bundle", "Join and compare"]  # fmt: skip
    assert {one["yours"] and one["name"] for one in items[4:]} == {None}
    for one in items[:4]:
        ids = {node["id"] for node in one["nodes"]}
        ends = {end.partition(".")[0] for wire in one["wires"] for end in (wire["from"], wire["to"])}
        assert ends == ids
        assert server.get(f"experiments/{one['yours']['id']}")["sample"] is True


def test_a_second_call_opens_the_same_copy_with_what_was_changed_in_it(server: Server) -> None:
    first = server.post("samples/scatter-matrix/open", {}, status=200)
    assert first["id"] == the(server, "scatter-matrix")["yours"]["id"]
    changed = {**first, "description": "Mine."}
    revision = f'"{first["revision"]}"'
    put = server.http.put(f"experiments/{first['id']}", json=changed, headers={"If-Match": revision})
    assert put.status_code == 200
    assert server.post("samples/scatter-matrix/open", {}, status=200)["description"] == "Mine."
    assert the(server, "scatter-matrix")["yours"]["changed"] is True
    assert the(server, "scatter-matrix")["description"] != "Mine."


def test_a_fresh_copy_is_another_and_one_that_was_deleted_is_made_again(server: Server) -> None:
    old = server.post("samples/hello-bundle/open", {}, status=200)
    fresh = server.post("samples/hello-bundle/open", {"fresh": True})
    assert fresh["id"] != old["id"]
    assert (fresh["name"], fresh["nodes"]) == ("Hello bundle 2", old["nodes"])
    assert server.post("samples/hello-bundle/open", {}, status=200)["id"] == fresh["id"]
    for id in (old["id"], fresh["id"]):
        assert server.http.delete(f"experiments/{id}").status_code == 204
    assert the(server, "hello-bundle")["yours"] is None
    again = server.post("samples/hello-bundle/open", {})
    assert (again["name"], again["sample"]) == ("Hello bundle", True)


def test_two_clicks_at_once_make_one_copy(server: Server) -> None:
    gone = server.post("samples/feature-importance/open", {}, status=200)["id"]
    server.http.delete(f"experiments/{gone}")
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: server.http.post("samples/feature-importance/open", json={}), "1234")
        )
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]


def test_what_is_no_sample_is_refused_with_those_that_are(server: Server) -> None:
    answer = server.http.post("samples/nothing/open", json={})
    assert answer.status_code == 404
    assert "scatter-matrix" in answer.json()["detail"]

"""Requests that no client of ours makes: each is refused with a sentence, none is a 500."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest

from tests.builders import Exp, chain
from tests.server import Server

DIGITS = "9" * 5000
JSON = {"Content-Type": "application/json"}


def refused(answer: httpx.Response) -> None:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:500])
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 10


@pytest.fixture(scope="module")
def experiment(server: Server) -> str:
    return server.create(chain())["id"]


@pytest.fixture(scope="module")
def table(server: Server) -> str:
    answer = server.upload("hostile.csv", "a,b\n1,x\n2,y\n")
    return server.get(f"datasets/{answer.json()['id']}")["artifact"]


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1", "/api/", "/api/v2/status", "/api/v1/%ff", "/ws/", "/api/v1/%00"]
)
def test_addresses(server: Server, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = server.http.request(method, server.url + path)
        assert 400 <= answer.status_code < 500
        if path.startswith("/api"):
            refused(answer)


@pytest.mark.parametrize(
    "origin", ["http://[", "x", "http://[::1", "\udcff".encode("utf-8", "surrogateescape")]
)
def test_origins(server: Server, origin: str | bytes) -> None:
    answer = httpx.post(f"{server.url}/api/v1/session", json={"token": "x"}, headers={"Origin": origin})
    refused(answer)


def test_numbers_in_headers(server: Server, experiment: str) -> None:
    refused(server.http.put(f"experiments/{experiment}", json={}, headers={"If-Match": f'"{DIGITS}"'}))
    refused(server.http.post("uploads", headers={"Upload-Length": DIGITS}))
    refused(server.http.post("uploads", headers={"Upload-Length": "٣".encode()}))
    made = server.http.post(
        "uploads", headers={"Upload-Length": "5", "Upload-Metadata": named("numbers.csv")}
    )
    piece = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": DIGITS}
    refused(server.http.patch(server.url + made.headers["location"], content=b"x", headers=piece))


def named(name: str) -> str:
    return "filename " + base64.b64encode(name.encode()).decode()


@pytest.mark.parametrize("id", ["a" * 300, "%00", "..", "a%2Fb", "²" * 16, "%ff", "a" * 5000], ids=range(7))
def test_names_of_uploads(server: Server, id: str) -> None:
    refused(server.http.get(f"uploads/{id}"))
    refused(server.http.post(f"uploads/{id}/preview", json={}))
    assert server.http.head(f"uploads/{id}").status_code in (400, 404)


@pytest.mark.parametrize("kind", ["experiments", "runs", "datasets", "artifacts", "passes"])
@pytest.mark.parametrize("id", ["a" * 3000, "%00", "%ff%fe", "²"])
def test_names_of_things(server: Server, kind: str, id: str) -> None:
    refused(server.http.get(f"{kind}/{id}"))
    refused(server.http.delete(f"{kind}/{id}"))


FILTERS = [
    "[" * 500,
    "[" * 20_000,
    "[" * 200 + "]" * 200,
    '[{"column": "a", "op": "eq", "value": ' + "[" * 100 + "]" * 100 + "}]",
    '[{"column": "a", "op": "eq", "value": 1e999}]',
    '[{"column": "a", "op": "gt", "value": NaN}]',
    '[{"column": "a", "op": "gt", "value": ' + "9" * 4999 + "}]",
    '[{"column": "a", "op": "in", "value": [{"a": 1}]}]',
    '[{"column": "b", "op": "contains", "value": "\\ud800"}]',
    '[{"column": ["a"], "op": "eq", "value": 1}]',
    '[{"column": "a", "op": {"x": 1}, "value": 1}]',
    "{}",
    "1",
    "null",
    '"x"',
    "[null]",
    "[1]",
]


@pytest.mark.parametrize("filter", FILTERS, ids=range(len(FILTERS)))
def test_filters(server: Server, table: str, filter: str) -> None:
    if len(filter) < 10_000:
        answer = server.http.get(f"artifacts/{table}/rows", params={"filter": filter})
        assert answer.status_code in (200, 400, 422), answer.text[:300]
        answer = server.http.get(f"artifacts/{table}/summary", params={"filter": filter})
        assert answer.status_code in (200, 400, 422), answer.text[:300]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": DIGITS},
        {"offset": DIGITS},
        {"offset": "1e999"},
        {"limit": "NaN"},
        {"search": "\x00"},
        {"folder": "\x00"},
        {"tag": "a" * 5000},
        {"search": "a " * 4000},
        {"sort": "\x00"},
        {"first_column": "9" * 30, "columns": "5"},
        {"longest": "9" * 30},
    ],
    ids=lambda query: str(query)[:30],
)
@pytest.mark.parametrize(
    "path", ["experiments", "datasets", "runs", "artifacts/TABLE/rows", "artifacts/TABLE/summary"]
)
def test_queries(server: Server, table: str, path: str, query: dict[str, str]) -> None:
    answer = server.http.get(path.replace("TABLE", table), params=query)
    assert answer.status_code < 500, answer.text[:300]


def file_with(value: str, where: str) -> bytes:
    """An experiment file with this JSON text in a place."""
    text = json.dumps(Exp("hostile").script("s1", "").file() | {"extra": "MARK"})
    match where:
        case "extra":
            return text.replace('"MARK"', value).encode()
        case "name":
            return text.replace('"hostile"', value).encode()
        case "params":
            return text.replace('"params": {', '"params": {"alpha": ' + value + ", ").encode()
        case _:
            return (
                text.replace('"position": {', '"position": {"x": ' + value + ', "extra": {')
                .replace("}, ", "}}, ", 1)
                .encode()
            )


HOSTILE = {
    "infinite": "1e999",
    "minus-infinite": "-1e999",
    "nan": "NaN",
    "infinity": "Infinity",
    "half": '"\\ud800"',
    "nul": '"\\u0000"',
    "deep": "[" * 500 + "]" * 500,
    "deep-objects": '{"a":' * 500 + "1" + "}" * 500,
    "very-deep": "[" * 100_000 + "]" * 100_000,
    "digits": DIGITS,
    "large": "1e308",
    "key": '{"\\ud800": 1, "\\u0000": 2, "__proto__": {"x": 1}}',
}


@pytest.mark.parametrize("where", ["extra", "name", "params"])
@pytest.mark.parametrize("value", HOSTILE)
def test_documents(server: Server, experiment: str, where: str, value: str) -> None:
    """Taken and given back as JSON that every reader takes, or refused; never a 500."""
    body = file_with(HOSTILE[value], where)
    calls: list[tuple[str, str, dict[str, str]]] = [
        ("POST", "experiments", {}),
        ("POST", "experiments/validate", {}),
        ("PUT", f"experiments/{experiment}", {"If-Match": '"1"'}),
    ]
    for method, path, headers in calls:
        answer = server.http.request(method, path, content=body, headers=JSON | headers)
        assert answer.status_code < 500, (path, answer.text[:300])
        if answer.status_code < 300:
            strict(answer.text)
            if path == "experiments":
                id = answer.json()["id"]
                for read in (f"experiments/{id}", f"experiments/{id}/expected", "experiments"):
                    again = server.http.get(read)
                    assert again.status_code < 500, (read, again.text[:300])
                    strict(again.text)
                begun = server.http.post(f"experiments/{id}/runs", json={})
                assert begun.status_code < 500, begun.text[:300]
                assert server.http.post(f"experiments/{id}/duplicate").status_code < 500
                assert server.http.delete(f"experiments/{id}").status_code < 500
        else:
            refused(answer)


def strict(text: str) -> Any:
    """Reads it as a browser does: NaN and Infinity are no JSON, halves of pairs are no text."""
    text.encode()
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    json.dumps(found, ensure_ascii=False).encode()
    return found


@pytest.mark.parametrize(
    "head",
    [
        "filename",
        "filename ====",
        "a b c",
        ",,,",
        "filename /w==",
        "é b",
        named("a\x00b.csv"),
        named("../../x.csv"),
        named("x" * 3000),
    ],
)
def test_metadata_of_uploads(server: Server, head: str) -> None:
    answer = server.http.post("uploads", headers={"Upload-Length": "5", "Upload-Metadata": head.encode()})
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize(
    "name",
    ["\x00", "a\x00.csv", "\ud800.csv", "x" * 5000 + ".csv", "../../etc/passwd", "a\r\nb.csv", '".csv'],
)
def test_names_of_files(server: Server, name: str) -> None:
    quoted = name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\r\n", b"%0D%0A")
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + quoted
        + b'"\r\n\r\na\r\n1\r\n--x--\r\n'
    )
    answer = server.http.post(
        "datasets", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code < 500, answer.text
    if answer.status_code == 201:
        id = answer.json()["id"]
        assert server.http.get(f"datasets/{id}/download").status_code == 200
        assert server.http.delete(f"datasets/{id}").status_code == 204


def test_numbers_of_wires_and_nodes_have_a_bound(server: Server) -> None:
    wire = {"from": "n1.a", "to": "n1.b"}
    body = {"format": "studio-experiment/1", "name": "many", "nodes": [], "wires": [wire] * 20_001}
    for path in ("experiments", "experiments/validate"):
        answer = server.http.post(path, json=body)  # `validate` tells it as a problem
        assert answer.status_code == (422 if path == "experiments" else 200)
        assert "at most 20000" in answer.text
        answer = server.http.post(path, json=body | {"nodes": [{}] * 5_001, "wires": []})
        assert "at most 5000" in answer.text


@pytest.mark.parametrize("id", ["__proto__", "constructor", "toString"])
def test_a_node_is_not_called_as_what_every_object_of_a_browser_has(server: Server, id: str) -> None:
    node = {"id": id, "module": "dataset", "params": {}}
    body = {"format": "studio-experiment/1", "name": "proto", "nodes": [node], "wires": []}
    refused(server.http.post("experiments", json=body))
    made = server.http.post("experiments", json=body | {"nodes": [node | {"id": "n1", "module": id}]})
    assert made.status_code == 201
    told = server.http.post("experiments/validate", json=made.json()).json()
    assert told["errors"][0]["code"] == "unknown-module"

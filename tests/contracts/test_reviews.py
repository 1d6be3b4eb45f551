"""A file is looked at before it is kept, and rows that break a rule are refused or set apart."""

from __future__ import annotations

import json
from typing import Any

from tests.contracts.test_uploads import begin, place, send
from tests.server import Server

CSV = b"id,age\n1,30\n2,x\n3\n4,40\n"
AGE = {"columns": {"age": {"type": "integer", "name": "Age"}}}


def sent(server: Server, name: str, content: bytes = CSV) -> str:
    path = place(begin(server, name, length=len(content)))
    assert send(server, path, 0, content).status_code == 204
    return path


def look(server: Server, path: str, reading: Any = None, **more: Any) -> dict[str, Any]:
    answer = server.http.post(f"{path}/preview", json={"reading": json.dumps(reading or {}), **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_nothing_is_kept_until_it_was_looked_at(server: Server) -> None:
    path = sent(server, "looked.csv")
    seen = look(server, path)
    assert (seen["type"], seen["found"]["delimiter"], seen["bad"]["count"]) == ("csv", ",", 1)
    assert [(column["name"], column["type"]) for column in seen["columns"]] == [
        ("id", "integer"),
        ("age", "string"),
    ]
    seen = look(server, path, AGE)
    assert [row["line"] for row in seen["bad"]["first"]] == [3, 4]
    assert seen["cells"] == [[1, 30], [4, 40]]
    assert "looked" not in {dataset["name"] for dataset in server.get("datasets")["items"]}
    assert server.http.delete(path).status_code == 204


def test_bad_rows_refuse_the_file_or_become_a_dataset_of_their_own(server: Server) -> None:
    path = sent(server, "people.csv")
    refused = server.http.post(f"{path}/dataset", json={"reading": json.dumps(AGE)})
    assert (refused.status_code, refused.json()["line"]) == (422, 4)  # first what is no row at all
    made = server.post(f"{path}/dataset", {"reading": json.dumps({**AGE, "bad_rows": "apart"})})
    assert ([column["name"] for column in made["columns"]], made["rows"]) == (["id", "Age"], 2)
    assert made["rejected"]["rows"] == 2
    rejects = server.get(f"datasets/{made['rejected']['dataset']}")
    assert (rejects["name"], rejects["state"], rejects["rows"]) == ("people rejects", "ready", 2)
    assert server.get(f"datasets/{rejects['id']}/rows")["rows"] == [
        [3, "Age is 'x', which is not an integer", "2,x"],
        [4, "it has 1 value, but the first line has 2", "3"],
    ]
    assert server.http.get(f"datasets/{rejects['id']}/download").text.startswith("line,reason,text\n3,")
    assert server.http.delete(f"datasets/{rejects['id']}").status_code == 204
    assert server.get(f"datasets/{made['id']}")["rejected"] == {"rows": 2, "dataset": None}


def test_a_look_that_fails_says_where_and_the_bytes_stay(server: Server) -> None:
    path = sent(server, "odd.csv", b'a,b\n1,"2\n')
    refused = server.http.post(f"{path}/preview", json={})
    assert (refused.status_code, refused.json()["line"], refused.json()["read_as"]) == (422, 2, "csv")
    assert look(server, path, type="text")["rows"] == 2
    unknown = server.http.post(f"{path}/preview", json={"reading": '{"columns": {"a": {"type": "color"}}}'})
    assert unknown.status_code == 422
    assert "reading.columns.a.type" in unknown.json()["detail"]


def test_what_has_not_come_whole_cannot_be_looked_at(server: Server) -> None:
    path = place(begin(server, "half looked at.csv", length=100))
    assert server.http.post(f"{path}/preview", json={}).status_code == 409

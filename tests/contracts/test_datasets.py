"""Datasets over HTTP, read by a real worker in a real sandbox."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile

import pytest

from tests.server import Server


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_py", ".py"), text)
    return buffer.getvalue()


def test_an_upload_is_a_table_with_the_types_its_values_have(server: Server) -> None:
    csv = "id,code,size,day,mixed\n1,007,1e5,2024-01-31,1\n2,042,2.5,2024-02-29,two\n"
    answer = server.upload("types.csv", csv)
    assert answer.status_code == 201, answer.text
    dataset = answer.json()
    assert {c["name"]: c["type"] for c in dataset["columns"]} == {
        "id": "integer",
        "code": "string",
        "size": "float",
        "day": "datetime",
        "mixed": "string",
    }
    assert dataset["columns"][4]["note"]
    assert (dataset["name"], dataset["version"], dataset["type"], dataset["state"], dataset["rows"]) == (
        "types",
        1,
        "csv",
        "ready",
        2,
    )
    assert dataset["bytes"] == len(csv)
    assert dataset["sha256"] == hashlib.sha256(csv.encode()).hexdigest()
    assert dataset["created"].endswith("Z")


def test_a_form_without_a_file_says_so(server: Server) -> None:
    for files in ({"file": ("", b"a\n1\n")}, {"other": ("a.csv", b"a\n1\n")}):
        answer = server.http.post("datasets", files=files)
        assert answer.status_code == 422
        assert answer.json()["detail"].startswith("file: no file came; send a part of this name")


def test_the_file_comes_back_byte_for_byte(server: Server) -> None:
    raw = b'\xef\xbb\xbfa;b\r\n"1";"x ""y"""\r\n'
    id = server.upload("raw.csv", raw).json()["id"]
    assert server.http.get(f"datasets/{id}/download").content == raw


def test_a_taken_name_is_refused_and_may_become_a_version(server: Server) -> None:
    first = server.upload("twice.csv", "a\n1\n").json()
    refused = server.upload("twice.csv", "a\n2\n")
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["existing"] == {"id": first["id"], "version": 1}
    second = server.upload("other.csv", "a\n2\n", new_version_of=first["id"]).json()
    assert (second["name"], second["version"], second["latest"]) == ("twice", 2, True)
    listed = server.get("datasets", search="twice")["items"]
    assert [d["version"] for d in listed] == [2]
    every = server.get("datasets", name="twice", all_versions=True)
    assert {d["version"] for d in every["items"]} == {1, 2}
    assert every["total"] == 2


def test_what_cannot_be_read_is_refused_with_its_line(server: Server) -> None:
    refused = server.upload("ragged.csv", 'a,b\n1,"x\ny"\n1,2,3\n')
    assert refused.status_code == 422
    error = refused.json()["errors"][0]
    assert error["line"] == 4
    assert "ragged" not in [d["name"] for d in server.get("datasets", search="ragged")["items"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256)) * 20),
        ("noise.zip", b"PK\x03\x04nothing"),
        ("noise.xlsx", b"no workbook"),
        ("noise.parquet", b"PAR1xxxx"),
        ("noise.jsonl", b'{"a": 1}\n{"a": \n'),
        ("deep.jsonl", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"),
    ],
)
def test_junk_is_refused_with_a_sentence(server: Server, name: str, content: bytes) -> None:
    refused = server.upload(name, content)
    assert refused.status_code == 422, refused.text
    assert refused.json()["detail"].startswith(f"{name} cannot be read as")


@pytest.mark.parametrize("name", ["../evil.py", "/etc/evil.py", "a/../../evil.py"])
def test_a_zip_that_would_leave_its_folder_is_refused(server: Server, name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "print('evil')")
    refused = server.upload("evil.zip", buffer.getvalue())
    assert refused.status_code == 422
    assert "evil.py" in refused.json()["detail"]


def test_a_zip_is_a_bundle(server: Server) -> None:
    dataset = server.upload("bundle.zip", zipped(hello_py="x = 1")).json()
    assert (dataset["kind"], dataset["type"], dataset["rows"]) == ("bundle", "zip", None)
    assert server.http.get(f"datasets/{dataset['id']}/rows").status_code == 422


@pytest.mark.parametrize(
    ("name", "type", "content", "columns"),
    [
        ("plain.nh.csv", None, "1,x\n2,y\n", ["Col1", "Col2"]),
        ("tabs.tsv", None, "a\tb\n1\t2\n", ["a", "b"]),
        ("forced.txt", "csv", "a,b\n1,2\n", ["a", "b"]),
        ("lines.jsonl", None, '{"a": 1}\n{"a": 2}\n', ["a"]),
        ("attributes.arff", None, "@relation r\n@attribute a numeric\n@data\n1\n2\n", ["a"]),
        ("sparse.svmlight", None, "1 1:0.5\n0 2:1.5\n", None),
    ],
)
def test_formats(
    server: Server, name: str, type: str | None, content: str, columns: list[str] | None
) -> None:
    answer = server.upload(name, content, **({"type": type} if type else {}))
    assert answer.status_code == 201, answer.text
    if columns:
        assert [c["name"] for c in answer.json()["columns"]] == columns


def test_rows_are_paged_sorted_and_filtered(server: Server) -> None:
    csv = "n,word\n" + "".join(f"{i},{'odd' if i % 2 else 'even'}\n" for i in range(1000)) + ",\n"
    id = server.upload("many.csv", csv).json()["id"]
    page = server.get(f"datasets/{id}/rows", offset=10, limit=2)
    assert page == {
        "columns": [{"name": "n", "type": "integer"}, {"name": "word", "type": "string"}],
        "rows": [[10, "even"], [11, "odd"]],
        "total": 1001,
    }
    assert server.get(f"datasets/{id}/rows", sort="-n", limit=1)["rows"] == [[999, "odd"]]
    only_odd = [{"column": "word", "op": "eq", "value": "odd"}, {"column": "n", "op": "lt", "value": 4}]
    assert server.get(f"datasets/{id}/rows", filter=only_odd)["rows"] == [[1, "odd"], [3, "odd"]]
    missing = server.get(f"datasets/{id}/rows", filter=[{"column": "n", "op": "missing"}])
    assert (missing["rows"], missing["total"]) == ([[None, None]], 1)


@pytest.mark.parametrize(
    "filter",
    [
        "{",
        "[1]",
        '[{"column": "zzz", "op": "eq", "value": 1}]',
        '[{"column": "a", "op": "like", "value": 1}]',
        '[{"column": "a", "op": "lt", "value": "x"}]',
    ],
)
def test_a_bad_filter_is_told(server: Server, filter: str) -> None:
    id = server.http.get("datasets", params={"name": "filters"}).json()["items"]
    dataset = id[0] if id else server.upload("filters.csv", "a\n1\n2\n").json()
    answer = server.http.get(f"datasets/{dataset['id']}/rows", params={"filter": filter})
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_summary_counts_and_measures(server: Server) -> None:
    id = server.upload("summed.csv", "n,w\n1,a\n2,a\n3,b\n,\n").json()["id"]
    n, w = server.get(f"datasets/{id}/summary")["columns"]
    assert (n["count"], n["missing"], n["unique"], n["mean"], n["median"], n["min"], n["max"], n["std"]) == (
        3,
        1,
        3,
        2.0,
        2.0,
        1,
        3,
        1.0,
    )
    assert sum(n["histogram"]["counts"]) == 3
    assert len(n["histogram"]["edges"]) == len(n["histogram"]["counts"]) + 1
    assert w["top"] == [{"value": "a", "count": 2}, {"value": "b", "count": 1}]


def test_rename_describe_and_delete(server: Server) -> None:
    id = server.upload("before.csv", "a\n1\n").json()["id"]
    changed = server.http.patch(f"datasets/{id}", json={"name": "after", "description": "why"}).json()
    assert (changed["name"], changed["description"]) == ("after", "why")
    assert server.http.delete(f"datasets/{id}").status_code == 204
    gone = server.http.get(f"datasets/{id}")
    assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")


def test_a_person_says_how_a_file_is_to_be_read(server: Server) -> None:
    said = '{"delimiter": "~", "missing": ["-999"], "text": ["code"]}'
    dataset = server.upload("said.csv", "code~n\n1~-999\n2~5\n", reading=said).json()
    assert [(c["name"], c["type"]) for c in dataset["columns"]] == [("code", "string"), ("n", "integer")]
    assert server.get(f"datasets/{dataset['id']}/rows")["rows"] == [["1", None], ["2", 5]]
    refused = server.upload("refused.csv", "a\n1\n", reading='{"delimiter": "long"}')
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["loc"] == ["reading"]


def test_a_packed_csv_is_read_by_what_is_in_it(server: Server) -> None:
    answer = server.upload("packed.csv.gz", gzip.compress("größe;n\nä;1\n".encode("utf-16")))
    assert answer.status_code == 201, answer.text
    assert (answer.json()["name"], [c["name"] for c in answer.json()["columns"]]) == (
        "packed",
        ["größe", "n"],
    )

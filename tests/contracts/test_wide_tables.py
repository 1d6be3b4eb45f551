"""A table of 20,000 columns over HTTP: kept in few files, told by pages of columns, passed on by nodes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Exp
from tests.server import Server

WIDTH = 20_000
NAMES = [f"gene {at}" for at in range(WIDTH)]
CSV = "\n".join([",".join(NAMES), *(",".join(str(at * row) for at in range(WIDTH)) for row in (1, 2, 3)), ""])


@pytest.fixture(scope="module")
def genes(server: Server) -> dict[str, Any]:
    made = server.upload("genes.csv", CSV)
    assert made.status_code == 201, made.text
    return server.wait_for_dataset(made.json()["id"])


def test_one_dataset_tells_all_its_columns_and_a_list_the_first(
    server: Server, genes: dict[str, Any]
) -> None:
    assert [column["name"] for column in genes["columns"]] == NAMES
    assert genes["column_count"] == WIDTH
    [listed] = server.get("datasets", name="genes")["items"]
    assert [column["name"] for column in listed["columns"]] == NAMES[:100]
    assert listed["column_count"] == WIDTH
    few = server.get(f"datasets/{genes['id']}", columns=3)
    assert [column["name"] for column in few["columns"]] == NAMES[:3]
    assert few["column_count"] == WIDTH
    artifact = server.get(f"artifacts/{genes['artifact']}")
    assert artifact["columns"] == [{**column, "note": None} for column in genes["columns"]]


def test_it_lies_in_few_files(server: Server, genes: dict[str, Any]) -> None:
    files = [
        path for path in (server.home / "store" / "objects").glob("*/*") if path.stat().st_size > 1 << 19
    ]
    assert 0 < len(files) < 20


def test_rows_and_summaries_come_by_pages_of_columns(server: Server, genes: dict[str, Any]) -> None:
    path = f"datasets/{genes['id']}"
    first = server.get(f"{path}/rows")
    assert [column["name"] for column in first["columns"]] == NAMES[:1000]
    assert (first["column_count"], first["total"]) == (WIDTH, 3)
    last = server.get(f"{path}/rows", first_column=WIDTH - 2, columns=50, sort="-gene 7")
    assert [column["name"] for column in last["columns"]] == NAMES[-2:]
    assert last["rows"][0] == [(WIDTH - 2) * 3, (WIDTH - 1) * 3]
    summed = server.get(f"{path}/summary")
    assert [column["name"] for column in summed["columns"]] == NAMES[:1000]
    assert summed["column_count"] == WIDTH
    [one] = server.get(f"{path}/summary", first_column=9999, columns=1)["columns"]
    assert (one["name"], one["mean"]) == ("gene 9999", 9999 * 2)


def test_it_goes_out_as_it_came(server: Server, genes: dict[str, Any]) -> None:
    csv = server.http.get(f"artifacts/{genes['artifact']}/download", params={"format": "csv"})
    assert csv.text == CSV


def test_nodes_pass_its_columns_on(server: Server, genes: dict[str, Any]) -> None:
    few = {"begin": "all", "rules": [{"by": "names", "values": ["gene 5"], "exclude": True}]}
    exp = (
        Exp("Wide")
        .node("data", "dataset", dataset="genes")
        .node("few", "select-columns-in-dataset", select_columns=few)
        .wire("data.dataset", "few.dataset")
        .node("sql", "apply-sql-transformation", sql='select "gene 7", "gene 9" from t1 where "gene 8" > 10')
        .wire("few.results_dataset", "sql.t1")
    )
    run = server.run(exp)
    assert run.state == "finished", run.body
    assert run.output("few.results_dataset")["columns"] == WIDTH - 1
    assert run.output("few.results_dataset")["bytes"] == server.get(f"artifacts/{genes['artifact']}")["bytes"]
    assert run.rows("sql.results_dataset") == [[14, 18], [21, 27]]

"""Help with a script over HTTP: warnings before a run, and what could stand at the cursor."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Exp
from tests.server import Server

CSV = "Price,Rooms\n1.5,2\n,3\n"
SCRIPT = "def azureml_main(houses, *, alpha: float = 0.1):\n    houses['Area'] = 1\n    return houses,\n"


@pytest.fixture(scope="module")
def saved(server: Server) -> dict[str, Any]:
    """An experiment that has run."""
    exp = Exp("Helped").table("data", CSV).script("above", SCRIPT).script("s")
    exp.wire("data.dataset", "above.dataset1").wire("above.result_dataset", "s.dataset1")
    made = server.create(exp)
    assert server.run(made["id"]).state == "finished"
    return {**exp.file(), "id": made["id"]}


def validate(server: Server, file: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = server.post("experiments/validate", file, status=200)
    return found


def test_a_column_of_a_connected_table_and_where_a_script_is_wrong(
    server: Server, saved: dict[str, Any]
) -> None:
    script = "def azureml_main(df):\n    return df['Pirce'], df['Area'], df['Aera'], gone\n"
    file = {**saved, "nodes": [*saved["nodes"][:2], {**saved["nodes"][2], "params": {"script": script}}]}
    found = validate(server, file)
    assert found["errors"] == []
    assert [(w["node"], w["param"], w["line"], w["column"], w["code"]) for w in found["warnings"]] == [
        ("s", "script", 2, 14, "unknown-column"),
        ("s", "script", 2, 39, "unknown-column"),
        ("s", "script", 2, 48, "undefined-name"),
    ]
    assert "did you mean 'Area'?" in found["warnings"][1]["message"]
    assert [one["name"] for one in found["declared"]["above"]] == ["alpha"]
    broken = {**file, "nodes": [*saved["nodes"][:2], {**saved["nodes"][2], "params": {"script": "x = (\n"}}]}
    (error,) = validate(server, broken)["errors"]
    assert (error["code"], error["line"], error["column"]) == ("script-syntax", 1, 4)


def test_columns_of_an_experiment_that_is_not_mine_are_not_known(
    server: Server, saved: dict[str, Any]
) -> None:
    script = "def azureml_main(df):\n    return df['Aera'],\n"
    file = {
        **saved,
        "id": "nobodys",
        "nodes": [*saved["nodes"][:2], {**saved["nodes"][2], "params": {"script": script}}],
    }
    assert validate(server, file)["warnings"] == []

"""What each line of a script made, over HTTP: kept with the run, found from the cache, for its owner only."""

from __future__ import annotations

from typing import Any

from tests.builders import chain
from tests.server import Server

SCRIPT = "def azureml_main(df):\n    some = df.dropna()\n    some['z'] = 1\n    return some,\n"
FAILS = "def azureml_main(df):\n    n = len(df)\n    return df.nope,\n"
CSV = "x,y\n1,a\n,b\n3,c\n"


def lines(server: Server, run: Any, node: str) -> dict[int, Any]:
    found = server.get(f"runs/{run}/nodes/{node}/lines")["lines"]
    return {line["line"]: line for line in found}


def watched(server: Server, id: str, **wish: Any) -> str:
    run = server.post(f"experiments/{id}/runs", {"watch": True, **wish}, status=202)["id"]
    server.wait(run)
    return str(run)


def test_lines_of_a_run_are_kept_and_have_no_part_in_the_key(server: Server) -> None:
    id = server.create(chain(SCRIPT, csv=CSV))["id"]
    first = watched(server, id)
    told = lines(server, first, "s1")
    assert told[2]["values"][0] | {"head": None, "columns": None, "bytes": None} == {
        "name": "some", "type": "DataFrame", "text": "", "shape": [2, 2], "bytes": None, "columns": None,
        "head": None, "rows_before": 3, "new_columns": [], "gone_columns": 0,
    }  # fmt: skip
    assert told[2]["values"][0]["head"] == [["1.0", "a"], ["3.0", "c"]]
    assert told[3]["values"][0]["new_columns"] == ["z"]
    again = server.run(id)
    assert again.cached("s1")
    assert lines(server, again.body["id"], "s1") == told
    assert lines(server, first, "data") == {}


def test_what_is_not_watched_tells_nothing_and_a_failure_tells_what_came_before(server: Server) -> None:
    id = server.create(chain(FAILS, csv="x\n5\n"))["id"]
    assert lines(server, server.run(id).body["id"], "s1") == {}
    told = lines(server, watched(server, id), "s1")
    assert (sorted(told), told[2]["values"][0]["text"]) == ([1, 2], "1")


def test_a_try_tells_the_lines_of_the_node_that_is_tried(server: Server) -> None:
    id = server.create(chain(FAILS.replace("df.nope", "df"), SCRIPT, csv=CSV.replace("3", "4")))["id"]
    tried = server.post(f"experiments/{id}/nodes/s2/sample", {}, status=200)
    assert [line["line"] for line in tried["lines"]] == [1, 2, 3, 4]

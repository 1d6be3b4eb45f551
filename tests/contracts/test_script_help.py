"""Help with a script over HTTP: warnings before a run, and what could stand at the cursor."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.builders import Exp
from tests.modules.tables import zipped
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
    assert found["signatures"]["above"] == {"takes": ["houses"], "model": False, "gives": ["result_dataset"]}
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


def complete(server: Server, saved: dict[str, Any], script: str, node: str = "s") -> dict[str, Any]:
    """What could stand where the script has a `|`."""
    before, _, after = script.partition("|")
    place = {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n") - 1}
    path = f"experiments/{saved['id']}/nodes/{node}/complete"
    found: dict[str, Any] = server.post(path, {"script": before + after, **place}, status=200)
    return found


def labels(found: dict[str, Any]) -> list[str]:
    return [item["label"] for item in found["items"]]


HEAD = """import pandas as pd
import numpy as np
def azureml_main(houses, other=None):
    h = houses.dropna()
    """


@pytest.mark.parametrize(
    "line",
    ['h["|', "h[['Price', '|", 'h.loc[:, "|', 'houses.groupby("|', "h.sort_values(by='|", 'houses.query("|'],
)
def test_columns_of_the_connected_table(server: Server, saved: dict[str, Any], line: str) -> None:
    found = complete(server, saved, HEAD + line)
    assert labels(found) == ["Price", "Rooms", "Area"]
    assert found["items"][0] == {"label": "Price", "kind": "column", "detail": "float"}


def test_names_and_attributes_by_the_helper_which_is_told_of(server: Server, saved: dict[str, Any]) -> None:
    found = complete(server, saved, HEAD + 'h.groupby("Rooms").mean().|')
    assert {"merge", "sort_values", "to_csv"} <= set(labels(found))
    assert (found["helper"]["name"], found["helper"]["gone"]) == ("pyrefly", False)
    assert {"Price", "merge"} <= set(labels(complete(server, saved, HEAD + "h.|")))
    assert "read_csv" in labels(complete(server, saved, HEAD + "pd.read_|"))
    assert "houses" in labels(complete(server, saved, HEAD + "hous|"))
    assert labels(complete(server, saved, HEAD + 'print("|')) == []


def test_a_helper_that_is_killed_is_there_again(server: Server, saved: dict[str, Any]) -> None:
    found = complete(server, saved, HEAD + "np.|")
    assert "zeros" in labels(found)
    killed = [
        one for one in psutil.Process(server.process.pid).children(recursive=True) if one.name() == "pyrefly"
    ]
    assert killed
    for one in killed:
        one.kill()
    assert "zeros" in labels(complete(server, saved, HEAD + "np.|"))
    assert server.http.post("script-helper/restart").status_code == 204
    assert "zeros" in labels(complete(server, saved, HEAD + "np.|"))


@pytest.mark.parametrize("script", ["(" * 10_000 + "|", "x = '" + "a" * 900_000 + "|", "def " * 5_000 + "|"])
def test_a_hostile_script_gets_an_answer(server: Server, saved: dict[str, Any], script: str) -> None:
    assert isinstance(labels(complete(server, saved, script)), list)
    assert "zeros" in labels(complete(server, saved, HEAD + "np.|"))


def test_docs_signature_definition_and_a_tidy_form(server: Server, saved: dict[str, Any]) -> None:
    path = f"experiments/{saved['id']}/nodes/s"
    script = HEAD + "h.merge(\n"
    found = server.post(f"{path}/docs", {"script": script, "line": 5, "column": 12}, status=200)
    assert "right: DataFrame" in found["signature"]["label"]
    assert found["signature"]["active"] == 0
    at = {"script": script, "line": 5, "column": 4}
    assert server.post(f"{path}/docs?what=definition", at, status=200)["definition"] == {
        "file": None, "line": 4, "column": 4,
    }  # fmt: skip
    assert server.post(f"{path}/tidy", {"script": "x=( 1,2 )"}, status=200) == {"script": "x = (1, 2)\n"}
    assert "line 1" in server.post(f"{path}/tidy", {"script": "x=("}, status=422)["detail"]
    server.post("experiments/nobodys/nodes/s/complete", {"script": "", "line": 1, "column": 0}, status=404)
    server.post(
        f"experiments/{saved['id']}/nodes/none/complete", {"script": "", "line": 1, "column": 0}, status=404
    )
    server.post(
        f"experiments/{saved['id']}/nodes/data/complete", {"script": "", "line": 1, "column": 0}, status=422
    )


RENAMED = """def scale(frame, *, rate=2):
    words = [frame for frame in ("😀", "b")]
    return frame * rate

def azureml_main(df, *, alpha: float = 0.1):
    df["frame"] = 1; "😀"; out = scale(df, rate=alpha)
    return out,
"""


def test_a_name_of_the_scripts_own_is_renamed_where_it_is_used(server: Server, saved: dict[str, Any]) -> None:
    path = f"experiments/{saved['id']}/nodes/s/rename"

    def rename(before: str, name: str, script: str = RENAMED) -> str:
        """Of what begins after this text."""
        at = script.index(before) + len(before)
        place = {"line": script.count("\n", 0, at) + 1, "column": at - script.rfind("\n", 0, at) - 1}
        answer = server.http.post(path, json={"script": script, "name": name, **place})
        if answer.status_code == 422:
            return str(answer.json()["detail"])
        lines = script.split("\n")
        for edit in reversed(answer.json()["edits"]):
            text = lines[edit["line"] - 1]
            lines[edit["line"] - 1] = text[: edit["column"]] + edit["text"] + text[edit["end_column"] :]
        return "\n".join(lines)

    table = RENAMED.replace("(frame,", "(table,").replace("return frame", "return table")
    assert rename("def scale(", "table") == table
    assert rename("scale(df, ", "share") == RENAMED.replace("rate", "share")
    assert rename("return frame * rate\n\ndef azureml_main(", "houses") == RENAMED.replace("df", "houses")
    assert rename('"😀"; ', "big") == RENAMED.replace("out", "big")
    assert "has a `rate` already" in rename("azureml_main(", "rate")
    assert "`a b` cannot be a name" in rename("azureml_main(", "a b")
    assert "Studio calls the function by this name" in rename("* rate\n\ndef ", "main")
    assert "No name of the script's own" in rename("return frame * rate\n", "x")
    assert "`nonlocal` at line 3" in rename("", "y", "x = 1\ndef f():\n    global x\n    x = 2\n")
    library = rename("pd.", "read", "import pandas as pd\npd.read_csv\n")
    assert "belongs to a library" in library or "No name of the script's own" in library


UTIL = "def clean(df):\r\n    return df.dropna()\r\n"
OTHER = "from util import clean\n\ndef twice(df):\n    return clean(clean(df))\n"
USES = "import util\nfrom other import twice\n\ndef azureml_main(df):\n    return util.clean(twice(df)),\n"


def test_a_name_is_renamed_in_the_zip_too_which_becomes_a_new_version(server: Server, tmp_path: Path) -> None:
    data = zipped(tmp_path, {"util.py": UTIL, "other.py": OTHER, "notes.txt": "clean"}).path.read_bytes()
    made = server.upload("helpers.zip", data, type="zip").json()
    exp = Exp("Renamed in a zip").table("data", CSV).node("zip", "dataset", dataset="helpers")
    exp.script("s", USES).wire("data.dataset", "s.dataset1").wire("zip.dataset", "s.script_bundle")
    path = f"experiments/{server.create(exp)['id']}/nodes/s/rename"
    place = {"script": USES, "line": 5, "column": 17}
    found = server.post(path, {**place, "name": "tidy"}, status=200)
    assert (found["old"], [edit["line"] for edit in found["edits"]]) == ("clean", [5])
    texts = {file["name"]: file["text"] for file in found["files"]}
    assert texts == {
        "util.py": UTIL.replace("clean", "tidy"),
        "other.py": OTHER.replace("clean", "tidy"),
    }
    taken = server.post(path, {**place, "name": "twice"}, status=422)
    assert "other.py of the zip has a `twice` already" in taken["detail"]
    module = server.post(path, {**place, "column": 12, "name": "helpers"}, status=422)
    assert "This is a file of the zip" in module["detail"]

    kept = server.post(f"datasets/{made['id']}/files", {"files": texts}, status=201)
    assert (kept["name"], kept["version"], kept["state"]) == ("helpers", 2, "ready")
    with zipfile.ZipFile(io.BytesIO(server.http.get(f"datasets/{kept['id']}/download").content)) as archive:
        inside = {name: archive.read(name).decode() for name in archive.namelist()}
    assert inside == {**texts, "notes.txt": "clean"}

    for id, files, status, says in (
        (made["id"], {"util.py": "x"}, 409, "a newer version than 1"),
        (kept["id"], {"none.py": "x"}, 422, "no file 'none.py'"),
        (kept["id"], {}, 422, "Name the files to change"),
        ("nobodys", {"util.py": "x"}, 404, "There is no dataset"),
    ):
        assert says in server.post(f"datasets/{id}/files", {"files": files}, status=status)["detail"]
    half = server.http.post(
        f"datasets/{kept['id']}/files",
        content=b'{"files": {"util.py": "\\ud800"}}',
        headers={"Content-Type": "application/json"},
    )
    assert half.status_code in (400, 422), half.text
    assert "half a character" in half.text or "surrogate" in half.text


def test_what_a_try_shows_is_known_below_before_the_first_run(server: Server) -> None:
    sql = "select Price * 2 as Twice, Area from t1"
    exp = Exp("Tried").table("data", CSV.replace("1.5", "7.5")).script("above", SCRIPT).script("below")
    exp.node("query", "apply-sql-transformation", sql=sql).script("last")
    exp.wire("data.dataset", "above.dataset1").wire("above.result_dataset", "query.t1")
    exp.wire("query.results_dataset", "last.dataset1").wire("above.result_dataset", "below.dataset1")
    id = server.create(exp)["id"]
    wrong = "def azureml_main(df):\n    return df[['Areas', 'Twise']],\n"

    def told(node: str) -> set[str]:
        file = exp.file() | {"id": id}
        nodes = [
            each | {"params": {"script": wrong}} if each["id"] == node else each for each in file["nodes"]
        ]
        found = validate(server, file | {"nodes": nodes})["warnings"]
        return {one["fix"]["title"].rstrip(".") for one in found if one["node"] == node and one.get("fix")}

    assert told("below") == set()
    server.post(f"experiments/{id}/nodes/above/sample", {}, status=200)
    assert told("below") == {"Write 'Area'"}
    assert told("last") == {"Write 'Area'", "Write 'Twice'"}
    items = server.post(
        f"experiments/{id}/nodes/below/complete",
        {"script": "def azureml_main(df):\n    df['", "line": 2, "column": 8},
        status=200,
    )["items"]
    assert {"Price", "Rooms", "Area"} <= {item["label"] for item in items}
    exp.nodes[0]["params"]["data"] = "Other\n1\n"
    assert told("below") == set()

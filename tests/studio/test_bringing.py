"""A script that was exported, edited, and comes back into its experiment."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from studio.errors import Invalid
from studio.experiments.desk.any_file import read_exported
from studio.experiments.desk.bringing import bring_back
from studio.experiments.desk.notebook import as_notebook
from studio.experiments.desk.writer import write_script

DOUBLE = "def azureml_main(df):\r\n    return df * 2,\r\n"
HEAD = "def azureml_main(df):\n    return df.head(3),\n"


def experiment() -> dict[str, Any]:
    def node(id: str, y: int, module: str = "execute-python-script", **params: Any) -> dict[str, Any]:
        return {
            "id": id,
            "module": module,
            "params": params,
            "position": {"x": 40, "y": y},
            "comment": f"my {id}",
        }

    nodes = [
        node("n1", 0, "enter-data-manually", data="x\n1\n2\n"),
        node("n2", 160, script=DOUBLE),
        node("n3", 320, script=HEAD),
        node("n4", 320, "split-data", fraction=0.5),
    ]
    wires = ["n1.dataset n2.dataset1", "n2.result_dataset n3.dataset1", "n2.result_dataset n4.dataset"]
    return {
        "format": "studio-experiment/1",
        "name": "There",
        "description": "",
        "nodes": nodes,
        "wires": [dict(zip(("from", "to"), wire.split(), strict=True)) for wire in wires],
    }


def exported() -> str:
    return write_script(experiment(), {}, [], "m.whl")


def back(text: str, current: dict[str, Any] | None = None) -> dict[str, Any]:
    current = current or experiment()
    before = copy.deepcopy(current)
    found = bring_back(current, read_exported("there.py", text))
    assert current == before
    return found


def nodes(document: dict[str, Any]) -> dict[str, Any]:
    return {node["id"]: node for node in document["nodes"]}


def wires(document: dict[str, Any]) -> set[str]:
    return {f"{wire['from']} {wire['to']}" for wire in document["wires"]}


def test_what_was_not_edited_changes_nothing() -> None:
    assert back(exported()) == experiment()
    book = read_exported("there.ipynb", as_notebook(exported()))
    assert bring_back(experiment(), book) == experiment()


def test_an_edited_cell_changes_its_node_alone() -> None:
    found = nodes(
        back(exported().replace("df.head(3)", "df.tail(3)").replace("'fraction': 0.5", "'fraction': 0.7"))
    )
    given = nodes(experiment())
    assert found["n3"] == given["n3"] | {"params": {"script": HEAD.replace("head", "tail")}}
    assert found["n4"] == given["n4"] | {"params": {"fraction": 0.7}}
    assert [found[id] for id in ("n1", "n2")] == [given[id] for id in ("n1", "n2")]


def test_what_the_canvas_did_meanwhile_stays() -> None:
    now = experiment()
    now["nodes"][1]["params"]["script"] = "def azureml_main(df):\n    return df * 9,\n"
    now["nodes"][0]["position"] = {"x": 900, "y": 900}
    now["nodes"].append({"id": "n5", "module": "split-data", "params": {}, "position": {"x": 0, "y": 700}})
    now["wires"].append({"from": "n3.result_dataset", "to": "n5.dataset"})
    found = back(exported().replace("df.head(3)", "df.tail(3)"), now)
    assert nodes(found)["n2"] == now["nodes"][1]
    assert nodes(found)["n5"] == now["nodes"][4]
    assert "tail" in nodes(found)["n3"]["params"]["script"]
    assert wires(found) == wires(now)
    now["nodes"] = [node for node in now["nodes"] if node["id"] != "n4"]
    now["wires"] = [wire for wire in now["wires"] if wire["to"] != "n4.dataset"]
    assert "n4" not in nodes(back(exported(), now)), "one that is gone from the canvas stays gone"


def test_a_new_cell_is_a_node_below_what_it_takes_and_never_on_another() -> None:
    cell = (
        "# %% Twice\ndef twice(df):\n    return df * 2,\n\n\nmade = desk.call(twice, n2.result_dataset)\n\n\n"
    )
    now = experiment()
    now["nodes"].append({"id": "n5", "module": "split-data", "params": {}, "position": "here"})
    found = back(exported().replace("# %% Results", cell + "# %% Results"), now)
    made = nodes(found)["n6"]
    assert (made["name"], made["position"]) == ("Twice", {"x": 320, "y": 320})
    assert made["params"]["script"] == "def azureml_main(df):\n    return df * 2,\n"
    assert wires(found) - wires(now) == {"n2.result_dataset n6.dataset1"}


def test_a_copied_cell_is_another_node() -> None:
    start, end = (
        exported().index(mark)
        for mark in ('# %% Execute Python Script\n# studio: {"wires": {"dataset1": "n2', "# %% Split")
    )
    text = exported()
    assert text[start:end].count("n3 = desk.call(") == 1
    found = back(
        text.replace("# %% Results", text[start:end].replace("n3 =", "again =") + "\n\n# %% Results")
    )
    assert nodes(found)["n5"]["params"] == nodes(experiment())["n3"]["params"]
    assert "n2.result_dataset n5.dataset1" in wires(found)


def test_a_removed_cell_and_another_wire() -> None:
    text = exported()
    start, end = text.index("# %% Split Data"), text.index("# %% Results")
    text = (text[:start] + text[end:]).replace('"n4', '"n9')
    text = text.replace(
        "desk.call(execute_python_script_2, n2.result_dataset)",
        "desk.call(execute_python_script_2, n1.dataset)",
    )
    listed = '"nodes": ["n1", "n2", "n3", "n9"]'
    assert listed in text
    found = back(text.replace(listed, listed.replace("n9", "n4")))
    assert "n4" not in nodes(found)
    assert wires(found) == {"n1.dataset n2.dataset1", "n1.dataset n3.dataset1"}


@pytest.mark.parametrize(
    "text",
    ["import pandas as pd\nx = 1\n", '# %% a\n# studio: {"id": [1], "module": "x"}\nx = desk.call(f)\n'],
)
def test_a_strangers_script_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid, match=r"there\.py (was not exported|cannot be read)"):
        read_exported("there.py", text)

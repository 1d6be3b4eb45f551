"""Experiments of ML Studio (classic) that are imported: each module of its palette, with params as its graphs
hold them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from modules.registry import catalog
from studio.experiments.desk.any_file import read_any
from studio.experiments.graph import read_graph
from tests.modules import test_classic_palette as palette
from tests.modules.palette_deviations import OTHERWISE

FAMILIES = {
    facts["slug"]: (id, facts)
    for id, facts in json.loads(
        Path("studio/experiments/desk/classic_families.json").read_text("utf-8")
    ).items()
}
NUMERIC = {"isFilter": True, "rules": [{"ruleType": "AllColumns", "exclude": False},
           {"ruleType": "ColumnTypes", "columnTypes": ["String", "DateTime"], "columnKinds": ["Feature"], "exclude": True},
           {"ruleType": "ColumnIndexes", "columns": ["1-2,4"], "exclude": True}]}  # fmt: skip
LABEL = {
    "isFilter": True,
    "rules": [{"ruleType": "ColumnNames", "columns": ["price, net"], "exclude": False}],
    "ui": {},
}


def module(slug: str) -> str:
    return f"506153734175476c4f62416c57734963.{FAMILIES[slug][0]}.v1-default-1644"


def node(
    id: str, slug: str, assets: dict[str, str] | None = None, linked: str = "", **params: str
) -> dict[str, Any]:
    names = {name.replace("_", " "): value for name, value in params.items()}
    return {
        "Id": id,
        "ModuleId": module(slug),
        "Comment": "",
        "ModuleParameters": [
            {"ValueType": "Literal", "Name": name, "Value": value, "LinkedGlobalParameter": linked or None}
            for name, value in names.items()
        ],
        "InputPortsInternal": [
            {"Name": port, "DataSourceId": asset} for port, asset in (assets or {}).items()
        ],
    }


def edge(source: str, target: str) -> dict[str, str]:
    return {"SourceOutputPortId": source, "DestinationInputPortId": target}


def imported(document: dict[str, Any]) -> Any:
    found = read_any("old.json", json.dumps(document))
    read_graph(found.document)
    return found


TRAINING = {
    "Description": "Predict the price",
    "Graph": {
        "ModuleNodes": [
            node("g-1", "select-columns-in-dataset", {"Dataset": "ws.cars.v1"}, Select_Columns=quote(json.dumps(NUMERIC))),
            node("g-2", "split-data", Splitting_mode="Split Rows", Fraction_of_rows_in_the_first_output_dataset="0.75",
                 Randomized_split="True", Random_seed="0", Stratified_split="False"),
            node("g-3", "two-class-boosted-decision-tree", Create_trainer_mode="ParameterRange", The_learning_rate="0.3",
                 Range_for_learning_rate="0.1; 0.2", Total_number_of_trees_constructed="50",
                 Allow_unknown_levels_in_categorical_features="False"),
            node("g-4", "train-model", Label_column=quote(json.dumps(LABEL))),
            node("g-5", "score-model", linked="with data", Append_score_columns_to_output="False"),
            node("g-6", "evaluate-model"),
        ],
        "EdgesInternal": [
            edge("g-1:Results dataset", "g-2:Dataset"),
            edge("g-3:Untrained model", "g-4:Untrained model"),
            edge("g-2:Results dataset1", "g-4:Dataset"),
            edge("g-4:Trained model", "g-5:Trained model"),
            edge("g-2:Results dataset2", "g-5:Dataset"),
            edge("g-5:Scored dataset", "g-6:Scored dataset"),
        ],
        "SerializedClientData": "<D><NodePositions><NodePosition Node='ws.cars.v1' Position='10,20,200,200'/></NodePositions></D>",
    },
    "WebService": {
        "Inputs": [{"Id": "in", "PortId": "g-5:Dataset", "Name": "rows"}],
        "Outputs": [{"Id": "out", "PortId": "g-5:Scored dataset", "Name": "scores"}],
        "SerializedClientData": "<D><NodePositions><NodePosition Node='in' Position='1,2,200,200'/></NodePositions></D>",
    },
}  # fmt: skip


def test_an_experiment_that_trains_comes_over_whole() -> None:
    found = imported(TRAINING)
    nodes = {one["id"]: one for one in found.document["nodes"]}
    assert nodes["n1"]["params"]["select_columns"] == {
        "begin": "all", "ordered": False,
        "rules": [{"by": "types", "values": ["string", "datetime"], "exclude": True},
                  {"by": "indexes", "values": ["1-2,4"], "exclude": True}]}  # fmt: skip
    assert nodes["n2"]["params"]["fraction"] == 0.75
    assert nodes["n2"]["params"]["seed"] == 0
    assert nodes["n3"]["params"]["create_trainer_mode"] == "parameter_range"
    assert nodes["n3"]["params"]["learning_rate"] == "0.1; 0.2"
    assert nodes["n3"]["params"]["allow_unknown_categorical_levels"] is False
    assert nodes["n4"]["params"]["label_column"] in (["price, net"], "price, net")
    assert nodes["n5"]["service_parameters"] == {"append_score_columns_to_output": "with data"}
    assert {(one["from"], one["to"]) for one in found.document["wires"]} == {
        ("d1.dataset", "n1.dataset"), ("n1.results_dataset", "n2.dataset"), ("n3.untrained_model", "n4.untrained_model"),
        ("n2.results_dataset1", "n4.dataset"), ("n4.trained_model", "n5.trained_model"), ("n2.results_dataset2", "i1.sample"),
        ("i1.dataset", "n5.dataset"), ("n5.scored_dataset", "n6.scored_dataset"), ("n5.scored_dataset", "o1.dataset")}  # fmt: skip
    assert (nodes["i1"]["params"], nodes["i1"]["position"]) == ({"name": "rows"}, {"x": 1.0, "y": 2.0})
    assert nodes["o1"]["params"] == {"name": "scores"}
    places = {tuple(one["position"].values()) for one in nodes.values()}
    assert len(places) == len(nodes), "nodes that the file has no place for lie beside one another"
    assert [id for id, _ in found.left_out] == ["d1"], "the data is all that the file does not have"


def test_the_definition_of_a_web_service_comes_over() -> None:
    assets = {"A1": {"name": "Score", "type": "Module", "locationInfo": {"uri": f"aml://module/{module('score-model')}"}},
              "A2": {"name": "My model", "type": "Resource"}}  # fmt: skip
    found = imported({"Properties": {"title": "Old service", "assets": assets, "package": {
        "Nodes": {"m": {"assetId": "A2"}, "i": {"inputId": "input1"}, "o": {"outputId": "output1"},
                  "s": {"assetId": "A1", "parameters": {"Append score columns to output": {"value": "True"}}}},
        "edges": [{"sourceNodeId": "m", "sourcePortId": "model", "targetNodeId": "s", "targetPortId": "Trained model"},
                  {"sourceNodeId": "i", "sourcePortId": "x", "targetNodeId": "s", "targetPortId": "Dataset"},
                  {"sourceNodeId": "s", "sourcePortId": "Scored dataset", "targetNodeId": "o", "targetPortId": "x"}],
        "graphParameters": {"Append": {"links": [{"nodeId": "s", "parameterKey": "Append score columns to output"}]}},
    }}})  # fmt: skip
    assert found.document["name"] == "Old service"
    nodes = {one["id"]: one for one in found.document["nodes"]}
    assert nodes["d1"]["params"] == {"dataset": "My model"}
    assert nodes["n1"]["service_parameters"] == {"append_score_columns_to_output": "Append"}
    assert {(one["from"], one["to"]) for one in found.document["wires"]} == {
        ("d1.dataset", "n1.trained_model"), ("i1.dataset", "n1.dataset"), ("n1.scored_dataset", "o1.dataset")}  # fmt: skip
    assert len({tuple(one["position"].values()) for one in nodes.values()}) == len(nodes)


@pytest.mark.parametrize("slug", palette.BUILT)
def test_every_module_takes_its_defaults(slug: str) -> None:
    old = palette.CLASSIC[slug]
    params = {name: str(facts["default"]) for name, facts in old["params"].items() if facts.get("default") not in (None, "")
              and facts["type"] != "ColumnSelection"}  # fmt: skip
    found = imported({"Graph": {"ModuleNodes": [node("g-1", slug, **params)], "EdgesInternal": []}})
    [made] = found.document["nodes"]
    assert made["module"] == slug
    catalog()[slug].read_params(made["params"])
    excused = {name for family, said in OTHERWISE for name in [said] if family == slug}
    told = [why for _, why in found.left_out]
    assert len(told) <= len(excused), told


def test_what_has_no_equal_is_said() -> None:
    roles = {
        "isFilter": True,
        "rules": [{"ruleType": "ColumnTypes", "columnTypes": ["All"], "columnKinds": ["Label"]}],
    }
    nodes = [
        node("g-1", "import-images"),
        node("g-2", "select-columns-in-dataset", Select_Columns=quote(json.dumps(roles))),
        node("g-3", "split-data", Fraction_of_rows_in_the_first_output_dataset="1.5", Colour="blue"),
        {"Id": "g-4", "ModuleId": "ws.mine.v1-default-1"},
    ]
    edges = [
        edge("g-2:Results dataset", "g-3:Side door"),
        edge("g-2:Nowhere", "g-3:Dataset"),
        edge("g-1:x", "g-3:Dataset"),
    ]
    found = imported({"Graph": {"ModuleNodes": nodes, "EdgesInternal": edges}})
    told = "\n".join(f"{id}: {why}" for id, why in found.left_out)
    for said in ("g-1: Import Images has no equal here", "n1: Select columns: it took columns by their role (label)",
                 "n2: Split Data has no setting Colour here", "1.5 is refused here", "g-4: The module ws.mine"):  # fmt: skip
        assert said in told, told


@pytest.mark.parametrize(
    "graph",
    [
        {"ModuleNodes": "no list", "EdgesInternal": 7},
        {"ModuleNodes": [1, None, {"Id": None, "ModuleParameters": [3]}], "EdgesInternal": [{}, 5]},
        {
            "ModuleNodes": [node("g-1", "select-columns-in-dataset", Select_Columns="{" * 50_000)],
            "EdgesInternal": [],
        },
        {
            "ModuleNodes": [node("g-1", "select-columns-in-dataset", Select_Columns='{"rules": 7}')],
            "EdgesInternal": [],
        },
        {
            "ModuleNodes": [node("g-1", "select-columns-in-dataset", Select_Columns='{"rules": [7]}')],
            "EdgesInternal": [],
        },
        {"ModuleNodes": [node("g-1", "split-data", Random_seed="9" * 6000)], "EdgesInternal": []},
        {"ModuleNodes": [node("g-1", "split-data", Random_seed="1e999")], "EdgesInternal": []},
    ],
)
def test_a_malformed_graph_breaks_nothing(graph: dict[str, Any]) -> None:
    imported({"Graph": graph})


def test_a_long_chain_and_a_circle_are_laid_out_at_once() -> None:
    nodes = [node(f"g-{n}", "remove-duplicate-rows") for n in range(4000)]
    edges = [edge(f"g-{n}:Results dataset", f"g-{n + 1}:Dataset") for n in range(3999)]
    found = read_any("old.json", json.dumps({"Graph": {"ModuleNodes": nodes, "EdgesInternal": edges}}))
    assert found.document["nodes"][-1]["position"]["y"] == 160 * 3999
    circle = [edge("g-1:Results dataset", "g-2:Dataset"), edge("g-2:Results dataset", "g-1:Dataset")]
    found = read_any("old.json", json.dumps({"Graph": {"ModuleNodes": nodes[1:3], "EdgesInternal": circle}}))
    assert len(found.document["wires"]) == 2

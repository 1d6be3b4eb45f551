"""Own modules as files: a package and back, custom modules of classic, and what is refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest

from modules.registry import catalog
from studio.errors import Invalid
from studio.experiments.graph import read_graph
from studio.experiments.validate import validate
from studio.own_modules.files import FORMAT, Brought, package, read_files
from tests.builders import Exp, own_module

R_XML = """<?xml version="1.0"?>
<Module name="Custom Add Rows">
  <Owner>Somebody</Owner>
  <Description>Appends one dataset
     to another.</Description>
  <!-- as in the article -->
  <Language name="R" sourceFile="AddRows.R" entryPoint="AddRows" />
  <Ports>
    <Output id="dataset" name="Dataset" type="DataTable"/>
    <Input id="dataset1" name="Dataset 1" type="DataTable"/>
    <Input id="dataset2" name="Dataset 2" type="DataTable" isOptional="true"/>
    <Input id="zipped" name="Files" type="Zip"/>
    <Output id="view" name="View" type="Visualization"/>
  </Ports>
  <Arguments>
    <Arg id="swap" name="Swap" type="bool"><Properties default="true"/><Description>Swaps them.</Description>
    </Arg>
    <Arg id="share" name="Share" type="double"><Properties default="1" min="0"/></Arg>
    <Arg id="way" name="Way" type="DropDown"><Properties default="b">
      <Item id="a" name="A"/><Item id="b" name="B"/>
    </Properties></Arg>
    <Arg id="cols" name="Columns" type="ColumnPicker"><Properties portId="dataset1"/></Arg>
  </Arguments>
</Module>"""
ADD_ROWS = "AddRows <- function(dataset1, dataset2, swap, share, way, cols) rbind(dataset1, dataset2)\n"


def only(files: dict[str, str]) -> Brought:
    (one,) = read_files(files)
    return one


def in_experiment(one: Brought, **params: Any) -> dict[str, Any]:
    port = one.definition["inputs"][0]["name"]
    exp = Exp().table("t", "x\n1\n").node("m", "own/k", **params).wire("t.dataset", f"m.{port}")
    return {**exp.file(), "modules": {**one.needs, "k": one.definition}}


def test_a_package_comes_back() -> None:
    inner = Exp().script("s").file()
    own = own_module("Mine", inner, {"rows": ["s.dataset1"]}, {"out": "s.result_dataset"}, {})
    content = package([("mine", own, {"other@1": own})])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    one = only(files)
    assert one.file == "mine.module.json"
    assert (one.definition, one.needs, one.scripts) == (own, {"other@1": own}, ["Python"])


def test_a_custom_module_in_r_becomes_an_own_module() -> None:
    one = only({"pack/AddRows.xml": R_XML, "pack/AddRows.R": ADD_ROWS, "pack/readme.txt": ""})
    assert one.definition["name"] == "Custom Add Rows"
    assert one.definition["help"] == "Appends one dataset to another."
    assert [port["name"] for port in one.definition["inputs"]] == ["dataset1", "dataset2"]
    assert [(port["name"], port["type"]) for port in one.definition["outputs"]] == [
        ("dataset", "table"),
        ("view", "device"),
    ]
    params = {one["name"]: one for one in one.definition["params"]}
    assert {name: one["default"] for name, one in params.items()} == {
        "swap": True, "share": 1.0, "way": "b", "cols": "",
    }  # fmt: skip
    assert params["swap"]["label"] == "Swap"
    assert params["swap"]["help"] == "Swaps them."
    assert [one["value"] for one in params["way"]["choices"]] == ["b", "a"]
    assert len(one.left_out) == 2
    assert one.scripts == ["R"]
    graph = read_graph(in_experiment(one, swap=False, way="a"))
    assert graph.nodes["m.run"].params["way"] == "a"
    assert [each for each in validate(graph, catalog(), lambda name: None) if each.node == "m.run"] == []


PYTHON_XML = """<Module name="Scale"><Language name="Python" sourceFile="scale.py" entryPoint="azureml_main"/>
<Ports><Input id="rows" type="DataTable"/>
<Output id="a" type="DataTable"/><Output id="b" type="DataTable"/></Ports>
<Arguments><Arg id="by" name="By" type="int"><Properties default="3"/></Arg>
<Arg id="say" name="Say" type="string"><Properties default="a &quot;b&quot;&#10;c"/></Arg></Arguments>
</Module>"""


def test_one_in_python_calls_the_function_that_it_names() -> None:
    source = "def azureml_main(rows, by, say):\n    return [(rows, by, say)]\n"
    one = only({"scale.xml": PYTHON_XML, "scale.py": source})
    script = one.definition["nodes"][0]["params"]["script"]
    space: dict[str, Any] = {}
    exec(script, space)
    assert space["azureml_main"](7, by=2) == [(7, 2, 'a "b"\nc')]
    assert [port["from"] for port in one.definition["outputs"]] == [
        "run.result_dataset",
        "run.result_dataset2",
    ]
    assert [(one["name"], one["type"]) for one in one.definition["params"]] == [
        ("by", "integer"),
        ("say", "text"),
    ]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "no own module in it"),
        ({"a.json": "{"}, "a.json cannot be read"),
        ({"a.json": "[" * 100_000}, "nested too deeply|cannot be read"),
        ({"a.json": json.dumps({"format": FORMAT, "definition": []})}, "must be objects"),
        ({"a.json": json.dumps({"format": "x"})}, FORMAT),
        ({"a.xml": "<Module"}, "not XML"),
        ({"a.xml": '<!DOCTYPE x [<!ENTITY a "b">]><Module name="&a;"/>'}, "entities"),
        ({"a.xml": "<Other/>"}, "begins with <Other>"),
        ({"a.xml": PYTHON_XML}, "scale.py' is not beside it"),
        ({"b/a.xml": PYTHON_XML, "scale.py": ""}, "is not beside it"),
        ({"a.xml": PYTHON_XML.replace('"azureml_main"', '"x(); 1"'), "scale.py": ""}, "no name of a"),
        ({"a.xml": PYTHON_XML.replace('id="rows"', 'id="a, b=1"'), "scale.py": ""}, "is no id"),
        ({"a.xml": PYTHON_XML.replace('"Python"', '"Perl"'), "scale.py": ""}, "R and Python"),
    ],
)  # fmt: skip
def test_what_is_no_module_is_refused_in_a_sentence(files: dict[str, str], why: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_files(files)
    assert re.search(why, str(refused.value))

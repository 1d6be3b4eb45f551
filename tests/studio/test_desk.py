"""Scripts, notebooks and graphs of strangers as experiments; and random graphs there and back."""

from __future__ import annotations

import json
import random

import pytest

from modules.scripting.script_header import read_header
from studio.experiments.desk.classic_graph import is_classic, read_classic
from studio.experiments.desk.notebook import as_notebook, from_notebook
from studio.experiments.desk.packages import NoPackages
from studio.experiments.desk.reader import is_ours, read_script
from studio.experiments.desk.strangers import cut_script
from studio.experiments.desk.writer import write_script
from studio.experiments.graph import read_graph
from studio.samples.experiments import SAMPLES, sample_file

SCRIPT = "import pandas as pd\n\ndef azureml_main(a=None, b=None):\n    return pd.concat([a, b]),\n"
SQL = "select *\nfrom t1\n"


def random_graph(seed: int) -> dict:
    draw = random.Random(seed)
    nodes, wires = [], []
    for number in range(draw.randint(1, 12)):
        id = draw.choice([f"n{number}", f"node {number}", f"{number}-ü", f"class{number}.x"])
        module = draw.choice(["execute-python-script", "apply-sql-transformation", "remove-duplicate-rows"])
        params = {"execute-python-script": {"script": SCRIPT, "api": draw.choice(["current", "classic"])},
                  "apply-sql-transformation": {"sql": SQL}}.get(module, {})  # fmt: skip
        nodes.append({"id": id, "module": module, "params": params, "name": draw.choice(["", "a b", "für", "3 x"]),
                      "position": {"x": draw.randint(-500, 500), "y": 10.5}, "odd key": [number]})  # fmt: skip
        ports = {"execute-python-script": ["dataset1", "dataset2"], "apply-sql-transformation": ["t1", "t2"]}
        for port in ports.get(module, ["dataset"]):
            if len(nodes) > 1 and draw.random() < 0.7:
                above = draw.choice(nodes[:-1])
                output = "result_dataset" if "python" in above["module"] else "results_dataset"
                wires.append({"from": f"{above['id']}.{output}", "to": f"{id}.{port}"})
    draw.shuffle(nodes)
    return {
        "format": "studio-experiment/1",
        "name": f"Graph {seed}",
        "nodes": nodes,
        "wires": wires,
        "x": {"y": 1},
    }


def same(found: dict, given: dict) -> None:
    assert {n["id"]: n for n in found["nodes"]} == {n["id"]: n for n in given["nodes"]}
    pairs = [{(w["from"], w["to"]) for w in one["wires"]} for one in (found, given)]
    assert pairs[0] == pairs[1]
    rest = [{k: v for k, v in one.items() if k not in ("nodes", "wires")} for one in (found, given)]
    assert rest[0] == rest[1]


@pytest.mark.parametrize("seed", range(25))
def test_a_random_graph_comes_back(seed):
    given = random_graph(seed)
    script = write_script(given, {}, ["pandas"], "modules.whl")
    compile(script, "script.py", "exec")
    found = read_script(from_notebook(as_notebook(script)) if seed % 2 else script)
    assert found.left_out == []
    same(found.document, given)


@pytest.mark.parametrize("slug", SAMPLES)
def test_a_sample_comes_back(slug):
    given = sample_file(slug)
    same(read_script(write_script(given, {}, [], "m.whl")).document, given)


def test_a_cell_that_was_added_is_a_node():
    given = random_graph(3) | {"nodes": [{"id": "n1", "module": "enter-data-manually", "params": {"data": "a\n1"},
                                          "position": {"x": 0, "y": 40}}], "wires": []}  # fmt: skip
    script = write_script(given, {}, [], "m.whl")
    more = "# %% Twice\ndef twice(df):\n    return df * 2\n\n\nmade = desk.call(twice, n1.dataset)\n\n"
    found = read_script(script.replace("# %% Results", more + "# %% Results"))
    added = found.document["nodes"][-1]
    assert (added["id"], added["name"], added["position"]) == ("n2", "Twice", {"x": 0, "y": 200})
    assert added["params"]["script"] == "def azureml_main(df):\n    return df * 2\n"
    assert found.document["wires"] == [{"from": "n1.dataset", "to": "n2.dataset1"}]


def test_a_strangers_script_reads_its_file_from_a_dataset():
    text = "import pandas as pd\n\nsales = pd.read_csv('in/sales.csv')\nnote = '''a\n b'''\n"
    text += "if True:\n    top = sales.head(2)\ntop = top[['k']]\n"
    found = cut_script(text, "top")
    assert found.files == {"sales": "in/sales.csv"}
    assert [n["module"] for n in found.document["nodes"]] == ["dataset", "execute-python-script"]
    names: dict = {}
    exec(found.document["nodes"][1]["params"]["script"], names)
    import pandas as pd

    assert names["azureml_main"](pd.DataFrame({"k": [1, 2, 3]})).k.tolist() == [1, 2]
    read_graph(found.document)


def test_a_strangers_script_of_classic_stays_as_it_is():
    found = cut_script("def azureml_main(df):\n    print 'x'\n    return df,\n", "old")
    [node] = found.document["nodes"]
    assert node["params"]["api"] == "classic"
    assert "print 'x'" in node["params"]["script"]


def test_a_notebook_of_a_stranger():
    cells = [{"cell_type": "markdown", "source": ["# hi"]},
             {"cell_type": "code", "source": ["%matplotlib inline\n", "import pandas as pd\n", "df = pd.read_csv('a.csv')"]},
             {"cell_type": "code", "source": "out = df.describe()"}]  # fmt: skip
    found = cut_script(from_notebook(json.dumps({"cells": cells})), "book")
    assert "out = df.describe()" in found.document["nodes"][-1]["params"]["script"]
    with pytest.raises(ValueError, match="no notebook"):
        from_notebook("{}")


HEADER = '# /// script\n# dependencies = ["herd<2"]\n# ///\n'


def of_environments(*params: dict, **environments: dict) -> dict:
    nodes = [{"id": f"n{number}", "module": "execute-python-script", "position": {"x": 0, "y": 0},
              "params": {"script": SCRIPT, **each}} for number, each in enumerate(params, 1)]  # fmt: skip
    return {
        "format": "studio-experiment/1",
        "name": "own",
        "nodes": nodes,
        "wires": [],
        "environments": environments,
    }


OLD = {
    "requirements": ["Herd[loud]<2; python_version > '3'"],
    "lock": "herd==1.0 \\\n    --hash=sha256:x\npandas==2.2.3\n",
}
NEW = {"requirements": ["herd", "pandas<3"], "lock": "herd==2.0\npandas==2.2.3\n"}


def test_the_header_names_what_environments_have_and_the_file_keeps_them():
    given = of_environments(
        {"environment": "old"}, {"script": HEADER + SCRIPT, "network": "a.example:443"}, {}, old=OLD
    )
    script = write_script(given, {}, ["pandas==3.0"], "m.whl")
    header = read_header(script)
    assert header.dependencies == ("pandas==3.0", 'Herd[loud]==1.0; python_version > "3"', "herd<2")
    assert "# /// node\n" in script
    assert "network=" not in script
    found = read_script(script)
    assert found.left_out == []
    same(found.document, given)
    more = read_script(script.replace('#   "pandas==3.0"', '#   "cowsay>=6",\n#   "pandas==3.0"'))
    assert "cowsay>=6, which no node's environment has" in more.left_out[0][1]


def test_a_package_of_an_environment_goes_before_base():
    header = read_header(
        write_script(of_environments({"environment": "new"}, new=NEW), {}, ["pandas==3.0"], "m.whl")
    )
    assert header.dependencies == ("herd==2.0", "pandas==2.2.3")


@pytest.mark.parametrize(
    ("params", "said"),
    [
        (
            [{"environment": "old"}, {"environment": "new"}],
            r"\(n1\) needs herd 1.0 and .*\(n2\) needs herd==2.0",
        ),
        (
            [{"script": HEADER + SCRIPT}, {"environment": "new"}],
            r"\(n2\) needs herd 2.0 and .*\(n1\) needs herd<2",
        ),
        ([{"environment": "gone"}], "'gone', which is not here"),
    ],
)
def test_what_one_interpreter_cannot_have_is_refused(params, said):
    with pytest.raises(NoPackages, match=said):
        write_script(of_environments(*params, old=OLD, new=NEW), {}, [], "m.whl")


def test_a_secret_at_the_desk_is_a_variable_of_its_name(monkeypatch):
    from modules.sdk import secrets

    monkeypatch.setattr(secrets, "_at_desk", True)
    monkeypatch.setenv("STORAGE_KEY", "k")
    assert secrets.secret("STORAGE_KEY") == "k"
    with pytest.raises(KeyError, match="set an environment variable of that name"):
        secrets.secret("NO_SUCH_KEY")


def test_a_strangers_header_goes_with_each_of_its_nodes():
    text = HEADER + "import herd\nimport pandas as pd\n\n# %%\na = pd.read_csv('a.csv')\nb = a.head(herd.N)\n"
    nodes = cut_script(text, "s").document["nodes"]
    scripts = [n["params"]["script"] for n in nodes if n["module"] == "execute-python-script"]
    assert scripts
    assert all(read_header(script).dependencies == ("herd<2",) for script in scripts)


def test_a_graph_of_classic():
    python, sql = (
        "ws.cdb56f957f4c404dbde75bb972e6f232.v1-default-1",
        "ws.90381e8067c34d9987541db785b7ea37.v1-default-1",
    )
    nodes = [
        {"Id": "g-1", "ModuleId": python, "Comment": "mine", "ModuleParameters": [{"Name": "Python script", "Value": SCRIPT}],
         "InputPortsInternal": [{"Name": "Dataset1", "DataSourceId": "ws.abc.v1"}]},
        {"Id": "g-2", "ModuleId": sql, "ModuleParameters": [{"Name": "SQL Query Script", "Value": SQL}], "InputPortsInternal": []},
        {"Id": "g-3", "ModuleId": "ws.unknown", "ModuleParameters": [], "InputPortsInternal": []},
    ]  # fmt: skip
    edges = [{"SourceOutputPortId": "g-1:Result Dataset", "DestinationInputPortId": "g-2:Table1"},
             {"SourceOutputPortId": "g-3:x", "DestinationInputPortId": "g-2:Table2"}]  # fmt: skip
    where = "<?xml version='1.0' encoding='utf-16'?><D><NodePositions><NodePosition Node='g-1' Position='-5,78,200,200'/></NodePositions></D>"
    graph = {
        "Description": "Old one",
        "Graph": {"ModuleNodes": nodes, "EdgesInternal": edges, "SerializedClientData": where},
    }
    assert is_classic(graph)
    assert not is_classic({"nodes": []})
    found = read_classic(graph)
    assert [n["module"] for n in found.document["nodes"]] == [
        "execute-python-script", "apply-sql-transformation", "dataset"]  # fmt: skip
    assert found.document["nodes"][0]["params"]["api"] == "classic"
    assert found.document["nodes"][0]["position"] == {"x": -5.0, "y": 78.0}
    assert {(w["from"], w["to"]) for w in found.document["wires"]} == {
        ("d1.dataset", "n1.dataset1"),
        ("n1.result_dataset", "n2.t1"),
    }
    assert [node for node, _ in found.left_out] == ["g-3", "d1"]
    read_graph(found.document)


def test_what_is_ours_is_known():
    assert is_ours(write_script(random_graph(1), {}, [], "m.whl"))
    assert not is_ours("import pandas\n")


def test_settings_of_a_script_are_no_arguments_of_its_function():
    params = {"script": SCRIPT, "row_by_row": True, "network": "example.org", "run_every_time": True}
    node = {"id": "s", "module": "execute-python-script", "params": params, "position": {"x": 0, "y": 0}}
    given = {"format": "studio-experiment/1", "name": "S", "nodes": [node], "wires": []}
    script = write_script(given, {}, ["pandas"], "modules.whl")
    assert "row_by_row=" not in script
    assert "network=" not in script
    same(read_script(script).document, given)

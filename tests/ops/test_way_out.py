"""`manage.py export` and `import`: an experiment leaves as a script, runs without Studio, and comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from modules.scripting.script_header import read_header
from studio.experiments.desk.notebook import as_notebook, from_notebook
from studio.experiments.desk.reader import read_script
from tests.commands import Done, manage_all
from tests.package_index import add_wheel

CSV = "k,n,part,day\n" + "".join(
    f"{'abc'[i % 3]},{i},{'' if i % 7 == 0 else i / 4},2015-01-{i % 28 + 1:02}\n" for i in range(60)
)
DOUBLE = """from __future__ import annotations
import pandas as pd
import matplotlib.pyplot as plt

def helper(frame):
    return frame["n"] * 2

def azureml_main(frame, *, share: float = 0.5, tag: str = "x"):
    frame["double"] = helper(frame) * share
    frame["tag"] = tag
    plt.plot(frame["n"])
    return frame, frame.head(3)
"""
HELLO = "import hello\ndef azureml_main(frame=None):\n    frame['hi'] = hello.greet()\n    return frame,\n"
OLD = "def azureml_main(df):\n    print 'old'\n    return df.ix[:4, ['k', 'n']],\n"
OFTEN = "import pandas as pd\ndef azureml_main(a, b):\n    return pd.concat([a, b])[::2],\n"


def node(id: str, module: str, name: str = "", **params: Any) -> dict[str, Any]:
    place = {"x": 40 * int(id[1:]), "y": 160}
    return {
        "id": id,
        "module": module,
        "name": name,
        "params": params,
        "position": place,
        "comment": f"of {id}",
    }


def experiment() -> dict[str, Any]:
    python = "execute-python-script"
    nodes = [
        node("n1", "dataset", dataset="Some data"),
        node("n2", "split-data", "Halves", fraction=0.5, seed=3),
        node("n3", python, "Double it", script=DOUBLE, share=0.25, tag="it's"),
        node("n4", "apply-sql-transformation", sql="select k, sum(n) as total\nfrom t1\ngroup by k;"),
        node("n5", "dataset", dataset="Hello"),
        node("n6", python, "Greet", script=HELLO),
        node("n7", python, "2015's script", script=OLD, api="classic"),
        node("n8", python, "double it", script=OFTEN),
    ]
    wires = ["n1.dataset n2.dataset", "n2.results_dataset1 n3.dataset1", "n2.results_dataset2 n4.t1",
             "n4.results_dataset n6.dataset1", "n5.dataset n6.script_bundle", "n1.dataset n7.dataset1",
             "n3.result_dataset n8.dataset2", "n7.result_dataset n8.dataset1"]  # fmt: skip
    return {
        "format": "studio-experiment/1", "name": "There and back", "description": "two\nlines", "own": [1],
        "nodes": nodes, "wires": [dict(zip(("from", "to"), wire.split(), strict=True)) for wire in wires],
    }  # fmt: skip


SAYS = """import herd
import pandas as pd

def azureml_main():
    return pd.DataFrame({"v": [herd.VERSION]})
"""


def with_an_environment() -> dict[str, Any]:
    """One node names an environment that comes along, one has a header."""
    header = '# /// script\n# dependencies = ["herd<2"]\n# ///\n'
    python = "execute-python-script"
    nodes = [
        node("n1", python, script=SAYS, environment="Old herd", network=""),
        node("n2", python, script=header + SAYS),
    ]
    carried = {"Old herd": {"requirements": ["herd<2"], "lock": ""}}
    return {
        "format": "studio-experiment/1",
        "name": "Own",
        "nodes": nodes,
        "wires": [],
        "environments": carried,
    }


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One home: the experiment is run, exported in both forms, and taken back."""
    folder = tmp_path_factory.mktemp("way")
    (folder / "data.csv").write_text(CSV)
    with zipfile.ZipFile(folder / "hello.zip", "w") as archive:
        archive.writestr("hello.py", "def greet():\n    return 'hello'\n")
    index = folder / "index"
    index.mkdir()
    add_wheel(index, "herd", "1.0", {"herd.py": "VERSION = '1.0'\n"})
    add_wheel(index, "herd", "2.0", {"herd.py": "VERSION = '2.0'\n"})
    (folder / "own.json").write_text(json.dumps(with_an_environment()))
    file = folder / "there.json"
    file.write_text(json.dumps(experiment()))
    there = folder / "there"
    script = str(there / "there_and_back.py")
    own = str(folder / "own.json")
    ran, py, *owns = manage_all(
        folder / "home",
        [
            ["run", str(file), "--dataset", f"Some data={folder / 'data.csv'}", "--dataset",
             f"Hello={folder / 'hello.zip'}", "--out", str(folder / "ran")],
            ["export", str(file), "--out", str(there)],
            ["run", own, "--out", str(folder / "own ran")],
            ["export", own, "--out", str(folder / "own")],
        ],
        STUDIO_PACKAGE_INDEX=str(index),
    )  # fmt: skip
    back, wrong = manage_all(
        folder / "home", [["import", script], ["export", "nowhere", "--out", str(there)]]
    )
    return {
        "folder": folder,
        "ran": ran,
        "py": py,
        "owns": owns,
        "back": back,
        "wrong": wrong,
        "script": script,
    }


def good(done: Done) -> str:
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.strip()


def run_plain(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """As a person does: Python, the packages, no Studio. It leaves nothing among the temporary files."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "STUDIO", "PYTHONPATH"))
    }
    with tempfile.TemporaryDirectory() as temporary:
        done = subprocess.run(
            [sys.executable, script],
            cwd=folder,
            env=environment | {"TMPDIR": temporary},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert os.listdir(temporary) == []
    return done


def test_it_runs_without_studio_and_gives_the_same_bytes(out):
    good(out["ran"])
    assert good(out["py"]) == out["script"]
    plain = run_plain(out["folder"] / "there", out["script"])
    assert plain.returncode == 0, plain.stderr
    ran = {path.name: path.read_bytes() for path in (out["folder"] / "ran").glob("*.csv")}
    there = {path.name: path.read_bytes() for path in (out["folder"] / "there" / "results").glob("*.csv")}
    assert (
        ran.keys()
        == there.keys()
        == {"n3.result_dataset2.csv", "n6.result_dataset.csv", "n8.result_dataset.csv"}
        | (ran.keys() & {"n6.result_dataset2.csv", "n7.result_dataset2.csv", "n8.result_dataset2.csv"})
    )
    assert ran == there


def test_it_reads_well(out):
    text = Path(out["script"]).read_text()
    assert text.startswith("# /// script\n")
    assert "# %% Double it" in text
    assert "def double_it(frame, *, share: float = 0.5" in text
    assert "double_it_2" in text
    assert 'n2 = desk.run(\n    "split-data"' in text
    compile(text, "there.py", "exec")
    assert "django" not in text.lower()


def test_it_comes_back_node_for_node(out):
    id, *told = good(out["back"]).splitlines()
    assert id
    assert told == []
    script = Path(out["script"]).read_text()
    for text in (script, from_notebook(as_notebook(script))):
        found = read_script(text)
        assert found.left_out == []
        given = experiment()
        assert {n["id"]: n for n in found.document["nodes"]} == {n["id"]: n for n in given["nodes"]}
        wires = {(w["from"], w["to"]) for w in found.document["wires"]}
        assert wires == {(w["from"], w["to"]) for w in given["wires"]}
        assert {k: v for k, v in found.document.items() if k not in ("nodes", "wires")} == {
            k: v for k, v in given.items() if k not in ("nodes", "wires")
        }


def test_an_environment_is_built_for_a_run_and_named_in_the_script(out):
    ran, exported = out["owns"]
    good(ran)
    assert ran.stderr == ""
    script = Path(good(exported))
    assert {"herd==1.0", "herd<2"} <= set(read_header(script.read_text()).dependencies)
    (script.parent / "herd.py").write_text("VERSION = '1.0'\n")  # as `uv run` would install it
    plain = run_plain(script.parent, str(script))
    assert plain.returncode == 0, plain.stderr
    for name in ("n1.result_dataset.csv", "n2.result_dataset.csv"):
        assert (out["folder"] / "own ran" / name).read_text().split() == ["v", "1.0"]
        assert (script.parent / "results" / name).read_text().split() == ["v", "1.0"]
    back = read_script(script.read_text()).document
    assert back["nodes"] == with_an_environment()["nodes"]
    assert "herd==1.0" in back["environments"]["Old herd"]["lock"]


def test_a_wrong_file_is_said(out):
    assert out["wrong"].returncode == 2
    assert "neither a file nor the id" in out["wrong"].stderr

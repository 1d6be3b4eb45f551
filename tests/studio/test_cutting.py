"""A stranger's code in nodes gives what it gave in one; run here with tables as wires carry them."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pandas as pd
import pytest

from studio.experiments.desk.reader import Found
from studio.experiments.desk.strangers import cut_script
from studio.experiments.graph import read_graph

HEAD = "import pandas as pd\nimport numpy as np\n"
DATA = {
    "people": pd.DataFrame(
        {"age": [30.0, None, 51, 22, 40, 35], "k": list("abcabc"), "income": [0, 1, 1, 0, 1, 0]}
    ),
    "towns": pd.DataFrame({"k": list("abc"), "town": ["X", "Y", "Z"]}),
}


def run_cut(found: Found, folder: Any) -> dict[str, Any]:
    """What each node gives, by `node.port`. A wire takes a table's columns, and no row labels."""
    left: dict[str, Any] = {}
    graph = read_graph(found.document)
    order, stuck = graph.order()
    assert not stuck
    for id in order:
        node = graph.nodes[id]
        if node.module == "dataset":
            left[f"{id}.dataset"] = DATA[str(node.params["dataset"])]
            continue
        given = {wire.target.port: left[str(wire.source)] for wire in graph.into(id)}
        tables = [
            given[port].copy().reset_index(drop=True) for port in ("dataset1", "dataset2") if port in given
        ]
        names: dict[str, Any] = {}
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
            exec(node.params["script"], names)
            back = names["azureml_main"](*tables, **({"model": given["model"]} if "model" in given else {}))
        if isinstance(back, pd.DataFrame):
            back = {"result_dataset": back}
        elif not isinstance(back, dict):
            back = dict(zip(("result_dataset", "result_dataset2"), back or (), strict=False))
        left.update({f"{id}.{port}": value for port, value in back.items()})
    return left


def run_whole(text: str, folder: Any) -> dict[str, Any]:
    for name, frame in DATA.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        exec(text, names)
    for name in DATA:
        (folder / f"{name}.csv").unlink()
    return names


LEARN = """# %% Load
from sklearn.linear_model import LogisticRegression
people = pd.read_csv("people.csv")
TARGET = "income"
def clean(frame):
    return frame.dropna()
# %% Clean
people = clean(people)
people["age2"] = people["age"] ** 2
# %% Features
X = people[["age", "age2"]]
y = people[TARGET]
# %% Train
model = LogisticRegression().fit(X, y)
# %% Score
X = X.copy()
X["p"] = model.predict(X)
result = X
"""
CHANGED = """# %% a
people = pd.read_csv("people.csv")
# %% b
first = people.copy()
# %% c
people["age"] = 1
# %% d
result = pd.merge(first, people, on="k")
"""
LABELS = """# %% a
people = pd.read_csv("people.csv")
# %% b
old = people[people["income"] == 1]
# %% c
result = old.loc[[1, 2]]
"""
SEED = """# %% a
people = pd.read_csv("people.csv")
np.random.seed(3)
# %% b
people["r"] = np.random.rand(len(people))
# %% c
result = people.sample(3)
"""
CLOSURE = """# %% a
people = pd.read_csv("people.csv")
# %% b
limit = people["age"].mean()
# %% c
def above(frame):
    return frame[frame["age"] > limit]
# %% d
result = above(people)
"""
BACK_AND_FORTH = """# %% a
people = pd.read_csv("people.csv")
towns = pd.read_csv("towns.csv")
# %% b
counts = [len(people)]
# %% c
both = people.merge(towns, on="k")
# %% d
counts.append(len(both))
# %% e
both["n"] = sum(counts)
result = both
"""
PLAIN = """
people = pd.read_csv("people.csv")

# Only who earns
earners = people[people["income"] == 1]

means = earners.groupby("k", as_index=False).mean(numeric_only=True)

if __name__ == "__main__":
    result = means.sort_values("age").head(2)
"""
OPTIONS = """# %% a
people = pd.read_csv("people.csv", index_col="k", usecols=["k", "age"])
# %% b
result = people.loc[["a"]].reset_index()
"""
IN_FUNCTION = """
def load():
    return pd.read_csv("people.csv")

def main():
    frame = load()
    return frame[["k"]]

result = main()
"""
OWN_FILE = """# %% a
people = pd.read_csv("people.csv")
people.to_csv("mine.csv", index=False)
# %% b
result = pd.read_csv("mine.csv")
"""
TWICE = """# %% a
df = pd.read_csv("people.csv")
# %% b
one = df[["age"]]
df = pd.read_csv("towns.csv")
# %% c
result = df.assign(n=1)
"""
LOOP = """# %% a
frames = []
people = pd.read_csv("people.csv")
# %% b
for k in ["a", "b"]:
    frames.append(people[people["k"] == k])
# %% c
result = pd.concat(frames, ignore_index=True)
# %% d
for k in ["z"]:
    result[k] = k
"""
ALL = {
    "learn": (LEARN, 4),
    "changed": (CHANGED, 3),
    "labels": (LABELS, 1),
    "seed": (SEED, 1),
    "closure": (CLOSURE, 1),
    "back and forth": (BACK_AND_FORTH, 2),
    "plain": (PLAIN, 3),
    "options": (OPTIONS, 1),
    "in a function": (IN_FUNCTION, 1),
    "own file": (OWN_FILE, 1),
    "twice": (TWICE, 2),
    "loop": (LOOP, 2),
}
"""Each with the number of script nodes that come of it."""


@pytest.mark.parametrize("name", ALL)
def test_nodes_give_what_the_script_gave(name, tmp_path):
    text, count = HEAD + ALL[name][0], ALL[name][1]
    wanted = run_whole(text, tmp_path)["result"].reset_index(drop=True)
    found = cut_script(text, name)
    scripts = [n for n in found.document["nodes"] if n["module"] == "execute-python-script"]
    left = run_cut(found, tmp_path)
    frames = [f.reset_index(drop=True) for f in left.values() if isinstance(f, pd.DataFrame)]
    assert any(wanted.equals(frame) for frame in frames), [n["params"]["script"] for n in scripts]
    assert len(scripts) == count, found.left_out
    assert len(found.left_out) == sum(1 for _, why in found.left_out if why.endswith("."))


def test_it_says_what_could_not_be_cut():
    found = cut_script(HEAD + LABELS, "x")
    assert found.left_out == [
        ("n1", "Cells 3, 4 could not be cut apart: the row labels of `old` are used, and a wire takes none.")
    ]


def test_a_cell_is_named_by_its_title_and_a_file_is_one_dataset():
    found = cut_script(HEAD + LEARN, "x")
    assert [n.get("name") for n in found.document["nodes"]] == [None, "Clean", "Features", "Train", "Score"]
    assert found.files == {"people": "people.csv"}
    assert "import numpy" not in found.document["nodes"][1]["params"]["script"]


def test_an_old_script_keeps_its_names():
    found = cut_script("import pandas as pd\ndf = pd.read_csv('a.csv')\n\nprint df.ix[0]\n", "x")
    assert [n["params"].get("api") for n in found.document["nodes"]] == [None, "classic"]


def test_a_file_without_names_is_read_as_one():
    found = cut_script(
        "import pandas as pd\ndf = pd.read_csv('a.csv', names=['x', 'y'])\ndf['x'] += 1\n", "x"
    )
    assert found.types == {"a": "csv-no-header"}
    assert "to_csv('a.csv', index=False, header=False)" in found.document["nodes"][1]["params"]["script"]


@pytest.mark.parametrize(
    "text", ["x = 1\n", "", "exec('x = 1')\n", "import os\n", "for i in range(3):\n    pass\n"]
)
def test_what_has_no_tables_is_an_experiment_too(text):
    read_graph(cut_script(text, "x").document)

"""The way out and back over HTTP: scripts and notebooks of strangers, exports with their data."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.builders import Exp
from tests.server import Server

CSV = "k,town,n\n" + "".join(f"{'abc'[i % 3]},{'XY'[i % 2]},{i}\n" for i in range(30))
CELLS = [
    "import pandas as pd\nimport matplotlib.pyplot as plt\nworld = pd.read_csv('world trade.csv')",
    "world['double'] = world['n'] * 2\nworld.head()",
    "plt.plot(world['n'])\nplt.show()",
    "totals = world.groupby('k', as_index=False)['double'].sum()\ntotals",
]


def notebook() -> bytes:
    texts = ["# Load", "## Twice as much", "# Look", "# Totals"]
    cells = [
        cell
        for title, code in zip(texts, CELLS, strict=True)
        for cell in (
            {"cell_type": "markdown", "source": [title]},
            {"cell_type": "code", "source": code, "outputs": [], "execution_count": 1, "metadata": {}},
        )
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def send(server: Server, name: str, content: bytes) -> httpx.Response:
    return server.http.post("experiments/import", files={"file": (name, content)})


def test_a_strangers_notebook_becomes_nodes_and_runs(server: Server) -> None:
    made = send(server, "trade.ipynb", notebook())
    assert made.status_code == 201, made.text
    assert made.json()["missing"] == [{"dataset": "world trade", "path": "world trade.csv", "type": ""}]
    assert made.json()["left_out"] == []
    server.wait_for_dataset(server.upload("world trade.csv", CSV).json()["id"])
    run = server.run(made.json()["id"])
    assert set(run.states().values()) == {"finished"}, run.body
    assert [node.get("name") for node in run.body["graph"]["nodes"]][1:] == [
        "Twice as much",
        "Look",
        "Totals",
    ]
    assert run.rows("n3.result_dataset") == [["a", 270], ["b", 290], ["c", 310]]
    assert run.output("n2.python_device")["pictures"] == 1


def test_it_leaves_with_its_data_and_gives_the_same_elsewhere(server: Server, tmp_path: Path) -> None:
    server.wait_for_dataset(server.upload("Leaving, with data.csv", CSV).json()["id"])
    exp = Exp("Leaving").node("d", "dataset", dataset="Leaving, with data")
    exp.script("s", "def azureml_main(df):\n    return df[df.n > 3],\n").wire("d.dataset", "s.dataset1")
    exp.node("q", "apply-sql-transformation", sql="select k, sum(n) total from t1 group by k")
    exp.wire("s.result_dataset", "q.t1")
    id = server.create(exp)["id"]
    run = server.run(id)
    answer = server.http.get(f"experiments/{id}/export", params={"with_datasets": "true"})
    assert answer.headers["content-type"] == "application/zip"
    assert 'filename="leaving.zip"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    subprocess.run([sys.executable, "leaving.py"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    mine = (tmp_path / "results" / "q.results_dataset.csv").read_bytes()
    theirs = server.http.get(f"artifacts/{run.output('q.results_dataset')['artifact']}/download")
    assert mine == theirs.content
    back = send(server, "leaving.py", (tmp_path / "leaving.py").read_bytes())
    assert server.get(f"experiments/{back.json()['id']}")["nodes"] == exp.file()["nodes"]
    book = server.http.get(f"experiments/{id}/export", params={"form": "ipynb"})
    assert len(book.json()["cells"]) == 6
    assert 'filename="leaving.ipynb"' in book.headers["content-disposition"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.py", b"def f(:\n  pass\n", "x.py, line 1: "),
        ("x.ipynb", b"{}", "it has no cells"),
        ("x.ipynb", b'{"cells": [3]}', "not built as such a file is"),
        ("x.json", b"[1]", "one JSON object"),
        ("x.py", b"(" * 60_000, "x.py"),
        ("x.py", b"x = " + b"-" * 60_000 + b"1", "x.py"),
    ],
)
def test_what_is_none_is_refused_with_a_sentence(
    server: Server, name: str, content: bytes, said: str
) -> None:
    answer = send(server, name, content)
    assert answer.status_code == 422, answer.text
    assert said in answer.json()["detail"]


def test_an_export_without_its_dataset_is_refused_at_the_node(server: Server) -> None:
    id = server.create(Exp().node("d", "dataset", dataset="nowhere at all"))["id"]
    answer = server.http.get(f"experiments/{id}/export")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["node"] == "d"

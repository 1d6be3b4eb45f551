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

from modules.desk_server import DeskServer, Refused
from studio.experiments.desk.modules_wheel import write_wheel
from tests.builders import Exp
from tests.server import TOKEN, Server

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


DESK = """def azureml_main(frame, *, share: float = 0.5):
    import matplotlib.pyplot as plt
    frame["y"] = frame["x"] * share
    plt.plot(frame["x"])
    print("hello")
    return frame, frame.head(1)
"""


def test_a_script_runs_at_the_desk_as_it_would_in_studio(tmp_path: Path) -> None:
    """With the wheel alone: no Django, no studio."""
    wheel = write_wheel(tmp_path)
    (tmp_path / "n2.py").write_text(DESK)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import pandas, sys, studio\n"
        "done = studio.run_script('n2.py', pandas.DataFrame({'x': [2, 4]}, index=[7, 8]), share=0.25)\n"
        "told = done.result_dataset.y.tolist(), len(done.result_dataset2), done.text, len(done.pictures)\n"
        "print(*told[:2], repr(told[2]), told[3])\n"
        "assert done.pictures[0].is_file() and 'django' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == r"[0.5, 1.0] 1 'hello\n' 1", done.stderr


def test_datasets_and_experiments_are_pulled_and_pushed(server: Server, tmp_path: Path) -> None:
    desk = DeskServer(server.url, TOKEN)
    (tmp_path / "pushed.csv").write_text("a\n1\n")
    assert desk.push(tmp_path / "pushed.csv") == "The dataset 'pushed' has the version 1."
    (tmp_path / "pushed.csv").write_text("a\n1\n2\n")
    assert desk.push(tmp_path / "pushed.csv") == "The dataset 'pushed' has the version 2."
    assert desk.pull("pushed", tmp_path / "back").read_text() == "a\n1\n2\n"
    id = server.create(Exp("Pulled").table("d", "x\n1\n"))["id"]
    file = desk.pull(id, tmp_path)
    document = json.loads(file.read_text())
    document["nodes"][0]["comment"] = "from the desk"
    file.write_text(json.dumps(document))
    assert desk.push(file) == f"Saved the experiment {id}; its revision is 2."
    assert server.get(f"experiments/{id}")["nodes"][0]["comment"] == "from the desk"
    assert "revision is 3" in desk.push(file)
    file.write_text(json.dumps(document))  # as it was at revision 1
    with pytest.raises(Refused, match="Nothing was overwritten"):
        desk.push(file)
    with pytest.raises(Refused, match="no experiment"):
        desk.pull("nowhere", tmp_path)
    with pytest.raises(Refused, match="Sign in"):
        DeskServer(server.url, "wrong").pull(id, tmp_path)

"""Trying a node on a few rows: what is shown, and that nothing of it stays."""

from __future__ import annotations

import base64
import threading
import time
from typing import Any

from tests.builders import Exp, chain
from tests.server import Server

MANY = "def azureml_main():\n    import pandas as pd\n    return pd.DataFrame({'x': range(5000)}),\n"
COUNT = "def azureml_main(df):\n    print('tried', len(df))\n    df['y'] = df.x * 2\n    return df,\n"
PICTURE = "import matplotlib.pyplot as plt\ndef azureml_main(df):\n    plt.plot(df.x)\n    return df,\n"


def sample(server: Server, id: str, node: str, status: int = 200, **wish: Any) -> Any:
    return server.post(f"experiments/{id}/nodes/{node}/sample", wish, status=status)


def many(*scripts: str) -> Exp:
    exp = Exp().script("many", MANY)
    above = "many"
    for place, source in enumerate(scripts, 1):
        exp.script(f"s{place}", source).wire(f"{above}.result_dataset", f"s{place}.dataset1")
        above = f"s{place}"
    return exp


def test_a_node_is_tried_with_all_above_it_before_the_first_run(server: Server) -> None:
    # Written as no other test writes it, so that nothing of it is in the cache.
    id = server.create(chain(PICTURE, COUNT, csv='"x"\n1\n2\n3\n'))["id"]
    tried = sample(server, id, "s2")
    assert (tried["nodes"], tried["failure"]) == (["data", "s1", "s2"], None)
    table = tried["outputs"]["result_dataset"]
    assert table["columns"] == [{"name": "x", "type": "integer"}, {"name": "y", "type": "integer"}]
    assert (table["rows"], table["total"]) == ([[1, 2], [2, 4], [3, 6]], 3)
    assert "tried 3" in "".join(piece["text"] for piece in tried["log"])
    assert tried["outputs"]["python_device"]["pictures"] == []  # that of the node above is not this one's
    (picture,) = sample(server, id, "s1")["outputs"]["python_device"]["pictures"]
    assert base64.b64decode(picture["data"]).startswith(b"\x89PNG")


def test_no_run_and_no_result_stays(server: Server) -> None:
    id = server.create(chain(COUNT, csv="x\n41\n42\n"))["id"]
    assert sample(server, id, "s1")["outputs"]["result_dataset"]["total"] == 2
    assert server.get(f"experiments/{id}/runs")["total"] == 0
    assert id not in [run["experiment"] for run in server.get("runs")["items"]]
    run = server.run(id)
    assert not any(run.cached(node) for node in ("data", "s1"))


def test_what_was_run_above_is_sampled_and_not_run_again(server: Server) -> None:
    exp = many(COUNT)
    id = server.run(exp).body["experiment"]
    first = sample(server, id, "s1", rows=10)
    assert first["nodes"] == ["s1"]
    assert first["outputs"]["result_dataset"]["rows"] == [[x, 2 * x] for x in range(10)]
    drawn = [sample(server, id, "s1", rows=10, random=True, seed=seed) for seed in (7, 7, 8)]
    rows = [[row[0] for row in one["outputs"]["result_dataset"]["rows"]] for one in drawn]
    assert rows[0] == rows[1] == sorted(rows[0]) != rows[2]
    assert max(rows[0]) > 10


def test_a_script_that_is_not_saved_can_be_tried(server: Server) -> None:
    id = server.create(chain(COUNT))["id"]
    tried = sample(server, id, "s1", params={"script": "def azureml_main(df):\n    return df[df.x > 2],\n"})
    assert tried["outputs"]["result_dataset"]["rows"] == [[3]]
    assert server.get(f"experiments/{id}")["nodes"][1]["params"]["script"] == COUNT


def test_a_failure_names_its_node_and_line(server: Server) -> None:
    id = server.create(chain("def azureml_main(df):\n    return df['no'],\n", COUNT))["id"]
    failure = sample(server, id, "s2")["failure"]
    assert (failure["node"], failure["type"], failure["line"]) == ("s1", "KeyError", 2)
    assert sample(server, id, "nobody", status=404)["detail"].startswith(
        "The experiment has no node 'nobody'"
    )
    broken = sample(server, id, "s2", status=422, params={"script": "def azureml_main(:\n"})
    assert broken["errors"][0]["node"] == "s2"


def test_a_dataset_shows_its_first_rows(server: Server) -> None:
    dataset = server.upload("tried.csv", "a,b\n" + "1,2\n" * 50).json()
    server.wait_for_dataset(dataset["id"])
    id = server.create(Exp().node("d", "dataset", dataset=dataset["name"]))["id"]
    tried = sample(server, id, "d", rows=5)
    assert tried["outputs"]["dataset"]["rows"] == [[1, 2]] * 5


def test_a_later_try_takes_the_place_of_one_that_hangs(server: Server) -> None:
    hangs = "def azureml_main(df):\n    print('hangs', flush=True)\n    while True: pass\n"
    id = server.create(chain(COUNT))["id"]
    answers: list[Any] = []
    first = threading.Thread(
        target=lambda: answers.append(sample(server, id, "s1", params={"script": hangs})), daemon=True
    )
    began = time.monotonic()
    first.start()
    while not answers and time.monotonic() - began < 20:
        sample(server, id, "s1")  # the one that hangs may be the later of the first two
    first.join(20)
    assert answers[0]["failure"]["type"] == "Replaced"
    assert sample(server, id, "s1")["failure"] is None


def test_a_warm_try_is_quick(server: Server) -> None:
    id = server.run(many(COUNT, COUNT)).body["experiment"]
    spent = []
    for _ in range(5):
        began = time.monotonic()
        sample(server, id, "s2")
        spent.append(time.monotonic() - began)
    assert min(spent) < 1

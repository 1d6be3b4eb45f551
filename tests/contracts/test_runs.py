"""Runs over HTTP: a graph executed by real workers."""

from __future__ import annotations

import time

from tests.builders import Exp, chain
from tests.server import Server

ADD = "def azureml_main(df):\n    df['x'] = df.x + 1\n    return df,\n"
PLOT = """import matplotlib.pyplot as plt
def azureml_main(df):
    print('drawing')
    df.plot()
    plt.savefig('one.png')
    plt.figure(); plt.plot([1, 2])
    return df,
"""


def test_a_chain_runs_to_its_tables_and_pictures(server: Server) -> None:
    run = server.run(chain(ADD, PLOT))
    assert run.state == "finished", run.body["nodes"]
    assert run.rows("s2.result_dataset") == [[2], [3], [4]]
    device = server.get(f"artifacts/{run.output('s2.python_device')['artifact']}")
    assert (len(device["pictures"]), device["text"]) == (3, "drawing\n")
    for n in range(3):
        picture = server.http.get(f"artifacts/{device['id']}/pictures/{n}")
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
    assert server.http.get(f"artifacts/{device['id']}/pictures/3").status_code == 404
    assert run.log("s2") == "drawing\n"
    node = run.node("s1")
    assert node["started"] < node["finished"]
    assert node["reason"]
    assert run.output("s1.result_dataset")["rows"] == 3


def test_the_second_time_all_is_cached_and_one_change_runs_what_is_below(server: Server) -> None:
    first = server.run(chain(ADD, ADD.replace("1", "10"), PLOT))
    id = first.body["experiment"]
    again = server.run(id)
    assert [again.cached(n) for n in ("data", "s1", "s2", "s3")] == [True] * 4
    assert again.log("s3") == "drawing\n"
    assert again.node("s3")["outputs"] == first.node("s3")["outputs"]
    document = server.get(f"experiments/{id}")
    document["nodes"][2]["params"]["script"] = ADD.replace("1", "100")
    document["nodes"][1]["position"] = {"x": 999, "y": 999}
    server.http.put(f"experiments/{id}", json=document, headers={"If-Match": str(document["revision"])})
    third = server.run(id)
    assert [third.cached(n) for n in ("data", "s1", "s2", "s3")] == [True, True, False, False]
    forced = server.run(id, force=True)
    assert not any(forced.cached(n) for n in ("data", "s1", "s2", "s3"))


def test_a_failure_has_its_line_and_its_traceback(server: Server) -> None:
    bad = (
        "import pandas as pd\n\ndef azureml_main(df):\n"
        "    print('before')\n    return pd.DataFrame({'a': df.nope})\n"
    )
    run = server.run(chain(bad, ADD).table("other", "y\n1\n"))
    assert run.states() == {"data": "finished", "s1": "failed", "s2": "skipped", "other": "finished"}
    error = run.node("s1")["error"]
    assert (error["type"], error["line"]) == ("AttributeError", 5)
    assert "nope" in error["message"]
    log = run.log("s1")
    assert log.startswith("before\n")
    assert "line 5, in azureml_main" in log
    assert log.count("Traceback") == 1
    assert run.state == "failed"


def test_both_streams_stay_apart_in_the_log_of_a_cached_result_too(server: Server) -> None:
    script = (
        "import sys, time\ndef azureml_main(df):\n    print('one')\n    time.sleep(.2)\n"
        "    print('careful', file=sys.stderr)\n    time.sleep(.2)\n    print('two')\n    return df,\n"
    )
    parts = [("stdout", "one\n"), ("stderr", "careful\n"), ("stdout", "two\n")]
    first = server.run(chain(script))
    for run in (first, server.run(first.body["experiment"])):
        log = server.get(f"runs/{run.body['id']}/nodes/s1/log/parts")
        assert [(part["stream"], part["text"]) for part in log["parts"]] == parts
        assert run.log("s1") == "one\ncareful\ntwo\n"
    failed = server.run(chain(script + "boom\n"))
    last = server.get(f"runs/{failed.body['id']}/nodes/s1/log/parts")["parts"][-1]
    assert last["stream"] == "trace"
    assert "NameError" in last["text"]


def test_run_to_here_runs_only_what_is_needed(server: Server) -> None:
    exp = chain(ADD, "raise SystemError('never')").node("broken", "join-data")
    run = server.run(exp, until=["s1"])
    assert run.states() == {"data": "finished", "s1": "finished"}
    assert run.state == "finished"


def test_independent_branches_run_at_the_same_time(server: Server) -> None:
    nap = "import time\ndef azureml_main(df):\n    time.sleep(1)\n    return df,\n"
    exp = Exp().table("data", "x\n1\n")
    for name in ("left", "right"):
        exp.script(name, nap + f"# {time.time()}").wire("data.dataset", f"{name}.dataset1")
    nodes = server.run(exp).body["nodes"]
    assert max(nodes["left"]["started"], nodes["right"]["started"]) < min(
        nodes["left"]["finished"], nodes["right"]["finished"]
    )


def test_cancel_leaves_nothing_running(server: Server) -> None:
    spin = f"import os\nprint('spinning', flush=True)\n# {time.time()}\nos.fork()\nwhile True: pass\n"
    started = server.start(server.create(chain(spin, ADD))["id"])
    deadline = time.monotonic() + 20
    while (
        server.get(f"runs/{started['id']}")["nodes"]["s1"]["state"] != "running"
        and time.monotonic() < deadline
    ):
        time.sleep(0.05)
    asked = time.monotonic()
    server.post(f"runs/{started['id']}/cancel", status=202)
    run = server.wait(started["id"])
    assert time.monotonic() - asked < 2
    assert run.states() == {"data": "finished", "s1": "cancelled", "s2": "cancelled"}
    assert run.state == "cancelled"


def test_prior_runs_are_kept_as_they_were(server: Server) -> None:
    first = server.run(chain(ADD))
    id = first.body["experiment"]
    document = server.get(f"experiments/{id}")
    server.http.put(
        f"experiments/{id}", json={**document, "nodes": [], "wires": []}, headers={"If-Match": "1"}
    )
    history = server.get(f"experiments/{id}/runs")
    item = history["items"][0]
    assert (history["total"], item["number"], item["counts"]) == (
        1,
        1,
        {"finished": 2},
    )
    assert len(server.get(f"runs/{first.body['id']}")["graph"]["nodes"]) == 2


def test_an_output_becomes_a_dataset_and_is_used_again(server: Server) -> None:
    typed = (
        "import pandas as pd\ndef azureml_main():\n"
        "    return pd.DataFrame({'c': pd.Categorical(['a', None]), "
        "'t': pd.to_timedelta(['1D', None]), 'i': pd.array([1, None], dtype='Int64')}),\n"
    )
    run = server.run(Exp().script("s", typed))
    saved = server.post(
        f"artifacts/{run.output('s.result_dataset')['artifact']}/save", {"name": "kept output"}
    )
    assert [c["type"] for c in saved["columns"]] == ["categorical", "timedelta", "integer"]
    check = "def azureml_main(df):\n    print(list(map(str, df.dtypes)))\n    return df,\n"
    used = server.run(
        Exp().node("d", "dataset", dataset="kept output").script("s", check).wire("d.dataset", "s.dataset1")
    )
    assert used.state == "finished", used.log("s")
    assert "category" in used.log("s")
    assert "Int64" in used.log("s")


def test_downloads_in_each_format(server: Server) -> None:
    run = server.run(chain(ADD))
    path = f"artifacts/{run.output('s1.result_dataset')['artifact']}/download"
    assert server.http.get(path, params={"format": "csv"}).text.splitlines() == ["x", "2", "3", "4"]
    starts = {"parquet": b"PAR1", "arrow": b"ARROW1", "xlsx": b"PK"}
    for format, magic in starts.items():
        assert server.http.get(path, params={"format": format}).content.startswith(magic)
    assert server.http.get(path, params={"format": "doc"}).status_code == 422


def test_two_outputs_and_a_model_beyond_classic(server: Server) -> None:
    script = (
        "from sklearn.linear_model import LinearRegression\nimport pandas as pd\n"
        "def azureml_main(df):\n"
        "    return df, pd.DataFrame({'second': [1]}), LinearRegression().fit(df, df.x)\n"
    )
    run = server.run(chain(script))
    assert run.state == "finished", run.log("s1")
    assert run.rows("s1.result_dataset2") == [[1]]
    model = server.get(f"artifacts/{run.output('s1.result_model')['artifact']}")
    assert (model["type"], "LinearRegression" in model["class_name"]) == ("model", True)


def test_many_runs_posted_at_once_all_end(server: Server) -> None:
    id = server.create(Exp().table("data", "x\n1\n"))["id"]
    runs = [server.start(id)["id"] for _ in range(30)]
    assert {server.wait(run).state for run in runs} == {"finished"}
    assert len({server.get(f"runs/{run}")["number"] for run in runs}) == 30


def test_a_run_of_one_node_does_not_wait_for_a_run_of_many(server):
    many = Exp("Many")
    for number in range(40):
        many.script(
            f"s{number}", f"import time\ndef azureml_main():\n    time.sleep(.2)\n    print({number})\n"
        )
    long = server.start(server.create(many)["id"])["id"]
    assert server.run(Exp("One").table("in", "a\n1")).state == "finished"
    assert server.get(f"runs/{long}")["state"] == "running"
    server.post(f"runs/{long}/cancel", status=202)
    server.wait(long)


def test_a_run_of_one_node_does_not_wait_for_the_end_of_long_chains(server: Server) -> None:
    slow = "import time\ndef azureml_main(df=None):\n    time.sleep(0.1)\n"
    exp = Exp("Three chains")
    for place in range(36):
        exp.script(f"s{place}", slow)
        if place > 2:
            exp.wire(f"s{place - 3}.result_dataset", f"s{place}.dataset1")
    chains = server.start(server.create(exp)["id"], force=True)["id"]
    assert server.run(Exp("Short").script("s", slow), force=True).state == "finished"
    states = [node["state"] for node in server.get(f"runs/{chains}")["nodes"].values()]
    server.http.post(f"runs/{chains}/cancel")
    assert states.count("queued") > 24, "two of the three chains went first"


def test_a_node_tells_how_much_memory_it_took(server):
    big = "import numpy as np\ndef azureml_main(f):\n    np.ones(40 << 20, np.uint8).sum()\n    return f,\n"
    run = server.run(chain(big))
    # Pages of the template do not count, which one that waited beside others touches only now.
    assert 35 << 20 < run.node("s1")["peak_bytes"] < 90 << 20
    assert server.run(run.body["experiment"]).node("s1")["peak_bytes"] is None  # from the cache

"""The workloads, by name."""

from __future__ import annotations

from benchmarks.workload import Workload
from tests.builders import Exp

ADD_ONE = "def azureml_main(frame):\n    frame['c0'] = frame['c0'] + 1\n    return frame,\n"
BURN = """\
import time
import pandas as pd

def azureml_main():
    end = time.process_time() + 0.5
    count = 0
    while time.process_time() < end:
        count += 1
    return pd.DataFrame({"count": [count]}),
"""
UNION = "select * from t1 union all select * from t2 union all select * from t3"
SCATTER = """\
import matplotlib.pyplot as plt
from pandas.plotting import scatter_matrix

def azureml_main(frame):
    scatter_matrix(frame, figsize=(12, 12))
    plt.savefig("scatter.png")
    plt.close()
    return frame,
"""


def numbers(rows: int, columns: int) -> str:
    """A CSV of numbers, the same every time."""
    import numpy as np
    import pandas as pd

    values = np.random.default_rng(0).normal(size=(rows, columns)).round(6)
    return pd.DataFrame(values, columns=[f"c{n}" for n in range(columns)]).to_csv(index=False)


def chain(nodes: int, dataset: str) -> Exp:
    exp = Exp(f"Chain of {nodes}").node("data", "dataset", dataset=dataset)
    above = "data.dataset"
    for place in range(nodes):
        exp.script(f"s{place}", ADD_ONE).wire(above, f"s{place}.dataset1")
        above = f"s{place}.result_dataset"
    return exp


def burners(count: int) -> Exp:
    """Independent nodes, and the joins that bring their rows together, three inputs each."""
    exp = Exp(f"{count} side by side")
    open_ends = [f"b{place}.result_dataset" for place in range(count)]
    for place in range(count):
        exp.script(f"b{place}", BURN)
    joins = 0
    while len(open_ends) > 1:
        taken, open_ends = open_ends[:3], open_ends[3:]
        sql = UNION if len(taken) == 3 else UNION.rpartition(" union all")[0]
        exp.node(f"j{joins}", "apply-sql-transformation", sql=sql, engine="duckdb")
        for place, end in enumerate(taken, 1):
            exp.wire(end, f"j{joins}.t{place}")
        open_ends.append(f"j{joins}.results_dataset")
        joins += 1
    return exp


def scatter() -> Exp:
    exp = Exp("Scatter matrix").node("data", "dataset", dataset="bench-768x9")
    return exp.script("plot", SCATTER).wire("data.dataset", "plot.dataset1")


WORKLOADS = [
    Workload(
        "W1", "20 script nodes in a chain, 1,000×10, each adds 1 to a column",
        experiment=lambda: chain(20, "bench-1000x10"),
        datasets={"bench-1000x10": lambda: numbers(1000, 10)},
        plain="from benchmarks.workloads import numbers\nimport io, pandas as pd\n"
              "frame = pd.read_csv(io.StringIO(numbers(1000, 10)))\n"
              "def work():\n    for _ in range(20):\n        frame['c0'] = frame['c0'] + 1\n",
        limit=lambda plain: 1.0, reach="≤ 1.0 s",
    ),
    Workload(
        "W3", "16 independent nodes of 0.5 s of processor time, and their join",
        experiment=lambda: burners(16),
        plain=BURN + "\ndef work():\n    pd.concat([azureml_main()[0] for _ in range(16)])\n",
        limit=lambda plain: 4.6, reach="≤ 4.6 s on 2 cores", repeats=3,
    ),
    Workload(
        "W5", "nothing changed, 50 nodes",
        experiment=lambda: chain(49, "bench-1000x10"),
        datasets={"bench-1000x10": lambda: numbers(1000, 10)},
        limit=lambda plain: 0.3, reach="≤ 0.3 s", cached=True,
    ),
    Workload(
        "W6", "scatter_matrix of 768×9 to PNG",
        experiment=scatter,
        datasets={"bench-768x9": lambda: numbers(768, 9)},
        plain="import matplotlib\nmatplotlib.use('Agg')\n" + SCATTER
              + "from benchmarks.workloads import numbers\nimport io, os, tempfile, pandas as pd\n"
                "os.chdir(tempfile.mkdtemp())\nframe = pd.read_csv(io.StringIO(numbers(768, 9)))\n"
                "def work():\n    azureml_main(frame)\n",
        limit=lambda plain: 1.1 * plain, reach="≤ 1.1 × plain", repeats=3,
    ),
]  # fmt: skip

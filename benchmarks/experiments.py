"""The experiments of the workloads."""

from __future__ import annotations

from typing import Any

from tests.builders import Exp

ADD_ONE = "def azureml_main(frame):\n    frame['c0'] = frame['c0'] + 1\n    return frame,\n"
ONE = "import pandas as pd\ndef azureml_main():\n    return pd.DataFrame({'x': [1]}),\n"
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
CHANGE = "def azureml_main(frame):\n    frame['{0}'] = frame['{0}'] * {1} + 1\n    return frame,\n"
JOIN = """\
select region, count(*) as orders, sum(amount) as amount
from t1 join t2 on t1.customer = t2.customer group by region
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


def single() -> Exp:
    """One script without inputs."""
    return Exp("Single").script("one", ONE)


def chain(nodes: int, dataset: str) -> Exp:
    exp = Exp(f"Chain of {nodes}").node("data", "dataset", dataset=dataset)
    above = "data.dataset"
    for place in range(nodes):
        exp.script(f"s{place}", ADD_ONE).wire(above, f"s{place}.dataset1")
        above = f"s{place}.result_dataset"
    return exp


def burners(count: int, *, all_joined: bool = False) -> Exp:
    """Independent nodes and a join of the last three of them, for a module has three inputs at most. With
    `all_joined` as many joins as bring all rows together: each takes what the join before it gives and two
    tables more, so that only the last waits for the last node."""
    exp = Exp(f"{count} side by side")
    for place in range(count):
        exp.script(f"b{place}", BURN)
    open_ends = [f"b{place}.result_dataset" for place in range(count)]
    if not all_joined:
        open_ends = open_ends[-3:]
    joins = 0
    while len(open_ends) > 1:
        taken, open_ends = open_ends[:3], open_ends[3:]
        sql = UNION if len(taken) == 3 else UNION.rpartition(" union all")[0]
        exp.node(f"j{joins}", "apply-sql-transformation", sql=sql, engine="duckdb")
        for place, end in enumerate(taken, 1):
            exp.wire(end, f"j{joins}.t{place}")
        open_ends.insert(0, f"j{joins}.results_dataset")
        joins += 1
    return exp


def scatter() -> Exp:
    exp = Exp("Scatter matrix").node("data", "dataset", dataset="bench-768x9")
    return exp.script("plot", SCATTER).wire("data.dataset", "plot.dataset1")


def changes() -> Exp:
    """Five nodes that each change one float column of a large table."""
    exp = Exp("Five changes").node("data", "dataset", dataset="bench-5m")
    above = "data.dataset"
    for place in range(5):
        exp.script(f"s{place}", CHANGE.format(f"f{place % 4}", 2)).wire(above, f"s{place}.dataset1")
        above = f"s{place}.result_dataset"
    return exp


def edit_last(file: dict[str, Any], time: int) -> None:
    """Changes the last node's script: another one each time."""
    file["nodes"][-1]["params"]["script"] = CHANGE.format("f0", 3 + time)


def sql_join(engine: str) -> Exp:
    exp = Exp(f"Join in {engine}").node("orders", "dataset", dataset="bench-orders")
    exp.node("customers", "dataset", dataset="bench-customers")
    exp.node("sql", "apply-sql-transformation", sql=JOIN, engine=engine)
    return exp.wire("orders.dataset", "sql.t1").wire("customers.dataset", "sql.t2")

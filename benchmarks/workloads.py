"""The workloads, by name."""

from __future__ import annotations

from benchmarks.data import customers, mixed, numbers, orders, parquet
from benchmarks.experiments import (
    BURN,
    SCATTER,
    burners,
    chain,
    changes,
    edit_last,
    scatter,
    single,
    sql_join,
)
from benchmarks.workload import Workload

FIVE_MILLION = {"bench-5m.parquet": lambda: parquet(mixed(5_000_000))}
PLAIN_CHANGES = """\
from benchmarks.data import mixed
import os, tempfile, pyarrow as pa
there = tempfile.mkdtemp()
def write(frame, name):
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with pa.OSFile(f"{there}/{name}", "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
write(mixed(5_000_000), "in")
def work():
    with pa.memory_map(f"{there}/in") as source:
        frame = pa.ipc.open_file(source).read_all().to_pandas()
    for place in range(5):
        name = f"f{place % 4}"
        frame[name] = frame[name] * 2 + 1
    write(frame, "out")
"""
ORDERS = {
    "bench-orders.parquet": lambda: parquet(orders(2_000_000, 100_000)),
    "bench-customers.parquet": lambda: parquet(customers(100_000)),
}
PLAIN_JOIN = """\
from benchmarks.data import customers, orders
t1, t2 = orders(2_000_000, 100_000), customers(100_000)
def work():
    t1.merge(t2, on="customer").groupby("region").agg(orders=("amount", "size"), amount=("amount", "sum"))
"""
PLAIN_SQLITE = """\
from benchmarks.data import customers, orders
from benchmarks.experiments import JOIN
import sqlite3
tables = {"t1": orders(2_000_000, 100_000), "t2": customers(100_000)}
def work():
    base = sqlite3.connect(":memory:")
    for name, frame in tables.items():
        columns = ", ".join(f"{column} {'real' if column == 'amount' else 'integer'}" for column in frame)
        base.execute(f"create table {name} ({columns})")
        rows = zip(*(frame[column].tolist() for column in frame), strict=True)
        base.executemany(f"insert into {name} values (?, ?)", rows)
    base.execute(JOIN).fetchall()
"""

WORKLOADS = [
    Workload(
        "W1", "20 script nodes in a chain, 1,000×10, each adds 1 to a column",
        experiment=lambda: chain(20, "bench-1000x10"),
        datasets={"bench-1000x10.csv": lambda: numbers(1000, 10)},
        plain="from benchmarks.data import numbers\nimport io, pandas as pd\n"
              "frame = pd.read_csv(io.BytesIO(numbers(1000, 10)))\n"
              "def work():\n    for _ in range(20):\n        frame['c0'] = frame['c0'] + 1\n",
        limit=lambda plain: 1.0, reach="≤ 1.0 s",
    ),
    Workload(
        "W2", "5,000,000×8 through 5 script nodes that each change one float column",
        experiment=changes, datasets=FIVE_MILLION, plain=PLAIN_CHANGES,
        limit=lambda plain: 2.5 * plain, reach="≤ 2.5 × plain", repeats=5,
    ),
    Workload(
        "W3", "16 independent nodes of 0.5 s of processor time, and a join",
        experiment=lambda: burners(16),
        plain=BURN + "\ndef work():\n    pd.concat([azureml_main()[0] for _ in range(16)])\n",
        limit=lambda plain: 4.6, reach="≤ 4.6 s on 2 cores", repeats=3,
    ),
    Workload(
        "W3a", "the same, and the eight joins that bring all 16 together",
        experiment=lambda: burners(16, all_joined=True),
        plain=BURN + "\ndef work():\n    pd.concat([azureml_main()[0] for _ in range(16)])\n",
        limit=lambda plain: 0.65 * plain, reach="≤ 0.65 × plain", repeats=3,
    ),
    Workload(
        "W4", "W2 with its last node edited",
        experiment=changes, datasets=FIVE_MILLION, edit=edit_last, plain=PLAIN_CHANGES,
        limit=lambda plain: 0.5, reach="≤ 0.5 s", repeats=5,
    ),
    Workload(
        "W5", "nothing changed, 50 nodes",
        experiment=lambda: chain(49, "bench-1000x10"),
        datasets={"bench-1000x10.csv": lambda: numbers(1000, 10)},
        limit=lambda plain: 0.3, reach="≤ 0.3 s", cached=True,
    ),
    Workload(
        "W6", "scatter_matrix of 768×9 to PNG",
        experiment=scatter,
        datasets={"bench-768x9.csv": lambda: numbers(768, 9)},
        plain="import matplotlib\nmatplotlib.use('Agg')\n" + SCATTER
              + "from benchmarks.data import numbers\nimport io, os, tempfile, pandas as pd\n"
                "os.chdir(tempfile.mkdtemp())\nframe = pd.read_csv(io.BytesIO(numbers(768, 9)))\n"
                "def work():\n    azureml_main(frame)\n",
        limit=lambda plain: 1.1 * plain, reach="≤ 1.1 × plain", repeats=3,
    ),
    Workload(
        "W7", "200 runs of one node, posted at once: none refused, none lost",
        experiment=single, at_once=200,
        limit=lambda plain: 20.0, reach="≤ 20 s: 10 runs/s", repeats=2,
    ),
    Workload(
        "W8d", "DuckDB: 2,000,000 rows joined with 100,000, grouped to 1,000",
        experiment=lambda: sql_join("duckdb"), datasets=ORDERS, plain=PLAIN_JOIN,
        limit=lambda plain: 0.25, reach="≤ 0.25 s",
    ),
    Workload(
        "W8s", "the same in SQLite, beside its own bulk load and query",
        experiment=lambda: sql_join("sqlite"), datasets=ORDERS, plain=PLAIN_SQLITE,
        limit=lambda plain: 1.1 * plain, reach="≤ 1.1 × plain", repeats=3,
    ),
]  # fmt: skip

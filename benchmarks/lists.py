"""Lists over very many experiments and runs: `make bench ARGS=lists`.

100,000 experiments with five runs of ten nodes each, on SQLite and, where it is installed, on PostgreSQL. The
database itself makes the rows. The table shows the median of some requests, and the number of their queries.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.table import lines
from tests.postgresql import PostgreSQL
from tools.machine import find

EXPERIMENTS = int(os.environ.get("BENCH_EXPERIMENTS", "100000"))
RUNS, NODES, REPEATS, BOUND = 5, 10, 9, 0.05
TOKEN = "token-of-this-benchmark"

WORDS = "Forecast", "Churn", "Credit risk", "Flights", "Copy of forecast"
ASKED = {
    "experiments, first page": "experiments",
    "experiments, page 500": "experiments?offset=49900",
    "experiments, a name": "experiments?search=forecast+77771",
    "experiments, no such name": "experiments?search=nowhere",
    "experiments, a folder": "experiments?folder=Folder+7",
    "experiments, a tag": "experiments?tag=tag+7",
    "folders and tags": "experiments/folders",
    "runs of all, first page": "runs",
    "runs under way": "runs?under_way=true",
    "runs of one": "experiments/{experiment}/runs",
    "one run": "runs/{run}",
}


def main() -> int:
    """Prints a table for each database; 0 where each list is within its bound."""
    worst = asked_of("SQLite", {})
    if find("pg_ctl"):
        with PostgreSQL() as server:
            worst = max(worst, asked_of("PostgreSQL", {"DATABASE_URL": server.new_database("lists")}))
    return int(worst > BOUND)


def asked_of(name: str, environment: dict[str, str]) -> float:
    """Fills a database, and asks in a process of its own; the slowest median in seconds."""
    home = tempfile.mkdtemp(prefix="studio-lists-")
    own = {**os.environ, "STUDIO_HOME": home, "STUDIO_TOKEN": TOKEN, **environment}
    try:
        asked = subprocess.run(
            [sys.executable, "-m", "benchmarks.lists", name],
            env=own,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    told, _, worst = asked.stdout.strip().rpartition("\n")
    print(told)
    return float(worst)


def measure(name: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    last = fill()
    if connection.vendor == "postgresql":  # which does so by itself; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    table = [
        (
            f"{name}: {EXPERIMENTS:,} experiments, {EXPERIMENTS * RUNS * NODES:,} node runs",
            "median",
            "fastest",
            "queries",
        )
    ]
    client = Client(
        headers={"authorization": f"Bearer {TOKEN}", "host": "localhost"}, raise_request_exception=True
    )
    worst = 0.0
    print(f"{name} filled in {time.monotonic() - began:.0f} s", file=sys.stderr)
    for what, path in ASKED.items():
        spent = []
        address = f"/api/v1/{path.format(**last)}"
        for _ in range(REPEATS):
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                answer = client.get(address)
                spent.append(time.perf_counter() - start)
            assert answer.status_code == 200, answer.content
        median = statistics.median(spent)
        worst = max(worst, median)
        table.append((what, f"{median * 1000:.1f} ms", f"{min(spent) * 1000:.1f} ms", str(len(queries))))
        if os.environ.get("BENCH_QUERIES"):
            for query in queries:
                print(query["time"], query["sql"][:300], file=sys.stderr)
    print(lines(table))
    print(worst)


def fill() -> dict[str, str]:
    """The id of the last experiment and of its last run."""
    from django.db import connection

    from studio.accounts.owner import owner
    from studio.experiments.models import Experiment
    from studio.runs.models import NodeRun, Run, State

    document = {"format": 1, "graph": {"nodes": [], "wires": []}}
    experiment = Experiment.objects.create(owner=owner(), name="Model", document=document, node_count=NODES)
    run = Run.objects.create(
        owner=owner(), experiment=experiment, number=1, graph=document, state=State.FINISHED
    )
    plan = {"module": "execute-python-script", "params": {"script": "x" * 200}, "inputs": {}}
    NodeRun.objects.create(run=run, node="n", place=0, plan=plan, state=State.FINISHED, reason="It ran.")
    many = series(EXPERIMENTS)
    words = "".join(f"WHEN {place} THEN '{word} ' " for place, word in enumerate(WORDS))
    number, tags = pad("n"), f"{newline()} || 'tag ' || (n / 20 % 30) || {newline()}"
    steps = [
        copy(Experiment, many, {
            "id": f"'e' || {number}", "name": f"CASE n % {len(WORDS)} {words}END || n",
            "folder": "CASE WHEN n % 10 = 0 THEN 'Folder ' || (n / 10 % 50) ELSE '' END",
            "tag_lines": f"CASE WHEN n % 20 = 0 THEN {tags} ELSE '' END",
        }),
        copy(Run, f"{series(RUNS, 'm')} CROSS JOIN {many}", {
            "id": f"'r' || m || {pad('n', 14)}", "experiment_id": f"'e' || {number}", "number": "m",
        }),
        copy(NodeRun, f"{series(RUNS, 'm')} CROSS JOIN {many} CROSS JOIN {series(NODES, 'k')}", {
            "run_id": f"'r' || m || {pad('n', 14)}", "node": "'n' || k", "place": "k",
        }),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -1000000")
            cursor.execute("PRAGMA synchronous = off")
        for step in steps:
            cursor.execute(step)
    return {"experiment": f"e{EXPERIMENTS:015}", "run": f"r{RUNS}{EXPERIMENTS:014}"}


def series(count: int, name: str = "n") -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"generate_series(1, {count}) AS s{name}({name})"
    return (
        f"(WITH RECURSIVE s({name}) AS (SELECT 1 UNION ALL SELECT {name} + 1 FROM s WHERE {name} < {count}) "
        f"SELECT {name} FROM s) AS s{name}"
    )


def pad(name: str, width: int = 15) -> str:
    from django.db import connection

    postgresql = connection.vendor == "postgresql"
    return f"lpad({name}::text, {width}, '0')" if postgresql else f"printf('%0{width}d', {name})"


def newline() -> str:
    from django.db import connection

    return "chr(10)" if connection.vendor == "postgresql" else "char(10)"


def copy(model: Any, numbers: str, changed: dict[str, str]) -> str:
    """Rows like the first one of a model, one for each number, with some columns changed."""
    table = model._meta.db_table
    columns = [
        field.column
        for field in model._meta.local_fields
        if not (field.primary_key and field.column not in changed)
    ]
    values = ", ".join(changed.get(column, f'first."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    first = f"(SELECT * FROM {table} LIMIT 1) AS first"
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {first} CROSS JOIN {numbers}"


if __name__ == "__main__":
    measure(sys.argv[1])

"""What the template makes ahead of any node."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from workers.sandbox.job import Job


@pytest.fixture(scope="module")
def query(bench):
    made = bench.script("import pandas\ndef azureml_main():\n    return pandas.DataFrame({'a': range(9)})")

    def ask(sql: str):
        params = {"sql": sql, "engine": "duckdb"}
        args = {"module": "apply-sql-transformation", "params": params}
        return bench.run(Job(verb="node", args=args, inputs={"t1": made.inputs()}))

    return ask


def test_the_template_has_one_thread(bench):
    bench.sandbox.start()
    template = bench.sandbox.link.process.pid
    assert os.listdir(f"/proc/{template}/task") == [str(template)]


def test_each_query_has_an_engine_of_its_own(query):
    made = query("create table mine as select * from t1; select * from mine")
    assert made.outcome.outputs["results_dataset"].rows == 9
    assert "mine" in query("select * from mine").message


def test_a_query_uses_the_processors_and_cannot_change_the_engine(query):
    processors = len(os.sched_getaffinity(0))
    asked = query(f"select a from t1 where current_setting('threads') = {processors}")
    assert asked.outcome.outputs["results_dataset"].rows == 9
    assert "lock" in query("set threads = 1; select * from t1").message


def test_what_a_child_touches_of_the_template_is_no_memory_of_its_own(bench):
    """Beside others at work a spare does not rehearse: its node touches those pages first."""
    big = "import numpy as np\ndef azureml_main():\n    np.ones(40 << 20, np.uint8).sum()\n"
    over = threading.Event()
    with ThreadPoolExecutor(4) as pool:
        others = [pool.submit(bench.script, "import time; time.sleep(60)", cancelled=over) for _ in range(4)]
        try:
            peaks = [bench.script(big).outcome.peak_bytes >> 20 for _ in range(3)]
        finally:
            over.set()
        assert all(other.result().outcome.cancelled for other in others)
    assert all(20 < peak < 75 for peak in peaks), peaks

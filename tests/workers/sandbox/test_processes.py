"""Processes that a script starts, in both tiers: what public scripts do works, or says at once why not."""

from __future__ import annotations

import time

import pytest

from tests.workers.sandbox.conftest import Bench

HEAD = """
import multiprocessing as mp, os, signal, time
def twice(x): return 2 * x
def put(table, key): table[key] = twice(key)
def leave(x): os._exit(3)
def crash(x): os.kill(os.getpid(), signal.SIGSEGV) if x == 2 else None
class Own:
    def __init__(self, x): self.x = x
    def twice(self): return Own(2 * self.x)
"""


@pytest.fixture(params=["1", "2"])
def each(request: pytest.FixtureRequest) -> Bench:
    return request.getfixturevalue("bench" if request.param == "1" else "second")


WORK = {
    "a pool": "with mp.Pool(2) as p: print(p.map(twice, [1, 2]))",
    "a fresh interpreter": "with mp.get_context('spawn').Pool(2) as p: print(p.map(twice, [1, 2]))",
    "a fork server": "with mp.get_context('forkserver').Pool(1) as p: print(p.map(twice, [1, 2]))",
    "an executor": (
        "from concurrent.futures import ProcessPoolExecutor\n"
        "    with ProcessPoolExecutor(2) as p: print(list(p.map(twice, [1, 2])))"
    ),
    "joblib": (
        "from joblib import Parallel, delayed\n"
        "    done = Parallel(n_jobs=2)(delayed(Own.twice)(Own(n)) for n in (1, 2))\n"
        "    print([o.x for o in done if type(o) is Own])"
    ),
    "a manager": (
        "with mp.Manager() as m:\n"
        "        d = m.dict(); ps = [mp.Process(target=put, args=(d, n)) for n in (1, 2)]\n"
        "        [p.start() for p in ps]; [p.join() for p in ps]; print([d[1], d[2]])"
    ),
    "a fresh manager": (
        "c = mp.get_context('spawn')\n"
        "    with c.Manager() as m, c.Pool(1) as p:\n"
        "        d = m.dict(); p.starmap(put, [(d, 1), (d, 2)]); print([d[1], d[2]])"
    ),
    "much through a manager": (
        "with mp.Manager() as m, mp.Pool(3) as p:\n"
        "        q = m.Queue(); l = m.list([b'x' * 3_000_000])\n"
        "        p.starmap(q_put, [(q, n) for n in range(20)])\n"
        "        print([q.qsize() // 10, len(l[0]) // 750_000])"
    ),
    "a queue, a lock and a value": (
        "q, v = mp.Queue(), mp.Value('i', 0)\n"
        "    ps = [mp.Process(target=count, args=(q, v)) for _ in range(2)]\n"
        "    [p.start() for p in ps]; print([2 * n for n in sorted(q.get(timeout=20) for _ in ps)])"
    ),
}
MORE = """
def q_put(q, n): q.put(n)
def count(q, v):
    with v.get_lock(): v.value += 1; q.put(v.value)
"""


@pytest.mark.parametrize("name", WORK)
def test_what_scripts_start_finds_what_they_define(bench, name):
    ran = bench.script(f"{HEAD}{MORE}def azureml_main():\n    {WORK[name]}", wall_seconds=100)
    assert ran.outcome.failure is None, ran.stderr
    assert ran.stdout == "[2, 4]\n"


@pytest.mark.parametrize("name", WORK)
def test_without_a_private_dev_shm_it_says_so_at_once_and_joblib_goes_on(second, name):
    """Tier 2: nothing may be left in the machine's own /dev/shm, where locks lie."""
    ran = second.script(f"{HEAD}{MORE}def azureml_main():\n    {WORK[name]}", wall_seconds=100)
    if name in ("joblib", "a manager"):
        assert ran.stdout == "[2, 4]\n"
    else:
        assert ran.message.startswith("Here a script cannot have locks between processes")


def test_threads_and_single_processes_work_in_both_tiers(each):
    assert (
        each.prints(f"""{HEAD}
from concurrent.futures import ThreadPoolExecutor
def say(): print("said", flush=True)
def azureml_main():
    with ThreadPoolExecutor(2) as p: print(list(p.map(twice, [1])), flush=True)
    for way in ("fork", "spawn"):
        p = mp.get_context(way).Process(target=say); p.start(); p.join(); print(p.exitcode, flush=True)
""")
        == "[2]\nsaid\n0\nsaid\n0"
    )


def test_clusters_are_found_without_a_word_about_the_machine(bench):
    ran = bench.script(
        """
        import numpy as np
        from sklearn.cluster import KMeans
        def azureml_main(): print(len(set(KMeans(2, n_init=1).fit(np.arange(20.).reshape(-1, 1)).labels_)))
        """
    )
    assert (ran.stdout, ran.stderr) == ("2\n", "")


def test_a_search_in_parallel_takes_an_estimator_of_the_scripts_own(bench):
    printed = bench.prints(
        """
        from sklearn.base import BaseEstimator, RegressorMixin
        from sklearn.model_selection import GridSearchCV
        import numpy as np, studio
        print("once")
        class Constant(BaseEstimator, RegressorMixin):
            def __init__(self, k=1): self.k = k
            def fit(self, X, y): studio.progress(.5); self.mean_ = np.mean(y) * self.k; return self
            def predict(self, X): return np.full(len(X), self.mean_)
        def azureml_main():
            search = GridSearchCV(Constant(), {"k": [1, 9]}, n_jobs=2, cv=2)
            print(search.fit(np.ones((8, 2)), np.arange(8.0)).best_params_)
        """,
        wall_seconds=100,
    )
    assert printed == "once\n{'k': 1}"


def test_as_many_processes_as_there_are_processors_are_no_reason_to_warn(bench):
    ran = bench.script(f"""{HEAD}
def azureml_main():
    from joblib import Parallel, delayed, cpu_count
    assert cpu_count() == len(os.sched_getaffinity(0))
    print(Parallel(n_jobs=-1)(delayed(twice)(n) for n in (1, 2)))
""", wall_seconds=100)  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("[2, 4]\n", "")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("with mp.Pool(2) as p: p.map(leave, [1, 2, 3])", "ended by itself (exit code 3) before its task"),
        ("with mp.Pool(2) as p: p.apply_async(crash, (2,)).get()", "(exit code -11)"),
        ("with mp.Pool(2) as p: list(p.imap(crash, [1, 2, 3]))", "(exit code -11)"),
        ("with mp.Pool(2) as p: list(p.imap_unordered(crash, [1, 2, 3]))", "(exit code -11)"),
        ("with mp.Pool(2) as p: p.map(lambda x: x, [1])", "pickle"),
        ("mp.managers = __import__('multiprocessing.managers').managers\n"
         "    mp.managers.BaseManager(('127.0.0.1', 0)).start()", ""),
    ],
)  # fmt: skip
def test_what_cannot_work_ends_at_once(bench, body, says):
    started = time.monotonic()
    ran = bench.script(f"{HEAD}def azureml_main():\n    {body}", wall_seconds=100)
    assert time.monotonic() - started < 20
    assert says in ran.message


def test_a_pool_that_is_used_up_as_meant_is_no_failure(bench):
    assert (
        bench.prints(f"""{HEAD}
def azureml_main():
    with mp.Pool(2, maxtasksperchild=1) as p: print(p.map(twice, range(4), chunksize=1))
    p = mp.Pool(2); p.apply_async(time.sleep, (100,)); p.terminate(); p.join(); print("ended")
    p = mp.Pool(2); print(p.map(twice, [1])); p.close(); p.join()
""")
        == "[0, 2, 4, 6]\nended\n[2]"
    )


def test_what_is_left_running_ends_with_the_node(bench):
    started = time.monotonic()
    printed = bench.prints(f"""{HEAD}
def azureml_main():
    global kept
    kept = mp.Manager(), mp.Pool(2)
    kept[1].apply_async(time.sleep, (1000,))
    mp.Process(target=time.sleep, args=(1000,), daemon=True).start()
    print("left")
""")
    assert printed == "left"
    assert time.monotonic() - started < 20


def test_what_they_eat_counts_together(bench):
    ran = bench.script(f"""{HEAD}
def eat(x):
    kept = bytearray(os.urandom(1 << 20)) * 200
    time.sleep(30)
def azureml_main():
    with mp.get_context("spawn").Pool(3) as p: p.map(eat, range(3))
""", memory_bytes=400 << 20, wall_seconds=100)  # fmt: skip
    assert "memory" in ran.message


def test_nothing_of_it_lies_in_the_working_folder(bench):
    assert bench.prints("import os; print(os.listdir('.'))") == "[]"

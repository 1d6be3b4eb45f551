"""Models through nodes beside plain scikit-learn, in one run: `make bench ARGS=models`.

A node's time is that from its start to its end as the run tells it: the table mapped, the module run
confined, the result stored. The plain side does the same work on a frame in memory, in a process of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import model_pages
from benchmarks.table import lines
from tests.builders import Exp
from tests.server import RunView, Server

REPEATS = 3
PATIENCE = 600
FEATURES = 20

DATA = """
import numpy as np, pandas as pd
def table(rows):
    draw = np.random.default_rng(0)
    frame = pd.DataFrame({f"x{n}": draw.normal(size=rows) for n in range(20)})
    score = frame.x0 + frame.x1 * frame.x2 + draw.normal(size=rows)
    frame["y"] = np.where(score > 0, "yes", "no")
    return frame
"""
PLAIN = (
    DATA
    + """
import sys, time, warnings
warnings.simplefilter("ignore")
frame = table(int(sys.argv[1]))
X, y = frame.drop(columns="y"), frame.y
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
forest = RandomForestClassifier(8, max_depth=32, random_state=0, n_jobs=JOBS)
boosted = HistGradientBoostingClassifier(
    learning_rate=0.2, max_leaf_nodes=20, min_samples_leaf=10, early_stopping=False, random_state=0
)
logistic = make_pipeline(
    StandardScaler(),
    LogisticRegression(C=0.5, l1_ratio=0.5, solver="saga", tol=1e-7, max_iter=1000, random_state=0),
)
folds = StratifiedKFold(10, shuffle=True, random_state=0)
started = time.perf_counter()
WORK
print(time.perf_counter() - started)
"""
)
FIT = "m = MODEL.fit(X, y); p = m.predict_proba(X)"


class Task(NamedTuple):
    """`work`: the plain side's; `nodes`: whose times count; `jobs`: the threads of a plain forest."""

    what: str
    rows: int
    work: str
    slug: str
    params: dict[str, Any]
    nodes: tuple[str, ...]
    reach: float
    jobs: int | None = None


TRAINED = ("train", "score")
TREES = {"create_trainer_mode": "parameter_range", "number_of_decision_trees": "2; 4; 6; 8; 10"}
TREES |= {"maximum_depth_of_the_decision_trees": "4; 8; 16; 32", "number_of_random_splits_per_node": "128"}
TREES |= {"minimum_number_of_samples_per_leaf_node": "1"}
GRID = "{'n_estimators': [2, 4, 6, 8, 10], 'max_depth': [4, 8, 16, 32]}"
SEARCH = f"RandomizedSearchCV(forest, {GRID}, n_iter=20, cv=folds, n_jobs=2, random_state=0).fit(X, y)"

TASKS = [
    Task(
        "boosted tree, 100,000 × 20: train + score",
        100_000, FIT.replace("MODEL", "boosted"), "two-class-boosted-decision-tree", {}, TRAINED, 1.3,
    ),
    Task(
        "logistic regression, 100,000 × 20: train + score",
        100_000, FIT.replace("MODEL", "logistic"), "two-class-logistic-regression", {}, TRAINED, 1.3,
    ),
    Task(
        "forest, 100,000 × 20: train + score",
        100_000, FIT.replace("MODEL", "forest"), "two-class-decision-forest", {}, TRAINED, 1.3, 2,
    ),
    Task(
        "10 folds of a forest, 20,000 × 20",
        20_000, "cross_validate(forest, X, y, cv=folds, n_jobs=2)", "two-class-decision-forest", {},
        ("cross",), 1.2,
    ),
    Task(
        "sweep of 20 runs of a forest, 10 folds each, 5,000 × 20",
        5_000, SEARCH, "two-class-decision-forest", TREES, ("tune",), 1.2,
    ),
]  # fmt: skip


def main() -> int:
    rows = []
    with Server() as studio:
        for task in TASKS:
            print(f"{task.what} …", flush=True)
            plain, ours = [], []
            for number in range(REPEATS):  # in turns, so that both meet the same machine
                plain.append(_plain(task))
                ours.append(_ours(studio, task, number))
            beside, here = statistics.median(plain), statistics.median(ours)
            ratio = here / beside
            rows.append(
                (task.what, f"{beside:.2f} s", f"{here:.2f} s", f"{ratio:.2f}", f"≤ {task.reach}", "")
            )
        print("in a browser …", flush=True)
        rows += model_pages.rows(studio)
    print()
    print(lines([("models", "plain", "Studio", "ratio", "reach", ""), *rows]))
    return 0


def _plain(task: Task) -> float:
    script = PLAIN.replace("WORK", task.work).replace("JOBS", str(task.jobs))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plain.py"
        file.write_text(script)
        done = subprocess.run(
            [sys.executable, str(file), str(task.rows)], check=True, capture_output=True, text=True
        )
    return float(done.stdout.split()[-1])


def _ours(studio: Server, task: Task, number: int) -> float:
    made = f"{DATA}\ndef azureml_main():\n    return table({task.rows}),\n"
    exp = Exp(f"{task.what} {number}").script("data", made).node("learner", task.slug, **task.params)
    if task.nodes == TRAINED:
        exp.node("train", "train-model", label_column="y").node("score", "score-model")
        exp.wire("learner.untrained_model", "train.untrained_model").wire(
            "data.result_dataset", "train.dataset"
        )
        exp.wire("train.trained_model", "score.trained_model").wire("data.result_dataset", "score.dataset")
    elif task.nodes == ("cross",):
        exp.node("cross", "cross-validate-model", label_column="y")
        exp.wire("learner.untrained_model", "cross.untrained_model").wire(
            "data.result_dataset", "cross.dataset"
        )
    else:
        exp.node("tune", "tune-model-hyperparameters", label_column="y", sweeping_mode="entire_grid")
        exp.wire("learner.untrained_model", "tune.untrained_model")
        exp.wire("data.result_dataset", "tune.training_dataset")
    made_run = studio.start(studio.create(exp)["id"], force=True)
    run: RunView = studio.wait(made_run["id"], PATIENCE)
    assert run.state == "finished", {id: run.log(id) for id in run.states()}
    return sum(_seconds(run.node(node)) for node in task.nodes)


def _seconds(node: dict[str, Any]) -> float:
    ends = [datetime.fromisoformat(node[name]) for name in ("started", "finished")]
    return (ends[1] - ends[0]).total_seconds()

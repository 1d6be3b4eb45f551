"""The sample experiments, as experiment files."""

from __future__ import annotations

from typing import Any

from modules.registry import find
from studio.samples import machine_learning
from studio.samples.files import file, node, source


def feature_importance() -> dict[str, Any]:
    return file(
        "Feature importance",
        "Ranks a tumor's measurements by how much they tell about its diagnosis, and draws the ranking.",
        [
            node("n1", "dataset", (0, 0), dataset="Breast cancer"),
            node(
                "n2",
                "execute-python-script",
                (0, 1),
                "Rank and draw",
                script=source("feature_importance.py"),
            ),
        ],
        ("n1.dataset", "n2.dataset1"),
    )


def scatter_matrix() -> dict[str, Any]:
    return file(
        "Scatter matrix",
        "Every measurement against every other. One picture is saved as PNG, another is left open.",
        [
            node("n1", "dataset", (0, 0), dataset="Iris"),
            node("n2", "execute-python-script", (0, 1), "Two pictures", script=source("scatter_matrix.py")),
        ],
        ("n1.dataset", "n2.dataset1"),
    )


def hello_bundle() -> dict[str, Any]:
    return file(
        "Hello bundle",
        "Imports a module from a zip on the third port and prints its greeting.",
        [
            node("n1", "dataset", (0.4, 0), "A zip with hello.py", dataset="Hello"),
            node("n2", "execute-python-script", (0, 1), script=source("hello_bundle.py")),
        ],
        ("n1.dataset", "n2.script_bundle"),
    )


def join_and_compare(with_r: bool) -> dict[str, Any]:
    nodes = [
        node("n1", "dataset", (0, 0), dataset="Wine chemistry"),
        node("n2", "dataset", (1, 0), dataset="Wine cultivars"),
        node("n3", "apply-sql-transformation", (0.5, 1), "Join by sample", sql=source("join.sql")),
        node("n4", "execute-python-script", (0, 2), "Compare in Python", script=source("compare.py")),
    ]
    wires = [("n1.dataset", "n3.t1"), ("n2.dataset", "n3.t2"), ("n3.results_dataset", "n4.dataset1")]
    if with_r:
        nodes.append(node("n5", "execute-r-script", (1, 2), "Compare in R", script=source("compare.R")))
        wires.append(("n3.results_dataset", "n5.dataset1"))
    return file(
        "Join and compare",
        "Joins two datasets with SQL, then compares the groups in Python" + (" and in R." if with_r else "."),
        nodes,
        *wires,
    )


FIRST = ("feature-importance", "scatter-matrix", "hello-bundle", "join-and-compare")
"""What a new home opens with; the others are made when somebody opens them."""

SAMPLES = (*FIRST, *machine_learning.SAMPLES)
"""By these words a sample is asked for, in the order in which they are shown."""


def sample_file(slug: str) -> dict[str, Any]:
    """The experiment file of a sample, as this machine can run it. KeyError if there is none."""
    if slug == "join-and-compare":
        return join_and_compare(with_r=runs_here("execute-r-script"))
    if slug in machine_learning.SAMPLES:
        return machine_learning.SAMPLES[slug]()
    return {
        "feature-importance": feature_importance,
        "scatter-matrix": scatter_matrix,
        "hello-bundle": hello_bundle,
    }[slug]()


def runs_here(module: str) -> bool:
    """Whether this machine has what a module needs."""
    spec = find(module)
    return spec is not None and spec.missing() is None

"""The sample experiments, as experiment files."""

from __future__ import annotations

from typing import Any

from modules.registry import find
from studio.samples import machine_learning, without_code
from studio.samples.files import file, node, note, source


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


TO_PUBLISH = """**Publish it.** Run the experiment, then publish it as a web service: the rows of each call
take the place of the table above. The script is imported once and stays warm; each call runs in a copy of its
own, so that no expression sees another call's."""


def expression_service() -> dict[str, Any]:
    return file(
        "Expression service",
        "A web service: a table of Python expressions comes in, a table of expressions and values goes out.",
        [
            node(
                "n1", "enter-data-manually", (0, 0), "A few to try", format="csv",
                data='expression\n1 + 2\nsqrt(2) * 10\n"max(3, 7)"\nsorted(\'studio\')\n1 / 0\n',
            ),
            node("n2", "web-service-input", (0, 1), "What callers send enters here", name="input1"),
            node("n3", "execute-python-script", (0, 2), "Computes each row", script=source("expressions.py")),
            node("n4", "web-service-output", (0, 3), "What callers get", name="output1"),
        ],
        ("n1.dataset", "n2.sample"),
        ("n2.dataset", "n3.dataset1"),
        ("n3.result_dataset", "n4.dataset"),
        notes=[note("how", (1, 1), TO_PUBLISH, height=210)],
    )  # fmt: skip


IN_R = {"r-model"}
"""Samples that run only where R is."""


def samples_here() -> tuple[str, ...]:
    """The samples that this machine can run, in the order in which they are shown."""
    return tuple(slug for slug in SAMPLES if slug not in IN_R or runs_here("execute-r-script"))


SAMPLES = (*FIRST, *without_code.SAMPLES, *machine_learning.SAMPLES, "expression-service")
"""By these words a sample is asked for, in the order in which they are shown."""


def sample_file(slug: str) -> dict[str, Any]:
    """The experiment file of a sample, as this machine can run it. KeyError if there is none."""
    if slug == "join-and-compare":
        return join_and_compare(with_r=runs_here("execute-r-script"))
    others = machine_learning.SAMPLES | without_code.SAMPLES
    if slug in others:
        return others[slug]()
    return {
        "feature-importance": feature_importance,
        "scatter-matrix": scatter_matrix,
        "hello-bundle": hello_bundle,
        "expression-service": expression_service,
    }[slug]()


def runs_here(module: str) -> bool:
    """Whether this machine has what a module needs."""
    spec = find(module)
    return spec is not None and spec.missing() is None

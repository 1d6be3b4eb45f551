"""The four sample experiments, as experiment files."""

from __future__ import annotations

from typing import Any

from modules.registry import find
from studio.experiments.graph import FORMAT
from studio.samples.data import SCRIPTS

LEFT, STEP, WIDE = 80, 160, 280


def _source(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _node(id: str, module: str, at: tuple[float, float], comment: str = "", **params: Any) -> dict[str, Any]:
    """`at`: column and row."""
    position = {"x": LEFT + round(WIDE * at[0]), "y": 60 + round(STEP * at[1])}
    return {"id": id, "module": module, "params": params, "position": position, "comment": comment}


def _file(
    name: str, description: str, nodes: list[dict[str, Any]], *wires: tuple[str, str]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": name,
        "description": description,
        "nodes": nodes,
        "wires": [{"from": source, "to": target} for source, target in wires],
    }


def feature_importance() -> dict[str, Any]:
    return _file(
        "Feature importance",
        "Ranks a tumor's measurements by how much they tell about its diagnosis, and draws the ranking.",
        [
            _node("n1", "dataset", (0, 0), dataset="Breast cancer"),
            _node(
                "n2",
                "execute-python-script",
                (0, 1),
                "Rank and draw",
                script=_source("feature_importance.py"),
            ),
        ],
        ("n1.dataset", "n2.dataset1"),
    )


def scatter_matrix() -> dict[str, Any]:
    return _file(
        "Scatter matrix",
        "Every measurement against every other. One picture is saved as PNG, another is left open.",
        [
            _node("n1", "dataset", (0, 0), dataset="Iris"),
            _node("n2", "execute-python-script", (0, 1), "Two pictures", script=_source("scatter_matrix.py")),
        ],
        ("n1.dataset", "n2.dataset1"),
    )


def hello_bundle() -> dict[str, Any]:
    return _file(
        "Hello bundle",
        "Imports a module from a zip on the third port and prints its greeting.",
        [
            _node("n1", "dataset", (0.4, 0), "A zip with hello.py", dataset="Hello"),
            _node("n2", "execute-python-script", (0, 1), script=_source("hello_bundle.py")),
        ],
        ("n1.dataset", "n2.script_bundle"),
    )


def join_and_compare(with_r: bool) -> dict[str, Any]:
    nodes = [
        _node("n1", "dataset", (0, 0), dataset="Wine chemistry"),
        _node("n2", "dataset", (1, 0), dataset="Wine cultivars"),
        _node("n3", "apply-sql-transformation", (0.5, 1), "Join by sample", sql=_source("join.sql")),
        _node("n4", "execute-python-script", (0, 2), "Compare in Python", script=_source("compare.py")),
    ]
    wires = [("n1.dataset", "n3.t1"), ("n2.dataset", "n3.t2"), ("n3.results_dataset", "n4.dataset1")]
    if with_r:
        nodes.append(_node("n5", "execute-r-script", (1, 2), "Compare in R", script=_source("compare.R")))
        wires.append(("n3.results_dataset", "n5.dataset1"))
    return _file(
        "Join and compare",
        "Joins two datasets with SQL, then compares the groups in Python" + (" and in R." if with_r else "."),
        nodes,
        *wires,
    )


SAMPLES = ("feature-importance", "scatter-matrix", "hello-bundle", "join-and-compare")
"""By these words a sample is asked for, in the order in which they are shown."""


def sample_file(slug: str) -> dict[str, Any]:
    """The experiment file of a sample, as this machine can run it. KeyError where there is none."""
    if slug == "join-and-compare":
        r = find("execute-r-script")
        return join_and_compare(with_r=r is not None and r.missing() is None)
    return {
        "feature-importance": feature_importance,
        "scatter-matrix": scatter_matrix,
        "hello-bundle": hello_bundle,
    }[slug]()

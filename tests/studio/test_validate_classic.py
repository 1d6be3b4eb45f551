"""Python 2 is wrong in a script of today, and right in one of ML Studio (classic)."""

from __future__ import annotations

import pytest

from modules.registry import catalog
from studio.experiments.graph import read_graph
from studio.experiments.validate import validate

PYTHON2 = "def azureml_main(df):\n    print 'x'\n    return df,\n"
NEITHER = "def azureml_main(df):\n    print 'x'\n    return df[[\n"


def problems(script: str, api: str) -> list[tuple[int | None, str]]:
    node = {"id": "n1", "module": "execute-python-script", "params": {"script": script, "api": api}}
    graph = read_graph({"nodes": [node], "wires": []})
    return [(p.line, p.message) for p in validate(graph, catalog(), lambda name: "table")]


def test_python_2_is_taken_if_asked_for():
    assert problems(PYTHON2, "classic") == []
    [(line, message)] = problems(PYTHON2, "current")
    assert line == 2
    assert "It is Python 2: choose" in message


@pytest.mark.parametrize("api", ["classic", "current"])
def test_what_is_neither_has_its_line(api: str):
    [(line, message)] = problems(NEITHER, api)
    assert line
    assert "Python 2" not in message

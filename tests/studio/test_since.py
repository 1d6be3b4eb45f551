"""What two bases of a node do not share."""

from __future__ import annotations

from studio.runs.reasons import apart_from_graph

ORDERS = {"dataset": "orders", "version": 1, "artifact": "a"}


def told(old: dict[str, object], new: dict[str, object]) -> list[tuple[object, ...]]:
    return [tuple(each) for each in apart_from_graph(old, new)]


def test_versions_modules_and_libraries_are_told() -> None:
    assert told(ORDERS, {**ORDERS, "version": 2, "artifact": "b"}) == [("orders", "1", "2")]
    assert told(ORDERS, {**ORDERS, "artifact": "b"}) == [("orders was read anew", None, None)]
    assert told(ORDERS, {**ORDERS, "version": 3}) == []
    old = {"code": "x", "libraries": "pandas=2.2.3 numpy=2.0", "inputs": {}}
    assert told(old, {**old, "code": "y"}) == [("another version of the module", None, None)]
    newer = {"code": "y", "libraries": "pandas=2.3.1 numpy=2.0"}
    assert told(old, newer) == [("pandas", "2.2.3", "2.3.1")]
    assert told(old, {**newer, "code": "x"}) == []
    script = {**old, "libraries": "pandas=2.2.3 installed=aa"}
    other = {"code": "y", "libraries": "pandas=2.2.3 installed=bb"}
    assert told(script, other) == [("other libraries are installed", None, None)]
    assert told(script, {**other, "libraries": "pandas=2.3.1 installed=bb"}) == [("pandas", "2.2.3", "2.3.1")]
    assert told(old, other) == [("another version of the module", None, None)]

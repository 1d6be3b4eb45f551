"""What the key of a result depends on, and what it does not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from modules.registry import catalog
from workers.engine import result_key as module
from workers.engine.result_key import result_key

PARAMS = {"fraction": 0.5, "randomized": True, "names": ["a", "b"]}
INPUTS = {"dataset1": "aaa", "dataset2": "bbb"}


def key(params: dict[str, Any] = PARAMS, inputs: dict[str, str] = INPUTS, slug: str = "split-data") -> str:
    return result_key(catalog()[slug], params, inputs)


def test_it_is_64_hex_digits_and_always_the_same() -> None:
    assert re.fullmatch("[0-9a-f]{64}", key())
    assert key() == key()


def test_the_order_of_params_and_ports_does_not_count() -> None:
    assert key(dict(reversed(PARAMS.items())), dict(reversed(INPUTS.items()))) == key()


@pytest.mark.parametrize(
    "other",
    [
        {"params": {**PARAMS, "fraction": 0.25}},
        {"params": {**PARAMS, "fraction": "0.5"}},
        {"params": {**PARAMS, "randomized": 1}},
        {"params": {**PARAMS, "randomized": None}},
        {"params": {**PARAMS, "names": ["b", "a"]}},
        {"params": {**PARAMS, "more": False}},
        {"params": {}},
        {"inputs": {**INPUTS, "dataset1": "ccc"}},
        {"inputs": {"dataset1": "bbb", "dataset2": "aaa"}},
        {"inputs": {"dataset1": "aaa"}},
        {"inputs": {}},
        {"slug": "add-rows"},
    ],
    ids=str,
)
def test_whatever_else_changes_changes_it(other: dict[str, Any]) -> None:
    assert key(**other) != key()


def test_params_and_inputs_are_told_apart() -> None:
    assert key({"a": "1"}, {}) != key({}, {"a": "1"})


def test_the_code_of_the_module_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(module, "code_digest", lambda slug, where: f"another {slug}")
    assert key() != before

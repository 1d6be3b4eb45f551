"""Each module of ML Studio (classic) is in the palette, as it was there, or stands below with a reason.

classic_palette.json holds the facts: of each module its name, ports (`?`: optional) and params, all in
snake_case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from modules.registry import catalog
from modules.sdk.declare import ModuleSpec, ParamSpec
from tests.modules.palette_deviations import ABSENT, MORE_INPUTS, MORE_OUTPUTS, OTHERWISE

CLASSIC: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("classic_palette.json").read_text("utf-8")
)
BUILT = [slug for slug in CLASSIC if slug in catalog()]
TYPES = {
    "Integer": {"integer", "number"},
    "Float": {"number"},
    "Boolean": {"toggle"},
    "String": {"text"},
    "List": {"choice"},
    "ColumnSelection": {"columns"},
    "Script": {"code"},
    "SecureString": {"text"},
}


def test_every_module_is_there_or_has_a_reason() -> None:
    assert set(CLASSIC) - set(catalog()) == set(ABSENT)


def test_each_deviation_is_one() -> None:
    assert {*MORE_INPUTS, *MORE_OUTPUTS, *(slug for slug, _ in OTHERWISE)} <= set(catalog())
    found = {found for slug in BUILT for found in deviations(slug)}
    assert set(OTHERWISE) <= found, "these are as in classic; take them out of the list"


@pytest.mark.parametrize("slug", BUILT)
def test_is_as_in_classic(slug: str) -> None:
    assert [found for found in deviations(slug) if found not in OTHERWISE] == []


def deviations(slug: str) -> list[tuple[str, str]]:
    """What differs, as (module, what)."""
    spec, old = catalog()[slug], CLASSIC[slug]
    found = [] if fold(spec.name) == fold(old["name"]) else ["name"]
    found += _ports(spec, old)
    own = {param.name: param for param in spec.params}
    for name, param in old["params"].items():
        found += [f"no {name}"] if name not in own else _param(own[name], param)
    return [(slug, what) for what in found]


def _ports(spec: ModuleSpec, old: dict[str, Any]) -> list[str]:
    inputs = {port.name: port.type + "?" * port.optional for port in spec.inputs}
    outputs = {port.name: port.type for port in spec.outputs}
    found = []
    for own, olds, more in (
        (inputs, old["inputs"], MORE_INPUTS),
        (outputs, old["outputs"], MORE_OUTPUTS),
    ):
        found += [f"{name}: {own.get(name)}" for name, kind in olds.items() if own.get(name) != kind]
        found += [f"more: {name}" for name in set(own) - set(olds) - set(more.get(spec.slug, ()))]
        shared = [name for name in own if name in olds]
        found += ["order of ports"] if shared != [name for name in olds if name in own] else []
    return found


def _param(own: ParamSpec, old: dict[str, Any]) -> list[str]:
    found = []
    switch = {fold(choice) for choice in old.get("choices", ())} == {"true", "false"}
    if own.type not in TYPES[old["type"]] and not (switch and own.type == "toggle"):
        found.append(f"{own.name} is {own.type}")
    labels = {fold(text) for choice in own.choices or () for text in (choice.label, choice.value)}
    absent = [] if switch else [choice for choice in old.get("choices", ()) if fold(choice) not in labels]
    found += [f"{own.name} lacks {choice}" for choice in absent] if own.choices else []
    if "default" in old and old["type"] != "ColumnSelection" and not _same(own, old["default"]):
        found.append(f"{own.name} defaults to {own.default}")
    return found


def _same(own: ParamSpec, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(own.default, bool):
        return fold(own.default) == fold(default)
    if isinstance(default, int | float):
        return isinstance(own.default, int | float) and float(own.default) == float(default)
    shown = next((choice.label for choice in own.choices or () if choice.value == own.default), own.default)
    return fold(default) in (fold(shown), fold(own.default))


def fold(text: Any) -> str:
    return "".join(filter(str.isalnum, str(text))).casefold()


def test_a_param_may_be_named_as_in_classic() -> None:
    split = catalog()["split-data"]
    said = {
        "fraction_of_rows_in_the_first_output_dataset": 0.25,
        "randomized_split": "false",
        "random_seed": 7,
    }
    assert split.read_params(said) == split.read_params({"fraction": 0.25, "randomized": False, "seed": 7})
    with pytest.raises(ValueError, match="random_seed"):
        split.read_params({"random_seed": 7, "seed": 8})

"""The params of a node of ML Studio (classic), all texts, as ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel, ValidationError

from modules.sdk.declare import ModuleSpec, ParamSpec
from studio.experiments.desk.classic_families import Family, fold
from studio.experiments.desk.classic_file import OldNode

TYPES = {
    "string": "string",
    "integer": "integer",
    "double": "float",
    "boolean": "boolean",
    "datetime": "datetime",
    "timespan": "timedelta",
    "categorical": "categorical",
    "numeric": "numeric",
    "all": "all",
}
OTHERWISE = {
    "remove-duplicate-rows": {"keycolumnselectionfilterexpression": "key_columns"},
    "tune-model-hyperparameters": {
        "maximumnumberofrunsonrandomsweep": "maximum_number_of_runs",
        "maximumnumberofrunsonrandomgrid": "maximum_number_of_runs",
    },
}
"""Params that have another name here."""
NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{0,30})?([eE][+-]?\d{1,3})?")
NOT_NEEDED = frozenset(
    [
        "pythonversion",
        "rversion",
        "usecachedresults",
        "hasheader",
        "dataformat",
        "compressionfileformat",
        "moduletype",
    ]
)
"""Settings of the old service that nothing here depends on, or that another param says."""


@dataclass
class Taken:
    """Params by our names, the web service parameter that a param is, and what could not be taken over."""

    values: dict[str, Any] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def take_params(spec: ModuleSpec, family: Family, old: OldNode) -> Taken:
    """What a node of the old service had set."""
    taken = Taken()
    ranges = any(fold(v) == "parameterrange" for n, v in old.params.items() if fold(n) == "createtrainermode")
    for name, text in old.params.items():
        param, swept = _param(spec, family, name)
        if param is None:
            if fold(name) not in NOT_NEEDED:
                taken.left_out.append(f"{spec.name} has no setting {name} here; it was {_short(text)}.")
        elif swept is ranges or (param.sweep is None and not swept):
            _take(param, family, name, text, swept, taken)
        if param and name in old.linked and not swept:
            taken.linked[param.name] = old.linked[name]
    if spec.slug == "enter-data-manually":
        _take_format(old.params, taken)
    _drop_what_is_refused(spec, taken)
    return taken


def _param(spec: ModuleSpec, family: Family, name: str) -> tuple[ParamSpec | None, bool]:
    """Our param, and whether the old one was its range."""
    own = {fold(word): param for param in spec.params for word in (param.label, param.name)}
    own |= {old: own[fold(new)] for old, new in OTHERWISE.get(spec.slug, {}).items() if fold(new) in own}
    folded = fold(name)
    if folded in family.sweeps:
        return own.get(family.sweeps[folded]), True
    return own.get(family.names.get(folded, folded)), False


def _take(param: ParamSpec, family: Family, name: str, text: str, swept: bool, taken: Taken) -> None:
    try:
        taken.values[param.name] = text if swept else _value(param, family, name, text)
    except ValueError as why:
        taken.left_out.append(f"{param.label}: {why}")


def _value(param: ParamSpec, family: Family, name: str, text: str) -> Any:
    """The value of a param, from its text. ValueError with a sentence if there is none."""
    match param.type:
        case "toggle":
            return text.strip().lower() in ("true", "1", "yes")
        case "integer" | "number":
            if not NUMBER.fullmatch(text.strip()):
                raise ValueError(f"{_short(text)} is no number; it is left as it was.")
            return int(text) if text.strip().lstrip("+-").isdigit() else float(text)
        case "choice":
            return _choice(param, family, name, text)
        case "columns":
            return _columns(param, text)
        case _:
            return text


def _choice(param: ParamSpec, family: Family, name: str, text: str) -> Any:
    shown = {**family.choices.get(fold(name), {}), **family.choices.get(fold(param.label), {})}.get(
        fold(text), text
    )
    for choice in param.choices or ():
        if fold(shown) in (fold(choice.label), fold(choice.value)):
            return choice.value
    raise ValueError(f"{_short(text)} is no choice here; it is left as it was.")


def _columns(param: ParamSpec, text: str) -> Any:
    """A picker's rules, which the old graphs hold as JSON in a URL's coding; else names."""
    said = unquote(text)
    if not said.lstrip().startswith("{"):
        return [said] if param.single else [part.strip() for part in said.split(",") if part.strip()]
    try:
        picker = _Picker.model_validate_json(said)
    except ValidationError:
        raise ValueError("its columns cannot be read; choose them.") from None
    begin = "none"
    rules: list[dict[str, Any]] = []
    for rule in picker.rules:
        if rule.ruleType == "AllColumns":
            begin, rules = ("none" if rule.exclude else "all"), []
        else:
            rules.append(_rule(rule))
    names = [rule["values"] for rule in rules if rule["by"] == "names" and "exclude" not in rule]
    listed = begin == "none" and bool(rules) and len(names) == len(rules)
    if listed and (param.single or not picker.isFilter):
        return [name for values in names for name in values][: 1 if param.single else None]
    return {"begin": begin, "rules": rules, "ordered": not picker.isFilter}


class _PickerRule(BaseModel):
    ruleType: str = ""
    columns: list[str | int] = []
    columnTypes: list[str] = []
    columnKinds: list[str] = []
    exclude: bool = False


class _Picker(BaseModel):
    """A column picker, as the old graphs hold it."""

    isFilter: bool = True
    rules: list[_PickerRule] = []


def _rule(rule: _PickerRule) -> dict[str, Any]:
    if rule.ruleType == "ColumnNames":
        found: dict[str, Any] = {"by": "names", "values": [str(name) for name in rule.columns]}
    elif rule.ruleType == "ColumnIndexes":
        found = {"by": "indexes", "values": [str(part) for part in rule.columns]}
    elif rule.ruleType == "ColumnTypes":
        kinds = {one.lower() for one in rule.columnKinds} - {"all", "feature"}
        if kinds:
            raise ValueError(
                f"it took columns by their role ({', '.join(sorted(kinds))}); choose them by name."
            )
        types = [TYPES.get(one.lower()) for one in rule.columnTypes or ["All"]]
        if None in types:
            raise ValueError("it took columns by a type that is not known here; choose them.")
        found = {"by": "types", "values": types}
    else:
        raise ValueError(f"it has a rule {_short(rule.ruleType)} that is not known here; choose the columns.")
    return found | ({"exclude": True} if rule.exclude else {})


def _take_format(params: Mapping[str, str], taken: Taken) -> None:
    said = {fold(name): value for name, value in params.items()}
    form = fold(said.get("dataformat", "csv"))
    headed = said.get("hasheader", "true").strip().lower() != "false"
    taken.values["format"] = form if form in ("arff", "svmlight") or headed else f"{form}-no-header"


def _drop_what_is_refused(spec: ModuleSpec, taken: Taken) -> None:
    """Leaves out what the form would refuse, so that the rest can be opened and mended."""
    for _ in range(len(taken.values)):
        try:
            spec.read_params(taken.values)
            return
        except ValidationError as refused:
            names = {str(one["loc"][0]) for one in refused.errors() if one["loc"]} & taken.values.keys()
            if not names:
                return
            for name in names:
                label = next(param.label for param in spec.params if param.name == name)
                taken.left_out.append(f"{label}: {_short(str(taken.values.pop(name)))} is refused here.")
        except ValueError:
            return


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"

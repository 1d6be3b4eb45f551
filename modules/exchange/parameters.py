"""The parameters that a call gives, held against those that the service has."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from modules.exchange.cells import EXPECTED, BadCell, read_cells, shown
from modules.exchange.problems import CallProblem
from modules.exchange.schema import ServiceColumn, ServiceParameter, ServiceSchema


def read_parameters(given: Mapping[str, Any], schema: ServiceSchema) -> dict[str, Any]:
    """The values that the call gives, each as its parameter's type. Those that it leaves out take the default
    that the plan's steps hold.

    Raises CallProblem where one is unknown or does not fit, or where one that has no default is not given."""
    known = [parameter.name for parameter in schema.parameters]
    for name in given:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            listed = f"it has {', '.join(known)}" if known else "it has none"
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise CallProblem.one(
                "BadArgument",
                "UnexpectedParameter",
                name[:200],
                f"The service has no parameter {name[:80]!r}; {listed}.{hint}",
            )
    missing = [p.name for p in schema.parameters if p.required and given.get(p.name) is None]
    if missing:
        raise CallProblem.one(
            "BadArgument",
            "MissingRequiredGlobalParameters",
            missing[0],
            f"GlobalParameters must say {', '.join(missing)}: the service has no default for "
            f"{'it' if len(missing) == 1 else 'them'}.",
        )
    return {
        parameter.name: _value(given[parameter.name], parameter)
        for parameter in schema.parameters
        if parameter.name in given
    }


def _value(value: Any, parameter: ServiceParameter) -> Any:
    if value is None:
        if parameter.nullable:
            return None
        raise _refuse(parameter, f"{EXPECTED[parameter.type]} is expected ({parameter.type}), but null came")
    try:
        read = read_cells([value], ServiceColumn(name=parameter.name, type=parameter.type))
    except BadCell as bad:
        raise _refuse(parameter, bad.message) from None
    found = read.data[0].as_py()
    if found is None:
        raise _refuse(
            parameter, f"{EXPECTED[parameter.type]} is expected ({parameter.type}), but {shown(value)} came"
        )
    if parameter.choices is not None and str(found) not in parameter.choices:
        raise _refuse(parameter, f"{shown(found)} is none of {', '.join(parameter.choices)}")
    if parameter.min is not None and found < parameter.min:
        raise _refuse(parameter, f"{shown(found)} is less than {parameter.min:g}")
    if parameter.max is not None and found > parameter.max:
        raise _refuse(parameter, f"{shown(found)} is more than {parameter.max:g}")
    return found


def _refuse(parameter: ServiceParameter, message: str) -> CallProblem:
    return CallProblem.one(
        "BadArgument", "BadParameterValue", parameter.name, f"Parameter {parameter.name!r}: {message}."
    )

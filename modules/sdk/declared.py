"""Params that a node's own script declares, beside those of its module; and how their values are read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, NoReturn

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

Kind = Literal["integer", "number", "toggle", "text", "choice"]

YES, NO = ("true", "yes", "1", "on"), ("false", "no", "0", "off")


@dataclass(frozen=True)
class Declared:
    """A param that a script declares. `choices`: the values of a choice, as the script writes them.
    `default`: None also where it is not known without running the script, which then takes its own;
    `optional`: None is a value that it takes. `line` counts from 1. `fitting`: a text that reads as a number
    is one, as in SQL, where nothing says of which type a value is."""

    name: str
    type: Kind
    default: Any = None
    choices: tuple[Any, ...] = ()
    optional: bool = False
    required: bool = False
    help: str = ""
    line: int | None = None
    fitting: bool = False


Declares = Callable[[Any], Sequence[Declared] | None]
"""Gives, for a node's params, what its script declares; None where the script cannot be read."""


def read_values(declared: Sequence[Declared], raw: Mapping[str, Any], taken: Sequence[str]) -> dict[str, Any]:
    """The value of each declared param; those that the script knows better are left out. `taken`: the
    module's own params, which a message names too.

    ValidationError, with the param's name as its place, where a value does not fit or no such param is
    declared.
    """
    known = {one.name: one for one in declared}
    values: dict[str, Any] = {}
    wrong: list[InitErrorDetails] = []
    for name, one in known.items():
        given = raw.get(name)
        if given is None or (given == "" and one.type != "text"):
            given = one.default
        try:
            value = None if given is None else _READ[one.type](one, given)
        except Misfit as misfit:
            wrong.append(_error(name, f"{name}: {misfit}.", raw.get(name)))
            continue
        if value is not None or one.optional:
            values[name] = value
    wrong += [_error(name, _unknown(name, [*taken, *known]), raw[name]) for name in raw if name not in known]
    if wrong:
        raise ValidationError.from_exception_data("params", wrong)
    return values


class Misfit(ValueError):
    """A value is of another type than its param; the message says which it takes."""


def _unknown(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, 1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known)}."
    return f"There is no parameter {name!r}; {hint}"


def _error(name: str, message: str, given: Any) -> InitErrorDetails:
    refused = PydanticCustomError("declared_param", message)
    return InitErrorDetails(type=refused, loc=(name,), input=given)


def _misfit(wanted: str, given: Any) -> NoReturn:
    raise Misfit(f"it takes {wanted}, not {given!r:.60}")


def _integer(_: Declared, given: Any) -> int:
    if isinstance(given, str):
        try:
            return int(given)
        except ValueError:
            pass
    value = _finite(given, "a whole number")
    if value != int(value):
        _misfit("a whole number", given)
    return given if isinstance(given, int) else int(value)


def _number(_: Declared, given: Any) -> float:
    return _finite(given, "a number")


def _finite(given: Any, wanted: str) -> float:
    """Also from a text: the callers of web services send nothing else."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        _misfit(wanted, given)
    try:
        value = float(given)
    except (ValueError, OverflowError):
        _misfit(wanted, given)
    if not math.isfinite(value):
        _misfit(wanted, given)
    return value


def _toggle(_: Declared, given: Any) -> bool:
    said = str(given).strip().lower()
    if isinstance(given, bool | int | str) and said in (*YES, *NO):
        return said in YES
    _misfit("true or false", given)


def _text(one: Declared, given: Any) -> Any:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        _misfit("a text", given)
    if not one.fitting:
        return given if isinstance(given, str) else str(given)
    return fitted(given) if isinstance(given, str) else given


def fitted(text: str) -> str | int | float:
    """A number, if the text is nothing but one as it is commonly written.

    >>> fitted("12"), fitted("0.5"), fitted("007"), fitted("nan")
    (12, 0.5, '007', 'nan')
    """
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if math.isfinite(value) and ((kind is float and "." in text) or str(value) == text):
            return value
    return text


def _choice(one: Declared, given: Any) -> Any:
    for value in one.choices:
        if given == value and type(given) is type(value):
            return value
    found = [value for value in one.choices if str(value) == str(given)]
    if not found:
        _misfit(f"one of {', '.join(map(repr, one.choices))}", given)
    return found[0]


_READ: dict[Kind, Callable[[Declared, Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "toggle": _toggle,
    "text": _text,
    "choice": _choice,
}


def default_of(one: Declared) -> Any:
    """The default as its param takes it; None where it does not fit, for then the script knows better."""
    try:
        return None if one.default is None else _READ[one.type](one, one.default)
    except Misfit:
        return None

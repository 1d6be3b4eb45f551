"""JSON from outside, as strict as those who read it again: databases, browsers, other languages.

Python's reader takes more than JSON is: NaN, infinite numbers, halves of surrogate pairs, any depth.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

DEEPEST = 100
LONGEST_NUMBER = 300
"""Digits of a whole number: no more fit into any other kind of number."""


class NotJson(ValueError):
    """The message says what is wrong, as the rest of a sentence."""


def read_json(text: str | bytes) -> Any:
    """The value; NotJson where it is none, or one that others could not read.

    >>> read_json('{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_constant, parse_float=_float, parse_int=_int)
        text.encode()
    except NotJson:
        raise
    except RecursionError:
        raise _too_deep() from None
    except UnicodeError:
        raise NotJson("it is not text in UTF-8") from None
    except ValueError as error:
        raise NotJson(str(error)) from None
    if text.count("[") + text.count("{") > DEEPEST:
        _check_depth(value)
    if "\\ud" in text or "\\uD" in text:
        _check_text(value)
    return value


def _constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is no number in JSON; a missing value is null")


def _float(digits: str) -> float:
    if math.isinf(number := float(digits)):
        raise NotJson(f"the number {digits[:40]} is too large")
    return number


def _int(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise NotJson(f"a number has {len(digits):,} digits; at most {LONGEST_NUMBER} are read")
    return int(digits)


def _too_deep() -> NotJson:
    return NotJson(f"it is nested more than {DEEPEST} levels deep")


def _inside(values: Iterable[Any]) -> list[Any]:
    """The members of these values, one level down."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, dict):
            found += value.values()
        elif isinstance(value, list):
            found += value
    return found


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        if not (level := _inside(level)):
            return
    raise _too_deep()


def _check_text(value: Any) -> None:
    level = [value]
    while level:
        for one in level:
            texts = [one] if isinstance(one, str) else one if isinstance(one, dict) else ()
            for text in texts:
                try:
                    text.encode()
                except UnicodeError:
                    raise NotJson("a text holds half of a pair of surrogates (\\ud800 to \\udfff)") from None
        level = _inside(level)

"""Wrappers for functions that take by name today what they took by position, or under another name."""

from __future__ import annotations

import functools
import inspect
from typing import Any

from modules.classic import notes


def by_position(function: Any) -> Any:
    """The function, which takes by position what it takes by name only today, in the same order."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return function
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return function
    taken = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    named_only = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    if not named_only:
        return function

    @functools.wraps(function)
    def positional(*args: Any, **named: Any) -> Any:
        more = args[len(taken) :]
        if more:
            notes.replaced(
                f"{', '.join(named_only[: len(more)])} by position in {function.__name__}()",
                "it was passed by name",
            )
            named = dict(zip(named_only, more, strict=False)) | named
        return function(*args[: len(taken)], **named)

    return positional


def renamed(old: str, new: str, turn: Any = lambda value: value) -> Any:
    """Wraps a function so that the keyword `old` arrives as `new`."""

    def around(function: Any) -> Any:
        @functools.wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            if old in named:
                value = named.pop(old)
                if new and value is not None:
                    named.setdefault(new, turn(value))
                notes.replaced(
                    f"{old}= in {function.__name__}()", f"{new}= did it" if new else "it was left out"
                )
            return function(*args, **named)

        return call

    return around


def chained(*arounds: Any) -> Any:
    def around(function: Any) -> Any:
        for one in arounds:
            function = one(function)
        return function

    return around

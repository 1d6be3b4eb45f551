"""The secrets that a node was given: a script finds them by name, and what it prints of them is crossed out.

Crossing out guards against accidents: a script that wants to give a secret away can spell it otherwise.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

LEAST = 4
"""Characters of what is crossed out: shorter texts are in many words."""
MARK = "••••••"
"""Never longer than what it stands for: texts have their bounds."""

_given: dict[str, str] = {}
_crossed_out: re.Pattern[str] | None = None
_at_desk = False


def give(values: Mapping[str, str]) -> None:
    """In a child: from now on the surroundings have them, `studio.secret` gives them, `hide` crosses them
    out."""
    global _crossed_out
    _given.update(values)
    for name, value in values.items():
        os.environ.setdefault(name, value)
    _crossed_out = pattern(values.values())


def take_surroundings() -> None:
    """At the desk: secrets are what the environment's variables of their names say."""
    global _at_desk
    _at_desk = True


def secret(name: str) -> str:
    """The value of a secret that the node names. KeyError, with a sentence, for all others."""
    if name in _given:
        return _given[name]
    if _at_desk:
        if name in os.environ:
            return os.environ[name]
        raise KeyError(f"the secret {name!r} is not known here; set an environment variable of that name")
    has = ", ".join(_given) or "none"
    raise KeyError(f"this node was not given the secret {name!r} (it has {has}); name it in its Secrets")


def hide(text: str) -> str:
    """The text with the values of given secrets crossed out."""
    return _crossed_out.sub(_mark, text) if _crossed_out else text


def _mark(found: re.Match[str]) -> str:
    return MARK[: len(found[0])]


def spellings(values: Iterable[str]) -> list[str]:
    """The values, their longer lines, and how a value looks in JSON, in an address and in Base64; the longest
    first."""
    found: set[str] = set()
    for value in values:
        forms = {value, json.dumps(value)[1:-1], repr(value)[1:-1], quote(value, safe=""), quote(value)}
        forms.add(base64.b64encode(value.encode()).decode())
        lines = value.splitlines()
        forms |= {line for line in lines if len(lines) > 1 and len(line) >= 2 * LEAST}
        found |= {form for form in forms if len(form) >= LEAST}
    return sorted(found, key=len, reverse=True)


def pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    """What finds them in a text; None if there are none."""
    found = spellings(values)
    return re.compile("|".join(map(re.escape, found))) if found else None


def hide_in(told: Any, found: re.Pattern[str]) -> Any:
    """The same lists and dicts, with all texts in them looked through."""
    if isinstance(told, str):
        return found.sub(_mark, told)
    if isinstance(told, dict):
        return {key: hide_in(value, found) for key, value in told.items()}
    if isinstance(told, list):
        return [hide_in(value, found) for value in told]
    return told

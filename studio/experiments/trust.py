"""Own modules that a file brought from elsewhere: their code waits for trust by name. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from modules.sdk.declare import ModuleSpec
from studio.documents import DEFINITIONS
from studio.experiments.own_definition import UNTRUSTED

LANGUAGES = {"python": "Python", "r": "R", "sql": "SQL"}


def wait_for_trust(
    document: dict[str, Any], trusted: Collection[str], kept: Collection[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The file, in which each own module waits that is neither `trusted`, by its name, nor one of `kept`, the
    definitions of this person's palette."""
    definitions = document.get(DEFINITIONS)
    if not isinstance(definitions, Mapping):
        return document
    marked = {
        key: _marked(one, trusted, kept) if isinstance(one, Mapping) else one
        for key, one in definitions.items()
    }
    return {**document, DEFINITIONS: marked}


def _marked(
    definition: Mapping[str, Any], trusted: Collection[str], kept: Collection[Mapping[str, Any]]
) -> dict[str, Any]:
    plain = {key: value for key, value in definition.items() if key != UNTRUSTED}
    return plain if plain in kept or _name(plain) in trusted else {**plain, UNTRUSTED: True}


def trusting_all(document: dict[str, Any]) -> dict[str, Any]:
    """The file, in which no own module waits."""
    return wait_for_trust(document, own_names(document))


def own_names(document: Mapping[str, Any]) -> list[str]:
    """The names of the own modules of a file."""
    return [_name(one) for one in _definitions(document) if _name(one)]


def waiting(document: Mapping[str, Any]) -> list[str]:
    """The names of those that wait for trust."""
    return [_name(one) for one in _definitions(document) if one.get(UNTRUSTED) is True]


def _definitions(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    definitions = document.get(DEFINITIONS)
    found = definitions.values() if isinstance(definitions, Mapping) else ()
    return [one for one in found if isinstance(one, Mapping)]


def _name(definition: Mapping[str, Any]) -> str:
    name = definition.get("name")
    return name.strip() if isinstance(name, str) else ""


def untrusted_problem(untrusted: str, params: Mapping[str, Any], spec: ModuleSpec) -> str | None:
    """A sentence if a node inside of the module `untrusted` runs code, or asks for the network or secrets.
    Others do what the palette's modules do."""
    codes = [param for param in spec.params if param.type == "code" and param.language]
    does = [f"runs {LANGUAGES.get(codes[0].language or '', 'other')} code"] if codes else []
    does += ["asks for the network"] if spec.asks_for_network(params) else []
    does += ["asks for secrets"] if spec.secrets(params) else []
    if not does:
        return None
    return (
        f"The own module {untrusted!r} came with a file from elsewhere, and {' and '.join(does)}. "
        "Look at what is inside, then trust it."
    )

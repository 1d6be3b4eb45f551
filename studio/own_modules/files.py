"""Own modules as files, to pass on and to take in: a JSON object each; of classic, XML and a script. Pure."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from modules.registry import find
from studio.documents import every_node
from studio.errors import Invalid
from studio.own_modules.custom_module import CustomProblem, read_custom

FORMAT = "studio-module/1"
SUFFIX = ".module.json"


@dataclass
class Brought:
    """An own module in a file. `scripts`: the languages of the scripts in it. `left_out`: sentences."""

    file: str
    definition: dict[str, Any]
    needs: dict[str, Any] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def scripts(self) -> list[str]:
        nodes = every_node({"modules": {**self.needs, "it": self.definition}})
        found = {_language(str(node.get("module"))) for node in nodes}
        return sorted(found - {""})


def _language(slug: str) -> str:
    spec = find(slug)
    codes = (
        [param.language for param in spec.params if param.type == "code" and param.language] if spec else []
    )
    return {"python": "Python", "r": "R", "sql": "SQL"}.get(codes[0], codes[0]) if codes else ""


def package(modules: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> bytes:
    """A zip with one file for each: its slug, its definition and what it needs."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for slug, definition, needs in modules:
            whole = {"format": FORMAT, "definition": definition, "needs": needs}
            archive.writestr(slug + SUFFIX, json.dumps(whole, indent=1, ensure_ascii=False))
    return sink.getvalue()


def read_files(files: Mapping[str, str]) -> list[Brought]:
    """The own modules among these files, by their names in the package. Invalid, with the file's name, if one
    cannot be read, and if there is none."""
    found = [_read(name, text, files) for name, text in sorted(files.items()) if _is_module(name)]
    if not found:
        raise Invalid(
            f"There is no own module in it: neither a file *{SUFFIX} nor the XML of a custom module."
        )
    return found


def _is_module(name: str) -> bool:
    return name.lower().endswith((".json", ".xml"))


def _read(name: str, text: str, files: Mapping[str, str]) -> Brought:
    try:
        if name.lower().endswith(".xml"):
            folder = PurePosixPath(name).parent
            beside = {
                PurePosixPath(one).name: each
                for one, each in files.items()
                if PurePosixPath(one).parent == folder
            }
            custom = read_custom(text, beside)
            return Brought(name, custom.definition, {}, custom.left_out)
        return _json(name, json.loads(text))
    except (CustomProblem, ValueError, RecursionError) as problem:
        said = "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)
        raise Invalid(f"{name} cannot be read as a module: {said}.") from None


def _json(name: str, whole: Any) -> Brought:
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise CustomProblem(f'its "format" is not {FORMAT!r}')
    definition, needs = whole.get("definition"), whole.get("needs", {})
    if not isinstance(definition, dict) or not isinstance(needs, dict):
        raise CustomProblem('"definition" and "needs" must be objects')
    return Brought(name, definition, needs)

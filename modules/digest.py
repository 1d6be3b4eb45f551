"""What a module's results depend on beside params and inputs: the code that makes them, and its libraries."""

from __future__ import annotations

import inspect
import threading
from functools import cache
from pathlib import Path

from blake3 import blake3

from modules import interpreter
from modules.imports import Imports, imported
from modules.interpreter import Interpreter
from modules.registry import ROOT, catalog
from modules.sdk.declare import ModuleSpec
from modules.wire_types import WIRE_TYPES

SHOWN = ("pandas", "numpy", "scipy", "pyarrow", "scikit-learn", "matplotlib", "duckdb")
"""Of the libraries that a script might import, those that a reason names."""

INSTALLED = "installed"
"""Stands, in the libraries of a script, for all that it might import."""

QUESTIONS = (ROOT / "look", ROOT / "wire_types" / "table_questions.py")
"""What is asked of a value that is there already: no part of how it is read and written."""


_parsing = threading.Lock()
"""Python 3.11 fails where two threads parse at once ("AST constructor recursion depth mismatch")."""


@cache
def code_digest(slug: str, where: Interpreter | None = None) -> str:
    """Of the module's own file, of all files of ours that it imports, of those that read its inputs and write
    its outputs, and of the libraries' versions. `where`: the interpreter that runs the node."""
    spec = catalog()[slug]
    digest = blake3(f"{spec.slug} {spec.version} {libraries(slug, where)}".encode())
    with _parsing:
        digest.update(_files(slug))
    return digest.hexdigest()


@cache
def _files(slug: str) -> bytes:
    """A digest of the files of ours."""
    digest = blake3()
    for file in sorted(needed(catalog()[slug]).files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()


@cache
def libraries(slug: str, where: Interpreter | None = None) -> str:
    """Python and the libraries that the module's results depend on: `Python=3.12.3 pandas=2.3.1 …`; of a
    module that runs scripts, `installed=…` is a digest of all that a script might import."""
    spec, found = catalog()[slug], where or interpreter.own()
    if runs_scripts(spec):
        versions = {name: found.versions[name] for name in SHOWN if name in found.versions}
        versions[INSTALLED] = found.digest
    else:
        with _parsing:
            packages = needed(spec).packages
        versions = dict(sorted(found.behind(packages).items()))
    return " ".join([f"Python={found.python}", *(f"{name}={version}" for name, version in versions.items())])


def runs_scripts(spec: ModuleSpec) -> bool:
    """Whether a user's code runs in it, which may import whatever is installed."""
    return any(param.type == "code" and param.language == "python" for param in spec.params)


def needed(spec: ModuleSpec) -> Imports:
    """The files and packages that its results come from."""
    types = {port.type for port in (*spec.inputs, *spec.outputs)}
    homes = [Path(inspect.getfile(WIRE_TYPES[type])) for type in sorted(types)]
    own, ports = imported([Path(spec.function.__code__.co_filename)]), imported(homes, without=QUESTIONS)
    return Imports(own.files | ports.files, own.packages | ports.packages)

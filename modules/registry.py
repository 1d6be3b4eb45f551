"""Finds modules by folder: `catalog()` lists them all, `find(slug)` gives one."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import traceback
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from modules.sdk.declare import ModuleSpec

NOT_GROUPS = {
    "classic",
    "debugging",
    "exchange",
    "files",
    "learning",
    "look",
    "scripting",
    "sdk",
    "storage",
    "wire_types",
}
ROOT = Path(__file__).parent

log = logging.getLogger(__name__)


class Broken(NamedTuple):
    """A module file, or a whole group, that could not be read. `where`: `modules.statistics` or so."""

    where: str
    error: str
    traceback: str

    @property
    def slug(self) -> str:
        return self.where.rpartition(".")[2].replace("_", "-")


@cache
def catalog() -> MappingProxyType[str, ModuleSpec]:
    """Every module by slug, in palette order: by category, then by name. Those that cannot be read are left
    out; `broken_modules` lists them."""
    return _read()[0]


def broken_modules() -> tuple[Broken, ...]:
    """What could not be read, with its traceback. It stops no other module."""
    return _read()[1]


@cache
def _read() -> tuple[MappingProxyType[str, ModuleSpec], tuple[Broken, ...]]:
    specs: list[ModuleSpec] = []
    broken: list[Broken] = []
    for group in groups(ROOT):
        _read_group(f"modules.{group}", specs, broken)
    specs.sort(key=lambda spec: (spec.category, spec.name))
    return MappingProxyType({spec.slug: spec for spec in specs}), tuple(broken)


def groups(root: Path) -> list[str]:
    """The folders that hold modules. Python's own `__pycache__` is not looked into: a node's user may not."""
    names = (path.name for path in root.iterdir() if not path.name.startswith(("_", ".")))
    return sorted(
        name for name in names if name not in NOT_GROUPS and (root / name / "__init__.py").is_file()
    )


def _read_group(package: str, specs: list[ModuleSpec], broken: list[Broken]) -> None:
    """The modules in a folder and in the folders below it: each folder is a group of the palette."""
    try:
        place = importlib.import_module(package).__path__
    except Exception as error:
        broken.append(_as_broken(package, error))
        return
    for info in pkgutil.iter_modules(place):
        name = f"{package}.{info.name}"
        if info.ispkg:
            _read_group(name, specs, broken)
        elif not info.name.startswith("_"):
            try:
                specs.append(getattr(importlib.import_module(name), info.name).spec)
            except Exception as error:
                broken.append(_as_broken(name, error))


def _as_broken(where: str, error: Exception) -> Broken:
    log.error("%s cannot be read; it is left out of the palette", where, exc_info=error)
    return Broken(where, f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))


def find_broken(slug: str) -> Broken | None:
    """What is wrong with the module of that slug, if it could not be read."""
    return next((broken for broken in broken_modules() if broken.slug == slug), None)


def find(slug: str) -> ModuleSpec | None:
    """The module of that slug, or None."""
    return (_alone or catalog()).get(slug)


_alone: dict[str, ModuleSpec] = {}


def read_alone(name: str) -> None:
    """Reads one module's file (`modules.statistics.moving_average`) in a process that needs no other: reading
    all takes a second."""
    spec: ModuleSpec = getattr(importlib.import_module(name), name.rpartition(".")[2]).spec
    _alone[spec.slug] = spec


def language_of(slug: str) -> str | None:
    """The language of the script that nodes of this module run; None where they run none."""
    spec = find(slug)
    script = next((one for one in spec.params if one.name == "script"), None) if spec else None
    return script.language if script else None


def module_title(slug: str) -> str:
    """The name of that module; of an unknown one the slug."""
    spec = find(slug)
    return spec.name if spec else slug

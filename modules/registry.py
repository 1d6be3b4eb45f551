"""Finds modules by folder: `catalog()` lists them all, `find(slug)` gives one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import MappingProxyType

from modules.sdk.declare import ModuleSpec

NOT_GROUPS = {"sdk", "files", "look", "learning", "wire_types"}
ROOT = Path(__file__).parent


@cache
def catalog() -> MappingProxyType[str, ModuleSpec]:
    """Every module by slug, in palette order: by category, then by name."""
    specs = []
    for group in sorted(p.name for p in ROOT.iterdir() if (p / "__init__.py").is_file()):
        if group not in NOT_GROUPS:
            specs += _specs_in(f"modules.{group}")
    specs.sort(key=lambda spec: (spec.category, spec.name))
    return MappingProxyType({spec.slug: spec for spec in specs})


def _specs_in(package: str) -> list[ModuleSpec]:
    """The modules in a folder and in the folders below it: each folder is a group of the palette."""
    specs: list[ModuleSpec] = []
    for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
        name = f"{package}.{info.name}"
        if info.ispkg:
            specs += _specs_in(name)
        elif not info.name.startswith("_"):
            specs.append(getattr(importlib.import_module(name), info.name).spec)
    return specs


def find(slug: str) -> ModuleSpec | None:
    """The module of that slug, or None."""
    return catalog().get(slug)


def module_title(slug: str) -> str:
    """The name of that module; of an unknown one the slug."""
    spec = find(slug)
    return spec.name if spec else slug

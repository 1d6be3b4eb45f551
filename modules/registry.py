"""Finds modules by folder: `catalog()` lists them all, `find(slug)` gives one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import MappingProxyType

from modules.sdk.declare import ModuleSpec

NOT_GROUPS = {"sdk", "files", "look", "wire_types"}
ROOT = Path(__file__).parent


@cache
def catalog() -> MappingProxyType[str, ModuleSpec]:
    """Every module by slug, in palette order: by category, then by name."""
    specs = []
    for group in sorted(p.name for p in ROOT.iterdir() if (p / "__init__.py").is_file()):
        if group in NOT_GROUPS:
            continue
        package = importlib.import_module(f"modules.{group}")
        for info in pkgutil.iter_modules(package.__path__):
            if not info.name.startswith("_"):
                home = importlib.import_module(f"modules.{group}.{info.name}")
                specs.append(getattr(home, info.name).spec)
    specs.sort(key=lambda spec: (spec.category, spec.name))
    return MappingProxyType({spec.slug: spec for spec in specs})


def find(slug: str) -> ModuleSpec | None:
    """The module of that slug, or None."""
    return catalog().get(slug)


def module_title(slug: str) -> str:
    """The name of that module; of an unknown one the slug."""
    spec = find(slug)
    return spec.name if spec else slug

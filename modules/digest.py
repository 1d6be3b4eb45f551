"""What a module's results depend on beside params and inputs: its code, and versions of libraries."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from blake3 import blake3

from modules.registry import ROOT, catalog

LIBRARIES = ("pandas", "numpy", "scipy", "pyarrow", "scikit-learn", "matplotlib", "duckdb")
SHARED = ("sdk", "files", "learning")


@cache
def code_digest(slug: str) -> str:
    """Of a module's own file, its group's helpers, what all modules share, and the libraries' versions."""
    spec = catalog()[slug]
    own = Path(spec.function.__code__.co_filename)
    files = [
        own,
        *sorted(own.parent.glob("_*")),
        *(f for room in SHARED for f in sorted((ROOT / room).rglob("*.py"))),
    ]
    digest = blake3(f"{spec.slug} {spec.version} {libraries()}".encode())
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def libraries() -> str:
    """Python and the libraries that results depend on: `Python=3.12.3 pandas=2.3.1 …`."""
    return " ".join(
        [f"Python={platform.python_version()}", *(f"{name}={version(name)}" for name in LIBRARIES)]
    )

"""What base has, as a build must know it."""

from __future__ import annotations

import zipfile
from functools import cache
from importlib import metadata
from pathlib import Path

from modules.interpreter import normal, own

FIXED = (
    "annotated-types", "blake3", "cloudpickle", "numpy", "psutil", "pyarrow", "pydantic", "pydantic-core",
    "threadpoolctl", "typing-extensions", "typing-inspection",
)  # fmt: skip
"""What a child uses before it is confined, so that an environment cannot bring along another version."""

NEEDED = (
    "charset-normalizer", "docstring-parser", "duckdb", "fissix", "liac-arff", "matplotlib", "numpy",
    "openpyxl", "pandas>=2.2", "pyarrow", "pydantic", "python-calamine", "quantile-forest", "rdata",
    "scikit-learn", "scipy", "sqlglot", "tqdm",
)  # fmt: skip
"""What modules import: whatever an environment brings along must go together with these."""


@cache
def pins() -> dict[str, str]:
    """Versions by normal name, Studio itself left out."""
    return {name: version for name, version in own().versions.items() if name != "studio"}


def constraints() -> list[str]:
    return [f"{name}=={pins()[name]}" for name in FIXED if name in pins()]


def needed() -> list[str]:
    return [line for line in NEEDED if line.partition(">")[0] in pins()]


def as_lock() -> str:
    """The versions that a resolution begins with, so that it changes no more than it must."""
    return "".join(f"{name}=={version}\n" for name, version in sorted(pins().items()))


def write_stubs(folder: Path) -> None:
    """Wheels that have nothing but their metadata: what base has need not be on the index, and is never
    installed from it."""
    folder.mkdir()
    for found in metadata.distributions():
        name = normal(found.metadata["Name"] or "")
        if pins().get(name) != found.version:
            continue
        stem = f"{name.replace('-', '_')}-{found.version}"
        path = folder / f"{stem}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            info = f"{stem}.dist-info"
            wheel.writestr(f"{info}/METADATA", found.read_text("METADATA") or "")
            tags = "Wheel-Version: 1.0\nGenerator: studio\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            wheel.writestr(f"{info}/WHEEL", tags)
            wheel.writestr(f"{info}/RECORD", "")
        path.chmod(0o644)

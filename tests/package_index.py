"""A package index of a test's own: a folder of wheels, pure and native, and of packages as source."""

from __future__ import annotations

import base64
import hashlib
import io
import sysconfig
import tarfile
import zipfile
from pathlib import Path


def add_wheel(
    folder: Path,
    name: str,
    version: str,
    files: dict[str, str | bytes],
    *,
    needs: tuple[str, ...] = (),
    tag: str = "py3-none-any",
) -> Path:
    """Writes a wheel that has these files."""
    stem = f"{name}-{version}"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata = head + "".join(f"Requires-Dist: {each}\n" for each in needs)
    kind = (
        f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: {tag.endswith('any')}\nTag: {tag}\n".lower()
    )
    kind = kind.replace("wheel-version", "Wheel-Version").replace("generator", "Generator")
    kind = kind.replace("root-is-purelib", "Root-Is-Purelib").replace("tag:", "Tag:")
    every = {
        **{path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()},
        f"{stem}.dist-info/METADATA": metadata.encode(),
        f"{stem}.dist-info/WHEEL": kind.encode(),
    }
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in every.items())
    record += f"{stem}.dist-info/RECORD,,\n"
    made = folder / f"{stem}-{tag}.whl"
    with zipfile.ZipFile(made, "w") as wheel:
        for path, data in every.items():
            wheel.writestr(path, data)
        wheel.writestr(f"{stem}.dist-info/RECORD", record)
    return made


def add_native_wheel(folder: Path, name: str = "nativeherd") -> Path:
    """A wheel with a compiled part: that of a package that is installed, under another name."""
    from markupsafe import _speedups

    binary = Path(_speedups.__file__)
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    python = f"cp{sysconfig.get_config_var('py_version_nodot')}"
    init = "from nativeherd._speedups import _escape_inner as escape\n"
    files = {f"{name}/__init__.py": init, f"{name}/{binary.name}": binary.read_bytes()}
    return add_wheel(folder, name, "1.0", files, tag=f"{python}-{python}-{platform}")


def add_source(folder: Path, name: str, version: str, backend: str) -> Path:
    """Writes a package as source; `backend` builds it, and is run for that (PEP 517)."""
    config = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    config += f'[project]\nname = "{name}"\nversion = "{version}"\n'
    info = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    made = folder / f"{name}-{version}.tar.gz"
    with tarfile.open(made, "w:gz") as archive:
        for path, text in {"pyproject.toml": config, "backend.py": backend, "PKG-INFO": info}.items():
            entry = tarfile.TarInfo(f"{name}-{version}/{path}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return made


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()

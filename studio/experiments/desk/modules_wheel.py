"""studio-modules: what a node can be, as a wheel without Django. Exported scripts call it."""

from __future__ import annotations

import zipfile
from importlib import metadata
from pathlib import Path

import modules
from studio import __version__

NEEDS = (
    "pandas",
    "numpy",
    "pyarrow",
    "scikit-learn",
    "matplotlib",
    "pydantic",
    "duckdb",
    "blake3",
    "cloudpickle",
    "quantile-forest",
    "python-calamine",
    "openpyxl",
    "liac-arff",
    "rdata",
    "charset-normalizer",
    "docstring-parser",
    "fissix",
)
OUTSIDE = ("azure-storage-blob", "boto3", "requests", "sqlalchemy", "pg8000", "pymysql", "sqlalchemy-pytds")
"""What Import Data and Export Data need beside it."""
WHEEL = f"studio_modules-{__version__}-py3-none-any.whl"
INFO = f"studio_modules-{__version__}.dist-info"
DESK = """\"\"\"Studio at the desk: run_script, pull, push, secret.\"\"\"

from modules.at_desk import pull, push, run_script
from modules.sdk.secrets import secret

__all__ = ["pull", "push", "run_script", "secret"]
"""
ENTRY = "[console_scripts]\nstudio = modules.at_desk:main\n"


def requirements() -> list[str]:
    """What an exported script needs, in the versions that Studio has."""
    return [f"{name}=={metadata.version(name)}" for name in NEEDS]


def outside_requirements() -> list[str]:
    """What an exported script needs as well if it imports or exports data."""
    return [f"{name}=={metadata.version(name)}" for name in OUTSIDE]


def write_wheel(folder: Path) -> Path:
    """studio-modules: what a node can be, without Django. `pip install` takes it, and an exported script
    finds it beside itself."""
    home, target = Path(modules.__file__).parent, folder / WHEEL
    folder.mkdir(parents=True, exist_ok=True)
    needs = "".join(f"Requires-Dist: {line}\n" for line in requirements())
    about = f"Metadata-Version: 2.1\nName: studio-modules\nVersion: {__version__}\n{needs}"
    names = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(home.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and file.name != "conftest.py":
                names.append(f"modules/{file.relative_to(home).as_posix()}")
                archive.write(file, names[-1])
        archive.writestr("studio.py", DESK)
        archive.writestr(f"{INFO}/entry_points.txt", ENTRY)
        archive.writestr(f"{INFO}/METADATA", about)
        wheel = "Wheel-Version: 1.0\nGenerator: studio\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{INFO}/WHEEL", wheel)
        names += [
            "studio.py",
            f"{INFO}/entry_points.txt",
            f"{INFO}/METADATA",
            f"{INFO}/WHEEL",
            f"{INFO}/RECORD",
        ]
        archive.writestr(f"{INFO}/RECORD", "".join(f"{name},,\n" for name in names))
    return target

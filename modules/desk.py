"""What an exported experiment calls: the same functions that Studio runs, on this machine and without Studio.

An exported script is plain Python. It reads its data with `dataset`, calls functions of its own with `call`
and modules with `run`, and keeps the last results with `keep`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from modules.files.bundle import unpack as unpack_into
from modules.files.parquet import read_parquet
from modules.look.exports import export
from modules.module_call import call_module
from modules.sdk.secrets import take_surroundings
from modules.sdk.values import Bundle, Table, Value

BUNDLE = "Script Bundle"

take_surroundings()


def dataset(path: str | Path) -> SimpleNamespace:
    """What a Parquet file or a zip holds, as `dataset`: a table, each column with the type that it had in
    Studio, or a bundle."""
    place = Path(path)
    return SimpleNamespace(dataset=read_parquet(place) if place.suffix == ".parquet" else Bundle(place))


def unpack(zipped: Bundle) -> None:
    """Unpacks a zip into "Script Bundle" in the working directory, and lets its modules be imported."""
    from modules.python_language._wheels import unpack_wheels

    place = Path(BUNDLE).absolute()
    unpack_into(zipped, place)
    sys.path[:0] = [str(place), *map(str, unpack_wheels(place))]


def call(
    main: Callable[..., Any], *tables: Table | None, model: Any = None, **declared: Any
) -> SimpleNamespace:
    """Calls a script's function as Studio does: with a frame for each table, and the params that it declares.
    Gives `result_dataset`, `result_dataset2` and `result_model`."""
    from modules.python_language._calling import arguments
    from modules.python_language._figures import headless, open_figures
    from modules.python_language.execute_python_script import _estimator, _on_ports

    given = [one for one in tables if one is not None]
    with headless():
        positional, named = arguments(main, [one.frame() for one in given], _estimator(model), declared)
        own = [sys.modules[main.__module__]] if main.__module__ in sys.modules else []
        found = _on_ports(main(*positional, **named), given, own)
        for picture in open_figures(Path.cwd()):
            _keep_picture(main.__name__, picture)
    return SimpleNamespace(
        result_dataset=found.dataset, result_dataset2=found.dataset2, result_model=found.model
    )


def _keep_picture(name: str, picture: Any) -> None:
    Path(f"{name}-{picture.name}").write_bytes(picture.path.read_bytes())


def run(module: str, params: Mapping[str, Any] | None = None, **inputs: Value | None) -> SimpleNamespace:
    """Runs a module by its slug. Gives its outputs by port. ModuleError if there is no such module, or if a
    param or an input does not fit."""
    given = {name: value for name, value in inputs.items() if value is not None}
    return SimpleNamespace(**call_module(module, params or {}, given))


def keep(folder: str | Path, **results: Value | None) -> None:
    """Writes each table as NAME.csv and NAME.parquet into the folder. What is no table is left out."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, value in results.items():
        if isinstance(value, Table):
            for format in ("csv", "parquet"):
                export(value, format, place / f"{name}.{format}")
            print(f"{name}: {len(value):,} rows, {len(value.names)} columns → {place / name}.csv")

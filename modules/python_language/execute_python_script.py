"""Execute Python Script

Runs a Python script of yours over up to two tables, with pandas, NumPy, scikit-learn and matplotlib.

**What goes in.** Two tables (*Dataset1*, *Dataset2*) and a zip (*Script Bundle*), all optional. The zip is
unpacked into `Script Bundle/` in the working directory, which is on `sys.path`: with `hello.py` in the zip,
`import hello` works, and so do packages and data files. Wheels (`.whl`) in it can be imported as well, those
with compiled parts too if they are made for this Python and this machine; the log names the others.

**The function.** The script defines `azureml_main`. It is called with one `pandas.DataFrame` for each
connected table, by position: the first connected table is the first argument, whatever the parameters are
called. A parameter without an input gets its default, else `None`. It gets no more tables than it takes.
Where the name is defined more than once, the last definition counts. The frames have an index 0…n−1 and may
be changed in place.

**Model.** A connected model arrives as the keyword argument `model`, where `azureml_main` has a parameter of
that name: `def azureml_main(frame, *, model)`. A trained one is a fitted scikit-learn estimator with
`feature_names_in_` (and `classes_`), whose `predict` takes a frame.

**Parameters of your own.** What `azureml_main` takes by keyword only, with a default, becomes a field of this
node: `def azureml_main(frame, *, alpha: float = 0.1, method: Literal["a", "b"] = "a", flag: bool = False)`.
The types are `int`, `float`, `bool`, `str`, `Literal` and one of them or None; without an annotation the
default says the type. A docstring in the manner of Google, NumPy or Sphinx gives the field's help.

**What comes back.** A sequence whose first element is a `pandas.DataFrame` (`return frame,`); a bare frame
is taken too; `None` or an empty sequence means an empty table. A second frame goes to *Result Dataset2*, an
element that is no frame (a fitted estimator, any picklable object) to *Result Model*. A dict names the
ports: `return {"result_dataset": frame, "result_model": model}`. A frame without rows keeps its columns and
their types. Column names become text, a name that is taken gets ` (2)`, and the index is dropped; the log
tells of an index that held more than row numbers. Lists and dicts in cells become JSON; numbers with more
digits than a float holds become text.

**Packages.** The script imports what base has, or what the *environment* has that the node names. Instead of
naming one, it may begin with a header (PEP 723), which is built once and shared by all scripts with the same:

    # /// script
    # dependencies = ["cowsay>=6"]
    # ///

**Python Device** shows what was printed and every picture (`.png`, `.jpg`, `.gif`, `.svg`) left in the
working directory in the order it was written, then every matplotlib figure still open. The back end is Agg;
`plt.show()` does nothing.

`studio.progress(0.4)` shows on the node how far the script is, from 0 to 1; `tqdm` bars look in the log as
they do in a terminal.

**Network and secrets.** There is no network, unless *Network* names hosts that the administrator allows: then
programs that heed `HTTPS_PROXY` (requests, urllib, Azure's and Amazon's clients) and Python's plain
connections reach these, and the log says how much went through. Such a script runs in every run, unless *Use
cached results* is on. A secret that *Secrets* names is in the environment variables and in
`studio.secret("NAME")`; where its value is printed, it is crossed out.

**Row by row.** Where each row of the result comes of one row of the table, say so (*Works row by row*): a job
of a web service then calls `azureml_main` once for each piece of a large table, and puts what comes back
together in order. The pieces must leave the same columns; there are no pictures.

**When it fails**, the log has the traceback with the script's own line numbers. There is no file but those in
the working directory, which is gone afterwards.

>>> script = '''
... def azureml_main(frame):
...     frame["y"] = frame["x"] * 2
...     return frame,
... '''
>>> done = execute_python_script(Table.of(x=[1, 2]), params=PythonParams(script=script))
>>> done.result_dataset.column("y").data.to_pylist()
[2, 4]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal, NamedTuple

from modules.files.bundle import unpack
from modules.python_language._calling import arguments
from modules.python_language._figures import headless, open_figures
from modules.python_language._models import pickle_model
from modules.python_language._processes import processes
from modules.python_language._results import sort_results
from modules.python_language._running import call_script, import_path
from modules.python_language._signature import declared_params
from modules.python_language._tables import table_of
from modules.python_language._template import TEMPLATE
from modules.python_language._warm import BUNDLE, WarmScript
from modules.python_language._wheels import WHEELS
from modules.sdk.console import Console
from modules.sdk.declare import module, port
from modules.sdk.params import (
    ScriptParams,
    choice,
    code,
    environment,
    network,
    row_by_row,
    run_every_time,
    secrets,
    use_cached_results,
)
from modules.sdk.pictures import find_pictures
from modules.sdk.values import Bundle, Device, Model, Table, Value


class PythonParams(ScriptParams):
    script: str = code(TEMPLATE, "Python script", "python", "Defines azureml_main, which this module calls.")
    api: Literal["current", "classic"] = choice(
        "current",
        "Library names",
        {"current": "As installed", "classic": "As in ML Studio (classic)"},
        "Classic lets scripts of 2014–2021 run that use names which have moved or gone since.",
    )
    environment: str = environment()
    network: str = network()
    use_cached_results: bool = use_cached_results()
    secrets: str = secrets()
    run_every_time: bool = run_every_time()
    row_by_row: bool = row_by_row()


class PythonResults(NamedTuple):
    result_dataset: Annotated[Table, port("Result Dataset")]
    python_device: Annotated[Device, port("Python Device")]
    result_dataset2: Annotated[Table | None, port("Result Dataset2")] = None
    result_model: Annotated[Model | None, port("Result Model")] = None


def warm_script(params: PythonParams, constants: Mapping[str, Value]) -> Callable[..., PythonResults] | None:
    """The script with its top level run, its model opened and its constant tables as frames: a call of it
    pays for none of that. What it prints goes where the process prints; there are no pictures. None for a
    script with classic's names, which would be in force for the other nodes of the process too."""
    if params.api == "classic":
        return None
    bundle, model = constants.get("script_bundle"), constants.get("model")
    script = WarmScript(params.script, bundle if isinstance(bundle, Bundle) else None)
    estimator = _estimator(model) if isinstance(model, Model) else None
    frames = {id(value): value.frame() for value in constants.values() if isinstance(value, Table)}

    def call(
        dataset1: Table | None = None,
        dataset2: Table | None = None,
        script_bundle: Bundle | None = None,
        model: Model | None = None,
        *,
        params: PythonParams,
    ) -> PythonResults:
        tables = [table for table in (dataset1, dataset2) if table is not None]
        with script.entered():
            given = [frames[id(table)] if id(table) in frames else table.frame() for table in tables]
            returned = script.call(given, estimator or _estimator(model), params.declared)
            results = _on_ports(returned, tables, script.modules)
        return PythonResults(results.dataset, Device("", ()), results.dataset2, results.model)

    return call


def rehearse_script(frame: Any, table: Table) -> None:
    """What each call of a warm script goes through beside the script itself, with a frame of the table."""
    arguments(lambda dataframe1=None, *, factor=1: None, [frame], None, {"factor": 2})
    _on_ports((frame,), [table], [])


@module(
    version=1,
    deterministic="run_every_time",
    synonyms=("python", "script", "pandas", "matplotlib", "plot"),
    declares=lambda params: declared_params(params.script),
    warm=warm_script,
    network="network",
    row_by_row=lambda params: params.row_by_row and params.api == "current",
)
def execute_python_script(
    dataset1: Annotated[Table | None, port("Dataset1")] = None,
    dataset2: Annotated[Table | None, port("Dataset2")] = None,
    script_bundle: Annotated[Bundle | None, port("Script Bundle")] = None,
    model: Annotated[Model | None, port("Model")] = None,
    *,
    params: PythonParams,
) -> PythonResults:
    here = Path.cwd()
    bundle = here / BUNDLE if script_bundle else None
    if script_bundle and bundle:
        unpack(script_bundle, bundle)
    tables = [table for table in (dataset1, dataset2) if table is not None]
    old = params.api == "classic"
    with (
        Console() as console,
        headless(),
        processes(params.script, old),
        import_path(bundle, here) as imported,
        _classic(params.script, here) if old else nullcontext(),
    ):
        frames = [_as_before(table.frame()) if old else table.frame() for table in tables]
        returned, script = call_script(params.script, frames, _estimator(model), params.declared, old)
        results = _on_ports(returned, tables, [script, *imported()])
        pictures = find_pictures(here, leave_out=[BUNDLE, WHEELS, *(["src"] if old else [])]) + open_figures(
            here
        )
    return PythonResults(results.dataset, Device(console.text, pictures), results.dataset2, results.model)


class OnPorts(NamedTuple):
    dataset: Table
    dataset2: Table | None
    model: Model | None


def _on_ports(returned: Any, tables: list[Table], own: list[ModuleType]) -> OnPorts:
    """What came back, by port. `own`: the modules that exist here only."""
    found = sort_results(returned)
    return OnPorts(
        table_of(found.frame, tables),
        None if found.frame2 is None else table_of(found.frame2, tables),
        None if found.model is None else pickle_model(found.model, own),
    )


def _classic(text: str, folder: Path) -> AbstractContextManager[None]:
    from modules.classic.surroundings import classic

    return classic(text, folder)


def _as_before(frame: Any) -> Any:
    from modules.classic.pandas_names import as_before

    return as_before(frame)


def _estimator(model: Model | None) -> Any:
    if model is None:
        return None
    from modules.learning.objects import estimator_of

    return estimator_of(model)

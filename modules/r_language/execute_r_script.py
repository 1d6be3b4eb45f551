"""Execute R Script

Runs an R script of yours over up to two tables, with the R that is installed on this machine.

**What goes in.** `maml.mapInputPort(1)` and `(2)` give the tables on *Dataset1* and *Dataset2* as
data frames. A zip on *Script Bundle* is unpacked into `./src/`: `source("src/mine.R")`,
`read.csv("src/x.csv")`.

**What comes out.** `maml.mapOutputPort("result")` takes the *name* of a data frame, which goes to
*Result Dataset*. A script that does not call it but defines `azureml_main <- function(dataframe1,
dataframe2)` has that called at the end, with the tables or NULL: it returns `list(dataset1 = …)` or a data
frame. A further parameter with a plain default, `alpha = 0.1` or `method = c("a", "b")`, becomes a field of
this node. Without either, the result is an empty table. Row names are dropped.

*R Device* shows what was printed (also the value of an expression at top level, as R does at its
prompt) and every plot, as PNG and (the first 20 pages of a device, up to 2 MB each) as SVG, and picture files
left in the working directory.

**Types.** integer ↔ integer (double beyond 32 bits), float ↔ double, boolean ↔ logical, string ↔ character,
categorical ↔ factor, datetime ↔ POSIXct (a zone stays, `tz = "Europe/Oslo"`; without one the session's,
UTC), timedelta ↔ difftime. Missing values are NA.
Column names stay as they are. List columns and complex or raw ones have no place in a table.

**Random seed** is what `set.seed` is called with before the script; empty leaves R to choose.

**Network and secrets.** There is no network, unless *Network* names hosts that the administrator allows:
then `download.file` and whatever else uses libcurl reaches these. Such a script runs in every run, unless
*Use cached results* is on. A secret that *Secrets* names is in `Sys.getenv("NAME")`; where it is printed,
it is crossed out.

**When it fails**, the error is R's own message with the line of the script; the log has the calls that led
there, each with its line. Warnings are in the log and fail nothing.

>>> params = RParams(script='x <- maml.mapInputPort(1); x$y <- x$x^2; maml.mapOutputPort("x")')
>>> done = execute_r_script(Table.of(x=[1, 2, 3]), params=params)
>>> done.result_dataset.column("y").data.to_pylist()
[1.0, 4.0, 9.0]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Annotated, NamedTuple

from modules.files.bundle import unpack
from modules.r_language import _warm_r as warm_r
from modules.r_language._frames import read_table, write_table
from modules.r_language._signature import as_r, declared_params
from modules.r_language._template import TEMPLATE
from modules.sdk.console import Console
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import (
    ScriptParams,
    code,
    integer,
    network,
    run_every_time,
    secrets,
    use_cached_results,
)
from modules.sdk.pictures import find_pictures
from modules.sdk.source import clean
from modules.sdk.values import Bundle, Device, Table

BUNDLE = "src"
RUNNER = warm_r.RUNNER


def r_is_missing() -> str | None:
    """What to do where there is no R; None where there is one."""
    if shutil.which("Rscript"):
        return None
    return (
        "R is not installed on this machine: install it (Debian and Ubuntu: `apt install r-base-core`; "
        "macOS: `brew install r`), so that `Rscript` is on the PATH."
    )


class RParams(ScriptParams):
    script: str = code(TEMPLATE, "R Script", "r", "maml.mapInputPort(1) is Dataset1.")
    random_seed: int | None = integer(None, "Random Seed", "As for set.seed; empty: R chooses.", ge=0)
    network: str = network()
    use_cached_results: bool = use_cached_results()
    secrets: str = secrets()
    run_every_time: bool = run_every_time()


class RResults(NamedTuple):
    result_dataset: Annotated[Table, port("Result Dataset")]
    r_device: Annotated[Device, port("R Device")]


@module(
    version=1,
    deterministic="run_every_time",
    missing=r_is_missing,
    synonyms=("r", "script", "ggplot"),
    declares=lambda params: declared_params(params.script),
    network="network",
)
def execute_r_script(
    dataset1: Annotated[Table | None, port("Dataset1")] = None,
    dataset2: Annotated[Table | None, port("Dataset2")] = None,
    script_bundle: Annotated[Bundle | None, port("Script Bundle")] = None,
    *,
    params: RParams,
) -> RResults:
    problem = r_is_missing()
    if problem:
        raise ModuleError(problem)
    here = Path.cwd()
    if script_bundle:
        unpack(script_bundle, here / BUNDLE)
    with tempfile.TemporaryDirectory(prefix=".r-", dir=here) as folder:
        home = Path(folder)
        with Console() as console:
            for number, table in ((1, dataset1), (2, dataset2)):
                if table is not None:
                    write_table(table, home / f"in{number}")
            (home / "given.R").write_text(as_r(params.declared))
            (here / "script.R").write_text(clean(params.script))
            run_r(home, params.random_seed, here)
            inputs = [table for table in (dataset1, dataset2) if table is not None]
            result = read_table(home / "out", inputs) if (home / "out").is_dir() else Table((), 0)
            pictures = find_pictures(here, leave_out=[BUNDLE])
    return RResults(result, Device(console.text, pictures))


def run_r(home: Path, seed: int | None, folder: Path, param: str = "script") -> None:
    """Runs the script.R in a folder; ModuleError with R's own message where it stopped. `home`: where the
    tables are; `param`: the setting that the script came from."""
    surroundings = r_surroundings(home, seed)
    if warm_r.is_begun():
        ended = warm_r.run(surroundings, folder)
    else:
        command = ["Rscript", "--vanilla", str(RUNNER)]
        ended = subprocess.run(command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL).returncode
    failure = home / "failure"
    if failure.exists():
        line, _, message = failure.read_text(errors="replace").partition("\n")
        raise ModuleError(
            f"R stopped: {message.strip()}", param=param, line=int(line) if line.isdigit() else None
        )
    if ended < 0:
        raise ModuleError(f"R was ended by signal {-ended}.", param=param)
    if ended:
        raise ModuleError(f"R stopped with status {ended}; the log may say why.", param=param)


def r_surroundings(home: Path, seed: int | None = None) -> dict[str, str]:
    """The environment of an R that runs RUNNER."""
    return {
        **os.environ,
        "STUDIO_R_HOME": str(home),
        "STUDIO_R_SEED": "" if seed is None else str(seed),
        "STUDIO_R_CORES": str(len(os.sched_getaffinity(0))),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }

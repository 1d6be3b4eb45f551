"""What `import studio` gives at the desk: a script run as Studio runs it, datasets and experiments.

>>> done = run_script("def azureml_main(a):\\n    return a * 2,\\n", pandas.DataFrame({"x": [1, 2]}))
>>> done.result_dataset.x.tolist()
[2, 4]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas

from modules.desk_server import DeskServer, Refused
from modules.sdk.values import Bundle, Table


def run_script(
    script: str | Path,
    *frames: pandas.DataFrame,
    bundle: str | Path | None = None,
    model: Any = None,
    api: str = "current",
    pictures: str | Path = "pictures",
    **params: Any,
) -> SimpleNamespace:
    """Runs a script as the module Execute Python Script does: frames become tables and come back as frames
    by the same rules; pictures are put into a folder.

    `script`: a path, or the text of it. `bundle`: the zip of the third port. `params`: those that the script
    declares. Gives `result_dataset`, `result_dataset2` (a frame or None), `result_model`, `text` (all that
    was printed) and `pictures` (paths). What the script raises is raised here. It is not confined: it can do
    what you can."""
    from modules.learning.objects import estimator_of
    from modules.python_language._models import pickle_model
    from modules.python_language.execute_python_script import PythonParams, execute_python_script

    text = str(script) if "\n" in str(script) else Path(script).read_text(encoding="utf-8-sig")
    read = PythonParams.model_validate({"script": text, "api": api, **params})
    tables = [Table.from_frame(frame.reset_index(drop=True)) for frame in frames]
    given = [*tables, None, None][:2]
    if len(tables) > 2:
        raise ValueError(f"A script takes two tables, and {len(tables)} frames came.")
    target = Path(pictures).absolute()
    zipped = Bundle(Path(bundle).absolute()) if bundle else None
    carried = None if model is None else pickle_model(model, [])
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        done = execute_python_script(given[0], given[1], zipped, carried, params=read)
        kept = []
        for picture in done.python_device.pictures:
            target.mkdir(parents=True, exist_ok=True)
            kept.append(Path(shutil.copyfile(picture.path, target / picture.name)))
        return SimpleNamespace(
            result_dataset=done.result_dataset.frame(),
            result_dataset2=None if done.result_dataset2 is None else done.result_dataset2.frame(),
            result_model=None if done.result_model is None else estimator_of(done.result_model),
            text=done.python_device.text,
            pictures=kept,
        )


def pull(what: str, to: str | Path = ".", url: str = "", token: str = "") -> Path:
    """Fetches an experiment by its id, as a file that `push` takes back, or a dataset by its name, as it was
    uploaded. Gives the file's path. Without `url` and `token`: STUDIO_URL and STUDIO_TOKEN."""
    return _server(url, token).pull(what, Path(to))


def push(file: str | Path, name: str = "", url: str = "", token: str = "") -> str:
    """Sends a file: an experiment file (one that `pull` fetched is saved in its place, unless somebody saved
    since), a script or a notebook as an experiment, anything else as a dataset, or as its next version.
    Gives one sentence that says what came of it."""
    return _server(url, token).push(Path(file), name)


def _server(url: str, token: str) -> DeskServer:
    url, token = url or os.environ.get("STUDIO_URL", ""), token or os.environ.get("STUDIO_TOKEN", "")
    if not url or not token:
        raise Refused(
            "Say where Studio is and who you are: --url and --token, or STUDIO_URL and STUDIO_TOKEN."
        )
    return DeskServer(url, token)


def main(arguments: Sequence[str] | None = None) -> int:
    """`studio pull WHAT`, `studio push FILE`; 1 if Studio refuses, with its sentence. Where all of Studio is
    installed too, its other commands."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if list(arguments[:1]) not in (["pull"], ["push"]) and find_spec("studio.__main__"):
        return int(import_module("studio.__main__").main() or 0)
    parser = argparse.ArgumentParser(prog="studio", description="Datasets and experiments of a Studio.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    pulling = verbs.add_parser("pull", help="fetch a dataset by name or an experiment by id")
    pulling.add_argument("what")
    pulling.add_argument("--to", default=".", metavar="DIR")
    pushing = verbs.add_parser("push", help="send a file")
    pushing.add_argument("file")
    pushing.add_argument("--name", default="", help="of the dataset; the file's own by default")
    for each in (pulling, pushing):
        each.add_argument("--url", default="", help="of the Studio; STUDIO_URL by default")
        each.add_argument(
            "--token", default="", help="STUDIO_TOKEN by default, which shows in no list of processes"
        )
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "pull":
            print(pull(asked.what, asked.to, asked.url, asked.token))
        else:
            print(push(asked.file, asked.name, asked.url, asked.token))
    except (Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0

"""`manage.py run` and `manage.py doctor`, as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Exp, chain
from tests.commands import Done, manage_all
from tests.server import ROOT

PLOT = """import matplotlib.pyplot as plt
def azureml_main(df):
    print('hi')
    plt.plot(df.x)
    return df,
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def manage(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, text=True, capture_output=True, timeout=120,
        env={**os.environ, "STUDIO_HOME": str(home), **environment}, check=False,
    )  # fmt: skip


def written(folder: Path, exp: Exp) -> str:
    path = folder / "experiment.json"
    path.write_text(json.dumps(exp.file()))
    return str(path)


def with_dataset() -> Exp:
    exp = (
        Exp().node("d", "dataset", dataset="mine").node("split", "split-data", fraction=0.5, randomized=False)
    )
    exp.script("plot", PLOT).wire("d.dataset", "split.dataset")
    return exp.wire("split.results_dataset1", "plot.dataset1")


def test_a_file_runs_and_its_unconnected_outputs_are_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("x\n1\n2\n3\n4\n")
    file, out = written(tmp_path, with_dataset()), tmp_path / "out"
    dataset = f"mine={tmp_path / 'mine.csv'}"
    more = ("--dataset", dataset, "--param", "split.fraction=0.25", "--out", str(out))
    done = manage(home, "run", file, *more)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in out.iterdir()} == {
        "split.results_dataset2.csv",
        "plot.result_dataset.csv",
        "plot.python_device.0.png",
        "plot.python_device.txt",
    }
    assert (out / "plot.result_dataset.csv").read_text().splitlines() == ["x", "1"]
    assert (out / "split.results_dataset2.csv").read_text().splitlines() == ["x", "2", "3", "4"]
    assert (out / "plot.python_device.0.png").read_bytes().startswith(b"\x89PNG")


def test_until_runs_only_what_is_needed(home: Path, tmp_path: Path) -> None:
    done = manage(home, "run", written(tmp_path, chain("", "never")), "--until", "data")
    assert (done.returncode, "data" in done.stdout, "s1" in done.stdout) == (0, True, False), done.stderr


def test_a_failed_node_ends_with_1_its_name_and_its_traceback(home: Path, tmp_path: Path) -> None:
    exp = chain("def azureml_main(df):\n    return df.nope\n").named("s1", "Score prices")
    done = manage(home, "run", written(tmp_path, exp))
    assert done.returncode == 1
    assert "s1 “Score prices” (execute-python-script)" in done.stdout
    assert "s1 “Score prices” failed: AttributeError" in done.stderr
    assert "line 2, in azureml_main" in done.stderr


WRONG_ARGUMENTS = [
    (["--param", "split.fraction=much"], "much"),
    (["--param", "split.color=red"], "color"),
    (["--param", "nobody.fraction=1"], "nobody"),
    (["--dataset", "mine=/no/such/file.csv"], "/no/such/file.csv"),
    (["--until", "nobody"], "nobody"),
    (["--param", "no-sign"], "NAME=VALUE"),
    ([], "gone"),
]
WRONG_FILES = ["", "[]", '{"nodes": [{"id": 1}]}', '{"nodes": [{"id": "a", "module": "none"}]}']


@pytest.fixture(scope="module")
def refused(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """What came of each wrong argument and each wrong file, by what is wrong."""
    folder = tmp_path_factory.mktemp("wrong")
    exp = with_dataset()
    exp.nodes[0]["params"]["dataset"] = "gone"
    commands = {str(wrong): ["run", written(folder, exp), *wrong] for wrong, _ in WRONG_ARGUMENTS}
    for number, content in enumerate(WRONG_FILES):
        (folder / f"{number}.json").write_text(content)
        commands[f"file {content}"] = ["run", str(folder / f"{number}.json")]
    return dict(zip(commands, manage_all(home, list(commands.values())), strict=True))


@pytest.mark.parametrize(("wrong", "says"), WRONG_ARGUMENTS)
def test_wrong_arguments_end_with_2_and_a_sentence(
    refused: dict[str, Done], wrong: list[str], says: str
) -> None:
    done = refused[str(wrong)]
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", WRONG_FILES)
def test_a_wrong_file_ends_with_2(refused: dict[str, Done], content: str) -> None:
    done = refused[f"file {content}"]
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_doctor_says_how_user_code_would_run(home: Path) -> None:
    done = manage(home, "doctor")
    assert (done.returncode == 0) == ("tier 1" in done.stdout or "tier 2" in done.stdout)
    assert "Redis" in done.stdout
    off = manage(home, "doctor", STUDIO_SANDBOX="off")
    assert off.returncode == 1
    assert "not run isolated" in off.stderr

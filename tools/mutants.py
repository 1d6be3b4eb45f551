"""`make mutants`: changes one thing at a time in the engine's core; a test must fail each time.

`make mutants ARGS=keys` takes one part; without, all, which takes an hour. A mutant that no test notices is
shown, and is a test that is missing (or code that makes no difference). The sources here stay as they are:
the changes are made in a copy.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.environment import PYTHON, install
from tools.say import ROOT, give_up, say

COSMIC_RAY = "cosmic-ray==8.7.0"
FOLDER = ROOT / ".make" / "cosmic-ray"
CLI, FILTER = "cosmic_ray.cli", "cosmic_ray.tools.filters.operators_filter"
NO_CHANGE = ["core/ReplaceBinaryOperator_BitOr_.*"]
"""Mutations that make no difference: `|` stands in annotations, which nobody evaluates."""
NOISE = ("no:randomly", "no:schemathesis", "no:cacheprovider")
"""Plugins of pytest that would only take time."""


@dataclass(frozen=True)
class Part:
    """A file, and the tests that must notice any change in it."""

    file: str
    tests: Sequence[str]


PARTS = {
    "plan": Part("studio/runs/plan.py", ["tests/studio/test_plan.py"]),
    "keys": Part("workers/engine/result_key.py", ["tests/workers/engine/test_result_key.py"]),
    "scheduler": Part(
        "workers/engine/scheduler.py", ["tests/workers/test_next_free.py", "tests/workers/engine"]
    ),
    "recorder": Part("studio/runs/recorder.py", ["tests/studio/test_recorder.py", "tests/workers/engine"]),
    "trust": Part("workers/sandbox/trust.py", ["tests/workers/sandbox/test_answers.py"]),
}


def main(names: Sequence[str]) -> int:
    """Prints each part's score; 1 if one is below 80 %."""
    if unknown := [name for name in names if name not in PARTS]:
        give_up(f"{unknown[0]} is no part; there are {', '.join(PARTS)}.")
    if not FOLDER.is_dir():
        install(COSMIC_RAY, "--target", str(FOLDER))
    scores = [score(name, PARTS[name]) for name in names or PARTS]
    return 0 if all(killed >= 0.8 for killed in scores) else 1


def score(name: str, part: Part) -> float:
    """The share of mutants that tests notice, printed with those that none does."""
    with tempfile.TemporaryDirectory(prefix="studio-mutants-") as folder:
        copy = Path(folder, "studio")
        copy_sources(copy)
        results = mutate(copy, part)
    survivors = [one for one in results if one["test_outcome"] == "survived"]
    killed = 1 - len(survivors) / max(1, len(results))
    for one in survivors:
        say(f"\n{one['diff'].strip()}")
    say(f"{name}: {len(results) - len(survivors)} of {len(results)} mutants were noticed: {killed:.0%}")
    return killed


def copy_sources(there: Path) -> None:
    """What git knows of this checkout, as it is now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for file in filter(None, listed.split("\0")):
        if (ROOT / file).is_file():
            (there / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, there / file)


def mutate(copy: Path, part: Part) -> list[dict[str, str]]:
    """What became of each mutant: its `test_outcome`, and its `diff`."""
    plugins = " ".join(f"-p {plugin}" for plugin in NOISE)
    tests = f"{PYTHON} -m pytest -x -q {plugins} {' '.join(part.tests)}"
    if subprocess.run(tests.split(), cwd=copy, check=False).returncode:
        give_up(f"The tests of {part.file} fail as it is; mend that first.")
    config = {"module-path": part.file, "timeout": 120.0, "excluded-modules": [], "test-command": tests}
    lines = [f"{key} = {json.dumps(value)}" for key, value in config.items()]
    lines += ["[cosmic-ray.distributor]", 'name = "local"']
    lines += ["[cosmic-ray.filters.operators-filter]", f"exclude-operators = {json.dumps(NO_CHANGE)}"]
    (copy / "mutants.toml").write_text("\n".join(["[cosmic-ray]", *lines]))
    cosmic_ray(copy, CLI, "init", "mutants.toml", "mutants.sqlite")
    cosmic_ray(copy, FILTER, "mutants.sqlite", "mutants.toml")
    cosmic_ray(copy, CLI, "exec", "mutants.toml", "mutants.sqlite")
    dumped = cosmic_ray(copy, CLI, "dump", "mutants.sqlite").splitlines()
    return [result for _, result in map(json.loads, dumped) if result and result["test_outcome"]]


def cosmic_ray(copy: Path, module: str, *arguments: str) -> str:
    """What one of its programs prints."""
    program = f"import sys; sys.path.append({str(FOLDER)!r}); from {module} import main; sys.exit(main())"
    command = [str(PYTHON), "-c", program, *arguments]
    return subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The first start, where there is Python, make and a shell and nothing else; and the wheel built there.

The tests stand in the order in which a stranger would do it, and each goes on from the one before.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.builders import Exp
from tests.machine import bare_environment, bare_path, clean_clone
from tests.processes import family, left_of
from tests.server import Server

PATIENCE = 400
pytestmark = pytest.mark.timeout(PATIENCE + 100)


@dataclass(frozen=True)
class Machine:
    """`clone`: Studio's folder, with a space and an umlaut in its path. `elsewhere`: some other folder."""

    clone: Path
    home: Path
    elsewhere: Path
    environment: dict[str, str]

    def run(self, *command: str | Path, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, **self.environment, **more},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            cwd=self.clone,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def make_run(self) -> Server:
        command = ("make", "run")
        return Server(self.home / "state", command, self.clone, PATIENCE, **self.environment)

    @property
    def studio(self) -> Path:
        """The installed command."""
        return self.elsewhere / "env" / "bin" / "studio"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    top = tmp_path_factory.mktemp("bare")
    clone, home, elsewhere = (top / name for name in ("Büro & more", "home", "elsewhere"))
    for folder in (clone, home, elsewhere):
        folder.mkdir()
    return Machine(clone, home, elsewhere, bare_environment(bare_path(top / "bin"), top / "home"))


def take_what_is_compiled(here: Path, there: Path) -> None:
    """Of the same packages, which would be compiled for seconds else."""
    for folder in here.glob("lib/python3.*/site-packages/**/__pycache__"):
        if (target := there / folder.relative_to(here)).parent.is_dir():
            shutil.copytree(folder, target, copy_function=os.link, dirs_exist_ok=True)


def until(process: subprocess.Popen[str], part: str) -> str:
    """What it prints, up to the line with `part` in it."""
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if part in line:
            return said
    raise AssertionError(f"{part!r} was never printed:\n{said}")


def works_and_stops(studio: Server) -> None:
    """The page comes, a sample runs, and SIGTERM ends all of it."""
    assert "/assets/" in httpx.get(f"{studio.url}/").text
    sample = next(e for e in studio.get("experiments")["items"] if e["name"] == "Feature importance")
    assert studio.run(sample["id"]).state == "finished"
    processes = family(studio)
    studio.process.terminate()
    studio.process.wait(10)
    assert left_of(processes) == []


def test_two_set_ups_wait_for_each_other_and_ctrl_c_ends_either(machine: Machine) -> None:
    clean_clone(machine.clone)
    first = machine.start("make", "run")
    said = until(first, "Making a virtual environment")
    second = machine.start("make", "run")
    until(second, "Another set-up is under way in this folder; waiting for it …")
    for one in (first, second):
        os.killpg(one.pid, signal.SIGINT)
        assert one.wait(20) != 0
        assert one.stdout
        said += one.stdout.read()
        assert "Stopped. Start again to go on with the set-up." in said
        assert "Traceback" not in said


def test_without_a_network_one_sentence_names_what_is_missing(machine: Machine) -> None:
    nothing = machine.home / "wheels"
    nothing.mkdir()
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(nothing), "npm_config_offline": "true"}
    done = machine.run("make", "run", folder=machine.clone, **offline)
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if "make" not in line]
    assert said, done
    for line in said:
        assert f"is missing where this machine may fetch Python packages from ({nothing})." in line
        assert line.endswith("docs/administration.md, *Without a network*, says how to bring them along.")


def test_the_first_start_fetches_what_is_missing(machine: Machine) -> None:
    with machine.make_run() as studio:
        works_and_stops(studio)
        assert any("Fetching Node.js" in line for line in studio.lines)


def test_the_second_start_sets_nothing_up(machine: Machine) -> None:
    with machine.make_run() as studio:
        assert not any("…" in line for line in studio.lines), studio.lines
        works_and_stops(studio)


def test_the_wheel_needs_no_checkout(machine: Machine) -> None:
    assert (built := machine.run("make", "dist", folder=machine.clone)).returncode == 0, built
    (wheel,) = (machine.clone / "dist").glob("studio-*.whl")
    uv, env = machine.clone / ".venv" / "bin" / "uv", machine.elsewhere / "env"
    make = ("python3", "-m", "venv", "--without-pip", env)
    assert (made := machine.run(*make, folder=machine.elsewhere)).returncode == 0, made
    python = env / "bin" / "python"
    put = machine.run(uv, "pip", "install", "--python", python, wheel, folder=machine.elsewhere)
    assert put.returncode == 0, put
    take_what_is_compiled(machine.clone / ".venv", env)

    # Names of our own rooms in the folder it is started from must not stand in for them.
    for name in ("studio", "modules", "workers"):
        (machine.elsewhere / f"{name}.py").write_text("raise SystemExit('taken from the wrong folder')")
    command = [str(machine.studio), "up"]
    with Server(None, command, machine.elsewhere, PATIENCE, **machine.environment, STUDIO_HOME="") as studio:
        works_and_stops(studio)
    assert (machine.home / ".local" / "share" / "studio" / "studio.sqlite3").is_file()
    assert {path.name for path in machine.elsewhere.iterdir()} == {
        "env", "studio.py", "modules.py", "workers.py"}  # fmt: skip


def test_the_installed_command_has_those_of_manage_py(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "experiment.json"
    file.write_text(json.dumps(Exp().table("data", "a\n1").file()))
    for arguments in (("--version",), ("doctor",), ("run", file)):
        done = machine.run(machine.studio, *arguments, folder=tmp_path)
        assert done.returncode == 0, done
    assert machine.run(machine.studio, "--version", folder=tmp_path).stdout.startswith("Studio ")


def test_packages_come_from_a_folder_where_there_is_no_index(machine: Machine) -> None:
    wheels = machine.home / "wheels"
    shutil.copy(next((machine.clone / "dist").glob("studio-*.whl")), wheels)
    program = "from tools.environment import install; install('--no-deps', '--target', 'brought', 'studio')"
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    done = machine.run("python3", "-c", program, folder=machine.clone, **offline)
    assert (done.returncode, done.stderr) == (0, "")
    assert (machine.clone / "brought" / "studio" / "built_page" / "index.html").is_file()


def test_an_npm_cache_that_lacks_a_package_is_told(machine: Machine) -> None:
    for stamp in ("frontend/node_modules/.studio", ".make/frontend"):
        (machine.clone / stamp).unlink()
    offline = {"npm_config_offline": "true", "npm_config_cache": str(machine.home / "no-cache")}
    done = machine.run("python3", "-m", "tools.setup", "dist", folder=machine.clone, **offline)
    assert done.returncode == 1
    assert "npm could not install the front-end packages" in done.stderr
    assert "ENOTCACHED" in done.stderr

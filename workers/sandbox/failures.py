"""What is said of an exception: its sentence, the line of the user's own script, the traceback."""

from __future__ import annotations

import signal
import socket
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from modules.python_language._libraries import missing_library
from modules.scripting.error_frames import advice, error_frames
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.source import plain_syntax
from workers.sandbox import limits as limits_
from workers.sandbox.job import MESSAGE, Failure, Limits

SCRIPT = "script.py"
MOST = 64 << 10
SECONDS = 1.0
"""For the values of all frames."""
NO_NETWORK = (
    "A script has no network: upload the data as a dataset, or bring files in a zip on Script Bundle."
)


def of(error: BaseException, limits: Limits) -> Failure:
    """The failure of an exception. `line` counts in the user's script, which is compiled as script.py."""
    text = _whole(_traceback(error))
    line = _script_line(error)
    if isinstance(error, ModuleError):
        column = error.column if isinstance(error, FileError) else None
        return Failure(
            type=type(error).__name__,
            message=_whole(error.message),
            param=error.param,
            line=error.line if error.line is not None else line,
            column=column,
            traceback=text,
        )
    limit = limits_.behind(error, limits)
    if limit is not None:
        message = _whole(limit.message + _advice(error))
        return limit.model_copy(update={"message": message, "line": line, "traceback": text})
    return Failure(
        type=_whole(type(error).__name__)[:200], message=_whole(_message(error)), line=line, traceback=text
    )


def with_frames(error: BaseException, limits: Limits) -> Failure:
    """The same with what the script's variables were, for its owner's eyes."""
    failure = of(error, limits)
    with _no_longer_than(SECONDS):
        return failure.model_copy(update={"frames": error_frames(error)})
    return failure


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """What takes longer is given up: thousands of variables, or a library that was tampered with."""

    def ring(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Exception:
        return
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)


def _whole(text: str) -> str:
    """Without halves of characters, which cannot be written."""
    return text.encode("utf-8", "replace").decode()


def _message(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"The script called sys.exit({error.code!r:.100}); return from azureml_main instead."
    if isinstance(error, SyntaxError):
        return plain_syntax(str(error.msg))
    try:
        if isinstance(error, ModuleNotFoundError) and error.name:
            return missing_library(error.name)
        said = str(error) or type(error).__name__
        said = said if len(said) <= MESSAGE - len(NO_NETWORK) - 2 else f"{said[: MESSAGE - 200]} …"
        if _of_network(error):
            return f"{said}{'' if said.endswith('.') else '.'} {NO_NETWORK}"
        return _followed(said, _advice(error))
    except BaseException:
        return f"{type(error).__name__} (its message cannot be shown)"


def _followed(said: str, advice: str) -> str:
    return f"{said}{'' if said.endswith(('.', '?', '!')) else '.'}{advice}" if advice else said


def _advice(error: BaseException) -> str:
    try:
        return advice(error)
    except Exception:
        return ""


def _of_network(error: BaseException) -> bool:
    """Whether the script tried to reach another machine, whatever library it asked."""
    link: BaseException | None = error
    for _ in range(20):
        if link is None:
            return False
        frames = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(link.__traceback__)]
        if isinstance(link, socket.gaierror) or (
            isinstance(link, PermissionError) and frames[-1:] == [socket.__file__]
        ):
            return True
        reason = getattr(link, "reason", None)
        link = reason if isinstance(reason, OSError) else link.__cause__ or link.__context__
    return False


def _script_line(error: BaseException) -> int | None:
    line = None
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == SCRIPT:
            line = number
    if line is None and isinstance(error, SyntaxError) and error.filename == SCRIPT:
        return error.lineno
    return line


def _traceback(error: BaseException) -> str:
    """As Python prints it, without the frames of Studio that lie around the script."""
    try:
        trace = _from_script(error.__traceback__)
        if trace is error.__traceback__ and _says_it_all(error):
            trace = None
        if isinstance(error, ModuleError) and trace is None:
            return f"{error.message}\n"
        lines = traceback.format_exception(type(error), error, trace)
    except BaseException:
        return f"{type(error).__name__}: its traceback cannot be shown\n"
    text = "".join(lines)
    return text if len(text) <= MOST else f"{text[: MOST // 2]}\n…\n{text[-MOST // 2 :]}"


def _says_it_all(error: BaseException) -> bool:
    """Whether its sentence or its place is enough to mend it; Studio's own frames add nothing."""
    return isinstance(error, ModuleError) or (isinstance(error, SyntaxError) and error.filename == SCRIPT)


def _from_script(trace: TracebackType | None) -> TracebackType | None:
    start = trace
    while start is not None and start.tb_frame.f_code.co_filename != SCRIPT:
        start = start.tb_next
    return start or trace

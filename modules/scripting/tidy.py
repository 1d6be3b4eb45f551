"""A script in a tidy form: Python by ruff, SQL by sqlglot. Nothing is executed."""

from __future__ import annotations

import subprocess

from ruff import find_ruff_bin

from modules.sdk.source import clean, syntax_problem

PATIENCE = 5.0


class Untidy(Exception):
    """The script cannot be formatted; the message says why."""


def tidy(script: str, language: str, engine: str = "sqlite") -> str:
    """The script formatted; as it is where nothing formats its language."""
    if language == "python":
        return _python(script)
    return _sql(script, engine) if language == "sql" else script


def _python(script: str) -> str:
    if wrong := syntax_problem(script):
        what, line, _ = wrong
        raise Untidy(f"line {line}: {what}.")
    command = [find_ruff_bin(), "format", "--isolated", "--no-cache", "--quiet", "--line-length=100", "-"]
    try:
        done = subprocess.run(command, input=clean(script).encode(), capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Untidy(f"it takes longer than {PATIENCE:g} s.") from None
    if done.returncode:
        raise Untidy("it is nested too deeply, or has text that the formatter does not read.")
    return done.stdout.decode()


def _sql(script: str, engine: str) -> str:
    import sqlglot  # no process starts with it
    from sqlglot.errors import SqlglotError

    try:
        statements = sqlglot.transpile(script, read=engine, write=engine, pretty=True)
    except (SqlglotError, RecursionError) as error:
        raise Untidy(str(error).splitlines()[0]) from None
    return ";\n\n".join(statements) + ";\n"

"""The script as a module, the same in the node's own process and in those that it starts."""

from __future__ import annotations

import sys
from types import CodeType, ModuleType
from typing import Any

from modules.scripting.line_values import watched_code
from modules.sdk import progress, source
from modules.sdk.source import SCRIPT, compile_script, show_lines_of

NAME = "azureml_script"  # not __main__: classic imported the script, so that block never ran


def new_module(text: str) -> ModuleType:
    """The script's module, known to imports, before the script has run in it."""
    module = ModuleType(NAME)
    prepare(text, vars(module))
    sys.modules[NAME] = module
    return module


def prepare(text: str, names: dict[str, Any]) -> None:
    show_lines_of(text)
    names["__file__"] = SCRIPT
    names["studio"] = progress.script_module()


def run(text: str, names: dict[str, Any], classic: bool = False) -> None:
    """Runs the script's top level in a module's names; SyntaxError says which line is wrong. `classic`: with
    the language and the libraries of 2014–2018."""
    exec(_code(text, names, classic), names)  # noqa: S102  running it is what this is for


def _code(text: str, names: dict[str, Any], classic: bool) -> CodeType:
    if not classic:
        if source.compile_debugged and (code := source.compile_debugged(text, names)):
            return code
        return watched_code(text, names) or compile_script(text)
    from modules.classic.compiling import compile_classic, old_names

    names.update(old_names(text))
    return compile_classic(text)


def run_in_child(text: str, names: dict[str, Any], classic: bool = False) -> None:
    """In a process that the script started, and that imports it."""
    prepare(text, names)
    run(text, names, classic)

"""How `azureml_main` is found and called: by position, with the frames that are connected."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter
from types import MappingProxyType
from typing import Any

from modules.python_language._signature import MAIN, MODEL
from modules.sdk.errors import ModuleError

POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)


def find_main(names: Mapping[str, Any]) -> Callable[..., Any]:
    """The script's `azureml_main`; its last definition, where there are several."""
    if MAIN not in names:
        raise ModuleError(
            f"The script does not define the function {MAIN}. Write "
            f"`def {MAIN}(dataframe1=None, dataframe2=None):` at its top level.",
            param="script",
        )
    main: Any = names[MAIN]
    if not callable(main):
        raise ModuleError(
            f"{MAIN} is {type(main).__name__} {main!r:.60}, but it must be a function.", param="script"
        )
    return main


def arguments(
    main: Callable[..., Any],
    frames: Sequence[Any],
    model: Any = None,
    declared: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[list[Any], dict[str, Any]]:
    """The positional and keyword arguments for a call of `main` with the connected frames, the model, and the
    params that the script declares.

    It is passed as many frames as it takes; a parameter without a frame and without a default is
    None. Keyword-only parameters come after the positional ones; one with a default of its own is given no
    frame. A connected model is passed as `model`, if
    a parameter has that name.

    >>> arguments(lambda left, right: 0, ["df"])
    (['df', None], {})
    >>> arguments(lambda: 0, ["df"])
    ([], {})
    """
    named: dict[str, Any] = {}
    try:
        parameters = list(inspect.signature(main).parameters.values())
    except (ValueError, TypeError):
        return list(frames), {}
    left = list(frames)
    positional: list[Any] = []
    by_name = (*POSITIONAL[1:], Parameter.KEYWORD_ONLY)
    takes = any(
        (p.name == MODEL and p.kind in by_name) or p.kind is Parameter.VAR_KEYWORD for p in parameters
    )
    if model is not None and takes:
        named[MODEL] = model
    elif model is not None:
        print(f"warning: {MAIN} has no parameter `model`, so the connected model is not used")
    for parameter in parameters:
        if parameter.name == MODEL and (MODEL in named or parameter.kind is Parameter.KEYWORD_ONLY):
            if parameter.default is Parameter.empty:
                named.setdefault(MODEL, None)
            continue
        if parameter.kind is Parameter.KEYWORD_ONLY and parameter.name in declared:
            named[parameter.name] = declared[parameter.name]
            continue
        wants = parameter.default is Parameter.empty
        if parameter.kind in POSITIONAL and (left or wants):
            positional.append(left.pop(0) if left else None)
        elif parameter.kind is Parameter.VAR_POSITIONAL:
            positional.extend(left)
            left.clear()
        elif parameter.kind is Parameter.KEYWORD_ONLY and (wants or (left and parameter.default is None)):
            named[parameter.name] = left.pop(0) if left else None
    return positional, named

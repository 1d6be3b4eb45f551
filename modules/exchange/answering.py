"""A call from its body to its answer: read, checked, each step, written. Runs where user code may run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from pydantic import ValidationError

from modules.exchange.call import Form, ReadCall, WrittenAnswer
from modules.exchange.cells import empty_column
from modules.exchange.forms import read_call, write_answer
from modules.exchange.plan import FromArtifact, FromCaller, ServicePlan, ServiceStep, Source
from modules.exchange.problems import CallProblem
from modules.exchange.schema import ServiceOutput
from modules.registry import find
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params
from modules.sdk.values import Table, Value

Around = Callable[[ServiceStep], AbstractContextManager[Any]]
Run = Callable[[ServiceStep, Mapping[str, Value | None], Mapping[str, Any]], dict[str, Value | None]]


def answer_call(
    plan: ServicePlan,
    form: Form,
    body: bytes,
    query: Mapping[str, str],
    constant: Callable[[str], Value],
    around: Around = lambda step: nullcontext(),
) -> WrittenAnswer:
    """The answer of a call. `constant`: the value of an artifact. `around` each step is entered while its
    module runs: it may turn an exception into what is told of it.

    Raises CallProblem where the call does not fit the service; what a module raises goes through."""
    call = read_call(form, body, plan.interface, query)
    return write_answer(form, run_steps(plan, call, constant, around), plan.interface, query, call)


def run_steps(
    plan: ServicePlan,
    call: ReadCall,
    constant: Callable[[str], Value],
    around: Around,
    run: Run | None = None,
) -> dict[str, Table]:
    """The table of each output. If every input is without rows, so are the outputs, and nothing runs. `run`
    runs a step, by default as `run_step` does."""
    if call.inputs and not any(len(table) for table in call.inputs.values()):
        return {output.name: empty_table(output) for output in plan.interface.outputs}
    left: dict[tuple[str, str], Value | None] = {}

    def value(source: Source) -> Value | None:
        if isinstance(source, FromCaller):
            return call.inputs[source.caller]
        if isinstance(source, FromArtifact):
            return constant(source.artifact)
        return left.get((source.node, source.port))

    for step in plan.steps:
        with around(step):
            given = {port: value(source) for port, source in step.inputs.items()}
            for port, made in (run or run_step)(step, given, call.parameters).items():
                left[step.node, port] = made
    return {name: _table(name, value(source)) for name, source in plan.outputs.items()}


def run_step(
    step: ServiceStep,
    values: Mapping[str, Value | None],
    parameters: Mapping[str, Any],
    function: Callable[..., Any] | None = None,
    params: Params | None = None,
) -> dict[str, Value | None]:
    """What a step leaves on each port. `parameters`: those that the call gives. `function`: what stands for
    the module's own, made ready. `params`: the step's, read already, for a call that gives it none."""
    spec = find(step.module)
    if spec is None:
        raise ModuleError(f"There is no module {step.module} in this version of Studio.")
    said = {param: parameters[name] for param, name in step.parameters.items() if name in parameters}
    if said or params is None:
        try:
            params = spec.read_params({**step.params, **said})
        except ValidationError as error:
            raise _refuse_param(step, error) from None
    arguments: dict[str, Any] = {port.name: values.get(port.name) for port in spec.inputs}
    if missing := [p.label for p in spec.inputs if not p.optional and arguments[p.name] is None]:
        raise ModuleError(f"{spec.name} got nothing on its input {missing[0]}.")
    if _takes_params(spec.function):
        arguments["params"] = params
    return dict(
        zip((port.name for port in spec.outputs), (function or spec.function)(**arguments), strict=True)
    )


@cache
def _takes_params(function: Callable[..., Any]) -> bool:
    return "params" in inspect.signature(function).parameters


def _refuse_param(step: ServiceStep, error: ValidationError) -> Exception:
    first = error.errors()[0]
    param = str(first["loc"][0]) if first["loc"] else ""
    name = step.parameters.get(param)
    if name is None:
        return ModuleError(f"{param or 'A setting'}: {first['msg']}", param=param or None)
    return CallProblem.one("BadArgument", "BadParameterValue", name, f"Parameter {name!r}: {first['msg']}.")


def empty_table(output: ServiceOutput) -> Table:
    """A table of the output's columns without rows."""
    return Table(tuple(empty_column(column, 0) for column in output.columns), 0)


def _table(name: str, value: Value | None) -> Table:
    return value if isinstance(value, Table) else Table((), 0)

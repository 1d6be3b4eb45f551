"""The steps of a service in one process: made ready once, then gone through for each call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from modules import registry
from modules.exchange.answering import run_step, run_steps
from modules.exchange.call import ReadCall
from modules.exchange.plan import FromArtifact, ServicePlan, ServiceStep
from modules.exchange.problems import CallProblem
from modules.learning.pickling import open_ahead
from modules.sdk.params import Params
from modules.sdk.values import Model, Table, Value


class StepFailed(Exception):
    """A step raised; its error is the cause. `node`: whose step it is."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


def _params(step: ServiceStep) -> Params | None:
    """The step's params if a call says nothing of them; None where each call has to."""
    spec = registry.find(step.module)
    try:
        return spec.read_params(step.params) if spec else None
    except ValidationError:
        return None


class Chain:
    """`constants`: the values that calls stand on, by artifact. Each step has a folder of its own below the
    working folder; if there is only one, it has that itself. StepFailed where a step cannot be made ready."""

    def __init__(self, plan: ServicePlan, constants: Mapping[str, Value]) -> None:
        self.plan, self.constants = plan, constants
        home, alone = Path.cwd(), len(plan.steps) == 1
        self._folders = {
            step.node: home if alone else home / str(number) for number, step in enumerate(plan.steps, 1)
        }
        for value in constants.values():
            if isinstance(value, Model):
                open_ahead(value)
        self._functions: dict[str, Callable[..., Any] | None] = {}
        self._params = {step.node: _params(step) for step in plan.steps}
        for step in plan.steps:
            with self._inside(step):
                self._functions[step.node] = self._made_ready(step)

    def run(self, call: ReadCall) -> dict[str, Table]:
        """The tables of the outputs. StepFailed where a step fails."""
        return run_steps(self.plan, call, self.constants.__getitem__, self._inside, self._run)

    def _run(
        self, step: ServiceStep, values: Mapping[str, Value | None], parameters: Mapping[str, Any]
    ) -> dict[str, Value | None]:
        return run_step(step, values, parameters, self._functions[step.node], self._params[step.node])

    def _made_ready(self, step: ServiceStep) -> Callable[..., Any] | None:
        """What stands for the module's function, if there is something to be done ahead: not if a bundle or a
        model comes only with the call."""
        spec = registry.find(step.module)
        if spec is None or spec.warm is None:
            return None
        sources = step.inputs.items()
        given = {port: self.constants[s.artifact] for port, s in sources if isinstance(s, FromArtifact)}
        tables = {port.name for port in spec.inputs if port.type == "table"}
        if not step.inputs.keys() <= given.keys() | tables:
            return None
        return spec.warm(spec.params_class.model_validate(dict(step.params)), given)

    @contextmanager
    def _inside(self, step: ServiceStep) -> Iterator[None]:
        try:
            os.chdir(self._folders[step.node])
        except FileNotFoundError:  # it is made when the step is made ready; a script may have deleted it
            self._folders[step.node].mkdir(exist_ok=True)
            os.chdir(self._folders[step.node])
        try:
            yield
        except CallProblem:
            raise
        except Exception as error:
            raise StepFailed(step.node) from error

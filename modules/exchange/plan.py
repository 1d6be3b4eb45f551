"""A published service as plain data: its schema, and the steps that a call goes through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.exchange.schema import Described, ServiceSchema


class FromCaller(Described):
    """The rows that came with the call, in the input of this name."""

    caller: str


class FromArtifact(Described):
    """A value that was there before the call: a model, a transform, a constant table, a bundle."""

    artifact: str


class FromNode(Described):
    """What an earlier step left on a port."""

    node: str
    port: str


Source = FromCaller | FromArtifact | FromNode


class ServiceStep(Described):
    """A node on the service's path. `inputs`: where the value of each port comes from. `parameters`: by param
    the name of the service's parameter that sets it; `params` holds the value where a call does not say.
    `name`: what a person calls the node. `limits`: what it wishes for instead of the usual ones."""

    node: str
    module: str
    params: Mapping[str, Any] = {}
    inputs: Mapping[str, Source] = {}
    parameters: Mapping[str, str] = {}
    limits: Mapping[str, Any] = {}
    name: str = ""


class ServicePlan(Described):
    """`interface`: what it takes and gives. `steps`: each comes after those that it needs. `outputs`: by name
    the source of each table. `modules`: the version of each module when the service was published."""

    interface: ServiceSchema
    steps: tuple[ServiceStep, ...]
    outputs: Mapping[str, Source]
    modules: Mapping[str, int] = {}

    @property
    def constants(self) -> set[str]:
        """The artifacts that calls stand on."""
        sources = [*self.outputs.values(), *(s for step in self.steps for s in step.inputs.values())]
        return {source.artifact for source in sources if isinstance(source, FromArtifact)}

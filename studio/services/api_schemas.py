"""Services as the API tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from modules.exchange.schema import ParameterType, ServiceSchema
from modules.registry import find
from modules.sdk.column import ColumnType
from studio.services.captured import Choices, ModuleEnd, PortPlace, ServiceProblem
from studio.services.job_plan import steps_as_one
from studio.services.models import Service, ServiceKey, ServiceVersion
from studio.times import iso

MOST_BYTES = 1 << 40


class ServiceColumnOut(Schema):
    """`optional`: callers may leave it out, or send anything. `levels`: of a category, where they are known.
    `sample`: a value as an answer would write it."""

    name: str
    type: ColumnType
    optional: bool | None = None
    levels: list[str] | None = None
    sample: str | None = None


class EndOut(Schema):
    """An input or output of a service. `type`: a service that leaves a model trains it, as a job."""

    name: str
    type: Literal["table", "model"] = "table"
    columns: list[ServiceColumnOut]


class ParameterOut(Schema):
    name: str
    type: ParameterType
    default: Any = None
    required: bool = False
    choices: list[str] | None = None
    min: float | None = None
    max: float | None = None
    help: str = ""


class KeyOut(Schema):
    """`last_used`: within a minute. `calls_a_minute`, `most_bytes`: what the key may do; null is no bound."""

    id: str
    name: str
    created: str
    last_used: str | None
    calls_a_minute: int | None
    most_bytes: int | None


class NewKey(Schema):
    """A key: `key` is shown this once."""

    id: str
    name: str
    key: str


class MakeKey(Schema):
    name: str = Field(default="", max_length=100)
    calls_a_minute: int | None = Field(default=None, ge=1, le=1_000_000)
    most_bytes: int | None = Field(default=None, ge=1, le=MOST_BYTES)


class VersionItem(Schema):
    """`run`, `run_number`: what it was captured from. `in_use`: it answers."""

    version: int
    created: str
    run: str
    run_number: int
    in_use: bool


class Publish(Schema):
    """`inputs`, `outputs`: by name the port (`node.port`) where rows enter or leave, for an experiment that
    has no Web Service Input or Output. `mend`: nodes whose problem is to be mended as offered."""

    name: str = ""
    inputs: dict[str, str] = Field(default_factory=dict)
    outputs: dict[str, str] = Field(default_factory=dict)
    mend: list[str] = Field(default_factory=list)

    def choices(self) -> Choices:
        return Choices(inputs=self.inputs, outputs=self.outputs, mend=self.mend)


class PublishAgain(Publish):
    """Nothing said: as the newest version was published."""

    def choices_or_none(self) -> Choices | None:
        return self.choices() if self.inputs or self.outputs or self.mend else None


class CaptureOut(Schema):
    """What would be published from the run `run_number`. `problems` keep it from that; `path`: the nodes that
    a call goes through; `constant`: those whose value of the run is kept. `input_modules`, `output_modules`:
    the ends that web service modules name; `input_places`, `output_places`: where others may be.
    `markable`: the nodes whose params can be marked as parameters."""

    run: str
    run_number: int
    problems: list[ServiceProblem]
    path: list[str]
    constant: list[str]
    input_places: list[PortPlace]
    output_places: list[PortPlace]
    input_modules: list[ModuleEnd]
    output_modules: list[ModuleEnd]
    markable: list[str]
    notes: list[str]
    inputs: list[EndOut]
    outputs: list[EndOut]
    parameters: list[ParameterOut]


class VersionOut(Schema):
    """A version. `changes`: what a caller would notice, against the version that answers."""

    id: str
    name: str
    version: int
    state: str
    inputs: list[EndOut]
    outputs: list[EndOut]
    parameters: list[ParameterOut]
    changes: list[str]
    in_use: bool


class SwitchTo(Schema):
    version: int


class ServicePatch(Schema):
    name: str | None = Field(default=None, min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=10_000)
    timeout_s: int | None = Field(default=None, ge=1, le=3600)
    memory_bytes: int | None = Field(default=None, ge=64 << 20, le=MOST_BYTES)
    concurrency: int | None = Field(default=None, ge=1, le=1000)
    record_calls: int | None = Field(default=None, ge=0, le=1000)


class ServiceOut(Schema):
    """`state`: ready, or outdated where a module has another version by now than when it was published (`why`
    says more). `url`: where calls go. `slug`: its name in the paths of the Open Inference Protocol. `as_one`:
    what the steps are called that take all rows of a job at once, while the others go through a large table
    in pieces."""

    id: str
    name: str
    slug: str
    description: str
    experiment: str | None
    version: int
    previous: int | None
    state: str
    why: str
    inputs: list[EndOut]
    outputs: list[EndOut]
    parameters: list[ParameterOut]
    url: str
    timeout_s: int
    memory_bytes: int | None
    concurrency: int
    record_calls: int
    as_one: list[str]
    keys: list[KeyOut]
    versions: list[VersionItem]
    created: str
    updated: str


class ServiceMade(ServiceOut):
    """`key` is shown this once."""

    key: str


class ServiceItem(Schema):
    """A service in a list. `calls_a_minute`, `p95` (milliseconds): of the last five minutes."""

    id: str
    name: str
    slug: str
    experiment: str | None
    version: int
    state: str
    url: str
    keys: int
    calls_a_minute: float
    p95: float | None
    created: str
    updated: str


class SnippetOut(Schema):
    """A program that calls the service. `language`: curl, python, r, javascript or csharp."""

    language: str
    title: str
    text: str


class SnippetsOut(Schema):
    items: list[SnippetOut]


def interface(schema: ServiceSchema) -> dict[str, Any]:
    """Inputs, outputs and parameters."""
    return {
        "inputs": [_end(input.name, input.columns) for input in schema.inputs],
        "outputs": [{**_end(output.name, output.columns), "type": output.type} for output in schema.outputs],
        "parameters": [p.model_dump() for p in schema.parameters],
    }


def _end(name: str, columns: Any) -> dict[str, Any]:
    return {"name": name, "columns": [column.model_dump() for column in columns]}


def state_of(version: ServiceVersion) -> tuple[str, str]:
    """ready or outdated, and why."""
    for slug, number in version.plan.get("modules", {}).items():
        spec = find(slug)
        if spec is None:
            return "outdated", f"This version of Studio has no module {slug!r}. Publish the experiment again."
        if spec.version != number:
            return (
                "outdated",
                f"{spec.name} works in another way since Studio was updated. Publish the experiment again, "
                "and compare the answers before you switch.",
            )
    return "ready", ""


def key_out(key: ServiceKey) -> dict[str, Any]:
    return {
        "id": key.pk,
        "name": key.name,
        "created": iso(key.created),
        "last_used": iso(key.last_used),
        "calls_a_minute": key.calls_a_minute,
        "most_bytes": key.most_bytes,
    }


def service_item(
    service: Service,
    current: ServiceVersion,
    url: str,
    keys: int,
    lately: Mapping[str, float | None] = MappingProxyType({}),
) -> dict[str, Any]:
    return {
        "id": service.pk,
        "name": service.name,
        "slug": service.slug,
        "experiment": service.experiment_id,
        "version": service.version,
        "state": state_of(current)[0],
        "url": url,
        "keys": keys,
        "calls_a_minute": lately.get("calls_a_minute") or 0,
        "p95": lately.get("p95"),
        "created": iso(service.created),
        "updated": iso(service.updated),
    }


def service_out(service: Service, url: str) -> dict[str, Any]:
    """A service with the version that answers."""
    versions = list(service.versions.defer("plan"))
    current = service.versions.get(number=service.version)
    state, why = state_of(current)
    plan = current.read()
    keys = list(service.keys.all())
    return {
        **service_item(service, current, url, len(keys)),
        **interface(plan.interface),
        "description": service.description,
        "previous": service.previous,
        "state": state,
        "why": why,
        "timeout_s": service.timeout_s,
        "memory_bytes": service.memory_bytes,
        "concurrency": service.concurrency,
        "record_calls": service.record_calls,
        "as_one": steps_as_one(plan),
        "keys": [key_out(key) for key in keys],
        "versions": [_version_item(version, service) for version in versions],
    }


def _version_item(version: ServiceVersion, service: Service) -> dict[str, Any]:
    return {
        "version": version.number,
        "created": iso(version.created),
        "run": version.run,
        "run_number": version.run_number,
        "in_use": version.number == service.version,
    }

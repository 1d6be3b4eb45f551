"""The inputs and outputs of a captured service, column by column. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from modules.exchange.plan import FromArtifact, FromCaller, FromNode, ServiceStep, Source
from modules.exchange.schema import ServiceColumn, ServiceInput, ServiceOutput
from studio.experiments.graph import Graph, PortRef
from studio.services.columns_read import named_columns, params_of, passed_columns, texts_in
from studio.services.left import Left, LeftValue
from studio.services.places import Catalog, Ends


class Described(NamedTuple):
    inputs: tuple[ServiceInput, ...]
    outputs: tuple[ServiceOutput, ...]
    notes: list[str]


def describe(
    steps: Sequence[ServiceStep],
    outputs: Mapping[str, Source],
    ends: Ends,
    graph: Graph,
    catalog: Catalog,
    left: Left,
) -> Described:
    """The columns that callers give and get. The label of a model on the path is none of them: whoever asks
    for it does not know it."""
    tables = {name: left.get(ref, LeftValue("", "table")) for name, ref in ends.inputs.items()}
    reading = _Reading(steps, catalog, left, tables)
    for step in reversed(steps):
        reading.look_at(step)
    reading.finish(outputs)
    labels = _labels(steps, left)
    notes, inputs = [], []
    for name, table in tables.items():
        needed, columns, absent = reading.needed(name), [], []
        for column in table.columns:
            described = ServiceColumn(name=column.name, type=column.type, optional=column.name not in needed)
            if column.name not in labels:
                columns.append(described)
            elif column.name in needed or _mentioned(column.name, steps):
                absent.append(described.model_copy(update={"optional": True}))
        gone = [column.name for column in table.columns if column.name in labels]
        notes += [f"{label} is what the model predicts: callers do not give it." for label in gone]
        inputs.append(ServiceInput(name=name, columns=tuple(columns), absent=tuple(absent)))
    kept = {column.name for input in inputs for column in input.absent}
    hidden = labels.intersection(*(set(table.names) for table in tables.values())) - kept if tables else set()
    answered = tuple(
        ServiceOutput(name=name, columns=_answered(left.get(ref), hidden), type=_kind(left.get(ref)))
        for name, ref in ends.outputs.items()
    )
    return Described(tuple(inputs), answered, notes)


def _kind(value: LeftValue | None) -> Literal["table", "model"]:
    return "model" if value and value.type == "model" else "table"


def _answered(table: LeftValue | None, hidden: set[str]) -> tuple[ServiceColumn, ...]:
    columns = table.columns if table else ()
    return tuple(ServiceColumn(name=c.name, type=c.type) for c in columns if c.name not in hidden)


def _mentioned(name: str, steps: Sequence[ServiceStep]) -> bool:
    """Whether a step speaks of a column, if only to leave it out: it must then be there."""
    return any(name in text for step in steps for text in texts_in(step.params))


def _labels(steps: Sequence[ServiceStep], left: Left) -> set[str]:
    """The labels of the models that score on the path."""
    by_artifact = {value.artifact: value for value in left.values()}
    constants = {
        source.artifact
        for step in steps
        for source in step.inputs.values()
        if isinstance(source, FromArtifact)
    }
    cards = [by_artifact[id].card for id in constants if id in by_artifact]
    return {card["label"] for card in cards if card.get("label")}


class _Reading:
    """Follows from the outputs upwards which columns are read."""

    def __init__(
        self,
        steps: Sequence[ServiceStep],
        catalog: Catalog,
        left: Left,
        tables: Mapping[str, LeftValue],
    ) -> None:
        self.catalog, self.left, self.tables = catalog, left, tables
        self.by_node = {step.node: step for step in steps}
        self.artifacts = {value.artifact: value for value in left.values()}
        self._read: dict[Source, set[str]] = defaultdict(set)
        self._reached: dict[Source, set[str]] = defaultdict(set)

    def look_at(self, step: ServiceStep) -> None:
        """Notes what a step reads of its tables. The steps below it were looked at before."""
        spec = self.catalog[step.module]
        params = params_of(spec, step.params)
        below = set().union(*(self._read[FromNode(node=step.node, port=p.name)] for p in spec.outputs))
        values = {port: self._value(source) for port, source in step.inputs.items()}
        others = {port: value for port, value in values.items() if value is not None}
        for port, source in step.inputs.items():
            table = values[port]
            if table is None or table.type != "table" or isinstance(source, FromArtifact):
                continue
            rest = {name: value for name, value in others.items() if name != port}
            if params is None:
                self._read[source] |= set(table.names)
                continue
            passed = passed_columns(spec, params, table)
            self._read[source] |= named_columns(spec, params, port, table, rest) | (below & passed)
            self._reached[source] |= passed

    def finish(self, outputs: Mapping[str, Source]) -> None:
        """Where no step names any column of an input, each one counts that goes anywhere."""
        for source in outputs.values():
            if isinstance(source, FromCaller):
                self._reached[source] |= set(self.tables[source.caller].names)
        for name in self.tables:
            source = FromCaller(caller=name)
            if not self._read[source]:
                self._read[source] = set(self._reached[source])

    def needed(self, input: str) -> set[str]:
        return self._read[FromCaller(caller=input)]

    def _value(self, source: Source) -> LeftValue | None:
        if isinstance(source, FromCaller):
            return self.tables[source.caller]
        if isinstance(source, FromArtifact):
            return self.artifacts.get(source.artifact)
        return self._left_by(source)

    def _left_by(self, source: FromNode) -> LeftValue | None:
        found = self.left.get(PortRef(source.node, source.port))
        if found is not None:
            return found
        # A node that was mended into Apply Transformation left its table on a port of its own.
        tables = [
            value for ref, value in self.left.items() if ref.node == source.node and value.type == "table"
        ]
        return tables[0] if tables else None

"""A graph run in this process, and the plan of its service called in it."""

from __future__ import annotations

import inspect
import json

from modules.exchange.answering import answer_call
from modules.registry import catalog
from modules.sdk.values import Model, Table, Transform
from modules.wire_types import wire_type
from studio.experiments.graph import PortRef, read_graph
from studio.services.capture import capture
from studio.services.captured import Choices, marked_parameters
from studio.services.left import LeftColumn, LeftValue


class Ran:
    """What an experiment left, and its service."""

    def __init__(self, exp, tables=None):
        self.file = exp.file()
        self.graph = read_graph(self.file)
        self.values = {}
        for id in self.graph.order()[0]:
            node = self.graph.nodes[id]
            spec = catalog()[node.module]
            if spec.reference:
                self.values[PortRef(id, "dataset")] = tables[node.params["dataset"]]
                continue
            given: dict = {port.name: None for port in spec.inputs}
            given |= {wire.target.port: self.values[wire.source] for wire in self.graph.into(id)}
            if "params" in inspect.signature(spec.function).parameters:
                given["params"] = spec.read_params(node.params)
            for port, made in zip(spec.outputs, spec.function(**given), strict=True):
                if made is not None:
                    self.values[PortRef(id, port.name)] = made

    def table(self, node, port):
        return self.values[PortRef(node, port)]

    def left(self):
        return {ref: left_of(str(ref), value) for ref, value in self.values.items()}

    def capture(self, **choices):
        return capture(self.graph, catalog(), self.left(), Choices(**choices), marked_parameters(self.file))

    def service(self, **choices):
        found = self.capture(**choices)
        assert found.problems == []
        return found

    def call(self, found, rows, parameters=None, input="input1"):
        """The answer's records."""
        return self.answer(found, {input: rows}, parameters)

    def answer(self, found, inputs, parameters=None):
        """The records of each output, for the rows of each input."""
        said = {"Inputs": inputs, "GlobalParameters": parameters or {}}
        answer = answer_call(found.plan, "records", json.dumps(said).encode(), {}, self._constant)
        return json.loads(answer.body)["Results"]

    def _constant(self, name):
        return self.values[PortRef(*name.rsplit(".", 1))]


def left_of(name, value):
    if isinstance(value, Table):
        return LeftValue(name, "table", tuple(LeftColumn(c.name, c.type) for c in value))
    if isinstance(value, Model):
        return LeftValue(name, "model", card=json.loads(json.dumps(value.card)))
    if isinstance(value, Transform):
        return LeftValue(name, "transform", learned=tuple(step.fitted for step in value.steps))
    return LeftValue(name, wire_type(value).model_fields["type"].default)

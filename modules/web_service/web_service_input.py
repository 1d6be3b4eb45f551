"""Web Service Input

Marks where the caller's rows enter when the experiment is published as a web service.

In an ordinary run it passes the table on *Sample* on as it is, or an empty table where none is
connected. In the published service it stands for the rows of the request, and the sample says
which columns they have and of which types.

**Name** is what the input is called in a request; two inputs of one experiment need two names.

>>> web_service_input(Table.of(x=[1, 2]), params=InputParams()).dataset.names
['x']
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, text
from modules.sdk.values import Table


class InputParams(Params):
    name: str = text("input1", "Name", "What this input is called in a request.", required=True)


class InputResults(NamedTuple):
    dataset: Annotated[Table, port("Dataset", like="sample")]


@module(
    version=1,
    synonyms=("api", "request", "score", "publish"),
)
def web_service_input(
    sample: Annotated[Table | None, port("Sample")] = None, *, params: InputParams
) -> InputResults:
    return InputResults(Table((), 0) if sample is None else sample)

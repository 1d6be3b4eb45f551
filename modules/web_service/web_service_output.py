"""Web Service Output

Marks which table the published web service answers with.

In an ordinary run it passes its table on as it is.

**Name** is what the output is called in a response; two outputs of one experiment need two names.

>>> web_service_output(Table.of(x=[1, 2]), params=OutputParams()).dataset.names
['x']
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, text
from modules.sdk.values import Table


class OutputParams(Params):
    name: str = text("output1", "Name", "What this output is called in a response.", required=True)


class OutputResults(NamedTuple):
    dataset: Annotated[Table, port("Dataset", like="dataset")]


@module(
    version=1,
    synonyms=("api", "response", "score", "publish"),
)
def web_service_output(dataset: Annotated[Table, port("Dataset")], params: OutputParams) -> OutputResults:
    return OutputResults(dataset)

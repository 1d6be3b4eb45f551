"""Dataset

Brings a dataset of your library into the experiment: a table, or a zip as a bundle.

**Dataset** is its name, which stands for its latest version, or `name@version` for one that
stays the same when a new version is uploaded. What comes out is the dataset as it is stored;
nothing is copied.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params
from modules.sdk.params import dataset as dataset_field
from modules.sdk.values import Table


class DatasetParams(Params):
    dataset: str = dataset_field("Dataset", "A name, or name@version.")


class DatasetResults(NamedTuple):
    dataset: Annotated[Table, port("Dataset")]


@module(version=1, reference="dataset", synonyms=("saved dataset", "data", "upload", "reader", "import data"))
def dataset(params: DatasetParams) -> DatasetResults:
    # The engine passes the stored artifact on, so that this runs only where there is no library.
    raise ModuleError(f"There is no library here to take the dataset {params.dataset} from.", param="dataset")

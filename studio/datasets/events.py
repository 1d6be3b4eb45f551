"""What the socket says of datasets. Pure."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class DatasetEvent(BaseModel):
    """What experiments get by this name may be another than before: a version became ready or was deleted, or
    the dataset was given or lost the name."""

    type: Literal["dataset"] = "dataset"
    name: str

"""Merge Count Transform

Adds the counts of a new counting transform to those of an earlier one.

So counts can be kept up to date: count the new rows alone, and add them up. Both transforms must have been
made with the same columns, classes and hash settings. **Decay factor** is the weight of the right-hand, new
counts: above 1 they count more than the old ones. How features are made of the counts is taken from the
earlier transform, which also passes unchanged if no other one is connected.

>>> from modules.data_transformation.learning_with_counts.build_counting_transform import *
>>> params = CountingParams(label_column_index_or_name="y", select_columns_to_count=["x"])
>>> one = build_counting_transform(Table.of(x=["a", "b"], y=[0, 1]), params).counting_transform
>>> both = merge_count_transform(one, one, params=MergeParams(decay_factor=2)).merged_counting_transform
>>> both.steps[0].fitted["totals"]
[3.0, 3.0]
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np

from modules.data_transformation.learning_with_counts._counts import Counts, counts_of
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, number
from modules.sdk.values import Transform


class MergeParams(Params):
    decay_factor: float = number(1.0, "Decay factor", "The weight of the new counts.", ge=0)


class Merged(NamedTuple):
    merged_counting_transform: Annotated[Transform, port("Merged counting transform")]


@module(version=1, synonyms=("count featurizer", "dracula", "update counts"))
def merge_count_transform(
    previous_counting_transform: Annotated[Transform, port("Previous counting transform")],
    new_counting_transform: Annotated[Transform | None, port("New counting transform")] = None,
    *,
    params: MergeParams,
) -> Merged:
    old = counts_of(previous_counting_transform, "The previous transform")
    if new_counting_transform is None:
        return Merged(previous_counting_transform)
    new = counts_of(new_counting_transform, "The new transform")
    if old.shape() != new.shape():
        names = ("classes", "columns", "settings of the hash")
        unlike = next(n for n, a, b in zip(names, old.shape(), new.shape(), strict=True) if a != b)
        raise ModuleError(f"The two transforms have other {unlike}, so that their counts cannot be added up.")
    made = _added(old, new, params.decay_factor).model_dump(mode="json")
    return Merged(Transform((replace(previous_counting_transform.steps[0], fitted=made),)))


def _added(old: Counts, new: Counts, weight: float) -> Counts:
    nothing = np.zeros(len(old.classes))
    counts = {}
    for name, own in old.counts.items():
        other = new.counts[name]
        counts[name] = {
            key: (np.array(own.get(key, nothing)) + weight * np.array(other.get(key, nothing))).tolist()
            for key in dict.fromkeys((*own, *other))
        }
    totals = (np.array(old.totals) + weight * np.array(new.totals)).tolist()
    return old.model_copy(update={"counts": counts, "totals": totals})

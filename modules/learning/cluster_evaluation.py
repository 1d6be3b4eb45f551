"""How close the rows of clusters lie to their centers."""

from __future__ import annotations

import numpy as np

from modules.learning.features import Feature, numbers
from modules.learning.log import tell
from modules.learning.metrics import Metrics
from modules.learning.predictions import ASSIGNMENTS
from modules.learning.roles import score_role
from modules.learning.scored import DISTANCE
from modules.sdk.values import Table


def is_clustered(table: Table) -> bool:
    """Whether the table has the columns that Assign Data to Clusters writes, and no other scores."""
    tasks = {role.task for column in table if (role := score_role(column)) is not None}
    if tasks:
        return tasks == {"clustering"}
    return table.has(ASSIGNMENTS) and any(map(DISTANCE.fullmatch, table.names))


def cluster_metrics(table: Table) -> list[Metrics]:
    """A row for all clusters together, then one for each."""
    away = np.column_stack([_values(table, name) for name in table.names if DISTANCE.fullmatch(name)])
    place = _values(table, ASSIGNMENTS)
    kept = ~np.isnan(place) & ~np.isnan(away).any(axis=1)
    if not kept.all():
        tell(f"{int((~kept).sum()):,} of {len(kept):,} rows belong to no cluster and were left out.")
    place, away = place[kept].astype(np.int64), away[kept]
    own = away[np.arange(len(place)), np.minimum(place, away.shape[1] - 1)] if len(place) else np.zeros(0)
    others = np.where(np.arange(away.shape[1]) == place[:, None], np.inf, away)
    near = others.min(axis=1) if len(place) else np.zeros(0)
    rows = [_row("Combined Evaluation", own, near)]
    rows += [
        _row(f"Evaluation For Cluster No.{at}", own[place == at], near[place == at])
        for at in range(away.shape[1])
    ]
    return rows


def _row(title: str, own: np.ndarray, near: np.ndarray) -> Metrics:
    return {
        "Result Description": title,
        "Average Distance to Cluster Center": float(own.mean()) if len(own) else np.nan,
        "Average Distance to Other Center": float(near.mean()) if len(near) else np.nan,
        "Number of Points": len(own),
        "Maximal Distance To Cluster Center": float(own.max()) if len(own) else np.nan,
    }


def _values(table: Table, name: str) -> np.ndarray:
    column = table.column(name)
    return numbers(Feature(name, column.type), column)

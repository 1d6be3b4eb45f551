"""Expectations

Checks that the rows are what they should be, and says which are not.

**Rules**: each is about one column. *is between*, *is at least* and *is at most* compare numbers and dates,
*is one of* and *matches the pattern* look at the value, *is present* and *is unique* at whether it is
there, and there once. A missing value breaks only *is present*. *Allowed share* is the part of the rows
that may break a rule before it counts as broken: 0.01 is one row of a hundred.

*Good rows* meets all rules, *Broken rows* has the others with a column that names the rules they break.
*Result by rule* has a row for each rule. **If a rule is broken** the run goes on with a warning, and the
wires into this node and out of these two outputs turn red; or the run stops.

>>> table = Table.of(age=[30, -1, None])
>>> params = ExpectationParams(rules=[{"column": "age", "expects": "at_least", "value": "0"}])
>>> done = expectations(table, params)
warning: 1 of 3 rows break rule 1, age is at least 0
>>> done.broken_rows.arrow().to_pylist(), len(done.good_rows)
([{'age': -1, 'Broken rules': 'age is at least 0'}], 2)
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import the_column
from modules.data_transformation._keys import codes
from modules.data_transformation._predicate_sql import condition_sql
from modules.data_transformation._predicates import mask_of
from modules.sdk.broken_role import as_broken
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.line import Known, Line, sql, sql_name
from modules.sdk.params import Params, choice, columns, number, records, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

EXPECTS = {
    "present": "is present",
    "unique": "is unique",
    "between": "is between",
    "at_least": "is at least",
    "at_most": "is at most",
    "in_list": "is one of",
    "matches": "matches the pattern",
}
OF_VALUE = ["between", "at_least", "at_most", "in_list", "matches"]
ACTIONS = {"go_on": "Go on with a warning", "stop": "Stop the run"}


class Expectation(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    expects: Literal["present", "unique", "between", "at_least", "at_most", "in_list", "matches"] = choice(
        "present", "Expectation", EXPECTS
    )
    value: str = text("", "Value", shown_when={"expects": OF_VALUE})
    upper: str = text("", "and", shown_when={"expects": ["between"]})
    allowed_share: float = number(0.0, "Allowed share", "Of rows that break it.", ge=0, le=1)


class ExpectationParams(Params):
    rules: tuple[Expectation, ...] = records("Rules")
    if_a_rule_is_broken: Literal["go_on", "stop"] = choice("go_on", "If a rule is broken", ACTIONS)


class Checked(NamedTuple):
    good_rows: Annotated[Table, port("Good rows", like="dataset")]
    broken_rows: Annotated[Table, port("Broken rows")]
    result_by_rule: Annotated[Table, port("Result by rule")]


def line(dataset: Known, params: ExpectationParams) -> Line:
    """The line of the good rows."""
    where, alone = [], []
    for at, rule in enumerate(params.rules, start=1):
        column = dataset.one(rule.column, f"Rule {at}")
        name = sql_name(column)
        if rule.expects == "unique":
            alone.append(f"({name} is null or count(*) over (partition by {name}) = 1)")
            continue
        said = condition_sql(dataset, column, rule.expects, rule.value, rule.upper)
        where.append(said if rule.expects == "present" else f"({said} or {name} is null)")
    if alone:
        return sql("select * from t1 qualify", " and ".join([*where, *alone]))
    return sql("select * from t1", "where" if where else "", " and ".join(where))


@module(
    version=2,
    line=line,
    synonyms=("validate", "data quality", "Great Expectations", "assert", "check", "rules"),
)
def expectations(dataset: Annotated[Table, port("Dataset")], params: ExpectationParams) -> Checked:
    said, broken = [], []
    for at, rule in enumerate(params.rules, start=1):
        column = the_column(dataset, rule.column, "rules", f"Rule {at}")
        said.append(_said(column.name, rule))
        broken.append(_breaks(column, rule, f"Rule {at}"))
    failed = [
        mask.mean() > rule.allowed_share if len(mask) else False
        for mask, rule in zip(broken, params.rules, strict=True)
    ]
    messages = [
        f"{int(mask.sum()):,} of {len(mask):,} rows break rule {at}, {words}"
        for at, (mask, words, fails) in enumerate(zip(broken, said, failed, strict=True), start=1)
        if fails
    ]
    if messages and params.if_a_rule_is_broken == "stop":
        raise ModuleError(f"The table is not as expected: {'; '.join(messages)}.", param="rules")
    for message in messages:
        print(f"warning: {message}")
    every = np.logical_or.reduce(broken) if broken else np.zeros(len(dataset), dtype=bool)
    good = dataset.take(pa.array(~every)) if every.any() else dataset
    rows, rules = _broken_rows(dataset, broken, said, every), _by_rule(said, broken, failed)
    if messages:
        rows, rules = _marked(rows), _marked(rules)
    return Checked(good, rows, rules)


def _marked(table: Table) -> Table:
    """With a mark on its last column: Studio draws the wires of such a table red."""
    return Table((*table.columns[:-1], as_broken(table.columns[-1])), table.rows)


def _said(name: str, rule: Expectation) -> str:
    value = f" {rule.value}" if rule.expects in OF_VALUE else ""
    upper = f" and {rule.upper}" if rule.expects == "between" else ""
    return f"{name} {EXPECTS[rule.expects]}{value}{upper}"


def _breaks(column: Column, rule: Expectation, what: str) -> np.ndarray:
    """A mask of the rows that break the rule."""
    missing = storable(column.data).is_null().to_numpy()
    if rule.expects == "unique":
        key, _ = codes([column.data])
        many: np.ndarray = np.bincount(key)[key] > 1 if len(key) else np.zeros(0, dtype=bool)
        return many & ~missing
    meets = mask_of(column, rule.expects, rule.value, rule.upper, "rules", what).to_numpy()
    return ~meets if rule.expects == "present" else ~meets & ~missing


def _broken_rows(table: Table, broken: list[np.ndarray], said: list[str], every: np.ndarray) -> Table:
    rows = table.take(pa.array(every))
    places = np.flatnonzero(every)
    texts = ["; ".join(w for w, mask in zip(said, broken, strict=True) if mask[at]) for at in places]
    name = unique_names([*table.names, "Broken rules"])[-1]
    made = Column(name, pa.chunked_array([pa.array(texts, pa.large_string())]))
    return Table((*rows.columns, made), len(places))


def _by_rule(said: list[str], broken: list[np.ndarray], failed: list[bool]) -> Table:
    return Table.from_arrow(
        pa.table({
            "Rule": pa.array(said, pa.large_string()),
            "Rows checked": pa.array([len(mask) for mask in broken], pa.int64()),
            "Rows that break it": pa.array([int(mask.sum()) for mask in broken], pa.int64()),
            "Is met": pa.array([not fails for fails in failed], pa.bool_()),
        })
    )  # fmt: skip

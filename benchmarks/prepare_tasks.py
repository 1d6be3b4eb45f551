"""What `make bench ARGS=prepare` does: each module that prepares rows, columns and shapes, and the same in
plain Arrow, DuckDB or pandas."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

ROWS = 1_000_000
BEFORE = """\
import re
import duckdb, numpy as np, pandas as pd, pyarrow as pa, pyarrow.compute as pc
from benchmarks.prepare import mapped, written
t, small, far = mapped("wide"), mapped("small"), mapped("far")
def q(sql):
    base = duckdb.connect()
    for name, table in (("t", t), ("small", small), ("far", far)):
        base.register(name, table)
    return base.execute(sql).to_arrow_table()
def frame(*columns):
    return t.select(columns).to_pandas()
def work():
    written(made())
def made():
"""
"""Tables are mapped from Arrow files, and what is made goes into one, as it does in Studio."""


class Task(NamedTuple):
    """`plain` is the body of a function that returns the table; `second` what the second input takes."""

    what: str
    slug: str
    params: dict[str, Any]
    plain: str
    second: str = ""

    def script(self) -> str:
        return BEFORE + "".join(f"    {line}\n" for line in self.plain.splitlines())


def wide() -> pa.Table:
    """1,000,000 × 20: an id, whole and other numbers (one of each with gaps), texts, dates, a category."""
    draw = np.random.default_rng(0)
    gaps = draw.random(ROWS) < 0.05
    made: dict[str, Any] = {"id": np.arange(ROWS)}
    made |= {f"n{at}": draw.integers(0, 10 ** (at + 2), ROWS) for at in range(3)}
    made["gaps"] = pa.array(draw.integers(0, 1000, ROWS), mask=gaps)
    made |= {f"x{at}": draw.normal(size=ROWS) for at in range(6)}
    made["y"] = pa.array(draw.normal(size=ROWS), mask=gaps)
    made["city"] = _words("city", 1000).take(pa.array(draw.integers(0, 1000, ROWS)))
    made["name"] = _words("customer", 2000).take(pa.array(draw.integers(0, 2000, ROWS)))
    made["parts"] = _parts().take(pa.array(draw.integers(0, 5000, ROWS)))
    made["day"] = pa.array(draw.integers(1_500_000_000, 1_700_000_000, ROWS), pa.timestamp("s")).cast(
        "timestamp[us]"
    )
    made["date"] = pa.array(pd.Series(made["day"]).dt.strftime("%Y-%m-%d"), pa.large_string())
    made["kind"] = _words("kind", 8).take(pa.array(draw.integers(0, 8, ROWS)))
    made["flag"] = draw.random(ROWS) < 0.5
    made["z"] = draw.normal(size=ROWS)
    return pa.table(made)


def small() -> pa.Table:
    """The 1,000 cities, spelled with a mistake as `like`, and a number of each."""
    cities = _words("city", 1000)
    like = pa.array([text.as_py().replace("y", "yy", 1) for text in cities], pa.large_string())
    return pa.table({"city": cities, "like": like, "people": np.arange(1000)})


def far() -> pa.Table:
    """100,000 prices, by time."""
    draw = np.random.default_rng(1)
    times = np.sort(draw.integers(1_500_000_000, 1_700_000_000, 100_000))
    return pa.table(
        {"at": pa.array(times, pa.timestamp("s")).cast("timestamp[us]"), "price": draw.random(100_000)}
    )


def _words(stem: str, many: int) -> pa.Array:
    draw = np.random.default_rng(many)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    return pa.array([f"{stem} {''.join(draw.choice(letters, 8))}" for _ in range(many)], pa.large_string())


def _parts() -> pa.Array:
    return pa.array([f"{n % 97}-{n % 89}, {n % 83}, w{n}" for n in range(5000)], pa.large_string())


CONDITIONS = [
    {"column": "x0", "op": "greater", "value": "0"},
    {"joined_by": "and", "column": "city", "op": "contains", "value": "a"},
]
RULES = [{"column": "y", "expects": "present"}, {"column": "n0", "expects": "at_most", "value": "90"}]
FIGURES = [{"column": "x0", "op": op} for op in ("sum", "mean", "max", "count")] + [
    {"column": "x1", "op": "median"}
]
OLD_NEW = [{"old": "kind", "new": "sort"}]
TASKS = [
    Task(
        "two conditions; both outputs", "filter-rows", {"conditions": CONDITIONS},
        "mask = pc.and_(pc.greater(t['x0'], 0), pc.match_substring(t['city'], 'a'))\n"
        "return t.filter(mask), t.filter(pc.invert(mask))",
    ),
    Task(
        "by a text and a number", "sort",
        {"keys": [{"column": "city"}, {"column": "x0", "order": "descending"}]},
        "return q('select * from t order by city, x0 desc')",
    ),
    Task(
        "the first 10 of each of 1,000 groups", "top-n",
        {"number_of_rows": 10, "group_by": ["city"], "keys": [{"column": "x0", "order": "descending"}]},
        "return q('select * from t qualify row_number() over (partition by city order by x0 desc) <= 10')",
    ),
    Task(
        "a tenth", "sample", {"share": 0.1},
        "at = np.sort(np.random.default_rng(0).permutation(len(t))[:len(t) // 10])\n"
        "return t.take(pa.array(at))",
    ),
    Task(
        "five folds", "partition-and-sample", {"partition_or_sample_mode": "assign_to_folds"},
        "folds = np.random.default_rng(0).permutation(len(t)) % 5\n"
        "return t.append_column('fold', pa.array(folds))",
    ),
    Task(
        "within 1,000 groups", "row-number", {"group_by": ["city"]},
        "return t.append_column('n', pa.array(frame('city').groupby('city').cumcount() + 1))",
    ),
    Task(
        "two columns, all rows", "fill-down", {"columns": ["gaps", "y"]},
        "for name in ('gaps', 'y'):\n"
        "    filled = pc.fill_null_forward(t[name])\n"
        "    kept = t if name == 'gaps' else kept\n"
        "    kept = kept.set_column(kept.column_names.index(name), name, filled)\n"
        "return kept",
    ),
    Task(
        "2,000 names in 1,000,000 rows", "deduplicate-by-similarity", {"columns": ["name"], "at_least": 0.95},
        "alike = q('with d as (select distinct name from t) select a.name as name, min(b.name) "
        "as first from d a, d b '\n"
        "          'where jaro_winkler_similarity(a.name, b.name) >= 0.95 group by a.name')\n"
        "first = alike['first'].take(pc.index_in(t['name'], alike['name']))\n"
        "again = pa.array(first.to_pandas().duplicated())\n"
        "return t.filter(pc.invert(again)), t.filter(again)",
    ),
    Task(
        "two rules; good and broken rows", "expectations", {"rules": RULES},
        "good = pc.and_(pc.is_valid(t['y']), pc.less_equal(t['n0'], 90))\n"
        "return t.filter(good), t.filter(pc.invert(good))",
    ),
    Task(
        "arithmetic and a condition", "formula-column",
        {"name": "f", "formula": "if(x0 > 0, x1 * n0 + x2, y)"},
        "return t.append_column('f', q('select case when x0 > 0 then x1 * n0 + x2 else y end as "
        "f from t')['f'])",
    ),
    Task(
        "Exp of two columns", "apply-math-operation",
        {"category": "basic", "basic_math_function": "exp", "column_set": ["x0", "x1"]},
        "made = t\nfor name in ('x0', 'x1'):\n"
        "    made = made.append_column(f'Exp({name})', pc.exp(made[name]))\nreturn made",
    ),
    Task(
        "20 names", "rename-by-pattern", {"pattern": "^x", "replacement": "value "},
        "return t.rename_columns([re.sub('^x', 'value ', name) for name in t.column_names])",
    ),
    Task(
        "a column of texts", "parse-dates", {"columns": ["date"], "format": "%Y-%m-%d"},
        "made = q(\"select strptime(date, '%Y-%m-%d') as date from t\")['date']\n"
        "return t.set_column(t.column_names.index('date'), 'date', made)",
    ),
    Task(
        "year, month, weekday", "date-parts",
        {"column": "day", "parts": [{"part": "year"}, {"part": "month"}, {"part": "weekday"}]},
        "made = t\nfor name, part in (('y', pc.year), ('m', pc.month), ('d', pc.day_of_week)):\n"
        "    made = made.append_column(name, part(t['day']))\nreturn made",
    ),
    Task(
        "into three columns", "split-text", {"column": "parts"},
        "made = t\nparts = pc.split_pattern(t['parts'], ',')\n"
        "for at in range(3):\n"
        "    made = made.append_column(str(at), pc.utf8_trim_whitespace(pc.list_element(parts, at)))\n"
        "return made",
    ),
    Task(
        "two groups", "extract-by-pattern", {"column": "parts", "pattern": r"(\d+)-(\d+)"},
        "found = pc.extract_regex(t['parts'], r'(?P<a>\\d+)-(?P<b>\\d+)')\nmade = t\n"
        "for name in 'ab':\n    made = made.append_column(name, pc.struct_field(found, name))\nreturn made",
    ),
    Task(
        "by a table of 1,000", "map-values", {"column": "city", "from_column": "city", "to_column": "like"},
        "at = pc.index_in(t['city'], small['city'])\n"
        "return t.set_column(t.column_names.index('city'), 'city', small['like'].take(at))", "small",
    ),
    Task(
        "five figures of 1,000 groups", "group-and-aggregate",
        {"group_by": ["city"], "aggregations": FIGURES},
        "return q('select city, sum(x0), avg(x0), max(x0), count(x0), median(x1) from t group by "
        "city order by city')",
    ),
    Task(
        "1,000 rows, 8 columns", "pivot",
        {"rows": ["city"], "names_from": "kind", "values_from": "x0", "figure": "mean"},
        "return pa.Table.from_pandas(frame('city', 'kind', 'x0').pivot_table("
        "index='city', columns='kind', values='x0', aggfunc='mean'))",
    ),
    Task(
        "two columns under each other", "unpivot", {"columns": ["x0", "x1"]},
        "return q('unpivot t on x0, x1')",
    ),
    Task(
        "running sum and rank of 1,000 groups", "window-functions",
        {"group_by": ["city"], "order_by": [{"column": "id"}],
         "functions": [{"function": "running_sum", "column": "x0"}, {"function": "rank"}]},
        "made = q('select id, sum(x0) over w as s, rank() over w as r from t '\n"
        "         'window w as (partition by city order by id) order by id')\n"
        "return t.append_column('s', made['s']).append_column('r', made['r'])",
    ),
    Task(
        "the table and its first half", "union-of-many", {},
        "return pa.concat_tables([t, t])", "data",
    ),
    Task(
        "prices up to a time", "as-of-join", {"left_time": "day", "right_time": "at"},
        "return q('select t.*, far.* from t asof left join far on t.day >= far.at')", "far",
    ),
    Task(
        "1,000 different texts with 1,000 others", "fuzzy-join",
        {"left_columns": ["city"], "right_columns": ["like"]},
        "alike = q('with d as (select distinct city from t) select d.city as city, "
        "arg_max(row_number, score) as at, '\n"
        "          'max(score) as score from (select d.city, s.row_number, "
        "jaro_winkler_similarity(d.city, s.like) as score '\n"
        "          'from d, (select *, row_number() over () - 1 as row_number from small) s) d "
        "group by d.city')\n"
        "here = pc.index_in(t['city'], alike['city'])\nother = small.take(alike['at'].take(here))\n"
        "made = t.append_column('score', alike['score'].take(here))\n"
        "for name in small.column_names:\n    made = made.append_column(name + ' (2)', other[name])\n"
        "return made",
        "small",
    ),
    Task(
        "1,000 rows with 1,000", "cross-join", {},
        "return q('select a.*, b.* from small a, small b')", "small",
    ),
    Task(
        "with a table of 1,000", "join-data",
        {"join_key_columns_for_l": ["city"], "join_key_columns_for_r": ["city"]},
        "return q('select t.*, small.* from t join small on t.city = small.city')", "small",
    ),
]  # fmt: skip
"""In the order of the issue's rows: rows, columns, shape."""

"""Formula Column

Adds a column that is computed from the others by a formula: `if(amount > 100, amount * 0.9, amount)`.

**Formula**: a column stands in square brackets, `[Unit price]`, or bare where its name is one word. Texts
stand in quotes, `"Bonn"`; numbers as they are, `1.5`. There are `+ - * / % ^`, `&` to put texts together,
`= != < <= > >=`, `and or not`, and parentheses. A date plus a number is so many days later, a date less a
date the days between. A missing value gives a missing one, and so does a division by 0. Sums and products
of whole numbers are exact.

**Functions**: of numbers `abs round floor ceil sqrt exp ln log10 power mod min max`; of texts `upper lower
trim length left right mid replace contains starts_with ends_with matches concat`; of dates `year month day
hour minute weekday days_between add_days`; to change the type `text number integer date`; and
`if(condition, then, else)`, `coalesce(a, b)` and `is_missing(a)`. What is wrong is told with its place.

**Name of the column**: a column that has the name already is replaced.

>>> params = FormulaParams(name="total", formula="price * n")
>>> formula_column(Table.of(price=[2.5], n=[4]), params).results_dataset.arrow().to_pydict()
{'price': [2.5], 'n': [4], 'total': [10.0]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import field_validator

from modules.data_transformation._chosen import with_columns
from modules.data_transformation._formula_sql import formula_sql
from modules.data_transformation._formula_text import parse
from modules.data_transformation._formula_values import column_of
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, NoLine, sql, sql_name
from modules.sdk.params import Params, text
from modules.sdk.values import Table


class FormulaParams(Params):
    name: str = text("Formula", "Name of the column", required=True)
    formula: str = text(
        "",
        "Formula",
        multiline=True,
        required=True,
        placeholder="if([Unit price] > 10, round(price * 1.19, 2), 0)",
    )

    @field_validator("formula")
    @classmethod
    def _can_be_read(cls, formula: str) -> str:
        """A formula that cannot be read is a problem before any run."""
        if formula.strip():
            try:
                parse(formula)
            except ModuleError as error:
                raise ValueError(error.message) from None
        return formula


class Computed(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def _is_cheap(params: FormulaParams) -> bool:
    """Texts that stand in a formula are computed even where there are no rows, and only `replace` makes long
    ones of short ones."""
    return len(params.formula) <= 2_000 and params.formula.lower().count("replace") < 2


def _guesses_nothing(params: FormulaParams) -> bool:
    """How texts are read as dates depends on all of them."""
    return "date" not in params.formula.lower()


def line(dataset: Known, params: FormulaParams) -> Line:
    if not params.formula.strip():
        raise NoLine("Write a formula, such as price * 1.19.")
    said, name = formula_sql(parse(params.formula), dataset), sql_name(params.name)
    if params.name in dataset.every:
        return sql("select * replace (", said, "as", f"{name})", "from t1")
    return sql("select *,", said, "as", name, "from t1")


@module(
    version=1,
    line=line,
    foretells=_is_cheap,
    row_by_row=_guesses_nothing,
    synonyms=(
        "calculated column",
        "expression",
        "computed",
        "mutate",
        "assign",
        "Math Formula",
        "if",
        "eval",
    ),
)
def formula_column(dataset: Annotated[Table, port("Dataset")], params: FormulaParams) -> Computed:
    if not params.formula.strip():
        raise ModuleError("Write a formula, such as price * 1.19.", param="formula")
    made = column_of(parse(params.formula), dataset)
    return Computed(with_columns(dataset, [Column(params.name, made)]))

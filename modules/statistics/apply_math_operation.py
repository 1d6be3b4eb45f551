"""Apply Math Operation

Computes one function of each chosen column, or of each of them and a second argument: a constant or a column.

**Category** says which functions there are. *Basic*: roots, powers, logarithms. *Compare*: Booleans that say
whether the column is above the value, or the larger or smaller of both. *Operations*: the column plus, less,
times or by the argument. *Rounding*, *Special* (error functions, gamma, beta, elliptic integrals) and
*Trigonometric*, where names with *Degrees* take or give degrees.

Results are called by the function, the column and the argument: `Sqrt(x)`, `Add(x_$2)`, `Add(x_y)`; *Output
mode* puts them behind the table, in place of the columns, or alone. Missing values, and values the function
is not defined for, give missing. Sums, products, absolute values and comparisons of integers are exact.

*Second argument*, as a column set: one column for all, or as many as there are columns. *Exp2* is x times
2 to the power of the argument. *Floor*, *Truncate*, *RoundUp*, *RoundDown* and *RoundDigits* work at so many
digits behind the point. *Mod* is x less the argument times x by it, rounded down; *Quotient* is cut toward 0,
and *Remainder* is what it leaves. *LnPlus1* is ln(1 + x), *ExpMinus1* is exp(x) - 1. *Cis* gives two columns,
its real and its imaginary part. Of the regularized gamma functions the column is the shape, the argument the
bound; of *Polygamma* the argument is the order.

>>> params = MathParams(category="operations", arithmetic_operation="add", constant_operation_argument=2)
>>> apply_math_operation(Table.of(x=[1, None]), params).results_dataset.arrow().to_pydict()
{'x': [1, None], 'Add(x_$2)': [3, None]}
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationInfo, field_validator

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, NoLine, assigned, one_of, pandas
from modules.sdk.numbers import ALL_NUMBERS, float_column, number_columns, numbers
from modules.sdk.params import Params, choice, columns, number
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table
from modules.statistics._arithmetic import COMPARISONS, EXACT, compared, computed
from modules.statistics._math_functions import (
    BASIC,
    BASIC_OF_TWO,
    COMPLEX,
    OF_ONE,
    OF_TWO,
    ROUNDING,
    ROUNDING_OF_TWO,
    SPECIAL,
    SPECIAL_OF_TWO,
    TRIGONOMETRIC,
    refusal,
)
from modules.statistics._math_text import math_text
from modules.statistics._output_mode import OUTPUT_MODES, Computed, OutputMode, placed

ARGUMENTS = {"constant": "Constant", "column_set": "ColumnSet"}
ArgumentType = Literal["constant", "column_set"]
CATEGORIES = {
    "basic": "Basic",
    "compare": "Compare",
    "operations": "Operations",
    "rounding": "Rounding",
    "special": "Special",
    "trigonometric": "Trigonometric",
}


def _slug(name: str) -> str:
    """`AcosDegrees` as a value of a choice: `acos_degrees`."""
    return "".join(f"_{c.lower()}" if c.isupper() and at else c.lower() for at, c in enumerate(name))


def _choices(*functions: Iterable[str]) -> dict[str, str]:
    names = sorted({name for group in functions for name in group}, key=str.lower)
    return {_slug(name): name for name in names}


BASICS = _choices(BASIC, BASIC_OF_TWO)
COMPARES = _choices(COMPARISONS, ("PairMax", "PairMin"))
OPERATIONS = _choices(("Add", "Divide", "Multiply", "Subtract"))
ROUNDINGS = _choices(ROUNDING, ROUNDING_OF_TWO)
SPECIALS = _choices(SPECIAL, SPECIAL_OF_TWO)
TRIGONOMETRICS = _choices(TRIGONOMETRIC, COMPLEX)
OF_TWO_BASICS = {"category": ["basic"], "basic_math_function": list(_choices(BASIC_OF_TWO))}
OF_TWO_ROUNDINGS = {"category": ["rounding"], "rounding_operation": list(_choices(ROUNDING_OF_TWO))}
OF_TWO_SPECIALS = {"category": ["special"], "special_function": list(_choices(SPECIAL_OF_TWO))}
COMPARE = {"category": ["compare"]}
ARITHMETIC = {"category": ["operations"]}
CONSTANT, COLUMN_SET = ["constant"], ["column_set"]


class MathParams(Params):
    category: Literal["basic", "compare", "operations", "rounding", "special", "trigonometric"] = choice(
        "basic", "Category", CATEGORIES
    )
    basic_math_function: str = choice(
        "abs", "Basic math function", BASICS, shown_when={"category": ["basic"]}
    )
    second_argument_type: ArgumentType = choice(
        "constant", "Second argument type", ARGUMENTS, shown_when=OF_TWO_BASICS
    )
    constant_second_argument: float = number(
        0.0, "Constant second argument", shown_when={**OF_TWO_BASICS, "second_argument_type": CONSTANT}
    )
    second_argument: ColumnSelection = columns(
        ColumnSelection.none(),
        "Second argument",
        of="dataset",
        shown_when={**OF_TWO_BASICS, "second_argument_type": COLUMN_SET},
    )
    comparison_function: str = choice("equal_to", "Comparison function", COMPARES, shown_when=COMPARE)
    value_to_compare_type: ArgumentType = choice(
        "constant", "Value to compare type", ARGUMENTS, shown_when=COMPARE
    )
    value_to_compare: float = number(
        0.0, "Value to compare", shown_when={**COMPARE, "value_to_compare_type": CONSTANT}
    )
    value_to_compare_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Value to compare column",
        of="dataset",
        shown_when={**COMPARE, "value_to_compare_type": COLUMN_SET},
    )
    arithmetic_operation: str = choice("add", "Arithmetic operation", OPERATIONS, shown_when=ARITHMETIC)
    operation_argument_type: ArgumentType = choice(
        "constant", "Operation argument type", ARGUMENTS, shown_when=ARITHMETIC
    )
    constant_operation_argument: float = number(
        0.0, "Constant operation argument", shown_when={**ARITHMETIC, "operation_argument_type": CONSTANT}
    )
    operation_argument: ColumnSelection = columns(
        ColumnSelection.none(),
        "Operation argument",
        of="dataset",
        shown_when={**ARITHMETIC, "operation_argument_type": COLUMN_SET},
    )
    rounding_operation: str = choice(
        "ceiling", "Rounding operation", ROUNDINGS, shown_when={"category": ["rounding"]}
    )
    precision_type: ArgumentType = choice(
        "constant", "Precision type", ARGUMENTS, shown_when=OF_TWO_ROUNDINGS
    )
    constant_precision: float = number(
        0.0, "Constant precision", shown_when={**OF_TWO_ROUNDINGS, "precision_type": CONSTANT}
    )
    precision: ColumnSelection = columns(
        ColumnSelection.none(),
        "Precision",
        of="dataset",
        shown_when={**OF_TWO_ROUNDINGS, "precision_type": COLUMN_SET},
    )
    special_function: str = choice("beta", "Special function", SPECIALS, shown_when={"category": ["special"]})
    special_argument_type: ArgumentType = choice(
        "constant", "Special argument type", ARGUMENTS, shown_when=OF_TWO_SPECIALS
    )
    special_constant_argument: float = number(
        0.0, "Special constant argument", shown_when={**OF_TWO_SPECIALS, "special_argument_type": CONSTANT}
    )
    special_argument: ColumnSelection = columns(
        ColumnSelection.none(),
        "Special argument",
        of="dataset",
        shown_when={**OF_TWO_SPECIALS, "special_argument_type": COLUMN_SET},
    )
    trigonometric_function: str = choice(
        "acos", "Trigonometric function", TRIGONOMETRICS, shown_when={"category": ["trigonometric"]}
    )
    column_set: ColumnSelection = columns(ALL_NUMBERS, "Column set", "The first argument.", of="dataset")
    output_mode: OutputMode = choice("append", "Output mode", OUTPUT_MODES)

    @field_validator(
        "basic_math_function",
        "comparison_function",
        "arithmetic_operation",
        "rounding_operation",
        "special_function",
        "trigonometric_function",
    )
    @classmethod
    def _is_known(cls, value: str, info: ValidationInfo) -> str:
        known = next(each.functions for each in BY_CATEGORY.values() if each.function == info.field_name)
        if value not in known:
            raise ValueError(f"there is no function {value!r}; there are {', '.join(known)}")
        return value


class Category(NamedTuple):
    """Which params say the function, and the second argument's type, constant and columns."""

    function: str
    functions: dict[str, str]
    type: str = ""
    constant: str = ""
    columns: str = ""


BY_CATEGORY = {
    "basic": Category(
        "basic_math_function", BASICS, "second_argument_type", "constant_second_argument", "second_argument"
    ),
    "compare": Category(
        "comparison_function",
        COMPARES,
        "value_to_compare_type",
        "value_to_compare",
        "value_to_compare_column",
    ),
    "operations": Category(
        "arithmetic_operation",
        OPERATIONS,
        "operation_argument_type",
        "constant_operation_argument",
        "operation_argument",
    ),
    "rounding": Category(
        "rounding_operation", ROUNDINGS, "precision_type", "constant_precision", "precision"
    ),
    "special": Category(
        "special_function",
        SPECIALS,
        "special_argument_type",
        "special_constant_argument",
        "special_argument",
    ),
    "trigonometric": Category("trigonometric_function", TRIGONOMETRICS),
}


class Result(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: MathParams) -> Line:
    category = BY_CATEGORY[params.category]
    function = category.functions[getattr(params, category.function)]
    names = dataset.names(params.column_set)
    one_of(dataset, names, "integer", "float")
    seconds: list[str | float | None] = [None] * len(names)
    if function not in OF_ONE and function not in COMPLEX:
        seconds = [float(getattr(params, category.constant))] * len(names)
        if getattr(params, category.type) != "constant":
            given = dataset.names(getattr(params, category.columns))
            if len(given) not in (1, len(names)):
                raise NoLine("Choose one column as the second argument, or as many as there are columns.")
            seconds = [*given] * (len(names) if len(given) == 1 else 1)
    made: dict[str, str] = {}
    for name, second in zip(names, seconds, strict=True):
        called = name if params.output_mode == "inplace" else _called(function, name, second)
        made[called] = math_text(function, name, second)
    if params.output_mode == "result_only":
        inner = ", ".join(f"{name!r}: {text}" for name, text in made.items())
        return pandas(f"pd.DataFrame({{{inner}}})")
    return assigned(made)


def _called(function: str, column: str, second: str | float | None) -> str:
    if second is None:
        return f"{function}({column})"
    return f"{function}({column}_{second if isinstance(second, str) else f'${second:g}'})"


@module(
    version=1,
    row_by_row=True,
    line=line,
    synonyms=("math", "calculate", "round", "abs", "sqrt", "log", "power", "sin", "compare", "Math Formula"),
)
def apply_math_operation(dataset: Annotated[Table, port("Dataset")], params: MathParams) -> Result:
    category = BY_CATEGORY[params.category]
    function = category.functions[getattr(params, category.function)]
    chosen = number_columns(dataset, params.column_set.names(dataset))
    if function in OF_ONE or function in COMPLEX:
        made = [Computed(column.name, _of_one(function, column)) for column in chosen]
    else:
        arguments = _arguments(dataset, params, category, function, len(chosen))
        made = [
            Computed(column.name, [_of_two(function, column, argument)])
            for column, argument in zip(chosen, arguments, strict=True)
        ]
    return Result(placed(dataset, made, params.output_mode))


def _arguments(
    table: Table, params: MathParams, category: Category, function: str, many: int
) -> Sequence[Column | float]:
    """The second argument of each column."""
    if getattr(params, category.type) == "constant":
        constant = float(getattr(params, category.constant))
        if said := refusal(function, constant):
            raise ModuleError(said, param=category.constant)
        return [constant] * many
    columns = number_columns(table, getattr(params, category.columns).names(table))
    if len(columns) == 1:
        return columns * many
    if len(columns) != many:
        raise ModuleError(
            f"{function} needs one column as its second argument, or as many as there are columns; "
            f"{len(columns)} are chosen for {many}.",
            param=category.columns,
        )
    return columns


def _of_one(function: str, column: Column) -> list[Column]:
    name = f"{function}({column.name})"
    data = storable(column.data)
    with np.errstate(all="ignore"):
        if function in COMPLEX:
            parts = COMPLEX[function].items()
            return [float_column(f"{name}.{part}", compute(numbers(column))) for part, compute in parts]
        if pa.types.is_integer(data.type) and function in ("Abs", "Square"):
            try:
                exact = pc.abs_checked(data) if function == "Abs" else pc.multiply_checked(data, data)
                return [Column(name, exact)]
            except pa.ArrowInvalid:
                print(f"warning: {name} has results too large for integers; they are floats")
        return [float_column(name, OF_ONE[function](numbers(column)))]


def _of_two(function: str, column: Column, argument: Column | float) -> Column:
    name = _called(function, column.name, argument.name if isinstance(argument, Column) else argument)
    data = storable(column.data)
    right = storable(argument.data) if isinstance(argument, Column) else argument
    if function in COMPARISONS:
        return Column(name, compared(function, data, right))
    if function in EXACT or function == "Divide":
        return Column(name, storable(computed(function, data, right)))
    with np.errstate(all="ignore"):
        x = numbers(column)
        y = numbers(argument) if isinstance(argument, Column) else np.full(len(x), argument)
        made = OF_TWO[function](x, y)
    return float_column(name, np.where(np.isnan(x) | np.isnan(y), np.nan, made))

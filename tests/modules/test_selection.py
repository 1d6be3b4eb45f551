"""A person picks columns by name, type, number or pattern."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from pydantic import ValidationError

from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

TABLE = Table.from_frame(
    pd.DataFrame(
        {"id": [1], "age": [2.5], "name": ["x"], "born": [dt.datetime(2024, 1, 1)], "kind": ["k"]}
    ).astype({"kind": "category"})
)


def pick(begin: str, *rules: dict, ordered: bool = False) -> list[str]:
    raw = {"begin": begin, "rules": rules, "ordered": ordered}
    selection = ColumnSelection.model_validate(raw)
    assert ColumnSelection.model_validate_json(selection.model_dump_json()) == selection
    return selection.names(TABLE)


def rule(by: str, *values: object, exclude: bool = False) -> dict:
    return {"by": by, "values": list(values), "exclude": exclude}


@pytest.mark.parametrize(
    ("rules", "names"),
    [
        ([rule("names", "name", "id")], ["id", "name"]),
        ([rule("types", "numeric")], ["id", "age"]),
        ([rule("types", "categorical", "datetime")], ["born", "kind"]),
        ([rule("types", "all")], TABLE.names),
        ([rule("indexes", "1-2", 4)], ["id", "age", "born"]),
        ([rule("indexes", "1-2,5")], ["id", "age", "kind"]),
        ([rule("pattern", "^[an]")], ["age", "name"]),
        ([rule("types", "numeric"), rule("names", "id", exclude=True)], ["age"]),
        ([rule("names", "id", exclude=True), rule("types", "numeric")], ["id", "age"]),
        ([], []),
    ],
)
def test_from_none(rules: list[dict], names: list[str]) -> None:
    assert pick("none", *rules) == names


def test_from_all() -> None:
    assert pick("all") == TABLE.names
    assert pick("all", rule("types", "numeric", exclude=True)) == ["name", "born", "kind"]
    assert pick("all", rule("pattern", "^b|^k", exclude=True), rule("names", "born")) == [
        "id",
        "age",
        "name",
        "born",
    ]


def test_order_and_duplicates_are_kept_on_request() -> None:
    assert pick("none", rule("names", "name", "id"), rule("indexes", "1"), ordered=True) == [
        "name",
        "id",
        "id",
    ]


def test_short_forms() -> None:
    for raw in (["name", "id"], "name, id", ("name", "id")):
        assert ColumnSelection.model_validate(raw).names(TABLE) == ["name", "id"]
    for nothing in ("", [], None, {}):
        assert ColumnSelection.model_validate(nothing).names(TABLE) == []


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (rule("names", "agee"), "There is no column 'agee' in the table; the nearest name is 'age'."),
        (rule("names", "AGE"), "There is no column 'AGE' in the table; the nearest name is 'age'."),
        (rule("names", "zzz", exclude=True), "There is no column 'zzz' in the table; it has id, age, name"),
        (rule("indexes", "6"), "There is no column number 6; the table has 5 columns."),
        (rule("indexes", "0"), "There is no column number 0"),
        (rule("indexes", "3-2"), "There is no column number 3-2"),
    ],
)
def test_a_column_that_is_not_there_is_named(rules: dict, sentence: str) -> None:
    with pytest.raises(ModuleError) as caught:
        pick("none", rules)
    assert caught.value.message.startswith(sentence)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (rule("types", "double"), "'double' is not a column type; there are integer, float"),
        (rule("indexes", "a"), "'a' is neither a column number"),
        (rule("pattern", "("), "is not a regular expression"),
        (rule("roles", "label"), "by"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rules: dict, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence.replace("(", r"\(")):
        pick("none", rules)

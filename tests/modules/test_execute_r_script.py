"""Execute R Script: really runs R."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from modules.r_language.execute_r_script import RParams, RResults, execute_r_script, r_is_missing
from modules.sdk.errors import ModuleError
from modules.sdk.values import Bundle, Table
from tests.modules.tables import every_type, rows, types, values, zipped

ONE = Table.of(x=[1, 2, 3])
OUT = '\nmaml.mapOutputPort("x")'


def run(
    script: str, *tables: Table | None, bundle: Bundle | None = None, seed: int | None = None
) -> RResults:
    inputs = dict(zip(("dataset1", "dataset2"), tables, strict=False))
    return execute_r_script(**inputs, script_bundle=bundle, params=RParams(script=script, random_seed=seed))


def test_every_type_goes_through_unchanged() -> None:
    table = every_type()
    done = run("x <- maml.mapInputPort(1)" + OUT, table).result_dataset
    changed = [mine.name for mine, theirs in zip(done, table, strict=True) if mine is not theirs]
    assert changed == ["binary"]


def test_every_type_arrives_as_r_has_it() -> None:
    shown = run("for (c in maml.mapInputPort(1)) print(class(c)[1])", every_type()).r_device.text
    assert shown.replace("[1] ", "").replace('"', "").split("\n")[1:11] == [
        "integer", "integer", "integer", "numeric", "character", "logical", "POSIXct", "POSIXct",
        "difftime", "factor",
    ]  # fmt: skip


def test_changed_values_keep_their_types() -> None:
    script = "x <- maml.mapInputPort(1)\nx <- x[c(3, 1), ]\nx$float <- x$float / 3" + OUT
    done = run(script, every_type()).result_dataset
    expected = types(every_type()) | {"binary": "string"}
    assert types(done) == expected
    assert values(done, "string") == ["", 'a "quoted"\nline, é']
    assert values(done, "float")[1] == 0.1 / 3
    assert values(done, "categorical") == ["v", "u"]
    assert done.column("datetime").data.to_pylist() == values(every_type(), "datetime")[::-2]


def test_both_tables_and_a_result_made_in_r() -> None:
    script = """
a <- maml.mapInputPort(1); b <- maml.mapInputPort(2)
x <- rbind(a, b)
x$label <- factor(c("lo", "lo", "hi", NA), levels = c("lo", "hi"))
x[["a b"]] <- as.Date("2020-02-03")
maml.mapOutputPort("x")
"""
    done = run(script, ONE, Table.of(x=[9])).result_dataset
    assert values(done, "x") == [1, 2, 3, 9]
    assert values(done, "label") == ["lo", "lo", "hi", None]
    assert types(done) == {"x": "integer", "label": "categorical", "a b": "datetime"}


def test_without_an_output_the_result_is_an_empty_table() -> None:
    assert run("y <- 1").result_dataset.names == []


def test_what_is_printed_and_plotted_is_on_the_device() -> None:
    device = run('print("é")\n1 + 1\nplot(1); hist(c(1, 2))\nwarning("careful")').r_device
    assert '[1] "é"\n[1] 2\n' in device.text
    assert "careful" in device.text
    assert [picture.media_type for picture in device.pictures] == ["image/png"] * 2


def test_the_bundle_is_in_src(tmp_path: Path) -> None:
    bundle = zipped(tmp_path, {"mine.R": "twice <- function(n) 2 * n", "x.csv": "a\n7\n"})
    script = 'source("src/mine.R")\nx <- data.frame(a = twice(read.csv("src/x.csv")$a))' + OUT
    assert rows(run(script, bundle=bundle).result_dataset) == [{"a": 14}]


def test_the_same_seed_gives_the_same_numbers() -> None:
    script = "x <- data.frame(r = runif(3))" + OUT
    first, again, other = (values(run(script, seed=seed).result_dataset, "r") for seed in (0, 0, 1))
    assert first == again != other


@pytest.mark.parametrize(
    ("script", "message", "line"),
    [
        ('f <- function(n) {\n  stop("bad ", n)\n}\n\nf(3)', "bad 3", 2),
        ("x <- 1\n\nnope(x)", 'could not find function "nope"', 3),
        ("x <- 1\ny <- (2\n\nz}", "unexpected symbol", 4),
        ("maml.mapInputPort(2)", "no table is connected to Dataset2", 1),
        ('x <- data.frame(a = 1:2)\nx$l <- list(1, "a")' + OUT, "column l is of type list", 3),
        ('maml.mapOutputPort("gone")', "object 'gone' not found", 1),
    ],
)
def test_an_error_is_rs_own_message_with_the_scripts_line(script: str, message: str, line: int) -> None:
    with pytest.raises(ModuleError, match="R stopped") as failure:
        run(script, ONE)
    assert message in failure.value.message
    assert failure.value.line == line


def test_leaving_r_with_a_status_fails() -> None:
    with pytest.raises(ModuleError, match="status 3"):
        run("quit(status = 3)")


def test_where_r_is_missing_one_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert shutil.which("Rscript") is None
    sentence = r_is_missing()
    assert sentence is not None
    assert "apt install r-base-core" in sentence
    with pytest.raises(ModuleError) as failure:
        run("x <- 1")
    assert failure.value.message == sentence

"""Execute R Script: really runs R."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
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


ZONES = """
x <- data.frame(
  oslo = as.POSIXct(c("2020-07-01 12:00:00.25", NA), tz = "Europe/Oslo"),
  utc = as.POSIXct(c("2020-07-01 12:00:00", NA), tz = "UTC"),
  plain = as.POSIXct(c("2020-07-01 12:00:00", NA)),
  inf = .POSIXct(c(0, Inf)),
  day = as.Date(c("2020-07-01", NA)),
  span = as.difftime(c(1.5, NA), units = "hours"),
  level = factor(c("b", NA), levels = c("b", "a")),
  rank = factor(c("lo", "hi"), levels = c("lo", "hi"), ordered = TRUE),
  odd = .POSIXct(c(0, NA), tz = "Nowhere/Land"))
x$lt <- as.POSIXlt(x$oslo)
bits <- as.raw(c(1, 0, 0, 0, 0, 0, 32, 0, rep(0, 7), 128))
x$big <- structure(readBin(bits, "double", 2), class = "integer64")
maml.mapOutputPort("x")
"""


def test_times_zones_factors_and_long_integers_come_back_as_they_are() -> None:
    ran = run(ZONES)
    table = ran.result_dataset
    noon = dt.datetime(2020, 7, 1, 12)
    oslo = noon.replace(microsecond=250_000, tzinfo=ZoneInfo("Europe/Oslo"))
    assert [str(table.column(name).data.type) for name in ("oslo", "utc", "plain", "lt", "odd")] == [
        "timestamp[us, tz=Europe/Oslo]",
        "timestamp[us, tz=UTC]",
        "timestamp[us]",
        "timestamp[us, tz=Europe/Oslo]",
        "timestamp[us, tz=UTC]",
    ]
    assert values(table, "oslo") == values(table, "lt") == [oslo, None]
    assert values(table, "utc") == [noon.replace(tzinfo=dt.UTC), None]
    assert values(table, "plain") == [noon, None]
    assert values(table, "inf") == [dt.datetime(1970, 1, 1), None]
    assert values(table, "day") == [dt.datetime(2020, 7, 1), None]
    assert values(table, "span") == [dt.timedelta(hours=1.5), None]
    assert values(table, "level") == ["b", None]
    assert table.column("rank").data.type.ordered
    assert values(table, "big") == [2**53 + 1, None]
    assert "nobody here knows the time zone Nowhere/Land" in ran.r_device.text


@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Oslo", "+02:00", "+05:30"])
def test_a_zone_goes_to_r_and_back(zone: str | None) -> None:
    when = pa.array([0, None, 10**15 + 5], pa.timestamp("us", zone))
    table = Table.from_arrow(pa.table({"t": when}))
    done = run("x <- maml.mapInputPort(1); x$same <- x$t; x$t <- x$t + 1; print(x$t[1])" + OUT, table)
    assert done.result_dataset.column("t").data.type == when.type
    assert values(done.result_dataset, "t") == [
        None if v is None else v + dt.timedelta(seconds=1) for v in when.to_pylist()
    ]
    assert (done.result_dataset.column("same").data.type.tz is None) == (zone is None)
    shown = {"Europe/Oslo": "01:00:01 CET", "+02:00": "02:00:01 +02"}.get(zone or "", "00:00:01 UTC")
    assert shown in done.r_device.text


def test_a_zone_that_r_sets_replaces_none() -> None:
    table = Table.from_arrow(pa.table({"t": pa.array([0], pa.timestamp("ms"))}))
    script = 'x <- maml.mapInputPort(1); attr(x$t, "tzone") <- "Europe/Oslo"' + OUT
    assert str(run(script, table).result_dataset.column("t").data.type) == "timestamp[ms, tz=Europe/Oslo]"


MAIN = "azureml_main <- function(dataframe1, dataframe2) "


@pytest.mark.parametrize(
    ("script", "tables", "expected"),
    [
        (MAIN + "list(dataset1 = dataframe1, dataset2 = dataframe2)", (ONE,), [{"x": 1}, {"x": 2}, {"x": 3}]),
        (MAIN + "{ dataframe1$x <- dataframe1$x * 2; return(list(dataset1=dataframe1)) }", (ONE,),
         [{"x": 2}, {"x": 4}, {"x": 6}]),
        (MAIN + "rbind(dataframe1, dataframe2)", (Table.of(x=[1]), Table.of(x=[9])), [{"x": 1}, {"x": 9}]),
        (MAIN + "data.frame(n = is.null(dataframe1))", (None, ONE), [{"n": True}]),
        ("azureml_main <- function() data.frame(a = 7L)", (ONE,), [{"a": 7}]),
        ("azureml_main <- function(d) d[d$x > 2, , drop = FALSE]", (ONE, ONE), [{"x": 3}]),
        ("azureml_main <- function(...) data.frame(n = ...length())", (ONE,), [{"n": 2}]),
        ("azureml_main <- function(a = NULL) list(a)", (Table.of(x=[5]),), [{"x": 5}]),
        ("azureml_main <- function(a) list(dataset2 = a)", (Table.of(x=[5]),), [{"x": 5}]),
        ("azureml_main <- function(a) matrix(1:2, 1)", (ONE,), [{"V1": 1, "V2": 2}]),
        ("azureml_main <- function(a) NULL", (ONE,), []),
        (MAIN + "stop('not called')\nx <- maml.mapInputPort(1)[1, , drop = FALSE]" + OUT, (ONE,), [{"x": 1}]),
        ("azureml_main <- function(a) { b <- a[2, , drop = FALSE]; maml.mapOutputPort('b') }", (ONE,),
         [{"x": 2}]),
        ("azureml_main <- 5\nx <- data.frame(a = 1L)" + OUT, (), [{"a": 1}]),
    ],
)  # fmt: skip
def test_azureml_main_is_called_where_no_output_was_named(script: str, tables: tuple, expected: list) -> None:
    assert rows(run(script, *tables).result_dataset) == expected


def test_an_error_in_azureml_main_has_its_line() -> None:
    with pytest.raises(ModuleError, match="no good") as failure:
        run(MAIN + "{\n  x <- 1\n  stop('no good')\n}", ONE)
    assert failure.value.line == 3
    with pytest.raises(
        ModuleError, match=r"azureml_main returned character, but it must return list\(dataset1"
    ):
        run("azureml_main <- function(a) 'text'", ONE)


def test_a_vector_becomes_a_column_of_its_own_name() -> None:
    assert rows(run('total <- c(1L, 2L)\nmaml.mapOutputPort("total")').result_dataset) == [
        {"total": 1},
        {"total": 2},
    ]


def test_a_warning_at_top_level_names_no_call_of_ours() -> None:
    assert run("warning('careful')\nf <- function() warning('inner'); f()").r_device.text == (
        "Warning: careful\nWarning in f() : inner\n"
    )


def test_row_names_that_are_dropped_are_told() -> None:
    text = run('x <- mtcars[1:2, 1:2]\nmaml.mapOutputPort("x")').r_device.text
    assert "the row names (Mazda RX4, ...) are dropped" in text
    assert "row names" not in run("x <- data.frame(a = 1:5)[2:3, , drop = FALSE]" + OUT).r_device.text


def test_without_an_output_the_result_is_an_empty_table() -> None:
    assert run("y <- 1").result_dataset.names == []


def test_what_is_printed_and_plotted_is_on_the_device() -> None:
    device = run('print("é")\n1 + 1\nplot(1); hist(c(1, 2))\nwarning("careful")').r_device
    assert '[1] "é"\n[1] 2\n' in device.text
    assert "careful" in device.text
    assert sorted(picture.name for picture in device.pictures) == [
        f"rplot-01-00{page}.{kind}" for page in (1, 2) for kind in ("png", "svg")
    ]


def test_each_plot_is_there_as_png_and_as_svg() -> None:
    """Several on a page, of grid, on a device that the script closes itself, and one that is too large."""
    device = run(
        "par(mfrow = c(1, 2)); plot(1, main = 'left'); plot(2, main = 'right'); plot(3)\n"
        "dev.off()\ngrid::grid.newpage(); grid::grid.text('of grid')\n"
        "png('own.png'); plot(4); dev.off()\n"
        "graphics.off(); plot(rnorm(2e4))"
    ).r_device
    shown = {picture.name: picture.path.read_text() for picture in device.pictures if ".svg" in picture.name}
    assert sorted(shown) == ["rplot-01-001.svg", "rplot-01-002.svg", "rplot-02-001.svg"]
    assert all(text.startswith("<?xml") for text in shown.values())
    assert len(shown["rplot-01-001.svg"]) > len(shown["rplot-02-001.svg"])
    pngs = sorted(picture.name for picture in device.pictures if picture.media_type == "image/png")
    assert pngs == ["own.png", "rplot-01-001.png", "rplot-01-002.png", "rplot-02-001.png", "rplot-03-001.png"]
    assert "warning" not in device.text
    many = run("for (i in 1:80) plot(i)").r_device.pictures
    assert {picture.media_type for picture in many} == {"image/png"}, "a node may leave 100 pictures"


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
        ("library(notThere)", "called ‘notThere’. Installed are", 1),
        ("requireNamespace('stats')\ninstall.packages('ggplot2')", "A script has no network", 2),
        ("read.csv('http://nowhere.invalid/x.csv')", "A script has no network", 1),
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


def test_the_log_has_the_calls_that_led_to_an_error_with_their_lines(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ModuleError) as failure:
        run(
            "inner <- function(n) {\n  stop('bad ', n)\n}\nouter <- function(n) {\n"
            "  inner(n + 1)\n}\n\nouter(3)"
        )
    assert failure.value.line == 2
    said = capfd.readouterr().err
    assert "Error on line 2 (in inner(n + 1)): bad 4" in said
    assert '  line 5: inner(n + 1)\n  line 2: stop("bad ", n)' in said
    deep = "f <- function(n) {\n  if (n == 0) stop('deep')\n  f(n - 1)\n}\nf(200)"
    with pytest.raises(ModuleError, match="deep"):
        run(deep)
    assert capfd.readouterr().err.count("line 3: f(n - 1)") <= 50


def test_a_warning_is_no_error() -> None:
    done = run("x <- data.frame(n = as.integer(c('1', 'a')))\nwarning('mind')" + OUT)
    assert values(done.result_dataset, "n") == [1, None]
    assert "NAs introduced by coercion" in done.r_device.text
    assert "Warning: mind" in done.r_device.text


def test_parallel_counts_the_processors_that_the_node_may_use() -> None:
    result = run("library(parallel)\nx <- data.frame(n = detectCores())" + OUT).result_dataset
    assert rows(result) == [{"n": len(os.sched_getaffinity(0))}]


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

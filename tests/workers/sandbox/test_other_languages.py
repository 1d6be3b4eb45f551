"""R and SQL are confined as Python is: the same child, and nothing in their own libraries leads around it."""

from __future__ import annotations

import os
import shutil
import socket

import pytest

from modules.wire_types.table import StoredTable
from workers.sandbox.job import Job


@pytest.fixture(params=["bench", "second"])
def each(request):
    return request.getfixturevalue(request.param)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no R on this machine")
def test_an_r_script_reaches_nothing(each):
    secret = each.home / "token"
    secret.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        tries = [
            f"readLines({str(secret)!r})",
            "readLines('/etc/shadow')",
            f"readLines('/proc/{os.getpid()}/environ')",
            f"system('cat {secret}', intern = TRUE)",
            f"socketConnection('127.0.0.1', {server.getsockname()[1]}, timeout = 1)",
            "readLines(url('http://127.0.0.1:80/'))",
            f"writeLines('x', {str(each.home / 'x')!r})",
            "writeLines('x', file.path(R.home(), 'x'))",
            f"if (tools::pskill({os.getpid()}, 0)) TRUE else stop('no')",
        ]
        said = "\n".join(
            f"tryCatch({{ x <- suppressWarnings({one}); "
            f"if (is.null(attr(x, 'status'))) cat('GOT IN {n}\\n') }},"
            " error = function(e) cat('refused\\n'))"
            for n, one in enumerate(tries)
        )
        script = f"{said}\ncat('environment', names(Sys.getenv()), '\\n')\n"
        args = {"module": "execute-r-script", "params": {"script": script}}
        ran = each.run(Job(verb="node", args=args))
    assert ran.outcome.failure is None, ran.stderr
    assert "GOT IN" not in ran.stdout
    assert ran.stdout.count("refused") >= len(tries) - 1
    assert not {"STUDIO_TOKEN", "DATABASE_URL", "REDIS_URL", "STUDIO_HOME"} & set(ran.stdout.split())


QUERIES = {
    "duckdb": [
        "select * from read_text('{secret}')",
        "select * from read_csv('/etc/passwd')",
        "select * from read_blob('/proc/1/environ')",
        "copy (select 1) to '{home}/x'",
        "attach '{home}/x.db'",
        "install httpfs",
        "load '{home}/x.so'",
    ],
    "sqlite": [
        "attach '{home}/x.db' as other",
        "select load_extension('{home}/x.so')",
        "select readfile('{secret}')",
        "vacuum into '{home}/x'",
    ],
}


@pytest.mark.parametrize("engine", QUERIES)
def test_no_query_reaches_a_file(each, engine):
    secret = each.home / "token"
    secret.write_text("secret")
    made = each.script("import pandas\ndef azureml_main(): return pandas.DataFrame({'a': [1]}),")
    given = {"t1": made.inputs()}
    for query in QUERIES[engine]:
        sql = query.format(secret=secret, home=each.home)
        args = {"module": "apply-sql-transformation", "params": {"sql": sql, "engine": engine}}
        ran = each.run(Job(verb="node", args=args, inputs=given))
        assert ran.outcome.failure is not None, (sql, ran.outcome.outputs)
    assert not any((each.home / name).exists() for name in ("x", "x.db"))
    assert isinstance(made.outcome.outputs["result_dataset"], StoredTable)

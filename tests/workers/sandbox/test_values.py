"""Tables, bundles, pictures and models on their way into a node and out of it."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from modules.sdk.columns import open_column
from workers.sandbox.job import Input, Job

MAKE = """
import numpy, pandas
def azureml_main():
    n = 500_000
    return pandas.DataFrame({'a': numpy.arange(float(n)), 'b': numpy.arange(n), 'c': ['x', None] * (n // 2)})
"""


@pytest.fixture(scope="module")
def made(bench) -> Input:
    ran = bench.script(MAKE)
    assert ran.outcome.failure is None, ran.stderr
    return ran.inputs()


def test_an_untouched_column_is_passed_on_by_name(bench, made):
    ran = bench.script("def azureml_main(df):\n    df['a'] += 1\n    return df", inputs={"dataset1": made})
    assert ran.outcome.failure is None, ran.stderr
    before, after = made.manifest.columns, ran.outcome.outputs["result_dataset"].columns
    assert after[0].object.startswith("draft:")
    assert after[1:] == before[1:]
    assert [p.name for p in ran.outcome.drafts.iterdir()] == [after[0].object.removeprefix("draft:")]
    data = open_column(ran.outcome.drafts / after[0].object.removeprefix("draft:"))
    assert data.to_numpy()[:3].tolist() == [1, 2, 3]


def test_writing_in_place_does_not_reach_the_stored_file(bench, made):
    digest = made.manifest.columns[0].object
    before = Path(made.files[digest]).read_bytes()
    ran = bench.script(
        "def azureml_main(df, other):\n    df.loc[0, 'a'] = -1\n    print(other.loc[0, 'a'])",
        inputs={"dataset1": made, "dataset2": made},
    )
    assert ran.stdout == "0.0\n"
    assert Path(made.files[digest]).read_bytes() == before


def test_a_large_input_costs_no_memory_until_it_is_used(bench, made):
    ran = bench.script("def azureml_main(df):\n    print(df['a'].iloc[0])", inputs={"dataset1": made})
    assert ran.outcome.peak_bytes < 60 << 20


def test_thousands_of_columns(bench):
    ran = bench.script(
        "import numpy, pandas\ndef azureml_main():\n    return pandas.DataFrame(numpy.zeros((2, 3000)))"
    )
    assert ran.outcome.failure is None, ran.stderr
    again = bench.script("def azureml_main(df):\n    print(df.shape)", inputs={"dataset1": ran.inputs()})
    assert again.stdout == "(2, 3000)\n"


def test_a_damaged_input_is_a_sentence(bench, made):
    column = made.manifest.columns[0]
    bad = bench.home / "bad"
    bad.write_bytes(b"ARROW1\0\0" + bytes(1000))
    files = {**made.files, column.object: str(bad)}
    ran = bench.script(
        "def azureml_main(df): pass", inputs={"dataset1": Input(manifest=made.manifest, files=files)}
    )
    assert "Column a of dataset1 is damaged in the store" in ran.message


def test_a_bundle_is_imported_from(bench, tmp_path):
    path = tmp_path / "hello.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("hello.py", "greeting = 'hello'")
    read = bench.run(Job(verb="import", args={"type": "zip", "name": "hello.zip"}, file=str(path)))
    assert read.outcome.failure is None, read.stderr
    bundle = read.inputs("dataset")
    ran = bench.script(
        "def azureml_main():\n    import hello; print(hello.greeting)", inputs={"script_bundle": bundle}
    )
    assert ran.stdout == "hello\n"


def test_pictures_and_models_come_out_and_go_in(bench):
    ran = bench.script("""
        import matplotlib.pyplot as plt
        from sklearn.linear_model import LinearRegression
        def azureml_main():
            plt.plot([1, 2]); plt.savefig('a.png'); plt.close()
            plt.plot([2, 1])
            return None, LinearRegression().fit([[0], [1]], [0, 1])
        """)
    assert ran.outcome.failure is None, ran.stderr
    device, model = ran.outcome.outputs["python_device"], ran.outcome.outputs["result_model"]
    assert len(device.pictures) == 2
    assert "LinearRegression" in model.class_name
    first = ran.outcome.drafts / device.pictures[0].object.removeprefix("draft:")
    assert first.read_bytes().startswith(b"\x89PNG")


def test_an_upload_is_read_looked_at_and_exported(bench, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("n,t\n1,a\n2,b\n3,\n")
    path.chmod(0o600)
    read = bench.run(Job(verb="import", args={"type": "csv", "name": "x.csv"}, file=str(path)))
    assert read.outcome.failure is None, read.stderr
    table = {"table": read.inputs("dataset")}
    page = bench.run(Job(verb="page", args={"offset": 1, "limit": 1}, inputs=table))
    assert page.outcome.data["rows"] == [[2, "b"]]
    summary = bench.run(Job(verb="summary", args={}, inputs=table))
    assert summary.outcome.data["columns"][0]["mean"] == 2
    export = bench.run(Job(verb="export", args={"format": "csv"}, inputs=table))
    assert (export.outcome.drafts / export.outcome.data["file"]).read_text().startswith("n,t")
    assert bench.run(Job(verb="export", args={"format": "../x"}, inputs=table)).outcome.failure


def test_blas_gives_what_it_gives_outside(bench):
    x = np.arange(90_000.0).reshape(300, 300)
    printed = bench.prints(
        "import numpy as np; x = np.arange(90_000.).reshape(300, 300); print((x @ x).sum())"
    )
    assert float(printed) == pytest.approx((x @ x).sum())


def test_a_node_that_does_nothing_is_quick(bench, capsys):
    times = []
    for _ in range(15):
        started = time.perf_counter()
        ran = bench.script("pass")
        times.append((time.perf_counter() - started, ran.outcome.timings))
    best, timings = min(times, key=lambda t: t[0])
    with capsys.disabled():
        print(
            f"\na confined no-op node: best {best * 1000:.0f} ms, median "
            f"{sorted(t for t, _ in times)[7] * 1000:.0f} ms; best's phases "
            f"{ {k: round(v * 1000, 1) for k, v in timings.items()} } ms"
        )
    assert best < 1

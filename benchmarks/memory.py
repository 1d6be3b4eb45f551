"""What nodes hold in memory beside plain pandas, and what web and worker do: `make bench ARGS=memory`.

Both sides count resident memory at its peak, pages of the mapped input included, beyond what the
interpreter held before the work.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.data import mixed, parquet
from benchmarks.table import lines
from tests.builders import Exp
from tests.processes import child
from tests.server import Server

ROWS = 5_000_000
RATIO, PROCESS = 1.3, 300_000_000
SCRIPTS = {
    "change one column": "    frame['f0'] = frame['f0'] * 2 + 1\n    return frame,\n",
    "filter rows": "    return frame[frame['f0'] > 0],\n",
    "sort by a column": "    return frame.sort_values('f1'),\n",
    "group by a text": "    return frame.groupby('t0', as_index=False)['f0'].mean(),\n",
}
PLAIN = """
import sys
import numpy, pandas as pd, pyarrow as pa, pyarrow.compute
exec(sys.argv[3])
def held(what):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(what))
before = held("VmRSS")
frame = pa.ipc.open_file(pa.memory_map(sys.argv[1])).read_all().to_pandas()
result = pa.Table.from_pandas(azureml_main(frame)[0], preserve_index=False)
with pa.OSFile(sys.argv[2], "wb") as sink, pa.ipc.new_file(sink, result.schema) as writer:
    writer.write_table(result)
print((held("VmHWM") - before) * 1024)
"""
PROCESSES = {"web process": "manage.py serve", "worker process": "manage.py worker"}


def main() -> int:
    """Prints the table; 0 where all that is to be reached is."""
    with Server() as studio:
        assert studio.upload("bench-5m.parquet", parquet(mixed(ROWS))).status_code == 201
        exp = Exp("Memory").node("data", "dataset", dataset="bench-5m")
        for place, body in enumerate(SCRIPTS.values()):
            exp.script(f"s{place}", source(body)).wire("data.dataset", f"s{place}.dataset1")
        dataset = studio.get("datasets")["items"]
        while any(item["state"] == "importing" for item in dataset):
            time.sleep(0.1)
            dataset = studio.get("datasets")["items"]
        run = studio.run(exp)
        assert run.state == "finished", run.states()
        rows = [
            _node(studio.home, body, what, run.node(f"s{n}")["peak_bytes"])
            for n, (what, body) in enumerate(SCRIPTS.items())
        ]
        rows += [_process(studio, name, part) for name, part in PROCESSES.items()]
    print(lines([(f"memory at {ROWS:,} × 8", "plain pandas", "Studio", "ratio", "reach", ""), *rows]))
    return 0 if all(row[-1] == "✓" for row in rows) else 1


def source(body: str) -> str:
    return f"def azureml_main(frame):\n{body}"


def _node(home: Path, body: str, what: str, peak: int) -> tuple[str, ...]:
    import pyarrow as pa

    table = pa.Table.from_pandas(mixed(ROWS), preserve_index=False)
    with pa.OSFile(str(home / "in.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    command = [sys.executable, "-c", PLAIN, str(home / "in.arrow"), str(home / "out.arrow"), source(body)]
    plain = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ratio = peak / plain
    return what, mb(plain), mb(peak), f"{ratio:.2f} ×", f"≤ {RATIO} ×", "✓" if ratio <= RATIO else "✗"


def _process(studio: Server, what: str, part: str) -> tuple[str, ...]:
    """The most it ever held, read-only pages of libraries included."""
    status = Path(f"/proc/{child(studio, part).pid}/status").read_text()
    most = int(status.split("VmHWM:")[1].split()[0]) * 1024
    return what, "", mb(most), "", f"< {mb(PROCESS)}", "✓" if most < PROCESS else "✗"


def mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


if __name__ == "__main__":
    sys.exit(main())

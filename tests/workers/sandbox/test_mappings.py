"""The mappings of a template's libraries: few, and a child need not look for their pages again."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import psutil

from workers.sandbox.mappings import JOINED, of_files

FORKS = """
import os, resource, sys
import pyarrow as pa, pyarrow.compute as pc
from workers.sandbox import mappings

def work():
    pc.sum(pa.chunked_array([[1, 2, 3]]).cast(pa.float64()))

def faults_of_a_child():
    told, tell = os.pipe()
    if os.fork() == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        work()
        os.write(tell, b"%d" % (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before))
        os._exit(0)
    os.wait()
    return int(os.read(told, 99))

work()
before = faults_of_a_child()
mappings.join()
mappings.pass_on(work)
print(before, faults_of_a_child())
"""


def test_no_library_lies_in_more_mappings_than_it_must(bench):
    bench.sandbox.start()
    started = psutil.Process(bench.sandbox.link.process.pid)
    found = [list(of_files(f"/proc/{one.pid}/maps")) for one in started.children(recursive=True)]
    warm = [mappings for mappings in found if len(mappings) > 300]
    assert warm
    for one, other in pairwise(warm[0]):
        assert not (one.goes_on_in(other) and (one.rights, other.rights) in JOINED), (one, other)


def test_a_child_finds_the_pages_of_libraries_where_its_parent_has_them():
    asked = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    before, after = map(int, asked.stdout.split())
    assert after < 0.8 * before, (before, after)

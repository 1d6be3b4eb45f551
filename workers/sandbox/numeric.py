"""How many threads numeric libraries use. The template has none; a child gets one per processor."""

from __future__ import annotations

import os
from typing import Any

MOST_THREADS = 8

_found: dict[str, Any] = {}

# In the template: no threads of OpenBLAS, none of Arrow's allocator. Where OpenBLAS has threads they go to
# sleep at once; by default each spins for 30 ms, which on two cores doubles the time of a short node. The
# threads of OpenMP sleep too while they wait: where other nodes want the processors, spinning made the
# training of boosted trees five times as long.
TEMPLATE_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_THREAD_TIMEOUT": "4",
    "OMP_WAIT_POLICY": "passive",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


def find_libraries() -> None:
    """Finds the loaded BLAS libraries once, so that a child need not."""
    from threadpoolctl import ThreadpoolController

    _found["blas"] = ThreadpoolController().select(user_api="blas")


def use_processors() -> None:
    """Lets BLAS use this child's processors, and takes the template's settings out of its environment."""
    for name in TEMPLATE_ENVIRONMENT:
        if name != "OMP_WAIT_POLICY":  # read when OpenMP is loaded, which the child may do
            os.environ.pop(name, None)
    if "blas" in _found:
        for library in _found["blas"].lib_controllers:
            library.set_num_threads(min(len(os.sched_getaffinity(0)), MOST_THREADS))

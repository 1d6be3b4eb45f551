"""How many threads numeric libraries use. The template has none; a child gets one per processor."""

from __future__ import annotations

import os
from typing import Any

_found: dict[str, Any] = {}

# In the template: no threads of OpenBLAS, none of Arrow's allocator.
TEMPLATE_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


def find_libraries() -> None:
    """Finds the loaded BLAS libraries once, so that a child need not."""
    from threadpoolctl import ThreadpoolController

    _found["blas"] = ThreadpoolController().select(user_api="blas")


def use_processors() -> None:
    """Lets BLAS use this child's processors, and takes the template's settings out of its environment."""
    for name in TEMPLATE_ENVIRONMENT:
        os.environ.pop(name, None)
    if "blas" in _found:
        for library in _found["blas"].lib_controllers:
            library.set_num_threads(len(os.sched_getaffinity(0)))

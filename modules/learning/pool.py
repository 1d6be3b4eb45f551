"""Many trainings at once, one a processor: each is silent and uses one thread, so that sums stay the same."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from modules.learning.log import silent
from modules.learning.threads import processors, steady
from modules.sdk.progress import progress

Task = TypeVar("Task")
Result = TypeVar("Result")


def each(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """The results of the work on each task, in their order. How far it is, is shown on the node."""
    done = 0

    def alone(task: Task) -> Result:
        nonlocal done
        with silent(), steady(openmp=True):
            made = work(task)
        done += 1
        progress(done / len(tasks))
        return made

    with steady(), warnings.catch_warnings(), ThreadPoolExecutor(processors()) as threads:
        warnings.simplefilter("ignore")
        waiting = [threads.submit(alone, task) for task in tasks]
        try:
            return [each.result() for each in waiting]
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise

"""Work in child processes of its own, so that seconds and memory are those of the work."""

import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from attrs import frozen

Argument = TypeVar("Argument")
Result = TypeVar("Result")

BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in: bytes on a Mac, kibibytes elsewhere."""


@frozen
class Cost:
    """CPU and wall seconds of some work, and the most memory of its process, in MB."""

    cpu: float
    wall: float
    memory: float


class ChildFailed(Exception):  # noqa: N818 (a measurement that failed is no error of ours)
    """A measurement that came to nothing, and why."""


@contextmanager
def costing() -> Iterator[list[Cost]]:
    """What the block costs; the list holds it afterwards."""
    found: list[Cost] = []
    cpu, wall = time.process_time(), time.perf_counter()
    yield found
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_A_UNIT / 1e6
    found.append(Cost(time.process_time() - cpu, time.perf_counter() - wall, memory))


def in_child(work: Callable[[Argument], Result], argument: Argument) -> Result:
    """The result of a function, worked out in a fresh process; raises `ChildFailed`."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(work, argument).result()
        except BrokenProcessPool as error:
            raise ChildFailed("its process died; too little memory?") from error
        except Exception as error:
            shown = "".join(traceback.format_exception_only(error)).strip()
            raise ChildFailed(shown) from error

"""What work costs against other work in the same run, since seconds tell of the machine."""

import time
from collections.abc import Callable


def times_as_long(work: Callable[[], object], baseline: Callable[[], object]) -> float:
    """How many times the CPU seconds of the baseline the work takes; the better of two turns."""
    turns = [(_seconds(baseline), _seconds(work)) for _ in range(2)]
    return min(own for _, own in turns) / min(other for other, _ in turns)


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began

"""On how many examples a property is tried: a few in every run, many with `LONG_PROPERTIES=1`."""

import os

import pytest
from hypothesis import settings

LONG = "LONG_PROPERTIES" in os.environ
TIMES = 10
only_long = pytest.mark.skipif(not LONG, reason="long: set LONG_PROPERTIES to run it")


def few(examples: int) -> settings:
    """So many examples in every run, ten times as many in a long one."""
    return settings(max_examples=examples * (TIMES if LONG else 1))

"""The greatest value in ranges, against looking at each range."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from campaign.planner.ranges import IMPOSSIBLE, RangeMaximum


@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=70),
    st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 80)), min_size=1),
)
def test_each_range_has_its_greatest_value(
    values: list[int], ranges: list[tuple[int, int]]
) -> None:
    found = RangeMaximum(np.array(values, dtype=float)).best(
        np.array([first for first, _ in ranges]), np.array([last for _, last in ranges])
    )
    expected = [
        max(map(float, values[max(0, first) : max(0, last + 1)]), default=IMPOSSIBLE)
        for first, last in ranges
    ]
    assert found.tolist() == expected

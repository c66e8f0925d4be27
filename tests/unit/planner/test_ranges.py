"""The greatest value in windows, against looking at each window."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from campaign.planner.ranges import IMPOSSIBLE, SlidingMaximum


@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=70),
    st.integers(0, 9),
    st.integers(0, 90),
    st.integers(0, 90),
    st.data(),
)
def test_each_window_has_its_greatest_value(
    values: list[int], first: int, least: int, width: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(values)))
    first = min(first, len(values))
    most = least + width - 1
    found = SlidingMaximum(np.array(values, dtype=float)).over(first, least, most, count)
    expected = [
        max(map(float, values[start + least : start + most + 1]), default=IMPOSSIBLE)
        for start in range(first, first + count)
    ]
    assert found.tolist() == expected

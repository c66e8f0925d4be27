"""The greatest value in ranges of an array, many ranges at once."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

IMPOSSIBLE = -np.inf
_LOGS = np.array([0, *(int(n).bit_length() - 1 for n in range(1, 4096))], dtype=np.int64)


class RangeMaximum:
    """A sparse table: built in n log n, each range answered by two look-ups."""

    def __init__(self, values: Values) -> None:
        self._last = len(values) - 1
        rows = [values]
        width = 1
        while 2 * width <= len(values):
            below = rows[-1]
            row = below.copy()
            row[:-width] = np.maximum(below[:-width], below[width:])
            rows.append(row)
            width *= 2
        self._table = np.array(rows)

    def best(self, first: Places, last: Places) -> Values:
        """The greatest value of each range; impossible where a range is empty."""
        last = np.minimum(last, self._last)
        first = np.maximum(first, 0)
        empty = first > last
        first = np.where(empty, 0, first)
        last = np.where(empty, 0, last)
        level = _LOGS[last - first + 1]
        found = np.maximum(self._table[level, first], self._table[level, last - (1 << level) + 1])
        found[empty] = IMPOSSIBLE
        return np.asarray(found)

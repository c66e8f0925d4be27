"""The greatest value in windows of an array, for many neighbouring windows at once."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

IMPOSSIBLE = -np.inf


class SlidingMaximum:
    """A sparse table: built in n log n; windows of one width cost two slices.

    Beyond its ends the array is impossible.
    """

    def __init__(self, values: Values) -> None:
        self._size = len(values)
        row = np.full(3 * self._size + 2, IMPOSSIBLE)
        row[: self._size] = values
        self._rows = [row]
        width = 1
        while 2 * width <= self._size:
            higher = row.copy()
            np.maximum(row[:-width], row[width:], out=higher[:-width])
            self._rows.append(higher)
            row = higher
            width *= 2

    def over(self, first: int, least: int, most: int, count: int) -> Values:
        """The greatest value of `[start + least, start + most]` for `count` starts from `first`.

        No start may lie below 0 nor beyond twice the size of the array, no `least` below 0.
        """
        most = min(most, self._size)
        if most < least or first + least >= self._size:
            return np.full(count, IMPOSSIBLE)
        level = min((most - least + 1).bit_length(), len(self._rows)) - 1
        row, low = self._rows[level], first + least
        high = first + most - (1 << level) + 1
        return np.asarray(np.maximum(row[low : low + count], row[high : high + count]))

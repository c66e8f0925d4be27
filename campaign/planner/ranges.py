"""The greatest value in windows of an array, for many neighbouring windows at once."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

IMPOSSIBLE = -np.inf


class SlidingMaximum:
    """A sparse table along the last axis, built as far as it is asked for.

    Windows of one width cost two slices. Beyond its end the array is impossible.
    """

    def __init__(self, values: Values) -> None:
        self._size = values.shape[-1]
        row = np.full((*values.shape[:-1], 2 * self._size), IMPOSSIBLE)
        row[..., : self._size] = values
        self._rows = [row]

    def over(self, first: int, least: int, most: int, count: int) -> Values:
        """The greatest value of `[start + least, start + most]` for `count` starts from `first`.

        `first`, `least` and the starts are not below 0, the starts not beyond the array.
        """
        low, last = first + least, min(first + most, self._size - 1)
        if last < low:
            return np.full((*self._rows[0].shape[:-1], count), IMPOSSIBLE)
        level = (last - low + 1).bit_length() - 1
        row, high = self._row(level), last - (1 << level) + 1
        return np.asarray(
            np.maximum(row[..., low : low + count], row[..., high : high + count])
            if high > low
            else row[..., low : low + count]
        )

    def _row(self, level: int) -> Values:
        """The greatest of `2 ** level` neighbours from each place on."""
        while len(self._rows) <= level:
            row, width = self._rows[-1], 1 << (len(self._rows) - 1)
            higher = row.copy()
            np.maximum(row[..., :-width], row[..., width:], out=higher[..., :-width])
            self._rows.append(higher)
        return self._rows[level]

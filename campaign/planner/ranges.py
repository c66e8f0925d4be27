"""Arrays of what positions are worth."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

IMPOSSIBLE = -np.inf

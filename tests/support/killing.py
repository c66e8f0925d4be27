"""A program that plans and logs until somebody kills it."""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from campaign import Campaign, read
from campaign.logbook import Entry, log
from campaign.reading import read_plan

ROWS = 12
NOTE = 2000


def work(folder: Path) -> None:
    """Log one touch by turns, and write the plan anew, for ever."""
    territory = read(folder)
    path = folder / "campaign.csv"
    plan, _ = read_plan(path, territory)
    first = plan.touches[0]
    while True:
        for outcome in ("done", "replied"):
            log(path, territory, first.touch_id, Entry(outcome, first.date, note="x" * NOTE))
        plan, _ = read_plan(path, territory)
        Campaign(territory, plan.touches, left_out=plan.left_out).write(path)


def log_each(folder: Path, place: int) -> None:
    """Log every second touch of the plan, from a place on."""
    territory = read(folder)
    path = folder / "campaign.csv"
    for touch in read_plan(path, territory)[0].touches[place::2]:
        log(path, territory, touch.touch_id, Entry("done", touch.date))


def kill_often(folder: Path, times: int) -> dict[str, int]:
    """Kill the work at that many moments; how often the plan was whole, and how often new."""
    territory, path, dice = read(folder), folder / "campaign.csv", random.Random(7)
    whole = changed = 0
    for _ in range(times):
        before = path.read_bytes()
        _kill_once(folder, dice.uniform(0, 0.05))
        plan, findings = read_plan(path, territory)
        sound = not any(one.is_error for one in findings)
        notes = {len(one.note) for one in plan.touches}
        whole += sound and len(plan.touches) == ROWS and notes <= {0, NOTE}
        changed += path.read_bytes() != before
    return {"whole": whole, "changed": changed}


def _kill_once(folder: Path, after_seconds: float) -> None:
    first = (folder / "campaign.csv").stat().st_ino
    child = os.fork()
    if not child:
        work(folder)
    until = time.monotonic() + 30
    while (folder / "campaign.csv").stat().st_ino == first and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(after_seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    command, where, number = sys.argv[1:]
    if command == "kill":
        print(json.dumps(kill_often(Path(where), int(number))))  # noqa: T201 (its result)
    else:
        log_each(Path(where), int(number))

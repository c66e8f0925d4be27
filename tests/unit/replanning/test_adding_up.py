"""Weeks in the field, planned on each Monday: what the difference says adds up."""

import datetime as dt
import random

import pytest
from attrs import evolve
from replanned import anew, of_two
from small import START

from campaign.answer import Campaign
from campaign.model.accounts import Account
from campaign.model.outcomes import Outcome
from campaign.replanning import Replanned
from campaign.replanning.changes import ChangeKind
from campaign.replanning.telling import render_difference
from campaign.touches import Plan, Status, Touch

MORE = tuple(Account(f"C-{n}", f"Mill {n}", tier="BC"[n % 2]) for n in range(5))
OUTCOMES = {
    "call": ("reached", "no_answer", "wrong_number", "complaint"),
    "visit": ("met", "no_answer", "complaint"),
}


def lived(row: Touch, monday: dt.date, dice: random.Random) -> Touch:
    """A row of the week that is over, most of them logged."""
    if row.status is not Status.PLANNED or row.date >= monday or dice.random() < 0.2:
        return row
    outcome = dice.choice(OUTCOMES.get(row.channel, ("done", "done", "returned_mail")))
    return evolve(row, status=Status.DONE, outcome=Outcome(outcome), done_on=row.date)


def weeks(seed: int) -> list[Replanned]:
    dice, found = random.Random(seed), list[Replanned]()
    now: Campaign = of_two(*MORE)
    for week in range(1, 7):
        monday = START + dt.timedelta(weeks=week)
        rows = [lived(row, monday, dice) for row in now.touches]
        off = [f"{monday}/{monday + dt.timedelta(days=2)}"] if week == 3 else []
        found.append(anew(Plan(now.territory, rows, left_out=now.left_out), monday, off=off))
        now = found[-1].campaign
    return found


@pytest.mark.parametrize("seed", [2, 4])
def test_every_planned_touch_stays_moves_goes_or_was_missed(seed: int) -> None:
    for replanned in weeks(seed):
        found, of_before = replanned.difference, replanned.before.touches
        planned = sum(row.status is Status.PLANNED for row in of_before)
        gone = (ChangeKind.DROPPED, ChangeKind.MISSED, ChangeKind.MOVED, ChangeKind.REROUTED)
        assert planned == found.stay + sum(len(found.of(kind)) for kind in gone)
        ahead = sum(row.status is Status.PLANNED for row in replanned.campaign.touches)
        again = sum(change.after is not None for change in found.of(ChangeKind.MISSED))
        moved = len(found.of(ChangeKind.MOVED)) + len(found.of(ChangeKind.REROUTED))
        assert ahead == found.stay + moved + again + len(found.of(ChangeKind.NEW))
        assert render_difference(found, every=True).count("\n    - ") == len(found.changes)

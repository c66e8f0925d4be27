"""Life beside a plan: what becomes of its touches, who joins, who leaves, when the rep is away."""

import datetime as dt
import random
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve

from campaign.model.outcomes import Outcome, OutcomeName, outcomes_of
from campaign.model.territory import Territory
from campaign.touches import Status, Touch

RARE = {
    Outcome.COMPLAINT,
    Outcome.DO_NOT_CONTACT,
    Outcome.WRONG_NUMBER,
    Outcome.RETURNED_MAIL,
}
NOT_MADE = (Status.SKIPPED, Status.CANCELLED, Status.MISSED)


def only(territory: Territory, account_ids: Collection[str]) -> Territory:
    """The territory with some of its accounts, their contacts and promises."""
    return evolve(
        territory,
        accounts=[one for one in territory.accounts if one.account_id in account_ids],
        contacts=[one for one in territory.contacts if one.account_id in account_ids],
        promises=[one for one in territory.promises if one.account_id in account_ids],
    )


def logged(row: Touch, outcome: Outcome | OutcomeName, on: dt.date | None = None) -> Touch:
    """The row as it is once it is done; who asked for later named a day ten days on."""
    day = on or row.date
    later = day + dt.timedelta(days=10) if outcome == Outcome.LATER else None
    return evolve(row, status=Status.DONE, outcome=outcome, done_on=day, again_on=later)


def lived(
    territory: Territory, rows: Iterable[Touch], day: dt.date, dice: random.Random
) -> list[Touch]:
    """The rows up to a day as anything may have come of them; some rows ahead are touched too."""
    return [_lived(territory, row, day, dice) for row in rows]


def _lived(territory: Territory, row: Touch, day: dt.date, dice: random.Random) -> Touch:
    if row.status is not Status.PLANNED:
        return row
    if row.date < day and dice.random() < 0.85:
        outcomes = outcomes_of(territory.channels[row.channel])
        weights = [1 if outcome in RARE else 8 for outcome in outcomes]
        outcome = dice.choices(outcomes, weights)[0]
        return logged(row, outcome, _done_on(territory, row, day, dice))
    if dice.random() < 0.04:
        return evolve(row, status=dice.choice(NOT_MADE))
    if dice.random() < 0.04:
        return evolve(row, note="to be remembered")
    if row.date >= day and dice.random() < 0.05:
        further = dt.timedelta(days=dice.choice((0, 0, 1, 3, 6)))
        return evolve(row, pinned=True, date=row.date + further)
    return row


def _done_on(territory: Territory, row: Touch, day: dt.date, dice: random.Random) -> dt.date:
    if dice.random() < 0.85:
        return row.date
    other = row.date + dt.timedelta(days=dice.randint(-3, 5))
    return min(day - dt.timedelta(days=1), max(territory.start, other))


def without_a_contact(territory: Territory, contact_id: str) -> Territory:
    """The territory after somebody has left: what was promised to them is owed to the account."""
    return evolve(
        territory,
        contacts=[one for one in territory.contacts if one.contact_id != contact_id],
        promises=[
            evolve(one, contact_id="") if one.contact_id == contact_id else one
            for one in territory.promises
        ],
    )


def closed(territory: Territory, account_id: str) -> Territory:
    """The territory with an account that is not worked any more."""
    return evolve(
        territory,
        accounts=[
            evolve(one, status="closed") if one.account_id == account_id else one
            for one in territory.accounts
        ],
    )


def by_id(rows: Sequence[Touch]) -> Mapping[str, Touch]:
    """Rows by touch id."""
    return {row.touch_id: row for row in rows}

"""Plans made anew several times over a quarter in which anything happens, and what they keep."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from attrs import evolve
from living import by_id, closed, lived, only, without_a_contact

from campaign import plan
from campaign.model.territory import Territory
from campaign.replanning import Replanned, replan
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Span, plain

_A_DAY = dt.timedelta(days=1)


def planned_again(
    everybody: Territory, seed: int, *, effort: int, longest: int = 20
) -> Iterator[tuple[Replanned, list[Touch], dt.date]]:
    """Plans made anew four times, each with the rows as logged before and its day.

    From one day to the next there are at most `longest` days, or it is the day of a night.
    """
    dice = random.Random(seed)
    ids = [account.account_id for account in everybody.accounts]
    territory = only(everybody, ids[: max(1, len(ids) - 1)])
    rows: tuple[Touch, ...] = plan(territory, effort=effort).touches
    day = plain(territory.start)
    for _ in range(4):
        day = _next_day(rows, day, dice, longest)
        if day > territory.calendar.end:
            return
        logged = lived(territory, rows, day, dice)
        territory = _changed(territory, everybody, dice)
        made = replan(
            Plan(territory, logged),
            day,
            freeze=dice.randint(0, 4),
            off=_off(day, dice),
            effort=effort,
        )
        yield made, logged, day
        territory, rows = made.campaign.territory, made.campaign.touches


def _next_day(rows: Sequence[Touch], day: dt.date, dice: random.Random, longest: int) -> dt.date:
    """A later day: often one on which a trip is under way, if there are trips."""
    evenings = [plain(row.date) for row in rows if row.night]
    away = [each for evening in evenings for each in (evening, evening + _A_DAY) if each > day]
    if away and dice.random() < 0.6:
        return dice.choice(away)
    return day + dt.timedelta(days=dice.randint(1, longest))


def _changed(territory: Territory, everybody: Territory, dice: random.Random) -> Territory:
    """Somebody joins, leaves, or is not worked any more."""
    known = {account.account_id for account in territory.accounts}
    if dice.random() < 0.4 and len(known) < len(everybody.accounts):
        return evolve(
            everybody,
            rep=territory.rep,
            accounts=[*territory.accounts, everybody.accounts[-1]],
        )
    if dice.random() < 0.3 and territory.contacts:
        return without_a_contact(territory, dice.choice(territory.contacts).contact_id)
    if dice.random() < 0.2:
        return closed(territory, dice.choice(territory.accounts).account_id)
    return territory


def _off(day: dt.date, dice: random.Random) -> tuple[Span, ...]:
    if dice.random() < 0.7:
        return ()
    first = day + dt.timedelta(days=dice.randint(0, 10))
    return (Span(first, first + dt.timedelta(days=dice.randint(0, 6))),)


def holds(made: Replanned, logged: Sequence[Touch], day: dt.date) -> None:
    """Assert that a plan made anew keeps the rules and the facts, and sets no date before today."""
    campaign = made.campaign
    assert campaign.violations() == ()
    for level in campaign.levels:
        assert level.bound is None or level.figure <= level.bound <= (level.possible or 0)
    rows = by_id(campaign.touches)
    active = {one.account_id for one in campaign.territory.active_accounts}
    owed = {one.touch_id for one in made.begun.before}
    for row in logged:
        if row.status is not Status.PLANNED:
            assert rows[row.touch_id] in (row, _at_home(row, day))
        elif row.date < day:
            assert rows[row.touch_id].status is Status.MISSED
        elif row.pinned and row.account_id in active:  # of a closed one nothing is planned
            now = rows[row.touch_id]
            assert now.date == row.date or now.status is not Status.PLANNED
    fresh = [row for row in campaign.touches if row.status is Status.PLANNED]
    assert all(row.date >= day for row in fresh)
    assert all(row.touch_id in owed or row.planned_on == day for row in fresh if not row.pinned)


def _at_home(row: Touch, day: dt.date) -> Touch:
    """The row without its night, if that is not over: it may not come any more."""
    return evolve(row, night="") if row.date >= day - _A_DAY else row

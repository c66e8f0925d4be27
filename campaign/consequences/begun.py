"""A campaign that has begun: what of its rows is a fact, what stays, what is planned anew."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences.effects import territory_now
from campaign.consequences.from_rows import consequences
from campaign.consequences.values import Attempt, Consequences
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.touches import Plan, Status, Touch, attempt

FREEZE = 3
"""So many working days stay as they are, unless it is said otherwise."""


@frozen
class Begun:
    """The rows of a plan on the day on which it is planned anew.

    `freeze` is for how many working days, from `day` on, planned rows stay where they are.
    `joined` are the days on which accounts were planned first that came after the start, by id,
    `left_out` the ids of what had no place until now.
    """

    territory: Territory = field(repr=False)
    rows: tuple[Touch, ...] = field(converter=tuple[Touch, ...], repr=False)
    day: dt.date = field(kw_only=True)
    freeze: int = field(default=0, kw_only=True)
    joined: Mapping[str, dt.date] = field(factory=dict, kw_only=True, eq=False)
    left_out: frozenset[str] = field(default=frozenset(), kw_only=True, repr=False)

    @cached_property
    def now(self) -> Territory:
        """The territory with what the rows say of it."""
        return territory_now(self.territory, self.rows)

    @cached_property
    def found(self) -> Consequences:
        """What follows from what is logged."""
        return consequences(self.territory, self.rows)

    @cached_property
    def attempts(self) -> Mapping[str, Attempt]:
        """The further attempts that stand in no row yet, by the id of what is owed."""
        return {one.owed_id: one for one in self.found.attempts}

    @cached_property
    def tried(self) -> Mapping[str, tuple[Touch, ...]]:
        """The rows of each owed touch, the latest attempt last, by the id of what is owed."""
        made = sorted(
            (row for row in self.rows if not row.is_heard), key=lambda row: attempt(row)[1]
        )
        found = grouped(made, lambda row: attempt(row)[0])
        return {owed_id: tuple(rows) for owed_id, rows in found.items()}

    @property
    def before(self) -> tuple[Touch, ...]:
        """The planned rows, which may move."""
        return tuple(row for row in self.rows if row.status is Status.PLANNED and not row.pinned)

    @cached_property
    def first_free(self) -> dt.date:
        """The first working day after those that are frozen; the day after the end for none."""
        calendar = self.territory.calendar
        days = [day for day in calendar.working_days if day >= self.day]
        return days[self.freeze] if len(days) > self.freeze else calendar.end + dt.timedelta(days=1)


def begun(territory: Territory, plan: Plan, day: dt.date, *, freeze: int = 0) -> Begun:
    """A plan on a day: what was planned before that day and is not logged is missed.

    An account of the territory that the plan does not know came on that day.
    """
    rows = [
        evolve(row, status=Status.MISSED)
        if row.status is Status.PLANNED and row.date < day
        else row
        for row in plan.touches
    ]
    known = {row.account_id for row in plan.touches} | {row.account_id for row in plan.left_out}
    ids = (account.account_id for account in territory.active_accounts)
    new = {account_id: day for account_id in ids if account_id not in known}
    joined = {**plan.joined, **(new if known else {})}
    left_out = frozenset(row.touch_id for row in plan.left_out)
    return Begun(territory, rows, day=day, freeze=freeze, joined=joined, left_out=left_out)

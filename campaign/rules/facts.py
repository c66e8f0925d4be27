"""What the rules look at: the rows of a plan beside what is owed, found for themselves.

Nothing here comes from the planner or from its demand: what these get wrong, the rules
have to see.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences import Consequences, consequences, territory_now
from campaign.model.accounts import Account, Contact, Promise
from campaign.model.post import days_in_post
from campaign.model.territory import Territory
from campaign.rules.dues import Due, dues_of, first_attempt
from campaign.rules.plan_row import PlanRow, are_judged, are_pinned, of_left_out, of_row
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Calendar, plain

__all__ = ["Due", "Facts", "PlanRow", "are_judged", "are_pinned", "of_left_out", "of_row"]

# Dates in a file may be any; reckoning with them stops this far from the campaign.
_FAR = dt.timedelta(days=400)
_BEYOND_END = dt.timedelta(days=149)
# What one more planned row does not change.
_OF_THE_TERRITORY = (
    *("territory", "calendar", "working_days", "working_day_set", "dues", "openings"),
    *("_positions", "_dates", "_arrivals", "_holidays"),
)


@frozen(eq=False)
class Facts:
    """A plan beside its territory, indexed once for all rules.

    With `only` (an account id) nothing is owed but what is owed to that account.
    """

    plan: Plan
    only: str = field(default="", kw_only=True)

    def with_row(self, touch: Touch) -> "Facts":
        """The same with a planned row more; where nothing is logged, nothing else is owed by it."""
        found = Facts(evolve(self.plan, touches=(*self.plan.touches, touch)), only=self.only)
        if all(each.status is Status.PLANNED for each in found.plan.touches):
            for name in _OF_THE_TERRITORY:
                object.__setattr__(found, name, getattr(self, name))
        return found

    @cached_property
    def consequences(self) -> Consequences:
        """What follows from the rows that are logged."""
        return consequences(self.plan.territory, self.plan.touches)

    @cached_property
    def territory(self) -> Territory:
        """The question that the plan answers, with what its logged rows say of it."""
        return territory_now(self.plan.territory, self.plan.touches)

    @cached_property
    def calendar(self) -> Calendar:
        """The days of the campaign."""
        return self.territory.calendar

    @cached_property
    def start(self) -> dt.date:
        """The first day of the campaign."""
        return plain(self.territory.start)

    @cached_property
    def end(self) -> dt.date:
        """The last day of the campaign."""
        return plain(self.calendar.end)

    @cached_property
    def working_days(self) -> tuple[dt.date, ...]:
        """The working days of the campaign, in order."""
        return tuple(map(plain, self.calendar.working_days))

    @cached_property
    def working_day_set(self) -> frozenset[dt.date]:
        """The same, to ask for one of them."""
        return frozenset(self.working_days)

    @cached_property
    def dues(self) -> dict[str, Due]:
        """Everything that is owed, by touch id."""
        promises: dict[str, list[Promise]] = {}
        for promise in self.territory.promises:
            promises.setdefault(promise.account_id, []).append(promise)
        return {
            due.touch_id: due
            for account in self._accounts()
            for due in dues_of(self.territory, account, promises.get(account.account_id, ()))
        }

    def _accounts(self) -> Iterator[Account]:
        for account in self.territory.active_accounts:
            if not self.only or account.account_id == self.only:
                yield account

    @cached_property
    def openings(self) -> dict[str, Due]:
        """The step with which each grievance account has to open, by account id."""
        return {due.account.account_id: due for due in self.dues.values() if due.opens}

    @cached_property
    def rows(self) -> tuple[PlanRow, ...]:
        """Every row of the plan, whatever became of it."""
        return tuple(map(self._row, self.plan.touches))

    def _row(self, touch: Touch) -> PlanRow:
        owed_id = first_attempt(touch.touch_id, self.dues)
        due = self.dues.get(owed_id)
        account = due.account if due else self._account(touch.account_id)
        return PlanRow(
            touch,
            plain(touch.done_on if touch.is_done and touch.done_on else touch.date),
            owed_id=owed_id,
            due=due,
            account=account,
            person=self._person(touch.contact_id, account, due),
            channel=self.territory.channels.get(touch.channel),
        )

    def _account(self, account_id: str) -> Account | None:
        try:
            return self.territory.account(account_id)
        except KeyError:
            return None

    def _person(self, contact_id: str, account: Account | None, due: Due | None) -> Contact | None:
        if due and due.person.contact_id == contact_id:
            return due.person
        if account is None:
            return None
        if account.account_id == contact_id:
            return self.territory.as_contact(account)
        people = self.territory.contacts_of(account.account_id)
        return next((person for person in people if person.contact_id == contact_id), None)

    @cached_property
    def standing(self) -> tuple[PlanRow, ...]:
        """The rows that take place or took place, by day and id."""
        rows = (row for row in self.rows if row.touch.stands)
        return tuple(sorted(rows, key=lambda row: (row.day, row.touch_id)))

    @cached_property
    def planned(self) -> tuple[PlanRow, ...]:
        """The rows still to come that stand inside the campaign, by day and id."""
        return tuple(row for row in self.standing if row.is_planned and self.is_inside(row.day))

    @cached_property
    def by_day(self) -> dict[dt.date, list[PlanRow]]:
        """The standing rows inside the campaign, by their day."""
        found: dict[dt.date, list[PlanRow]] = {}
        for row in self.standing:
            if self.is_inside(row.day):
                found.setdefault(row.day, []).append(row)
        return found

    @cached_property
    def by_week(self) -> dict[int, list[PlanRow]]:
        """The standing rows inside the campaign, by the week of the campaign."""
        found: dict[int, list[PlanRow]] = {}
        for day, rows in self.by_day.items():
            found.setdefault(self.calendar.week(day), []).extend(rows)
        return found

    @cached_property
    def minutes_by_day(self) -> Counter[dt.date]:
        """The rep's minutes of each day, travel included."""
        rows = self.by_day.items()
        return Counter({day: sum(row.touch.day_minutes for row in here) for day, here in rows})

    @cached_property
    def minutes_by_week(self) -> Counter[int]:
        """The same by the week of the campaign."""
        found = Counter[int]()
        for day, minutes in self.minutes_by_day.items():
            found[self.calendar.week(day)] += minutes
        return found

    @cached_property
    def by_account(self) -> dict[str, list[PlanRow]]:
        """The standing rows by account id."""
        found: dict[str, list[PlanRow]] = {}
        for row in self.standing:
            found.setdefault(row.account_id, []).append(row)
        return found

    def due(self, touch_id_: str) -> Due | None:
        """What a touch id, perhaps of a further attempt, stands for; None if not owed."""
        return self.dues.get(first_attempt(touch_id_, self.dues))

    @cached_property
    def placed(self) -> dict[str, PlanRow]:
        """The row by which each owed touch stands, by the id that is owed: its last attempt."""
        return {row.owed_id: row for row in self.standing}

    @cached_property
    def away(self) -> frozenset[dt.date]:
        """The days that start or end at the place of a night."""
        evenings = self.plan.nights
        return frozenset([*evenings, *(evening + dt.timedelta(days=1) for evening in evenings)])

    @cached_property
    def begun(self) -> dict[str, PlanRow]:
        """The row by which each owed touch was first made, or else stands, by the id owed."""
        return {row.owed_id: row for row in reversed(self.standing)}

    @cached_property
    def tried(self) -> dict[str, dt.date]:
        """The last day on which each owed touch was done, by the id that is owed."""
        return {row.owed_id: row.day for row in self.standing if not row.is_planned}

    @cached_property
    def last_made(self) -> dt.date:
        """The last day of the campaign on which a touch was made: days before it are over."""
        done = (row.day for row in self.rows if row.touch.is_done and self.is_inside(row.day))
        return max(done, default=self.start)

    def are_ahead(self, rows: Iterable[PlanRow]) -> bool:
        """Whether any of the rows is still to come on a day that is not over."""
        return any(row.is_planned and row.day >= self.last_made for row in rows)

    @cached_property
    def planned_on(self) -> dt.date:
        """The last day on which a date of the plan was set: its own where it has one."""
        if self.plan.day is not None:
            return max(self.start, plain(self.plan.day))
        days = (plain(row.touch.planned_on) for row in self.rows if row.is_planned)
        return max([self.start, *days])

    @cached_property
    def latest_planning(self) -> dt.date:
        """The same, of a plan without a day of its own not before what is logged.

        The end where nothing is planned any more.
        """
        logged = [row.day for row in self.rows if not row.is_planned and self.is_inside(row.day)]
        if self.plan.day is not None or not logged:
            return self.planned_on
        if not any(row.is_planned for row in self.rows):
            return self.end
        return max(self.planned_on, *logged)

    @cached_property
    def _positions(self) -> dict[dt.date, int]:
        return {}

    def position(self, day: dt.date) -> int:
        """The calendar's position of a day; days far from the campaign count as near ones."""
        found = self._positions.get(day)
        if found is None:
            near = min(max(day, self.start - _FAR), self.end + _BEYOND_END)
            found = self._positions[day] = self.calendar.position(near)
        return found

    @cached_property
    def _dates(self) -> dict[int, dt.date]:
        return {}

    def date_at(self, position: int) -> dt.date:
        """The business day at a position; positions from 0 down count back from the start."""
        if position not in self._dates:
            self._dates[position] = self._counted_back(position)
        return self._dates[position]

    def _counted_back(self, position: int) -> dt.date:
        if position > 0:
            return self.calendar.after(self.calendar.eve, position)
        day = plain(self.calendar.eve)
        while self.position(day) > position or not self.calendar.is_business_day(day):
            day -= dt.timedelta(days=1)
        return day

    def joined(self, account_id: str) -> int:
        """The position of the eve from which the steps of an account count.

        That of the start, or of the day on which it came where that was later.
        """
        came = self.plan.joined.get(account_id)
        return max(0, self.position(plain(came) - dt.timedelta(days=1))) if came else 0

    @cached_property
    def attempted(self) -> dict[str, dt.date]:
        """The day of the last attempt, made or missed, at what is planned once more, by its id."""
        planned = {row.owed_id for row in self.rows if row.is_planned}
        logged = [row for row in self.rows if not row.is_planned and not row.touch.is_heard]
        logged.sort(key=lambda row: row.day)
        return {row.owed_id: row.day for row in logged if row.owed_id in planned}

    @cached_property
    def alone(self) -> dict[tuple[str, str, str, bool], bool]:
        """What is known of channels that an empty day could hold, by account, person and name."""
        return {}

    @cached_property
    def _arrivals(self) -> dict[tuple[dt.date, int], dt.date]:
        return {}

    def after(self, day: dt.date, business_days: int) -> dt.date:
        """The date so many business days after a day of the campaign."""
        if (day, business_days) not in self._arrivals:
            self._arrivals[day, business_days] = self.calendar.after(day, business_days)
        return self._arrivals[day, business_days]

    def days_in_post(self, row: PlanRow) -> int:
        """The most business days until what a row posts has arrived; 0 where it posts nothing."""
        if row.channel is None or not row.channel.is_post:
            return 0
        return days_in_post(self.territory, row.channel.name, row.account, row.person)

    def is_inside(self, day: dt.date) -> bool:
        """Whether the day belongs to the campaign."""
        return self.start <= day <= self.end

    @cached_property
    def _holidays(self) -> dict[tuple[str, str], frozenset[dt.date]]:
        return {}

    def account_holidays(self, account: Account) -> frozenset[dt.date]:
        """The public holidays where the account is."""
        there = account.country, account.region
        if there not in self._holidays:
            self._holidays[there] = self.territory.account_holidays(account)
        return self._holidays[there]

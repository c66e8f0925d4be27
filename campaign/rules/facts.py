"""What the rules look at: the rows of a plan beside what is owed, found for themselves.

Nothing here comes from the planner or from its demand: what these get wrong, the rules
have to see.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property

from attrs import evolve, field, frozen

from campaign.consequences import Consequences, consequences, territory_now
from campaign.model.accounts import Account, Contact
from campaign.model.channels import Channel
from campaign.model.post import days_in_post
from campaign.model.territory import Territory
from campaign.model.values import NOWHERE, Key, Place, grouped
from campaign.phrases import WEEKDAYS
from campaign.rules.dues import Due, dues_of, first_attempt
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import PROMISES, LeftOut, Plan, Status, Touch
from campaign.workdays import Calendar, plain

# Dates in a file may be any; reckoning with them stops this far from the campaign.
_FAR = dt.timedelta(days=400)
_BEYOND_END = dt.timedelta(days=149)
_A_DAY = dt.timedelta(days=1)
# What one more planned row does not change.
_OF_THE_TERRITORY = (
    *("territory", "calendar", "working_days", "working_day_set", "dues", "openings"),
    *("date_at", "after", "_holidays"),
)


@frozen(eq=False)
class PlanRow:
    """One touch of the plan with what the inputs know of it; None where they know nothing.

    `day` is the day on which it takes place or took place, `owed_id` the id of the first
    attempt, `person` whoever the row names.
    """

    touch: Touch
    day: dt.date
    owed_id: str = field(kw_only=True)
    due: Due | None = field(kw_only=True)
    account: Account | None = field(kw_only=True)
    person: Contact | None = field(kw_only=True)
    channel: Channel | None = field(kw_only=True)

    @property
    def touch_id(self) -> str:
        """The id as the plan has it."""
        return self.touch.touch_id

    @property
    def account_id(self) -> str:
        """The account it really belongs to, else the one it names."""
        return self.account.account_id if self.account else self.touch.account_id

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come, so that rules may judge it."""
        return self.touch.status is Status.PLANNED

    @property
    def is_movable(self) -> bool:
        """Whether the planner chose its day: planned, and not pinned by the rep."""
        return self.is_planned and not self.touch.pinned

    @property
    def is_promise(self) -> bool:
        """Whether it keeps a promise."""
        return self.due.promise is not None if self.due else self.touch.cadence == PROMISES

    @property
    def purpose(self) -> str:
        """Why it is made, by the inputs, else by the row."""
        return self.due.step.purpose if self.due else self.touch.purpose

    @property
    def place(self) -> Place:
        """Where the rep drives to make it."""
        return self.account.place if self.account else NOWHERE

    @property
    def travels(self) -> bool:
        """Whether the rep drives there."""
        return self.channel is not None and self.channel.travels


def of_row(rule: str, fault: Fault, row: PlanRow, **figures: Figure) -> Violation:
    """A violation by one row, with what its sentence names of that: a notice if it is pinned."""
    usual: dict[str, Figure] = {
        "account": row.account_id,
        "contact": row.touch.contact_id,
        "channel": row.touch.channel,
        "date": row.day,
        "weekday": WEEKDAYS[row.day.weekday()],
    }
    named = {name: figure for name, figure in usual.items() if f"{{{name}}}" in fault.value}
    return Violation(
        rule,
        fault,
        touch_id=row.touch_id,
        date=row.day,
        account_id=row.account_id,
        figures={**named, **figures},
        is_notice=row.touch.pinned,
    )


def of_left_out(rule: str, fault: Fault, left_out: LeftOut, **figures: Figure) -> Violation:
    """A violation by what is left out."""
    touch_id, account_id = left_out.touch_id, left_out.account_id
    return Violation(rule, fault, touch_id=touch_id, account_id=account_id, figures=figures)


def of_rows(
    rule: str,
    fault: Fault,
    rows: Iterable[PlanRow],
    figures: Mapping[str, Figure],
    *,
    date: dt.date | None = None,
    account_id: str = "",
) -> Iterator[Violation]:
    """A violation by several rows together, if one of them is still to come.

    What is done breaks no rule. It is a notice where only the rep's own pins are to come.
    """
    ahead = [row for row in rows if row.is_planned]
    if ahead:
        violation = Violation(rule, fault, date=date, account_id=account_id, figures=figures)
        yield evolve(violation, is_notice=all(row.touch.pinned for row in ahead))


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
        promises = grouped(self.territory.promises, lambda promise: promise.account_id)
        return {
            due.touch_id: due
            for account in self.territory.active_accounts
            if self.only in ("", account.account_id)
            for due in dues_of(self.territory, account, promises.get(account.account_id, ()))
        }

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
        account = due.account if due else self._accounts.get(touch.account_id)
        person = due.person if due and due.person.contact_id == touch.contact_id else None
        if account and person is None:
            people = self.territory.contacts_of(account.account_id)
            person = next((one for one in people if one.contact_id == touch.contact_id), None)
            if account.account_id == touch.contact_id:
                person = self.territory.as_contact(account)
        return PlanRow(
            touch,
            plain(touch.day if touch.is_done else touch.date),
            owed_id=owed_id,
            due=due,
            account=account,
            person=person,
            channel=self.territory.channels.get(touch.channel),
        )

    @cached_property
    def _accounts(self) -> dict[str, Account]:
        return {one.account_id: one for one in self.territory.ranked_accounts}

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
        inside = (row for row in self.standing if self.is_inside(row.day))
        return grouped(inside, lambda row: row.day)

    @cached_property
    def by_week(self) -> dict[int, list[PlanRow]]:
        """The standing rows inside the campaign, by the week of the campaign."""
        inside = (row for rows in self.by_day.values() for row in rows)
        return grouped(inside, lambda row: self.calendar.week(row.day))

    @cached_property
    def minutes_by_day(self) -> Counter[dt.date]:
        """The rep's minutes of each day, travel included."""
        return _minutes(self.by_day)

    @cached_property
    def minutes_by_week(self) -> Counter[int]:
        """The same by the week of the campaign."""
        return _minutes(self.by_week)

    @cached_property
    def by_account(self) -> dict[str, list[PlanRow]]:
        """The standing rows by account id."""
        return grouped(self.standing, lambda row: row.account_id)

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
        return frozenset([*evenings, *(evening + _A_DAY for evening in evenings)])

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

    def position(self, day: dt.date) -> int:
        """The calendar's position of a day; days far from the campaign count as near ones."""
        return self.calendar.position(min(max(day, self.start - _FAR), self.end + _BEYOND_END))

    @cached_property
    def date_at(self) -> Callable[[int], dt.date]:
        """The business day at a position; positions from 0 down count back from the start."""
        return cache(self._date_at)

    def _date_at(self, position: int) -> dt.date:
        if position > 0:
            return self.calendar.after(self.calendar.eve, position)
        day = plain(self.calendar.eve)
        while self.position(day) > position or not self.calendar.is_business_day(day):
            day -= _A_DAY
        return day

    def joined(self, account_id: str) -> int:
        """The position of the eve from which the steps of an account count.

        That of the start, or of the day on which it came where that was later.
        """
        came = self.plan.joined.get(account_id)
        return max(0, self.position(plain(came) - _A_DAY)) if came else 0

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
    def after(self) -> Callable[[dt.date, int], dt.date]:
        """The date so many business days after a day of the campaign."""
        return cache(self.calendar.after)

    def days_in_post(self, row: PlanRow) -> int:
        """The most business days until what a row posts has arrived; 0 where it posts nothing."""
        if row.channel is None:
            return 0
        return days_in_post(self.territory, row.channel.name, row.account, row.person)

    def is_inside(self, day: dt.date) -> bool:
        """Whether the day belongs to the campaign."""
        return self.start <= day <= self.end

    def account_holidays(self, account: Account) -> frozenset[dt.date]:
        """The public holidays where the account is."""
        there = account.country, account.region
        if there not in self._holidays:
            self._holidays[there] = self.territory.account_holidays(account)
        return self._holidays[there]

    @cached_property
    def _holidays(self) -> dict[tuple[str, str], frozenset[dt.date]]:
        return {}


def _minutes(grouped_rows: Mapping[Key, Iterable[PlanRow]]) -> Counter[Key]:
    """The rep's minutes of rows by what they are grouped by, travel included."""
    items = grouped_rows.items()
    return Counter({key: sum(row.touch.day_minutes for row in rows) for key, rows in items})

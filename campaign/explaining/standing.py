"""Where the campaign stands: done, left, coverage by tier and month, and who is behind."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

from attrs import field, frozen

from campaign.consequences import consequences, rows_owed, territory_after
from campaign.explaining.following import name_of
from campaign.explaining.today import Lateness, Today
from campaign.model.accounts import Account
from campaign.rules.levels import reaches
from campaign.touches import LeftOut, Plan, ReasonCode, Status, attempt


class Behind(StrEnum):
    """Why an account is behind."""

    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    ON_LEAVE = "on_leave"
    NEVER_TOUCHED = "never_touched"
    TO_SCHEDULE = "to_schedule"
    NO_CHANNEL = "no_channel"
    DATA_GAP = "data_gap"
    MONTH_MISSED = "month_missed"


@frozen
class Cause:
    """One reason for which an account is behind: how many touches, or what and since when."""

    behind: Behind
    count: int = field(default=1, kw_only=True)
    what: str = field(default="", kw_only=True)
    since: dt.date | None = field(default=None, kw_only=True)


@frozen
class AccountBehind:
    """An account that is behind, and every reason for it."""

    account_id: str
    name: str
    tier: str = field(kw_only=True)
    causes: tuple[Cause, ...] = field(kw_only=True)


@frozen
class MonthCoverage:
    """How many accounts of a tier were touched in a month, are planned to be, and there are."""

    tier: str
    month: int
    touched: int = field(kw_only=True)
    planned: int = field(kw_only=True)
    accounts: int = field(kw_only=True)


@frozen
class Standing:
    """Where a campaign stands on a day.

    `owed` counts everything that the plan owes, promises and recoveries too, `planned` what
    of it has a row in the plan; of all that is owed `done`
    is made for good, `given_up` is not to be made any more (skipped, cancelled, no channel
    left, no contact wanted), the rest is `remaining`. Of that, `scheduled` stands on a day
    from today on, and `to_schedule` has none: it is late, missed, to be tried again or left
    out.
    """

    date: dt.date
    owed: int = field(kw_only=True)
    planned: int = field(kw_only=True)
    done: int = field(kw_only=True)
    given_up: int = field(kw_only=True)
    scheduled: int = field(kw_only=True)
    to_schedule: int = field(kw_only=True)
    coverage: tuple[MonthCoverage, ...] = field(kw_only=True)
    behind: tuple[AccountBehind, ...] = field(kw_only=True)

    @property
    def remaining(self) -> int:
        """What is owed still, on a day or on none."""
        return self.scheduled + self.to_schedule


class _State(StrEnum):
    DONE = "done"
    GIVEN_UP = "given_up"
    SCHEDULED = "scheduled"
    TO_SCHEDULE = "to_schedule"


def standing(plan: Plan, date: dt.date) -> Standing:
    """Where a plan stands on a day, by what is logged in it."""
    states = list(_states(plan, date).values())
    return Standing(
        date,
        owed=len(states),
        planned=len({attempt(touch)[0] for touch in plan.touches if not touch.is_heard}),
        done=states.count(_State.DONE),
        given_up=states.count(_State.GIVEN_UP),
        scheduled=states.count(_State.SCHEDULED),
        to_schedule=states.count(_State.TO_SCHEDULE),
        coverage=tuple(_coverage(plan)),
        behind=tuple(_behind(plan, date)),
    )


def _states(plan: Plan, date: dt.date) -> dict[str, _State]:
    """What has become of everything that is owed, by the id of its first attempt."""
    found = consequences(plan.territory, plan.touches)
    rows = (touch for touch in plan.touches if not touch.is_heard)
    states = {left.touch_id: _of_left_out(left) for left in plan.left_out}
    for touch in sorted(rows, key=lambda touch: attempt(touch)[1]):
        status, owed_id = touch.status, attempt(touch)[0]
        if status is Status.PLANNED:
            is_late = touch.date < date
            states[owed_id] = _State.TO_SCHEDULE if is_late else _State.SCHEDULED
            if found.end_of(touch.account_id, touch.contact_id):
                states[owed_id] = _State.GIVEN_UP
        elif status is Status.DONE:
            states[owed_id] = _State.DONE
        else:
            states[owed_id] = _State.GIVEN_UP
    for owed in rows_owed(plan.territory, plan.touches, found):
        states[attempt(owed)[0]] = _State.TO_SCHEDULE
    return states | {given_up.owed_id: _State.GIVEN_UP for given_up in found.given_up}


def _of_left_out(left_out: LeftOut) -> _State:
    """What wants no contact is not to be made any more; all else may find a day."""
    wants_none = left_out.reason_code is ReasonCode.DO_NOT_CONTACT
    return _State.GIVEN_UP if wants_none else _State.TO_SCHEDULE


def _coverage(plan: Plan) -> Iterator[MonthCoverage]:
    territory = plan.territory
    done, planned = _months(plan, done=True), _months(plan, done=False)
    for tier in territory.tiers:
        ids = [one.account_id for one in _worked(plan) if one.tier == tier.name]
        for month in range(1, territory.calendar.months + 1) if ids else ():
            touched = [one for one in ids if month in done.get(one, ())]
            coming = [one for one in ids if month in planned.get(one, ())]
            yield MonthCoverage(
                tier.name,
                month,
                touched=len(touched),
                planned=len({*touched, *coming}),
                accounts=len(ids),
            )


def _worked(plan: Plan) -> tuple[Account, ...]:
    """The accounts that are touched: active, and wanting it."""
    found = consequences(plan.territory, plan.touches)
    after = territory_after(plan.territory, found)
    return tuple(one for one in after.active_accounts if not one.do_not_contact)


def _months(plan: Plan, *, done: bool) -> Mapping[str, set[int]]:
    """The months in which each account was touched, or has a touch planned, by its id."""
    found: dict[str, set[int]] = {}
    for account_id, touches in plan.by_account.items():
        for touch in touches:
            if touch.is_done is done and reaches(plan.territory, touch):
                month = plan.territory.calendar.month(touch.day)
                found.setdefault(account_id, set()).add(month)
    return found


def _behind(plan: Plan, date: dt.date) -> Iterator[AccountBehind]:
    today, months = Today(plan, date), _months(plan, done=True)
    for account in _worked(plan):
        own = months.get(account.account_id, set())
        causes = tuple(_causes(today, account, own))
        if causes:
            yield AccountBehind(account.account_id, account.name, tier=account.tier, causes=causes)


def _causes(today: Today, account: Account, months: set[int]) -> Iterator[Cause]:
    account_id, found = account.account_id, today.consequences
    recovery = found.open_recovery(account_id)
    if recovery is not None:
        since = recovery.because
        yield Cause(Behind.COMPLAINT, what=since.note, since=since.day)
    for lateness in Lateness:
        late = [
            one.touch
            for one in today.late
            if one.lateness is lateness and one.touch.account_id == account_id
        ]
        if late:
            yield Cause(Behind(lateness.value), count=len(late), since=late[0].date)
    owed = [touch for touch in today.not_planned if touch.account_id == account_id]
    if owed:
        yield Cause(Behind.TO_SCHEDULE, count=len(owed), what=owed[0].step, since=owed[0].date)
    for given_up in found.given_up:
        if given_up.after.account_id == account_id:
            yield Cause(Behind.NO_CHANNEL, what=given_up.after.step, since=given_up.after.day)
    yield from _gaps(today, account_id)
    yield from _months_missed(today, account, months)


def _gaps(today: Today, account_id: str) -> Iterator[Cause]:
    gaps = {
        (name_of(today.plan.territory, one.because), one.missing): one.because.day
        for one in today.consequences.closed
        if one.account_id == account_id
    }
    for (name, missing), since in gaps.items():
        yield Cause(Behind.DATA_GAP, what=f"{missing} of {name}", since=since)


def _months_missed(today: Today, account: Account, months: set[int]) -> Iterator[Cause]:
    """The months that are over and in which an account with a floor was not touched."""
    territory = today.plan.territory
    calendar = territory.calendar
    over = min(calendar.month(today.date), calendar.months + 1)
    missed = [month for month in range(1, over) if month not in months]
    if missed and territory.tier(account).floor:
        yield Cause(Behind.MONTH_MISSED, count=len(missed), what=", ".join(map(str, missed)))

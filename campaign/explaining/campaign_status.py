"""Where the campaign stands: done, left, coverage by tier and month, who is behind and why."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from textwrap import wrap

from attrs import field, frozen

from campaign.consequences import rows_owed, territory_after
from campaign.explaining.today import Lateness, Today
from campaign.explaining.words import date_in_words, name_of
from campaign.model.accounts import Account
from campaign.model.territory import Territory
from campaign.phrases import counted
from campaign.rules.levels import reaches
from campaign.touches import Plan, ReasonCode, Status, attempt

_WIDTH = 80


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


_IN_WORDS: Mapping[Behind, str] = {
    Behind.COMPLAINT: "a complaint is open{since}{is_what}",
    Behind.OVERDUE: "{count} overdue{since}",
    Behind.ON_LEAVE: "{count} from when you were on leave{since}",
    Behind.NEVER_TOUCHED: "{count} late{since}, never touched yet",
    Behind.TO_SCHEDULE: "{count} owed and on no day{since}",
    Behind.NO_CHANNEL: "no channel is left{since}{is_what}",
    Behind.DATA_GAP: "{what} to be found{since}",
    Behind.MONTH_MISSED: "month {what} without a touch",
}


@frozen
class WhyBehind:
    """One reason for which an account is behind: how many touches, or what and since when."""

    behind: Behind
    count: int = field(default=1, kw_only=True)
    what: str = field(default="", kw_only=True)
    since: dt.date | None = field(default=None, kw_only=True)

    def words(self, territory: Territory) -> str:
        """The reason as a clause."""
        since = f" since {date_in_words(territory, self.since)}" if self.since else ""
        is_what = f": {self.what}" if self.what else ""
        return _IN_WORDS[self.behind].format(
            count=self.count, what=self.what, since=since, is_what=is_what
        )


@frozen
class AccountBehind:
    """An account that is behind, and every reason for it."""

    account_id: str
    name: str
    tier: str = field(kw_only=True)
    causes: tuple[WhyBehind, ...] = field(kw_only=True)

    def words(self, territory: Territory) -> str:
        """The account and why, in one line."""
        causes = "; ".join(cause.words(territory) for cause in self.causes)
        return f"{self.name} ({self.tier}): {causes}"


@frozen
class MonthCoverage:
    """How many accounts of a tier were touched in a month, are planned to be, and there are."""

    tier: str
    month: int
    touched: int = field(kw_only=True)
    planned: int = field(kw_only=True)
    accounts: int = field(kw_only=True)


@frozen
class CampaignStatus:
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


def campaign_status(plan: Plan, date: dt.date) -> CampaignStatus:
    """Where a plan stands on a day, by what is logged in it."""
    today = Today(plan, date)
    states = _states(today)
    number = Counter(states.values())
    after = territory_after(plan.territory, today.consequences)
    worked = [one for one in after.active_accounts if not one.do_not_contact]
    done, planned = _months(plan, done=True), _months(plan, done=False)
    behind = {one.account_id: tuple(_causes(today, one, done)) for one in worked}
    return CampaignStatus(
        date,
        owed=len(states),
        planned=len({attempt(touch)[0] for touch in plan.touches if not touch.is_heard}),
        done=number["done"],
        given_up=number["given_up"],
        scheduled=number["scheduled"],
        to_schedule=number["to_schedule"],
        coverage=tuple(
            MonthCoverage(
                tier.name,
                month,
                touched=sum(month in done.get(one, ()) for one in ids),
                planned=sum(month in (*done.get(one, ()), *planned.get(one, ())) for one in ids),
                accounts=len(ids),
            )
            for tier in plan.territory.tiers
            if (ids := [one.account_id for one in worked if one.tier == tier.name])
            for month in range(1, plan.territory.calendar.months + 1)
        ),
        behind=tuple(
            AccountBehind(one.account_id, one.name, tier=one.tier, causes=behind[one.account_id])
            for one in worked
            if behind[one.account_id]
        ),
    )


def _states(today: Today) -> Mapping[str, str]:
    """What has become of everything that is owed, by the id of its first attempt.

    Who wants no contact is given up; all else that is left out may find a day.
    """
    plan, found = today.plan, today.consequences
    refused = ReasonCode.DO_NOT_CONTACT
    states = {
        left.touch_id: "given_up" if left.reason_code is refused else "to_schedule"
        for left in plan.left_out
    }
    rows = (touch for touch in plan.touches if not touch.is_heard)
    for touch in sorted(rows, key=lambda touch: attempt(touch)[1]):
        state = "done" if touch.status is Status.DONE else "given_up"
        is_ended = found.end_of(touch.account_id, touch.contact_id) is not None
        if touch.status is Status.PLANNED and not is_ended:
            state = "to_schedule" if touch.date < today.date else "scheduled"
        states[attempt(touch)[0]] = state
    owed = rows_owed(plan.territory, plan.touches, found)
    states |= {attempt(touch)[0]: "to_schedule" for touch in owed}
    return states | {given_up.owed_id: "given_up" for given_up in found.given_up}


def _months(plan: Plan, *, done: bool) -> Mapping[str, set[int]]:
    """The months in which each account was touched, or has a touch planned, by its id."""
    territory, month = plan.territory, plan.territory.calendar.month
    return {
        account_id: {
            month(touch.day)
            for touch in touches
            if touch.is_done is done and reaches(territory, touch)
        }
        for account_id, touches in plan.by_account.items()
    }


def _causes(today: Today, account: Account, months: Mapping[str, set[int]]) -> Iterator[WhyBehind]:
    account_id, found, territory = account.account_id, today.consequences, today.plan.territory
    if recovery := found.open_recovery(account_id):
        since = recovery.because
        yield WhyBehind(Behind.COMPLAINT, what=since.note, since=since.day)
    own = [one for one in today.late if one.touch.account_id == account_id]
    for lateness in Lateness:
        late = [one.touch for one in own if one.lateness is lateness]
        if late:
            yield WhyBehind(Behind(lateness.value), count=len(late), since=late[0].date)
    owed = [touch for touch in today.not_planned if touch.account_id == account_id]
    if owed:
        yield WhyBehind(Behind.TO_SCHEDULE, count=len(owed), what=owed[0].step, since=owed[0].date)
    for given_up in found.given_up:
        if given_up.after.account_id == account_id:
            yield WhyBehind(Behind.NO_CHANNEL, what=given_up.after.step, since=given_up.after.day)
    gaps = {
        f"{one.missing} of {name_of(territory, one.because)}": one.because.day
        for one in found.closed
        if one.account_id == account_id
    }
    yield from (WhyBehind(Behind.DATA_GAP, what=what, since=since) for what, since in gaps.items())
    # The months that are over and in which an account with a floor was not touched.
    over = min(territory.calendar.month(today.date), territory.calendar.months + 1)
    missed = [month for month in range(1, over) if month not in months.get(account_id, ())]
    if missed and territory.tier(account).floor:
        yield WhyBehind(Behind.MONTH_MISSED, count=len(missed), what=", ".join(map(str, missed)))


def render_status(territory: Territory, found: CampaignStatus, *, ids: bool = False) -> str:
    """Where the campaign stands, in 80 columns, a line for each account that is behind.

    With `ids` the id of each such account stands before it.
    """
    on_days = f"{found.scheduled:,} on a day, {found.to_schedule:,} to schedule"
    lines = [
        f"Planned    {found.planned:>6,}   of {found.owed:,} owed",
        f"Done       {found.done:>6,}",
        f"Remaining  {found.remaining:>6,}   {on_days}",
        *([f"Given up   {found.given_up:>6,}"] if found.given_up else []),
        "",
        "Accounts touched in each month, of all (with what is planned)",
    ]
    for tier, rows in groupby(found.coverage, key=lambda row: row.tier):
        months = (
            f"month {row.month}: {row.touched} of {row.accounts} ({row.planned})" for row in rows
        )
        lines += wrap(
            f"{tier}  {'; '.join(months)}", _WIDTH, initial_indent="  ", subsequent_indent="     "
        )
    number = counted(len(found.behind), "account")
    lines += ["", f"{number} behind" if found.behind else "No account is behind."]
    for account in found.behind:
        lines += wrap(
            f"[{account.account_id}] " * ids + account.words(territory),
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="      ",
            break_on_hyphens=False,
        )
    return "\n".join(lines)

"""Today and the standing as text: what is late, what is owed, who is behind and why."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from textwrap import wrap

from attrs import evolve

from campaign.explaining.briefs import NEVER, UNKNOWN
from campaign.explaining.standing import AccountBehind, Behind, Cause, Standing
from campaign.explaining.today import Today
from campaign.explaining.words import date_in_words, sentence
from campaign.model.territory import Territory
from campaign.phrases import counted
from campaign.touches import Plan, Status, Touch

WIDTH = 80
_BEHIND: Mapping[Behind, str] = {
    Behind.COMPLAINT: "a complaint is open",
    Behind.OVERDUE: "overdue",
    Behind.ON_LEAVE: "from when you were on leave",
    Behind.NEVER_TOUCHED: "late",
    Behind.TO_SCHEDULE: "owed and on no day",
    Behind.NO_CHANNEL: "no channel is left",
    Behind.DATA_GAP: "to be found",
    Behind.MONTH_MISSED: "without a touch",
}
_COUNTED = (Behind.OVERDUE, Behind.ON_LEAVE, Behind.NEVER_TOUCHED, Behind.TO_SCHEDULE)


def briefed(today: Today) -> Plan:
    """The plan with what must be known now put before the brief of each planned touch."""
    return evolve(today.plan, touches=[_briefed(today, touch) for touch in today.plan.touches])


def _briefed(today: Today, touch: Touch) -> Touch:
    if touch.status is not Status.PLANNED:
        return touch
    known = touch.brief
    if today.is_touched(touch.account_id):
        # It was so when the plan was made.
        known = known.removesuffix(sentence(NEVER)).removesuffix(sentence(UNKNOWN)).rstrip()
    return evolve(touch, brief=" ".join(filter(None, (*today.to_know(touch), known))))


def with_ids(plan: Plan) -> Plan:
    """The plan with the id of each touch put before its brief."""
    touches = [
        evolve(touch, brief=f"[{touch.touch_id}] {touch.brief}".strip()) for touch in plan.touches
    ]
    return evolve(plan, touches=touches)


def filled(text: str) -> Iterable[str]:
    """The text as one item of a list, in 80 columns."""
    return wrap(
        text,
        WIDTH,
        initial_indent="    - ",
        subsequent_indent="      ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def render_standing(territory: Territory, found: Standing, *, ids: bool = False) -> str:
    """Where the campaign stands, in 80 columns, a line for each account that is behind.

    With `ids` the id of each such account stands before it.
    """
    accounts = _accounts(territory, found, ids=ids)
    return "\n".join((*_figures(found), *_coverage(found), *accounts))


def _figures(found: Standing) -> Iterator[str]:
    yield f"Planned    {found.planned:>6,}   of {found.owed:,} owed"
    yield f"Done       {found.done:>6,}"
    yield f"Remaining  {found.remaining:>6,}   {found.scheduled:,} on a day, {_to_schedule(found)}"
    if found.given_up:
        yield f"Given up   {found.given_up:>6,}"


def _to_schedule(found: Standing) -> str:
    return f"{found.to_schedule:,} to schedule"


def _coverage(found: Standing) -> Iterator[str]:
    yield ""
    yield "Accounts touched in each month, of all (with what is planned)"
    for tier, rows in groupby(found.coverage, key=lambda row: row.tier):
        months = (
            f"month {row.month}: {row.touched} of {row.accounts} ({row.planned})" for row in rows
        )
        yield from wrap(
            f"{tier}  {'; '.join(months)}", WIDTH, initial_indent="  ", subsequent_indent="     "
        )


def _accounts(territory: Territory, found: Standing, *, ids: bool) -> Iterator[str]:
    yield ""
    if not found.behind:
        yield "No account is behind."
        return
    yield f"{counted(len(found.behind), 'account')} behind"
    for account in found.behind:
        yield from wrap(
            f"[{account.account_id}] " * ids + behind_in_words(territory, account),
            WIDTH,
            initial_indent="  ",
            subsequent_indent="      ",
            break_on_hyphens=False,
        )


def behind_in_words(territory: Territory, account: AccountBehind) -> str:
    """An account that is behind, and why, in one line."""
    causes = "; ".join(cause_in_words(territory, cause) for cause in account.causes)
    return f"{account.name} ({account.tier}): {causes}"


def cause_in_words(territory: Territory, cause: Cause) -> str:
    """One reason for which an account is behind."""
    since = f" since {date_in_words(territory, cause.since)}" if cause.since else ""
    words = _BEHIND[cause.behind]
    if cause.behind in _COUNTED:
        never = ", never touched yet" if cause.behind is Behind.NEVER_TOUCHED else ""
        return f"{cause.count} {words}{since}{never}"
    if cause.behind is Behind.MONTH_MISSED:
        return f"month {cause.what} {words}"
    if cause.behind is Behind.DATA_GAP:
        return f"{cause.what} {words}{since}"
    return f"{words}{since}{f': {cause.what}' if cause.what else ''}"

"""Thirteen weeks of a campaign as they are lived, with a plan made anew every Monday."""

import datetime as dt
import random
from functools import cache
from statistics import median

import pytest
from attrs import evolve, frozen
from in_time import window_of
from living import by_id, logged, only, without_a_contact
from suite.generator import Shape, territory_of

from campaign import plan
from campaign.answer import Campaign
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.replanning import Replanned, replan
from campaign.rules import capacity_of_day
from campaign.rules.levels import reaches
from campaign.touches import Plan, Status, Touch, attempt
from campaign.workdays import Span

pytestmark = pytest.mark.no_cover  # a quarter lived takes the tracer minutes

ACCOUNTS, NEW, EFFORT = 10, 6, 0
ILL = Span(dt.date(2027, 2, 8), dt.date(2027, 2, 12))
FAIR = Span(dt.date(2027, 3, 9), dt.date(2027, 3, 11))
EVERYBODY = territory_of(Shape(ACCOUNTS + NEW, 0.8, "mixed", seed=5))
FIRST = [account.account_id for account in EVERYBODY.accounts[:ACCOUNTS]]


@frozen
class Monday:
    """A plan made anew, and the rows as they were logged before."""

    day: dt.date
    logged: tuple[Touch, ...]
    made: Replanned

    @property
    def campaign(self) -> Campaign:
        return self.made.campaign


@cache
def quarter() -> tuple[Monday, ...]:
    """Unanswered calls, a complaint, new accounts, one who leaves, a week ill, a trade fair."""
    dice, territory = random.Random(7), only(EVERYBODY, FIRST)
    now: Campaign = plan(territory, effort=EFFORT)
    found = []
    for week in range(1, 13):
        day = territory.start + dt.timedelta(days=7 * week)
        rows = tuple(_lived(territory, now.touches, day, dice))
        territory = _changed(territory, week)
        off = (FAIR,) if week == 8 else ()
        made = replan(Plan(territory, rows), day, off=off, effort=EFFORT)
        now, territory = made.campaign, made.campaign.territory
        found.append(Monday(day, rows, made))
    return tuple(found)


def _lived(
    territory: Territory, rows: tuple[Touch, ...], day: dt.date, dice: random.Random
) -> list[Touch]:
    """What came of a week: nothing of the one that the rep was ill in."""
    found, complained = [], any(row.outcome is Outcome.COMPLAINT for row in rows)
    for row in rows:
        past = row.status is Status.PLANNED and row.date < day
        if not past or row.date in ILL:
            found.append(row)
            continue
        outcome = _outcome(territory, row, dice)
        if day >= dt.date(2027, 1, 25) and not complained:
            outcome, complained = Outcome.COMPLAINT, True
        found.append(logged(row, outcome))
    return found


def _outcome(territory: Territory, row: Touch, dice: random.Random) -> Outcome:
    channel = territory.channels[row.channel]
    if channel.is_post:
        return Outcome.DONE
    if channel.travels:
        return Outcome.MET
    return dice.choices((Outcome.REACHED, Outcome.NO_ANSWER, Outcome.REPLIED), (70, 28, 2))[0]


def _changed(territory: Territory, week: int) -> Territory:
    """Two accounts more every other week; in the seventh somebody leaves."""
    known = {account.account_id for account in territory.accounts}
    if week in (2, 4, 6):
        more = [one.account_id for one in EVERYBODY.accounts if one.account_id not in known][:2]
        joined = only(EVERYBODY, {*known, *more})
        here = {one.contact_id for one in territory.contacts}
        gone = {
            one.contact_id
            for one in EVERYBODY.contacts
            if one.account_id in known and one.contact_id not in here
        }
        contacts = [one for one in joined.contacts if one.contact_id not in gone]
        promises = [
            evolve(one, contact_id="") if one.contact_id in gone else one for one in joined.promises
        ]
        return evolve(joined, rep=territory.rep, contacts=contacts, promises=promises)
    if week == 7:
        several = (one for one in territory.contacts if len(_people(territory, one.account_id)) > 1)
        return without_a_contact(territory, next(several).contact_id)
    return territory


def _people(territory: Territory, account_id: str) -> tuple[object, ...]:
    return territory.contacts_of(account_id)


def test_no_rule_is_ever_broken() -> None:
    assert [monday.campaign.violations() for monday in quarter()] == [()] * len(quarter())


def test_what_is_done_never_changes() -> None:
    for monday in quarter():
        rows = by_id(monday.campaign.touches)
        for row in monday.logged:
            if row.status is not Status.PLANNED:
                assert rows[row.touch_id] == row


def test_what_was_missed_keeps_its_row_and_comes_back() -> None:
    after = next(monday.campaign for monday in quarter() if monday.day > ILL.last)
    missed = {row.touch_id for row in after.touches if row.status is Status.MISSED}
    again = {attempt(row)[0] for row in after.touches if attempt(row)[1] > 1}
    left_out = {left.touch_id.partition("#")[0] for left in after.left_out}
    assert missed
    assert missed <= again | left_out
    assert len(missed & again) > len(missed & left_out)


def test_nothing_stands_on_days_off() -> None:
    assert all(row.date not in FAIR for row in quarter()[-1].campaign.touches)


def test_nothing_comes_back_in_a_burst() -> None:
    for monday in quarter():
        territory = monday.campaign.territory
        for date, rows in monday.campaign.by_date.items():
            ahead = [row for row in rows if row.status is Status.PLANNED]
            if ahead:
                assert monday.campaign.minutes_on(date) <= capacity_of_day(territory, date)
            once = [row.account_id for row in ahead if not row.is_promise and not row.stop]
            assert len(once) == len(set(once))


def test_months_of_the_heaviest_tier_are_covered() -> None:
    last = quarter()[-1].campaign
    territory = last.territory
    heaviest = [one.account_id for one in territory.active_accounts if one.tier == "A"]
    wanted = {
        (account_id, month) for account_id in heaviest if account_id in FIRST for month in (1, 2, 3)
    }
    touched = {
        (row.account_id, territory.calendar.month(row.day))
        for row in last.touches
        if row.stands and reaches(territory, row)
    }
    assert wanted
    assert len(wanted & touched) >= 0.99 * len(wanted)


def test_new_accounts_are_taken_in() -> None:
    last = quarter()[-1].campaign
    joined = {account.account_id for account in last.territory.accounts} - {*FIRST}
    assert len(joined) == NEW
    assert {row.account_id for row in last.touches} >= joined - _unopened(last)


def _unopened(campaign: Campaign) -> set[str]:
    return {left.account_id for left in campaign.left_out}


def test_little_moves_that_could_stay() -> None:
    shares = [_moved(monday, monday.campaign) for monday in quarter()]
    some = quarter()[::4]
    afresh = [_moved(monday, plan(monday.made.begun.now, effort=0)) for monday in some]
    assert median(shares) < 0.05
    assert median(shares) < median(afresh) / 4


def _moved(monday: Monday, other: Campaign) -> float:
    """The part of the touches that could still stand as they did, and stand elsewhere."""
    valid = [row for row in monday.made.begun.before if _could_stay(monday, row)]
    now = by_id(other.touches)
    moved = [
        row
        for row in valid
        if row.touch_id not in now
        or (now[row.touch_id].date, now[row.touch_id].channel) != (row.date, row.channel)
    ]
    return len(moved) / max(1, len(valid))


def _could_stay(monday: Monday, row: Touch) -> bool:
    campaign, made = monday.campaign, by_id(monday.campaign.touches)
    if row.touch_id not in made or monday.made.begun.found.hold(row):
        return False
    first, last = window_of(campaign, made[row.touch_id])
    return first <= row.date <= last and campaign.territory.calendar.is_working_day(row.date)

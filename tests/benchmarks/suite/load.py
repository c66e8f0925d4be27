"""The capacity at which a territory has a wanted load."""

import datetime as dt

from attrs import evolve

from campaign import Capacity, Rep, Territory
from campaign.demand import demand
from campaign.feasibility.books import Books
from campaign.model.hours import parse_day

WORKING_DAYS_A_WEEK = 5
A_MONDAY = dt.date(2027, 1, 4)
OFFICE_DAY = 510
ROUND_THE_CLOCK = dict.fromkeys(range(WORKING_DAYS_A_WEEK), parse_day("00:00-24:00"))


def load_of(territory: Territory) -> float:
    """Minutes of all steps owed, with 25 a visit, over the minutes available."""
    return Books(territory, demand(territory).owed).load


def with_load(territory: Territory, load: float, *, most_a_day: int) -> Territory | None:
    """The same territory with the minutes a week that come nearest to a load.

    A day has half the week's minutes, as with the default, at most what the rep works. The
    rep of a long list works round the clock, a quarter of the week on one day at most. None
    where no week is long enough.
    """
    books = Books(territory, demand(territory).owed)
    for rep in (territory.rep, _round_the_clock(territory.rep)):
        most = min(most_a_day, rep.working_minutes(A_MONDAY))
        low, high = 0, WORKING_DAYS_A_WEEK * most
        wanted = books.needed / load
        if _available(territory, rep, high) < wanted:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            enough = _available(territory, rep, middle) >= wanted
            low, high = (low, middle) if enough else (middle, high)
        return _given(territory, rep, high)
    return None


def _round_the_clock(rep: Rep) -> Rep:
    return evolve(rep, hours=ROUND_THE_CLOCK, lunch_minutes=0)


def _available(territory: Territory, rep: Rep, minutes: int) -> int:
    return Books(_given(territory, rep, minutes), ()).available


def _given(territory: Territory, rep: Rep, minutes: int) -> Territory:
    office = min(rep.working_minutes(A_MONDAY), OFFICE_DAY)
    a_day = min(rep.working_minutes(A_MONDAY), max(min(minutes // 2, office), minutes // 4))
    return evolve(
        territory, rep=rep, capacity=Capacity(minutes_per_day=a_day, minutes_per_week=minutes)
    )

"""Territories in which the clock bites: narrow hours, far zones, broken days, busy time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import frozen
from hypothesis import strategies as st

from campaign.geography.travel import drive_minutes
from campaign.model.accounts import Account, Contact, Promise, Relationship
from campaign.model.busy import Busy
from campaign.model.hours import OpeningHours
from campaign.model.rep import Capacity, Rep
from campaign.model.territory import Territory
from campaign.model.values import Place
from campaign.outputs.timetable import DayPart, day_of
from campaign.touches import Plan, Touch


@frozen
class Home:
    """Where a rep lives, and a start from which the clock changes soon, there or abroad."""

    zone: str
    latitude: float
    longitude: float
    start: dt.date


# Both changes of the United States and of Lord Howe (by half an hour) fall into the month;
# Phoenix and Kathmandu (5 h 45 min ahead) never change, those whom they call do.
HOMES = (
    Home("America/Los_Angeles", 44.9, -123.0, dt.date(2027, 3, 1)),
    Home("America/Los_Angeles", 44.9, -123.0, dt.date(2026, 10, 19)),
    Home("America/Phoenix", 33.4, -112.1, dt.date(2027, 3, 1)),
    Home("America/Phoenix", 33.4, -112.1, dt.date(2026, 10, 19)),
    Home("Asia/Kathmandu", 27.7, 85.3, dt.date(2027, 3, 15)),
    Home("Asia/Kathmandu", 27.7, 85.3, dt.date(2026, 10, 12)),
    Home("Australia/Lord_Howe", -31.5, 159.1, dt.date(2027, 3, 22)),
    Home("Australia/Lord_Howe", -31.5, 159.1, dt.date(2026, 9, 21)),
)
ABROAD = ("", "", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata")
VISITS = (
    None,
    "Mon-Fri 09:00-12:00",
    "Mon-Fri 08:30-09:30",
    "Mon-Fri 13:00-14:00 16:00-17:00",
    "Tue,Thu 10:00-16:00",
    "Mon-Sun 15:30-16:40",
)
CALLS = (
    None,
    "Mon-Fri 09:00-17:00",
    "Mon-Fri 11:30-12:00",
    "Mon-Sun 08:00-08:20",
    "Wed 00:00-24:00",
    "Mon-Sun 20:00-23:00",
)
DAYS = (
    "08:00-17:00",
    "08:00-12:00 13:00-17:00",
    "09:00-12:00 12:00-15:00",
    "10:00-12:30 13:00-14:00 16:00-20:00",
)


def hours(texts: tuple[str | None, ...]) -> st.SearchStrategy[OpeningHours | None]:
    """Some opening hours, or none."""
    return st.sampled_from(texts).map(lambda text: OpeningHours.parse(text) if text else None)


@st.composite
def _accounts(draw: st.DrawFn, home: Home, number: int) -> Account:
    return Account(
        f"A-{number}",
        f"Account {number}",
        tier=draw(st.sampled_from(["A", "A", "B", "C"])),
        relationship=draw(st.sampled_from([Relationship.UNKNOWN, Relationship.GRIEVANCE])),
        latitude=home.latitude + draw(st.integers(-8, 8)) / 20,
        longitude=home.longitude + draw(st.integers(-8, 8)) / 20,
        visit_hours=draw(hours(VISITS)),
        timezone=draw(st.sampled_from(["", "", home.zone, "Europe/Berlin"])),
    )


@st.composite
def _contacts(draw: st.DrawFn, account: Account, number: int) -> Contact:
    return Contact(
        f"{account.account_id}-P{number}",
        account.account_id,
        name=f"Person {number}",
        call_hours=draw(hours(CALLS)),
        timezone=draw(st.sampled_from(ABROAD)),
    )


@st.composite
def _meetings(draw: st.DrawFn, home: Home) -> Busy:
    begin = dt.datetime.combine(home.start, dt.time(7))
    place = (home.latitude + draw(st.integers(-8, 8)) / 20, home.longitude)
    begin += dt.timedelta(days=draw(st.integers(0, 20)), minutes=30 * draw(st.integers(0, 20)))
    return Busy(
        begin,
        begin + dt.timedelta(minutes=draw(st.sampled_from([20, 60, 150, 400]))),
        place=place if draw(st.booleans()) else None,
    )


@st.composite
def clocked_territories(draw: st.DrawFn, most_accounts: int = 7) -> Territory:
    """A month around a change of the clock, with full days."""
    home = draw(st.sampled_from(HOMES))
    listed = [
        draw(_accounts(home, number)) for number in range(draw(st.integers(1, most_accounts)))
    ]
    day = draw(st.sampled_from(DAYS))
    names = ("mon", "tue", "wed", "thu", "fri", *draw(st.sampled_from([(), ("sat", "sun")])))
    due = [home.start + dt.timedelta(days=draw(st.integers(0, 28))) for _ in range(4)]
    return Territory(
        Rep(
            "Rep",
            home=(home.latitude, home.longitude),
            timezone=home.zone,
            hours=dict.fromkeys(names, day),
            writing=draw(st.sampled_from([None, "08:00", "16:00"])),
            lunch_minutes=draw(st.sampled_from([0, 30, 60])),
            busy=draw(st.lists(_meetings(home), max_size=12)),
        ),
        listed,
        start=home.start,
        days=30,
        contacts=[draw(_contacts(a, n)) for a in listed for n in range(draw(st.integers(0, 2)))],
        promises=[
            Promise(
                f"R-{n}",
                draw(st.sampled_from(listed)).account_id,
                what="it",
                due=each,
                channel=draw(st.sampled_from(["call", "visit", "letter"])),
            )
            for n, each in enumerate(due[: draw(st.integers(0, 4))])
        ],
        capacity=Capacity(minutes_per_day=480, minutes_per_week=2400, ramp=()),
    )


def timed(touch: Touch) -> bool:
    """Whether a touch is of a kind that has times."""
    return touch.channel in ("visit", "call")


def unlived(plan: Plan) -> Iterator[tuple[str, str]]:
    """What of a day has no time as it is shown, or begins before the thing before it is over."""
    for date, touches in plan.by_date.items():
        entries = day_of(plan, date)
        if not any(timed(touch) for touch in touches):
            continue
        now = 0
        for entry in entries:
            if entry.start is None or entry.end is None or entry.start < now:
                yield str(date), entry.part.value
            now = max(now, entry.end or 0)
        if plan.territory.rep.lunch_minutes and all(e.part is not DayPart.LUNCH for e in entries):
            yield str(date), "lunch"


def tours_differ(plan: Plan) -> Iterator[str]:
    """Days whose travel is not that of the way through their visits and own meetings."""
    for date, touches in plan.by_date.items():
        if _driven(plan, date, touches) != sum(t.travel_minutes + t.home_minutes for t in touches):
            yield str(date)


def _driven(plan: Plan, date: dt.date, touches: Iterable[Touch]) -> int:
    """The minutes of all legs of a day that begin or end at a visit, by the clock."""
    territory = plan.territory
    visits = {
        touch.account_id: (touch.start or 0, territory.account(touch.account_id).place)
        for touch in touches
        if touch.stop
    }
    own = [(each.start, Place(each.place)) for each in territory.rep.meetings_on(date)]
    stops = sorted([*((*v, True) for v in visits.values()), *((*o, False) for o in own)], key=_at)
    home = territory.rep.place_on(date)
    route = [(home, False), *((place, is_visit) for _, place, is_visit in stops), (home, False)]
    legs = list(pairwise(route))
    return sum(
        drive_minutes(territory.travel, origin, place)
        + (0 if number == len(legs) - 1 else territory.travel.minutes_per_stop)
        + place.extra_minutes
        + (0 if after else origin.extra_minutes)
        for number, ((origin, before), (place, after)) in enumerate(legs)
        if before or after
    )


def _at(stop: tuple[int, object, bool]) -> int:
    return stop[0]


def not_there(plan: Plan) -> Iterator[str]:
    """Meetings at known places that the rep cannot get to from the visit before, or leave."""
    territory = plan.territory
    for date, touches in plan.by_date.items():
        visits = [
            (touch.start or 0, touch.end or 0, territory.account(touch.account_id).place)
            for touch in touches
            if touch.stop
        ]
        for each in territory.rep.meetings_on(date):
            for start, end, place in visits:
                drive = drive_minutes(territory.travel, place, Place(each.place))
                if start - drive < each.end and each.start < end + drive:
                    yield f"{date} {each.start}"

"""Other people's hours by the rep's clock, minute by minute as R10 reckons them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from small import small

from campaign.model.accounts import Account, Contact
from campaign.model.hours import OpeningHours
from campaign.model.rep import Rep
from campaign.planner.day_schedule import ALWAYS, DayClock

EVERY_DAY = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00")
ZONES = (
    "America/Los_Angeles",
    "America/Phoenix",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
)
# Both changes of the clock in North America, Europe and on Lord Howe, and usual days.
DATES = tuple(
    dt.date.fromisoformat(day)
    for day in (
        "2027-01-13",
        "2027-03-14",
        "2027-03-28",
        "2027-04-03",
        "2027-04-04",
        "2027-10-02",
        "2027-10-03",
        "2027-10-31",
        "2027-11-07",
    )
)
HOURS = "Mon-Fri 09:00-12:00 13:30-17:00; Sat 22:15-24:00; Sun 00:00-03:45"


def clock_of(home: str, *accounts: Account, hours: dict[str, str] | None = None) -> DayClock:
    rep = Rep("Ann", timezone=home, hours=hours or EVERY_DAY)
    return DayClock(small(*accounts, rep=rep), DATES)


def open_starts(date: dt.date, home: str, there: str, minutes: int) -> list[int]:
    """The starts at which a touch is within the hours there, asked minute by minute."""
    opening, found = OpeningHours.parse(HOURS), []
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=ZoneInfo(home))
    for start in range(24 * 60 - minutes + 1):
        local = (midnight + dt.timedelta(minutes=start)).astimezone(ZoneInfo(there))
        since = local.hour * 60 + local.minute
        spans = opening.on(local.date())
        if any(span.start <= since and since + minutes <= span.end for span in spans):
            found.append(start)
    return found


@pytest.mark.parametrize("home", ZONES)
@pytest.mark.parametrize("there", ZONES)
def test_spans_are_those_in_which_the_rules_find_a_touch(home: str, there: str) -> None:
    account = Account("A-1", "A", visit_hours=OpeningHours.parse(HOURS), timezone=there)
    clock = clock_of(home, account)
    number = clock.visits[0]
    for position, date in enumerate(DATES, start=1):
        allowed = set(open_starts(date, home, there, 40))
        starts = {
            start
            for first, last in clock.spans(position, number)
            for start in range(first, last - 40 + 1)
        }
        assert starts <= allowed
        # Only a touch in the middle of which a clock is changed is refused though R10 has it.
        assert len(allowed - starts) <= (0 if date == DATES[0] else 120)


def test_who_gives_no_hours_is_there_whenever_the_rep_works() -> None:
    clock = clock_of("America/Phoenix", Account("A-1", "A"), hours={"wed": "08:00-12:00"})
    assert clock.visits == [ALWAYS]
    assert clock.spans(1, ALWAYS) == ((480, 720),)


def test_a_persons_own_zone_comes_before_the_accounts() -> None:
    account = Account("A-1", "A", timezone="Europe/Berlin")
    hours = OpeningHours.parse("Wed 09:00-10:00")
    clock = clock_of("America/New_York", account)
    own = Contact("P-1", "A-1", name="P", call_hours=hours, timezone="America/Chicago")
    none = Contact("P-2", "A-1", name="P", call_hours=hours)
    spans = [clock.spans(1, clock.hours_of_calls(account, person)) for person in (own, none)]
    assert spans == [((600, 660),), ((180, 240),)]


def test_the_same_hours_in_the_same_zone_have_one_number() -> None:
    twins = [
        Account(f"A-{n}", "A", visit_hours=OpeningHours.parse(HOURS), timezone="Europe/Berlin")
        for n in (1, 2)
    ]
    assert clock_of("UTC", *twins).visits == [1, 1]


def test_a_further_attempt_stands_at_another_hour_where_the_day_leaves_one() -> None:
    account = Account("A-1", "Cascade Dental")
    wide, narrow = (
        Contact(name, "A-1", name="Dr. Ito", call_hours=OpeningHours.parse(hours))
        for name, hours in (("C-1", "Mon-Fri 09:00-17:00"), ("C-2", "Mon-Fri 10:00-11:00"))
    )
    clock = clock_of("America/Los_Angeles", account)
    tried = (10 * 60 + 15,)
    assert clock.spans(1, clock.hours_of_calls(account, wide, tried)) == (
        (9 * 60, 9 * 60 + 15),
        (11 * 60 + 15, 17 * 60),
    )
    assert clock.spans(1, clock.hours_of_calls(account, narrow, tried)) == ((10 * 60, 11 * 60),)
    assert clock.hours_of_calls(account, wide) != clock.hours_of_calls(account, wide, tried)

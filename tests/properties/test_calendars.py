"""Calendars: no bytes at all bring the reading down, and both reckonings of a day agree."""

import datetime as dt
from itertools import takewhile

from calendars import APPLE, GOOGLE, OUTLOOK, calendar
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from reading_strategies import damaged
from small import small

from campaign.model.busy import Busy
from campaign.model.rep import Capacity, Rep
from campaign.reading.calendars import read_calendar
from campaign.rules.capacity import capacity_of_day
from campaign.workdays import Span, each_day

START = dt.date(2027, 1, 4)
WINDOW = Span(START, START + dt.timedelta(days=89))

_NAMES = st.sampled_from(
    [
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID"),
        *("DTSTART;VALUE=DATE", "DTSTART;TZID=Europe/Berlin", "DTSTART;TZID=Nowhere", "DTEND"),
        *("EXDATE;VALUE=DATE", "RECURRENCE-ID;RANGE=THISANDFUTURE", "RDATE;VALUE=PERIOD"),
        *("SUMMARY", "STATUS", "TRANSP", "GEO", "LOCATION", 'ATTENDEE;CN="a', "SEQUENCE"),
        *("BEGIN", "END", "", " folded", "DTSTART;TZID=", "DTSTART;X"),
    ]
)
_VALUES = st.sampled_from(
    [
        *("20270112T090000", "20270112T090000Z", "20270112", "99991231T235959", "00010101"),
        *("18000101", "20270230", "PT1H", "-PT1H", "P9999999D", "P1W", "", "x", "e-1", "\ufeff"),
        *("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;COUNT=5", "FREQ=MONTHLY;BYSETPOS=-1"),
        *("FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;UNTIL=20270301", "FREQ="),
        *("FREQ=DAILY;UNTIL=nonsense", "FREQ=YEARLY;BYWEEKNO=53", "FREQ=DAILY;COUNT=-1"),
        *("CANCELLED", "TRANSPARENT", "VEVENT", "VCALENDAR", "VALARM", "VTIMEZONE", "1;2"),
        *("20270112T090000/PT1H", "20270112T090000,20270113", "mailto:a@b.example"),
    ]
) | st.text(max_size=6)


@st.composite
def calendars_of_anything(draw: st.DrawFn) -> bytes:
    """A calendar whose events and zones have real properties that may hold anything."""
    events = draw(st.lists(st.lists(st.tuples(_NAMES, _VALUES), max_size=6), max_size=4))
    texts = ["\n".join(f"{name}:{value}" for name, value in lines) for lines in events]
    zone = "".join(f"{name}:{value}\n" for name, value in draw(st.lists(
        st.tuples(_NAMES | st.sampled_from(["TZID", "TZOFFSETTO", "TZOFFSETFROM"]), _VALUES),
        max_size=5)))  # fmt: skip
    before = f"BEGIN:VTIMEZONE\nTZID:Nowhere\n{zone}END:VTIMEZONE\n"
    return calendar(*texts, before=before).replace(b"UID:e-2", b"UID:e-1")


@given(
    st.binary(max_size=200)
    | st.sampled_from([OUTLOOK, GOOGLE, APPLE]).flatmap(lambda text: damaged(text.encode()))
    | calendars_of_anything()
)
def test_any_bytes_are_busy_times_and_findings(data: bytes) -> None:
    found = read_calendar(data, "c.ics", WINDOW, "ann@work.example")
    lines = data.count(b"\n") + data.count(b"\r")
    for finding in found.findings:
        assert finding.problem
        assert "\n" not in str(finding)
        assert finding.row <= lines + 1
    rep = Rep("Ann", timezone="America/Los_Angeles", busy=found.busy)
    assert all(0 <= rep.free_minutes(day) <= 510 for day in each_day(WINDOW.first, WINDOW.last))
    assert found == read_calendar(data, "c.ics", WINDOW, "ann@work.example")


_ZONES = st.sampled_from(
    [
        *("America/Los_Angeles", "America/Phoenix", "Asia/Kathmandu", "Australia/Lord_Howe"),
        *("Europe/Berlin", "UTC"),
    ]
)
_QUARTERS = st.integers(-96, 8 * 96)


@given(_ZONES, st.lists(st.tuples(_QUARTERS, st.integers(1, 300)), max_size=8), st.booleans())
def test_the_rules_and_the_planner_see_the_same_day(
    zone: str,
    events: list[tuple[int, int]],
    aware: bool,  # noqa: FBT001 (drawn)
) -> None:
    midnight = dt.datetime(2027, 1, 4, tzinfo=dt.UTC if aware else None)
    busy = []
    for quarter, length in events:
        start = midnight + dt.timedelta(minutes=15 * quarter)
        busy.append(Busy(start, start + dt.timedelta(minutes=7 * length)))
    rep = Rep("Ann", timezone=zone, busy=busy, lunch_minutes=45)
    territory = small(rep=rep, capacity=Capacity(minutes_per_day=1440, ramp=()))
    for day in (START + dt.timedelta(days=n) for n in range(5)):
        assert capacity_of_day(territory, day) == rep.free_minutes(day) == _free(rep, day)


def _free(rep: Rep, day: dt.date) -> int:
    """Asked minute by minute of what the clock shows; a minute that comes twice counts once."""
    taken = 0
    for minute in range(8 * 60, 17 * 60):
        naive = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
        moment = naive.replace(tzinfo=rep.zone).astimezone(dt.UTC)
        taken += any(
            each.start <= (moment if each.start.tzinfo else naive) < each.end for each in rep.busy
        )
    return max(0, 540 - 45 - taken)


_RULES = st.builds(
    lambda frequency, interval, count, parts: ";".join(
        [
            f"FREQ={frequency}",
            f"INTERVAL={interval}",
            *([f"COUNT={count}"] if count else []),
            *parts,
        ]
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 3),
    st.integers(0, 9),
    st.lists(
        st.sampled_from(
            [
                *("BYDAY=MO,TU,WE,TH,FR", "BYDAY=TU", "BYMONTH=1,3", "BYHOUR=9,14", "WKST=SU"),
                *("BYMONTHDAY=1,2,3,12,-1", "BYYEARDAY=12,13,-300"),
            ]
        ),
        unique_by=lambda part: part.partition("=")[0],
        max_size=3,
    ),
)


@given(_RULES, st.integers(-400, 60), st.sampled_from(["", ";BYSETPOS=1", ";BYSETPOS=-1,2"]))
def test_rules_that_fire_stand_on_the_dates_of_dateutil(rule: str, begun: int, place: str) -> None:
    start = dt.datetime.combine(START + dt.timedelta(days=begun), dt.time(9))
    if place and "BYMONTHDAY" in rule and "COUNT" not in rule:
        rule += place
    text = f"DTSTART:{start:%Y%m%dT%H%M%S}\nDURATION:PT1H\nRRULE:{rule}"
    found = {each.start for each in read_calendar(calendar(text), "c.ics", WINDOW).busy}
    in_reach = takewhile(lambda each: each.date() <= WINDOW.last, rrulestr(rule, dtstart=start))
    expected = {start, *in_reach}
    assert {each for each in found if each.date() in WINDOW} == {
        each for each in expected if each.date() in WINDOW
    }

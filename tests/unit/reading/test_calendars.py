"""The rep's own calendar, as Outlook, Google and Apple export it, and as it may be broken."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from calendars import APPLE, GOOGLE, OUTLOOK, OUTLOOK_ZONE, calendar
from cost import times_as_long
from icalendar import Calendar

from campaign.errors import Severity
from campaign.model.busy import Busy, shared_minutes
from campaign.model.hours import Hours
from campaign.model.rep import Rep
from campaign.model.values import Coordinates
from campaign.reading.calendars import Calendars, read_calendar
from campaign.workdays import Span, each_day

WINDOW = Span(dt.date(2027, 1, 4), dt.date(2027, 4, 3))
HOUR = "DTSTART:20270112T090000\nDTEND:20270112T100000\n"


def read(data: bytes | str, window: Span = WINDOW, email: str = "") -> Calendars:
    return read_calendar(data.encode() if isinstance(data, str) else data, "c.ics", window, email)


def clock(found: Calendars, zone: str = "America/Los_Angeles") -> list[str]:
    """The busy times that stand in the campaign, each day by the rep's clock."""
    rep = Rep("Ann", timezone=zone, busy=found.busy)
    days = (WINDOW.first + dt.timedelta(days=n) for n in range(90))
    return [f"{day:%m-%d} {span}" for day in days for span in rep.busy_on(day)]


def notices(found: Calendars) -> list[tuple[int, str]]:
    assert {one.severity for one in found.findings} <= {Severity.NOTICE}
    return [(one.row, one.problem) for one in found.findings]


def test_outlooks_export_gives_what_outlook_shows_as_busy() -> None:
    found = read(OUTLOOK)
    january = [each for each in clock(found) if each < "01-28"]
    assert january == [
        "01-05 09:00-10:00",
        "01-07 00:00-24:00",
        "01-08 00:00-24:00",
        "01-11 12:00-13:00",
        "01-12 14:00-15:00",
        "01-13 12:00-13:00",
    ]
    assert notices(found) == []
    assert found.said[0].startswith("c.ics: 9 events read; busy at ")


def test_a_weekly_meeting_keeps_its_hour_when_the_clocks_change() -> None:
    spring = [each for each in clock(read(OUTLOOK)) if each.startswith("03-")]
    assert spring == [f"03-{day:02} 09:00-10:00" for day in (2, 9, 16, 23, 30)]


def test_folded_and_escaped_texts_are_read_as_they_were_written() -> None:
    first = min(read(OUTLOOK).busy, key=lambda busy: busy.start.replace(tzinfo=None))
    assert first.what.endswith("so that the line is folded in the middle of a word")
    assert first.what.startswith("Team call, with")
    assert first.where == "Cascade Dental, 1 Oak St, Salem"


def test_googles_export_gives_what_google_shows_as_busy() -> None:
    found = read(GOOGLE)
    assert clock(found) == [
        "02-01 09:00-10:00",
        *(f"03-{day:02} 08:00-08:30" for day in (1, 8, 15, 22, 29)),
    ]
    assert found.busy[0].place == Coordinates(44.63, -123.1)


def test_apples_export_gives_what_apple_shows() -> None:
    found = read(APPLE)
    assert clock(found, "Europe/Berlin") == [
        "02-08 08:30-10:00",
        "02-09 12:00-13:00",
        "02-10 00:00-24:00",
    ]
    assert clock(found)[0] == "02-07 23:30-24:00"


def test_an_invitation_is_declined_by_the_address_of_the_rep() -> None:
    event = (
        f"{HOUR}ATTENDEE;PARTSTAT=DECLINED:mailto:ann@work.example\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@work.example"
    )
    assert len(read(calendar(event)).busy) == 1
    assert read(calendar(event), email=" Ann@Work.example ").busy == ()
    assert len(read(calendar(event), email="bo@work.example").busy) == 1
    owned = calendar(event, before="X-WR-CALNAME:ann@work.example\n")
    assert read(owned).busy == ()


def test_the_only_person_invited_is_the_rep() -> None:
    event = f"{HOUR}ATTENDEE;PARTSTAT=DECLINED:mailto:someone@work.example"
    assert read(calendar(event)).busy == ()


@pytest.mark.parametrize(
    ("more", "is_busy"),
    [
        ("", True),
        ("TRANSP:OPAQUE", True),
        ("TRANSP:transparent", False),
        ("STATUS:CANCELLED", False),
        ("STATUS:TENTATIVE", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:TRANSPARENT", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE", False),
    ],
)
def test_what_is_free_or_cancelled_takes_no_time(more: str, is_busy: bool) -> None:  # noqa: FBT001 (a column)
    assert bool(read(calendar(HOUR + more)).busy) == is_busy


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("America/Phoenix", "01-12 16:00-17:00"),
        ("Asia/Kathmandu", "01-12 03:15-04:15"),
        ("Nepal Standard Time", "01-12 03:15-04:15"),
        ("Australia/Lord_Howe", "01-11 22:00-23:00"),
        ("Lord Howe Standard Time", "01-11 22:00-23:00"),
        ("/freeassociation.sourceforge.net/America/Phoenix", "01-12 16:00-17:00"),
        ('"US Mountain Standard Time"', "01-12 16:00-17:00"),
    ],
)
def test_zones_of_the_world_and_of_windows_are_known(tzid: str, expected: str) -> None:
    event = f"DTSTART;TZID={tzid}:20270112T090000\nDTEND;TZID={tzid}:20270112T100000"
    found = read(calendar(event))
    assert clock(found, "UTC") == [expected]
    assert notices(found) == []


@pytest.mark.parametrize(
    ("zone", "first", "days"),
    [
        ("America/Los_Angeles", "2027-03-09", ["03-09 17:00", "03-16 16:00"]),
        ("America/Los_Angeles", "2027-11-02", ["11-02 16:00", "11-09 17:00"]),
        ("Australia/Lord_Howe", "2027-03-30", ["03-29 22:00", "04-05 22:30"]),
        ("Australia/Lord_Howe", "2027-09-28", ["09-27 22:30", "10-04 22:00"]),
        ("America/Phoenix", "2027-03-09", ["03-09 16:00", "03-16 16:00"]),
        ("Asia/Kathmandu", "2027-03-09", ["03-09 03:15", "03-16 03:15"]),
    ],
)
def test_a_meeting_at_nine_stays_at_nine_over_both_changes_of_the_clock(
    zone: str, first: str, days: list[str]
) -> None:
    date = dt.date.fromisoformat(first)
    event = f"DTSTART;TZID={zone}:{date:%Y%m%d}T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
    window = Span(date, date + dt.timedelta(days=29))
    found = read(calendar(event), window).busy
    assert [f"{busy.start:%m-%d %H:%M}" for busy in found] == days
    rep = Rep("Ann", timezone=zone, busy=found)
    nines = (Hours.parse("09:00-10:00"),)
    assert [rep.busy_on(date + dt.timedelta(days=n)) for n in (0, 7)] == [nines, nines]


def three_thousand_events() -> bytes:
    """An Outlook calendar of years, of which every twentieth event recurs."""
    rules = ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=2TU")
    events = []
    for number in range(3000):
        day = dt.date(2024, 1, 1) + dt.timedelta(days=number % 1200)
        start = f"DTSTART;TZID=Pacific Standard Time:{day:%Y%m%d}T{8 + number % 9:02}0000\n"
        rule = f"RRULE:{rules[number % 3]}\n" if number % 20 == 0 else ""
        events.append(f"SUMMARY:Event {number}\n{start}DURATION:PT45M\n{rule}TRANSP:OPAQUE")
    return calendar(*events, before=OUTLOOK_ZONE)


def test_three_thousand_events_with_recurrences_are_read() -> None:
    found = read(three_thousand_events())
    assert found.said[0].startswith("c.ics: 3,000 events read; busy at ")
    assert found.findings == ()
    assert len(found.busy) > 4000
    rep = Rep("Ann", timezone="America/Los_Angeles", busy=found.busy)
    busy = [rep.busy_on(day) for day in each_day(WINDOW.first, WINDOW.last)]
    assert all(shared_minutes(day, [Hours.parse("08:00-08:45")]) == 45 for day in busy)


@pytest.mark.no_cover  # the tracer's time is not the program's
def test_reading_and_expanding_costs_a_few_times_the_parsing_alone() -> None:
    data = three_thousand_events()
    assert times_as_long(lambda: read(data), lambda: Calendar.from_ical(data)) < 8


def defined(east: int) -> str:
    """A zone as Outlook names it when it knows no better, so many hours east of Greenwich."""
    return (
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        f"TZOFFSETFROM:+{east:02}00\nTZOFFSETTO:+{east:02}00\nEND:STANDARD\nEND:VTIMEZONE\n"
    )


@pytest.mark.parametrize(("east", "expected"), [(2, "01-12 07:00-08:00"), (5, "01-12 04:00-05:00")])
def test_two_files_may_define_one_name_differently(east: int, expected: str) -> None:
    event = (
        "DTSTART;TZID=Customized Time Zone:20270112T090000\n"
        "DTEND;TZID=Customized Time Zone:20270112T100000"
    )
    assert clock(read(calendar(event, before=defined(east))), "UTC") == [expected]


def test_a_zone_that_nobody_knows_is_read_by_the_reps_clock_and_said() -> None:
    event = "SUMMARY:Visit to Narnia\nDTSTART;TZID=Narnia:20270112T090000\nDURATION:PT1H"
    found = read(calendar(event))
    assert clock(found, "Asia/Kathmandu") == ["01-12 09:00-10:00"]
    assert notices(found) == [
        (3, 'the event "Visit to Narnia" is in a time zone that is not known, "Narnia"')
    ]


def test_several_calendars_in_one_file_are_all_read() -> None:
    later = HOUR.replace("20270112", "20270113")
    cancelled = f"{HOUR}RECURRENCE-ID:20270112T090000\nSTATUS:CANCELLED"
    data = calendar(HOUR) + calendar(later) + calendar(cancelled)
    assert clock(read(data), "UTC") == ["01-12 09:00-10:00", "01-13 09:00-10:00"]


def test_only_the_days_of_the_campaign_are_expanded() -> None:
    daily = "DTSTART:20000101T090000\nDTEND:20000101T100000\nRRULE:FREQ=DAILY"
    found = read(calendar(daily))
    assert len(clock(found, "UTC")) == 90
    assert len(found.busy) <= 90 + 4 + 1


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", ["01-12", "02-09", "03-09"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["01-31", "02-28", "03-31"]),
        ("FREQ=WEEKLY;INTERVAL=4;COUNT=3", ["01-12", "02-09", "03-09"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", ["03-01"]),
        ("FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20270118T090000", ["01-15", "01-18"]),
        ("FREQ=DAILY;COUNT=2", ["01-12", "01-13"]),
    ],
)
def test_rules_recur_as_calendars_show_them(rule: str, days: list[str]) -> None:
    found = clock(read(calendar(f"{HOUR}RRULE:{rule}")), "UTC")
    starts_off_rule = days[0] > "01-12"
    rest = found[1:] if starts_off_rule and found[0].startswith("01-12") else found
    assert [each[:5] for each in rest] == days


def test_further_dates_and_exceptions_of_any_kind_are_read() -> None:
    event = (
        f"{HOUR}RDATE:20270114T150000\nRRULE:FREQ=DAILY;COUNT=4\n"
        "EXDATE:20270113T090000,20270115T090000"
    )
    assert clock(read(calendar(event)), "UTC") == [
        "01-12 09:00-10:00",
        "01-14 09:00-10:00",
        "01-14 15:00-16:00",
    ]


def test_whole_days_may_recur() -> None:
    event = (
        "DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270105\nRRULE:FREQ=WEEKLY;COUNT=3\n"
        "EXDATE;VALUE=DATE:20270111"
    )
    assert clock(read(calendar(event))) == ["01-04 00:00-24:00", "01-18 00:00-24:00"]


def test_an_exception_without_its_series_stands_for_itself() -> None:
    event = f"{HOUR}RECURRENCE-ID:20270111T090000"
    assert clock(read(calendar(event)), "UTC") == ["01-12 09:00-10:00"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART:tomorrow\nDTEND:20270112T100000", "DTSTART that cannot be read"),
        ("DTEND:20270112T100000", "has no start"),
        ("DTSTART:20270112T090000\nDTEND:20270112T080000", "runs from 2027-01-12 09:00:00 to"),
        (f"{HOUR}RRULE:FREQ=SECONDLY", "recurs secondly"),
        (f"{HOUR}RRULE:FREQ=HOURLY", "recurs hourly"),
        (f"{HOUR}RRULE:nonsense", "recurs no one knows how often"),
        (f"{HOUR}RRULE:FREQ=DAILY;INTERVAL=0", "recurs after no time at all"),
        (f"{HOUR}RRULE:FREQ=DAILY;BYDAY=XX", "recurs in a way that cannot be read"),
        (f"{HOUR}RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,30",
         "recurs more often than once an hour"),
        (f"{HOUR}RRULE:FREQ=DAILY;BYMONTHDAY=32", "recurs in a way that cannot be read"),
        ("DTSTART:00010101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY", "begins before 1900"),
        ("DTSTART:20270112T090000\nDTEND:99990112T080000", "runs from 2027-01-12 09:00:00 to"),
    ],
)  # fmt: skip
def test_a_broken_event_is_named_and_the_others_are_read(event: str, why: str) -> None:
    found = read(calendar(f"SUMMARY:Broken\n{event}", HOUR))
    ((row, problem),) = notices(found)
    assert row == 3
    assert problem.startswith('the event "Broken" ')
    assert why in problem
    assert clock(found, "UTC") == ["01-12 09:00-10:00"]


def test_an_event_that_does_not_end_costs_no_other() -> None:
    text = calendar(HOUR, HOUR.replace("0112", "0113"), HOUR.replace("0112", "0114")).decode()
    cut = text.replace("END:VEVENT\r\n", "", 1)
    found = read(cut)
    assert notices(found) == [(3, 'the event "" does not end')]
    dates = ["01-12", "01-13", "01-14"]
    assert clock(found, "UTC") == [f"{date} 09:00-10:00" for date in dates]


def test_a_broken_exception_leaves_its_series_standing() -> None:
    series = "BEGIN:VEVENT\nUID:s\n{}END:VEVENT\n"
    text = (
        "BEGIN:VCALENDAR\n"
        + series.format(f"{HOUR}RRULE:FREQ=DAILY;COUNT=2\n")
        + series.format("RECURRENCE-ID:20270113T090000\nDTSTART:nonsense\n")
        + "END:VCALENDAR\n"
    )
    found = read(text)
    assert [row for row, _ in notices(found)] == [8]
    assert clock(found, "UTC") == ["01-12 09:00-10:00", "01-13 09:00-10:00"]


def test_what_is_not_about_time_cannot_break_an_event() -> None:
    event = f'{HOUR}ATTENDEE;CN="open:quote\nGEO:north;west\nPRIORITY:high\nURL\nDTSTAMP:never'
    found = read(calendar(event))
    assert (len(found.busy), notices(found)) == (1, [])
    assert found.busy[0].place is None


@pytest.mark.parametrize("geo", ["0;0", "91;0", "12", "", "nan;nan"])
def test_a_place_that_is_none_is_no_place(geo: str) -> None:
    assert read(calendar(f"{HOUR}GEO:{geo}")).busy[0].place is None


@pytest.mark.parametrize(
    ("data", "problem", "remedy"),
    [
        (b"", "is no calendar", "export it"),
        (b"Subject,Start Date\n", "is no calendar", "as iCalendar (.ics)"),
        (b"PK\x03\x04rest", "is an XLSX or ZIP file", "unpack it"),
        (b"BEGIN:VCALENDAR\n\0END:VCALENDAR\n", "holds a NUL byte", "export it"),
    ],
)
def test_what_is_no_calendar_is_an_error(data: bytes, problem: str, remedy: str) -> None:
    (finding,) = read(data).findings
    assert finding.is_error
    assert problem in finding.problem
    assert remedy in finding.remedy


def test_a_calendar_without_events_is_noticed() -> None:
    assert notices(read(calendar())) == [(0, "holds no event")]


def test_other_encodings_and_line_ends_are_read() -> None:
    text = calendar(f"SUMMARY:Bürö\n{HOUR}").decode()
    for data in (
        text.encode("utf-16"),
        text.encode("utf-8-sig"),
        text.replace("\r\n", "\r").encode(),
    ):
        assert [each.what for each in read(data).busy] == ["Bürö"]
    old = read(text.encode("cp1252"))
    assert [each.what for each in old.busy] == ["Bürö"]
    assert len(notices(old)) == 1


def test_the_same_file_gives_the_same_value() -> None:
    assert read(OUTLOOK) == read(OUTLOOK)
    assert all(busy.start.tzinfo in (None, dt.UTC) for busy in read(OUTLOOK).busy)


def test_times_are_kept_to_the_minute_they_name() -> None:
    (busy,) = read(calendar("DTSTART:20270112T170000Z\nDURATION:PT45M")).busy
    start = dt.datetime(2027, 1, 12, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert busy == Busy(start, start + dt.timedelta(minutes=45))

"""Calendars with odd lines, as Google, Outlook, Apple, Thunderbird, Nextcloud and others write
them: an odd line costs itself only, and no time vanishes without a word.
"""  # fmt: skip

import datetime as dt

import pytest
from calendars import calendar
from cost import times_as_long

from campaign.model.rep import Rep
from campaign.reading.calendars import Calendars, read_calendar
from campaign.workdays import Span, each_day

WINDOW = Span(dt.date(2027, 1, 4), dt.date(2027, 4, 3))
HOUR = "DTSTART:20270112T090000\nDTEND:20270112T100000\n"
NINE = "01-12 09:00-10:00"


def read(data: bytes | str, *own: str) -> Calendars:
    return read_calendar(data.encode() if isinstance(data, str) else data, "c.ics", WINDOW, *own)


def clock(found: Calendars, zone: str = "UTC") -> list[str]:
    rep = Rep("Ann", timezone=zone, busy=found.busy)
    days = each_day(WINDOW.first, WINDOW.last)
    return [f"{day:%m-%d} {span}" for day in days for span in rep.busy_on(day)]


def days(found: Calendars, zone: str = "UTC") -> list[str]:
    return [each[:5] for each in clock(found, zone)]


def told(found: Calendars) -> list[str]:
    return [one.problem for one in found.findings]


def series(*events: str) -> str:
    """Events of one UID."""
    blocks = "".join(f"BEGIN:VEVENT\nUID:s\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{blocks}END:VCALENDAR\n"


@pytest.mark.parametrize("letter", ["ü", "漢", "😀"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("fold", [" ", "\t"])
def test_a_letter_may_be_split_by_a_fold(letter: str, end: str, fold: str) -> None:
    whole = letter.encode()
    for place in range(1, len(whole)):
        cut = whole[:place] + f"{end}{fold}".encode() + whole[place:]
        text = calendar(f"SUMMARY:B@ro Gru\u00df\n{HOUR}DTSTAMP:never\n").decode()
        data = text.replace("\r\n", end).encode().replace(b"@", cut)
        found = read(data)
        assert [each.what for each in found.busy] == [f"B{letter}ro Gru\u00df"]
        assert told(found) == []


def test_lines_keep_their_numbers_where_a_letter_is_split() -> None:
    data = calendar(f"SUMMARY:B@\n{HOUR}", "SUMMARY:Odd\nDTSTART:soon").replace(
        b"@", b"\xc3\r\n \xbc"
    )
    (finding,) = read(data).findings
    assert finding.row == data[: data.index(b"BEGIN:VEVENT\r\nUID:e-2")].count(b"\n") + 1


def test_a_letter_that_is_none_costs_no_other() -> None:
    found = read(calendar(f"SUMMARY:Büro @\n{HOUR}").replace(b"@", b"\x81"))
    assert [each.what for each in found.busy] == ["Büro \ufffd"]
    assert told(found) == []


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART;VALUE=DATE:20270112\nDTEND;VALUE=DATE:20270112",
        "DTSTART;VALUE=DATE:20270112",
        "DTSTART;TZID=Europe/Berlin:20270112\nDTEND;TZID=Europe/Berlin:20270113",
        "DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20270112\nDURATION:P1D",
        "DTSTART;VALUE=DATE:20270112\nDURATION:PT24H",
        "DTSTART;VALUE=DATE:20270112\nDURATION:PT1H",
        "DTSTART;VALUE=DATE:20270112T000000\nDTEND;VALUE=DATE:20270113T000000",
        "DTSTART;VALUE=DATE:20270112\nDTEND:20270113T000000",
        "DTSTART;VALUE=DATE:20270112\nDTEND:20270112T170000Z",
        "DTSTART:20270112T000000\nDTEND:20270112T240000",
        "DTSTART:20270112T000000\nDTEND;VALUE=DATE:20270112",
    ],
)
def test_a_whole_day_is_a_day_however_it_is_written(event: str) -> None:
    found = read(calendar(event))
    assert clock(found, "America/Los_Angeles") == ["01-12 00:00-24:00"]
    assert told(found) == []


def test_a_series_of_whole_days_that_end_on_their_start() -> None:
    event = "DTSTART;VALUE=DATE:20270114\nDTEND;VALUE=DATE:20270114\nRRULE:FREQ=WEEKLY;COUNT=2"
    assert days(read(calendar(event))) == ["01-14", "01-21"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270112T090000\nDTEND;VALUE=DATE:20270112", "01-12 09:00-24:00"),
        ("DTSTART:20270112T090000\nDTEND;VALUE=DATE:20270113", "01-12 09:00-24:00"),
        ("DTSTART:20270112T090000Z\nDTEND:20270112T100000", NINE),
        ("DTSTART:20270112T090000\nDTEND:20270112T100000Z", NINE),
        ("DTSTART:20270112T100000+0100\nDTEND:20270112T110000+01:00", NINE),
        ("DTSTART:2027-01-12T09:00:00Z\nDTEND:2027-01-12T10:00:00Z", NINE),
        ("DTSTART:20270112T0900Z\nDTEND:20270112T1000Z", NINE),
        (f"{HOUR}DURATION:PT1H", NINE),
        (f"{HOUR}DURATION:nonsense", NINE),
        (f"{HOUR}DURATION:", NINE),
        ("DTSTART:20270112T090000\nDTEND:20270111T100000\nDURATION:PT1H", NINE),
        ("DTSTART:20270112T090000\nDTEND:\nDURATION:PT1H", NINE),
        ("DTSTART:20270112T090000\nDTEND:20270112T093000\nDURATION:PT1H", NINE),
        (f"{HOUR}SEQUENCE:", NINE),
        (f"{HOUR}SEQUENCE:one", NINE),
        (f"{HOUR}RRULE:", NINE),
        (f"{HOUR}RRULE: ;", NINE),
        (f"{HOUR}EXDATE:", NINE),
        (f"{HOUR}RDATE:", NINE),
        (f"{HOUR}RECURRENCE-ID:", NINE),
        ("dtstart:20270112t090000z\ndtend:20270112t100000z", NINE),
    ],
)
def test_an_odd_time_is_read_as_it_is_meant(event: str, expected: str) -> None:
    found = read(calendar(event))
    assert clock(found) == [expected]
    assert told(found) == []


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART:20270112T090000\nDURATION:-PT1H", "runs from 2027-01-12 09:00:00 to"),
        ("DTSTART;VALUE=DATE:20270112\nDTEND;VALUE=DATE:20270110", "runs from 2027-01-12 to"),
        ("DTSTART:20270112T090000\nDURATION:P1Y", "has a DURATION that cannot be read"),
        ("DTSTART:20270112T090000\nDTEND:late", "has a DTEND that cannot be read"),
        ("DTSTART:20270112T090000\nDURATION:P99999999999D", "has a DURATION that cannot"),
        ("DTSTART:20270112T090000\nDURATION:P9999999D", "has a DURATION that cannot"),
    ],
)
def test_a_length_that_is_none_is_told(event: str, why: str) -> None:
    found = read(calendar(event))
    assert found.busy == ()
    (problem,) = told(found)
    assert why in problem


WEEKLY = f"{HOUR}RRULE:FREQ=WEEKLY;COUNT=3\n"
THREE = ["01-12", "01-19", "01-26"]


@pytest.mark.parametrize(
    ("more", "dates", "says"),
    [
        ("EXDATE:", THREE, ""),
        ("EXDATE;VALUE=DATE:", THREE, ""),
        ("EXDATE:2027-01-19", THREE, "leaves out a date that cannot be read"),
        ("EXDATE:nonsense,20270119T090000", ["01-12", "01-26"], "leaves out a date that"),
        ("EXDATE:20270119T090000,", ["01-12", "01-26"], ""),
        ("EXDATE;VALUE=DATE:20270119", ["01-12", "01-26"], ""),
        ("EXDATE:20270119", ["01-12", "01-26"], ""),
        ("EXDATE:20270119T080000", THREE, ""),
        ("RDATE:never", THREE, "has a RDATE that cannot be read"),
        ("RDATE;VALUE=PERIOD:20270120T090000/PT1H", ["01-12", "01-19", "01-20", "01-26"], ""),
        ("RDATE;VALUE=PERIOD:20270120T090000/20270120T093000",
         ["01-12", "01-19", "01-20", "01-26"], ""),
        ("SEQUENCE:", THREE, ""),
        ("DURATION:PT1H", THREE, ""),
    ],
)  # fmt: skip
def test_an_odd_line_does_not_cost_a_series(more: str, dates: list[str], says: str) -> None:
    found = read(calendar(WEEKLY + more))
    assert days(found) == dates
    assert [says in problem for problem in told(found)] == [True] * bool(says)


@pytest.mark.parametrize("exdate", ["20270125T000000", "20270125T000000Z", "20270125"])
def test_a_whole_day_is_left_out_by_its_midnight(exdate: str) -> None:
    event = f"DTSTART;VALUE=DATE:20270118\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:{exdate}"
    assert days(read(calendar(event))) == ["01-18", "02-01"]


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("FREQ=WEEKLY;BYDAY= MO, WE ;COUNT=2", ["01-12", "01-13", "01-18"]),
        ("FREQ=WEEKLY;BYDAY=MO WE;COUNT=2", ["01-12", "01-13", "01-18"]),
        ("freq=weekly;count=2", ["01-12", "01-19"]),
        ("RRULE:FREQ=WEEKLY;COUNT=2;", ["01-12", "01-19"]),
        ("FREQ=WEEKLY;COUNT=2;X-OWN=1", ["01-12", "01-19"]),
        ("FREQ=WEEKLY;INTERVAL=;COUNT=2", ["01-12", "01-19"]),
        ("FREQ=MONTHLY;COUNT=-1", ["01-12", "02-12", "03-12"]),
        ("FREQ=MONTHLY;COUNT=0", ["01-12", "02-12", "03-12"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["01-12", "01-29", "02-26"]),
        ("FREQ=MONTHLY;BYDAY=3MO,WE;UNTIL=20270131",
         ["01-12", "01-13", "01-18", "01-20", "01-27"]),
        ("FREQ=YEARLY;BYWEEKNO=5,6", ["01-12", "02-02", "02-09"]),
        ("FREQ=YEARLY;BYYEARDAY=60", ["01-12", "03-01"]),
        ("FREQ=DAILY;BYSETPOS=1;COUNT=2", ["01-12", "01-13"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=3", ["01-12", "01-24", "01-26"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;COUNT=3", ["01-12", "01-17", "01-26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["01-12", "01-31", "03-31"]),
        ("FREQ=MONTHLY;BYDAY=6MO", ["01-12"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9", ["01-12"]),
        ("FREQ=WEEKLY;UNTIL=20270119", ["01-12", "01-19"]),
        ("FREQ=WEEKLY;UNTIL=20270119T090000", ["01-12", "01-19"]),
        ("FREQ=WEEKLY;UNTIL=20270119T085959", ["01-12"]),
        ("FREQ=WEEKLY;UNTIL=20270119T080000Z", ["01-12", "01-19"]),
        ("FREQ=WEEKLY;UNTIL=20270101", []),
        ("FREQ=WEEKLY;BYDAY=TU;TH;COUNT=3", ["01-12", "01-14", "01-19"]),
        ("FREQ=WEEKLY;BYDAY=Tue,Thu;COUNT=3", ["01-12", "01-14", "01-19"]),
        ("FREQ=WEEKLY;BYDAY=TUESDAY,WEDNESDAY;COUNT=3", ["01-12", "01-13", "01-19"]),
        ("FREQ=DAILY;UNTIL=20270114T", ["01-12", "01-13", "01-14"]),
    ],
)  # fmt: skip
def test_a_rule_recurs_as_it_is_meant(rule: str, dates: list[str]) -> None:
    found = read(calendar(f"{HOUR}RRULE:{rule}"))
    assert days(found) == dates
    assert told(found) == []


@pytest.mark.parametrize(
    ("until", "dates"),
    [
        ("20270119", ["01-12", "01-19"]),
        ("20270119T083000", ["01-12", "01-19"]),
        ("20270119T073000Z", ["01-12", "01-19"]),
        ("20270119T072959Z", ["01-12"]),
        ("20270119T000000", ["01-12"]),
    ],
)
def test_an_end_without_a_zone_is_read_by_the_zone_of_the_start(
    until: str, dates: list[str]
) -> None:
    event = (
        "DTSTART;TZID=Europe/Berlin:20270112T083000\nDTEND;TZID=Europe/Berlin:20270112T100000\n"
        f"RRULE:FREQ=WEEKLY;UNTIL={until}"
    )
    assert days(read(calendar(event))) == dates


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=FORTNIGHTLY", "recurs fortnightly; only its first date counts"),
        ("FREQ=DAILY;BYDAY=XX", "recurs in a way that cannot be read; only its first"),
        ("FREQ=DAILY;INTERVAL=0", "recurs after no time at all; only its first date"),
    ],
)
def test_a_rule_that_cannot_be_read_leaves_the_first_date(rule: str, says: str) -> None:
    found = read(calendar(f"{HOUR}RRULE:{rule}"))
    assert clock(found) == [NINE]
    (problem,) = told(found)
    assert says in problem


def test_an_end_that_cannot_be_read_ends_nothing() -> None:
    found = read(calendar(f"{HOUR}RRULE:FREQ=MONTHLY;UNTIL=soon"))
    assert days(found) == ["01-12", "02-12", "03-12"]
    assert "recurs to an end that cannot be read; it goes on" in told(found)[0]


@pytest.mark.no_cover  # the tracer's time is not the program's
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=15",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=3",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1",
    ],
)
def test_a_rule_that_never_fires_costs_nothing(rule: str) -> None:
    never, weekly = (
        calendar(*[f"{HOUR}RRULE:{each}"] * 30) for each in (rule, "FREQ=DAILY;BYDAY=TU,WE,TH")
    )
    assert times_as_long(lambda: read(never), lambda: read(weekly)) < 4


def test_an_older_sequence_gives_way() -> None:
    moved = HOUR.replace("0112", "0113")
    assert days(read(series(f"{HOUR}SEQUENCE:1", f"{moved}SEQUENCE:2"))) == ["01-13"]
    assert days(read(series(f"{HOUR}SEQUENCE:1", f"{HOUR}SEQUENCE:2\nSTATUS:CANCELLED"))) == []
    both = read(series(f"{WEEKLY}SEQUENCE:1", f"{moved}RRULE:FREQ=WEEKLY;COUNT=2\nSEQUENCE:3"))
    assert days(both) == ["01-13", "01-20"]


def test_events_of_one_uid_without_a_sequence_all_stand() -> None:
    assert days(read(series(HOUR, HOUR.replace("0112", "0113")))) == ["01-12", "01-13"]
    moved = WEEKLY.replace("0112", "0113")
    assert days(read(series(WEEKLY, moved))) == sorted([*THREE, "01-13", "01-20", "01-27"])


def test_of_two_exceptions_of_one_date_the_newer_stands() -> None:
    exception = "RECURRENCE-ID:20270119T090000\nDTSTART:20270120T{0}0000\nDURATION:PT1H\n{1}"
    older, newer = exception.format("11", "SEQUENCE:1"), exception.format("14", "SEQUENCE:2")
    found = clock(read(series(WEEKLY, newer, older)))
    assert found == [NINE, "01-20 14:00-15:00", "01-26 09:00-10:00"]


def test_a_series_copied_with_foreign_recurrence_ids_keeps_its_dates() -> None:
    """As Outlook copies it: an id of a date that the series does not have, the same for all."""
    copies = [
        f"RECURRENCE-ID:20251230T090000\nDTSTART:202701{day}T140000\nDURATION:PT1H"
        for day in (13, 14, 15)
    ]
    assert days(read(series(WEEKLY, *copies))) == sorted([*THREE, "01-13", "01-14", "01-15"])
    copied = f"{WEEKLY}RECURRENCE-ID:20261006T090000"
    assert days(read(series(copied))) == THREE


def test_an_exception_that_ends_before_it_starts_is_left_aside_and_told() -> None:
    exception = "RECURRENCE-ID:20270119T090000\nDTSTART:20270119T150000\nDTEND:20270119T140000"
    found = read(series(WEEKLY, exception))
    assert days(found) == THREE
    (problem,) = told(found)
    assert "runs from 2027-01-19 15:00:00 to 2027-01-19 14:00:00" in problem


def test_thunderbird_writes_a_length_beside_the_end_of_a_moved_day() -> None:
    exception = (
        "RECURRENCE-ID:20270119T090000\nDTSTART:20270120T110000\nDTEND:20270120T120000\n"
        "DURATION:PT1H"
    )
    found = read(series(WEEKLY, exception))
    assert days(found) == ["01-12", "01-20", "01-26"]
    assert told(found) == []


def test_a_date_may_be_moved_by_its_day_or_by_another_zone() -> None:
    for named in (";VALUE=DATE:20270119", ":20270119T090000", ";TZID=UTC:20270119T090000"):
        zoned = WEEKLY.replace("DTSTART:", "DTSTART;TZID=UTC:").replace("DTEND:", "DTEND;TZID=UTC:")
        moved = f"RECURRENCE-ID{named}\nDTSTART:20270120T110000Z\nDURATION:PT1H"
        assert days(read(series(zoned, moved))) == ["01-12", "01-20", "01-26"]


def test_a_change_from_then_on_moves_what_follows() -> None:
    change = (
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20270119T090000\nDTSTART:20270120T110000\nDURATION:PT2H"
    )
    assert clock(read(series(WEEKLY, change))) == [
        NINE, "01-20 11:00-13:00", "01-27 11:00-13:00"
    ]  # fmt: skip


def test_what_is_written_as_taken_counts_without_an_event() -> None:
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nUID:f\nDTSTART:20270101T000000Z\n"
        "DTEND:20270201T000000Z\nFREEBUSY;FBTYPE=BUSY:20270112T090000Z/PT1H,\n"
        " 20270113T090000Z/20270113T100000Z\nFREEBUSY;FBTYPE=FREE:20270114T090000Z/PT1H\n"
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20270115T090000Z/PT1H\nFREEBUSY:odd\n"
        "END:VFREEBUSY\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    )
    found = read(text)
    assert days(found) == ["01-12", "01-13", "01-15"]
    (problem,) = told(found)
    assert "has a FREEBUSY that cannot be read" in problem


@pytest.mark.parametrize(
    ("line", "is_free"),
    [
        ('ATTENDEE;CN="Robin Avery";EMAIL="robin@marsh.example";PARTSTAT=DECLINED:/1/principal/',
         True),
        ('ATTENDEE;CN="Robin Avery";PARTSTAT=DECLINED:invalid:nomail', True),
        ('ATTENDEE;CN="Avery, Robin";PARTSTAT=DECLINED:urn:uuid:1', True),
        ('ATTENDEE;CN="Robin Avery";PARTSTAT=ACCEPTED:/1/principal/', False),
        ('ATTENDEE;CN="Kim Lee";EMAIL="kim@marsh.example";PARTSTAT=DECLINED:/2/principal/', False),
        ("ATTENDEE;PARTSTAT=DECLINED:/2/principal/", False),
    ],
)  # fmt: skip
def test_declined_is_declined_by_address_and_name(line: str, is_free: bool) -> None:  # noqa: FBT001 (a column)
    event = f"{HOUR}ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED:mailto:bo@marsh.example\n{line}"
    assert (read(calendar(event), "robin@marsh.example", "Robin Avery").busy == ()) == is_free


def test_the_owner_of_a_calendar_may_be_named() -> None:
    event = (
        f"{HOUR}ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED:mailto:bo@marsh.example\n"
        'ATTENDEE;CN="Robin Avery";PARTSTAT=DECLINED:/1/principal/'
    )
    assert read(calendar(event, before="X-WR-CALNAME:Robin Avery\n")).busy == ()


@pytest.mark.parametrize(
    ("tzid", "start"),
    [
        ("tzone://Microsoft/Utc", "09:00"),
        ("tzone://Microsoft/Pacific Standard Time", "17:00"),
        ("America-New_York", "14:00"),
        ("America/New York", "14:00"),
        ("Europe.Berlin", "08:00"),
        ("TZ=Europe/Berlin", "08:00"),
        ("Europa/Berlin", "08:00"),
        ("Asia/Beijing", "01:00"),
        ("Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "08:00"),
        ("Ora solare Europa occidentale", "08:00"),
        ("V\u00e4steuropa, normaltid", "08:00"),
        ("heure normale d'Europe centrale", "08:00"),
        ("Irish Standard Time", "09:00"),
        ("Mexico Standard Time", "15:00"),
        ("NZDT", "20:00"),
        ("JST", "00:00"),
        ("W. Europe Standard Time 1", "08:00"),
        ("W. Europe Daylight Time", "08:00"),
        ("w. europe standard time", "08:00"),
        ("europe/berlin", "08:00"),
        ("/mozilla.org/20050126_1/Europe/Berlin", "08:00"),
        ("/Softwarestudio.org/Olson_20011030_5/America/New_York", "14:00"),
        ("GMT+0100", "08:00"),
        ("GMT -0500", "14:00"),
        ("UTC+01:00", "08:00"),
        ("UTC-5", "14:00"),
        ("+0530", "03:30"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "08:00"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "08:00"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "14:00"),
        ("(GMT-08:00) Pacific Time (US & Canada); Tijuana", "17:00"),
        ("Eastern Time (US & Canada)", "14:00"),
        ("Eastern", "14:00"),
        ("US-Eastern", "14:00"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "03:30"),
        ("(UTC) Coordinated Universal Time", "09:00"),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "09:00"),
        ("Mitteleuropäische Zeit", "08:00"),
        ("Berlin", "08:00"),
    ],
)
def test_zones_are_known_as_vendors_name_them(tzid: str, start: str) -> None:
    event = f'DTSTART;TZID="{tzid}":20270112T090000\nDURATION:PT1H'
    found = read(calendar(event))
    assert [each[6:11] for each in clock(found)] == [start]
    assert told(found) == []


def test_an_offset_with_a_place_keeps_that_places_summer() -> None:
    event = 'DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20270330T090000\nDURATION:PT1H'
    assert clock(read(calendar(event))) == ["03-30 13:00-14:00"]


@pytest.mark.parametrize("tzid", ["GMT+25", "(UTC+01:00) Narnia", "tzone://Microsoft/Custom"])
def test_what_is_no_zone_is_told(tzid: str) -> None:
    found = read(calendar(f'DTSTART;TZID="{tzid}":20270112T090000\nDURATION:PT1H'))
    assert clock(found, "Asia/Tokyo") == [NINE]
    (problem,) = told(found)
    assert f'is in a time zone that is not known, "{tzid}"' in problem


def test_a_definition_in_the_file_goes_before_what_a_vendor_may_mean() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:GMT+0100\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "TZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "DTSTART;TZID=GMT+0100:20270112T090000\nDURATION:PT1H"
    assert clock(read(calendar(event, before=zone))) == ["01-12 06:00-07:00"]
    broken = zone.replace("TZOFFSETTO:+0300", "TZOFFSETTO:east")
    assert clock(read(calendar(event, before=broken))) == ["01-12 08:00-09:00"]


def test_two_rules_hold_together_and_a_rule_may_leave_dates_out() -> None:
    both = f"{HOUR}RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2"
    assert days(read(calendar(both))) == ["01-12", "01-15", "01-19", "01-22"]
    less = f"{HOUR}RRULE:FREQ=DAILY;COUNT=7\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU"
    assert days(read(calendar(less))) == ["01-12", "01-13", "01-14", "01-15", "01-18"]
    odd = read(calendar(f"{HOUR}RRULE:FREQ=DAILY;COUNT=2\nEXRULE:FREQ=HOURLY"))
    assert days(odd) == ["01-12", "01-13"]
    assert told(odd) == ['the event "" recurs hourly; what it leaves out so counts']


def test_dates_to_leave_out_may_stand_between_other_signs() -> None:
    found = read(calendar(f"{HOUR}RRULE:FREQ=DAILY;COUNT=4\nEXDATE:20270113T090000;20270114"))
    assert days(found) == ["01-12", "01-15"]
    assert told(found) == []


def test_a_further_date_without_a_time_is_at_the_time_of_the_first() -> None:
    found = read(calendar(f"{HOUR}RDATE;VALUE=DATE:20270120"))
    assert clock(found) == [NINE, "01-20 09:00-10:00"]


def test_what_is_called_off_takes_no_time_however_that_is_said() -> None:
    assert days(read(calendar(f"{HOUR}STATUS:CANCELED"))) == []
    weekly = f"{HOUR}RRULE:FREQ=WEEKLY;COUNT=3"
    off = "RECURRENCE-ID:20270119T090000\nSTATUS:CANCELLED"
    assert days(read(series(weekly, off))) == ["01-12", "01-26"]
    whole = calendar(HOUR).replace(b"BEGIN:VEVENT", b"METHOD:CANCEL\r\nBEGIN:VEVENT", 1)
    found = read(whole)
    assert days(found) == []
    assert told(found) == ["calls all of its events off"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (f"{HOUR}DURATION:P2912000D\nRRULE:FREQ=DAILY", "reaches beyond all calendars"),
        ("DTSTART:99991231T240000\nDURATION:PT1H", "has a DTSTART that cannot be read"),
    ],
)
def test_a_time_beyond_all_calendars_is_told_and_costs_no_other(event: str, why: str) -> None:
    found = read(calendar(f"SUMMARY:Far\n{event}", HOUR))
    assert clock(found) == [NINE]
    assert told(found) == [f'the event "Far" {why}']

"""The plan as a calendar, read back with two libraries."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from handmade import QUOTED, RIGHT_TO_LEFT, START, campaign, territory
from ics import Seen, alarms, by_icalendar, by_vobject
from reports import CONTROLS, QUOTES, hostile, large
from rows import a_touch

from campaign.answer import Campaign
from campaign.outputs.calendar import PRODUCT, render_calendar
from campaign.touches import Plan, Touch

DAY = dt.timedelta(days=1)
VISIT = a_touch(
    "A-1/P-1/visit",
    dt.date(2027, 1, 13),
    channel="visit",
    purpose="listen",
    minutes=55,
    stop=1,
    start=9 * 60,
    end=9 * 60 + 55,
    travel_minutes=20,
    home_minutes=25,
    brief="They count every pallet.",
)
CALL = a_touch(
    "A-1/P-2/call",
    dt.date(2027, 1, 14),
    channel="call",
    purpose="share",
    minutes=16,
    start=13 * 60 + 30,
)


def planned(*touches: Touch, **changes: object) -> Plan:
    return Campaign(territory(**changes), touches)


def exported(*touches: Touch, previous: bytes = b"") -> bytes:
    return render_calendar(planned(*touches), previous)


def only(content: bytes) -> Seen:
    (seen,) = by_icalendar(content)
    return seen


def utc(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


def test_a_visit_with_a_time_is_busy_in_utc_and_says_address_and_drive() -> None:
    seen = only(exported(VISIT))
    assert (seen.start, seen.end) == (utc(2027, 1, 13, 17), utc(2027, 1, 13, 17, 55))
    assert (seen.summary, seen.transp) == (f"Visit: {QUOTED} (Ann Lee), listen", "OPAQUE")
    assert seen.location == "Hauptstraße 1, Salem, OR 97301"
    assert seen.description.splitlines() == [
        "Drive 20 min: leave by 08:40.",
        "Then 25 min home.",
        "Address: Hauptstraße 1, Salem, OR 97301",
        "Phone: +1-503-555-0101",
        "They count every pallet.",
        "Touch: A-1/P-1/visit",
    ]


def test_a_call_is_short_and_stands_at_the_number_to_ring() -> None:
    seen = only(exported(CALL))
    assert seen.end - seen.start == dt.timedelta(minutes=16)
    assert (seen.location, seen.transp) == ("+49 89 123", "OPAQUE")


def test_alarms_go_off_before_the_drive_and_before_the_call() -> None:
    letter = a_touch("A-1/P-1/hello")
    assert alarms(exported(VISIT, CALL, letter)) == {
        f"Visit: {QUOTED} (Ann Lee), listen": dt.timedelta(minutes=-30),
        f"Call: {QUOTED} (-Bo-), share": dt.timedelta(minutes=-5),
    }


def test_what_has_no_time_stands_all_day_and_leaves_the_time_free() -> None:
    content = exported(evolve(VISIT, start=None, end=None))
    seen = only(content)
    assert (seen.start, seen.end) == (VISIT.date, VISIT.date + DAY)
    assert (seen.summary[:9], seen.transp) == ("1. Visit:", "TRANSPARENT")
    assert alarms(content) == {}


def test_the_letters_and_cards_of_a_day_are_one_sitting() -> None:
    letters = [a_touch("A-1/P-1/hello"), a_touch("A-1/P-2/hello", brief="Loves stamps.")]
    card = a_touch("@3/@3/card", channel="postcard", minutes=4)
    seen = only(exported(*letters, card))
    assert (seen.start, seen.end) == (utc(2027, 1, 4, 16), utc(2027, 1, 4, 16, 34))
    assert seen.transp == "TRANSPARENT"
    assert seen.summary == "Write 2 letters and 1 postcard"
    lines = seen.description.splitlines()
    assert lines[0] == "About 34 min."
    assert {line for line in lines if line.startswith("Touch: ")} == {
        "Touch: @3/@3/card",
        "Touch: A-1/P-1/hello",
        "Touch: A-1/P-2/hello",
    }
    assert "Loves stamps." in lines


def test_a_sitting_without_room_stands_all_day() -> None:
    seen = only(exported(evolve(a_touch("A-1/P-1/hello"), minutes=600)))
    assert (seen.start, seen.end, seen.transp) == (START, START + DAY, "TRANSPARENT")


def test_who_calls_at_the_door_leaves_before_the_call() -> None:
    call = evolve(CALL, date=VISIT.date, start=684, end=700)
    visit = evolve(VISIT, start=700, end=755, travel_minutes=35)
    (seen,) = (e for e in by_icalendar(exported(visit, call)) if e.summary.startswith("Visit"))
    assert "leave by 10:49" in seen.description


def test_a_sitting_that_has_a_time_takes_it() -> None:
    first = a_touch("A-1/P-1/hello", start=600, end=615)
    seen = only(exported(first, a_touch("A-1/P-2/hello", start=615)))
    assert (seen.start, seen.end) == (utc(2027, 1, 4, 18), utc(2027, 1, 4, 18, 30))
    assert seen.transp == "OPAQUE"


def test_a_visit_that_meets_two_people_is_one_event_of_the_longer_touch() -> None:
    second = evolve(VISIT, touch_id="A-1/P-2/also", contact_id="P-2", minutes=0, step="also")
    seen = only(exported(second, VISIT))
    assert seen.uid == only(exported(VISIT)).uid
    assert seen.summary == f"Visit: {QUOTED} (Ann Lee, -Bo-), listen"


def test_only_what_takes_place_is_in_the_calendar() -> None:
    assert by_icalendar(exported(evolve(VISIT, status="missed"))) == []
    done = only(exported(evolve(VISIT, status="done", done_on=VISIT.date, outcome="met")))
    assert "Done on Wednesday 13 January 2027: met." in done.description


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Phoenix", "Asia/Kathmandu"])
@pytest.mark.parametrize("date", [dt.date(2027, 3, 12), dt.date(2027, 3, 15), dt.date(2027, 11, 8)])
def test_the_clock_of_the_rep_shows_the_time_of_the_plan(zone: str, date: dt.date) -> None:
    ours = territory(start=date)
    there = evolve(ours, rep=evolve(ours.rep, timezone=zone))
    plan = Campaign(there, (evolve(VISIT, date=date),))
    seen = only(render_calendar(plan))
    assert isinstance(seen.start, dt.datetime)
    local = seen.start.astimezone(ZoneInfo(zone))
    assert (local.date(), local.hour, local.minute) == (date, 9, 0)


@pytest.mark.parametrize("month_day", [(4, 4), (10, 3)])
def test_a_visit_over_a_change_of_half_an_hour_keeps_its_length(month_day: tuple[int, int]) -> None:
    date = dt.date(2027, *month_day)
    ours = territory(start=date)
    there = evolve(ours, rep=evolve(ours.rep, timezone="Australia/Lord_Howe"))
    over = evolve(VISIT, date=date, start=105, end=165)
    seen = only(render_calendar(Campaign(there, (over,))))
    assert seen.end - seen.start == dt.timedelta(minutes=60)


def test_both_readers_see_the_same() -> None:
    for plan in (campaign(), hostile(), planned(VISIT, CALL)):
        content = render_calendar(plan)
        assert by_vobject(content) == by_icalendar(content)


def test_names_that_are_hard_to_write_come_back_as_they_are() -> None:
    plans = (hostile(), campaign())
    summaries = [each.summary for plan in plans for each in by_vobject(render_calendar(plan))]
    assert f"2. Visit: {QUOTES}, introduce" in summaries
    assert f"2. Visit: {RIGHT_TO_LEFT}, introduce" in summaries


def test_signs_that_no_calendar_may_hold_are_left_out_and_lines_joined() -> None:
    brief = f"{CONTROLS}\u2028two\x85three\r\nBEGIN:VEVENT\n\ud800; a\\nb, c"
    content = exported(evolve(CALL, brief=brief))
    (seen,) = by_vobject(content)
    assert only(content) == seen
    assert "bell and [31mred two three BEGIN:VEVENT ?; a\\nb, c" in seen.description.splitlines()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9b"])
def test_no_control_sign_stands_anywhere_not_even_from_an_earlier_export(sign: str) -> None:
    note, name = f"a{sign}b", f"c{sign}d"
    before = render_calendar(planned(evolve(VISIT, note=note), CALL, name=name))
    old = before.replace(b"SUMMARY:Visit", b"SUMMARY:Vi" + sign.encode() + b"sit", 1)
    content = exported(evolve(CALL, brief=note), previous=old)
    assert b"ab" in content or b"a b" in content
    assert sign not in before.decode()
    assert sign == "\x9b" or sign.encode() not in content


def test_no_line_is_too_long_and_every_line_ends_as_the_standard_wants() -> None:
    content = render_calendar(hostile())
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_same_plan_gives_the_same_bytes_also_over_its_own_export() -> None:
    for plan in (campaign(), hostile()):
        first = render_calendar(plan)
        assert render_calendar(plan) == first
        assert render_calendar(plan, first) == first


def test_a_touch_that_has_moved_keeps_its_event_and_raises_its_sequence() -> None:
    before = exported(VISIT, CALL)
    moved = evolve(VISIT, date=dt.date(2027, 1, 20), planned_on=dt.date(2027, 1, 12))
    after = exported(moved, CALL, previous=before)
    was = {each.uid: each for each in by_icalendar(before)}
    now = {each.uid: each for each in by_icalendar(after)}
    assert was.keys() == now.keys()
    changes = {now[uid].summary[:5]: now[uid].sequence - was[uid].sequence for uid in was}
    assert changes == {"Visit": 1, "Call:": 0}
    assert b"DTSTAMP:20270112T000000Z" in after
    again = exported(evolve(moved, minutes=50, brief="New."), CALL, previous=after)
    assert max(each.sequence for each in by_icalendar(again)) == 2


def test_a_touch_that_is_gone_is_cancelled_once_and_stays_so() -> None:
    before = exported(VISIT, CALL)
    after = exported(CALL, previous=before)
    call, gone = by_icalendar(after)
    assert (call.status, call.sequence) == ("CONFIRMED", 0)
    assert (gone.status, gone.sequence, gone.transp) == ("CANCELLED", 1, "TRANSPARENT")
    assert gone.uid == only(exported(VISIT)).uid
    assert list(alarms(after)) == [call.summary]
    assert exported(CALL, previous=after) == after


def test_a_touch_that_comes_back_is_confirmed_again() -> None:
    without = exported(CALL, previous=exported(VISIT, CALL))
    back = {each.uid: each for each in by_icalendar(exported(VISIT, CALL, previous=without))}
    visit = back[only(exported(VISIT)).uid]
    assert (visit.status, visit.sequence, visit.transp) == ("CONFIRMED", 2, "OPAQUE")


def test_a_campaign_that_is_renamed_cancels_the_events_of_its_old_name() -> None:
    renamed = planned(VISIT, name="Other")
    new, old = by_icalendar(render_calendar(renamed, exported(VISIT)))
    assert (new.status, new.sequence, old.status) == ("CONFIRMED", 0, "CANCELLED")
    assert new.uid != old.uid


def test_the_events_of_a_campaign_before_this_one_are_left_alone() -> None:
    later = planned(evolve(VISIT, date=dt.date(2027, 4, 7)), start=dt.date(2027, 4, 5))
    seen = only(render_calendar(later, exported(VISIT, CALL)))
    assert (seen.status, seen.sequence) == ("CONFIRMED", 0)
    assert seen.uid != only(exported(VISIT)).uid


@pytest.mark.parametrize(
    "previous",
    [
        b"touch_id,day\n",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nPRODID:-//Microsoft//Outlook//EN\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n",
        exported(VISIT) * 2,
    ],
)
def test_a_calendar_of_somebody_else_is_never_taken_for_an_earlier_export(previous: bytes) -> None:
    with pytest.raises(ValueError, match="no calendar that this program has written"):
        exported(VISIT, previous=previous)


@pytest.mark.parametrize(
    ("line", "damaged"),
    [
        ("DTSTART:20270113T170000Z", "DTSTART:never"),
        ("DTSTART:20270113T170000Z", "DTSTART:20270113T170000Z\r\nDTSTART:20270114T170000Z"),
        ("DTSTAMP:20270104T000000Z", "DTSTAMP;VALUE=DATE:20270104"),
        ("SEQUENCE:0", "SEQUENCE:soon"),
        ("SEQUENCE:0", "SEQUENCE:1\r\nSEQUENCE:2"),
        ("UID:", "X-UID:"),
    ],
)
def test_events_of_an_earlier_export_that_are_damaged_are_passed_over(
    line: str, damaged: str
) -> None:
    before = exported(VISIT, CALL).decode()
    after = by_icalendar(exported(CALL, previous=before.replace(line, damaged, 1).encode()))
    assert [each.summary[:5] for each in after] == ["Call:"]


def test_an_empty_plan_is_a_calendar_without_events() -> None:
    content = exported()
    assert by_icalendar(content) == []
    assert f"PRODID:{PRODUCT}".encode() in content


def test_every_touch_that_takes_place_is_in_the_calendar_once() -> None:
    plan = large(40)
    seen = by_icalendar(render_calendar(plan))
    lines = [line for each in seen for line in each.description.splitlines()]
    found = [line.split()[1] for line in lines if line.startswith("Touch: ")]
    assert sorted(found) == sorted(each.touch_id for each in plan.touches)

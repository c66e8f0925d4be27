"""Why a touch could not stay where it stood: on rows that are put there by hand."""

import datetime as dt

import pytest
from attrs import evolve
from replanned import TWO, by_hand, causes
from rows import a_touch
from small import START, small

from campaign.consequences import territory_now
from campaign.explaining import Reasoning
from campaign.model.accounts import Account, Consent, Contact
from campaign.model.busy import Busy
from campaign.model.hours import OpeningHours
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.replanning.changes import Because, Cause, ChangeKind, Difference
from campaign.replanning.telling import change_in_words
from campaign.touches import Status, Touch

OF = small(*TWO)
MONDAY = dt.date(2027, 1, 11)
TUESDAY = dt.date(2027, 1, 12)
HELLO = a_touch("A-1/A-1/hello", "01-04", "letter", of=OF)
OTHER = a_touch("B-1/B-1/hello", "01-12", "letter", of=OF)


def moved(touch_id: str, *days: str, channel: str, of: Territory, beside: object = ()) -> Because:
    """Why a touch moved from one day to another, with the same rows beside it on both sides."""
    there, then = (a_touch(touch_id, day, channel, of=of) for day in days)
    rows: tuple[Touch, ...] = tuple(beside)  # type: ignore[arg-type]
    found = by_hand((there, *rows), (then, *rows), of, day=START)
    return causes(found, ChangeKind.MOVED)[touch_id]


def test_a_day_without_work() -> None:
    because = moved("A-1/A-1/hello", "01-09", "01-08", channel="letter", of=OF)
    assert because == Because(Cause.NO_WORKING_DAY, date=dt.date(2027, 1, 9), what="letter")


def test_a_weekday_on_which_the_channel_is_not_used() -> None:
    letters = evolve(OF.channels["letter"], weekdays=frozenset({0}))
    of = evolve(OF, channels={**OF.channels, "letter": letters})
    because = moved("A-1/A-1/hello", "01-05", "01-04", channel="letter", of=of)
    assert because == Because(Cause.CHANNEL_OFF, date=dt.date(2027, 1, 5), what="letter")


def test_a_channel_that_the_person_does_not_allow() -> None:
    ann = Contact("P-1", "A-1", name="Ann", consents={"letter": Consent.NO})
    of = small(*TWO, contacts=(ann,))
    because = moved("A-1/P-1/hello", "01-05", "01-06", channel="letter", of=of)
    assert because == Because(Cause.NO_CONSENT, what="letter")


def test_hours_in_which_they_are_closed() -> None:
    closed = evolve(TWO[0], visit_hours=OpeningHours.parse("Tue 09:00-17:00"))
    of = small(closed, TWO[1])
    call = a_touch("A-1/A-1/call", "01-13", "call", of=of)
    hello = a_touch("A-1/A-1/hello", "01-04", "letter", of=of)
    because = moved("A-1/A-1/visit", "01-20", "01-19", channel="visit", of=of, beside=(hello, call))
    assert because.cause is Cause.SHUT
    assert because.what == f"{TWO[0].name} is not open for visits on a Wednesday"


def test_another_touch_of_the_account_on_the_day() -> None:
    of = small(*TWO, contacts=(Contact("P-1", "A-1", name="Ann"), Contact("P-2", "A-1", name="Bo")))
    beside = a_touch("A-1/P-2/hello", "01-05", "letter", of=of)
    because = moved("A-1/P-1/hello", "01-05", "01-06", channel="letter", of=of, beside=(beside,))
    assert because == Because(Cause.SAME_DAY, date=dt.date(2027, 1, 5), other=beside)


@pytest.mark.parametrize(
    ("capacity", "cause"),
    [
        (Capacity(minutes_per_day=20, ramp=()), Cause.DAY_FULL),
        (Capacity(minutes_per_week=20, ramp=()), Cause.WEEK_FULL),
    ],
)
def test_a_day_or_a_week_that_another_touch_has_filled(capacity: Capacity, cause: Cause) -> None:
    of = evolve(OF, capacity=capacity)
    there, then = (a_touch("A-1/A-1/hello", day, "letter", of=of) for day in ("01-05", "01-12"))
    came, was = (a_touch("B-1/B-1/hello", day, "letter", of=of) for day in ("01-05", "01-19"))
    found = by_hand((there, was), (then, came), of, day=START)
    because = causes(found, ChangeKind.MOVED)["A-1/A-1/hello"]
    assert because == Because(cause, date=dt.date(2027, 1, 5), others=(came,))


def test_a_channel_at_its_limit() -> None:
    letters = evolve(OF.channels["letter"], per_day=1)
    of = evolve(OF, channels={**OF.channels, "letter": letters})
    beside = a_touch("B-1/B-1/hello", "01-05", "letter", of=of)
    because = moved("A-1/A-1/hello", "01-05", "01-06", channel="letter", of=of, beside=(beside,))
    assert because == Because(Cause.CHANNEL_LIMIT, date=dt.date(2027, 1, 5), what="letter")


def test_a_limit_of_a_day_names_who_is_new_that_day_and_was_done_there() -> None:
    letters = evolve(OF.channels["letter"], per_day=1)
    of = evolve(OF, channels={**OF.channels, "letter": letters})
    there, then = (a_touch("A-1/A-1/hello", day, "letter", of=of) for day in ("01-05", "01-07"))
    done = {"status": Status.DONE, "done_on": dt.date(2027, 1, 5)}
    came = a_touch("B-1/B-1/hello", "01-04", "letter", of=of, **done)
    late, later = (a_touch("B-1/B-1/card", day, "letter", of=of) for day in ("01-06", "01-08"))
    found = by_hand((there, came, late), (then, came, later), of, day=dt.date(2027, 1, 5))
    because = causes(found, ChangeKind.MOVED)["A-1/A-1/hello"]
    assert because == Because(
        Cause.CHANNEL_LIMIT, date=dt.date(2027, 1, 5), what="letter", others=(came,)
    )


def test_a_limit_of_a_week_names_who_is_new_that_week() -> None:
    letters = evolve(OF.channels["letter"], per_week=2)
    of = evolve(OF, channels={**OF.channels, "letter": letters})
    there, then = (a_touch("A-1/A-1/hello", day, "letter", of=of) for day in ("01-05", "01-12"))
    was, came = (a_touch("B-1/B-1/hello", day, "letter", of=of) for day in ("01-11", "01-07"))
    early, late = (a_touch("B-1/B-1/card", day, "letter", of=of) for day in ("01-06", "01-08"))
    found = by_hand((there, was, early), (then, came, late), of, day=START)
    because = causes(found, ChangeKind.MOVED)["A-1/A-1/hello"]
    assert because == Because(
        Cause.CHANNEL_LIMIT, date=dt.date(2027, 1, 5), what="letter", others=(came,)
    )


def test_a_touch_that_moves_to_another_channel_says_why_of_both() -> None:
    of = small(Account("C-1", "Mill Creek", tier="C"))
    calls = evolve(of.channels["visit"], weekdays=frozenset({0}))
    of = evolve(of, channels={**of.channels, "visit": calls})
    before, after = (
        a_touch("C-1/C-1/review", day, channel, of=of)
        for day, channel in (("03-06", "visit"), ("03-05", "call"))
    )
    (change,) = by_hand((before,), (after,), of, day=START).of(ChangeKind.MOVED)
    assert change.because.cause is Cause.NO_WORKING_DAY
    assert change.by_because == Because(Cause.CHANNEL_OFF, date=dt.date(2027, 3, 5), what="visit")
    told = change_in_words(of, change)
    assert "; by call instead of visit, because " in told


def test_a_calendar_that_leaves_no_time_of_day() -> None:
    day = dt.date(2027, 1, 13)
    meetings = [
        Busy(f"{day}T{hour:02}:{0 if hour == 8 else 12:02}", f"{day}T{hour + 1:02}:00")
        for hour in range(8, 17)
    ]
    of = evolve(OF, rep=evolve(OF.rep, busy=meetings))
    because = moved("A-1/A-1/call", "01-13", "01-14", channel="call", of=of, beside=(HELLO,))
    assert because == Because(Cause.NO_TIME_OF_DAY, date=day)


def test_the_only_touch_of_a_month_comes_to_that_month() -> None:
    of = small(Account("C-1", "Mill Creek", tier="C"))
    hello = a_touch("C-1/C-1/hello", "01-04", "letter", of=of)
    news = ("C-1/C-1/news", "02-02")
    because = moved(*news, "02-05", channel="postcard", of=of, beside=(hello,))
    assert because == Because(Cause.MONTH, date=dt.date(2027, 2, 5), what="2")
    review = a_touch("C-1/C-1/review", "03-03", "call", of=of)
    because = moved(*news, "02-05", channel="postcard", of=of, beside=(hello, review))
    assert because.cause is Cause.NOT_FORCED


def test_what_no_rule_asks_for_says_so() -> None:
    because = moved("A-1/A-1/hello", "01-05", "01-06", channel="letter", of=OF)
    assert because == Because(Cause.NOT_FORCED, date=dt.date(2027, 1, 5))


def test_another_channel_on_the_same_day() -> None:
    of = small(Account("C-1", "Mill Creek", tier="C"))
    rows = [a_touch("C-1/C-1/hello", "01-05", name, of=of) for name in ("letter", "postcard")]
    found = by_hand(rows[:1], rows[1:], of, day=START)
    assert [change.kind for change in found.changes] == [ChangeKind.REROUTED]
    assert found.changes[0].because.cause is Cause.NOT_FORCED


def test_another_time_on_the_same_day_is_no_move() -> None:
    there = a_touch("A-1/A-1/call", "01-13", "call", of=OF, start=540, end=556)
    found = by_hand((HELLO, there), (HELLO, evolve(there, start=600, end=616)), OF, day=START)
    assert [change.kind for change in found.changes] == [ChangeKind.RETIMED]
    assert found.stay == 2


def days(found: Difference) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.touch_id) for change in found.changes]


def test_changes_stand_by_kind_then_by_day() -> None:
    late, soon = a_touch("A-1/A-1/hello", "01-08", "letter", of=OF), OTHER
    gone = a_touch("B-1/B-1/news", "02-10", "postcard", of=OF)
    after = (evolve(late, date=dt.date(2027, 1, 6)), evolve(soon, date=dt.date(2027, 1, 5)))
    found = by_hand((late, soon, gone), after, OF, day=START)
    assert days(found) == [
        (ChangeKind.DROPPED, "B-1/B-1/news"),
        (ChangeKind.MOVED, "B-1/B-1/hello"),
        (ChangeKind.MOVED, "A-1/A-1/hello"),
    ]


def test_who_came_in_is_named_where_the_account_was_its_own_contact() -> None:
    done = evolve(HELLO, status=Status.DONE, outcome="done", done_on=HELLO.date)
    call = a_touch("A-1/A-1/call", "01-18", "call", of=OF)
    ann = small(*TWO, contacts=[Contact("P-1", "A-1", name="Ann Lee")])
    hers = a_touch("A-1/P-1/hello", "01-12", "letter", of=ann)
    found = by_hand((done, call), (done, hers), ann, day=MONDAY)
    assert causes(found, ChangeKind.DROPPED)["A-1/A-1/call"] == Because(
        Cause.REPLACED, what="Ann Lee"
    )
    assert "because it goes on there with Ann Lee, who came in" in told(found, ChangeKind.DROPPED)
    back = by_hand((hers,), (HELLO,), OF, day=START)
    assert causes(back, ChangeKind.NEW)[HELLO.touch_id] == Because(Cause.NAMELESS)


def test_what_comes_in_on_a_day_that_was_asked_for_says_so() -> None:
    call = a_touch("A-1/A-1/call", "01-12", "call", of=OF, again_on=dt.date(2027, 1, 20))
    later = evolve(call, status=Status.DONE, outcome="later", done_on=call.date)
    now = territory_now(OF, [later])
    asked = a_touch("A-1/A-1/asked-2027-01-20-A-1", "01-20", "call", of=now)
    found = by_hand((later,), (later, asked), OF, day=MONDAY)
    assert "because they asked for that day (later on Tue 12 Jan)" in told(found, ChangeKind.NEW)
    because = Reasoning(OF, [later, asked]).why(asked)
    assert because == "They asked for Wed 20 Jan."


def told(found: Difference, kind: ChangeKind) -> str:
    return " ".join(change_in_words(found.plan.territory, change) for change in found.of(kind))


def test_who_was_told_the_old_day_is_to_be_told_of_the_new_one() -> None:
    there = a_touch("A-1/A-1/call", "01-18", "call", of=OF, told=START)
    then = a_touch("A-1/A-1/call", "01-19", "call", of=OF)
    words = "; they were told the old day on Mon 4 Jan: tell them."
    assert words in told(by_hand((there,), (then,), OF, day=START), ChangeKind.MOVED)
    assert words in told(by_hand((there,), (), OF, day=START), ChangeKind.DROPPED)

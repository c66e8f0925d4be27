"""What a rep has of a day, and what fits into it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from campaign.model.busy import Busy
from campaign.model.frames import Frame, Spans, earliest, frame_of, latest, shared, without
from campaign.model.rep import Rep

MONDAY = dt.date(2027, 1, 4)
NINE = dt.datetime.combine(MONDAY, dt.time(9))
SPAN = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1]))
SPANS = st.lists(SPAN, max_size=4).map(lambda spans: tuple(sorted(set(spans))))


def minutes(spans: Spans) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}


@given(SPANS, SPANS)
def test_what_is_shared_and_what_is_left_are_all(some: Spans, others: Spans) -> None:
    assert minutes(shared(some, others)) == minutes(some) & minutes(others)
    assert minutes(without(some, others)) == minutes(some) - minutes(others)


@given(SPANS, st.integers(0, 50), st.integers(0, 12))
def test_the_earliest_and_the_latest_start_are_those_of_all(
    spans: Spans, at: int, length: int
) -> None:
    starts = [
        start
        for start in range(60)
        if any(first <= start and start + length <= last for first, last in spans)
    ]
    assert earliest(spans, at, length) == min([s for s in starts if s >= at], default=-1)


@given(st.lists(st.integers(0, 60), max_size=8, unique=True), st.integers(0, 70), st.integers(0, 9))
def test_the_latest_start_ends_in_time(ends: list[int], until: int, length: int) -> None:
    edges = sorted(ends)
    spans = tuple(zip(edges[::2], edges[1::2], strict=False))
    starts = [
        start
        for start in range(70)
        if start + length <= until
        and any(first <= start and start + length <= last for first, last in spans)
    ]
    assert latest(spans, until, length) == max(starts, default=-1)


def test_a_day_of_one_span_is_whole() -> None:
    frame = frame_of(Rep("Ann"), MONDAY)
    assert frame == Frame(((480, 1020),), ((480, 1020),), 30)
    assert frame.is_whole


def test_a_break_is_for_the_road_and_busy_time_for_nothing() -> None:
    rep = Rep(
        "Ann",
        hours={"mon": "08:00-12:00 13:00-17:00"},
        busy=[
            Busy(NINE, NINE.replace(hour=10)),
            Busy(NINE.replace(hour=16), NINE.replace(hour=23)),
        ],
    )
    frame = frame_of(rep, MONDAY)
    assert frame.work == ((480, 540), (600, 720), (780, 960))
    assert frame.road == ((480, 540), (600, 960))
    assert not frame.is_whole
    assert frame_of(rep, MONDAY + dt.timedelta(days=1)) == Frame((), (), 0)

"""One day: its tour by the clock, its timetable, held against trying everything."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tries import few

from campaign.model.frames import (
    BREAK,
    CALLS_AT_A_TIME,
    Frame,
    Span,
    Spans,
    earliest,
    off_the_hour,
    without,
)
from campaign.planner.day_schedule import (
    WindowedStop,
    is_possible,
    shortest_by_clock,
    stops_of,
)
from campaign.timetable.day import (
    Calls,
    EntryKind,
    Stop,
    TimedEntry,
    UntimedDay,
    driven,
    surely_fits,
)
from campaign.timetable.labelling import best, can_be_timed, timetable

OFFICE = Frame(((480, 1020),), ((480, 1020),), 30)
BROKEN = Frame(((0, 20), (25, 60)), ((0, 60),), 5)
SPAN = st.tuples(st.integers(0, 11), st.integers(1, 6)).map(
    lambda s: (s[0] * 5, s[0] * 5 + s[1] * 5)
)


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    busy = draw(st.lists(SPAN, max_size=2))
    whole = ((0, 60),)
    return Frame(
        without(((0, 25), (30, 60)), busy), without(whole, busy), draw(st.sampled_from([0, 5]))
    )


@st.composite
def days(draw: st.DrawFn) -> UntimedDay:
    frame = draw(frames())
    stops = tuple(
        Stop(_in(frame.work, draw(SPAN)), draw(st.integers(3, 10)), draw(st.integers(0, 8)))
        for _ in range(draw(st.integers(0, 2)))
    )
    calls = tuple(
        Calls(_in(frame.work, draw(SPAN)), draw(st.integers(2, 6)), draw(st.integers(1, 2)))
        for _ in range(draw(st.integers(0, 2)))
    )
    return UntimedDay(
        frame, stops, draw(st.integers(0, 6)) if stops else 0, calls, draw(st.integers(0, 9))
    )


def _in(work: Spans, span: Span) -> Spans:
    return tuple(
        (max(a, span[0]), min(b, span[1])) for a, b in work if max(a, span[0]) < min(b, span[1])
    )


def items(day: UntimedDay) -> Iterator[tuple[EntryKind, int, int, Spans, int]]:
    """Everything to be done: what, its number, its place in the tour or -1, when, how long."""
    for number, stop in enumerate(day.stops):
        yield EntryKind.DRIVE, number, 2 * number, day.frame.road, stop.drive
        yield EntryKind.VISIT, number, 2 * number + 1, stop.spans, stop.minutes
    if day.stops:
        yield EntryKind.HOME, 0, 2 * len(day.stops), day.frame.road, day.home
    for number, calls in enumerate(day.calls):
        for _ in range(calls.count):
            yield EntryKind.CALL, number, -1, calls.spans, calls.minutes
    if day.frame.lunch:
        yield EntryKind.LUNCH, 0, -1, day.frame.road, day.frame.lunch
    if day.sitting:
        yield EntryKind.SITTING, 0, -1, day.frame.work, day.sitting


Called = tuple[Span, ...]


def has_breaks(called: Called, most: int, rest: int) -> bool:
    """Whether of any `most + 1` calls in a row two are so far apart."""
    gaps = [later[0] - sooner[1] >= rest for sooner, later in pairwise(called)]
    return all(any(gaps[at : at + most]) for at in range(len(called) - most))


def possible(day: UntimedDay, most: int = CALLS_AT_A_TIME, rest: int = BREAK) -> bool:
    """Whether any order of everything is in time: found by trying them all.

    A call is made as soon as may be, or a break after the one before it.
    """

    def goes_on(
        left: tuple[tuple[EntryKind, int, int, Spans, int], ...], now: int, leg: int, called: Called
    ) -> bool:
        if not has_breaks(called, most, rest):
            return False
        if not left:
            return True
        for at, (kind, _, place, spans, minutes) in enumerate(left):
            is_call = kind is EntryKind.CALL
            rested = max(now, called[-1][1] + rest) if is_call and called else now
            for start in {earliest(spans, since, minutes) for since in (now, rested)}:
                if place not in (-1, leg) or start < 0:
                    continue
                others, end = (*left[:at], *left[at + 1 :]), start + minutes
                calls = (*called, (start, end)) if is_call else called
                if goes_on(others, end, leg + (place >= 0), calls):
                    return True
        return False

    return goes_on(tuple(items(day)), 0, 0, ())


def keeps(
    day: UntimedDay, entries: tuple[TimedEntry, ...], most: int = CALLS_AT_A_TIME, rest: int = BREAK
) -> bool:
    """Whether entries are all that is to be done, each in its time and one after the other."""
    called = tuple((entry.start, entry.end) for entry in entries if entry.kind is EntryKind.CALL)
    if not has_breaks(called, most, rest):
        return False
    known: dict[tuple[EntryKind, int], tuple[Spans, int]] = {}
    for kind, number, _, spans, minutes in items(day):
        known[kind, number] = spans, minutes
    now, tour = 0, []
    for entry in entries:
        spans, minutes = known[entry.kind, entry.number]
        if entry.start < now or entry.end - entry.start != minutes:
            return False
        if not any(first <= entry.start and entry.end <= last for first, last in spans):
            return False
        now = entry.end
        if entry.kind in (EntryKind.DRIVE, EntryKind.VISIT, EntryKind.HOME):
            tour.append((entry.kind, entry.number))
    wanted = sorted((kind.value, number) for kind, number, *_ in items(day))
    in_tour = [(kind, number) for kind, number, place, *_ in items(day) if place >= 0]
    return sorted((e.kind.value, e.number) for e in entries) == wanted and tour == in_tour


# How many calls in a row, and how long a break: that of R10, and two that bite on short days.
BREAKS = pytest.mark.parametrize(("most", "rest"), [(CALLS_AT_A_TIME, BREAK), (2, 4), (1, 3)])


@contextmanager
def resting(most: int, rest: int, *, in_blocks: bool = False) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module in ("day", "labelling"):
            patched.setattr(f"campaign.timetable.{module}.CALLS_AT_A_TIME", most)
            patched.setattr(f"campaign.timetable.{module}.BREAK", rest)
        if in_blocks:
            patched.setattr("campaign.timetable.labelling.MANY_ENTRIES", 0)
            patched.setattr("campaign.timetable.labelling.USUAL_ENTRIES", 0)
        yield


@BREAKS
@few(60)
@given(day=days())
def test_a_day_is_timed_if_any_order_is_in_time(day: UntimedDay, most: int, rest: int) -> None:
    expected = possible(day, most, rest)
    with resting(most, rest):
        assert can_be_timed(day) == expected
        found = best(day)
        assert expected or not surely_fits(day)
    assert (found is not None) == expected
    assert found is None or keeps(day, found, most, rest)


@BREAKS
@given(day=days())
def test_calls_made_in_blocks_are_in_time_too(day: UntimedDay, most: int, rest: int) -> None:
    with resting(most, rest, in_blocks=True):
        is_timed, found = can_be_timed(day), best(day)
    assert possible(day, most, rest) or not is_timed
    assert (found is not None) or not is_timed
    assert found is None or keeps(day, found, most, rest)


NEVER_CLOSED = Frame(((0, 1440),), ((0, 1440),), 30)


def many_calls(count: int, *stops: Stop) -> UntimedDay:
    return UntimedDay(
        NEVER_CLOSED, stops, 30 if stops else 0, (Calls(((540, 1020),), 8, count),), 120
    )


def test_very_many_calls_are_made_around_visits() -> None:
    day = many_calls(40, Stop(((540, 720),), 28, 35), Stop(((600, 960),), 28, 35))
    found = best(day)
    assert found is not None
    assert keeps(day, found)


def test_calls_and_visits_that_share_their_hours_need_them_together() -> None:
    morning = Stop(((540, 720),), 28, 35)
    assert can_be_timed(many_calls(45, morning))
    assert not can_be_timed(many_calls(46, morning))
    assert can_be_timed(many_calls(46))
    assert not can_be_timed(many_calls(47))


@st.composite
def tours(draw: st.DrawFn) -> tuple[Frame, list[list[int]], dict[int, WindowedStop]]:
    frame, count = draw(frames()), draw(st.integers(1, 4))
    legs = [[draw(st.integers(0, 9)) for _ in range(count + 1)] for _ in range(count + 1)]
    places = {n: WindowedStop(_in(frame.work, draw(SPAN)), 4) for n in range(1, count + 1)}
    return frame, legs, places


@given(tours())
def test_the_tour_is_the_shortest_that_the_clock_allows(
    asked: tuple[Frame, list[list[int]], dict[int, WindowedStop]],
) -> None:
    frame, legs, places = asked
    lengths = [
        sum(stop.drive for stop in stops_of(legs, order, places)) + legs[order[-1]][0]
        for order in permutations(places)
        if is_possible(frame, legs, order, places)
    ]
    found = shortest_by_clock(frame, legs, places)
    assert (found is None) == (not lengths)
    if found:
        assert is_possible(frame, legs, found, places)
        drives = sum(stop.drive for stop in stops_of(legs, found, places))
        assert drives + legs[found[-1]][0] == min(lengths)


def parts(day: UntimedDay) -> list[tuple[EntryKind, int, int]]:
    return [(entry.kind, entry.start, entry.end) for entry in timetable(day) or ()]


def test_the_rep_leaves_home_just_in_time_and_calls_before_it() -> None:
    day = UntimedDay(OFFICE, (Stop(((600, 720),), 55, 25),), 25, (Calls(OFFICE.work, 16, 2),))
    assert parts(day) == [
        (EntryKind.CALL, 480, 496),
        (EntryKind.CALL, 496, 512),
        (EntryKind.DRIVE, 575, 600),
        (EntryKind.VISIT, 600, 655),
        (EntryKind.HOME, 655, 680),
        (EntryKind.LUNCH, 720, 750),
    ]


def test_calls_stand_between_two_visits_where_one_has_to_wait() -> None:
    stops = (Stop(((480, 600),), 55, 10), Stop(((720, 800),), 55, 10))
    calls = (Calls(((540, 900),), 16, 3),)
    found = parts(UntimedDay(Frame(OFFICE.work, OFFICE.road, 0), stops, 10, calls))
    kinds = [kind for kind, _, _ in found]
    assert kinds == [
        EntryKind.DRIVE,
        EntryKind.VISIT,
        *[EntryKind.CALL] * 3,
        EntryKind.DRIVE,
        EntryKind.VISIT,
        EntryKind.HOME,
    ]


def test_calls_with_other_hours_stay_one_block_where_that_can_be() -> None:
    early, late = Calls(((480, 600),), 16, 2), Calls(((560, 700),), 16, 2)
    spans = [
        span
        for kind, *span in parts(UntimedDay(OFFICE, (), 0, (early, late)))
        if kind is EntryKind.CALL
    ]
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]


def test_writing_is_done_at_home() -> None:
    stops = (Stop(OFFICE.work, 55, 60), Stop(((840, 1000),), 55, 60))
    kinds = [kind for kind, _, _ in parts(UntimedDay(OFFICE, stops, 60, (), 90))]
    assert kinds.index(EntryKind.SITTING) < kinds.index(EntryKind.DRIVE)


def test_a_drive_may_cross_a_break_but_no_busy_time() -> None:
    stop = Stop(((25, 60),), 10, 12)
    assert driven(BROKEN, (stop,), 10, 15) == 47
    assert driven(Frame(BROKEN.work, ((0, 20), (24, 60)), 0), (stop,), 10, 15) == 56


def test_who_is_open_is_called_where_the_rep_waits_between_two_visits() -> None:
    early, late = Stop(((540, 600),), 55, 20), Stop(((660, 720),), 55, 20)
    for count in (1, 2):
        found = parts(
            UntimedDay(OFFICE, (early, late), 20, (Calls(((540, 720), (780, 1020)), 16, count),))
        )
        calls = [(start, end) for kind, start, end in found if kind is EntryKind.CALL]
        assert len(calls) == count
        assert all(start >= 595 and end <= 660 for start, end in calls)


def test_a_tour_begins_so_late_that_nobody_waits_between_two_visits() -> None:
    any_time, late = Stop(OFFICE.work, 55, 20), Stop(((900, 1020),), 55, 20)
    assert parts(UntimedDay(OFFICE, (any_time, late), 20)) == [
        (EntryKind.LUNCH, 720, 750),
        (EntryKind.DRIVE, 805, 825),
        (EntryKind.VISIT, 825, 880),
        (EntryKind.DRIVE, 880, 900),
        (EntryKind.VISIT, 900, 955),
        (EntryKind.HOME, 955, 975),
    ]


def test_a_break_is_kept_in_one_block_and_lunch_comes_at_noon() -> None:
    day = UntimedDay(OFFICE, calls=(Calls(((540, 720), (780, 1020)), 16, 11),), sitting=45)
    assert [(kind, start) for kind, start, _ in parts(day)] == [
        (EntryKind.SITTING, 480),
        *((EntryKind.CALL, 540 + 16 * number) for number in range(6)),
        *((EntryKind.CALL, 651 + 16 * number) for number in range(4)),
        (EntryKind.LUNCH, 720),
        (EntryKind.CALL, 780),
    ]


def price(day: UntimedDay, entries: Sequence[TimedEntry]) -> int:
    """What a row of things done costs, in plain words: the less the better."""
    called = [(entry.start, entry.end) for entry in entries if entry.kind is EntryKind.CALL]
    found = 20 * sum(later[0] - sooner[1] > BREAK for sooner, later in pairwise(called))
    tour = [e for e in entries if e.kind in (EntryKind.DRIVE, EntryKind.VISIT, EntryKind.HOME)]
    leaves, back = (tour[0].start, tour[-1].end) if tour else (0, 0)
    on_the_road = [e for e in entries if leaves <= e.start and e.end <= back]
    for entry in entries:
        if entry.kind is EntryKind.LUNCH:
            found += 2 * max(25 - entry.start, entry.start - 30, 0)
        if entry.kind is EntryKind.SITTING:
            found += off_the_hour(entry.start, day.frame.writing)
            found += 45 if tour and leaves < entry.start < back else 0
    waiting = back - leaves - sum(entry.end - entry.start for entry in on_the_road)
    work = entries[:-1] if entries[-1].kind is EntryKind.LUNCH else entries
    return found + back - leaves + waiting + max((entry.end for entry in work), default=0)


@few(60)
@given(day=days())
def test_around_what_is_met_the_rest_is_laid_out_as_well_as_it_was_planned(day: UntimedDay) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("campaign.timetable.labelling.NOON", (25, 30))
        planned = best(day)
        if not planned:
            return
        met = [entry for entry in planned if entry.kind is EntryKind.VISIT]
        calls = [entry for entry in planned if entry.kind is EntryKind.CALL]
        called = [(entry.start, entry.end) for entry in calls]
        frame = evolve(
            day.frame,
            work=without(day.frame.work, called),
            road=without(day.frame.road, called),
        )
        stops = tuple(
            evolve(stop, spans=((entry.start, entry.end),))
            for stop, entry in zip(day.stops, met, strict=True)
        )
        until = max((end for _, end in called), default=0)
        around = best(evolve(day, frame=frame, stops=stops, calls=(), until=until))
    assert around is not None
    assert price(day, sorted([*around, *calls])) <= price(day, planned)

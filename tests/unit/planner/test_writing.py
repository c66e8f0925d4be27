"""The sitting stands at the hour at which the rep likes to write, where it can."""

import pytest
from attrs import evolve

from campaign.model.frames import Frame
from campaign.timetable.day import Calls, EntryKind, Stop, UntimedDay
from campaign.timetable.labelling import best

WORK = ((480, 1020),)
FRAME = Frame(WORK, WORK, 30)


def sitting(day: UntimedDay) -> int:
    entries = best(day) or ()
    return next(entry.start for entry in entries if entry.kind is EntryKind.SITTING)


@pytest.mark.parametrize("wanted", [8 * 60, 10 * 60, 14 * 60, 16 * 60])
def test_the_sitting_starts_at_the_hour_that_is_wanted(wanted: int) -> None:
    frame = evolve(FRAME, writing=wanted)
    assert sitting(UntimedDay(frame, calls=(Calls(WORK, 16, 3),), sitting=45)) == wanted


def test_without_an_hour_it_stands_where_the_day_is_done_soonest() -> None:
    assert sitting(UntimedDay(FRAME, calls=(Calls(WORK, 16, 3),), sitting=45)) == 528


def test_a_visit_that_can_wait_leaves_the_hour_free() -> None:
    stop = Stop(WORK, 55, 20)
    assert sitting(UntimedDay(evolve(FRAME, writing=480), (stop,), 20, sitting=60)) == 480


def test_a_visit_that_cannot_wait_goes_first() -> None:
    stop = Stop(((480, 560),), 55, 20)
    assert sitting(UntimedDay(evolve(FRAME, writing=480), (stop,), 20, sitting=60)) == 575


def test_the_sitting_ends_with_the_day() -> None:
    day = UntimedDay(evolve(FRAME, writing=1000), sitting=60)
    assert sitting(day) == 960

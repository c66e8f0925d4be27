"""The times of all touches of a plan: each day's timetable, read back to its rows."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from campaign.model.frames import Span
from campaign.planner.problem import Problem
from campaign.planner.timetable.timing import Alike, Load
from campaign.planner.work import Placed
from campaign.planner.worth import Standing
from campaign.timetable.day import Entry, Kind
from campaign.timetable.possible import best

Times = Mapping[Placed, Span]


def times_of(standing: Standing) -> Times:
    """When each visit and each call starts and ends, in minutes after midnight.

    What is written has no time, and a day that cannot be timed has none.
    """
    by_position: dict[int, list[Placed]] = {}
    for placement in standing.placements:
        for placed in placement:
            by_position.setdefault(placed.position, []).append(placed)
    return {
        placed: times
        for position, there in sorted(by_position.items())
        for placed, times in _times(standing, position, sorted(there, key=lambda row: row.job))
    }


def _times(
    standing: Standing, position: int, there: list[Placed]
) -> Iterator[tuple[Placed, tuple[int, int]]]:
    problem, load = standing.problem, standing.ledger.load(position)
    day = problem.timing.day(position, load) if load.stops or load.calls else None
    entries = best(day) if day else None
    if not entries:
        return
    visits, calls = _visits(entries), _calls(entries, load)
    order = standing.ledger.tours[position]
    heard = {problem.works[problem.jobs[placed.job].account].opening for placed in there}
    heard &= {placed.job for placed in there}
    # Of alike calls those come last that follow the hearing of a grievance on the same day.
    for placed in sorted(there, key=lambda row: _follows(problem, row, heard)):
        job = problem.jobs[placed.job]
        way = job.ways[placed.way]
        if way.travels:
            yield placed, visits[order.index(job.account + 1)]
        elif way.is_call:
            yield placed, next(calls[way.hours, way.minutes])


def _follows(problem: Problem, placed: Placed, heard: AbstractSet[int]) -> bool:
    """Whether something stands on the day on which the grievance of its account is heard."""
    return (
        placed.job not in heard and problem.works[problem.jobs[placed.job].account].opening in heard
    )


def _visits(entries: Sequence[Entry]) -> dict[int, Span]:
    """The time of each visit by its place in the tour, from 0."""
    return {e.number: (e.start, e.end) for e in entries if e.kind is Kind.VISIT}


def _calls(entries: Sequence[Entry], load: Load) -> dict[Alike, Iterator[Span]]:
    """The times of alike calls, one after the other."""
    calls = [entry for entry in entries if entry.kind is Kind.CALL]
    return {
        alike: iter([(call.start, call.end) for call in calls if call.number == number])
        for number, alike in enumerate(sorted(load.calls))
    }

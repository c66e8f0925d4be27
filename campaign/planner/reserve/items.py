"""The promises and openings that stand in the first week, or may: what is known of each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum, auto

import numpy as np
from attrs import evolve, field, frozen

from campaign.planner.due_days import can_open, day_alone, is_overdue, promise_days, talks
from campaign.planner.horizon import Mask
from campaign.planner.ledger import Ledger, Placed
from campaign.planner.problem import Problem
from campaign.planner.work import Job, Way, Work


class Waits(Enum):
    """Whether something may stand after the week: never, if the week is full, or as it likes."""

    NEVER = auto()
    IF_FULL = auto()
    FREELY = auto()


@frozen
class Item:
    """A promise or an opening, and the ways by which it may stand in the week.

    `opens` says that it is an opening, by a visit wherever that is possible.
    """

    work: Work = field(repr=False)
    job: Job = field(repr=False)
    visit: Way | None
    other: Way | None
    waits: Waits = Waits.NEVER
    opens: bool = False


Kind = tuple[Item, ...]
"""Items that are the same in everything that counts here."""


def items_of(problem: Problem, first: Mask) -> list[Item]:
    """All openings, then all promises, that may stand on the days of the first week."""
    return [*_openings(problem, first), *_promises(problem, first)]


def kinds_of(problem: Problem, items: Sequence[Item]) -> list[Kind]:
    """The items by kind; where places differ, or an account has two, each by itself."""
    accounts = Counter(item.work.account for item in items)
    found: dict[object, list[Item]] = {}
    for item in items:
        is_alike = problem.roads.is_uniform and accounts[item.work.account] == 1
        ways = [
            way and (way.minutes, way.hours, way.channel, way.open.tobytes())
            for way in (item.visit, item.other)
        ]
        key = (item.opens, item.waits, *ways) if is_alike else item.job.index
        found.setdefault(key, []).append(item)
    return [tuple(kind) for kind in found.values()]


def _openings(problem: Problem, first: Mask) -> Iterator[Item]:
    """The openings that may stand in the first week; those with other days may wait."""
    empty = Ledger(problem)
    for work in problem.works:
        if work.opening >= 0 and can_open(problem, empty, work):
            job, until = problem.jobs[work.opening], _first_promise(problem, empty, work)
            ways = [
                evolve(way, open=way.open & until)
                for way in job.ways
                if talks(problem, way) and (way.open & until).any()
            ]
            days = np.logical_or.reduce([way.open for way in ways]) if ways else ~first
            waits = Waits.FREELY if (days & ~first).any() else Waits.NEVER
            if (days & first).any():
                yield Item(work, job, *_by_kind(ways, first), waits, opens=True)


def _first_promise(problem: Problem, empty: Ledger, work: Work) -> Mask:
    """The positions on which the opening is not too late for a promise that waits for it."""
    days = np.ones(problem.horizon.size, dtype=bool)
    for number in set(work.promises) - set(work.recoveries):
        if day_alone(problem, empty, number):
            days[max(placed.position for placed in promise_days(problem, number)) + 1 :] = False
    return days


def _promises(problem: Problem, first: Mask) -> Iterator[Item]:
    """The promises that stand in the first week if nothing else is in their way.

    Those of later days may come to stand there as well where their own day may be full.
    """
    alone = _days_alone(problem)
    displaced = _displaced(problem, alone, first)
    for work in problem.works:
        for number in work.promises:
            if number in alone and (first[alone[number].position] or number in displaced):
                job = problem.jobs[number]
                waits = Waits.FREELY if number in displaced else _waits(problem, work, number)
                yield Item(work, job, *_by_kind(_in_time(problem, number), first), waits)


def _in_time(problem: Problem, number: int) -> list[Way]:
    """The ways of a promise, open only on days on which it is kept."""
    days = np.zeros(problem.horizon.size, dtype=bool)
    days[[placed.position for placed in promise_days(problem, number)]] = True
    return [evolve(way, open=way.open & days) for way in problem.jobs[number].ways]


def _waits(problem: Problem, work: Work, number: int) -> Waits:
    """Whether a promise may wait: one of before does until its account is opened, or has room."""
    if not is_overdue(problem, number):
        return Waits.NEVER
    return Waits.IF_FULL if work.opening < 0 else Waits.FREELY


def _days_alone(problem: Problem) -> dict[int, Placed]:
    """By promise, where it would stand if it were the only one."""
    empty = Ledger(problem)
    found = {
        number: day_alone(problem, empty, number)
        for work in problem.works
        for number in work.promises
    }
    return {number: placed for number, placed in found.items() if placed is not None}


def _displaced(problem: Problem, alone: dict[int, Placed], first: Mask) -> set[int]:
    """Promises of after the first week that may have to stand on an earlier day than their own.

    None has to whose day, as every later one, holds all promises of its own together with all
    openings, and all promises of before, that may stand there.
    """
    ledger = Ledger(problem)
    for work in problem.works:
        overdue = [n for n in work.promises if is_overdue(problem, n)]
        for number in (*overdue, work.opening):
            for way in problem.jobs[number].ways if number >= 0 else ():
                for position in (way.open & ~first).nonzero()[0].tolist():
                    ledger.enter(work.account, way, position)
    dated = {
        number: placed
        for number, placed in alone.items()
        if not first[placed.position] and not is_overdue(problem, number)
    }
    for number, placed in dated.items():
        job = problem.jobs[number]
        ledger.enter(job.account, job.ways[placed.way], placed.position)
    positions = sorted({placed.position for placed in dated.values()}, reverse=True)
    last = next((each for each in positions if not _holds(problem, ledger, each)), 0)
    return {number for number, placed in dated.items() if placed.position <= last}


def _holds(problem: Problem, ledger: Ledger, position: int) -> bool:
    """Whether a day and its week hold all that is entered."""
    rooms = ledger.day_room[:, position], ledger.week_room[:, problem.horizon.week[position]]
    if ledger.free()[position] < 0 or any((room < 0).any() for room in rooms):
        return False
    return problem.timing.holds(position, ledger.load(position))


def has_one_way_each(problem: Problem, first: Mask) -> bool:
    """Whether nothing owed may be a visit in two ways, or another touch in two, in that week."""
    for work in problem.works:
        for number in (*work.promises, work.opening):
            ways = problem.jobs[number].ways if number >= 0 else ()
            if number == work.opening:
                ways = tuple(way for way in ways if talks(problem, way))
            travels = [way.travels for way in ways if (way.open & first).any()]
            if len(travels) > len(set(travels)):
                return False
    return True


def _by_kind(ways: Sequence[Way], first: Mask) -> tuple[Way | None, Way | None]:
    """The visit among some ways, and the shortest of the others."""
    opened = sorted((w for w in ways if (w.open & first).any()), key=lambda way: way.minutes)
    visit = next((way for way in opened if way.travels), None)
    return visit, next((way for way in opened if not way.travels), None)

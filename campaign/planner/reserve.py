"""What promises and openings take of the first week in every plan that keeps them.

A promise due in that week stands in it, unless it is overdue and the week is full. A
grievance is opened there by a visit, or by a call if no visit fits any more (R8): so a call
tells that the week is full, or that something stands on each of its days that would hold the
visit alone. Who is visited then, and how little that may take, is a small integer programme;
what CP-SAT proves of it is what nobody else can have.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property

import numpy as np
from attrs import field, frozen
from ortools.sat.python import cp_model

from campaign.planner.cpsat import least, weighted
from campaign.planner.duties import promise_days
from campaign.planner.horizon import Mask
from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem
from campaign.planner.ranges import Values
from campaign.planner.roads import HOME
from campaign.planner.timetable.timing import Load
from campaign.planner.work import Job, Way, Work
from campaign.rules.facts import CALL

WORK = 2.0
"""CP-SAT's deterministic time."""
TWO = 2
MOST_KINDS = 24
"""Beyond so many promises and openings, alike ones apart, it takes long and proves little."""

Kind = tuple["Item", ...]
"""Items that are the same in everything that counts here."""
Variables = dict[tuple[int, int], cp_model.IntVar]
"""How many of a kind, by kind and position."""
Terms = cp_model.LinearExpr


@frozen
class Reserve:
    """Minutes by week that certain jobs take at the least, `paid` so once and for all.

    On `driven` positions the drives of all others are paid with them, and whatever else
    is done there at the accounts that are `met`.
    """

    minutes: Values = field(eq=False)
    driven: Mask = field(eq=False)
    met: Mask = field(eq=False)
    paid: frozenset[int] = frozenset()

    @classmethod
    def none(cls, problem: Problem) -> "Reserve":
        """Nothing is known."""
        horizon, accounts = problem.horizon, len(problem.works)
        return cls(
            np.zeros(len(horizon.week_capacity)),
            np.zeros(horizon.size, dtype=bool),
            np.zeros(accounts, dtype=bool),
        )


@frozen
class Item:
    """A promise or an opening of the first week, and the ways by which it may stand there.

    `opens` says that it is an opening, `overdue` that it is a promise of before.
    """

    work: Work = field(repr=False)
    job: Job = field(repr=False)
    visit: Way | None
    other: Way | None
    opens: bool = False
    overdue: bool = False


def reserve_of(problem: Problem) -> Reserve:
    """The least that what is owed takes of the first week; nothing where nobody can tell.

    It holds for plans in which every promise and every opening stands that can stand at all.
    """
    none, week = Reserve.none(problem), problem.horizon.week
    first = np.asarray((week == week[1]) & problem.horizon.works)
    if not _can_tell(problem, first):
        return none
    items = [*_openings(problem, first), *_promises(problem, first)]
    kinds = _kinds(problem, items)
    if not any(item.opens for item in items) or len(kinds) > MOST_KINDS:
        return none
    minutes = none.minutes.copy()
    minutes[week[1]] = _FirstWeek(problem, kinds, first).least()
    met = none.met.copy()
    met[[item.work.account for item in items]] = True
    return Reserve(minutes, first, met, frozenset(item.job.index for item in items))


def _can_tell(problem: Problem, first: Mask) -> bool:
    """Whether tours of the first week go from home and back, and no stop more shortens one."""
    if problem.resumed is not None or problem.territory.travel.overnight or problem.roads.nights:
        return False
    if any(problem.timing.own_stops(position) for position in first.nonzero()[0].tolist()):
        return False
    return problem.roads.is_metric or problem.roads.is_uniform


def _openings(problem: Problem, first: Mask) -> Iterator[Item]:
    """The openings that can stand in the first week only."""
    for work in problem.works:
        if work.opening >= 0:
            job = problem.jobs[work.opening]
            talks = [way for way in job.ways if problem.channels[way.channel] in ("visit", CALL)]
            days = np.logical_or.reduce([way.open for way in talks]) if talks else ~first
            if days.any() and not (days & ~first).any():
                yield Item(work, job, *_by_kind(talks, first), opens=True)


def _promises(problem: Problem, first: Mask) -> Iterator[Item]:
    """The promises that stand in the first week if nothing else is in their way."""
    empty = Ledger(problem)
    for work in problem.works:
        for number in work.promises:
            job, days = problem.jobs[number], promise_days(problem, number)
            alone = (p for p in days if empty.fits(work.account, job.ways[p.way], p.position))
            best = next(alone, None)
            if best is not None and first[best.position]:
                promise = problem.owed(number).promise
                overdue = promise is not None and promise.due < problem.today
                yield Item(work, job, *_by_kind(job.ways, first), overdue=overdue)


def _by_kind(ways: Sequence[Way], first: Mask) -> tuple[Way | None, Way | None]:
    """The visit among some ways, and the shortest of the others."""
    opened = sorted((w for w in ways if (w.open & first).any()), key=lambda way: way.minutes)
    visit = next((way for way in opened if way.travels), None)
    return visit, next((way for way in opened if not way.travels), None)


def _kinds(problem: Problem, items: Sequence[Item]) -> list[Kind]:
    """The items by kind; where places differ, or an account has two, each by itself."""
    accounts = Counter(item.work.account for item in items)
    found: dict[object, list[Item]] = {}
    for item in items:
        is_alike = problem.roads.is_uniform and accounts[item.work.account] == 1
        ways = [
            way and (way.minutes, way.hours, way.channel, way.open.tobytes())
            for way in (item.visit, item.other)
        ]
        key = (item.opens, item.overdue, *ways) if is_alike else item.job.index
        found.setdefault(key, []).append(item)
    return [tuple(kind) for kind in found.values()]


class _FirstWeek:
    """The integer programme: who is visited on which day, who is not, and why not.

    A visit costs at the most its own way there and back. It costs at the least half of each
    leg to a neighbour in the tour, and the whole of a leg to or from home; where all places
    are equally far, the leg there, and each day with a visit one way home.
    """

    def __init__(self, problem: Problem, kinds: Sequence[Kind], first: Mask) -> None:
        self._problem = problem
        self._kinds = kinds
        self._items = [kind[0] for kind in kinds]
        self._counts = [len(kind) for kind in kinds]
        self._positions = [int(position) for position in first.nonzero()[0]]
        self._empty = Ledger(problem)
        self._week = int(self._empty.week_free[problem.horizon.week[1]])
        self._cp = cp_model.CpModel()
        self._visits = self._variables(lambda item: item.visit)
        self._others = self._variables(lambda item: item.other)
        self._away = {
            n: self._cp.new_int_var(0, self._counts[n], "")
            for n, item in enumerate(self._items)
            if item.overdue
        }
        self._stand_once()
        self._stay_within_days()
        self._used = self._total(self._alone)
        for number, item in enumerate(self._items):
            self._only_if_full(number, item)

    def least(self) -> int:
        """The minutes that all of them take at the least."""
        return least(self._cp, self._total(self._least) + self._ways_home(), WORK)

    def _ways_home(self) -> Terms:
        """The ways home of days with a visit, where all places are equally far."""
        legs, terms = self._problem.roads.legs, list[tuple[cp_model.IntVar, int]]()
        for position in self._positions if self._problem.roads.is_uniform else ():
            driven = self._cp.new_bool_var("")
            for (_, day), visits in self._visits.items():
                if day == position:
                    self._cp.add(visits == 0).only_enforce_if(driven.negated())
            terms.append((driven, int(legs[-1, HOME])))
        return weighted(terms)

    def _variables(self, way_of: Callable[[Item], Way | None]) -> Variables:
        """One for each kind and day, where the day would hold one alone."""
        return {
            (number, position): self._cp.new_int_var(0, self._counts[number], "")
            for number, item in enumerate(self._items)
            if (way := way_of(item)) is not None
            for position in self._positions
            if self._empty.fits(item.work.account, way, position)
        }

    def _total(self, minutes: Callable[[int], int], day: int | None = None) -> Terms:
        """What all of them take, of one day or of the week, a visit so many minutes."""
        visits = ((key, variable, minutes(key[0])) for key, variable in self._visits.items())
        others = (
            (key, variable, _minutes(self._items[key[0]].other))
            for key, variable in self._others.items()
        )
        return weighted([(v, n) for key, v, n in (*visits, *others) if day in (None, key[1])])

    @cache  # noqa: B019 (lives as long as its one question)
    def _alone(self, number: int) -> int:
        """The minutes of a visit with the way there and back."""
        item, legs = self._items[number], self._problem.roads.legs
        stop = item.work.account + 1
        return _minutes(item.visit) + int(legs[HOME, stop] + legs[stop, HOME])

    @cache  # noqa: B019 (as above)
    def _least(self, number: int) -> int:
        """The minutes of a visit with what is surely its part of the tour."""
        item, legs = self._items[number], self._problem.roads.legs
        stop = item.work.account + 1
        if any(other.opens and other.work is item.work for other in self._items[:number]):
            return 0
        if self._problem.roads.is_uniform:
            return _minutes(item.visit) + int(legs[HOME, stop])
        near = self._neighbours(number)
        there = np.array([legs[HOME, stop], *(legs[near, stop] / 2)], dtype=float)
        back = np.array([legs[stop, HOME], *(legs[stop, near] / 2)], dtype=float)
        both = there[:, None] + back[None, :]
        np.fill_diagonal(both[1:, 1:], np.inf)
        return _minutes(item.visit) + int(both.min())

    def _neighbours(self, number: int) -> list[int]:
        """The places of those that may be visited in the same tour."""
        account = self._items[number].work.account
        others = {
            other.work.account + 1: _minutes(other.visit)
            for other in self._items
            if other.visit is not None and other.work.account != account
        }
        shortest, mine = self._problem.roads.shortest, _minutes(self._items[number].visit)
        most = int(self._empty.day_free[self._positions].max())
        return [
            stop
            for stop, minutes in others.items()
            if shortest((account + 1, stop))[0] + mine + minutes <= most
        ]

    def _stand_once(self) -> None:
        """Each is visited on a day, or stands by another way, or waits."""
        for number, count in enumerate(self._counts):
            standing = [v for v, _ in self._of(number, self._visits, self._others)]
            waiting = [self._away[number]] if number in self._away else []
            self._cp.add(sum([*standing, *waiting]) == count)

    def _of(self, number: int, *found: Variables) -> Iterator[tuple[cp_model.IntVar, int]]:
        """The variables of one kind with their days."""
        for variables in found:
            for (other, position), variable in variables.items():
                if other == number:
                    yield variable, position

    def _stay_within_days(self) -> None:
        for position in self._positions:
            self._cp.add(self._total(self._least, position) <= int(self._empty.free()[position]))

    def _only_if_full(self, number: int, item: Item) -> None:
        """Let a call open, and an overdue promise wait, only where nothing else can be."""
        if item.opens and item.visit and item.other and not item.work.promises:
            for called, _ in self._of(number, self._others):
                self._blocked(number, item.visit, called, item.other.minutes)
        for way in filter(None, (item.visit, item.other)) if item.overdue else ():
            self._blocked(number, way, self._away[number], 0)

    def _blocked(self, number: int, way: Way, count: cp_model.IntVar, now: int) -> None:
        """The week does not hold one in the place of what it takes `now`, or no day does."""
        here, full = self._cp.new_bool_var(""), self._cp.new_bool_var("")
        self._cp.add(count == 0).only_enforce_if(here.negated())
        more = self._alone(number) if way.travels else way.minutes
        beyond = self._used + self._slack + more - now >= self._week + 1
        self._cp.add(beyond).only_enforce_if(here, full)
        for position in self._positions:
            if self._empty.fits(self._items[number].work.account, way, position):
                self._blocked_on(number, way, position, [here, full.negated()])

    def _blocked_on(
        self, number: int, way: Way, position: int, here: Sequence[cp_model.LiteralT]
    ) -> None:
        """The day has no minutes, or a visit by which it may not be timed, or two visits."""
        if not self._is_timed(number, way, position):
            return
        crowded = self._cp.new_bool_var("")
        more = self._alone(number) if way.travels else way.minutes
        beyond = (
            self._total(self._alone, position) + more >= int(self._empty.day_free[position]) + 1
        )
        self._cp.add(beyond).only_enforce_if(*here, crowded.negated())
        others = [
            (variable, 1 if self._is_timed(number, way, position, other) else TWO)
            for (other, day), variable in self._visits.items()
            if day == position and (other != number or self._counts[number] > 1)
        ]
        self._cp.add(weighted(others) >= TWO).only_enforce_if(*here, crowded)

    def _is_timed(self, number: int, way: Way, position: int, beside: int | None = None) -> bool:
        """Whether a day is timed with it, beside a visit and all that need none."""
        load = Load({}, {}, 0)
        for item, count in zip(self._items, self._counts, strict=True):
            if item.other is not None and item.other.open[position]:
                _add(load, item, item.other, count)
        if beside is not None:
            last = self._kinds[beside][-1]
            _add(load, last, last.visit)
        _add(load, self._items[number], way)
        return self._problem.timing.holds(position, load)

    @cached_property
    def _slack(self) -> int:
        """The minutes of openings that may stand in the week or later, at most."""
        problem = self._problem
        inside = {item.job.index for kind in self._kinds for item in kind}
        legs, total = problem.roads.legs, 0
        for work in problem.works:
            if work.opening < 0 or work.opening in inside:
                continue
            ways = [w for w in problem.jobs[work.opening].ways if w.open[self._positions].any()]
            stop = work.account + 1
            there = int(legs[HOME, stop] + legs[stop, HOME])
            total += max((w.minutes + (there if w.travels else 0) for w in ways), default=0)
        return total


def _minutes(way: Way | None) -> int:
    return way.minutes if way is not None else 0


def _add(load: Load, item: Item, way: Way | None, count: int = 1) -> None:
    if way is None:
        return
    if way.travels:
        load.stops[item.work.account + 1] = way.minutes
    elif way.is_call:
        alike = way.hours, way.minutes
        load.calls[alike] = load.calls.get(alike, 0) + count
    else:
        load.sitting += count * way.minutes

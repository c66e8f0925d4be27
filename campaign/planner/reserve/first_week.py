"""The least minutes that promises and openings take of a week: a small integer programme.

Who is visited on which day, who is called or written to, who waits; and why nobody is called
or waits without need: the week must be full, or each of its days, be it of minutes, of
touches by that channel, or by the clock.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from ortools.sat.python import cp_model

from campaign.planner.cpsat import least, weighted
from campaign.planner.horizon import Mask
from campaign.planner.ledger import Ledger
from campaign.planner.problem import NO_LIMIT, Problem
from campaign.planner.reserve.crowding import Crowding, has_hours
from campaign.planner.reserve.drives import Drives, minutes_of
from campaign.planner.reserve.items import Item, Kind, Waits
from campaign.planner.work import Way

WORK = 0.1
"""CP-SAT's deterministic time for each promise and opening."""

Variables = dict[tuple[int, int], cp_model.IntVar]
"""How many of a kind, by kind and position."""
Some = tuple[int, cp_model.IntVar, int]
"""How many of a kind stand on a day, and the half minutes that one takes at the least."""
Terms = cp_model.LinearExpr
Condition = cp_model.BoundedLinearExpression | bool


class FirstWeek:
    """The integer programme over the kinds of items.

    At most so many may be `missing`: neither stand nor wait.
    """

    def __init__(self, problem: Problem, kinds: Sequence[Kind], days: Mask, missing: int) -> None:
        self._problem = problem
        self._kinds = kinds
        self._items = [kind[0] for kind in kinds]
        self._accounts = Counter(item.work.account for kind in kinds for item in kind)
        self._positions = [int(position) for position in days.nonzero()[0]]
        self._week = int(problem.horizon.week[self._positions[0]])
        self._empty = Ledger(problem)
        most = int(self._empty.day_free[self._positions].max())
        self._drives = Drives(problem, self._items, most)
        self._cp = cp_model.CpModel()
        self._visits = self._variables(lambda item: item.visit)
        self._others = self._variables(lambda item: item.other)
        self._away = {
            number: self._cp.new_int_var(0, len(kind), "")
            for number, kind in enumerate(kinds)
            if kind[0].waits is not Waits.NEVER
        }
        self._missing = [self._cp.new_int_var(0, min(missing, len(kind)), "") for kind in kinds]
        self._cp.add(_sum(self._missing) <= missing)
        self._driven = {
            position: self._is_any(variable for _, variable in self._on(position, self._visits))
            for position in self._positions
        }
        self._used = {position: self._minutes_used(position) for position in self._positions}
        self._stand_once()
        self._order_alike_days()
        for number, item in enumerate(self._items):
            self._only_if_full(number, item)

    @property
    def _work(self) -> float:
        return WORK * sum(self._accounts.values())

    def fewest_missing(self) -> int:
        """How many do not stand at all, at the least."""
        return least(self._cp, _sum(self._missing), self._work)

    def least(self) -> int:
        """The minutes that all take at the least, but for touches that wait as they like."""
        free = [
            (variable, -minutes_of(way))
            for number, item in enumerate(self._items)
            if item.waits is Waits.FREELY
            for way, variables in ((item.visit, self._visits), (item.other, self._others))
            for variable in self._of(number, variables)
        ]
        return least(self._cp, _sum(self._used.values()) + weighted(free), self._work)

    def _variables(self, way_of: Callable[[Item], Way | None]) -> Variables:
        """One for each kind and day, where the day would hold one alone."""
        return {
            (number, position): self._cp.new_int_var(0, len(self._kinds[number]), "")
            for number, item in enumerate(self._items)
            if (way := way_of(item)) is not None
            for position in self._positions
            if self._empty.fits(item.work.account, way, position)
        }

    def _of(self, number: int, *found: Variables) -> Iterator[cp_model.IntVar]:
        """The variables of one kind."""
        for variables in found:
            yield from (variable for (n, _), variable in variables.items() if n == number)

    def _on(self, position: int, variables: Variables) -> Iterator[tuple[int, cp_model.IntVar]]:
        """The kinds that may stand on a day, each with its variable."""
        return ((n, variable) for (n, day), variable in variables.items() if day == position)

    def _stand_once(self) -> None:
        """Each is visited, stands by another way, waits, or is missing; the week holds all."""
        for number, kind in enumerate(self._kinds):
            waiting = [self._away[number]] if number in self._away else []
            waiting.append(self._missing[number])
            standing = self._of(number, self._visits, self._others)
            self._cp.add(_sum([*standing, *waiting]) == len(kind))
        self._cp.add(_sum(self._used.values()) <= int(self._empty.week_free[self._week]))
        for position in self._positions:
            only = [n for n in self._bound_on(position) if self._is_only(n)]
            visits = _sum(self._visits[number, position] for number in only)
            self._cp.add(visits <= self._crowding[position].most_visits)

    def _order_alike_days(self) -> None:
        """Of days that hold the same the first is the longest: which is which is all the same."""
        last: dict[object, cp_model.IntVar] = {}
        for position in self._positions:
            crowding, free = self._crowding[position], int(self._empty.free()[position])
            minutes = int(self._empty.day_free[position])
            kinds = (
                tuple(n for n, _ in self._on(position, v)) for v in (self._visits, self._others)
            )
            key = free, minutes, *kinds, crowding.sure
            if key in last:
                self._cp.add(last[key] >= self._used[position])
            last[key] = self._used[position]

    def _bound_on(self, position: int) -> list[int]:
        """The kinds of those who have hours that may be visited on a day."""
        return [n for n, _ in self._on(position, self._visits) if has_hours(self._items[n].visit)]

    def _is_only(self, number: int) -> bool:
        """Whether nothing else of its account is looked at."""
        return self._accounts[self._items[number].work.account] == 1

    def _is_any(self, counts: Iterable[cp_model.IntVar]) -> cp_model.IntVar:
        """Whether any of some numbers is above 0."""
        total = _sum(counts)
        found = self._only_where(total >= 1)
        self._cp.add(total == 0).only_enforce_if(found.negated())
        return found

    def _only_where(self, condition: Condition) -> cp_model.IntVar:
        """Something that may only be true where a condition holds."""
        found = self._cp.new_bool_var("")
        self._cp.add(condition).only_enforce_if(found)
        return found

    def _minutes_used(self, position: int) -> cp_model.IntVar:
        """The minutes of a day: what its tour may take, and what calls and letters take."""
        used = self._cp.new_int_var(0, max(0, int(self._empty.free()[position])), "")
        rest = [(v, minutes_of(self._items[n].other)) for n, v in self._on(position, self._others)]
        visits, driven = list(self._on(position, self._visits)), self._driven[position]
        most = [*rest, *((v, self._drives.most(n)) for n, v in visits)]
        self._cp.add(used <= weighted([*most, (driven, self._drives.way_home)]))
        twice = [(variable, 2 * minutes) for variable, minutes in rest]
        for part in self._drives.bounds([n for n, _ in visits]):
            shares = [(variable, part.visits[n]) for n, variable in visits]
            self._cp.add(2 * used >= weighted([*twice, *shares, (driven, part.any)]))
        return used

    def _only_if_full(self, number: int, item: Item) -> None:
        """Let a call open, and an overdue promise wait, only where nothing better can be.

        An account's own promise may keep a visit from opening it, so that a call proves nothing.
        """
        if item.opens and item.visit and item.other and self._is_only(number):
            called = self._is_any(self._of(number, self._others))
            self._only_if_blocked(called, number, item.visit, item.other.minutes)
        for way in filter(None, (item.visit, item.other)) if item.waits is Waits.IF_FULL else ():
            self._only_if_blocked(self._is_any([self._away[number]]), number, way, 0)

    def _only_if_blocked(self, here: cp_model.IntVar, number: int, way: Way, now: int) -> None:
        """Let something be so only where no day holds one more of a kind by a way.

        Then it need not take what it takes `now`.
        """
        variables = self._visits if way.travels else self._others
        for position in self._positions:
            if (number, position) in variables:
                causes = [
                    *self._no_minutes(number, way, position, now),
                    *self._no_room(way.channel, position),
                    *self._no_time(number, way, position),
                ]
                self._cp.add_bool_or([here.negated(), *causes])

    def _no_minutes(
        self, number: int, way: Way, position: int, now: int
    ) -> Iterator[cp_model.IntVar]:
        """The week has no minutes for one more, or the day has none."""
        more, empty = self._more(number, way, position), self._empty
        week = _sum(self._used.values()) + more - now
        yield self._only_where(week >= int(empty.week_free[self._week]) + 1)
        yield self._only_where(self._used[position] + more >= int(empty.day_free[position]) + 1)

    def _more(self, number: int, way: Way, position: int) -> Terms:
        """The minutes by which one more lengthens a day at the most."""
        if not way.travels:
            return weighted([]) + way.minutes
        saved = weighted([(self._driven[position], -self._drives.way_home)])
        return saved + self._drives.most(number) + self._drives.way_home

    def _no_room(self, channel: int, position: int) -> Iterator[cp_model.IntVar]:
        """The day, or the week, has as many touches by the channel as it may have."""
        week = int(self._empty.week_room[channel, self._week])
        if week < NO_LIMIT // 2:
            every = chain.from_iterable(self._by(channel, day) for day in self._positions)
            yield self._only_where(_sum(v for _, v, _ in every) >= week)
        day = int(self._empty.day_room[channel, position])
        if day < NO_LIMIT // 2:
            yield self._only_beside((list(self._by(channel, position)), day), position=position)

    def _by(self, channel: int, position: int) -> Iterator[Some]:
        """What may stand by a channel on a day, with the half minutes of one at the least."""
        for n, variable in self._on(position, self._visits):
            if _is_by(channel, self._items[n].visit):
                yield n, variable, self._drives.least(n)
        for n, variable in self._on(position, self._others):
            if _is_by(channel, self._items[n].other):
                yield n, variable, 2 * minutes_of(self._items[n].other)

    def _no_time(self, number: int, way: Way, position: int) -> Iterator[cp_model.IntVar]:
        """The day may not be timed with one more."""
        crowding, more = self._crowding[position], self._more(number, way, position)
        bound = [
            (n, self._visits[n, position], self._drives.least(n)) for n in self._bound_on(position)
        ]
        calls = [
            (n, variable, 2 * minutes_of(self._items[n].other))
            for n, variable in self._on(position, self._others)
            if crowding.is_common(self._items[n].other)
        ]
        for day in crowding.beyond(way):
            visits = day.visits - has_hours(way)
            crowded = self._only_beside((bound, visits), (calls, day.calls), position=position)
            self._cp.add(self._used[position] + more >= day.minutes).only_enforce_if(crowded)
            yield crowded

    def _only_beside(self, *parts: tuple[Sequence[Some], int], position: int) -> cp_model.IntVar:
        """Something that may only be true where so many of each part stand on a day.

        The day takes no less, then, than the shortest of them do.
        """
        found, taken = self._cp.new_bool_var(""), 0
        for some, count in parts:
            if count > 0:
                self._cp.add(_sum(v for _, v, _ in some) >= count).only_enforce_if(found)
                every = sorted(halves for n, _, halves in some for _ in self._kinds[n])
                taken += sum(every[:count])
        self._cp.add(2 * self._used[position] >= taken).only_enforce_if(found)
        return found

    @cached_property
    def _crowding(self) -> dict[int, Crowding]:
        """By day, what it may hold to be timed for sure."""
        free = self._empty.free()
        return {
            position: Crowding(self._problem, self._kinds, position, int(free[position]))
            for position in self._positions
        }


def _is_by(channel: int, way: Way | None) -> bool:
    return way is not None and way.channel == channel


def _sum(variables: Iterable[cp_model.IntVar]) -> Terms:
    return weighted([(variable, 1) for variable in variables])

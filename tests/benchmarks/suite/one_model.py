"""Baseline: one CP-SAT model of the whole campaign, a boolean per touch, channel and day.

Every rule but two is in it: a visit costs a fixed drive, the round trip to its area shared
by the visits of a day, and no step comes without the step before it. Promises and grievance
openings stand before it starts. What it finds is written into a book by day, where visits
are driven in true tours and what does not fit after all is left out.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen
from ortools.sat.python import cp_model

from campaign import Territory
from campaign.demand import Owed
from campaign.model.post import days_in_post
from campaign.rules import capacity_of_day, capacity_of_week
from campaign.rules.courtesy import FIRST_DAYS
from campaign.touches import Plan
from suite.areas import fixed_drives
from suite.book import Book
from suite.duties import settle_duties
from suite.entries import Entry

WORKERS = 2
"""One worker searches by one strategy only; from two on there is local search too."""
LOOK_SECONDS = 0.05

Literal = cp_model.IntVar
Term = tuple[Literal, int]


def plan_by_one_model(territory: Territory, cpu_seconds: float) -> Plan:
    """The best plan that the model finds in so many CPU seconds of solving.

    The seconds do not count the making of the model. Where nothing is found, the plan
    holds the promises and the openings alone.
    """
    book = Book(territory)
    settle_duties(book)
    model = _Model(book)
    for rule in RULES:
        rule(model)
    found = _solved(model, cpu_seconds)
    for entry in sorted(found, key=lambda e: (e.position, model.numbers[e.owed.touch_id])):
        if book.fits(entry):
            book.put(entry)
    return book.plan()


@frozen
class _Way:
    """One literal: the touch it places."""

    entry: Entry
    literal: Literal


class _Model:
    """The literals, by what rules ask for."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cp = cp_model.CpModel()
        self.drives = fixed_drives(book.territory)
        self.numbers = {owed.touch_id: n for n, owed in enumerate(book.demand.owed)}
        self.steps = [o for o in book.demand.owed if not o.promise and not o.opens]
        self.ways: dict[str, list[_Way]] = {o.touch_id: list(self._ways(o)) for o in self.steps}
        self.is_placed = {o.touch_id: self._placed(o) for o in self.steps}
        self._positions: dict[str, cp_model.IntVar] = {}

    def all_ways(self) -> Iterator[_Way]:
        """Every literal with its touch."""
        for ways in self.ways.values():
            yield from ways

    def _ways(self, owed: Owed) -> Iterator[_Way]:
        first, last = self._reach(owed)
        for channel in owed.channels:
            for date in sorted(self.book.days(owed, channel)):
                entry = self.book.entry(owed, channel, date)
                if first <= entry.position <= last and self._is_free(entry):
                    yield _Way(entry, self.cp.new_bool_var(""))

    def _reach(self, owed: Owed) -> tuple[int, int]:
        """The first and the last position a step can have at all, post on the way reckoned."""
        gap, above = self.book.gap(owed), owed.follows
        first, last = gap.least, gap.most
        while above:
            parent = self.book.demand.by_id[above]
            placed = self.book.placed.get(above)
            if placed:
                return first + placed.effective, last + placed.effective
            gap = self.book.gap(parent)
            first += gap.least
            last += gap.most + max(map(self._post(parent), parent.channels), default=0)
            above = parent.follows
        return first, last

    def _post(self, owed: Owed) -> Callable[[str], int]:
        territory = self.book.territory
        return lambda name: days_in_post(territory, name, owed.account, owed.person)

    def _is_free(self, entry: Entry) -> bool:
        """R8, R12: not before the opening, no selling early; nothing where nothing is open."""
        opening = self.book.openings.get(entry.owed.account.account_id)
        if opening is not None:
            opened = self.book.placed.get(opening.touch_id)
            if opened is None or entry.position <= opened.position:
                return False
        sells = self.book.territory.purposes[entry.owed.step.purpose].selling
        return not sells or self.book.calendar.day_number(entry.date) > FIRST_DAYS

    def _placed(self, owed: Owed) -> Literal:
        placed = self.cp.new_bool_var("")
        self.cp.add_exactly_one([*(way.literal for way in self.ways[owed.touch_id]), ~placed])
        return placed

    def position(self, owed: Owed) -> cp_model.IntVar:
        """The position of a step; 0 where it does not stand."""
        if owed.touch_id not in self._positions:
            position = self.cp.new_int_var(0, len(self.book.dates), "")
            ways = self.ways[owed.touch_id]
            self.cp.add(position == sum(way.literal * way.entry.position for way in ways))
            self._positions[owed.touch_id] = position
        return self._positions[owed.touch_id]


def _windows(model: _Model) -> None:
    """R4: in the window that the step before opens.

    A step whose step before is left out is left out too: handing windows down past a gap
    was tried, and the model found less in any time up to a minute.
    """
    for owed in model.steps:
        for position, literals in _by_position(model.ways[owed.touch_id]).items():
            before = _openers(model, owed, position)
            if before is not None:
                model.cp.add(sum(literals) <= sum(before))


def _by_position(ways: Iterable[_Way]) -> dict[int, list[Literal]]:
    found: dict[int, list[Literal]] = defaultdict(list)
    for way in ways:
        found[way.entry.position].append(way.literal)
    return found


def _openers(model: _Model, owed: Owed, position: int) -> list[Literal] | None:
    """The touches of the step before that allow a position; None where it needs none."""
    gap, above = model.book.gap(owed), model.book.placed.get(owed.follows)
    if above is not None or not owed.follows:
        start = above.effective if above else 0
        return None if gap.least <= position - start <= gap.most else []
    return [
        way.literal
        for way in model.ways.get(owed.follows, ())
        if gap.least <= position - way.entry.effective <= gap.most
    ]


def _one_touch_a_day(model: _Model) -> None:
    """R5: one touch of an account a day, the opening among them."""
    by_day: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    for way in model.all_ways():
        by_day[way.entry.owed.account.account_id, way.entry.position].append(way.literal)
    for literals in by_day.values():
        model.cp.add_at_most_one(literals)


def _distances(model: _Model) -> None:
    """R5: business days between two touches of a person, save a step and its anchor."""
    for one, other in _pairs(model):
        middle = _between(model, one, other)
        if middle is None:
            _apart(model, one, other)
        elif middle:
            _apart_in_line(model, one, other, middle)


def _pairs(model: _Model) -> Iterator[tuple[Owed, Owed]]:
    purposes = model.book.territory.purposes
    people: dict[tuple[str, str], list[Owed]] = defaultdict(list)
    for owed in model.steps:
        if not purposes[owed.step.purpose].courtesy:
            people[owed.account.account_id, owed.person.contact_id].append(owed)
    for steps in people.values():
        for place, one in enumerate(steps):
            for other in steps[place + 1 :]:
                yield one, other


def _between(model: _Model, one: Owed, other: Owed) -> list[Owed] | None:
    """The steps from one down to another that hangs on it; None where it does not."""
    found: list[Owed] = []
    above = other.follows
    while above:
        if above == one.touch_id:
            return found
        found.append(model.book.demand.by_id[above])
        above = found[-1].follows
    return None


def _apart_in_line(model: _Model, one: Owed, other: Owed, middle: list[Owed]) -> None:
    gap = model.book.territory.courtesy.gap
    least = sum(model.book.gap(owed).least for owed in (*middle, other))
    if least >= gap:
        return
    there, here = model.position(one), model.position(other)
    both = [model.is_placed[one.touch_id], model.is_placed[other.touch_id]]
    model.cp.add(here - there >= gap).only_enforce_if(both)


def _apart(model: _Model, one: Owed, other: Owed) -> None:
    gap = model.book.territory.courtesy.gap
    there, here = model.position(one), model.position(other)
    both = [model.is_placed[one.touch_id], model.is_placed[other.touch_id]]
    first = model.cp.new_bool_var("")
    model.cp.add(here - there >= gap).only_enforce_if([*both, first])
    model.cp.add(there - here >= gap).only_enforce_if([*both, ~first])


def _ceilings(model: _Model) -> None:
    """R5: the most touches of a person, in all and by channel."""
    courtesy, purposes = model.book.territory.courtesy, model.book.territory.purposes
    people: dict[tuple[str, str], list[_Way]] = defaultdict(list)
    for way in model.all_ways():
        owed = way.entry.owed
        if not purposes[owed.step.purpose].courtesy:
            people[owed.account.account_id, owed.person.contact_id].append(way)
    for ways in people.values():
        model.cp.add(sum(way.literal for way in ways) <= courtesy.most)
        for channel, most in courtesy.most_by_channel.items():
            alike = [way.literal for way in ways if way.entry.channel.name == channel]
            if alike:
                model.cp.add(sum(alike) <= most)


def _capacities(model: _Model) -> None:
    """R2: the minutes of days and weeks beside what stands, a visit with its fixed drive."""
    book, calendar = model.book, model.book.calendar
    by_day: dict[int, list[Term]] = defaultdict(list)
    by_week: dict[int, list[Term]] = defaultdict(list)
    for way in model.all_ways():
        minutes = way.entry.channel.minutes
        if way.entry.channel.travels:
            minutes += model.drives[way.entry.owed.account.account_id]
        by_day[way.entry.position].append((way.literal, minutes))
        by_week[calendar.week(way.entry.date)].append((way.literal, minutes))
    used: dict[int, int] = defaultdict(int)
    for date in book.dates:
        used[calendar.week(date)] += book.minutes(date)
    for position, terms in by_day.items():
        date = book.dates[position - 1]
        model.cp.add(_sum(terms) <= capacity_of_day(book.territory, date) - book.minutes(date))
    for week, terms in by_week.items():
        model.cp.add(_sum(terms) <= capacity_of_week(book.territory, week) - used[week])


def _limits(model: _Model) -> None:
    """R3: the most touches of a channel a day and a week."""
    book, calendar = model.book, model.book.calendar
    by_day: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    by_week: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    for way in model.all_ways():
        name = way.entry.channel.name
        by_day[name, way.entry.position].append(way.literal)
        by_week[name, calendar.week(way.entry.date)].append(way.literal)
    for (name, position), literals in by_day.items():
        channel, date = book.territory.channels[name], book.dates[position - 1]
        if channel.per_day is not None:
            model.cp.add(sum(literals) <= channel.per_day - book.uses(channel, date))
    for (name, week), literals in by_week.items():
        channel = book.territory.channels[name]
        if channel.per_week is not None:
            days = (date for date in book.dates if calendar.week(date) == week)
            used = sum(book.uses(channel, date) for date in days)
            model.cp.add(sum(literals) <= channel.per_week - used)


RULES = (_windows, _one_touch_a_day, _distances, _ceilings, _capacities, _limits)


def _levels(model: _Model) -> list[list[Term]]:
    """Floor, required and optional touches; then a first word soon, and wanted channels."""
    required = [o for o in model.steps if o.step.required]
    optional = [o for o in model.steps if not o.step.required]
    return [
        list(_floor(model)),
        [(model.is_placed[o.touch_id], o.weight) for o in required],
        [(model.is_placed[o.touch_id], o.weight) for o in optional],
        list(_soon(model)),
    ]


def _floor(model: _Model) -> Iterator[Term]:
    """The account-months that are touched, those of what stands left aside."""
    book = model.book
    months: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    for way in model.all_ways():
        account = way.entry.owed.account
        if book.territory.tier(account).floor:
            months[account.account_id, book.calendar.month(way.entry.date)].append(way.literal)
    for entry in book.placed.values():
        key = entry.owed.account.account_id, book.calendar.month(entry.date)
        months.pop(key, None)
    for (account_id, _), literals in months.items():
        touched = model.cp.new_bool_var("")
        model.cp.add_bool_or([*literals, ~touched])
        yield touched, book.territory.tier(book.territory.account(account_id)).weight


def _soon(model: _Model) -> Iterator[Term]:
    """What makes plans of the same touches differ: the day of each root, a wanted channel."""
    for way in model.all_ways():
        owed = way.entry.owed
        loss = 0 if owed.follows else way.entry.position
        loss += owed.channels.index(way.entry.channel.name)
        if loss:
            yield way.literal, -loss * owed.weight


def _solved(model: _Model, cpu_seconds: float) -> list[Entry]:
    """The levels one after the other, each kept while the next is sought."""
    found: list[Entry] = []
    end = time.process_time() + cpu_seconds
    for number, level in enumerate(_joined(_levels(model))):
        solver = _run(model.cp, level, end)
        if solver is None:
            break
        chosen = [way for way in model.all_ways() if solver.boolean_value(way.literal)]
        found = [way.entry for way in chosen]
        if number == 0:
            model.cp.add(_sum(level) >= round(solver.objective_value))
            _hint(model, solver)
    return found


def _joined(levels: list[list[Term]]) -> list[list[Term]]:
    """The first three in one sum, each worth more than all that come after; then the last."""
    *counted, last = levels
    terms: list[Term] = []
    worth = 1
    for level in reversed(counted):
        terms += [(literal, weight * worth) for literal, weight in level]
        worth *= 1 + sum(weight for _, weight in level)
    return [terms, last]


def _hint(model: _Model, solver: cp_model.CpSolver) -> None:
    model.cp.clear_hints()  # type: ignore[no-untyped-call]  # not annotated in OR-Tools 9.15
    for way in model.all_ways():
        model.cp.add_hint(way.literal, solver.boolean_value(way.literal))


def _run(cp: cp_model.CpModel, terms: list[Term], end: float) -> cp_model.CpSolver | None:
    """The model solved until the CPU seconds of this process reach an end; None: nothing."""
    cp.maximize(_sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    done = threading.Event()
    watch = threading.Thread(target=_stop_at, args=(solver, end, done))
    watch.start()
    status = solver.solve(cp)
    done.set()
    watch.join()
    return solver if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _stop_at(solver: cp_model.CpSolver, end: float, done: threading.Event) -> None:
    while not done.wait(LOOK_SECONDS):
        if time.process_time() >= end:
            solver.stop_search()  # again and again: before the search begins nobody listens


def _sum(terms: Iterable[Term]) -> cp_model.LinearExpr:
    pairs = list(terms)
    return cp_model.LinearExpr.weighted_sum([t for t, _ in pairs], [n for _, n in pairs])

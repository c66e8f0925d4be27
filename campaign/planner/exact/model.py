"""The variables of the exact programme: the free accounts, and what the others leave."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from campaign.planner.cpsat import Term, weighted
from campaign.planner.ledger import Ledger, Placement
from campaign.planner.roads import HOME
from campaign.planner.work import Job, Way, Work
from campaign.planner.worth import Standing

if TYPE_CHECKING:
    from campaign.planner.problem import Problem

Literal = cp_model.IntVar
Terms = list[Term]


class Model:
    """The variables of the free accounts, and what the others leave of the calendar."""

    def __init__(
        self, standing: Standing, accounts: Sequence[int], duties: Sequence[Placement]
    ) -> None:
        self.problem: Problem = standing.problem
        self.cp = cp_model.CpModel()
        self.works: list[Work] = [self.problem.works[account] for account in accounts]
        self.fixed = {
            placed.job: placed
            for work in self.works
            for placed in duties[work.account]
            if placed.job in work.promises
        }
        self.ledger = self._emptied(standing)
        self.x = {key: self.cp.new_bool_var(f"x{key}") for key in self._keys()}

    def _emptied(self, standing: Standing) -> Ledger:
        ledger = standing.ledger.copy()
        for work in self.works:
            ledger.take_back_all(self.problem, standing.placements[work.account])
        return ledger

    def _keys(self) -> Iterator[tuple[int, int, int]]:
        for job in self.jobs:
            fixed = self.fixed.get(job.index)
            if fixed is not None:
                yield job.index, fixed.way, fixed.position
            elif job.index not in self._unkept:
                for rank, way in enumerate(job.ways):
                    for position in way.open.nonzero()[0].tolist():
                        yield job.index, rank, position

    @cached_property
    def _unkept(self) -> set[int]:
        """Promises that no day can hold."""
        return {job for work in self.works for job in work.promises if job not in self.fixed}

    @cached_property
    def jobs(self) -> list[Job]:
        """The jobs of the free accounts."""
        return [self.problem.jobs[job] for work in self.works for job in work.jobs]

    @cached_property
    def on_day(self) -> dict[int, dict[int, Literal]]:
        """By job and position, whether it stands there by any way."""
        found: dict[int, dict[int, list[Literal]]] = {job.index: {} for job in self.jobs}
        for (job, _, position), variable in self.x.items():
            found[job].setdefault(position, []).append(variable)
        return {
            job: {position: self._any(ways) for position, ways in days.items()}
            for job, days in found.items()
        }

    @cached_property
    def placed(self) -> dict[int, Literal]:
        """By job, whether it stands at all."""
        return {job: self._any(list(days.values())) for job, days in self.on_day.items()}

    def _any(self, literals: list[Literal]) -> Literal:
        """One literal for a disjunction of literals of which at most one holds."""
        if len(literals) == 1:
            return literals[0]
        either = self.cp.new_bool_var("")
        self.cp.add(sum(literals) == either)
        return either

    @cached_property
    def anchors(self) -> dict[tuple[int, int], Literal]:
        """By job and job above (-1: the start), whether its window counts from there."""
        found: dict[tuple[int, int], Literal] = {}
        for job in self.jobs:
            path = self.path(job)
            choices = [self.cp.new_bool_var("") for _ in path]
            self.cp.add(sum(choices) == self.placed[job.index])
            for place, (above, choice) in enumerate(zip(path, choices, strict=True)):
                if above >= 0:
                    self.cp.add_implication(choice, self.placed[above])
                for between in path[:place]:
                    self.cp.add_implication(choice, self.placed[between].negated())
                found[job.index, above] = choice
        return found

    def path(self, job: Job) -> list[int]:
        """The jobs above, nearest first, and the start."""
        above, found = job.parent, list[int]()
        while above >= 0:
            found.append(above)
            above = self.problem.jobs[above].parent
        return [*found, -1]

    def gap(self, job: Job, anchor: int) -> tuple[int, int]:
        """The business days from an anchor above down to the job."""
        least, most, above = job.least, job.most, job.parent
        while above != anchor:
            least += self.problem.jobs[above].least
            most += self.problem.jobs[above].most
            above = self.problem.jobs[above].parent
        return least, most

    def ways(self) -> Iterator[tuple[Job, Way, int, Literal]]:
        """Every variable with its job, way and position."""
        for (job, rank, position), variable in self.x.items():
            yield self.problem.jobs[job], self.problem.jobs[job].ways[rank], position, variable

    @cached_property
    def stops(self) -> dict[tuple[int, int, int], Literal]:
        """By account, channel and position, whether the rep drives there."""
        found: dict[tuple[int, int, int], list[Literal]] = {}
        for job, way, position, variable in self.ways():
            if way.travels:
                found.setdefault((job.account, way.channel, position), []).append(variable)
        return {key: self._some(literals) for key, literals in found.items()}

    def _some(self, literals: list[Literal]) -> Literal:
        if len(literals) == 1:
            return literals[0]
        some = self.cp.new_bool_var("")
        self.cp.add_max_equality(some, literals)
        return some

    @cached_property
    def drives(self) -> dict[int, Terms]:
        """By position with possible visits, the legs of its tour and their minutes."""
        here: dict[int, dict[int, list[Literal]]] = {}
        for (account, _, position), stop in self.stops.items():
            here.setdefault(position, {}).setdefault(account + 1, []).append(stop)
        return {position: self._tour(position, stops) for position, stops in here.items()}

    def _tour(self, position: int, stops: dict[int, list[Literal]]) -> Terms:
        fixed = list(self.ledger.tours[position])
        nodes = [HOME, *fixed, *stops]
        legs: Terms = []
        arcs: list[tuple[int, int, Literal | bool]] = []
        for origin, start in enumerate(nodes):
            for target, end in enumerate(nodes):
                if origin != target:
                    arc = self.cp.new_bool_var("")
                    legs.append((arc, int(self.problem.roads.legs[start, end])))
                    arcs.append((origin, target, arc))
        for node, visits in enumerate(stops.values(), start=1 + len(fixed)):
            arcs.append((node, node, self._none(visits)))
        if not fixed:
            arcs.append(
                (0, 0, self._none([visit for visits in stops.values() for visit in visits]))
            )
        self.cp.add_circuit(arcs)
        return legs

    def _none(self, literals: list[Literal]) -> Literal:
        none = self.cp.new_bool_var("")
        self.cp.add_bool_or([none, *literals])
        for literal in literals:
            self.cp.add_implication(none, literal.negated())
        return none

    def minutes(self, positions: Sequence[int]) -> list[cp_model.LinearExpr]:
        """What the free touches take of some positions, drives beyond today's included."""
        wanted = set(positions)
        terms: Terms = [
            (variable, way.minutes)
            for _, way, position, variable in self.ways()
            if position in wanted and not way.travels
        ]
        for (account, channel, position), stop in self.stops.items():
            if position in wanted:
                terms.append((stop, self._stop_minutes(account, channel)))
        constant = 0
        for position in sorted(wanted & set(self.drives)):
            terms += self.drives[position]
            constant -= int(self.ledger.drive[position])
        return [weighted(terms) + constant]

    def _stop_minutes(self, account: int, channel: int) -> int:
        return next(
            way.minutes
            for job in self.jobs
            if job.account == account
            for way in job.ways
            if way.channel == channel
        )

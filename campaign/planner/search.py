"""The search, which is the planner's table of contents.

mandatory            what is owed before all else, each on its best day
warm start           a plan made before, taken over as far as it may still stand
insertion            account by account, the heaviest first, at no prices
diving               where something is missing: the plan of the column generation, its prices
ruin and recreate    a part of the effort, at these prices; then each account by itself
ejection             when planned on: room for what is out of place, and little moves for it
record to record     with the rest of it shorter drives, no level before comfort the worse
overnight trips      where the territory allows nights away
repair               days that the clock does not hold, made so that it does
decoding             the incumbent as rows, and why the rest is left out
bounds               what no plan can exceed, by counting, then by Lagrangian relaxation
"""

from collections.abc import Mapping

from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.demand import Demand
from campaign.model.territory import Territory
from campaign.planner.bounds import with_bounds
from campaign.planner.decoding import Unplaced, rows_of, unplaced_of
from campaign.planner.improvement.ejection import eject
from campaign.planner.improvement.overnight_trips import with_overnight_trips
from campaign.planner.improvement.record_to_record import shorten
from campaign.planner.improvement.ruin_recreate import RuinAndRecreate, repaired
from campaign.planner.insertion import (
    Insertion,
    as_it_stood,
    fill,
    heaviest_first,
    is_whole,
    take_over,
    wanted_by,
)
from campaign.planner.instance.jobs import Assignment
from campaign.planner.mandatory import with_mandatory
from campaign.planner.problem.problem import Problem, problem_of
from campaign.planner.progress import Progress, Watch
from campaign.planner.relaxation.diving import dive
from campaign.planner.solution.solution import Incumbent, Prices, Solution, levels_of
from campaign.rules.levels import levels
from campaign.touches import Level, Plan, Touch

# What a minute costs while plans are improved, in required touches of weight 1.
_CHEAP_PRICES = (0.0, 0.0, 1e-6, 1e-5)
# How much is asked of the prices that the column generation has learned.
_FACTORS = (0.03, 0.1, 0.3, 1.0)
# How much of the effort goes into what stands; the rest goes into shorter drives.
IMPROVED = 0.5
# How many accounts may be put in once more at the end, again and again while it helps.
POLISHED = 1_000
# Touches owed, by their minutes without drives, against all minutes there are.
CROWDED = 0.9
# So few accounts, with room for all that is owed, need no prices.
FEW = 75


@frozen
class Solved:
    """What the planner answers: rows without reasons, what has no day, the levels and bounds.

    `demand` is what was owed; `stopped` says that the search, or its proof, was interrupted.
    """

    rows: tuple[Touch, ...] = field(repr=False)
    unplaced: tuple[Unplaced, ...] = field(repr=False)
    levels: tuple[Level, ...]
    demand: Demand = field(kw_only=True, repr=False)
    effort: int = field(kw_only=True)
    stopped: bool = field(kw_only=True)


def solve(
    territory: Territory,
    effort: int,
    *,
    hint: Plan | None = None,
    watch: Watch | None = None,
    begun: Begun | None = None,
) -> Solved:
    """The best plan that the effort finds for a territory, decoded, with its bounds.

    An interrupt ends the search, a second one the proof after it.
    """
    found = _found_again(begun, effort, watch) if begun else _found(territory, effort, watch, hint)
    try:
        return _solved(territory, found)
    except KeyboardInterrupt:
        return _solved(territory, evolve(found, stopped=True))


def _solved(territory: Territory, found: Incumbent) -> Solved:
    """The incumbent as rows by the clock; its levels are measured by the rules' own code."""
    found = _in_time(found)
    problem, rows = found.solution.problem, rows_of(found.solution)
    bare = Plan(territory, rows)
    if problem.resumed is not None:
        begun = problem.resumed.begun
        bare = evolve(bare, before=begun.before, day=begun.day, joined=begun.joined)
    return Solved(
        rows,
        unplaced_of(found.solution, found.dropped),
        with_bounds(found, levels(bare)),
        demand=problem.demand,
        effort=found.effort,
        stopped=found.stopped,
    )


def _found(territory: Territory, effort: int, watch: Watch | None, hint: Plan | None) -> Incumbent:
    """What the search finds by day tours; then with nights away, if they are asked for."""
    if not territory.travel.overnight:
        return search(problem_of(territory), effort, watch, hint)
    by_day = evolve(territory, travel=evolve(territory.travel, overnight=False))
    found = _in_time(search(problem_of(by_day), effort, watch, hint))
    return with_overnight_trips(found, problem_of(territory), effort, watch)


def _found_again(begun: Begun, effort: int, watch: Watch | None) -> Incumbent:
    """What the search finds beside the nights that are held; then with new ones, if asked for.

    Where no visit stands beside a night any more, the search begins anew without that night.
    """
    problem = problem_of(begun.now, begun)
    found = search(problem, effort, watch)
    if not problem.roads.nights:
        return found
    found = _in_time(found)
    while idle := found.solution.resources.idle:
        problem, stopped = problem.with_nights(problem.nights.beside(idle)), found.stopped
        found = _in_time(search(problem, 0 if stopped else effort, watch))
        found = evolve(found, stopped=stopped or found.stopped)
    if not begun.now.travel.overnight:
        return found
    return with_overnight_trips(found, problem, effort, watch)


def _in_time(found: Incumbent) -> Incumbent:
    """What was found, each day of it timed."""
    return evolve(found, solution=repaired(found.solution))


def search(
    problem: Problem, effort: int, watch: Watch | None, hint: Plan | None = None
) -> Incumbent:
    """The best plan that the effort finds, from a hint where there is one.

    An interrupt ends it; then a plain plan is the answer where there is none yet.
    """
    stages = _Search(problem, effort, watch)
    stages.start(hint)
    stopped = False
    try:
        stages.run()
    except KeyboardInterrupt:
        stopped = True
        if stages.improver.best is stages.mandatory:
            stages.insert_all()
    return Incumbent(stages.improver.best, stages.dropped, stages.spent, stopped)


class _Search:
    """The stages of one search over one plan."""

    def __init__(self, problem: Problem, effort: int, watch: Watch | None) -> None:
        self.mandatory, self.dropped = with_mandatory(problem)
        self._problem, self._effort, self._watch = problem, effort, watch
        accounts = [w.account for w in problem.works if w.account not in self.dropped]
        self._accounts, self._order = accounts, heaviest_first(problem, accounts)
        owed = sum(job.ways[0].minutes for job in problem.jobs if job.ways)
        self._is_crowded: bool = owed > CROWDED * int(problem.horizon.week_room.sum())
        self._is_undisturbed = False
        self.spent = 0
        self.improver = RuinAndRecreate(self.mandatory, self.dropped)
        self.improver.menu = [Prices.flat(problem, price) for price in _CHEAP_PRICES]

    def start(self, hint: Plan | None) -> None:
        """A first plan, so that there is one whatever happens next."""
        problem = self._problem
        if problem.resumed is not None:
            wanted = wanted_by(problem, Plan(problem.territory, problem.resumed.begun.before))
            stood = as_it_stood(problem, wanted)
            if stood is None:
                self._take_up(wanted)
                return
            # Nothing has happened: what had no place may have one now, and nothing moves.
            fill(stood, self._order)
            self.improver, self._is_undisturbed = RuinAndRecreate(stood, self.dropped), True
            return
        # Where so much is owed, a plan without prices could not be the better one.
        if not self._is_crowded:
            self.insert_all()
        if hint is not None:
            trial = self.mandatory.copy()
            take_over(trial, wanted_by(problem, hint), self._accounts)
            self.improver.take(trial)

    def insert_all(self) -> None:
        """Account by account, the heaviest first, at no prices."""
        first = self.mandatory.copy()
        fill(first, self._order)
        self.improver.take(first)

    def _take_up(self, wanted: Mapping[int, Assignment]) -> None:
        """What stood before, as far as it may, and what is missing put in beside it.

        Whoever's grievance is heard on another day comes first, since the apology is due at
        once: so it finds a day before others take those on which they stood. In the end each
        account by itself is put in anew, so that what follows a missing step finds its days
        again before others take them.
        """
        first, order, jobs = self.mandatory.copy(), self._order, self._problem.jobs
        works = [self._problem.works[account] for account in order]
        # What makes a complaint good goes before all else of its account.
        for work in (work for work in works if work.mending):
            before = {job: placed for job, placed in wanted.items() if job in work.recoveries}
            take_over(first, before, [work.account])
            Insertion(first, work.account).insert(work.mending)
        heard = [
            work.account
            for work in works
            for row in self.mandatory.placements[work.account]
            if row.job == work.opening and not jobs[row.job].is_kept(row)
        ]
        frozen = {job: placed for job, placed in wanted.items() if jobs[job].is_frozen}
        take_over(first, frozen, heard)
        fill(first, heard)
        take_over(first, wanted, order)
        fill(first, order)
        self.improver.take(first)
        eject(self.improver, order)
        self.improver.polish()
        eject(self.improver, order)

    def run(self) -> None:
        """A plan by column generation, then rounds of improvement.

        Then more comfort, but for a campaign that has begun: there, days stay as they are.
        """
        improver, accounts = self.improver, self._accounts
        begun = self._problem.resumed is not None
        # Of few accounts with room enough rounds of improvement find as good a plan sooner.
        is_easy = len(accounts) <= FEW and not self._is_crowded and self._effort >= len(accounts)
        if not begun and not is_easy and not all(is_whole(improver.best, one) for one in accounts):
            # Improvement goes on at the prices of the linear programme, and at hardly any.
            solution, prices = dive(self.mandatory, self.dropped, accounts)
            improver.menu = [*improver.menu, *(prices.times(each) for each in _FACTORS)]
            improver.take(solution)
        if not self._effort or self._is_undisturbed:
            return
        improver.run(self._effort if begun else int(self._effort * IMPROVED), self._tick)
        # Each account once more by itself; a few accounts several times.
        improver.polish(max(1, POLISHED // max(1, len(accounts))))
        if begun:
            eject(improver, self._order)
        else:
            shorten(improver, accounts, self._effort, self._tick)

    def _tick(self, done: int, best: Solution) -> None:
        self.spent = done
        if self._watch is not None:
            progress = Progress(
                min(done, self._effort),
                self._effort,
                levels=levels_of(best.score),
                placed=sum(map(len, best.placements)),
                owed=len(self._problem.jobs),
            )
            self._watch(progress)

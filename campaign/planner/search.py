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

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.demand import Demand
from campaign.model.territory import Territory
from campaign.planner.bounds import with_bounds
from campaign.planner.decoding import Unplaced, rows_of, unplaced_of
from campaign.planner.improvement import (
    RuinAndRecreate,
    eject,
    repaired,
    shorten,
    with_overnight_trips,
)
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
from campaign.planner.mandatory import Mandatory, with_mandatory
from campaign.planner.problem import Problem, problem_of
from campaign.planner.progress import Progress, Watch
from campaign.planner.relaxation import dive
from campaign.planner.solution import Incumbent, Prices, Solution, levels_of
from campaign.rules.levels import levels
from campaign.touches import Level, Plan, Touch

# What a minute costs while plans are improved, in required touches of weight 1, and how much
# of the learned prices is asked.
_CHEAP_PRICES = (0.0, 0.0, 1e-6, 1e-5)
_FACTORS = (0.03, 0.1, 0.3, 1.0)
# How much of the effort goes into what stands; the rest goes into shorter drives.
IMPROVED = 0.5
# How much of it a plan of the linear programme gets that is behind another.
RIVAL = 0.3
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
    if begun is None:
        found = _found(territory, effort, watch, hint)
    else:
        found = _found_again(begun, effort, watch)
    try:
        return _solved(territory, found)
    except KeyboardInterrupt:
        return _solved(territory, evolve(found, stopped=True))


def _solved(territory: Territory, found: Incumbent) -> Solved:
    """The incumbent as rows by the clock; its levels are measured by the rules' own code."""
    found = _in_time(found)
    problem, rows = found.solution.problem, rows_of(found.solution)
    begun = problem.resumed.begun if problem.resumed else None
    bare = Plan(territory, rows)
    if begun is not None:
        bare = evolve(bare, before=begun.before, day=begun.day, joined=begun.joined)
    return Solved(
        rows,
        unplaced_of(found.solution, found.dropped),
        with_bounds(found, levels(bare)),
        demand=problem.demand,
        effort=found.effort,
        stopped=found.stopped,
    )


def _found(
    territory: Territory, effort: int, progress: Watch | None, hint: Plan | None
) -> Incumbent:
    """What the search finds by day tours; then with nights away, if they are asked for."""
    if not territory.travel.overnight:
        return search(problem_of(territory), effort, progress, hint)
    by_day = evolve(territory, travel=evolve(territory.travel, overnight=False))
    found = _in_time(search(problem_of(by_day), effort, progress, hint))
    return with_overnight_trips(found, problem_of(territory), effort, progress)


def _found_again(begun: Begun, effort: int, progress: Watch | None) -> Incumbent:
    """What the search finds beside the nights that are held; then with new ones, if asked for.

    Where no visit stands beside a night any more, the search begins anew without that night.
    """
    problem = problem_of(begun.now, begun)
    found = search(problem, effort, progress)
    if not problem.roads.nights:
        return found
    found = _in_time(found)
    while idle := found.solution.resources.idle:
        problem, stopped = problem.with_nights(problem.nights.beside(idle)), found.stopped
        found = _in_time(search(problem, 0 if stopped else effort, progress))
        found = evolve(found, stopped=stopped or found.stopped)
    return (
        with_overnight_trips(found, problem, effort, progress)
        if begun.now.travel.overnight
        else found
    )


def _in_time(found: Incumbent) -> Incumbent:
    """What was found, each day of it timed."""
    return evolve(found, solution=repaired(found.solution))


def search(
    problem: Problem, effort: int, watch: Watch | None, hint: Plan | None = None
) -> Incumbent:
    """The best plan that the effort finds, from a hint where there is one.

    An interrupt ends it; then a plain plan is the answer where there is none yet.
    """
    stages = _Search(with_mandatory(problem), effort, watch)
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

    def __init__(self, mandatory: Mandatory, effort: int, watch: Watch | None) -> None:
        self.mandatory, self.dropped = mandatory.solution, mandatory.dropped
        self._problem = problem = mandatory.solution.problem
        self._accounts = [w.account for w in problem.works if w.account not in mandatory.dropped]
        self._effort = effort
        self._watch = watch
        self._is_undisturbed = False
        self.spent = 0
        self.improver = RuinAndRecreate(self.mandatory, self.dropped)
        self.improver.menu = [Prices.flat(problem, price) for price in _CHEAP_PRICES]

    @property
    def _is_crowded(self) -> bool:
        problem = self._problem
        owed = sum(job.ways[0].minutes for job in problem.jobs if job.ways)
        return owed > CROWDED * int(problem.horizon.week_room.sum())

    def start(self, hint: Plan | None) -> None:
        """A first plan, so that there is one whatever happens next."""
        problem = self._problem
        if problem.resumed is not None:
            wanted = wanted_by(problem, Plan(problem.territory, problem.resumed.begun.before))
            order, stood = heaviest_first(problem, self._accounts), as_it_stood(problem, wanted)
            if stood is None:
                self._take_up(wanted, order)
                return
            # Nothing has happened: what had no place may have one now, and nothing moves.
            fill(stood, order, Prices.flat(problem))
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
        problem, first = self._problem, self.mandatory.copy()
        fill(first, heaviest_first(problem, self._accounts), Prices.flat(problem))
        self.improver.take(first)

    def _take_up(self, wanted: Mapping[int, Assignment], order: Sequence[int]) -> None:
        """What stood before, as far as it may, and what is missing put in beside it.

        Whoever's grievance is heard on another day comes first, since the apology is due at
        once: so it finds a day before others take those on which they stood. In the end each
        account by itself is put in anew, so that what follows a missing step finds its days
        again before others take them.
        """
        problem = self._problem
        first = self.mandatory.copy()
        for account in order:
            self._mend(first, wanted, account)
        heard = [
            account
            for account in order
            for row in self.mandatory.placements[account]
            if row.job == problem.works[account].opening and not problem.jobs[row.job].is_kept(row)
        ]
        frozen = {job: placed for job, placed in wanted.items() if problem.jobs[job].is_frozen}
        take_over(first, frozen, heard)
        fill(first, heard, Prices.flat(problem))
        take_over(first, wanted, order)
        fill(first, order, Prices.flat(problem))
        self.improver.take(first)
        eject(self.improver, order)
        self.improver.polish()
        eject(self.improver, order)

    def _mend(self, solution: Solution, wanted: Mapping[int, Assignment], account: int) -> None:
        """What makes a complaint good goes before all else of its account."""
        work = self._problem.works[account]
        if work.mending:
            before = {job: placed for job, placed in wanted.items() if job in work.recoveries}
            take_over(solution, before, [account])
            Insertion(solution, account, Prices.flat(self._problem)).insert(work.mending)

    def run(self) -> None:
        """A plan by column generation, then rounds of improvement.

        Then more comfort, but for a campaign that has begun: there, days stay as they are.
        """
        problem, improver, accounts = self._problem, self.improver, self._accounts
        begun = problem.resumed is not None
        # Of few accounts with room enough rounds of improvement find as good a plan sooner.
        is_easy = len(accounts) <= FEW and not self._is_crowded and self._effort >= len(accounts)
        if not begun and not is_easy and not all(is_whole(improver.best, one) for one in accounts):
            self._dive()
        if not self._effort or self._is_undisturbed:
            return
        improver.run(self._effort if begun else int(self._effort * IMPROVED), self._tick)
        # Each account once more by itself; a few accounts several times.
        improver.polish(max(1, POLISHED // max(1, len(accounts))))
        if begun:
            eject(improver, heaviest_first(problem, accounts))
        else:
            shorten(improver, accounts, self._effort, self._tick)

    def _dive(self) -> None:
        """The plan of the linear programme; improvement goes on at its prices, and at hardly any.

        One that lacks a month of the floor may be better in all else, and months are soon found:
        so it is improved for a while before it gives way.
        """
        improver, before = self.improver, self.improver.best
        start = dive(self.mandatory, self.dropped, self._accounts)
        improver.menu = [*improver.menu, *(start.prices.times(each) for each in _FACTORS)]
        improver.take(start.solution)
        if improver.best is before:
            rival = RuinAndRecreate(start.solution, self.dropped)
            rival.menu = improver.menu
            rival.run(int(self._effort * RIVAL), lambda _spent, _best: None)
            improver.take(rival.best)

    def _tick(self, done: int, best: Solution) -> None:
        self.spent = done
        if self._watch is not None:
            done = min(done, self._effort)
            self._watch(
                Progress(
                    done,
                    self._effort,
                    levels=levels_of(best.score),
                    placed=sum(map(len, best.placements)),
                    owed=len(self._problem.jobs),
                )
            )

"""The search as a whole: duties, several first plans, the best of them improved."""

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.demand import Demand
from campaign.model.territory import Territory
from campaign.planner.bounds import with_bounds
from campaign.planner.decoding.plan_rows import rows_of
from campaign.planner.decoding.unplaced import Unplaced, unplaced_of
from campaign.planner.improvement.overnight_trips import with_overnight_trips
from campaign.planner.improvement.record_to_record import shorten
from campaign.planner.improvement.repair import repaired
from campaign.planner.improvement.ruin_recreate import RuinAndRecreate
from campaign.planner.insertion.insertion import Insertion, fill, heaviest_first, is_whole
from campaign.planner.insertion.warm_start import take_over, wanted_by
from campaign.planner.instance.jobs import Assignment
from campaign.planner.mandatory import Mandatory, with_mandatory
from campaign.planner.problem.problem import Problem, problem_of
from campaign.planner.progress import Progress, Watch
from campaign.planner.relaxation.diving import dive
from campaign.planner.solution.score import Prices, levels_of
from campaign.planner.solution.solution import Incumbent, Solution
from campaign.rules.levels import levels
from campaign.touches import Level, Plan, Touch

# What a minute costs while plans are improved, in required touches of weight 1, and how much
# of the learned prices is asked.
_CHEAP_PRICES = (0.0, 0.0, 1e-6, 1e-5)
_FACTORS = (0.03, 0.1, 0.3, 1.0)
# How much of the effort goes into what stands; the rest goes into shorter drives.
IMPROVED = 0.5
# How many accounts may be put in once more at the end, again and again while it helps.
POLISHED = 1_000
# Touches owed, by their minutes without drives, against all minutes there are.
CROWDED = 0.9


@frozen
class Answer:
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
) -> Answer:
    """The best plan that the effort finds for a territory, decoded, with its bounds.

    An interrupt ends the search, a second one the proof after it.
    """
    if begun is None:
        found = _found(territory, effort, watch, hint)
    else:
        found = _found_again(begun, effort, watch)
    try:
        return _answer(territory, found)
    except KeyboardInterrupt:
        return _answer(territory, evolve(found, stopped=True))


def _answer(territory: Territory, found: Incumbent) -> Answer:
    """The incumbent as rows by the clock; its levels are measured by the rules' own code."""
    found = _in_time(found)
    problem, rows = found.solution.problem, rows_of(found.solution)
    begun = problem.resumed.begun if problem.resumed else None
    bare = Plan(territory, rows)
    if begun is not None:
        bare = evolve(bare, before=begun.before, day=begun.day, joined=begun.joined)
    return Answer(
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
    hunt = _Hunt(with_mandatory(problem), effort, watch)
    hunt.start(hint)
    stopped = False
    try:
        hunt.run()
    except KeyboardInterrupt:
        stopped = True
        hunt.fall_back()
    return Incumbent(hunt.improver.best, hunt.dropped, hunt.spent, stopped)


class _Hunt:
    """The stages of one search over one plan."""

    def __init__(self, duties: Mandatory, effort: int, watch: Watch | None) -> None:
        self.duties, self.dropped = duties.solution, duties.dropped
        self._problem = problem = duties.solution.problem
        self._accounts = [w.account for w in problem.works if w.account not in duties.dropped]
        self._effort = effort
        self._watch = watch
        self.spent = 0
        self.improver = RuinAndRecreate(self.duties, self.dropped)

    def start(self, hint: Plan | None) -> None:
        """A first plan, so that there is one whatever happens next."""
        problem = self._problem
        if problem.resumed is not None:
            wanted = wanted_by(problem, Plan(problem.territory, problem.resumed.begun.before))
            self._take_up(wanted, heaviest_first(problem, self._accounts))
            return
        if not self._is_crowded():
            self._fill()
        if hint is not None:
            trial = self.duties.copy()
            take_over(trial, wanted_by(problem, hint), self._accounts)
            self.improver.take(trial)

    def fall_back(self) -> None:
        """A plain plan, if the search was stopped before it had one."""
        if self.improver.best is self.duties:
            self._fill()

    def _fill(self) -> None:
        """Account by account, the heaviest first, at no prices."""
        problem, first = self._problem, self.duties.copy()
        fill(first, heaviest_first(problem, self._accounts), Prices.flat(problem))
        self.improver.take(first)

    def _is_crowded(self) -> bool:
        """Whether so much is owed that a plan without prices could not be the better one."""
        problem = self._problem
        owed = sum(job.ways[0].minutes for job in problem.jobs if job.ways)
        return owed > CROWDED * int(problem.horizon.week_room.sum())

    def _take_up(self, wanted: Mapping[int, Assignment], order: Sequence[int]) -> None:
        """What stood before, as far as it may, and what is missing put in beside it.

        Whoever's grievance is heard on another day comes first, since the apology is due at
        once: so it finds a day before others take those on which they stood. In the end each
        account by itself is put in anew, so that what follows a missing step finds its days
        again before others take them.
        """
        problem = self._problem
        first = self.duties.copy()
        for account in order:
            self._mend(first, wanted, account)
        heard = [account for account in order if self._is_heard_anew(account)]
        frozen = {job: placed for job, placed in wanted.items() if problem.jobs[job].is_frozen}
        take_over(first, frozen, heard)
        fill(first, heard, Prices.flat(problem))
        take_over(first, wanted, order)
        fill(first, order, Prices.flat(problem))
        self.improver.take(first)
        self.improver.menu = [Prices.flat(problem, price) for price in _CHEAP_PRICES]
        self.improver.polish()

    def _mend(self, solution: Solution, wanted: Mapping[int, Assignment], account: int) -> None:
        """What makes a complaint good goes before all else of its account."""
        work = self._problem.works[account]
        if work.mending:
            before = {job: placed for job, placed in wanted.items() if job in work.recoveries}
            take_over(solution, before, [account])
            Insertion(solution, account, Prices.flat(self._problem)).insert(work.mending)

    def _is_heard_anew(self, account: int) -> bool:
        """Whether the grievance of an account is heard on another day than it was to be."""
        opening = self._problem.works[account].opening
        placed = (row for row in self.duties.placements[account] if row.job == opening)
        return any(not self._problem.jobs[opening].is_kept(row) for row in placed)

    def run(self) -> None:
        """A plan by the linear programme, then rounds of improvement.

        Then more comfort, but for a campaign that has begun: there, days stay as they are.
        """
        begun = self._problem.resumed is not None
        if not begun and not self.is_whole:
            self._learn()
        if not self._effort:
            return
        effort = self._effort if begun else int(self._effort * IMPROVED)
        self.improver.run(effort, self._tick)
        self._polish()
        if not begun:
            shorten(self.improver, self._accounts, self._effort, self._tick)

    def _learn(self) -> None:
        """The plan that the linear programme comes to; the improvement goes on at its prices."""
        start = dive(self.duties, self.dropped, self._accounts)
        self.improver.take(start.solution)
        problem = self._problem
        cheap = [Prices.flat(problem, price) for price in _CHEAP_PRICES]
        self.improver.menu = [*cheap, *(start.prices.times(factor) for factor in _FACTORS)]

    def _polish(self) -> None:
        """Put each account in once more by itself; a few accounts several times."""
        self.improver.polish(max(1, POLISHED // max(1, len(self._accounts))))

    @property
    def is_whole(self) -> bool:
        """Whether nothing that is owed is missing."""
        return all(is_whole(self.improver.best, account) for account in self._accounts)

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

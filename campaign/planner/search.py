"""The search as a whole: duties, several first plans, the best of them improved."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from campaign.planner.construct import fill, heaviest_first, is_whole
from campaign.planner.duties import Duties, with_duties
from campaign.planner.hints import take_over, wanted_by
from campaign.planner.improve import Improver
from campaign.planner.linear import linear_start
from campaign.planner.problem import Problem
from campaign.planner.programme import Insertion
from campaign.planner.progress import Progress, Watch
from campaign.planner.shorter import shorten
from campaign.planner.work import Placed
from campaign.planner.worth import Prices, Score, Standing
from campaign.touches import Level, LevelName, Plan

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
_NAMES: tuple[LevelName, ...] = ("owed", "in_time", "floor", "required", "service", "comfort")


@frozen
class Found:
    """What a search came to; `dropped` are the accounts whose grievance nobody can hear."""

    standing: Standing
    dropped: frozenset[int]
    effort: int
    stopped: bool


def search(problem: Problem, effort: int, watch: Watch | None, hint: Plan | None = None) -> Found:
    """The best plan that the effort finds, from a hint where there is one.

    An interrupt ends it; then a plain plan is the answer where there is none yet.
    """
    hunt = _Hunt(with_duties(problem), effort, watch)
    hunt.start(hint)
    stopped = False
    try:
        hunt.run()
    except KeyboardInterrupt:
        stopped = True
        hunt.fall_back()
    return Found(hunt.improver.best, hunt.dropped, hunt.spent, stopped)


class _Hunt:
    """The stages of one search over one plan."""

    def __init__(self, duties: Duties, effort: int, watch: Watch | None) -> None:
        self.duties, self.dropped = duties.standing, duties.dropped
        self._problem = problem = duties.standing.problem
        self._accounts = [w.account for w in problem.works if w.account not in duties.dropped]
        self._effort = effort
        self._watch = watch
        self.spent = 0
        self.improver = Improver(self.duties, self.dropped)

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

    def _take_up(self, wanted: Mapping[int, Placed], order: Sequence[int]) -> None:
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

    def _mend(self, standing: Standing, wanted: Mapping[int, Placed], account: int) -> None:
        """What makes a complaint good goes before all else of its account."""
        work = self._problem.works[account]
        if work.mending:
            before = {job: placed for job, placed in wanted.items() if job in work.recoveries}
            take_over(standing, before, [account])
            Insertion(standing, account, Prices.flat(self._problem)).insert(work.mending)

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
        start = linear_start(self.duties, self.dropped, self._accounts)
        self.improver.take(start.standing)
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

    def _tick(self, done: int, best: Standing) -> None:
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


def levels_of(score: Score) -> tuple[Level, ...]:
    """A score as levels, for who watches."""
    return tuple(Level(name, abs(figure)) for name, figure in zip(_NAMES, score, strict=True))

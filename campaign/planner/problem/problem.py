"""The territory in integers: days, channels, places, and each account's work.

Days are *positions*: 1 is the first business day of the campaign, 0 the eve of the start.
Everything in this room speaks of accounts, channels and touches by their index: a *work* is
all that one account is owed, a *job* one owed touch, a *way* one channel by which it may go.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import chain

import numpy as np
from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.demand import Demand, Owed, RepairStep, demand
from campaign.geography.travel import usual_drives
from campaign.model.accounts import Promise
from campaign.model.cadences import COMPLAINT
from campaign.model.objective import thousandths
from campaign.model.territory import Territory
from campaign.planner.day_schedule import DayClock, Timing
from campaign.planner.instance.horizon import Days, Horizon, horizon_of
from campaign.planner.instance.jobs import NO_LINE, Anchor, Assignment, Gaps, Job, Tree, Work
from campaign.planner.instance.overnight_stays import FixedNights, OvernightStays, nights_at_bases
from campaign.planner.instance.travel_times import TravelTimes, travel_times_of
from campaign.planner.problem.fixed_assignments import FixedAssignments
from campaign.planner.problem.owed_jobs import OwedJobs
from campaign.planner.problem.rescheduling import Rescheduling
from campaign.workdays import plain

Rung = tuple[int, int]
"""A call at a number that several accounts share: the account and the position."""


@frozen
class Problem:
    """The whole question in integers.

    `even` are the minutes that each week would hold if all that is owed lay evenly; `gaps` are
    the tables of what the windows cost. `rung` are the calls made already at numbers that several
    accounts share, `elsewhere` what people were asked to bear at other accounts, by channel.
    """

    territory: Territory
    demand: Demand = field(repr=False, eq=False)
    horizon: Horizon = field(repr=False, eq=False)
    channels: tuple[str, ...]
    per_day: Days = field(eq=False)
    per_week: Days = field(eq=False)
    jobs: tuple[Job, ...] = field(repr=False)
    works: tuple[Work, ...] = field(repr=False)
    roads: TravelTimes = field(repr=False, eq=False)
    timing: Timing = field(repr=False, eq=False)
    nights: OvernightStays = field(repr=False, eq=False)
    resumed: FixedAssignments | None = field(default=None, repr=False, eq=False)
    held: FixedNights | None = field(default=None, repr=False, eq=False)
    even: Days = field(kw_only=True, repr=False, eq=False)
    gaps: Gaps = field(kw_only=True, repr=False, eq=False)
    rung: Mapping[int, tuple[Rung, ...]] = field(factory=dict, kw_only=True, repr=False, eq=False)
    elsewhere: Mapping[int, Counter[int]] = field(factory=dict, kw_only=True, repr=False, eq=False)

    def with_nights(self, nights: OvernightStays) -> "Problem":
        """The same question, the rep sleeping elsewhere."""
        return evolve(self, nights=nights, timing=self.timing.with_nights(nights))

    @property
    def first(self) -> int:
        """The first position that is not over."""
        return self.horizon.position_from(self.today)

    @property
    def today(self) -> dt.date:
        """The day on which it is planned: that of the start, for a fresh campaign."""
        return self.resumed.begun.day if self.resumed else self.territory.start

    @cached_property
    def off_ideal(self) -> int:
        """What a day from the ideal counts for a weight of 1, in thousandths of a minute."""
        return thousandths(self.territory.comfort.off_ideal)

    @cached_property
    def visits(self) -> list[list[int]]:
        """The minutes of a touch by account and channel, of which visits may have their own."""
        channels = [self.territory.channels[name] for name in self.channels]
        accounts = self.territory.active_accounts
        return [[account.minutes_by(channel) for channel in channels] for account in accounts]

    def touch_id(self, job: int) -> str:
        """The id of the row by which an owed touch is planned."""
        if self.resumed is None:
            return self.demand.owed[job].touch_id
        return self.resumed.opened[job].touch_id

    def anchor_of(self, job: Job, stands: Mapping[int, Assignment]) -> Anchor:
        """What the window of a job counts from beside what stands of its run, by job.

        That is the nearest placed step above, else the start.
        """
        window, above = job.window, job.parent
        while above >= 0:
            parent, placed = self.jobs[above], stands.get(above)
            if placed is not None:
                return Anchor(window, above, placed.position, parent.ways[placed.way].days_in_post)
            if parent.behind is not None:
                return Anchor(window.from_position(parent.behind.position), parent.behind.job)
            window, above = window.below(parent.window), parent.parent
        return Anchor(window)


NO_LIMIT = 1 << 30
_ROUNDING = 1e-9


def problem_of(territory: Territory, begun: Begun | None = None) -> Problem:
    """A territory in integers; where its campaign has `begun`, what that leaves to plan."""
    owed, horizon = demand(territory), horizon_of(territory)
    held = FixedNights(begun) if begun and any(row.night for row in begun.rows) else None
    roads = travel_times_of(territory, held.places if held else ())
    # Which ways are possible at all is asked from home: nights may move while it is searched.
    bare = nights_at_bases(territory, horizon, roads)
    nights = held.nights(horizon, roads) if held else bare
    timing = Timing(DayClock(territory, horizon.dates), roads, nights)
    there_and_back = partial(roads.there_and_back, bases=bare.homes)
    makers = OwedJobs(owed, horizon, timing, there_and_back, begun=begun)
    # First as if nothing had begun; what stands by facts is taken out of that, and its windows
    # moved.
    fresh = jobs = tuple(makers.all())
    resumed = left = None
    if begun is not None:
        resumed = FixedAssignments(begun, owed, horizon, fresh, way_of=makers.way_of)
        left = Rescheduling(resumed)
        jobs = left.jobs()
        # Visits that the rep has pinned keep their time.
        for job in jobs:
            start = job.fact.row.start if job.fact and job.ways[0].travels else None
            if job.fact and start is not None:
                there, until = plain(job.fact.row.date), start + job.ways[0].minutes
                timing.clock.appoint(horizon.positions[there], job.account, (start, until))
    limits = territory.channels.values()
    return Problem(
        territory,
        owed,
        horizon,
        tuple(territory.channels),
        _limits([channel.per_day for channel in limits]),
        _limits([channel.per_week for channel in limits]),
        jobs,
        tuple(works_of(owed, jobs, resumed, waiting_of(owed, fresh, resumed, left))),
        roads,
        timing,
        nights,
        resumed,
        held,
        # The even share is that of the whole campaign: planning on does not shift the weeks.
        even=_even(territory, horizon, fresh),
        gaps=Gaps(horizon.size, territory.service),
        rung=_rung(jobs, territory),
        elsewhere=_elsewhere(jobs, owed) if begun else {},
    )


def _rung(jobs: Sequence[Job], territory: Territory) -> dict[int, tuple[Rung, ...]]:
    """By line that several accounts share, the calls that were made there already."""
    found: dict[int, tuple[Rung, ...]] = {}
    for job in jobs:
        line = job.ways[0].line if job.ways else NO_LINE
        if job.fact and job.fact.row.is_done and job.reaches and line != NO_LINE:
            position = territory.calendar.position(plain(job.fact.row.day))
            found[line] = (*found.get(line, ()), (job.account, position))
    return found


def _elsewhere(jobs: Sequence[Job], owed: Demand) -> dict[int, Counter[int]]:
    """By person, the touches by channel that other accounts saw of them: they count to ceilings."""
    territory, persons = owed.territory, dict[str, dict[int, Counter[int]]]()
    for job in jobs:
        row = job.fact.row if job.fact and job.reaches and not job.courtesy else None
        if row is not None and row.contact_id != row.account_id:
            person = territory.person_of(row.contact_id)
            at = persons.setdefault(person, {}).setdefault(job.account, Counter())
            at[job.ways[0].channel] += 1
    found: dict[int, Counter[int]] = {}
    for job, one in zip(jobs, owed.owed, strict=False):
        if one.person.contact_id != one.account.account_id:
            seen = persons.get(territory.person_of(one.person.contact_id), {})
            others = (count for account, count in seen.items() if account != job.account)
            found[job.person] = sum(others, Counter[int]())
    return {person: count for person, count in found.items() if count}


def _even(territory: Territory, horizon: Horizon, jobs: Sequence[Job]) -> Days:
    """The even share of each week: its usable minutes, times the load where that is below 1.

    All that is owed is reckoned, each by its first way that some day could hold, drives as usual.
    """
    accounts = territory.active_accounts
    places = tuple(account.place for account in accounts)
    drives = usual_drives(territory.travel, territory.rep.places, places)
    needed = 0
    for job in jobs:
        # By its first choice: second ones are shorter, and would foretell too little.
        way = next((way for way in job.ways if way.is_possible), None)
        if way is not None:
            needed += way.minutes + (drives[job.account] if way.travels else 0)
    usable = horizon.week_room
    load = min(1.0, needed / max(1, int(usable.sum())))
    return np.asarray(np.floor(usable * load + _ROUNDING), dtype=np.int64)


def _limits(limits: Sequence[int | None]) -> Days:
    return np.array([NO_LIMIT if limit is None else limit for limit in limits], dtype=np.int64)


NOBODY = -1
"""The job that answers a complaint which nobody can answer any more."""
NO_MONTHS: frozenset[int] = frozenset()

Waiting = dict[int, tuple[int, ...]]


def works_of(
    owed: Demand, jobs: Sequence[Job], resumed: FixedAssignments | None, waiting: Waiting
) -> list[Work]:
    """The work of each account, in their order."""
    by_account: dict[int, list[Job]] = {}
    for job in jobs:
        if resumed is None or job.index in resumed.opened:
            by_account.setdefault(job.account, []).append(job)
    numbers = range(len(owed.territory.active_accounts))
    works = [_work(owed, number, by_account.get(number, []), waiting) for number in numbers]
    return works if resumed is None else [_begun(work, jobs, resumed) for work in works]


def _work(owed: Demand, number: int, jobs: Sequence[Job], waiting: Waiting) -> Work:
    territory = owed.territory
    account = territory.active_accounts[number]
    tier = territory.tier(account)
    runs: dict[tuple[str, str, str], list[Job]] = {}
    for job in jobs:
        run = owed.owed[job.index].run
        if run is not None:
            asks = run.sent.promise_id if run.sent else ""
            runs.setdefault((run.answer_id, run.contact.contact_id, asks), []).append(job)
    promises = [job for job in jobs if owed.owed[job.index].promise]
    visits = [*runs.values(), *([job] for job in promises)]
    trees = {key: Tree.of(_in_order(run)) for key, run in runs.items()}
    mending = tuple(tree for (answer_id, _, _), tree in trees.items() if answer_id)
    answers = {job.index for job in promises if job.ways and _is_answer(owed.owed[job.index])}
    return Work(
        number,
        tier.weight,
        tier.floor,
        tuple(trees.values()),
        tuple(job.index for job in promises),
        next((job.index for job in jobs if owed.owed[job.index].opens), -1),
        max(1, sum(any(way.travels for job in jobs for way in job.ways) for jobs in visits)),
        territory.delivered_months.get(account.account_id, NO_MONTHS),
        answers=frozenset(answers),
        recoveries=frozenset(answers | {job.index for tree in mending for job in tree.jobs}),
        mending=mending,
        waiting=waiting,
        could_serve=sum(territory.service.optional for job in jobs if not job.required),
        reachable=sum(bool(job.ways) for job in jobs),
        stood=tuple(job for job in jobs if job.move),
    )


def _begun(work: Work, jobs: Sequence[Job], resumed: FixedAssignments) -> Work:
    """The work of an account whose campaign has begun."""
    territory, settled = resumed.territory, resumed.settled.get(work.account, ())
    opening = resumed.openings.get(work.account, work.opening)
    work = evolve(work, opening=opening, settled=settled)
    account_id = territory.active_accounts[work.account].account_id
    complaints = territory.answers_to(account_id)
    if not complaints:
        return work
    open_ = {one.promise_id for one in complaints if one.is_open}
    theirs = resumed.demand.by_account.get(account_id, ())
    facts = [(placed.job, jobs[placed.job].fact) for placed in settled]
    pinned = {number: one.row for number, one in facts if one and not one.row.is_done}
    answers = {*work.answers, *(number for number, row in pinned.items() if row.step in open_)}
    # Owed, but nobody can be reached any more: the account stays closed to all else.
    if not answers and any(_is_answer(one) and one.channels for one in theirs):
        answers = {NOBODY}
    repairs = {number for number, row in pinned.items() if row.cadence == COMPLAINT}
    recoveries = frozenset(answers | repairs | work.recoveries)
    return evolve(work, answers=frozenset(answers), recoveries=recoveries)


def _is_answer(owed: Owed) -> bool:
    return owed.promise is not None and owed.promise.complained_on is not None


def _in_order(jobs: Sequence[Job]) -> list[Job]:
    """Parents before children, required before optional, else as the cadence lists them."""
    known = {-1, *(job.parent for job in jobs)} - {job.index for job in jobs}
    found: list[Job] = []
    waiting = sorted(jobs, key=lambda job: not job.required)
    while waiting:
        # Kahn's topological sort; among those that are ready, required steps choose their days
        # first.
        ready = next(job for job in waiting if job.parent in known)
        waiting.remove(ready)
        known.add(ready.index)
        found.append(ready)
    return found


def waiting_of(
    owed: Demand,
    fresh: Sequence[Job],
    resumed: FixedAssignments | None = None,
    left: Rescheduling | None = None,
) -> Waiting:
    """What waits for which promises to its account, tried or pinned ones too.

    A proof of repair for those due before it would be, were the opening on its due day, whatever
    has been done since (R8); what asks after a promise for that one (R7).
    """
    promises: dict[str, list[tuple[int, Promise]]] = {}
    for number, one in enumerate(owed.owed):
        if one.promise is not None:
            promises.setdefault(one.account.account_id, []).append((number, one.promise))
    found = Waiting()

    def _position(promise: Promise) -> int:
        return owed.territory.calendar.position(plain(promise.due))

    def usual(job: Job) -> int:
        """Where a step would stand, were the first above it on its due day, all else ideal."""
        if job.parent < 0:
            return left.due(job.index) if left else job.window.due
        above = fresh[job.parent]
        post = above.ways[0].days_in_post if above.ways else 0
        return usual(above) + post + job.window.ideal

    for number, one in enumerate(owed.owed):
        is_proof = one.repairs is RepairStep.PROOF
        if not (is_proof or one.sent) or (resumed and number not in resumed.opened):
            continue
        before = [
            (other, *sorted(resumed.attempts_at(owed.owed[other]) if resumed else ()))
            for other, promise in promises.get(one.account.account_id, ())
            if (promise == one.sent if one.sent else _position(promise) < usual(fresh[number]))
        ]
        if before:
            found[number] = tuple(chain(*before))
    return found

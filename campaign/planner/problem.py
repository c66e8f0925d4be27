"""The territory in integers: days, channels, places, and each account's work.

Days are *positions*: 1 is the first business day of the campaign, 0 the eve of the start.
Everything in this room speaks of accounts, channels and touches by their index: a *work* is
all that one account is owed, a *job* one owed touch, a *way* one channel by which it may go.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial

import numpy as np
from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.demand import Demand, Owed, Repair, demand, is_courtesy, open_days, person_of
from campaign.geography.usual_drives import usual_drives
from campaign.model.cadences import COMPLAINT, Cadence, Gap, Step
from campaign.model.objective import thousandths
from campaign.model.post import days_in_post
from campaign.model.territory import Territory
from campaign.planner.held import Held, held_of
from campaign.planner.horizon import Days, Horizon, Mask, horizon_of
from campaign.planner.nights import Nights, nights_at_bases
from campaign.planner.resumed import Resumed, resume
from campaign.planner.roads import Roads, roads_of
from campaign.planner.settled import Settled, opened_of
from campaign.planner.time_windows import Gaps, TimeWindow
from campaign.planner.timetable.clock import ALWAYS, Clock
from campaign.planner.timetable.timing import Timing
from campaign.planner.work import NO_LINE, Job, Tree, Way, Work
from campaign.rules.facts import CALL
from campaign.workdays import plain

R8_WORKING_DAYS = 5
SELLING_AFTER_TOUCHES = 3
SELLING_AFTER_DAYS = 30


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
    roads: Roads = field(repr=False, eq=False)
    timing: Timing = field(repr=False, eq=False)
    nights: Nights = field(repr=False, eq=False)
    resumed: Resumed | None = field(default=None, repr=False, eq=False)
    held: Held | None = field(default=None, repr=False, eq=False)
    even: Days = field(kw_only=True, repr=False, eq=False)
    gaps: Gaps = field(kw_only=True, repr=False, eq=False)
    rung: Mapping[int, tuple[Rung, ...]] = field(factory=dict, kw_only=True, repr=False, eq=False)
    elsewhere: Mapping[int, Counter[int]] = field(factory=dict, kw_only=True, repr=False, eq=False)

    def with_nights(self, nights: Nights) -> "Problem":
        """The same question, the rep sleeping elsewhere."""
        return evolve(self, nights=nights, timing=self.timing.with_nights(nights))

    @property
    def first(self) -> int:
        """The first position that is not over."""
        return self.horizon.position_from(self.today)

    @property
    def first_working_day(self) -> dt.date:
        """The first day on which the rep works; what was due before stands as soon as it can."""
        return self.territory.calendar.working_day_from(self.today)

    @property
    def today(self) -> dt.date:
        """The day on which it is planned: that of the start, for a fresh campaign."""
        return self.resumed.begun.day if self.resumed else self.territory.start

    @cached_property
    def off_ideal(self) -> int:
        """What a day from the ideal counts for a weight of 1, in thousandths of a minute."""
        return thousandths(self.territory.comfort.off_ideal)

    @cached_property
    def early(self) -> int:
        """What a business day by which a promise is less early than wished counts, the same."""
        return thousandths(self.territory.comfort.early)

    @property
    def promise_early(self) -> int:
        """By how many business days a promise is wished to be early."""
        return self.territory.courtesy.promise_early

    @property
    def minutes(self) -> list[int]:
        """The minutes of a touch by each channel."""
        return [self.territory.channels[name].minutes for name in self.channels]

    @cached_property
    def visits(self) -> list[list[int]]:
        """The minutes of a touch by account and channel, of which visits may have their own."""
        channels = [self.territory.channels[name] for name in self.channels]
        accounts = self.territory.active_accounts
        return [[account.minutes_by(channel) for channel in channels] for account in accounts]

    def owed(self, job: int) -> Owed:
        """What a job stands for."""
        return self.demand.owed[job]


NO_LIMIT = 1 << 30
_ROUNDING = 1e-9
NOBODY = -1
"""The job that answers a complaint which nobody can answer any more."""
NO_MONTHS: frozenset[int] = frozenset()


def problem_of(territory: Territory, begun: Begun | None = None) -> Problem:
    """A territory in integers; where its campaign has `begun`, what that leaves to plan."""
    owed = demand(territory)
    horizon = horizon_of(territory)
    channels = tuple(territory.channels)
    held = held_of(begun) if begun else None
    roads = roads_of(territory, held.places if held else ())
    bare = nights_at_bases(territory, horizon, roads)
    nights = held.nights(horizon, roads) if held else bare
    timing = Timing(Clock(territory, horizon.dates), roads, nights)
    makers = _Jobs(
        territory,
        owed,
        horizon,
        timing,
        partial(roads.there_and_back, bases=bare.homes),
        begun=begun,
    )
    jobs, resumed = tuple(makers.all()), None
    even = _even(territory, horizon, jobs)
    if begun is not None:
        jobs, resumed = resume(Settled(begun, owed, horizon, jobs, way_of=makers.way_of))
        _appoint(timing.clock, jobs, horizon)
    limits = territory.channels.values()
    return Problem(
        territory,
        owed,
        horizon,
        channels,
        _limits([channel.per_day for channel in limits]),
        _limits([channel.per_week for channel in limits]),
        jobs,
        tuple(_works(territory, owed, jobs, resumed)),
        roads,
        timing,
        nights,
        resumed,
        held,
        even=even,
        gaps=Gaps(horizon.size, territory.service),
        rung=_rung(jobs, territory),
        elsewhere=_elsewhere(jobs, owed) if begun else {},
    )


def _rung(jobs: Sequence[Job], territory: Territory) -> dict[int, tuple[Rung, ...]]:
    """By line that several accounts share, the calls that were made there already."""
    found: dict[int, tuple[Rung, ...]] = {}
    for job in jobs:
        if job.fact and job.fact.row.is_done and job.fact.reaches and job.ways[0].line != NO_LINE:
            position = territory.calendar.position(plain(job.fact.row.day))
            line = job.ways[0].line
            found[line] = (*found.get(line, ()), (job.account, position))
    return found


def _elsewhere(jobs: Sequence[Job], owed: Demand) -> dict[int, Counter[int]]:
    """By person, the touches by channel that other accounts saw of them: they count to ceilings."""
    territory, persons = owed.territory, dict[str, dict[int, Counter[int]]]()
    for job in jobs:
        row = job.fact.row if job.fact and job.fact.reaches and not job.courtesy else None
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


def _appoint(clock: Clock, jobs: Iterable[Job], horizon: Horizon) -> None:
    """Let the visits that the rep has pinned keep their time."""
    for job in jobs:
        if job.fact and job.fact.is_driven and job.ways[0].travels:
            row, minutes = job.fact.row, job.ways[0].minutes
            if row.start is not None:
                given = row.start, row.start + minutes
                clock.appoint(horizon.positions[plain(row.date)], job.account, given)


def _even(territory: Territory, horizon: Horizon, jobs: Sequence[Job]) -> Days:
    """The even share of each week: its usable minutes, times the load where that is below 1.

    All that is owed is reckoned, each by its first way that some day could hold, drives as usual.
    """
    accounts = territory.active_accounts
    places = tuple(account.place for account in accounts)
    drives = usual_drives(territory.travel, territory.rep.places, places)
    needed = 0
    for job in jobs:
        way = next((way for way in job.ways if way.is_possible), None)
        if way is not None:
            needed += way.minutes + (drives[job.account] if way.travels else 0)
    usable = horizon.week_room
    load = min(1.0, needed / max(1, int(usable.sum())))
    return np.asarray(np.floor(usable * load + _ROUNDING), dtype=np.int64)


def _limits(limits: Sequence[int | None]) -> Days:
    return np.array([NO_LIMIT if limit is None else limit for limit in limits], dtype=np.int64)


class _Jobs:
    """Turns what is owed into jobs; remembers open days, which many touches share."""

    def __init__(
        self,
        territory: Territory,
        owed: Demand,
        horizon: Horizon,
        timing: Timing,
        there_and_back: Callable[[int], Days],
        *,
        begun: Begun | None,
    ) -> None:
        self._territory = territory
        self._demand = owed
        self._horizon = horizon
        self._timing = timing
        self._there_and_back = there_and_back
        self._begun = begun
        self._channels = list(territory.channels)
        self._people: dict[tuple[str, str], int] = {}
        self._accounts = {a.account_id: n for n, a in enumerate(territory.active_accounts)}
        self._index = {touch.touch_id: n for n, touch in enumerate(owed.owed)}
        self._open: dict[tuple[object, ...], Mask] = {}

    def all(self) -> list[Job]:
        """One job for everything owed, in its order."""
        return [self._job(number, owed) for number, owed in enumerate(self._demand.owed)]

    def way_of(self, owed: Owed, channel: str, start: int | None = None) -> Way | None:
        """The way of an owed touch by a channel, allowed or not; None for none of ours.

        A call at a `start` that is given is at no other time.
        """
        if channel not in self._channels:
            return None
        way = self._way(owed, channel, 0)
        if start is None or not way.is_call:
            return way
        return evolve(
            way, hours=self._timing.clock.hours_of_appointment((start, start + way.minutes))
        )

    def _job(self, number: int, owed: Owed) -> Job:
        purpose = self._territory.purposes.get(owed.step.purpose)
        return Job(
            number,
            self._accounts[owed.account.account_id],
            self._people.setdefault(person_of(self._territory, owed), len(self._people)),
            self._index.get(owed.follows, -1),
            self._window(owed),
            required=owed.step.required,
            courtesy=is_courtesy(self._territory, owed),
            selling=purpose is not None and purpose.selling,
            is_spine=_is_spine(owed),
            ways=tuple(self._ways(owed)),
            is_duty=owed.is_duty,
        )

    def _window(self, owed: Owed) -> TimeWindow:
        whole = self._horizon.size
        if owed.promise is not None:
            return self._window_of_promise(owed, owed.promise.due)
        if owed.opens:
            return self._window_of_opening(owed)
        gap, late = gap_of(owed.step, whole), owed.step.most_late
        window = TimeWindow(gap.least, gap.ideal, gap.most, whole if late is None else late)
        answered = owed.run.answer.kept_on if owed.run and owed.run.answer else None
        if answered is None or owed.follows in self._index:
            return window
        return window.from_position(self._territory.calendar.position(plain(answered)))

    def _window_of_promise(self, owed: Owed, due: dt.date) -> TimeWindow:
        """From the eve; its ideal is the day from which it would not be early enough."""
        territory, (channel, *_) = self._territory, owed.wanted_channels
        post = days_in_post(territory, channel, owed.account, owed.person)
        last = territory.calendar.position(plain(due)) - post
        early = territory.courtesy.promise_early
        return TimeWindow(1, last - early, last, self._horizon.size + abs(last))

    def _window_of_opening(self, owed: Owed) -> TimeWindow:
        """From the eve, in working days of the rep (R8)."""
        since = self._heard_from(owed)
        days = [day for day in self._territory.calendar.working_days if day >= since]
        positions = [self._horizon.positions[day] for day in days[:R8_WORKING_DAYS]]
        first, last = (positions[0], positions[-1]) if positions else (self._horizon.size,) * 2
        return TimeWindow(first, first, last, self._horizon.size)

    def _heard_from(self, owed: Owed) -> dt.date:
        """The day from which a grievance is to be heard."""
        start, heard = self._territory.start, owed.account.grievance_since
        since = max(start, heard or start)
        if self._begun is None:
            return since
        wait = self._begun.found.wait_of(owed.person.contact_id)
        return max(since, wait.until if wait else since)

    def _ways(self, owed: Owed) -> Iterator[Way]:
        """The ways of an owed touch; after one that some day could hold come second choices."""
        is_open = visited = False
        for rank, name in enumerate(owed.channels):
            way = self._way(owed, name, rank)
            is_possible = bool((way.open & self._alone(owed, way)).any())
            yield evolve(
                way,
                is_second=is_open and not owed.opens,
                is_possible=is_possible,
                is_instead=owed.opens and visited and not way.travels,
            )
            visited = visited or (is_possible and way.travels)
            is_open = is_open or is_possible

    def _alone(self, owed: Owed, way: Way) -> Mask:
        """The positions that would hold a touch if the calendar were empty, by their minutes."""
        used = self._territory.channels[self._channels[way.channel]]
        if 0 in (used.per_day, used.per_week):
            return np.zeros(self._horizon.size, dtype=bool)
        stop = self._accounts[owed.account.account_id]
        drive = self._there_and_back(stop) if way.travels else np.zeros(1, dtype=np.int64)
        return np.asarray(self._horizon.day_room >= way.minutes + drive)

    def _way(self, owed: Owed, name: str, rank: int) -> Way:
        channel = self._territory.channels[name]
        return Way(
            self._channels.index(name),
            owed.account.minutes_by(channel),
            days_in_post(self._territory, name, owed.account, owed.person),
            is_post=channel.is_post,
            travels=channel.travels,
            open=self._mask(owed, name),
            rank=rank,
            is_call=name == CALL,
            line=self._line(owed, name),
            hours=self._hours(owed, name),
        )

    def _line(self, owed: Owed, channel: str) -> int:
        """The number of the telephone that other accounts share, for a call that keeps distance."""
        if channel != CALL or is_courtesy(self._territory, owed):
            return NO_LINE
        return self._territory.line_of(owed.account, owed.person)

    def _hours(self, owed: Owed, channel: str) -> int:
        """The number of the hours in which a touch may stand."""
        if self._territory.channels[channel].travels:
            return self._timing.clock.hours_of_visits(owed.account)
        if channel == CALL:
            clock = self._timing.clock
            return clock.hours_of_calls(owed.account, owed.person, self._tried_at(owed))
        return ALWAYS

    def _tried_at(self, owed: Owed) -> tuple[int, ...]:
        """The times at which a touch of a begun campaign was tried in vain."""
        opened = opened_of(self._begun, owed) if self._begun else None
        return opened.again.not_at if opened and opened.again else ()

    def _mask(self, owed: Owed, channel: str) -> Mask:
        promise = owed.promise
        bound = (is_courtesy(self._territory, owed), promise is None, owed.opens)
        of_it = (promise.not_before, promise.is_answer) if promise else ()
        key = (owed.account.account_id, owed.person.contact_id, channel, bound, of_it)
        if key not in self._open:
            mask = np.zeros(self._horizon.size, dtype=bool)
            days = [
                self._horizon.positions[day] for day in open_days(self._territory, owed, channel)
            ]
            mask[[position for position in days if self._is_open(owed, channel, position)]] = True
            self._open[key] = mask
        return self._open[key] & self._from(owed) if owed.opens else self._open[key]

    def _from(self, owed: Owed) -> Mask:
        """The positions from the day on from which a grievance is to be heard."""
        return np.asarray(
            self._horizon.places >= self._horizon.position_from(self._heard_from(owed))
        )

    def _is_open(self, owed: Owed, channel: str, position: int) -> bool:
        """Whether the hours of a day hold the touch, the drive from home and back considered.

        With nights away nobody knows yet where the day starts and ends.
        """
        used, hours = self._territory.channels[channel], self._hours(owed, channel)
        if hours == ALWAYS:
            return True
        if not used.travels:
            return self._timing.clock.holds(position, hours, used.minutes)
        if not self._timing.clock.meets(position, owed.account, owed.person):
            return False
        minutes = owed.account.minutes_by(used)
        if self._territory.travel.overnight:
            return self._timing.clock.holds(position, hours, minutes)
        stop = self._accounts[owed.account.account_id] + 1
        return self._timing.tour(position, {stop: minutes}) is not None


def gap_of(step: Step, whole: int) -> Gap:
    """The business days of a step after its parent; for a root, after the eve.

    Of a root the first day is the ideal one where it names none.
    """
    if step.after is not None:
        return step.gap or Gap(0, whole, ideal=0)
    if step.within is not None:
        return Gap(1, step.within, ideal=1)
    if step.gap is None:
        return Gap(1, whole, ideal=1)
    least, most = step.gap.least + 1, step.gap.most + 1
    return Gap(least, most, ideal=step.gap.ideal + 1 if step.gap.is_wished else least)


def _is_spine(owed: Owed) -> bool:
    run = owed.run
    return run is not None and run.is_main and owed.step.name in spine_of(run.cadence)


@cache
def spine_of(cadence: Cadence) -> frozenset[str]:
    """The steps of the longest line of required steps from a root, the first of equals."""
    lines = [
        [step.name, *(above.name for above in cadence.path(step))]
        for step in cadence.steps
        if step.required
    ]
    longest = max(map(len, lines), default=0)
    return frozenset(next((line for line in lines if len(line) == longest), ()))


def _works(
    territory: Territory, owed: Demand, jobs: Sequence[Job], resumed: Resumed | None
) -> list[Work]:
    by_account: dict[int, list[Job]] = {}
    for job in jobs:
        if resumed is not None and job.index not in resumed.opened:
            continue
        by_account.setdefault(job.account, []).append(job)
    works = [
        _work(territory, owed, number, by_account.get(number, []))
        for number in range(len(territory.active_accounts))
    ]
    return works if resumed is None else [_begun(work, jobs, owed, resumed) for work in works]


def _begun(work: Work, jobs: Sequence[Job], owed: Demand, resumed: Resumed) -> Work:
    """The work of an account whose campaign has begun."""
    settled = resumed.settled.get(work.account, ())
    territory = resumed.begun.now
    account_id = territory.active_accounts[work.account].account_id
    opening = resumed.openings.get(work.account, work.opening)
    work = evolve(work, opening=opening, settled=settled)
    complaints = territory.answers_to(account_id)
    if not complaints:
        return work
    open_ = {one.promise_id for one in complaints if one.is_open}
    theirs = owed.by_account.get(account_id, ())
    facts = [(placed.job, jobs[placed.job].fact) for placed in settled]
    pinned = {number: one.row for number, one in facts if one and not one.row.is_done}
    answers = {*work.answers, *(number for number, row in pinned.items() if row.step in open_)}
    if not answers and any(_is_answer(one) and one.channels for one in theirs):
        answers = {NOBODY}
    repairs = {number for number, row in pinned.items() if row.cadence == COMPLAINT}
    return evolve(
        work,
        answers=frozenset(answers),
        recoveries=frozenset(answers | repairs | work.recoveries),
    )


def _work(territory: Territory, owed: Demand, number: int, jobs: Sequence[Job]) -> Work:
    account = territory.active_accounts[number]
    tier = territory.tier(account)
    runs: dict[tuple[str, str], list[Job]] = {}
    for job in jobs:
        run = owed.owed[job.index].run
        if run is not None:
            runs.setdefault((run.answer_id, run.contact.contact_id), []).append(job)
    opening = [job.index for job in jobs if owed.owed[job.index].opens]
    promises = [job for job in jobs if owed.owed[job.index].promise]
    visits = [*runs.values(), *([job] for job in promises)]
    mends = sum(bool(answer_id) for answer_id, _ in runs)
    answers = {job.index for job in promises if job.ways and _is_answer(owed.owed[job.index])}
    repairs = {job.index for mending in [*runs.values()][:mends] for job in mending}
    return Work(
        number,
        tier.weight,
        tier.floor,
        tuple(Tree.of(_in_order(jobs)) for jobs in runs.values()),
        tuple(job.index for job in promises),
        next(iter(opening), -1),
        max(1, sum(any(way.travels for job in jobs for way in job.ways) for jobs in visits)),
        territory.delivered_months.get(account.account_id, NO_MONTHS),
        waiting=_waiting(owed, jobs),
        could_serve=sum(territory.service.optional for job in jobs if not job.required),
        reachable=sum(bool(job.ways) for job in jobs),
        stood=tuple(job for job in jobs if job.move),
        answers=frozenset(answers),
        recoveries=frozenset(answers | repairs),
        mends=mends,
    )


def _is_answer(owed: Owed) -> bool:
    return owed.promise is not None and owed.promise.complained_on is not None


def _waiting(owed: Demand, jobs: Sequence[Job]) -> dict[int, tuple[int, ...]]:
    """By proof of repair, the promises to the account that have to reach it before (R8).

    Those that are due before the proof would be, were the opening on its due day.
    """
    by_number = {job.index: job for job in jobs}
    proofs = [job for job in jobs if job.is_duty and owed.owed[job.index].repairs is Repair.PROOF]
    promises = [job for job in jobs if owed.owed[job.index].promise]
    found: dict[int, tuple[int, ...]] = {}
    for proof in proofs if promises else ():
        usual = _usual_position(proof, by_number)
        before = [p.index for p in promises if p.window.due + _post(p) < usual]
        if before:
            found[proof.index] = tuple(before)
    return found


def _usual_position(job: Job, jobs: Mapping[int, Job]) -> int:
    """Where a step below an opening would stand, were that on its due day and all else ideal."""
    if job.parent not in jobs:
        return job.window.due
    parent = jobs[job.parent]
    return _usual_position(parent, jobs) + _post(parent) + job.window.ideal


def _post(job: Job) -> int:
    """The business days in the post by the first way."""
    return job.ways[0].days_in_post if job.ways else 0


def _in_order(jobs: Sequence[Job]) -> list[Job]:
    """Parents before children, required before optional, else as the cadence lists them."""
    known = {-1, *(job.parent for job in jobs)} - {job.index for job in jobs}
    found: list[Job] = []
    waiting = sorted(jobs, key=lambda job: not job.required)
    while waiting:
        ready = next(job for job in waiting if job.parent in known)
        waiting.remove(ready)
        known.add(ready.index)
        found.append(ready)
    return found

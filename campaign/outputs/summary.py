"""What a plan comes to, in figures and in the words of a rep, and what is proved of it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from attrs import field, frozen

from campaign.consequences import consequences
from campaign.model.runs import INTRODUCE, step_of
from campaign.model.values import frozen_mapping
from campaign.phrases import counted, day_in_words, listed, minutes_in_words, preformatted
from campaign.rules.levels import reaches
from campaign.touches import PROMISES, LeftOut, Level, Plan, ReasonCode, Touch, attempt
from campaign.workdays import plain

REASONS: Mapping[ReasonCode, str] = MappingProxyType(
    {
        ReasonCode.DO_NOT_CONTACT: "wants no contact",
        ReasonCode.NO_CONSENT: "no channel is allowed",
        ReasonCode.GRIEVANCE_UNOPENED: "the grievance cannot be heard on any day",
        ReasonCode.TOO_FAR: "too far for one day",
        ReasonCode.CLOSED: "closed on every day that fits",
        ReasonCode.AFTER_THE_END: "would fall after the end",
        ReasonCode.NO_WORKING_DAY: "no working day in its window",
        ReasonCode.NO_TIME_ALONE: "longer than any day",
        ReasonCode.BEFORE_THE_OPENING: "too early, before a grievance is heard",
        ReasonCode.BEFORE_THE_ANSWER: "too early, before a complaint is answered",
        ReasonCode.COURTESY: "too close to other touches of the person",
        ReasonCode.SELLING_TOO_EARLY: "selling so early is not allowed",
        ReasonCode.CHANNEL_LIMIT: "a channel is at its limit",
        ReasonCode.NO_TIME_OF_DAY: "no time of day is left for it",
        ReasonCode.BEFORE_THE_NEXT: "too close before what follows",
        ReasonCode.CAPACITY: "your hours are full",
    }
)
"""Each reason for leaving a touch out, in a few words."""
BY_TIER = "weighted by tier"
_UNWEIGHTED, _WEIGHTED_DAYS = "owed", "service"
_LEVEL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "owed": "promises, grievances and their repair",
        "in_time": "their days late",
        "floor": "months with a touch",
        "required": "required touches",
        "service": "what else is late or left out",
    }
)


@frozen
class Count:
    """How many of how many."""

    reached: int
    of: int

    def __str__(self) -> str:
        """Both, and the share in whole per cent, which is 100 only for all of them."""
        if not self.of:
            return "none owed"
        return f"{self.reached} of {self.of} ({100 * self.reached // self.of} %)"


@frozen
class Late:
    """How many touches stand after their due day, of them promises, and the most business days."""

    touches: int = 0
    promises: int = 0
    most: int = 0

    def __str__(self) -> str:
        """In words."""
        if not self.touches:
            return "nothing"
        promises = f", {self.promises} of them promised" if self.promises else ""
        days = counted(self.most, "business day")
        return f"{counted(self.touches, 'touch')}{promises}; the latest by {days}"


@frozen
class Visits:
    """The visits that a plan has, of those wished, and what stands in place of the others."""

    planned: Count = Count(0, 0)
    instead: Mapping[str, int] = field(factory=dict, converter=frozen_mapping)

    def __str__(self) -> str:
        """In words."""
        others = [counted(number, channel) for channel, number in self.instead.items()]
        told = f"; {listed(others)} instead" if others else ""
        return f"{self.planned.reached} of {self.planned.of} wished{told}"


@frozen
class Silence:
    """The most days in a row in which a prioritised account hears nothing, and whose they are.

    From the start to the first touch, between two, and from the last to the end.
    """

    days: int = 0
    account: str = ""

    def __str__(self) -> str:
        """In words."""
        return f"{self.days} days: {self.account}"


@frozen
class Summary:
    """What a plan comes to.

    `every_month` counts the prioritised accounts (active, of a tier with a floor) that are
    touched in every month of the campaign; `required` and `optional` count touches, `promises`
    those for promises, `complaints` those that answer one. `minutes` and `travel_minutes` are
    those of the whole campaign, `weeks` the weeks in which the rep works at least a day,
    `fullest_week` the minutes of the fullest. `left_out` counts touches by reason, the most
    frequent first. `first_day` is the first date on which anything stands, `nights` counts
    those away. `introductions`, `late`, `visits` and `silence` are what the customers notice.
    """

    every_month: Count
    required: Count = field(kw_only=True)
    optional: Count = field(kw_only=True)
    promises: Count = field(kw_only=True)
    minutes: int = field(kw_only=True)
    travel_minutes: int = field(kw_only=True)
    weeks: int = field(kw_only=True)
    fullest_week: int = field(kw_only=True)
    left_out: Mapping[ReasonCode, int] = field(kw_only=True, converter=frozen_mapping)
    levels: tuple[Level, ...] = field(kw_only=True)
    first_day: dt.date | None = field(kw_only=True)
    on_first_day: Mapping[str, int] = field(kw_only=True, converter=frozen_mapping)
    stopped: bool = field(kw_only=True)
    nights: int = field(default=0, kw_only=True)
    complaints: Count = field(default=Count(0, 0), kw_only=True)
    introductions: Count = field(default=Count(0, 0), kw_only=True)
    late: Late = field(default=Late(), kw_only=True)
    visits: Visits = field(default=Visits(), kw_only=True)
    silence: Silence = field(default=Silence(), kw_only=True)

    @property
    def minutes_a_week(self) -> float:
        """The mean minutes of a week, travel included."""
        return self.minutes / max(1, self.weeks)

    @property
    def travel_minutes_a_week(self) -> float:
        """The mean minutes on the road in a week."""
        return self.travel_minutes / max(1, self.weeks)

    def __str__(self) -> str:
        """The summary that a rep reads, a fact a line."""
        return "\n".join(f"{name:24}{told}" for name, told in _rows(self) if told)

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))


def summary(plan: Plan) -> Summary:
    """What a plan comes to."""
    standing = [touch for touch in plan.touches if touch.stands]
    calendar, by_week = plan.territory.calendar, plan.minutes_by_week()
    first = min((touch.date for touch in standing), default=None)
    placed, missing = (Counter(row.required for row in rows) for rows in (standing, plan.left_out))
    required, optional = (Count(placed[is_], placed[is_] + missing[is_]) for is_ in (True, False))
    late = [touch for touch in standing if touch.late]
    return Summary(
        _every_month(plan),
        required=required,
        optional=optional,
        promises=_promises(plan, standing, answers=False),
        complaints=_promises(plan, standing, answers=True),
        minutes=sum(by_week.values()),
        travel_minutes=sum(touch.travel_minutes + touch.home_minutes for touch in standing),
        weeks=len({calendar.week(day) for day in calendar.working_days}),
        fullest_week=max(by_week.values(), default=0),
        left_out=dict(Counter(left.reason_code for left in plan.left_out).most_common()),
        levels=plan.levels,
        first_day=first,
        on_first_day=Counter(touch.channel for touch in standing if touch.date == first),
        stopped=plan.stopped,
        nights=len(plan.nights),
        introductions=_introductions(plan, standing),
        late=Late(
            len(late),
            sum(touch.is_promise for touch in late),
            max((touch.late for touch in late), default=0),
        ),
        visits=_visits(plan, standing),
        silence=longest_silence(plan),
    )


def months_touched(plan: Plan) -> dict[str, frozenset[int]]:
    """The months (from 1) of the campaign in which each account is touched, by account id.

    A touch counts on the date on which it was done, else on the one that is planned; one
    whose outcome says that it reached nobody does not count. Those by the delivery team do.
    """
    territory, found = plan.territory, dict(plan.territory.delivered_months)
    for account_id, touches in plan.by_account.items():
        days = (touch.day for touch in touches if reaches(territory, touch))
        months = set(map(territory.calendar.month, days))
        found[account_id] = found.get(account_id, frozenset()) | months
    return found


def covered_by_month(plan: Plan) -> Iterator[tuple[str, int, int, int]]:
    """Tier, month, accounts that are owed a touch in it, and accounts that get one."""
    territory, touched = plan.territory, months_touched(plan)
    for tier in territory.tiers:
        owed = [a for a in territory.active_accounts if a.tier == tier.name and tier.floor]
        for month in range(1, territory.calendar.months + 1) if owed else ():
            reached = sum(month in touched.get(one.account_id, frozenset()) for one in owed)
            yield tier.name, month, len(owed), reached


def _every_month(plan: Plan) -> Count:
    territory, touched = plan.territory, months_touched(plan)
    every = frozenset(range(1, territory.calendar.months + 1))
    prioritised = [a for a in territory.active_accounts if territory.tier(a).floor]
    reached = [a for a in prioritised if every <= touched.get(a.account_id, frozenset())]
    return Count(len(reached), len(prioritised))


def _introductions(plan: Plan, standing: Sequence[Touch]) -> Count:
    made = {attempt(touch)[0] for touch in standing if touch.purpose == INTRODUCE}
    missing = {
        attempt(left)[0]
        for left in plan.left_out
        if (step := step_of(plan.territory, left.cadence, left.step)) and step.purpose == INTRODUCE
    }
    return Count(len(made), len(made | missing))


def _visits(plan: Plan, standing: Sequence[Touch]) -> Visits:
    """Of the touches whose step would be a visit first, those that are, and what the others are."""
    channels = plan.territory.channels

    def _is_wished(row: Touch | LeftOut) -> bool:
        step = step_of(plan.territory, row.cadence, row.step)
        first = channels.get(step.channels[0]) if step else None
        return first is not None and first.travels

    last = {attempt(touch)[0]: touch.channel for touch in standing if _is_wished(touch)}
    missing = {attempt(left)[0] for left in plan.left_out if _is_wished(left)}
    visits = sum(channels[name].travels for name in last.values() if name in channels)
    others = Counter(n for n in last.values() if n not in channels or not channels[n].travels)
    return Visits(Count(visits, len({*last, *missing})), dict(others.most_common()))


def longest_silence(plan: Plan) -> Silence:
    """The longest silence of a prioritised account that may be touched.

    Of several as long that of the first in the list.
    """
    territory, longest = plan.territory, Silence()
    heard: dict[str, list[dt.date]] = {}
    for touch in territory.delivered:
        heard.setdefault(touch.account_id, []).append(touch.date)
    for account_id, touches in plan.by_account.items():
        days = (plain(touch.day) for touch in touches if reaches(territory, touch))
        heard.setdefault(account_id, []).extend(days)
    start, end = territory.calendar.start, territory.calendar.end
    for account in territory.active_accounts:
        if territory.tier(account).floor and not account.do_not_contact:
            dates = sorted({start, *heard.get(account.account_id, ()), end})
            most = max((later - sooner).days for sooner, later in pairwise(dates))
            if most > longest.days:
                longest = Silence(most, " ".join(account.name.split()))
    return longest


def _promises(plan: Plan, standing: Iterable[Touch], *, answers: bool) -> Count:
    """Promises that reach the customer by their day, of all that are open or were kept.

    With `answers` those that answer a complaint, else all others; of several attempts the last.
    """
    made = consequences(plan.territory, plan.touches).recoveries
    complaints = {(one.account_id, one.promise.promise_id) for one in made}

    def _is_meant(row: Touch | LeftOut) -> bool:
        is_answer = (row.account_id, row.step) in complaints
        return row.cadence == PROMISES and is_answer is answers

    last = {
        attempt(touch)[0]: not touch.late and reaches(plan.territory, touch)
        for touch in sorted(standing, key=lambda touch: attempt(touch)[1])
        if _is_meant(touch)
    }
    last |= {attempt(left)[0]: False for left in plan.left_out if _is_meant(left)}
    return Count(sum(last.values()), len(last))


def _rows(found: Summary) -> Iterator[tuple[str, str]]:
    """What is told, by its name; empty for what there is nothing to tell of."""
    every = found.every_month
    optional = f"; optional {found.optional}" if found.optional.of else ""
    nights = f"; {counted(found.nights, 'night')} away" if found.nights else ""
    a_week = (found.minutes_a_week, found.travel_minutes_a_week, found.fullest_week)
    week, road, fullest = map(minutes_in_words, a_week)
    accounts = f"{every} prioritised accounts" if every.of else "nobody is prioritised"
    yield "Reached in every month", accounts
    yield "Introductions", f"{found.introductions}" if found.introductions.of else ""
    yield "Required touches", f"{found.required}{optional}"
    yield "Late", f"{found.late}"
    yield "Promises", f"{found.promises} in time" if found.promises.of else ""
    yield "Complaints answered", f"{found.complaints} in time" if found.complaints.of else ""
    yield "Visits", f"{found.visits}" if found.visits.planned.of else ""
    yield "Longest silence", f"{found.silence}" if found.silence.account else ""
    shares = f"{week} on average, {road} of it on the road; the fullest {fullest}{nights}"
    yield "Your week", shares
    yield "Left out", _left_out_in_words(found.left_out)
    yield "How good it is", "; ".join(goodness(found.levels))


def _left_out_in_words(left_out: Mapping[ReasonCode, int]) -> str:
    total = sum(left_out.values())
    if not total:
        return "nothing"
    parts = [f"{count} {REASONS[code]}" for code, count in left_out.items()]
    told = "; ".join(parts) if len(parts) > 1 else REASONS[next(iter(left_out))]
    return f"{counted(total, 'touch')}: {told}"


def first_day_in_words(figures: Summary) -> str:
    """What stands on the first day, as `Monday 4 January 2027: 4 letters, 2 calls`."""
    if figures.first_day is None:
        return ""
    counts = [counted(count, channel) for channel, count in sorted(figures.on_first_day.items())]
    return f"{day_in_words(figures.first_day)}: {', '.join(counts)}"


def goodness(levels: Iterable[Level]) -> Iterator[str]:
    """What is proved: which levels nobody could better, and how far the others may be from it."""
    known = [level for level in levels if level.name in _LEVEL_WORDS]
    best = [_LEVEL_WORDS[level.name] for level in known if _is_best(level)]
    if best:
        yield f"no plan can do better in {listed(best)}"
    for level in (each for each in known if not _is_best(each)):
        if level.possible is None:
            fewest = f", no plan can have fewer than {level.bound:,}" if level.bound else ""
            unit = f" days {BY_TIER}" if level.name == _WEIGHTED_DAYS else ""
            words = f"{level.figure:,}{unit}{fewest}"
        else:
            weighted = "" if level.name == _UNWEIGHTED else f" {BY_TIER}"
            words = f"{percent(level)}{weighted}, {bound_in_words(level)}"
        yield f"{_LEVEL_WORDS[level.name]} {words}"


def _is_best(level: Level) -> bool:
    """Whether no plan can do better; of what is late there cannot be less than nothing."""
    return level.is_proved_best or (level.is_less_better and not level.figure)


def bound_in_words(level: Level) -> str:
    """What is known of how much more than its figure a level could reach."""
    if level.figure == level.possible:
        return "everything"
    if _is_best(level):
        return "no plan can do better"
    if level.is_less_better:
        fewest = f"no plan can have fewer than {level.bound:,}" if level.bound else ""
        return fewest or "how much better is possible is not known"
    if level.bound is None or level.bound == level.possible:
        return "how much more is possible is not known"
    # Rounded up, so that it holds as it is said.
    share = -(-1000 * level.bound // (level.possible or 1)) / 10
    return f"no plan can reach more than {share:g} %"


def percent(level: Level) -> str:
    """The share to a tenth of a per cent, rounded down, so that 100 is said of all only."""
    return f"{1000 * level.figure // (level.possible or 1) / 10:g} %"

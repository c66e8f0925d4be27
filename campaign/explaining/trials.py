"""What would let a touch in: single changes, each tried against the rules, the cheapest first."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from itertools import islice

from attrs import field, frozen

from campaign.explaining.alone import Alone, Changed
from campaign.explaining.away import Nights
from campaign.explaining.ceilings import what_binds
from campaign.explaining.changes import (
    Allowed,
    AsItIs,
    Change,
    HigherCeiling,
    HigherLimit,
    LaterPromise,
    LongerCampaign,
    MoreMinutes,
    OtherChannel,
    SmallerGap,
    WiderWindow,
    WorkOn,
)
from campaign.explaining.limits import Limits
from campaign.explaining.load import Fit, Load
from campaign.explaining.moving import Move
from campaign.explaining.putting import Spot
from campaign.explaining.tested import Tests
from campaign.explaining.words import date_in_words
from campaign.model.busy import A_DAY
from campaign.model.question import MOST_DAYS
from campaign.model.runs import consents
from campaign.model.territory import Territory
from campaign.phrases import listed
from campaign.rules import Fault
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.levels import earlier_choices
from campaign.touches import LeftOut, Plan, ReasonCode
from campaign.workdays import MONTH_DAYS, each_day, plain

FEW_MINUTES = 60
"""Minutes more up to which they are asked for before the policy is changed: our choice."""
MOST_WIDER = 10
"""The most business days by which a window is widened in a trial."""
_MOST_SPOTS = 4
_AS_IT_IS = AsItIs()

NOT_FOUND = "The search has not found its place."
"""Why a touch is left out that nothing keeps out."""


@frozen
class Freed:
    """A change that lets a touch in, tested: with it, it stands there and breaks no rule.

    `moves` are the touches that follow it and have to move along. `wished` are the channels that
    an optional touch was to go by, where it could go by a later choice alone and that counts no
    less than leaving it out.
    """

    change: Change
    date: dt.date
    channel: str = field(kw_only=True)
    moves: tuple[Move, ...] = field(default=(), kw_only=True)
    wished: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def is_as_it_is(self) -> bool:
        """Whether no rule keeps the touch out."""
        return isinstance(self.change, AsItIs)

    @property
    def cause(self) -> str:
        """Why a touch is left out that no rule keeps out, as a sentence."""
        if not self.wished:
            return NOT_FOUND
        return (
            f"No {listed(self.wished, 'or')} fits, and {self.channel} as a second choice counts "
            "no less than leaving out an optional touch ([service])."
        )

    def words(self, territory: Territory) -> str:
        """What to change, and where the touch then stands, as a sentence."""
        what = self.change.words(territory)
        where = f"by {self.channel} on {date_in_words(territory, self.date)}"
        along = "".join(
            f'; "{move.step}" then moves to {date_in_words(territory, move.after)}'
            for move in self.moves
        )
        if self.is_as_it_is:
            # That another search finds it has not been tried, so it is not promised.
            return f"{_begun(what)}, {where}{along}."
        return f"{_begun(what)} would let it in, {where}{along}."


def _begun(what: str) -> str:
    """The words at the begin of a sentence; a key stays as it is to be written."""
    is_key = what.split(" ", 2)[1:2] == ["="]
    return what if is_key else f"{what[:1].upper()}{what[1:]}"


class Hindrance(StrEnum):
    """Why no change is tried for a touch; the value is the sentence."""

    NOT_OWED = "It is not owed any more."
    NO_CONTACT = "Only their own word can change that."
    TO_FIND = "Once you have it, log the same outcome again with --again-on DATE, and plan on."
    WAITS = "It waits for the touch with which the account opens."


class Trials:
    """One plan against which changes are tried; nothing of it moves, only one touch comes in.

    No touch comes in before the day on which the plan was made; what stands on a day before
    `free_from` is frozen, and moves along with nothing.
    """

    def __init__(self, plan: Plan, *, free_from: dt.date = dt.date.min) -> None:
        self.plan = plan
        self.facts: Facts = Facts(plan)
        self._load = Load(self.facts)
        self._tests = Tests(self.facts, self._load, free_from)

    def hindrance(self, left_out: LeftOut) -> Hindrance | None:
        """Why no change is tried for a touch; None where there are some to try."""
        due = self.facts.due(left_out.touch_id)
        if due is None:
            return Hindrance.NOT_OWED
        if due.account.do_not_contact or due.person.do_not_contact:
            return Hindrance.NO_CONTACT
        if left_out.reason_code is ReasonCode.NO_CONSENT and self._is_closed(due):
            return Hindrance.TO_FIND
        if left_out.reason_code is ReasonCode.GRIEVANCE_UNOPENED and not due.opens:
            return Hindrance.WAITS
        return None

    def _is_closed(self, due: Due) -> bool:
        """Whether something came back by a channel of the touch, and nothing came through since."""
        closed_to = self.facts.consequences.closed_to
        return any(closed_to(due.person.contact_id, channel) for channel in due.step.channels)

    def limit(self, left_out: LeftOut) -> str:
        """Which limits of its channels keep a touch out, empty where it is something else."""
        due = self.facts.due(left_out.touch_id)
        if due is None or left_out.reason_code is not ReasonCode.CHANNEL_LIMIT:
            return ""
        return Limits(self.facts, self._load).told(due)

    def ceiling(self, left_out: LeftOut) -> str:
        """Which ceiling of a person keeps a touch out, empty where it is something else."""
        due = self.facts.due(left_out.touch_id)
        if due is None or left_out.reason_code is not ReasonCode.COURTESY:
            return ""
        return what_binds(self.facts, due)

    def freed(self, left_out: LeftOut) -> Freed | None:
        """The first of the changes, from the cheapest, that lets a touch in; None without one.

        Nobody's wish for no contact is ever changed. A touch that only waits for the
        opening of a grievance account is freed by that one's change.
        """
        due = self.facts.due(left_out.touch_id)
        if due is None or self.hindrance(left_out):
            return None
        alone = Alone(self.plan, due, self._tests.coming(left_out.touch_id))
        for change, spot in _Tries(alone, self._load):
            moves = self._tests.moves(change, spot, alone)
            if moves is not None:
                wished = self._wished(due, spot) if change is _AS_IT_IS else ()
                return Freed(change, spot.date, channel=spot.channel, moves=moves, wished=wished)
        return None

    def _wished(self, due: Due, spot: Spot) -> tuple[str, ...]:
        """The channels wished before one by which an optional touch had better be left out."""
        rates = self.plan.territory.service
        if due.step.required or rates.second_choice < rates.optional:
            return ()
        return earlier_choices(self.facts, due, spot.channel)

    def with_change(
        self, change: Change, touch_id: str, spot: Spot
    ) -> tuple[Plan, tuple[Move, ...]] | None:
        """The plan after a change, with the touch in it, and what followed it and moved.

        None where something that follows it cannot move along.
        """
        return self._tests.with_change(change, touch_id, spot)

    def breaks_nothing(self, placed: Plan, touch_id: str) -> bool:
        """Whether the touch breaks no rule in a plan, and nothing else does that did not."""
        return self._tests.breaks_nothing(placed, touch_id)


@frozen(eq=False)
class _Tries:
    """The changes that may let one touch in, the cheapest first, each with a spot for it."""

    alone: Alone
    load: Load

    def __iter__(self) -> Iterator[tuple[Change, Spot]]:
        """Lazily: what is dear to know is asked only where all before it has failed."""
        yield from ((_AS_IT_IS, fit.spot) for fit in self._fits if fit.fits and self._keeps(fit))
        short = [fit for fit in self._fits if fit.short and not fit.limits]
        territory = self.alone.plan.territory
        few, many = _few(short), [fit for fit in short if fit.short > FEW_MINUTES]
        yield from _minutes(territory, filter(self._keeps_in_time, few))
        yield from self._higher_limits()
        yield from self._with_moves()
        yield from islice(self._nights_away(), _MOST_SPOTS)
        for change in (*self._kinder(), *self._others()):
            yield from ((change, spot) for spot in islice(self._spots(change), _MOST_SPOTS))
        yield from _minutes(territory, filter(self._keeps_in_time, sorted(many, key=_by_minutes)))

    @cached_property
    def _now(self) -> Changed:
        return self.alone.after(_AS_IT_IS)

    @cached_property
    def _fits(self) -> tuple[Fit, ...]:
        """The spots as things are, whatever the account's own rules say of them."""
        return tuple(self._all(self._now, self._now.spots))

    def _all(self, then: Changed, spots: Iterable[Spot]) -> Iterator[Fit]:
        for spot in spots:
            if not self.load.is_fact_in_part(spot):
                yield self.load.fit(then.plan.territory, then.due, spot)

    def _keeps(self, fit: Fit) -> bool:
        return self._now.keeps(fit.spot)

    def _keeps_in_time(self, fit: Fit) -> bool:
        return self._now.keeps(fit.spot) and fit.in_time

    def _higher_limits(self) -> Iterator[tuple[Change, Spot]]:
        """The spots that only one limit closes, the lowest limit first."""
        single = [fit for fit in self._fits if not fit.short and len(fit.limits) == 1]
        ordered = filter(self._keeps_in_time, sorted(single, key=lambda fit: fit.limits))
        for fit in islice(ordered, _MOST_SPOTS):
            ((per, to),) = fit.limits
            yield HigherLimit(fit.spot.channel, per, to=to), fit.spot

    def _with_moves(self) -> Iterator[tuple[Change, Spot]]:
        """The spots that only what follows the touch closes, with few minutes more or none."""
        if not self.alone.followers:
            return
        then = self.alone.after(_AS_IT_IS, moving=True)
        open_to_it = [fit for fit in self._all(then, then.spots) if not fit.limits]
        free = (fit for fit in open_to_it if fit.fits and then.keeps(fit.spot))
        yield from ((_AS_IT_IS, fit.spot) for fit in islice(free, _MOST_SPOTS))
        few = _few(fit for fit in open_to_it if fit.short)
        kept = (fit for fit in few if then.keeps(fit.spot) and fit.in_time)
        yield from _minutes(then.plan.territory, kept)

    def _nights_away(self) -> Iterator[tuple[Change, Spot]]:
        """The spots of a visit that a night there opens, of those that its account allows."""
        nights = Nights(self.load.facts)
        for change, spot in nights.tries(self.alone.due, self._now.spots, self.alone.coming):
            if self._now.keeps(spot):
                yield change, spot

    def _spots(self, change: Change) -> Iterator[Spot]:
        """The spots with room that a change opens, the first first."""
        then = self.alone.after(change)
        for fit in self._all(then, self._opened(change, then)):
            if fit.has_room and then.keeps(fit.spot) and fit.in_time:
                yield fit.spot

    def _opened(self, change: Change, then: Changed) -> Iterable[Spot]:
        """The spots that may be open after a change and were not before it."""
        match change:
            case SmallerGap():
                return self._closed_only_by(Fault.TOO_CLOSE)
            case HigherCeiling(channel=""):
                return self._closed_only_by(Fault.TOO_MANY_TOUCHES)
            case HigherCeiling():
                return self._closed_only_by(Fault.TOO_MANY_BY_CHANNEL)
            case OtherChannel(channel=name) | Allowed(channel=name):
                return (spot for spot in then.spots if spot.channel == name)
            case WorkOn(date=day) | LaterPromise(due=day):
                return (spot for spot in then.spots if spot.date == day)
            case _:
                known = set(self._now.spots)
                return (spot for spot in then.spots if spot not in known)

    def _closed_only_by(self, fault: Fault) -> Iterator[Spot]:
        for fit in self._fits:
            if fit.has_room and self._now.faults(fit.spot) == {fault}:
                yield fit.spot

    def _kinder(self) -> Iterator[Change]:
        """Changes of the policy: channels, windows, distances, ceilings."""
        due, territory = self.alone.due, self.alone.plan.territory
        step = due.step
        if due.promise is None:
            others = sorted(territory.channels.values(), key=lambda channel: channel.minutes)
            for channel in others:
                if channel.name not in step.channels and _can_reach(due, channel.name):
                    yield OtherChannel(due.cadence, step.name, channel=channel.name)
            for days in range(1, MOST_WIDER + 1):
                yield WiderWindow(due.cadence, step.name, days=days)
        courtesy = territory.courtesy
        for gap in reversed(range(courtesy.gap)):
            yield SmallerGap(gap)
        yield HigherCeiling("", courtesy.most + 1)
        for name in step.channels:
            if name in courtesy.most_by_channel:
                yield HigherCeiling(name, courtesy.most_by_channel[name] + 1)

    def _others(self) -> Iterator[Change]:
        """Changes that others have to agree to, and those of the rep's own days."""
        due, territory = self.alone.due, self.alone.plan.territory
        yield from _consents(territory, due)
        facts = self._now.facts
        if due.promise:
            for day in facts.working_days:
                if day > due.promise.due:
                    yield LaterPromise(due.promise.promise_id, day)
        for span in territory.rep.leave:
            for day in each_day(max(span.first, facts.start), min(span.last, facts.end)):
                yield WorkOn(plain(day))
        if territory.days + MONTH_DAYS <= MOST_DAYS:
            yield LongerCampaign(territory.days + MONTH_DAYS)


def _can_reach(due: Due, channel: str) -> bool:
    """Whether the number or email address is known that a channel would need."""
    account, person = due.account, due.person
    if channel == "email":
        return bool(person.email or account.email)
    return channel != "call" or bool(person.phone or account.phone)


def _consents(territory: Territory, due: Due) -> Iterator[Change]:
    person = due.person
    for name in due.step.channels:
        if consents(territory, person, name):
            continue
        if person.contact_id == due.account.account_id:
            yield Allowed(name)
        else:
            yield Allowed(name, contact_id=person.contact_id, name=person.name)


def _by_minutes(fit: Fit) -> tuple[int, dt.date]:
    return fit.short, fit.spot.date


def _few(fits: Iterable[Fit]) -> list[Fit]:
    return sorted((fit for fit in fits if fit.short <= FEW_MINUTES), key=_by_minutes)


def _minutes(territory: Territory, fits: Iterable[Fit]) -> Iterator[tuple[Change, Spot]]:
    """Minutes more where the day has so many: a drive across a continent takes more."""
    more_on = territory.capacity.more_on
    held = (fit for fit in fits if more_on(fit.spot.date) + fit.short <= A_DAY)
    for fit in islice(held, _MOST_SPOTS):
        yield MoreMinutes(fit.spot.date, fit.short, of_week=fit.short_of_day <= 0), fit.spot

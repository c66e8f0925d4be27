"""What would let a touch in: single changes, each tried against the rules, the cheapest first."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice

from attrs import evolve, field, frozen

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
from campaign.explaining.clock import Clock
from campaign.explaining.moving import Along, Move
from campaign.explaining.putting import Spot, day_of_visits, put_in, touch_at
from campaign.explaining.words import date_in_words
from campaign.model.channels import Channel
from campaign.model.runs import consents
from campaign.model.territory import MOST_DAYS, Territory
from campaign.rules import RULES, Fault, Rule, Violation, violations, window_of
from campaign.rules.capacity import capacity_of_day, capacity_of_week, count_of
from campaign.rules.facts import Due, Facts, plain
from campaign.rules.owed import (
    nothing_before_the_opening,
    nothing_before_the_recovery,
    openings_in_their_days,
)
from campaign.touches import LeftOut, Plan, ReasonCode
from campaign.workdays import MONTH_DAYS, each_day

FEW_MINUTES = 60
"""Minutes more up to which they are asked for before the policy is changed: our choice."""
MOST_WIDER = 10
"""The most business days by which a window is widened in a trial."""
_MOST_SPOTS = 4
_OF_AN_ACCOUNT = ("R1", "R4", "R5", "R6", "R12")
_IN_TURN = (nothing_before_the_opening, openings_in_their_days, nothing_before_the_recovery)
_Key = tuple[str, Fault, str, dt.date | None, str]


@frozen
class Freed:
    """A change that lets a touch in, tested: with it, it stands there and breaks no rule.

    `moves` are the touches that follow it and have to move along.
    """

    change: Change
    date: dt.date
    channel: str = field(kw_only=True)
    moves: tuple[Move, ...] = field(default=(), kw_only=True)

    def words(self, territory: Territory) -> str:
        """What to change, and where the touch then stands, as a sentence."""
        what = self.change.words(territory)
        where = f"by {self.channel} on {date_in_words(territory, self.date)}"
        along = "".join(
            f'; "{move.step}" then moves to {date_in_words(territory, move.after)}'
            for move in self.moves
        )
        if isinstance(self.change, AsItIs):
            # That another search finds it has not been tried, so it is not promised.
            return f"{what[:1].upper()}{what[1:]}, {where}{along}."
        return f"{what[:1].upper()}{what[1:]} would let it in, {where}{along}."


@frozen
class _Fit:
    """A spot that the account's own rules allow, and by how much the rep's limits do not.

    `in_time` says whether the day has a time of day for it.
    """

    spot: Spot
    short_of_day: int
    short_of_week: int
    limits: tuple[tuple[str, int], ...]
    in_time: bool

    @property
    def short(self) -> int:
        return max(0, self.short_of_day, self.short_of_week)

    @property
    def fits(self) -> bool:
        return self.in_time and not self.short and not self.limits


class Trials:
    """One plan against which changes are tried; nothing of it moves, only one touch comes in."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.facts = Facts(plan)
        self._clock = Clock(self.facts)

    def freed(self, left_out: LeftOut) -> Freed | None:
        """The first of the changes, from the cheapest, that lets a touch in; None without one.

        Nobody's wish for no contact is ever changed. A touch that only waits for the
        opening of a grievance account is freed by that one's change.
        """
        due = self.facts.due(left_out.touch_id)
        if due is None or due.account.do_not_contact or due.person.do_not_contact:
            return None
        if left_out.reason_code is ReasonCode.GRIEVANCE_UNOPENED and not due.opens:
            return None
        for change, spot in self._tries(due):
            placed = self.with_change(change, due.touch_id, spot)
            if placed and self.breaks_nothing(placed[0], due.touch_id):
                return Freed(change, spot.date, channel=spot.channel, moves=placed[1])
        return None

    def with_change(
        self, change: Change, touch_id: str, spot: Spot
    ) -> tuple[Plan, tuple[Move, ...]] | None:
        """The plan after a change, with the touch in it, and what followed it and moved.

        None where something that follows it cannot move along.
        """
        changed = evolve(self.plan, territory=change.applied(self.plan.territory))
        facts = Facts(changed, only=self.facts.dues[touch_id].account.account_id)
        due = facts.dues[touch_id]
        placed = put_in(changed, due, spot, planned_on=self._planned_on)
        return Along(facts, self._has_room, _broken_alone).moved(placed, due)

    def _has_room(self, due: Due, spot: Spot) -> bool:
        """Whether a day of the plan as it is can hold one touch more."""
        return self._fit(self.plan.territory, due, spot).fits

    def breaks_nothing(self, placed: Plan, touch_id: str) -> bool:
        """Whether the touch breaks no rule in a plan, and nothing else does that did not.

        That with more room another account's promise or opening could stand better is no
        fault of the touch.
        """
        account_id = self.facts.dues[touch_id].account.account_id
        found = violations(placed)
        new = [one for one in found if _key(one) not in self._broken]
        return all(one.rule in ("R7", "R8") and one.account_id != account_id for one in new)

    @cached_property
    def _broken(self) -> frozenset[_Key]:
        return frozenset(map(_key, violations(self.plan)))

    @property
    def _planned_on(self) -> dt.date:
        return self.facts.latest_planning

    def _tries(self, due: Due) -> Iterator[tuple[Change, Spot]]:
        as_it_is = AsItIs()
        fits = self._fits(as_it_is, due)
        yield from ((as_it_is, fit.spot) for fit in fits if fit.fits)
        short = sorted(
            (fit for fit in fits if fit.in_time and fit.short and not fit.limits),
            key=lambda fit: (fit.short, fit.spot.date),
        )
        few = [fit for fit in short if fit.short <= FEW_MINUTES]
        yield from _minutes(few)
        yield from _higher_limits(fits)
        yield from self._with_moves(due)
        for change in (*self._kinder(due), *self._others(due)):
            spots = (fit.spot for fit in self._fits(change, due) if fit.fits)
            yield from ((change, spot) for spot in islice(spots, _MOST_SPOTS))
        yield from _minutes(short[len(few) :])

    def _with_moves(self, due: Due) -> Iterator[tuple[Change, Spot]]:
        """The spots that only what follows the touch closes, with few minutes more or none."""
        fits = self._fits(AsItIs(), due, moving=True)
        free = (fit.spot for fit in fits if fit.fits)
        yield from ((AsItIs(), spot) for spot in islice(free, _MOST_SPOTS))
        short = [
            fit for fit in fits if fit.in_time and 0 < fit.short <= FEW_MINUTES and not fit.limits
        ]
        yield from _minutes(sorted(short, key=lambda fit: (fit.short, fit.spot.date)))

    def _kinder(self, due: Due) -> Iterator[Change]:
        """Changes of the policy: channels, windows, distances, ceilings."""
        territory, step = self.plan.territory, due.step
        if due.promise is None:
            others = sorted(territory.channels.values(), key=lambda channel: channel.minutes)
            for channel in others:
                if channel.name not in step.channels:
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

    def _others(self, due: Due) -> Iterator[Change]:
        """Changes that others have to agree to, and those of the rep's own days."""
        territory, person = self.plan.territory, due.person
        for name in due.step.channels:
            if consents(territory, person, name):
                continue
            if person.contact_id == due.account.account_id:
                yield Allowed(name)
            else:
                yield Allowed(name, contact_id=person.contact_id, name=person.name)
        if due.promise:
            for day in self.facts.working_days:
                if day > due.promise.due:
                    yield LaterPromise(due.promise.promise_id, day)
        for span in territory.rep.leave:
            for day in each_day(max(span.first, self.facts.start), min(span.last, self.facts.end)):
                yield WorkOn(plain(day))
        if territory.days + MONTH_DAYS <= MOST_DAYS:
            yield LongerCampaign(territory.days + MONTH_DAYS)

    def _fits(self, change: Change, due: Due, *, moving: bool = False) -> list[_Fit]:
        """The spots that a change leaves open by the account's own rules, the first first.

        The account is looked at by itself, so that many changes can be tried. With `moving`
        what follows the touch is left aside, as it may move along.
        """
        own = self._own(due, without_followers=moving)
        changed = evolve(own, territory=change.applied(own.territory))
        facts = Facts(changed, only=due.account.account_id)
        then = facts.dues[due.touch_id]
        days = [day for day in facts.working_days if day >= self._planned_on]
        if then.promise and then.promise.due >= self._planned_on:
            days.reverse()
        return [
            self._fit(changed.territory, then, Spot(channel.name, day))
            for channel in (changed.territory.channels[name] for name in then.step.channels)
            for day in self._in_window(changed, then, channel, days)
            if _keeps_own_rules(changed, then, Spot(channel.name, day), self._planned_on)
            and not self._is_fact_in_part(channel, day)
        ]

    def _own(self, due: Due, *, without_followers: bool = False) -> Plan:
        """The plan of one account alone."""
        account_id, territory = due.account.account_id, self.plan.territory
        alone = evolve(
            territory,
            accounts=(territory.account(account_id),),
            contacts=territory.contacts_of(account_id),
            promises=tuple(p for p in territory.promises if p.account_id == account_id),
            delivered=(),
        )
        touches = (t for t in self.plan.touches if t.account_id == account_id)
        if without_followers:
            followers = Along(self.facts, self._has_room, _broken_alone).followers(due)
            left_aside = {follower.touch_id for follower in followers}
            touches = (touch for touch in touches if touch.touch_id not in left_aside)
        return Plan(alone, tuple(touches))

    def _in_window(
        self, plan: Plan, due: Due, channel: Channel, days: Iterable[dt.date]
    ) -> list[dt.date]:
        new = touch_at(
            plan.territory,
            due,
            Spot(channel.name, plan.territory.start),
            planned_on=self._planned_on,
        )
        first, last = window_of(evolve(plan, touches=(*plan.touches, new)), new)
        return [day for day in days if first <= day <= last]

    def _is_fact_in_part(self, channel: Channel, day: dt.date) -> bool:
        """Whether a visit of that day has been logged, so that its tour stands."""
        rows = (row for row in self.facts.rows if row.touch.date == day and row.travels)
        return channel.travels and any(not row.is_planned for row in rows)

    def _fit(self, territory: Territory, due: Due, spot: Spot) -> _Fit:
        week = territory.calendar.week(spot.date)
        of_day = self.facts.by_day.get(spot.date, [])
        of_week = self.facts.by_week.get(week, [])
        added = self._added_minutes(territory, due, spot)
        day = sum(row.touch.day_minutes for row in of_day) + added
        whole = sum(row.touch.day_minutes for row in of_week) + added
        return _Fit(
            spot,
            day - capacity_of_day(territory, spot.date),
            whole - capacity_of_week(territory, week),
            tuple(self._beyond_limits(territory.channels[spot.channel], due, spot)),
            self._clock.holds(due, spot),
        )

    def _added_minutes(self, territory: Territory, due: Due, spot: Spot) -> int:
        channel = territory.channels[spot.channel]
        if not channel.travels:
            return channel.minutes
        new = touch_at(territory, due, spot, planned_on=self._planned_on)
        before = sum(
            row.touch.day_minutes for row in self.facts.by_day.get(spot.date, ()) if row.travels
        )
        return sum(touch.day_minutes for touch in day_of_visits(self.plan, new)) - before

    def _beyond_limits(self, channel: Channel, due: Due, spot: Spot) -> Iterator[tuple[str, int]]:
        """The limits of the channel that one more use exceeds, with what they would have to be."""
        known = self.plan.territory.channels[channel.name]
        of_day = self.facts.by_day.get(spot.date, [])
        met = {row.account_id for row in of_day if row.channel is known}
        if channel.travels and due.account.account_id in met:
            return
        used = count_of(known, of_day) + 1
        if channel.per_day is not None and used > channel.per_day:
            yield "day", used
        week = self.plan.territory.calendar.week(spot.date)
        days = {row.day for row in self.facts.by_week.get(week, ())}
        used = sum(count_of(known, self.facts.by_day[day]) for day in days) + 1
        if channel.per_week is not None and used > channel.per_week:
            yield "week", used


def _minutes(fits: Iterable[_Fit]) -> Iterator[tuple[Change, Spot]]:
    for fit in islice(fits, _MOST_SPOTS):
        yield MoreMinutes(fit.spot.date, fit.short, of_week=fit.short_of_day <= 0), fit.spot


def _higher_limits(fits: Iterable[_Fit]) -> Iterator[tuple[Change, Spot]]:
    """The spots that only one limit closes, the lowest limit first."""
    single = [fit for fit in fits if fit.in_time and not fit.short and len(fit.limits) == 1]
    for fit in islice(sorted(single, key=lambda fit: fit.limits), _MOST_SPOTS):
        ((per, to),) = fit.limits
        yield HigherLimit(fit.spot.channel, per, to=to), fit.spot


def _keeps_own_rules(plan: Plan, due: Due, spot: Spot, planned_on: dt.date) -> bool:
    """Whether the rules that look at one account alone hold with the touch in its plan."""
    new = touch_at(plan.territory, due, spot, planned_on=planned_on)
    before = set(map(_key, _own_violations(plan, due)))
    after = _own_violations(evolve(plan, touches=(*plan.touches, new)), due)
    return all(_key(one) in before for one in after)


def _broken_alone(plan: Plan, due: Due) -> Iterator[Violation]:
    """What one account breaks of its own rules, looked at by itself."""
    account_id = due.account.account_id
    touches = tuple(touch for touch in plan.touches if touch.account_id == account_id)
    return _own_violations(evolve(plan, touches=touches), due)


def _own_violations(plan: Plan, due: Due) -> Iterator[Violation]:
    facts = Facts(plan, only=due.account.account_id)
    for check in _OWN_CHECKS:
        yield from check(facts)


def _own_checks(rules: Iterable[Rule]) -> Iterator[Callable[[Facts], Iterator[Violation]]]:
    for rule in rules:
        if rule.name in _OF_AN_ACCOUNT or rule.check in _IN_TURN:
            yield rule.check


_OWN_CHECKS: tuple[Callable[[Facts], Iterator[Violation]], ...] = tuple(_own_checks(RULES))


def _key(violation: Violation) -> _Key:
    return (
        violation.rule,
        violation.fault,
        violation.touch_id,
        violation.date,
        violation.account_id,
    )

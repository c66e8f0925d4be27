"""What is owed, in minutes, by week and by channel, against what the rep gives; what would mend it.

Each repair is reckoned anew from what would be owed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from math import inf

from attrs import evolve, frozen

from campaign.demand import Owed
from campaign.feasibility.hours_needed import FULL, ChannelUse, Repair, RepairCode, Week, load
from campaign.model.cadences import Gap
from campaign.model.channels import Channel
from campaign.model.post import days_in_post
from campaign.model.runs import asked_from
from campaign.model.territory import Territory
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.windows import OPENING_DAYS, gap_of

TRAVEL_A_VISIT = 25
"""The minutes of driving that each visit is reckoned with before any tour is known."""
_ROUND_TO = 10


@frozen
class Books:
    """What is owed, each by its first allowed channel, against the rep's minutes."""

    territory: Territory
    owed: tuple[Owed, ...]

    @cached_property
    def needed(self) -> int:
        """The minutes of all that is owed, travel reckoned."""
        return sum(self.minutes(owed) for owed in self.owed)

    @cached_property
    def available(self) -> int:
        """The minutes that the rep gives to the campaign."""
        return sum(self.capacities)

    @cached_property
    def capacities(self) -> tuple[int, ...]:
        """The minutes of each week of the campaign: what its days hold, at most what it does."""
        calendar, held = self.territory.calendar, Counter[int]()
        for day in calendar.working_days:
            held[calendar.week(day)] += capacity_of_day(self.territory, day)
        weeks = range(calendar.week(calendar.end) + 1)
        return tuple(min(held[week], capacity_of_week(self.territory, week)) for week in weeks)

    @property
    def load(self) -> float:
        """Needed over available."""
        return load(self.needed, self.available)

    def minutes(self, owed: Owed, channel: str = "") -> int:
        """The minutes of one touch, travel reckoned, by a channel or its first allowed one."""
        used = self.territory.channels[channel or owed.wanted_channels[0]]
        return owed.account.minutes_by(used) + (TRAVEL_A_VISIT if used.travels else 0)

    def channels(self) -> Iterator[ChannelUse]:
        """Every channel by which something is owed, in the order of the territory."""
        touches, minutes = Counter[str](), Counter[str]()
        for owed in self.owed:
            touches[owed.wanted_channels[0]] += 1
            minutes[owed.wanted_channels[0]] += self.minutes(owed)
        for name, used in self.territory.channels.items():
            if touches[name]:
                room = self._room(used)
                yield ChannelUse(name, touches=touches[name], minutes=minutes[name], room=room)

    def _room(self, used: Channel) -> int | None:
        if used.per_day is None and used.per_week is None:
            return None
        calendar = self.territory.calendar
        days = Counter(
            calendar.week(day) for day in calendar.working_days if day.weekday() in used.weekdays
        )
        most = inf if used.per_week is None else used.per_week
        day = most if used.per_day is None else used.per_day
        return int(sum(min(most, count * day) for count in days.values()))

    def weeks(self) -> Iterator[Week]:
        """Every week, each touch spread evenly over those of its window in which the rep works."""
        calendar, needed = self.territory.calendar, [0.0] * len(self.capacities)
        for owed in self.owed:
            window = self._window(owed)
            first, last = (min(max(day, calendar.start), calendar.end) for day in window)
            weeks = range(calendar.week(first), calendar.week(last) + 1)
            worked = [week for week in weeks if self.capacities[week]] or weeks
            for week in worked:
                needed[week] += self.minutes(owed) / len(worked)
        for week, minutes in enumerate(needed):
            yield Week(week, available=self.capacities[week], needed=round(minutes))

    def _window(self, owed: Owed) -> tuple[dt.date, dt.date]:
        """The earliest and the latest day, both perhaps outside the campaign."""
        if owed.promise:
            return owed.promise.due, owed.promise.due
        calendar, since = self.territory.calendar, owed.account.grievance_since
        late = 0
        if owed.sent:
            late = asked_from(self.territory, owed.sent)
        elif since and owed.account.has_grievance and since > self.territory.start:
            # A grievance of the campaign's own time comes first.
            late = max(0, calendar.position(since) - 1)
        gap = Gap(1, OPENING_DAYS, ideal=1) if owed.opens else self._from_the_eve(owed)
        # The business days at the positions, the last one for any later.
        found = (calendar.business_days[: late + days][-1:] for days in (gap.least, gap.most))
        first, last = (days[0] if days else calendar.start for days in found)
        return first, last

    def _from_the_eve(self, owed: Owed) -> Gap:
        """All gaps from the start, with the time in the post of the first wanted channels."""
        days = len(self.territory.calendar.business_days)
        total = gap_of(owed.step, days)
        for step in owed.run.cadence.path(owed.step) if owed.run else ():
            post = days_in_post(self.territory, step.channels[0], owed.account, owed.person)
            total += gap_of(step, days) + Gap(post, post)
        return total

    def repairs(self) -> tuple[Repair, ...]:
        """Every repair that saves or adds minutes, the cheapest first."""
        found = [*self._with_less(), *self._more_minutes()]
        found.sort(
            key=lambda repair: (
                repair.required_lost,
                repair.minutes_more,
                repair.optional_lost,
                -repair.minutes_saved,
            )
        )
        return tuple(found)

    def _with_less(self) -> Iterator[Repair]:
        """The repairs by which less would be owed, or by less minutes."""
        for code, owed, names in self._changes():
            after = evolve(self, owed=tuple(owed))
            left = {touch.touch_id: touch for touch in after.owed}
            lost = [touch for touch in self.owed if touch.touch_id not in left]
            changed = [t for t in self.owed if t.touch_id in left and left[t.touch_id] != t]
            if after.needed < self.needed:
                yield Repair(
                    code,
                    after.load,
                    touches=len(lost) + len(changed),
                    minutes_saved=self.needed - after.needed,
                    required_lost=sum(touch.weight for touch in lost if touch.step.required),
                    optional_lost=sum(touch.weight for touch in lost if not touch.step.required),
                    names=names,
                )

    def _changes(self) -> Iterator[tuple[RepairCode, Sequence[Owed], str]]:
        """What would be owed after each repair, and the tier that it concerns."""
        channels = self.territory.channels
        tiers = [tier.name for tier in self.territory.tiers]

        def _by(touch: Owed, names: Sequence[str]) -> Owed:
            # A grievance is still heard in person where that is possible.
            is_same = touch.opens or not names or names[0] == touch.wanted_channels[0]
            return touch if is_same else evolve(touch, channels=tuple(names))

        at_home = (
            _by(touch, [name for name in touch.wanted_channels if not channels[name].travels])
            for touch in self.owed
        )
        yield RepairCode.VISITS_BY_CALL, tuple(at_home), ""
        cheapest = (
            _by(touch, sorted(touch.wanted_channels, key=partial(self.minutes, touch)))
            for touch in self.owed
        )
        yield RepairCode.CHEAPEST_CHANNEL, tuple(cheapest), ""
        required = [touch for touch in self.owed if touch.step.required]
        yield RepairCode.NO_OPTIONAL_STEPS, required, ""
        # Those who run the `others` of the lowest tier that has any.
        further = [
            touch
            for touch in self.owed
            if touch.run and not touch.run.is_main and not touch.run.contact.cadence
        ]
        lowest = max((touch.account.tier for touch in further), key=tiers.index, default="")
        gone = {touch.touch_id for touch in further if touch.account.tier == lowest}
        yield (
            RepairCode.NO_FURTHER_CONTACTS,
            [touch for touch in self.owed if touch.touch_id not in gone],
            lowest,
        )
        # The cadences of the lowest tier; its promises and grievances are kept.
        used = sorted({one.tier for one in self.territory.active_accounts}, key=tiers.index)
        if len(used) > 1:
            kept = [
                touch
                for touch in self.owed
                if touch.promise or touch.account.has_grievance or touch.account.tier != used[-1]
            ]
            yield RepairCode.WITHOUT_LOWEST_TIER, kept, used[-1]

    def _more_minutes(self) -> Iterator[Repair]:
        """The least `minutes_per_week`, in tens, with which the work fits, else what days hold."""
        if self.load <= FULL:
            return
        capacity = self.territory.capacity
        now, most = capacity.minutes_per_week, 7 * capacity.minutes_per_day
        # The accounts do not matter to the rep's minutes.
        empty = evolve(self.territory, accounts=(), contacts=(), promises=())
        best, available = now, self.available
        for minutes in range((now // _ROUND_TO + 1) * _ROUND_TO, most + _ROUND_TO, _ROUND_TO):
            if available >= self.needed:
                break
            given = evolve(empty, capacity=evolve(capacity, minutes_per_week=minutes))
            if (more := Books(given, ()).available) > available:
                best, available = minutes, more
        if available > self.available:
            more = available - self.available
            after = load(self.needed, available)
            yield Repair(RepairCode.MORE_MINUTES, after, minutes_more=more, names=f"{best}")

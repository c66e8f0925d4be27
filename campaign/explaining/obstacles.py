"""What keeps one touch from each spot that it could have, and the cheapest change that opens one.

The touch is put on each day that is left, by each channel. Where one thing alone keeps it from
there, the change that takes that away is applied, and it is asked again. Minutes, limits and the
clock are for `Room` to know, all else for the rules.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from attrs import evolve, frozen

from campaign.explaining.room import Room
from campaign.explaining.single_change import Obstacle, OneChange, Spot
from campaign.model.channels import CALL
from campaign.model.persons import number_of
from campaign.model.post import days_in_post
from campaign.model.question import MOST_DAYS
from campaign.model.runs import channels_for, consents
from campaign.model.territory import Territory
from campaign.rules import Fault, Violation, checked, rules_named
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.windows import Window, window
from campaign.touches import Plan, Touch
from campaign.workdays import MONTH_DAYS, each_day, plain

FEW_MINUTES = 60
"""Minutes more up to which they are asked for before the policy is changed: our choice."""
MOST_WIDER = 10
"""The most business days by which a window is widened: our choice."""
_MOST_SPOTS = 4

OF_AN_ACCOUNT = rules_named("R1", "R4", "R5", "R6", "R7", "R8", "R12")
"""What looks at accounts and people; minutes, limits and the clock are for `Room` to know."""
_OBSTACLES: Mapping[Fault, Obstacle] = MappingProxyType(
    {
        # Of these it is known before, by the spot.
        Fault.NO_CONSENT: Obstacle.CONSENT,
        Fault.NO_WORKING_DAY: Obstacle.LEAVE,
        Fault.OUTSIDE_CAMPAIGN: Obstacle.END,
        Fault.OUTSIDE_WINDOW: Obstacle.WINDOW,
        Fault.TOO_CLOSE: Obstacle.GAP,
        Fault.RUNG_TWICE: Obstacle.GAP,
        Fault.TOO_MANY_TOUCHES: Obstacle.CEILING,
        Fault.TOO_MANY_BY_CHANNEL: Obstacle.CEILING_OF_CHANNEL,
    }
)


@frozen(eq=False)
class Neighbours:
    """One account of a plan, and its people elsewhere: what may forbid a touch of it its day."""

    facts: Facts

    def new(self, touch: Touch) -> list[Violation]:
        """What the touch breaks of the rules that look at accounts and people."""
        found = checked(self.facts.with_row(touch), OF_AN_ACCOUNT)
        return [one for one in found if not one.is_notice and _key(one) not in self._broken]

    @cached_property
    def _broken(self) -> frozenset[tuple[object, ...]]:
        return frozenset(map(_key, checked(self.facts, OF_AN_ACCOUNT)))


def _key(found: Violation) -> tuple[object, ...]:
    """What makes two violations the same, whatever their figures."""
    return found.rule, found.fault, found.touch_id, found.date, found.account_id


def of_accounts(territory: Territory, ids: Iterable[str]) -> Territory:
    """A territory with some of its accounts only, and with what belongs to them."""
    few = set(ids)
    return evolve(
        territory,
        accounts=[one for one in territory.ranked_accounts if one.account_id in few],
        contacts=[one for one in territory.contacts if one.account_id in few],
        promises=[one for one in territory.promises if one.account_id in few],
        delivered=(),
    )


@frozen(eq=False)
class WholePlan:
    """A plan, indexed once for all that it leaves out."""

    plan: Plan

    @cached_property
    def facts(self) -> Facts:
        """The plan beside what is owed."""
        return Facts(self.plan)

    @cached_property
    def room(self) -> Room:
        """What its days hold."""
        return Room(self.facts)

    def neighbours(self, due: Due) -> Plan:
        """The rows of an account, of its person elsewhere, and of who shares their number."""
        account_id, number = due.account.account_id, number_of(due.account, due.person)
        keys = self._keys(account_id, due.person.contact_id, number)
        rows = {one.touch_id: one for key in keys for one in self._rows.get(key, ())}
        ids = {account_id, *(one.account_id for one in rows.values())}
        few = of_accounts(self.plan.territory, ids)
        return Plan(few, rows.values(), day=self.plan.day, joined=self.plan.joined)

    def _keys(self, account_id: str, contact_id: str, number: str) -> Iterator[tuple[str, str]]:
        territory = self.facts.territory
        yield "account", account_id
        yield "person", territory.person_of(contact_id)
        if number in territory.shared_numbers:
            yield "number", number

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], list[Touch]]:
        """The rows by account, by person, and by a telephone number that several share."""
        found = defaultdict[tuple[str, str], list[Touch]](list)
        is_any_shared = bool(self.facts.territory.shared_numbers)
        for row in self.facts.rows:
            number = number_of(row.account, row.person) if is_any_shared else ""
            for key in self._keys(row.account_id, row.touch.contact_id, number):
                found[key].append(row.touch)
        return found


Price = tuple[int, int, dt.date, int]
"""The obstacle, how much of it, the day, and the place of the channel in the order of wish."""


@frozen(eq=False)
class Obstacles:
    """One touch that is left out, at every spot that it could have."""

    whole: WholePlan
    touch_id: str
    due: Due

    def change(self) -> OneChange | None:
        """The cheapest change that lets it in; what is dear to know is asked last."""
        best: tuple[Price, OneChange] | None = None
        tried = Counter[Obstacle]()
        for least, to, spots in self._spots():
            if best and best[0][0] <= least:
                break
            known = {least: to} if least else {}
            # By minutes and limits alone first, in the order of what would have to be changed.
            ways = (self._way(spot, known | self._by_sums(spot)) for spot in spots)
            for price, may_open in sorted(filter(None, ways), key=lambda way: way[0]):
                if best and price >= best[0]:
                    break
                spot = may_open.spot
                way = self._way(spot, known | self._by_sums(spot) | self._by_the_rules(spot))
                if way and (best is None or way[0] < best[0]):
                    obstacle = way[1].obstacle
                    if tried[obstacle] < _MOST_SPOTS and self._lets_in(way[1]):
                        best = way
                    if obstacle is not Obstacle.NOTHING:
                        tried[obstacle] += 1
        return best[1] if best else None

    def _spots(self) -> Iterator[tuple[Obstacle, int, list[Spot]]]:
        """Spots by what keeps the touch from all of them at the least, and by how much; dear last.

        As it is; by a channel that its step does not name; by one that is refused; on a day of
        leave; after the end.
        """
        facts, due = self.whole.facts, self.due
        territory = facts.territory
        days = [day for day in facts.working_days if day >= self._first]
        yield Obstacle.NOTHING, 0, _spots_of(self._allowed, days)
        account, person = due.account, due.person
        addresses = {CALL: person.phone or account.phone, "email": person.email or account.email}
        for used in sorted(territory.channels.values(), key=lambda one: one.minutes):
            is_wished = due.promise or used.name in (*due.step.channels, *self._allowed)
            # Nothing asks for a channel whose number or address is not known.
            is_known = consents(territory, person, used.name) and addresses.get(used.name, "known")
            if is_known and not is_wished:
                yield Obstacle.OTHER_CHANNEL, used.minutes, _spots_of([used.name], days)
        refused = [name for name in due.step.channels if name not in self._allowed]
        yield Obstacle.CONSENT, 0, _spots_of(refused, days)
        for span in territory.rep.leave:
            first, last = max(span.first, self._first), min(span.last, facts.end)
            yield Obstacle.LEAVE, 0, _spots_of(self._allowed, _weekdays(territory, first, last))
        longer = territory.days + MONTH_DAYS
        if longer <= MOST_DAYS:
            first, last = (facts.end + dt.timedelta(days=days) for days in (1, MONTH_DAYS))
            yield Obstacle.END, longer, _spots_of(self._allowed, _weekdays(territory, first, last))

    @cached_property
    def _allowed(self) -> tuple[str, ...]:
        return channels_for(self.whole.facts.territory, self.due.person, self.due.step)

    @cached_property
    def _first(self) -> dt.date:
        """The first day on which it may be planned: a further attempt waits for its day."""
        facts = self.whole.facts
        attempts = facts.consequences.attempts
        waits = [plain(one.first) for one in attempts if one.touch_id == self.touch_id]
        return max([facts.latest_planning, *waits])

    def _way(self, spot: Spot, obstacles: Mapping[Obstacle, int]) -> tuple[Price, OneChange] | None:
        """The change that may open a spot; None where more than one thing keeps it closed."""
        if len(obstacles) > 1 or Obstacle.ANYTHING_ELSE in obstacles:
            return None
        obstacle, to = next(iter(obstacles.items()), (Obstacle.NOTHING, 0))
        nth = [*self._allowed, *self.due.step.channels, spot.channel].index(spot.channel)
        # Where nothing is in the way the first channel is the cheapest; of a gap the longest left.
        amount = {Obstacle.NOTHING: nth, Obstacle.GAP: -to}.get(obstacle, to)
        return (obstacle, amount, spot.date, nth), OneChange(obstacle, spot, to, due=self.due)

    def _by_sums(self, spot: Spot) -> dict[Obstacle, int]:
        """What keeps it from a spot that is known at once: its window, minutes, limits."""
        facts, room = self.whole.facts, self.whole.room
        account, day = self.due.account, spot.date
        used, found = facts.territory.channels[spot.channel], dict[Obstacle, int]()
        open_, position = self._windows[spot.channel], facts.position(day)
        if position < open_.first or room.is_driven(used, day):
            return {Obstacle.ANYTHING_ELSE: 0}
        if position > open_.last and day <= facts.end:
            is_near = position - open_.last <= MOST_WIDER
            found[Obstacle.WINDOW if is_near else Obstacle.ANYTHING_ELSE] = position - open_.last
        short = max(room.short(facts.territory, account, used, day))
        if short > 0:
            found[Obstacle.MINUTES if short <= FEW_MINUTES else Obstacle.MANY_MINUTES] = short
        for per, to in room.limits(used, account, day):
            found[Obstacle.LIMIT_A_DAY if per == "day" else Obstacle.LIMIT_A_WEEK] = to
        return found

    @cached_property
    def _windows(self) -> Mapping[str, Window]:
        facts = self._now.facts
        return {name: window(facts, self.due, name) for name in facts.territory.channels}

    def _by_the_rules(self, spot: Spot) -> dict[Obstacle, int]:
        """What keeps it from a spot by the rules that look at accounts and people."""
        found = dict[Obstacle, int]()
        for one in self._now.new(self._at(spot)):
            obstacle, figures = _OBSTACLES.get(one.fault, Obstacle.ANYTHING_ELSE), one.figures
            if obstacle is Obstacle.GAP:
                found[obstacle] = min(found.get(obstacle, MOST_DAYS), int(str(figures["days"])))
            elif obstacle in (Obstacle.CEILING, Obstacle.CEILING_OF_CHANNEL):
                found[obstacle] = int(str(figures["planned"]))
            elif obstacle is Obstacle.ANYTHING_ELSE or one.touch_id != self.touch_id:
                # What follows it does not move along.
                found[Obstacle.ANYTHING_ELSE] = 0
        return found

    def _lets_in(self, change: OneChange) -> bool:
        """Whether nothing is broken with the touch at its spot once a change is applied."""
        then = self._now
        if change.obstacle is not Obstacle.NOTHING:
            plan = then.facts.plan
            plan = evolve(plan, territory=change.applied(plan.territory))
            then = Neighbours(Facts(plan, only=self.due.account.account_id))
        due, territory = then.facts.dues.get(self.due.touch_id), then.facts.territory
        spot, room = change.spot, self.whole.room
        if due is None:
            return False
        used = territory.channels[spot.channel]
        return (
            max(room.short(territory, due.account, used, spot.date)) <= 0
            and not any(room.limits(used, due.account, spot.date))
            and room.has_time(due, used, spot.date)
            and not then.new(self._at(spot))
        )

    @cached_property
    def _now(self) -> Neighbours:
        plan = self.whole.neighbours(self.due)
        return Neighbours(Facts(plan, only=self.due.account.account_id))

    def _at(self, spot: Spot) -> Touch:
        """The touch as a row, before its drive is known."""
        due, territory = self.due, self._now.facts.territory
        used, person = territory.channels[spot.channel], due.person
        in_post = days_in_post(territory, spot.channel, due.account, person)
        return Touch(
            self.touch_id,
            spot.date,
            account_id=due.account.account_id,
            contact_id=person.contact_id,
            channel=spot.channel,
            cadence=due.cadence,
            step=due.step.name,
            purpose=due.step.purpose,
            required=due.step.required,
            minutes=due.account.minutes_by(used),
            planned_on=self.whole.facts.latest_planning,
            stop=int(used.travels),
            arrives=territory.calendar.after(spot.date, in_post) if used.is_post else None,
        )


def _spots_of(channels: Iterable[str], days: Iterable[dt.date]) -> list[Spot]:
    every = list(days)
    return [Spot(name, day) for name in channels for day in every]


def _weekdays(territory: Territory, first: dt.date, last: dt.date) -> list[dt.date]:
    """The business days of a span on which the rep has hours, leave or not."""
    days, calendar = map(plain, each_day(first, last)), territory.calendar
    return [day for day in days if calendar.is_business_day(day) and territory.rep.hours_on(day)]

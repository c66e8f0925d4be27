"""What can keep a touch from a day, and the one change of the territory that takes it away."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import IntEnum
from types import MappingProxyType

from attrs import evolve, field, frozen

from campaign.explaining.words import date_in_words
from campaign.model.accounts import Consent
from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.hours import A_DAY
from campaign.model.rep import Courtesy
from campaign.model.runs import plain_step
from campaign.model.territory import Territory
from campaign.phrases import counted, day_and_month
from campaign.rules.dues import Due
from campaign.workdays import Span

_ONE_DAY = dt.timedelta(days=1)


class Obstacle(IntEnum):
    """What can keep a touch from a day, what is changed most easily first: an order of ours.

    Minutes before policy, policy before what others have to agree to; many minutes last.
    """

    NOTHING = 0
    MINUTES = 1
    LIMIT_A_DAY = 2
    LIMIT_A_WEEK = 3
    OTHER_CHANNEL = 4
    WINDOW = 5
    GAP = 6
    CEILING = 7
    CEILING_OF_CHANNEL = 8
    CONSENT = 9
    LEAVE = 10
    END = 11
    MANY_MINUTES = 12
    ANYTHING_ELSE = 13


@frozen
class Spot:
    """Where a touch could stand: a channel and a date."""

    channel: str
    date: dt.date


@frozen
class Change:
    """What takes an obstacle out of the way of a touch: by so many, or to that figure.

    Minutes are `of_week` where only the week is too full.
    """

    obstacle: Obstacle
    spot: Spot
    to: int = 0
    of_week: bool = field(default=False, kw_only=True)
    due: Due = field(kw_only=True, eq=False, repr=False)

    @property
    def code(self) -> str:
        """The kind of change, for a program."""
        return _CHANGES[self.obstacle][0]

    def applied(self, territory: Territory) -> Territory:
        """The territory with this change and no other."""
        return _CHANGES[self.obstacle][2](self, territory)

    def words(self, territory: Territory) -> str:
        """What to change, as the subject of a sentence."""
        whose, channel = self.due.person, self.spot.channel
        yes = f"a yes of {whose.name} to {channel}" if self.asks_a_person else _UNKNOWN_IS_YES
        date, monday = self.spot.date, self.spot.date - self.spot.date.weekday() * _ONE_DAY
        is_week = f"in the week of {day_and_month(monday)}"
        return _CHANGES[self.obstacle][1].format(
            to=self.to,
            minutes=counted(self.to, "minute"),
            days=counted(self.to, "business day"),
            date=date_in_words(territory, date),
            when=is_week if self.of_week else f"on {date_in_words(territory, date)}",
            channel=channel,
            step=f'"{self.due.step.name}" in the cadence {self.due.cadence}',
            yes=yes,
        )

    @property
    def asks_a_person(self) -> bool:
        """Whether it is a contact who is asked, and no account without people."""
        return self.due.person.contact_id != self.due.account.account_id


_UNKNOWN_IS_YES = 'unknown_consent = "allow" under [contact]'


def _nothing(_change: Change, territory: Territory) -> Territory:
    return territory


def _more_minutes(change: Change, territory: Territory) -> Territory:
    capacity, day = territory.capacity, change.spot.date
    more = {**capacity.more, day: min(A_DAY, capacity.more_on(day) + change.to)}
    return evolve(territory, capacity=evolve(capacity, more=more))


def _higher_limit(change: Change, territory: Territory) -> Territory:
    name = change.spot.channel
    used, is_of_day = territory.channels[name], change.obstacle is Obstacle.LIMIT_A_DAY
    higher = evolve(used, per_day=change.to) if is_of_day else evolve(used, per_week=change.to)
    return evolve(territory, channels={**territory.channels, name: higher})


def _other_channel(change: Change, territory: Territory) -> Territory:
    step = _step(change, territory)
    return _with_step(
        change, territory, evolve(step, channels=(*step.channels, change.spot.channel))
    )


def _wider_window(change: Change, territory: Territory) -> Territory:
    step = _step(change, territory)
    if step.within is not None:
        step = evolve(step, within=step.within + change.to)
    elif step.gap is not None:
        gap = step.gap
        step = evolve(step, gap=Gap(gap.least, gap.most + change.to, ideal=gap.ideal))
    return _with_step(change, territory, step)


def _step(change: Change, territory: Territory) -> Step:
    cadence = territory.cadences[change.due.cadence]
    return cadence.step(plain_step(change.due.step.name, cadence.name))


def _with_step(change: Change, territory: Territory, step: Step) -> Territory:
    cadence = territory.cadences[change.due.cadence]
    steps = tuple(step if one.name == step.name else one for one in cadence.steps)
    cadences = {**territory.cadences, cadence.name: Cadence(cadence.name, steps)}
    return evolve(territory, cadences=cadences)


def _other_courtesy(change: Change, territory: Territory) -> Territory:
    return evolve(territory, courtesy=_courtesy(change, territory.courtesy))


def _courtesy(change: Change, courtesy: Courtesy) -> Courtesy:
    if change.obstacle is Obstacle.GAP:
        return evolve(courtesy, gap=change.to)
    if change.obstacle is Obstacle.CEILING:
        return evolve(courtesy, most=change.to)
    most = {**courtesy.most_by_channel, change.spot.channel: change.to}
    return evolve(courtesy, most_by_channel=most)


def _consent(change: Change, territory: Territory) -> Territory:
    if not change.asks_a_person:
        return evolve(territory, courtesy=evolve(territory.courtesy, unknown_consent="allow"))
    person, given = change.due.person.contact_id, {change.spot.channel: Consent.YES}
    contacts = (
        evolve(one, consents={**one.consents, **given}) if one.contact_id == person else one
        for one in territory.contacts
    )
    return evolve(territory, contacts=tuple(contacts))


def _less_leave(change: Change, territory: Territory) -> Territory:
    day, leave = change.spot.date, list[Span]()
    for span in territory.rep.leave:
        parts = [(span.first, span.last)]
        if day in span:
            parts = [(span.first, day - _ONE_DAY), (day + _ONE_DAY, span.last)]
        leave += [Span(first, last) for first, last in parts if first <= last]
    return evolve(territory, rep=evolve(territory.rep, leave=leave))


def _longer(change: Change, territory: Territory) -> Territory:
    return evolve(territory, days=change.to)


_CHANGES: Mapping[Obstacle, tuple[str, str, Callable[[Change, Territory], Territory]]] = (
    MappingProxyType(
        {
            Obstacle.NOTHING: ("as_it_is", "there is room for it", _nothing),
            Obstacle.MINUTES: ("more_minutes", "{minutes} more {when}", _more_minutes),
            Obstacle.LIMIT_A_DAY: (
                "higher_limit",
                "per_day = {to} under [channels.{channel}]",
                _higher_limit,
            ),
            Obstacle.LIMIT_A_WEEK: (
                "higher_limit",
                "per_week = {to} under [channels.{channel}]",
                _higher_limit,
            ),
            Obstacle.OTHER_CHANNEL: (
                "other_channel",
                "{channel} as a channel of {step}",
                _other_channel,
            ),
            Obstacle.WINDOW: ("wider_window", "{days} more for {step}", _wider_window),
            Obstacle.GAP: ("smaller_gap", "gap = {to} under [contact]", _other_courtesy),
            Obstacle.CEILING: ("higher_ceiling", "most = {to} under [contact]", _other_courtesy),
            Obstacle.CEILING_OF_CHANNEL: (
                "higher_ceiling",
                "most_{channel} = {to} under [contact]",
                _other_courtesy,
            ),
            Obstacle.CONSENT: ("consent", "{yes}", _consent),
            Obstacle.LEAVE: ("less_leave", "work on {date}, a day of your leave,", _less_leave),
            Obstacle.END: ("longer_campaign", "a longer campaign (days = {to})", _longer),
            Obstacle.MANY_MINUTES: ("more_minutes", "{minutes} more {when}", _more_minutes),
        }
    )
)
"""The code of each change, its words, and what it does."""

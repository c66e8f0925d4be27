"""What can keep a touch from a day, and the one change of the territory that takes it away."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from campaign.explaining.words import date_in_words
from campaign.model.accounts import Consent
from campaign.model.cadences import Cadence, Gap
from campaign.model.hours import A_DAY
from campaign.model.runs import plain_step
from campaign.model.territory import Territory
from campaign.phrases import counted, day_and_month
from campaign.rules.dues import Due
from campaign.workdays import Span

_ONE_DAY = dt.timedelta(days=1)
Told = tuple[str, Mapping[str, Any]]


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
class OneChange:
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

    def words(self, territory: Territory) -> str:
        """What to change, as the subject of a sentence."""
        return _CHANGES[self.obstacle][1](self, territory)[0]

    def applied(self, territory: Territory) -> Territory:
        """The territory with this change and no other."""
        return evolve(territory, **_CHANGES[self.obstacle][1](self, territory)[1])


def _more_minutes(change: OneChange, territory: Territory) -> Told:
    capacity, day = territory.capacity, change.spot.date
    when = f"on {date_in_words(territory, day)}"
    if change.of_week:
        when = f"in the week of {day_and_month(day - day.weekday() * _ONE_DAY)}"
    more = {**capacity.more, day: min(A_DAY, capacity.more_on(day) + change.to)}
    words = f"{counted(change.to, 'minute')} more {when}"
    return words, {"capacity": evolve(capacity, more=more)}


def _higher_limit(change: OneChange, territory: Territory) -> Told:
    name, to = change.spot.channel, change.to
    used = territory.channels[name]
    is_of_day = change.obstacle is Obstacle.LIMIT_A_DAY
    higher = evolve(used, per_day=to) if is_of_day else evolve(used, per_week=to)
    words = f"per_{'day' if is_of_day else 'week'} = {to} under [channels.{name}]"
    return words, {"channels": {**territory.channels, name: higher}}


def _other_step(change: OneChange, territory: Territory) -> Told:
    """One more channel of a step, or a window that closes later: none where it has no end."""
    cadence = territory.cadences[change.due.cadence]
    step = cadence.step(plain_step(change.due.step.name, cadence.name))
    told, changed = f'"{change.due.step.name}" in the cadence {cadence.name}', step
    if change.obstacle is Obstacle.OTHER_CHANNEL:
        words = f"{change.spot.channel} as a channel of {told}"
        changed = evolve(step, channels=(*step.channels, change.spot.channel))
    else:
        words = f"{counted(change.to, 'business day')} more for {told}"
        if step.within is not None:
            changed = evolve(step, within=step.within + change.to)
        elif step.gap is not None:
            gap = Gap(step.gap.least, step.gap.most + change.to, ideal=step.gap.ideal)
            changed = evolve(step, gap=gap)
    steps = tuple(changed if one.name == step.name else one for one in cadence.steps)
    cadences = {**territory.cadences, cadence.name: Cadence(cadence.name, steps)}
    return words, {"cadences": cadences}


def _other_courtesy(change: OneChange, territory: Territory) -> Told:
    courtesy, to, key = territory.courtesy, change.to, "gap"
    if change.obstacle is Obstacle.GAP:
        changed = evolve(courtesy, gap=to)
    elif change.obstacle is Obstacle.CEILING:
        changed, key = evolve(courtesy, most=to), "most"
    else:
        most = {**courtesy.most_by_channel, change.spot.channel: to}
        changed, key = evolve(courtesy, most_by_channel=most), f"most_{change.spot.channel}"
    return f"{key} = {to} under [contact]", {"courtesy": changed}


def _consent(change: OneChange, territory: Territory) -> Told:
    """A yes of the person; of an account without people, unknown consent that counts as one."""
    person, channel = change.due.person, change.spot.channel
    if person.contact_id == change.due.account.account_id:
        courtesy = evolve(territory.courtesy, unknown_consent="allow")
        words = 'unknown_consent = "allow" under [contact]'
        return words, {"courtesy": courtesy}
    contacts = tuple(
        evolve(one, consents={**one.consents, channel: Consent.YES})
        if one.contact_id == person.contact_id
        else one
        for one in territory.contacts
    )
    return f"a yes of {person.name} to {channel}", {"contacts": contacts}


def _less_leave(change: OneChange, territory: Territory) -> Told:
    day, leave = change.spot.date, list[Span]()
    for span in territory.rep.leave:
        parts = [(span.first, span.last)]
        if day in span:
            parts = [(span.first, day - _ONE_DAY), (day + _ONE_DAY, span.last)]
        leave += [Span(first, last) for first, last in parts if first <= last]
    words = f"work on {date_in_words(territory, day)}, a day of your leave,"
    return words, {"rep": evolve(territory.rep, leave=leave)}


def _longer_campaign(change: OneChange, _territory: Territory) -> Told:
    return f"a longer campaign (days = {change.to})", {"days": change.to}


_CHANGES: Mapping[Obstacle, tuple[str, Callable[[OneChange, Territory], Told]]] = MappingProxyType(
    {
        Obstacle.NOTHING: ("as_it_is", lambda _change, _territory: ("there is room for it", {})),
        Obstacle.MINUTES: ("more_minutes", _more_minutes),
        Obstacle.LIMIT_A_DAY: ("higher_limit", _higher_limit),
        Obstacle.LIMIT_A_WEEK: ("higher_limit", _higher_limit),
        Obstacle.OTHER_CHANNEL: ("other_channel", _other_step),
        Obstacle.WINDOW: ("wider_window", _other_step),
        Obstacle.GAP: ("smaller_gap", _other_courtesy),
        Obstacle.CEILING: ("higher_ceiling", _other_courtesy),
        Obstacle.CEILING_OF_CHANNEL: ("higher_ceiling", _other_courtesy),
        Obstacle.CONSENT: ("consent", _consent),
        Obstacle.LEAVE: ("less_leave", _less_leave),
        Obstacle.END: ("longer_campaign", _longer_campaign),
        Obstacle.MANY_MINUTES: ("more_minutes", _more_minutes),
    }
)
"""The code of each change, and what makes its words and the values of a changed territory."""

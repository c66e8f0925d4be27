"""Single changes of a territory by which a touch that is left out may come in."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Protocol

from attrs import evolve, field, frozen

from campaign.explaining.words import date_in_words
from campaign.model.accounts import Consent
from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.runs import plain_step
from campaign.model.territory import Territory
from campaign.phrases import counted, day_and_month
from campaign.workdays import Span

_ONE_DAY = dt.timedelta(days=1)


class Change(Protocol):
    """One change, as facts; it can be applied, and said in words."""

    @property
    def code(self) -> str:
        """The kind of change, for a program."""
        ...

    def applied(self, territory: Territory) -> Territory:
        """The territory with this change and no other."""
        ...

    def words(self, territory: Territory) -> str:
        """What to change, as the subject of a sentence."""
        ...


@frozen
class AsItIs:
    """Nothing at all: the touch fits, and the search has not found it."""

    code: str = field(default="as_it_is", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory itself."""
        return territory

    def words(self, _territory: Territory) -> str:
        """That there is room: no more is known, as no search has found it."""
        return "there is room for it"


@frozen
class MoreMinutes:
    """So many minutes more on a date, beyond the limits of the day and the week.

    `of_week` is true where only the week is too full.
    """

    date: dt.date
    minutes: int
    of_week: bool = field(default=False, kw_only=True)
    code: str = field(default="more_minutes", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with the minutes under `[capacity] more`."""
        more = dict(territory.capacity.more)
        more[self.date] = more.get(self.date, 0) + self.minutes
        return evolve(territory, capacity=evolve(territory.capacity, more=more))

    def words(self, territory: Territory) -> str:
        """The minutes, with their week or day."""
        if self.of_week:
            monday = self.date - dt.timedelta(days=self.date.weekday())
            return f"{counted(self.minutes, 'minute')} more in the week of {day_and_month(monday)}"
        when = date_in_words(territory, self.date)
        return f"{counted(self.minutes, 'minute')} more on {when}"


@frozen
class HigherLimit:
    """A higher limit of a channel `per` day or week."""

    channel: str
    per: str
    to: int = field(kw_only=True)
    code: str = field(default="higher_limit", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with that limit."""
        used = territory.channels[self.channel]
        limit = {f"per_{self.per}": self.to}
        higher = evolve(used, **limit)  # type: ignore[arg-type]  # the key is one of two
        return evolve(territory, channels={**territory.channels, self.channel: higher})

    def words(self, _territory: Territory) -> str:
        """The key and its value."""
        return f"per_{self.per} = {self.to} under [channels.{self.channel}]"


@frozen
class OtherChannel:
    """One more channel by which a step may go."""

    cadence: str
    step: str
    channel: str = field(kw_only=True)
    code: str = field(default="other_channel", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with the channel at the end of the step's."""
        step = territory.cadences[self.cadence].step(plain_step(self.step, self.cadence))
        return _with_step(
            territory, self.cadence, evolve(step, channels=(*step.channels, self.channel))
        )

    def words(self, _territory: Territory) -> str:
        """The channel, and the step that would have it."""
        return f'{self.channel} as a channel of "{self.step}" in the cadence {self.cadence}'


@frozen
class WiderWindow:
    """So many business days more until the window of a step closes."""

    cadence: str
    step: str
    days: int = field(kw_only=True)
    code: str = field(default="wider_window", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with the wider window; as it is for a step without an end."""
        step = territory.cadences[self.cadence].step(plain_step(self.step, self.cadence))
        if step.within is not None:
            step = evolve(step, within=step.within + self.days)
        elif step.gap is not None:
            gap = step.gap
            step = evolve(step, gap=Gap(gap.least, gap.most + self.days, ideal=gap.ideal))
        return _with_step(territory, self.cadence, step)

    def words(self, _territory: Territory) -> str:
        """The days, and the step that would have them."""
        days = counted(self.days, "business day")
        return f'{days} more for "{self.step}" in the cadence {self.cadence}'


@frozen
class SmallerGap:
    """Fewer business days between two touches of a person."""

    to: int
    code: str = field(default="smaller_gap", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with that distance."""
        return evolve(territory, courtesy=evolve(territory.courtesy, gap=self.to))

    def words(self, _territory: Territory) -> str:
        """The key and its value."""
        return f"gap = {self.to} under [contact]"


@frozen
class HigherCeiling:
    """More touches of a person in the campaign, in all or by one channel."""

    channel: str
    to: int
    code: str = field(default="higher_ceiling", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with that ceiling."""
        courtesy = territory.courtesy
        if not self.channel:
            return evolve(territory, courtesy=evolve(courtesy, most=self.to))
        most = {**courtesy.most_by_channel, self.channel: self.to}
        return evolve(territory, courtesy=evolve(courtesy, most_by_channel=most))

    def words(self, _territory: Territory) -> str:
        """The key and its value."""
        return f"{'_'.join(filter(None, ('most', self.channel)))} = {self.to} under [contact]"


@frozen
class Allowed:
    """A contact's yes to a channel; without a contact, unknown consent that counts as yes."""

    channel: str
    contact_id: str = field(default="", kw_only=True)
    name: str = field(default="", kw_only=True)
    code: str = field(default="consent", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with that answer."""
        if not self.contact_id:
            allowing = evolve(territory.courtesy, unknown_consent="allow")
            return evolve(territory, courtesy=allowing)
        contacts = (
            evolve(one, consents={**one.consents, self.channel: Consent.YES})
            if one.contact_id == self.contact_id
            else one
            for one in territory.contacts
        )
        return evolve(territory, contacts=tuple(contacts))

    def words(self, _territory: Territory) -> str:
        """Whose yes, and to what."""
        if not self.contact_id:
            return 'unknown_consent = "allow" under [contact]'
        return f"a yes of {self.name} to {self.channel}"


@frozen
class LaterPromise:
    """A later day by which a promise is due, agreed with them."""

    promise_id: str
    due: dt.date
    code: str = field(default="later_promise", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with the promise due on that day."""
        promises = (
            evolve(one, due=self.due) if one.promise_id == self.promise_id else one
            for one in territory.promises
        )
        return evolve(territory, promises=tuple(promises))

    def words(self, territory: Territory) -> str:
        """The day to agree on."""
        return f"{date_in_words(territory, self.due)} as its day, agreed with them,"


@frozen
class WorkOn:
    """A day of the rep's leave that is worked after all."""

    date: dt.date
    code: str = field(default="less_leave", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory without that day of leave."""
        leave = tuple(part for span in territory.rep.leave for part in _without(span, self.date))
        return evolve(territory, rep=evolve(territory.rep, leave=leave))

    def words(self, territory: Territory) -> str:
        """The day to work."""
        return f"work on {date_in_words(territory, self.date)}, a day of your leave,"


@frozen
class NightAway:
    """Nights away, one of them after an evening's visits, near an account."""

    evening: dt.date
    near: str
    code: str = field(default="night_away", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with nights away asked for."""
        return evolve(territory, travel=evolve(territory.travel, overnight=True))

    def words(self, territory: Territory) -> str:
        """The key, and the night."""
        night = date_in_words(territory, self.evening)
        return f"a night away there on {night} (overnight = true under [travel])"


@frozen
class LongerCampaign:
    """A campaign of more days."""

    days: int
    code: str = field(default="longer_campaign", init=False)

    def applied(self, territory: Territory) -> Territory:
        """The territory with so many days."""
        return evolve(territory, days=self.days)

    def words(self, _territory: Territory) -> str:
        """The key and its value."""
        return f"a longer campaign (days = {self.days})"


def _with_step(territory: Territory, cadence: str, step: Step) -> Territory:
    steps = territory.cadences[cadence].steps
    changed = Cadence(cadence, tuple(step if one.name == step.name else one for one in steps))
    return evolve(territory, cadences={**territory.cadences, cadence: changed})


def _without(span: Span, day: dt.date) -> Iterable[Span]:
    if day not in span:
        return (span,)
    return tuple(_parts(span, day))


def _parts(span: Span, day: dt.date) -> Iterator[Span]:
    if span.first < day:
        yield Span(span.first, day - _ONE_DAY)
    if day < span.last:
        yield Span(day + _ONE_DAY, span.last)

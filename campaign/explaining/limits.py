"""Which limits of its channels keep a touch out of a plan, and which channels lack minutes."""

import datetime as dt
from collections.abc import Mapping, Sequence

from attrs import frozen

from campaign.explaining.load import Fit, Load
from campaign.explaining.putting import Spot
from campaign.model.channels import Channel
from campaign.model.runs import channels_for
from campaign.phrases import counted, listed
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.windows import window


@frozen(eq=False)
class Limits:
    """The limits of the channels beside what stands in a plan."""

    facts: Facts
    load: Load

    def told(self, due: Due) -> str:
        """On how many days there are minutes by each channel, and the limit that is reached.

        Empty where no limit is reached.
        """
        territory, days = self.facts.territory, self._days(due)
        names = channels_for(territory, due.person, due.step)
        fits = {
            day: [self.load.fit(territory, due, Spot(name, day)) for name in names] for day in days
        }
        # Where minutes and limits hold it, something else keeps it from that day.
        closed = {day: some for day, some in fits.items() if not any(fit.has_room for fit in some)}
        ways = [_Way(territory.channels[name], nth, closed) for nth, name in enumerate(names)]
        return _in_words(sorted(ways, key=lambda way: -way.days), len(closed))

    def _days(self, due: Due) -> list[dt.date]:
        """The working days of its window."""
        facts, day = self.facts, self.facts.planned_on
        found = window(facts, due)
        first, last = facts.date_at(max(1, found.first)), facts.date_at(found.last)
        return [one for one in facts.working_days if max(first, day) <= one <= last]


class _Way:
    """One channel of a touch: the days that have the minutes for it, and the limits there."""

    def __init__(self, channel: Channel, nth: int, fits: Mapping[dt.date, Sequence[Fit]]) -> None:
        reached = [some[nth] for some in fits.values() if some[nth].limits and not some[nth].short]
        numbers = {"day": channel.per_day, "week": channel.per_week}
        per = sorted({per for fit in reached for per, _ in fit.limits})
        self.name = channel.name
        self.days = len(reached)
        self.limits = [(numbers[one], one) for one in per]


def _in_words(ways: Sequence[_Way], days: int) -> str:
    if not any(way.days for way in ways):
        return ""
    if all(way.days == days for way in ways):
        facts = [f"{most} {way.name}s a {per}" for way in ways for most, per in way.limits]
        return f"{listed(facts)} are the limit then"
    first, *others = ways
    verb = "has" if first.days == 1 else "have"
    parts = [f"{first.days} {verb} the minutes for a {first.name}{_limit(first)}"]
    parts += [f"{way.days or 'none'} for a {way.name}{_limit(way)}" for way in others]
    *before, last = parts
    whole = f"{', '.join(before)}, and {last}" if before else last
    return f"Of the {counted(days, 'day')} it could stand on, {whole}"


def _limit(way: _Way) -> str:
    if not way.days:
        return ""
    return f", where {listed([f'{most} a {per}' for most, per in way.limits])} is the limit"

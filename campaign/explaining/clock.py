"""Whether a day has a time of day for one touch more."""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from campaign.explaining.putting import Spot
from campaign.model.channels import CALL
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow
from campaign.rules.sequence import Use, can_follow, starts_of


@frozen(eq=False)
class Clock:
    """The days of a plan by the clock; what was asked once is known."""

    facts: Facts
    _known: dict[tuple[str, Spot], bool] = field(factory=dict, init=False)

    def holds(self, due: Due, spot: Spot) -> bool:
        """Whether a touch can be in time on a day: in some order of that day, or in a gap.

        Only calls and visits have a time. False where it would take too long to know, as for
        a visit more where somebody met that day has hours.
        """
        key = (due.touch_id, spot)
        if key not in self._known:
            self._known[key] = self._holds(due, spot)
        return self._known[key]

    def _holds(self, due: Due, spot: Spot) -> bool:
        territory = self.facts.territory
        channel = territory.channels[spot.channel]
        if not channel.travels and channel.name != CALL:
            return True
        rows = [row for row in self.facts.by_day.get(spot.date, ()) if row.channel]
        new = Use(due.touch_id, due.account, due.person, channel)
        is_from_home = spot.date not in self.facts.away
        if is_from_home and can_follow(territory, spot.date, (*_uses(rows), new)):
            return True
        if channel.travels or any(_is_untimed(row) for row in rows):
            return False
        taken = [_taken(row) for row in rows if row.touch.start is not None]
        return any(
            all(start >= end or start + new.minutes <= since for since, end in taken)
            for start in starts_of(territory, spot.date, new)
        )


def _uses(rows: Iterable[PlanRow]) -> Iterator[Use]:
    for row in rows:
        if row.channel:
            yield Use(row.touch_id, row.account, row.person, row.channel)


def _is_untimed(row: PlanRow) -> bool:
    return (row.travels or row.touch.channel == CALL) and row.touch.start is None


def _taken(row: PlanRow) -> tuple[int, int]:
    """From when until when a row takes the rep, the drives to it and home from it included."""
    touch = row.touch
    start = touch.start or 0
    end = start + touch.minutes if touch.end is None else touch.end
    return start - touch.travel_minutes, end + touch.home_minutes

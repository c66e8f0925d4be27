"""Touches of a book, and the tour that the visits of a day make."""

import datetime as dt
from collections.abc import Iterable

from attrs import field, frozen

from campaign import Territory
from campaign.demand import Owed
from campaign.geography.travel import tour
from campaign.model.channels import Channel
from campaign.model.values import Place
from suite.tours import best_tour


@frozen
class Entry:
    """One touch on a day, by a channel; `position` counts business days from the eve."""

    owed: Owed
    channel: Channel
    date: dt.date
    position: int = field(kw_only=True)
    days_in_post: int = field(kw_only=True)

    @property
    def effective(self) -> int:
        """The position from which followers count: of the latest arrival, or of the day."""
        return self.position + self.days_in_post


class Drives:
    """The shortest tour of a day's visits, and who carries its minutes."""

    def __init__(self, territory: Territory, stops: tuple[Entry, ...]) -> None:
        places: tuple[Place, ...] = tuple(stop.owed.account.place for stop in stops)
        home, travel = territory.rep.places[0], territory.travel
        order = best_tour(travel, home, places)
        self._order = [stops[number].owed.account.account_id for number in order]
        self._leaders = {stop.owed.touch_id for stop in stops}
        self._tour = tour(travel, home, [places[number] for number in order])
        self.minutes: int = self._tour.minutes

    def leads(self, entry: Entry) -> bool:
        """Whether the row carries the minutes of its stop."""
        return entry.owed.touch_id in self._leaders

    def of(self, entry: Entry) -> tuple[int, int, int]:
        """The stop's number, the drive to it, and the way home if it is the last."""
        place = self._order.index(entry.owed.account.account_id)
        is_last = place == len(self._order) - 1
        return place + 1, self._tour.to_stops[place], self._tour.home if is_last else 0


def stops_of(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The visits of a day, one an account: the first by its id."""
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.owed.touch_id):
        if entry.channel.travels:
            found.setdefault(entry.owed.account.account_id, entry)
    return tuple(found.values())

"""Baseline: fixed delays, spilling over to the next day when a day is full.

What cadence tools do: each step falls due at its ideal gap after the one before, and waits
for the next working day that has room. Nothing is weighed against anything; the heavier
account goes first on a day.
"""

import heapq
from collections.abc import Iterator

from campaign import Territory
from campaign.demand import Owed
from campaign.touches import Plan
from suite.book import Book
from suite.duties import settle_duties
from suite.entries import Entry

Due = tuple[int, int, int]


def plan_by_delays(territory: Territory) -> Plan:
    """The plan of a cadence tool; a step that finds no day in its window is left out."""
    book = Book(territory)
    settle_duties(book)
    _Queue(book).run()
    return book.plan()


class _Queue:
    """The steps that are due, by their day, heavier accounts first."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._owed = book.demand.owed
        self._followers: dict[str, list[int]] = {}
        for number, owed in enumerate(self._owed):
            if not owed.promise and not owed.sent:  # tools of this kind know of no promise sent
                self._followers.setdefault(owed.follows, []).append(number)
        self._due: list[Due] = []

    def run(self) -> None:
        """Work through the campaign day by day."""
        for number in self._followers.get("", ()):
            self._fall_due(number)
        while self._due:
            position, _, number = heapq.heappop(self._due)
            self._try(number, position)

    def _fall_due(self, number: int, not_before: int = 0) -> None:
        """Put a step into the queue, on its ideal day."""
        owed = self._owed[number]
        if owed.opens:  # it stands already, or never will
            return self._go_on(owed, 0)
        _, ideal, _ = self._book.window(owed)
        heapq.heappush(self._due, (max(ideal, not_before, 1), -owed.weight, number))
        return None

    def _try(self, number: int, position: int) -> None:
        """Put a step on a day, or wait for the next, or give it up when its window closes."""
        owed, book = self._owed[number], self._book
        _, _, last = book.window(owed)
        if position > min(last, len(book.dates)):
            return self._go_on(owed, position)
        entry = next((e for e in self._ways(owed, position) if book.fits(e)), None)
        if entry is None:
            heapq.heappush(self._due, (position + 1, -owed.weight, number))
            return None
        book.put(entry)
        return self._go_on(owed, position)

    def _ways(self, owed: Owed, position: int) -> Iterator[Entry]:
        """By the first channel that is possible at all, as the cadence says."""
        channel = next((name for name in owed.channels if self._book.days(owed, name)), None)
        if channel is not None:
            yield self._book.entry(owed, channel, self._book.dates[position - 1])

    def _go_on(self, owed: Owed, position: int) -> None:
        for number in self._followers.get(owed.touch_id, ()):
            self._fall_due(number, position)

"""What a plan owes before all else, put into a book: promises and grievance openings.

A baseline that broke these would not be a plan; both start from the same.
"""

import datetime as dt
from collections.abc import Iterator

from campaign.demand import Owed
from campaign.rules.windows import OPENING_DAYS
from suite.book import Book
from suite.entries import Entry

MOST_ROUNDS = 30


def settle_duties(book: Book) -> None:
    """Open grievances by call, which takes least; keep promises on the last day that holds.

    Then each call becomes a visit and each promise moves to a better day, while they can.
    """
    promises = sorted((o for o in book.demand.owed if o.promise), key=_due)
    openings = sorted(book.openings.values(), key=lambda owed: -owed.weight)
    for owed in openings:
        _better(book, owed, (way for way in _openings(book, owed) if not way.channel.travels))
    for _ in range(MOST_ROUNDS):
        moved = [
            _better(book, owed, _openings(book, owed))
            for owed in openings
            if not _is_visited(book, owed)
        ]
        moved += [_better(book, owed, _promise_days(book, owed)) for owed in promises]
        if not any(moved):
            return


def _is_visited(book: Book, owed: Owed) -> bool:
    """Whether an account opens by visit already, which cannot be bettered."""
    entry = book.placed.get(owed.touch_id)
    return entry is not None and entry.channel.travels


def _due(owed: Owed) -> tuple[dt.date, str]:
    assert owed.promise is not None
    return owed.promise.due, owed.touch_id


def _better(book: Book, owed: Owed, ways: Iterator[Entry]) -> bool:
    """Take the best way that fits; whether it is another one than now."""
    now = book.placed.get(owed.touch_id)
    candidates = list(ways)
    if now is not None:
        book.take_back(now)
    best = next((entry for entry in candidates if book.fits(entry)), None)
    if best is not None:
        book.put(best)
    return best != now


def _openings(book: Book, owed: Owed) -> Iterator[Entry]:
    """The ways to open an account, visits first, then by day; not after its promises."""
    since = max(book.calendar.start, owed.account.grievance_since or book.calendar.start)
    days = [day for day in book.calendar.working_days if day >= since][:OPENING_DAYS]
    owed_too = book.demand.by_account[owed.account.account_id]
    of_account = (book.placed.get(other.touch_id) for other in owed_too)
    promised = [entry.date for entry in of_account if entry and entry.owed.promise]
    talks = [name for name in ("visit", "call") if name in owed.channels]
    for channel in talks:
        for day in days:
            if all(day <= date for date in promised):
                yield book.entry(owed, channel, day)


def _promise_days(book: Book, owed: Owed) -> Iterator[Entry]:
    """The days of a promise, the best first: the last until it is due, overdue the first."""
    assert owed.promise is not None
    due, days = owed.promise.due, book.calendar.working_days
    if due >= book.calendar.start:
        days = tuple(day for day in reversed(days) if day <= due)
    for day in days:
        for channel in owed.channels:
            yield book.entry(owed, channel, day)

"""A day to be timed, in integers: its frame, its tour, its calls, what is written.

Also the drives from one of the rep's own places to the next, which the campaign does not pay
for, but while which nothing else stands. One that the rep's own calendar leaves no time for is
the rep's affair: then nothing of the campaign stands between the two places.
"""

from collections.abc import Mapping
from enum import Enum

from attrs import evolve, field, frozen

from campaign.model.frames import (
    BREAK,
    CALLS_AT_A_TIME,
    Frame,
    Span,
    Spans,
    earliest,
    leaving,
    shared,
    without,
)

END = 24 * 60


class EntryKind(Enum):
    """What an entry of a timetable is."""

    DRIVE = "drive"
    VISIT = "visit"
    HOME = "home"
    CALL = "call"
    LUNCH = "lunch"
    SITTING = "sitting"


@frozen
class Stop:
    """A visit: when it may take place, how long it is, the drive to it from the one before.

    A meeting of the rep's own is a stop that may take place at its time alone.
    """

    spans: Spans
    minutes: int
    drive: int


@frozen
class Calls:
    """Calls that are alike: when they may take place, how long one is, how many they are."""

    spans: Spans
    minutes: int
    count: int


@frozen
class UntimedDay:
    """All that one day holds: stops in the order of the tour, calls, minutes of writing.

    What stands already is no part of the frame, and goes on `until` some time.
    """

    frame: Frame
    stops: tuple[Stop, ...] = ()
    home: int = 0
    calls: tuple[Calls, ...] = ()
    sitting: int = 0
    until: int = 0

    @property
    def minutes(self) -> int:
        """What it takes, lunch included."""
        driven = sum(stop.minutes + stop.drive for stop in self.stops) + self.home
        called = sum(calls.minutes * calls.count for calls in self.calls)
        return driven + called + self.sitting + self.frame.lunch


@frozen(order=True)
class TimedEntry:
    """One thing in the timetable; `number` says which stop or which kind of call."""

    start: int
    end: int
    kind: EntryKind = field(order=False)
    number: int = 0


def driven(frame: Frame, stops: tuple[Stop, ...], home: int, since: int = 0) -> int:
    """When a tour is home again if nothing else is done, -1 if it cannot be driven."""
    now = since
    for stop in stops:
        left = leaving(frame.road, now, stop.drive)
        now = earliest(stop.spans, left + stop.drive, stop.minutes) if left >= 0 else -1
        if now < 0:
            return -1
        now += stop.minutes
    back = leaving(frame.road, now, home)
    return back + home if back >= 0 else -1


def breaks_among(count: int) -> int:
    """The minutes of the breaks that so many calls one after the other need."""
    return BREAK * ((count - 1) // CALLS_AT_A_TIME) if count else 0


Rest = tuple[tuple[Spans, int], ...]
"""What is done whenever there is time: its spans, its minutes."""


def surely_fits(day: UntimedDay) -> bool:
    """Whether the day can be timed in a plain way; False where that is not known.

    The tour first and calls after it; calls first, the rest before the tour or after it; or
    calls to those who give hours, then the tour, then other calls. Writing and lunch go where
    there is a wait for a call, else to the end.
    """
    frame = day.frame
    rest = tuple(each for each in ((frame.work, day.sitting), (frame.road, frame.lunch)) if each[1])

    def _home(since: int) -> int:
        return driven(frame, day.stops, day.home, since) if since >= 0 else -1

    now, left = _one_by_one(day.calls, _home(0), rest)
    if _done(left, now) >= 0:
        return True
    now, left = _one_by_one(day.calls, 0, rest)
    if now >= 0 and (_home(_done(left, now)) >= 0 or _done(left, _home(now)) >= 0):
        return True
    # Who gives hours is called within them first, all others when the tour is over; at once only
    # where a break has passed since the last block.
    bound, free = (
        tuple(calls for calls in day.calls if (calls.spans == frame.work) is is_free)
        for is_free in (False, True)
    )
    called, left = _one_by_one(bound, 0, rest)
    now = _home(called)
    now, left = _one_by_one(free, max(now, called + BREAK) if bound and now >= 0 else now, left)
    return _done(left, now) >= 0


def _one_by_one(some: tuple[Calls, ...], now: int, rest: Rest) -> tuple[int, Rest]:
    """When calls are done if they follow each other, the sooner closed first; -1 if never.

    What else there is to do goes into the waits that are long enough; what is left comes back.
    """
    in_a_row = 0
    for calls in sorted(some, key=lambda calls: (calls.spans[-1:], calls.spans)):
        for _ in range(calls.count):
            rested = now + BREAK
            soonest = rested if in_a_row == CALLS_AT_A_TIME else now
            start = earliest(calls.spans, soonest, calls.minutes) if now >= 0 else -1
            if start < 0:
                return -1, rest
            left: Rest = ()
            for spans, minutes in rest:
                begin = earliest(spans, now, minutes)
                if 0 <= begin <= start - minutes:
                    now = begin + minutes
                else:
                    left = (*left, (spans, minutes))
            rest, in_a_row = left, in_a_row + 1 if start < rested else 1
            now = start + calls.minutes
    return now, rest


def _done(rest: Rest, now: int) -> int:
    """When the rest is done, one after the other; -1 if never."""
    for spans, minutes in rest:
        start = earliest(spans, now, minutes) if now >= 0 else -1
        now = start + minutes if start >= 0 else -1
    return now


def is_overbooked(day: UntimedDay) -> bool:
    """Whether calls and visits need more minutes of some span than there are in it."""
    for calls in day.calls:
        # How many there is time for in their spans, breaks and nothing else considered.
        each, most = max(1, calls.minutes), 0
        for start, end in calls.spans:
            rows, rest = divmod(end - start, CALLS_AT_A_TIME * each + BREAK)
            most += rows * CALLS_AT_A_TIME + min(CALLS_AT_A_TIME, rest // each)
        if calls.count > most:
            return True
    hours = [*(calls.spans for calls in day.calls), *(stop.spans for stop in day.stops)]
    starts = sorted({spans[0][0] for spans in hours if spans})
    ends = sorted({spans[-1][1] for spans in hours if spans})
    pairs = ((since, until) for since in starts for until in ends if since < until)
    return any(_is_too_short(day, span) for span in pairs)


def _is_too_short(day: UntimedDay, span: Span) -> bool:
    """Whether what cannot stand outside a span needs more minutes than it has."""

    def _inside(spans: Spans) -> bool:
        return bool(spans) and span[0] <= spans[0][0] and spans[-1][1] <= span[1]

    calls, length = [calls for calls in day.calls if _inside(calls.spans)], span[1] - span[0]
    needed = sum(each.minutes * each.count for each in calls)
    if needed > sum(end - start for start, end in shared(day.frame.work, (span,))):
        return True
    if needed + breaks_among(sum(each.count for each in calls)) > length:
        return True
    stops = [number for number, stop in enumerate(day.stops) if _inside(stop.spans)]
    if stops:  # the tour from the first to the last of them stands inside as well
        part = day.stops[stops[0] : stops[-1] + 1]
        needed += sum(stop.minutes + stop.drive for stop in part) - part[0].drive
    return needed > length


def with_own_drives(day: UntimedDay, own: Mapping[int, int]) -> UntimedDay:
    """The day of a tour through own meetings, with the drives between own places.

    `own` are their minutes by the number of the stop they lead to; the way home has the
    number after the last.
    """
    drives, cuts, frame = dict(own), list[Span](), day.frame
    for number, drive in own.items():
        # From the end of an own stop to the start of the next one.
        since = day.stops[number - 1].spans[0][1] if number else 0
        until = day.stops[number].spans[0][0] if number < len(day.stops) else END
        if since >= until:
            drives[number] = 0
        elif earliest(shared(frame.road, ((since, until),)), 0, drive) < 0:
            drives[number] = 0
            cuts.append((since, until))
    stops = tuple(
        evolve(stop, drive=drives.get(number, stop.drive)) for number, stop in enumerate(day.stops)
    )
    return evolve(
        day,
        frame=evolve(frame, work=without(frame.work, cuts), road=without(frame.road, cuts)),
        stops=stops,
        home=drives.get(len(stops), day.home),
        calls=tuple(evolve(each, spans=without(each.spans, cuts)) for each in day.calls),
    )

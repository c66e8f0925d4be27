"""The drives from one of the rep's own places to the next: home, meetings, home.

The campaign does not pay for them, but nothing else stands while they are driven. A drive
that the rep's own calendar leaves no time for is the rep's affair: then nothing of the
campaign stands between the two.
"""

from collections.abc import Mapping

from attrs import evolve

from campaign.model.frames import Span, earliest, shared, without
from campaign.timetable.day import Day

END = 24 * 60


def with_own_drives(day: Day, own: Mapping[int, int]) -> Day:
    """The day of a tour through own meetings, with the drives between own places.

    `own` are their minutes by the number of the stop they lead to; the way home has the
    number after the last.
    """
    drives, cuts = dict(own), list[Span]()
    for number, drive in own.items():
        since, until = _gap(day, number)
        if since >= until:
            drives[number] = 0
        elif earliest(shared(day.frame.road, ((since, until),)), 0, drive) < 0:
            drives[number] = 0
            cuts.append((since, until))
    stops = tuple(
        evolve(stop, drive=drives.get(number, stop.drive)) for number, stop in enumerate(day.stops)
    )
    frame = day.frame
    return evolve(
        day,
        frame=evolve(frame, work=without(frame.work, cuts), road=without(frame.road, cuts)),
        stops=stops,
        home=drives.get(len(stops), day.home),
        calls=tuple(evolve(each, spans=without(each.spans, cuts)) for each in day.calls),
    )


def _gap(day: Day, number: int) -> Span:
    """From the end of an own stop to the start of the next one."""
    since = day.stops[number - 1].spans[0][1] if number else 0
    until = day.stops[number].spans[0][0] if number < len(day.stops) else END
    return since, until

"""Hours and minutes of zero: planned as they are, and said, since nobody means them."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.errors import Finding, Severity
from campaign.workdays import each_day

if TYPE_CHECKING:
    from campaign.model.territory import Territory


def zeros(territory: "Territory") -> Iterator[Finding]:
    """Figures of the rep, and of the channels that cadences use, that leave nothing to plan."""
    yield from _of_the_rep(territory)
    used = {name for one in territory.cadences.values() for s in one.steps for name in s.channels}
    for name, channel in territory.channels.items():
        if name in used and not channel.minutes:
            problem = "takes no minutes, so that a day holds any number"
            yield _told(f"channels.{name}.minutes", problem, "write what one takes, as 15")
        for key, most in (("per_day", channel.per_day), ("per_week", channel.per_week)):
            if name in used and most == 0:
                problem = "lets none in, and cadences ask for it"
                yield _told(f"channels.{name}.{key}", problem, "raise it, or take it out of them")


def _of_the_rep(territory: "Territory") -> Iterator[Finding]:
    capacity, rep = territory.capacity, territory.rep
    for key, minutes, like in (
        ("minutes_per_day", capacity.minutes_per_day, 360),
        ("minutes_per_week", capacity.minutes_per_week, 720),
    ):
        if not minutes and not capacity.more:
            problem = "there are 0 minutes for the campaign, so nothing that takes time is planned"
            yield _told(f"capacity.{key}", problem, f"write {key} = {like}")
    week = each_day(territory.start, territory.start + dt.timedelta(days=6))
    days = [day for day in week if rep.hours_on(day)]
    if days and not any(map(rep.working_minutes, days)):
        problem = f"a lunch of {rep.lunch_minutes} minutes leaves none of any day"
        yield _told("rep.lunch_minutes", problem, "write lunch_minutes = 30")


def _told(column: str, problem: str, remedy: str) -> Finding:
    return Finding("campaign", problem, remedy=remedy, column=column, severity=Severity.NOTICE)

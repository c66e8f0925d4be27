"""Why a touch was left out, with the facts, and what would free it."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from campaign.demand import Owed
from campaign.explaining.words import (
    counted,
    date_in_words,
    listed,
    minutes_in_words,
    span_in_words,
)
from campaign.geography.travel import tour
from campaign.model.channels import Channel
from campaign.model.territory import Territory
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.windows import OPENING_DAYS
from campaign.touches import ReasonCode

Sentence = Callable[[Territory, Owed], str]
"""The facts and, after the last "; ", what may free the touch."""


def reason(code: ReasonCode, owed: Owed, territory: Territory) -> str:
    """Why a touch that is owed is left out, and the cheapest thing that would free it."""
    return _SENTENCES[code](territory, owed)


def cause(code: ReasonCode, owed: Owed, territory: Territory) -> str:
    """Why a touch that is owed is left out, and nothing else."""
    return _SENTENCES[code](territory, owed).rpartition("; ")[0]


def _do_not_contact(_territory: Territory, owed: Owed) -> str:
    if owed.account.do_not_contact:
        return f"{owed.account.name} wants no contact; only its own word can change that."
    return f"{owed.person.name} wants no contact; another contact there would free it."


def _no_consent(territory: Territory, owed: Owed) -> str:
    asked, channels = owed.person, listed(owed.step.channels, "or")
    refused = [name for name in owed.step.channels if asked.consent(name).value == "no"]
    others = [name for name in territory.channels if asked.consent(name).value == "yes"]
    if not refused:
        return (
            f"Nobody knows whether {asked.name} allows {channels}, and unknown counts as no "
            f'(unknown_consent = "deny"); a yes would free it.'
        )
    way = f"; {listed(others, 'or')} is allowed and" if others else "; another channel"
    return f"{asked.name} does not allow {channels}{way} would free it, or another contact."


def _grievance_unopened(territory: Territory, owed: Owed) -> str:
    days = _opening_days(territory, owed)
    name = owed.account.name
    if not days:
        return (
            f"You have no working day left on which to hear the grievance of {name}; "
            "an earlier start or less leave would free it."
        )
    when = f"within {counted(OPENING_DAYS, 'working day')} ({_span(territory, days)})"
    if owed.opens:
        return (
            f"The grievance of {name} cannot be heard {when} "
            f"by {listed(owed.step.channels, 'or')}; "
            "more minutes or a day that is open in that time would free it."
        )
    return (
        f"The grievance of {name} cannot be heard {when}, and nothing comes before that; "
        "a day for its first touch would free this one too."
    )


def _opening_days(territory: Territory, owed: Owed) -> tuple[dt.date, ...]:
    since = owed.account.grievance_since or territory.start
    days = [day for day in territory.calendar.working_days if day >= since]
    return tuple(days[:OPENING_DAYS])


def _too_far(territory: Territory, owed: Owed) -> str:
    travel, account = territory.travel, owed.account
    way = tour(travel, territory.rep.home, [account.coordinates]).minutes
    visit = min((used.minutes for used in _ways(territory, owed) if used.travels), default=0)
    return (
        f"{account.name} is {minutes_in_words(way)} away and back, and with "
        f"{minutes_in_words(visit)} there that is more than "
        f"{_day_that_is_too_short(territory, way + visit)}{_no_trip(territory)}; "
        f"{_nearer(owed)} would free it."
    )


def _no_trip(territory: Territory) -> str:
    return ", and no trip with nights away takes it in" if territory.travel.overnight else ""


def _day_that_is_too_short(territory: Territory, minutes: int) -> str:
    longest = _longest_day(territory)
    if minutes > longest:
        return f"the longest day holds ({longest} minutes)"
    return "any day of its window holds"


def _nearer(owed: Owed) -> str:
    if "call" in owed.channels:
        return "a longer day, or call hours that meet yours,"
    if "call" in owed.step.channels:
        return "a longer day, or a yes to a call,"
    return "a longer day or a call"


def _closed(territory: Territory, owed: Owed) -> str:
    account = owed.account
    facts = _hours(territory, owed)
    facts += [f"closed {_span(territory, (s.first, s.last))}" for s in account.closed_dates]
    why = f" ({'; '.join(facts)})" if facts else ""
    return (
        f"{account.name} is closed, or not open long enough while you work, on each of your "
        f"working days in its window{why}; other hours or another channel would free it."
    )


def _hours(territory: Territory, owed: Owed) -> list[str]:
    """The hours that bind a touch, each with its zone where that is not the rep's."""
    facts = []
    account, person, here = owed.account, owed.person, territory.rep.timezone
    if account.visit_hours and any(used.travels for used in _ways(territory, owed)):
        facts.append(f"visits {account.visit_hours}{_zone(account.timezone, here)}")
    called = territory.call_hours_of(account, person)
    if called and "call" in owed.wanted_channels:
        zone = _zone(person.timezone or account.timezone, here)
        facts.append(f"calls {called}{zone}")
    return facts


def _zone(zone: str, here: str) -> str:
    return f" {zone}" if zone and zone != here else ""


def _after_the_end(territory: Territory, owed: Owed) -> str:
    end = date_in_words(territory, territory.calendar.end)
    before = f', or an earlier "{owed.step.after}",' if owed.step.after else ""
    return (
        f"Its window opens only after the campaign ends on {end}; "
        f"a longer campaign{before} would free it."
    )


def _no_working_day(territory: Territory, owed: Owed) -> str:
    leave = [_span(territory, (span.first, span.last)) for span in territory.rep.leave]
    why = f" (leave: {listed(leave)})" if leave else ""
    if owed.promise:
        due = date_in_words(territory, owed.promise.due)
        return (
            f"You work on no day up to {due}, when it is due{why}; "
            "a later day agreed with them would free it."
        )
    return (
        f"You work on no day of its window{why}; "
        "a day of work there, or a wider gap, would free it."
    )


def _no_time_alone(territory: Territory, owed: Owed) -> str:
    ways = _ways(territory, owed)
    shut = [used.name for used in ways if 0 in (used.per_day, used.per_week)]
    if len(shut) == len(ways):
        return (
            f"You allow no {listed(shut, 'or')} (per_day or per_week is 0); "
            "one a day would free it."
        )
    quickest = min(ways, key=lambda used: used.minutes)
    drive = " and the drive" if quickest.travels else ""
    return (
        f"Even alone it does not fit: a {quickest.name} takes {quickest.minutes} minutes{drive}, "
        f"which is more than {_day_that_is_too_short(territory, quickest.minutes)}; "
        "more minutes a day or a week would free it."
    )


def _courtesy(territory: Territory, owed: Owed) -> str:
    courtesy = territory.courtesy
    limits = [
        f"{counted(courtesy.gap, 'business day')} between touches",
        f"{courtesy.most} touches in all",
        *(
            f"{courtesy.most_by_channel[name]} by {name}"
            for name in owed.wanted_channels
            if name in courtesy.most_by_channel
        ),
    ]
    return (
        f"{owed.person.name} would be touched too often ({listed(limits)}); "
        "a wider window, or a smaller gap or a higher ceiling under [contact], would free it."
    )


def _selling_too_early(_territory: Territory, owed: Owed) -> str:
    return (
        f'Its purpose "{owed.step.purpose}" sells, and nothing is sold among the first three '
        "touches of an account nor in the first 30 days; "
        "a later place in the cadence would free it."
    )


def _channel_limit(territory: Territory, owed: Owed) -> str:
    limited = [used for used in _ways(territory, owed) if _limits(used)]
    if not limited:
        return _capacity(territory, owed)
    facts = [f"{number} {used.name}s a {per}" for used in limited for per, number in _limits(used)]
    keys = [
        f"{listed([f'per_{per}' for per, _ in _limits(used)], 'or')} under [channels.{used.name}]"
        for used in limited
    ]
    return f"{listed(facts)} are the limit then; a higher {listed(keys, 'or')} would free it."


def _no_time_of_day(territory: Territory, owed: Owed) -> str:
    facts = _hours(territory, owed)
    why = f" beside its hours ({'; '.join(facts)})" if facts else " beside your busy time"
    needs = listed([_need(used) for used in sorted(_ways(territory, owed), key=_cost)], "or")
    return (
        f"Days that it could stand on have the minutes, but none of them has {needs} "
        f"in one piece{why} and what stands there; wider hours, or another channel, would free it."
    )


def _limits(used: Channel) -> list[tuple[str, int]]:
    limits = (("day", used.per_day), ("week", used.per_week))
    return [(per, number) for per, number in limits if number is not None]


def _capacity(territory: Territory, owed: Owed) -> str:
    ways = sorted(_ways(territory, owed), key=_cost)
    needs = listed([_need(used) for used in ways], "or")
    return (
        "The days it could stand on are full with touches that come first; "
        f"{needs} in these weeks would free it."
    )


def _cost(used: Channel) -> tuple[bool, int]:
    return used.travels, used.minutes


def _need(used: Channel) -> str:
    drive = " and the drive" if used.travels else ""
    return f"{used.minutes} minutes{drive} for a {used.name}"


def _ways(territory: Territory, owed: Owed) -> list[Channel]:
    return [territory.channels[name] for name in owed.wanted_channels]


def _longest_day(territory: Territory) -> int:
    week = territory.calendar.week
    rooms = (
        min(capacity_of_day(territory, day), capacity_of_week(territory, week(day)))
        for day in territory.calendar.working_days
    )
    return max(rooms, default=0)


def _span(territory: Territory, days: tuple[dt.date, ...]) -> str:
    return span_in_words(territory, days[0], days[-1])


_SENTENCES: Mapping[ReasonCode, Sentence] = MappingProxyType(
    {
        ReasonCode.DO_NOT_CONTACT: _do_not_contact,
        ReasonCode.NO_CONSENT: _no_consent,
        ReasonCode.GRIEVANCE_UNOPENED: _grievance_unopened,
        ReasonCode.TOO_FAR: _too_far,
        ReasonCode.CLOSED: _closed,
        ReasonCode.AFTER_THE_END: _after_the_end,
        ReasonCode.NO_WORKING_DAY: _no_working_day,
        ReasonCode.NO_TIME_ALONE: _no_time_alone,
        ReasonCode.COURTESY: _courtesy,
        ReasonCode.SELLING_TOO_EARLY: _selling_too_early,
        ReasonCode.CHANNEL_LIMIT: _channel_limit,
        ReasonCode.NO_TIME_OF_DAY: _no_time_of_day,
        ReasonCode.CAPACITY: _capacity,
    }
)

"""Why a touch was left out: the facts, and the rule behind it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from campaign.consequences import Closed
from campaign.demand import Owed
from campaign.explaining.words import date_in_words, span_in_words
from campaign.geography.travel import tour
from campaign.model.channels import Channel
from campaign.model.closed import Closing
from campaign.model.outcomes import Outcome
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.phrases import counted, listed, minutes_in_words
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.facts import Facts
from campaign.rules.windows import opening_days, window
from campaign.touches import ReasonCode
from campaign.workdays import Span

Cause = Callable[[Territory, Owed], str]
"""The facts that keep a touch out, without an end, and nothing that was not tested."""

BLOCKED_BY: Mapping[ReasonCode, str] = MappingProxyType(
    {
        ReasonCode.DO_NOT_CONTACT: "R6",
        ReasonCode.GRIEVANCE_UNOPENED: "R8",
        ReasonCode.NO_CONSENT: "R6",
        ReasonCode.TOO_FAR: "R2",
        ReasonCode.CLOSED: "R6",
        ReasonCode.AFTER_THE_END: "R1",
        ReasonCode.NO_WORKING_DAY: "R1",
        ReasonCode.NO_TIME_ALONE: "R2",
        ReasonCode.BEFORE_THE_OPENING: "R8",
        ReasonCode.BEFORE_THE_ANSWER: "R8",
        ReasonCode.COURTESY: "R5",
        ReasonCode.SELLING_TOO_EARLY: "R12",
        ReasonCode.CHANNEL_LIMIT: "R3",
        ReasonCode.NO_TIME_OF_DAY: "R10",
        ReasonCode.BEFORE_THE_NEXT: "R4",
        ReasonCode.CAPACITY: "R2",
    }
)
"""The rule behind each reason for leaving a touch out."""


def cause(code: ReasonCode, owed: Owed, facts: Facts) -> str:
    """Why a touch that is owed is left out of a plan, without an end."""
    if code in _FROM_FACTS:
        return _FROM_FACTS[code](facts, owed)
    return _CAUSES[code](facts.territory, owed)


def reason(code: ReasonCode, owed: Owed, facts: Facts) -> str:
    """Why a touch that is owed is left out of a plan, and by which rule, as a sentence."""
    return f"{cause(code, owed, facts)} ({BLOCKED_BY[code]})."


def _do_not_contact(_territory: Territory, owed: Owed) -> str:
    who = owed.account if owed.account.do_not_contact else owed.person
    return f"{who.name} wants no contact"


def _no_consent(facts: Facts, owed: Owed) -> str:
    asked, channels = owed.person, owed.step.channels
    gaps = [gap for name in channels if (gap := _gap(facts, owed, name))]
    shut = [gap.channel for gap in gaps]
    refused = [name for name in channels if asked.consent(name).value == "no" and name not in shut]
    if not refused and not shut:
        return (
            f"Nobody knows whether {asked.name} allows {listed(channels, 'or')}, and unknown "
            f'counts as no (unknown_consent = "deny")'
        )
    told = list(_gaps_in_words(facts, asked.name, gaps))
    if others := [name for name in channels if name not in shut]:
        told.insert(0, f"{asked.name} does not allow {listed(others, 'or')}")
    return ". ".join(told)


def _gap(facts: Facts, owed: Owed, channel: str) -> Closed | None:
    """Why a channel does not reach the person, where something came back from it."""
    return facts.consequences.closed_to(owed.person.contact_id, channel)


def _gaps_in_words(facts: Facts, name: str, gaps: Sequence[Closed]) -> Iterator[str]:
    """What does not reach them, once for each thing that is to be found."""
    for missing, same in groupby(gaps, key=lambda gap: gap.missing):
        closed = list(same)
        because = closed[0].because
        what = because.outcome.replace("_", " ")
        sent = "sent " if because.outcome is Outcome.RETURNED_MAIL else ""
        when = date_in_words(facts.territory, because.day)
        names = listed([gap.channel for gap in closed], "or")
        yield f"No {names} reaches {name} ({what}, {sent}{when}): find the right {missing}"


def _grievance_unopened(facts: Facts, owed: Owed) -> str:
    name, opening = owed.account.name, facts.openings.get(owed.account.account_id)
    due = opening or facts.dues[owed.touch_id]
    since = window(facts, due).first
    days = tuple(day for day in facts.working_days if facts.position(day) >= since)
    if not days:
        return f"You have no working day left on which to hear the grievance of {name}"
    closed = _closed_then(facts.territory, owed, days)
    if not owed.opens:
        return f"The grievance of {name} cannot be heard on any day, and nothing comes before that"
    names = channels_for(facts.territory, due.person, due.step)
    if not names:
        return f"{due.person.name} allows no channel by which the grievance could be heard"
    by = f"no working day ({_span(facts.territory, days)}) can hold a {listed(names, 'or a')}"
    return f"The grievance of {name} cannot be heard: {by}{closed}"


def _closed_then(territory: Territory, owed: Owed, days: Sequence[dt.date]) -> str:
    """The dates on which an account is closed, as far as they take some of its days."""
    closed = (*owed.account.closed_dates, *owed.person.closed_dates)
    names = [_closing(territory, one) for one in closed if any(day in one for day in days)]
    return f" (closed {listed(names)})" if names else ""


def _before_the_opening(facts: Facts, owed: Owed) -> str:
    opening = facts.openings[owed.account.account_id]
    days = opening_days(facts, opening)
    when = f", within {_span(facts.territory, days)}" if days else ""
    return f"{_to_wait(facts, owed)} the grievance of {owed.account.name} is heard{when}"


def _before_the_answer(facts: Facts, owed: Owed) -> str:
    found, account_id = facts.consequences, owed.account.account_id
    complaint = found.open_recovery(account_id) or found.mended(account_id)
    how = "answered" if owed.is_duty else "made good"
    when = f" of {date_in_words(facts.territory, complaint.because.day)}" if complaint else ""
    return f"{_to_wait(facts, owed)} the complaint{when} is {how}"


def _to_wait(facts: Facts, owed: Owed) -> str:
    if owed.promise is None:
        return "Its window closes too early: nothing may come before"
    due = date_in_words(facts.territory, owed.promise.due)
    return f"It is due by {due}, and may not come before"


def _too_far(territory: Territory, owed: Owed) -> str:
    travel, account = territory.travel, owed.account
    tours = (tour(travel, base, [account.place]) for base in territory.rep.places)
    drives = min(tours, key=lambda each: each.minutes)
    way = drives.minutes
    ways = (account.minutes_by(used) for used in _ways(territory, owed) if used.travels)
    visit = min(ways, default=0)
    return (
        f"{account.name} is {minutes_in_words(way)} away and back, and with "
        f"{minutes_in_words(visit)} there that is more than "
        f"{_day_that_is_too_short(territory, way + visit)}"
        f"{_nights_away(territory, visit + way - drives.home)}"
    )


def _nights_away(territory: Territory, one_way: int) -> str:
    """That no trip takes it in, or that one may: where a day holds the way there and the visit."""
    if territory.travel.overnight:
        return ", and no trip with nights away takes it in"
    fits = one_way <= _longest_day(territory)
    return "; without the way back it would fit, so nights away may help" if fits else ""


def _day_that_is_too_short(territory: Territory, minutes: int) -> str:
    longest = _longest_day(territory)
    if minutes > longest:
        return f"the longest day holds ({longest} minutes)"
    return "any day of its window holds"


def _closed(territory: Territory, owed: Owed) -> str:
    account = owed.account
    facts = _hours(territory, owed)
    closed = (*account.closed_dates, *owed.person.closed_dates)
    facts += [f"closed {_closing(territory, one)}" for one in closed]
    why = f" ({'; '.join(facts)})" if facts else ""
    return (
        f"{account.name} is closed, or not open long enough while you work, on each of your "
        f"working days in its window{why}"
    )


def _closing(territory: Territory, closed: Closing) -> str:
    if isinstance(closed, Span):
        return _span(territory, (closed.first, closed.last))
    return str(closed)


def _hours(territory: Territory, owed: Owed) -> list[str]:
    """The hours that bind a touch, each with its zone where that is not the rep's."""
    account, person, here = owed.account, owed.person, territory.rep.timezone
    is_visited = any(used.travels for used in _ways(territory, owed))
    visits = (account.visit_hours, person.visit_hours) if is_visited else ()
    facts = [f"visits {hours}{_zone(account.timezone, here)}" for hours in visits if hours]
    called = territory.call_hours_of(account, person)
    if called and "call" in owed.wanted_channels:
        zone = _zone(person.timezone or account.timezone, here)
        facts.append(f"calls {called}{zone}")
    return facts


def _zone(zone: str, here: str) -> str:
    return f" {zone}" if zone and zone != here else ""


def _after_the_end(territory: Territory, _owed: Owed) -> str:
    end = date_in_words(territory, territory.calendar.end)
    return f"Its window opens only after the campaign ends on {end}"


def _no_working_day(territory: Territory, owed: Owed) -> str:
    leave = [_span(territory, (span.first, span.last)) for span in territory.rep.leave]
    why = f" (leave: {listed(leave)})" if leave else ""
    if owed.promise:
        due = date_in_words(territory, owed.promise.due)
        return f"You work on no day up to {due}, when it is due{why}"
    return f"You work on no day of its window{why}"


def _no_time_alone(territory: Territory, owed: Owed) -> str:
    ways = _ways(territory, owed)
    shut = [used.name for used in ways if 0 in (used.per_day, used.per_week)]
    if len(shut) == len(ways):
        return f"You allow no {listed(shut, 'or')} (per_day or per_week is 0)"
    quickest = min(ways, key=lambda used: used.minutes)
    drive = " and the drive" if quickest.travels else ""
    return (
        f"Even alone it does not fit: a {quickest.name} takes {quickest.minutes} minutes{drive}, "
        f"which is more than {_day_that_is_too_short(territory, quickest.minutes)}"
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
    return f"{owed.person.name} would be touched too often ({listed(limits)})"


def _selling_too_early(_territory: Territory, owed: Owed) -> str:
    return (
        f'Its purpose "{owed.step.purpose}" sells, and nothing is sold among the first three '
        "touches of an account nor in the first 30 days"
    )


def _channel_limit(territory: Territory, owed: Owed) -> str:
    limited = [used for used in _ways(territory, owed) if _limits(used)]
    if not limited:
        return _capacity(territory, owed)
    facts = [f"{number} {used.name}s a {per}" for used in limited for per, number in _limits(used)]
    return f"{listed(facts)} are the limit then"


def _no_time_of_day(territory: Territory, owed: Owed) -> str:
    facts = _hours(territory, owed)
    why = f" beside its hours ({'; '.join(facts)})" if facts else " beside your busy time"
    needs = listed([_need(used) for used in sorted(_ways(territory, owed), key=_cost)], "or")
    return (
        f"Days that it could stand on have the minutes, but none of them has {needs} "
        f"in one piece{why} and what stands there"
    )


def _before_the_next(_territory: Territory, _owed: Owed) -> str:
    return (
        "On the days that have room for it, the step that follows it would no longer stand "
        "within its window"
    )


def _limits(used: Channel) -> list[tuple[str, int]]:
    limits = (("day", used.per_day), ("week", used.per_week))
    return [(per, number) for per, number in limits if number is not None]


def _capacity(territory: Territory, owed: Owed) -> str:
    ways = sorted(_ways(territory, owed), key=_cost)
    needs = listed([_need(used) for used in ways], "or")
    return f"The days it could stand on are full with touches that come first (it needs {needs})"


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


_CAUSES: Mapping[ReasonCode, Cause] = MappingProxyType(
    {
        ReasonCode.DO_NOT_CONTACT: _do_not_contact,
        ReasonCode.TOO_FAR: _too_far,
        ReasonCode.CLOSED: _closed,
        ReasonCode.AFTER_THE_END: _after_the_end,
        ReasonCode.NO_WORKING_DAY: _no_working_day,
        ReasonCode.NO_TIME_ALONE: _no_time_alone,
        ReasonCode.COURTESY: _courtesy,
        ReasonCode.SELLING_TOO_EARLY: _selling_too_early,
        ReasonCode.CHANNEL_LIMIT: _channel_limit,
        ReasonCode.NO_TIME_OF_DAY: _no_time_of_day,
        ReasonCode.BEFORE_THE_NEXT: _before_the_next,
        ReasonCode.CAPACITY: _capacity,
    }
)

_FROM_FACTS: Mapping[ReasonCode, Callable[[Facts, Owed], str]] = MappingProxyType(
    {
        ReasonCode.GRIEVANCE_UNOPENED: _grievance_unopened,
        ReasonCode.NO_CONSENT: _no_consent,
        ReasonCode.BEFORE_THE_OPENING: _before_the_opening,
        ReasonCode.BEFORE_THE_ANSWER: _before_the_answer,
    }
)

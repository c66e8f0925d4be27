"""Why a touch was left out: the facts, and the rule behind it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from campaign.explaining.room import Room
from campaign.explaining.words import date_in_words, span_in_words
from campaign.geography.travel import tour
from campaign.model.channels import CALL, Channel
from campaign.model.hours import Closing
from campaign.model.outcomes import Outcome
from campaign.model.persons import number_of
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.phrases import counted, listed, minutes_in_words
from campaign.rules.courtesy import borne
from campaign.rules.dues import Due
from campaign.rules.sequence import could_stand_alone
from campaign.rules.windows import opening_days, window
from campaign.touches import ReasonCode
from campaign.workdays import Span


def cause(code: ReasonCode, due: Due, room: Room) -> str:
    """Why a touch that is owed is left out of a plan: the facts, without an end."""
    why, facts = _REASONS[code][1], room.facts
    if not isinstance(why, str):
        return why(room, due)
    who = due.account if due.account.do_not_contact else due.person
    end = date_in_words(facts.territory, facts.end)
    return why.format(who=who.name, end=end, purpose=due.step.purpose)


def _no_consent(room: Room, due: Due) -> str:
    asked, channels, territory = due.person, due.step.channels, room.facts.territory
    closed_to = room.facts.consequences.closed_to
    gaps = [gap for name in channels if (gap := closed_to(asked.contact_id, name))]
    others = [name for name in channels if name not in [gap.channel for gap in gaps]]
    if not gaps and not any(asked.consent(name).value == "no" for name in others):
        return (
            f"Nobody knows whether {asked.name} allows {listed(channels, 'or')}, and unknown "
            f'counts as no (unknown_consent = "deny")'
        )
    told = [f"{asked.name} does not allow {listed(others, 'or')}"] if others else []
    for missing, same in groupby(gaps, key=lambda gap: gap.missing):
        closed = list(same)
        because = closed[0].because
        what = because.outcome.replace("_", " ")
        sent = "sent " if because.outcome is Outcome.RETURNED_MAIL else ""
        names = listed([gap.channel for gap in closed], "or")
        told.append(
            f"No {names} reaches {asked.name} ({what}, {sent}"
            f"{date_in_words(territory, because.day)}): find the right {missing}"
        )
    return ". ".join(told)


def _grievance_unopened(room: Room, due: Due) -> str:
    facts, account = room.facts, due.account
    opening = facts.openings.get(account.account_id, due)
    since = window(facts, opening).first
    days = [day for day in facts.working_days if facts.position(day) >= since]
    if not days:
        return f"You have no working day left on which to hear the grievance of {account.name}"
    if not due.opens:
        never = "cannot be heard on any day, and nothing comes before that"
        return f"The grievance of {account.name} {never}"
    names = channels_for(facts.territory, opening.person, opening.step)
    if not names:
        return f"{opening.person.name} allows no channel by which the grievance could be heard"
    span = span_in_words(facts.territory, days[0], days[-1])
    closed = (*account.closed_dates, *due.person.closed_dates)
    then = [_closing(facts.territory, one) for one in closed if any(day in one for day in days)]
    shut = f" (closed {listed(then)})" if then else ""
    return (
        f"The grievance of {account.name} cannot be heard: no working day ({span}) can hold a "
        f"{listed(names, 'or a')}{shut}"
    )


def _before_the_opening(room: Room, due: Due) -> str:
    facts = room.facts
    days = opening_days(facts, facts.openings[due.account.account_id])
    when = f", within {span_in_words(facts.territory, days[0], days[-1])}" if days else ""
    return f"{_to_wait(facts.territory, due)} the grievance of {due.account.name} is heard{when}"


def _before_the_answer(room: Room, due: Due) -> str:
    found, territory = room.facts.consequences, room.facts.territory
    account_id = due.account.account_id
    complaint = found.open_recovery(account_id) or found.mended(account_id)
    when = f" of {date_in_words(territory, complaint.because.day)}" if complaint else ""
    how = "answered" if due.is_duty else "made good"
    return f"{_to_wait(territory, due)} the complaint{when} is {how}"


def _to_wait(territory: Territory, due: Due) -> str:
    if due.promise is None:
        return "Its window closes too early: nothing may come before"
    return f"It is due by {date_in_words(territory, due.promise.due)}, and may not come before"


def _too_far(room: Room, due: Due) -> str:
    territory, account = room.facts.territory, due.account
    travel = territory.travel
    tours = (tour(travel, base, [account.place]) for base in territory.rep.places)
    drives = min(tours, key=lambda each: each.minutes)
    visits = (account.minutes_by(used) for used in _ways(territory, due) if used.travels)
    there, longest = min(visits, default=0), _longest_day(room)
    nights = ""
    if travel.overnight:
        nights = ", and no trip with nights away takes it in"
    elif there + drives.minutes - drives.home <= longest:
        nights = "; without the way back it would fit, so nights away may help"
    return (
        f"{account.name} is {minutes_in_words(drives.minutes)} away and back, and with "
        f"{minutes_in_words(there)} there that is more than "
        f"{_holds(longest, drives.minutes + there)}{nights}"
    )


def _longest_day(room: Room) -> int:
    territory = room.facts.territory
    return max((room.held(territory, day) for day in room.facts.working_days), default=0)


def _holds(longest: int, minutes: int) -> str:
    any_day = "any day of its window holds"
    return f"the longest day holds ({longest} minutes)" if minutes > longest else any_day


def _closed(room: Room, due: Due) -> str:
    territory = room.facts.territory
    facts = list(_hours(territory, due))
    closed = (*due.account.closed_dates, *due.person.closed_dates)
    facts += [f"closed {_closing(territory, one)}" for one in closed]
    why = f" ({'; '.join(facts)})" if facts else ""
    return (
        f"{due.account.name} is closed, or not open long enough while you work, on each of your "
        f"working days in its window{why}"
    )


def _closing(territory: Territory, closed: Closing) -> str:
    if isinstance(closed, Span):
        return span_in_words(territory, closed.first, closed.last)
    return str(closed)


def _hours(territory: Territory, due: Due) -> Iterator[str]:
    """The hours that bind a touch, each with its zone where that is not the rep's."""
    account, person, ways = due.account, due.person, _ways(territory, due)
    called = territory.call_hours_of(account, person)
    is_visited, is_called = any(used.travels for used in ways), any(u.name == CALL for u in ways)
    known = (
        ("visits", account.visit_hours if is_visited else None, account.timezone),
        ("visits", person.visit_hours if is_visited else None, account.timezone),
        ("calls", called if is_called else None, person.timezone or account.timezone),
    )
    for what, hours, zone in known:
        if hours:
            there = f" {zone}" if zone and zone != territory.rep.timezone else ""
            yield f"{what} {hours}{there}"


def _no_working_day(room: Room, due: Due) -> str:
    territory = room.facts.territory
    leave = [span_in_words(territory, span.first, span.last) for span in territory.rep.leave]
    why = f" (leave: {listed(leave)})" if leave else ""
    when = "of its window"
    if due.promise:
        when = f"up to {date_in_words(territory, due.promise.due)}, when it is due"
    return f"You work on no day {when}{why}"


def _no_time_alone(room: Room, due: Due) -> str:
    territory = room.facts.territory
    ways = _ways(territory, due)
    shut = [used.name for used in ways if 0 in (used.per_day, used.per_week)]
    if len(shut) == len(ways):
        return f"You allow no {listed(shut, 'or')} (per_day or per_week is 0)"
    quickest = min(ways, key=lambda used: used.minutes)
    drive = " and the drive" if quickest.travels else ""
    return (
        f"Even alone it does not fit: a {quickest.name} takes {quickest.minutes} minutes{drive}, "
        f"which is more than {_holds(_longest_day(room), quickest.minutes)}"
    )


def _courtesy(room: Room, due: Due) -> str:
    """What a person is asked to bear already: the ceiling, or else the distance, that binds.

    By each channel that could hold it: the ceiling of all touches, or of the channel. Where one
    of the channels is below both, it is the distance to other touches that binds.
    """
    facts, name, territory = room.facts, due.person.name, room.facts.territory
    courtesy, rows = territory.courtesy, borne(facts, due.account.account_id, due.person.contact_id)
    if len(rows) >= courtesy.most:
        touches = counted(len(rows), "touch")
        return f"{name} has {touches} already, as many as most = {courtesy.most} lets in"
    allowed = channels_for(territory, due.person, due.step)
    open_ = [one for one in allowed if could_stand_alone(facts, due, territory.channels[one])]
    used, most = Counter(row.touch.channel for row in rows), courtesy.most_by_channel
    full = [one for one in open_ if one in most and used[one] >= most[one]]
    told = listed(
        [f"{counted(used[one], one)}, as many as most_{one} = {most[one]} lets in" for one in full]
    )
    if full and len(full) == len(open_):
        return f"{name} has {told} already"
    least = counted(courtesy.gap, "business day")
    number = number_of(due.account, due.person)
    ids = territory.shared_numbers.get(number, ())
    others = [territory.account(one).name for one in ids if one != due.account.account_id]
    if open_ == [CALL] and others and not full:
        return f"{number} is also the number of {listed(others)}, and is rung once within {least}"
    beside = f", and has {told} already" if told else ""
    return (
        f"On each day of its window {name} is touched less than {least} before or after "
        f"(gap = {courtesy.gap}){beside}"
    )


def _channel_limit(room: Room, due: Due) -> str:
    """The limits of its channels that are reached on the days of its window with the minutes."""
    facts, territory, account = room.facts, room.facts.territory, due.account
    found = window(facts, due)
    days = [day for day in facts.working_days if found.first <= facts.position(day) <= found.last]
    reached: dict[str, None] = {}
    for used in _ways(territory, due):
        numbers = {"day": used.per_day, "week": used.per_week}
        for day in days:
            if day >= facts.planned_on and max(room.short(territory, account, used, day)) <= 0:
                for per, _ in room.limits(used, account, day):
                    reached[f"{counted(numbers[per] or 0, used.name)} a {per}"] = None
    if not reached:
        return _capacity(room, due)
    limits = listed(list(reached))
    return f"On the days of its window that have the minutes, no more than {limits} are allowed"


def _no_time_of_day(room: Room, due: Due) -> str:
    territory = room.facts.territory
    facts = list(_hours(territory, due))
    why = f" beside its hours ({'; '.join(facts)})" if facts else " beside your busy time"
    return (
        f"Days that it could stand on have the minutes, but none of them has "
        f"{_needs(territory, due)} in one piece{why} and what stands there"
    )


def _capacity(room: Room, due: Due) -> str:
    needs = _needs(room.facts.territory, due)
    return f"The days it could stand on are full with touches that come first (it needs {needs})"


def _needs(territory: Territory, due: Due) -> str:
    ways = sorted(_ways(territory, due), key=lambda used: (used.travels, used.minutes))
    drives = [" and the drive" if used.travels else "" for used in ways]
    each = [
        f"{w.minutes} minutes{drive} for a {w.name}" for w, drive in zip(ways, drives, strict=True)
    ]
    return listed(each, "or")


def _ways(territory: Territory, due: Due) -> list[Channel]:
    """The channels to reckon with: the allowed ones, else all of the step."""
    allowed = () if due.account.do_not_contact else channels_for(territory, due.person, due.step)
    return [territory.channels[name] for name in allowed or due.step.channels]


_AFTER_THE_END = "Its window opens only after the campaign ends on {end}"
_WHAT_FOLLOWS = (
    "On the days that have room for it, the step that follows it would no longer stand within its "
    "window"
)
_SELLS = (
    'Its purpose "{purpose}" sells, and nothing is sold among the first three touches of an '
    "account nor in the first 30 days"
)
_REASONS: Mapping[ReasonCode, tuple[str, str | Callable[[Room, Due], str]]] = MappingProxyType(
    {
        ReasonCode.DO_NOT_CONTACT: ("R6", "{who} wants no contact"),
        ReasonCode.GRIEVANCE_UNOPENED: ("R8", _grievance_unopened),
        ReasonCode.NO_CONSENT: ("R6", _no_consent),
        ReasonCode.TOO_FAR: ("R2", _too_far),
        ReasonCode.CLOSED: ("R6", _closed),
        ReasonCode.AFTER_THE_END: ("R1", _AFTER_THE_END),
        ReasonCode.NO_WORKING_DAY: ("R1", _no_working_day),
        ReasonCode.NO_TIME_ALONE: ("R2", _no_time_alone),
        ReasonCode.BEFORE_THE_OPENING: ("R8", _before_the_opening),
        ReasonCode.BEFORE_THE_ANSWER: ("R8", _before_the_answer),
        ReasonCode.COURTESY: ("R5", _courtesy),
        ReasonCode.SELLING_TOO_EARLY: ("R12", _SELLS),
        ReasonCode.CHANNEL_LIMIT: ("R3", _channel_limit),
        ReasonCode.NO_TIME_OF_DAY: ("R10", _no_time_of_day),
        ReasonCode.BEFORE_THE_NEXT: ("R4", _WHAT_FOLLOWS),
        ReasonCode.CAPACITY: ("R2", _capacity),
    }
)
"""The rule behind each reason for leaving a touch out, and the facts in words."""

BLOCKED_BY: Mapping[ReasonCode, str] = MappingProxyType(
    {code: rule for code, (rule, _) in _REASONS.items()}
)
"""The rule behind each reason for leaving a touch out."""

"""Every rule of a campaign in plain Python: whether a plan keeps it, without the planner.

`RULES` is the table of contents. What is done is a fact and breaks no rule; a row that the
rep has pinned wins over a rule, which is a notice.
"""

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from campaign.rules import (
    allowed_days,
    capacity,
    completeness,
    courtesy,
    owed,
    times_of_day,
    tours,
    windows,
)
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.facts import Facts
from campaign.rules.levels import LEVELS, levels
from campaign.rules.violations import Fault, Violation
from campaign.touches import Plan

__all__ = [
    "LEVELS",
    "RULES",
    "Facts",
    "Fault",
    "Rule",
    "Violation",
    "capacity_of_day",
    "capacity_of_week",
    "checked",
    "doubts",
    "levels",
    "rules_named",
    "violations",
]


@frozen
class Rule:
    """One rule, or one part of it: its name, what it asks for, and the check."""

    name: str
    sentence: str
    check: Callable[[Facts], Iterator[Violation]]


RULES: tuple[Rule, ...] = (
    Rule("R1", "a touch stands inside the campaign", allowed_days.inside_the_campaign),
    Rule("R1", "on a working day of the rep", allowed_days.on_working_days),
    Rule("R1", "on a weekday that its channel allows", allowed_days.on_weekdays_of_the_channel),
    Rule("R2", "a day's minutes stay within its capacity", capacity.minutes_of_a_day),
    Rule("R2", "a week's minutes stay within its capacity", capacity.minutes_of_a_week),
    Rule("R3", "each channel stays within its limit a day", capacity.uses_of_a_day),
    Rule("R3", "and within its limit a week", capacity.uses_of_a_week),
    Rule("R4", "a step stands within its window", windows.within_windows),
    Rule("R5", "a person's touches keep their distance", courtesy.distance_between_touches),
    Rule("R5", "a number that several share is rung once", courtesy.numbers_rung_once),
    Rule("R5", "and stay below the ceilings", courtesy.ceilings_of_a_person),
    Rule("R5", "an account is touched once a day at most", courtesy.one_touch_a_day),
    Rule("R5", "a promise is kept without a second call", courtesy.one_call_is_enough),
    Rule("R5", "only so many contacts of it run at once", courtesy.runs_at_once),
    Rule("R6", "nobody who is not to be contacted is", allowed_days.to_those_who_may_be_contacted),
    Rule("R6", "nobody is reached by a channel not allowed", allowed_days.with_consent),
    Rule("R6", "nor on closed dates and holidays", allowed_days.when_they_are_there),
    Rule("R6", "nor before the day they asked for", allowed_days.after_the_day_asked_for),
    Rule("R6", "nor on a weekday without opening hours", allowed_days.on_opening_days),
    Rule("R7", "what is asked for waits for its day", owed.on_the_day_asked_for),
    Rule("R8", "nothing else until a complaint is made good", owed.nothing_before_the_recovery),
    Rule("R8", "a grievance is heard by visit or call", owed.openings_by_talk),
    Rule("R8", "nothing comes before the opening", owed.nothing_before_the_opening),
    Rule("R8", "a proof comes after what was promised", owed.after_promises),
    Rule("R8", "else the account is left out for that reason", owed.reasons_of_unopened),
    Rule("R8", "first on the list", owed.unopened_first),
    Rule("R9", "only visits have a place in a tour", tours.only_visits_travel),
    Rule("R9", "the stops of a day are numbered in order", tours.stops_in_order),
    Rule("R9", "its drives are those of the tour", tours.drives_of_the_tour),
    Rule("R9", "nights away are planned only when asked for", tours.only_when_asked_for),
    Rule("R9", "near accounts whose place is known", tours.at_known_places),
    Rule("R9", "after the last visit of a day", tours.after_the_last_stop),
    Rule("R9", "with a visit the morning after", tours.followed_by_a_visit),
    Rule("R9", "beside no day with own meetings", tours.beside_no_meetings),
    Rule("R9", "and not too many in a row", tours.few_in_a_row),
    Rule("R10", "times hold the minutes of the touch", times_of_day.spans_of_time),
    Rule("R10", "timed touches do not overlap", times_of_day.no_overlap),
    Rule("R10", "touches keep clear of busy time", times_of_day.beside_busy_time),
    Rule("R10", "drives fit between visits", times_of_day.drives_fit_between),
    Rule("R10", "drives fit before and after meetings", times_of_day.drives_to_meetings),
    Rule("R10", "tours start and end within the rep's hours", times_of_day.tours_within_hours),
    Rule("R10", "touches stay within the rep's hours", times_of_day.within_the_reps_hours),
    Rule("R10", "visits stay within visit hours", times_of_day.within_visit_hours),
    Rule("R10", "calls stay within call hours", times_of_day.within_call_hours),
    Rule("R10", "after six calls comes a break", times_of_day.breaks_between_calls),
    Rule("R11", "no id stands twice", completeness.unique_ids),
    Rule("R11", "what is owed stands exactly once", completeness.everything_once),
    Rule("R11", "nothing is invented", completeness.nothing_invented),
    Rule("R11", "channels are known", completeness.known_channels),
    Rule("R11", "names agree with the inputs", completeness.names_agree),
    Rule("R11", "minutes agree with the inputs", completeness.minutes_agree),
    Rule("R11", "arrivals agree with the inputs", completeness.arrivals_agree),
    Rule("R11", "due days agree with the inputs", completeness.due_days_agree),
    Rule("R12", "nothing sells too early", courtesy.no_early_selling),
)


def violations(plan: Plan) -> tuple[Violation, ...]:
    """Every broken rule of a plan, rule by rule; pins that break one are `doubts`."""
    return tuple(found for found in checked(Facts(plan)) if not found.is_notice)


def doubts(plan: Plan) -> tuple[Violation, ...]:
    """The rules that only the rep's own pins break: they win, and it is said."""
    return tuple(found for found in checked(Facts(plan)) if found.is_notice)


def checked(facts: Facts, rules: Iterable[Rule] = RULES) -> Iterator[Violation]:
    """What rules find in a plan, rule by rule, notices included."""
    for rule in rules:
        yield from rule.check(facts)


def rules_named(*names: str) -> tuple[Rule, ...]:
    """All parts of the rules of these names (`R1` ...), in the order of `RULES`."""
    return tuple(rule for rule in RULES if rule.name in names)

"""R9: nights away are asked for, follow a day's last visit, and a morning with a visit follows."""

import datetime as dt
from collections.abc import Iterator

from campaign.rules.facts import Facts, PlanRow, of_row
from campaign.rules.tours import carriers_of, is_in_order, tours_of
from campaign.rules.violations import Fault, Violation

_A_DAY = dt.timedelta(days=1)


def _planned(facts: Facts) -> Iterator[PlanRow]:
    """The rows with a night that is still to come."""
    return (row for row in facts.planned if row.touch.night)


def only_when_asked_for(facts: Facts) -> Iterator[Violation]:
    """R9: no night away unless the rep asks for them."""
    if not facts.territory.travel.overnight:
        for row in _planned(facts):
            yield of_row("R9", Fault.NIGHT_NOT_ASKED, row, night=row.touch.night)


def at_known_places(facts: Facts) -> Iterator[Violation]:
    """R9: a night is spent near an account whose place is known."""
    known = {a.account_id for a in facts.territory.accounts if a.coordinates is not None}
    for row in _planned(facts):
        if row.touch.night not in known:
            yield of_row("R9", Fault.NIGHT_NOWHERE, row, night=row.touch.night)


def after_the_last_stop(facts: Facts) -> Iterator[Violation]:
    """R9: a night stands where the way home would stand."""
    for _, rows in tours_of(facts):
        last = carriers_of(rows)[-1] if is_in_order(rows) else None
        for row in rows:
            if row.touch.night and last is not None and row is not last:
                yield of_row("R9", Fault.NIGHT_MISPLACED, row, night=row.touch.night)


def followed_by_a_visit(facts: Facts) -> Iterator[Violation]:
    """R9: the morning after a night there is a visit: each day of a trip has one."""
    visited = {row.touch.date for row in facts.rows if row.travels}
    for row in _planned(facts):
        morning = row.day + _A_DAY
        if morning not in visited:
            yield of_row("R9", Fault.NO_MORNING, row, night=row.touch.night, morning=morning)


def beside_no_meetings(facts: Facts) -> Iterator[Violation]:
    """R9: no night before or after a day with meetings of the rep's own at known places."""
    for row in _planned(facts):
        days = [day for day in (row.day, row.day + _A_DAY) if facts.territory.rep.meetings_on(day)]
        for day in days[:1]:
            yield of_row("R9", Fault.NIGHT_BESIDE_MEETING, row, night=row.touch.night, meeting=day)


def few_in_a_row(facts: Facts) -> Iterator[Violation]:
    """R9: at most so many nights away in a row."""
    most = facts.territory.travel.most_nights
    counts: dict[dt.date, int] = {}  # by evening, the number of the night among those in a row
    for evening in facts.plan.nights:
        counts[evening] = counts.get(evening - _A_DAY, 0) + 1
    for row in _planned(facts):
        if counts[row.day] > most:
            yield of_row("R9", Fault.TOO_MANY_NIGHTS, row, planned=counts[row.day], there=most)

"""R5 and R12: what one person and one account are asked to bear."""

from collections import Counter
from collections.abc import Iterator, Sequence

from campaign.model.channels import CALL
from campaign.model.persons import number_of
from campaign.rules.facts import Facts, PlanRow, are_judged, are_pinned, of_row
from campaign.rules.levels import reaches
from campaign.rules.violations import Fault, Figure, Violation
from campaign.rules.windows import chain

FIRST_TOUCHES = 3
"""So many touches of an account come before the first that sells (practice norm C4)."""
FIRST_DAYS = 30
"""So many days of the campaign pass before anything sells."""


def _by_person(facts: Facts) -> dict[str, list[PlanRow]]:
    """The standing rows of each person, wherever they stood, in order.

    Those that a courtesy makes are left out, and attempts that have reached nobody.
    """
    found: dict[str, list[PlanRow]] = {}
    for row in facts.standing:
        if not _is_courtesy(facts, row) and reaches(facts.territory, row.touch):
            person = _person(facts, row.account_id, row.touch.contact_id)
            found.setdefault(person, []).append(row)
    return found


def _person(facts: Facts, account_id: str, contact_id: str) -> str:
    """Who is one: a person by the first of their ids; an account that stands for itself alone."""
    if account_id == contact_id:
        return f"/{account_id}"
    return facts.territory.person_of(contact_id)


def borne(facts: Facts, account_id: str, contact_id: str) -> list[PlanRow]:
    """The standing rows of a person, anywhere, that count to distances and ceilings."""
    return _by_person(facts).get(_person(facts, account_id, contact_id), [])


def _is_courtesy(facts: Facts, row: PlanRow) -> bool:
    purpose = facts.territory.purposes.get(row.purpose)
    return row.is_promise or (purpose is not None and purpose.courtesy)


def distance_between_touches(facts: Facts) -> Iterator[Violation]:
    """R5: business days between two touches of a person, a step and its anchor apart."""
    least = facts.territory.courtesy.gap
    for rows in _by_person(facts).values():
        for earlier, later in _close_pairs(facts, rows, least):
            # Attempts of one step belong together, and so do a step and its anchor.
            ids, anchors = {earlier.owed_id, later.owed_id}, {*_anchors(facts, earlier, later)}
            if are_judged((earlier, later)) and len(ids) > 1 and not ids & anchors:
                yield _too_close(facts, earlier, later, least)


def _close_pairs(
    facts: Facts, rows: Sequence[PlanRow], least: int
) -> Iterator[tuple[PlanRow, PlanRow]]:
    for number, earlier in enumerate(rows):
        for later in rows[number + 1 :]:
            if facts.position(later.day) - facts.position(earlier.day) >= least:
                break
            yield earlier, later


def _anchors(facts: Facts, *rows: PlanRow) -> Iterator[str]:
    for row in rows:
        anchor = chain(facts, row.due).anchor if row.due else None
        if anchor:
            yield anchor.owed_id


def _too_close(facts: Facts, earlier: PlanRow, later: PlanRow, least: int) -> Violation:
    blamed, other = _blamed(earlier, later)
    days = facts.position(later.day) - facts.position(earlier.day)
    return of_row("R5", Fault.TOO_CLOSE, blamed, days=days, other=other.touch_id, least=least)


def _blamed(earlier: PlanRow, later: PlanRow) -> tuple[PlanRow, PlanRow]:
    """Which of two rows is too close to the other: the later, if the planner chose its day."""
    if not later.is_movable and (earlier.is_movable or not later.is_planned):
        return earlier, later
    return later, earlier


def ceilings_of_a_person(facts: Facts) -> Iterator[Violation]:
    """R5: so many touches of a person in the campaign, in all and by channel."""
    courtesy = facts.territory.courtesy
    for rows in _by_person(facts).values():
        if len(rows) > courtesy.most:
            figures: dict[str, Figure] = {"planned": len(rows), "there": courtesy.most}
            yield from _too_many(facts, Fault.TOO_MANY_TOUCHES, rows, figures)
        for channel, planned in Counter(row.touch.channel for row in rows).items():
            there = courtesy.most_by_channel.get(channel, planned)
            if planned > there:
                used = [row for row in rows if row.touch.channel == channel]
                figures = {"channel": channel, "planned": planned, "there": there}
                yield from _too_many(facts, Fault.TOO_MANY_BY_CHANNEL, used, figures)


def _too_many(
    facts: Facts, fault: Fault, rows: Sequence[PlanRow], figures: dict[str, Figure]
) -> Iterator[Violation]:
    account_id, contact = rows[-1].account_id, facts.territory.person_of(rows[-1].touch.contact_id)
    if are_judged(rows):
        yield Violation(
            "R5",
            fault,
            account_id=account_id,
            figures={"contact": contact, **figures},
            is_notice=are_pinned(rows),
        )


def numbers_rung_once(facts: Facts) -> Iterator[Violation]:
    """R5: a telephone number that several accounts share is rung once within the gap."""
    least, numbers = facts.territory.courtesy.gap, facts.territory.shared_numbers
    rung: dict[str, list[PlanRow]] = {}
    for row in facts.standing if numbers else ():
        number = number_of(row.account, row.person)
        is_call = row.touch.channel == CALL and not _is_courtesy(facts, row)
        if is_call and number in numbers and reaches(facts.territory, row.touch):
            rung.setdefault(number, []).append(row)
    for number, rows in rung.items():
        for earlier, later in _close_pairs(facts, rows, least):
            if earlier.account_id != later.account_id and are_judged((earlier, later)):
                blamed, other = _blamed(earlier, later)
                days = facts.position(later.day) - facts.position(earlier.day)
                figures: dict[str, Figure] = {"number": number, "days": days, "least": least}
                yield of_row("R5", Fault.RUNG_TWICE, blamed, other=other.touch_id, **figures)


def one_touch_a_day(facts: Facts) -> Iterator[Violation]:
    """R5: one touch of an account a day; a visit meets several, promises and pins are free."""
    for date, rows in facts.by_day.items():
        accounts: dict[str, list[PlanRow]] = {}
        for row in rows:
            if not row.is_promise and not row.touch.pinned:
                accounts.setdefault(row.account_id, []).append(row)
        for account_id, touches in accounts.items():
            met = Counter(row.touch.contact_id for row in touches if row.travels)
            calls = sum(not row.travels for row in touches)
            planned = max(met.values(), default=0) + calls
            if planned > 1 and are_judged(touches):
                figures: dict[str, Figure] = {"planned": planned, "account": account_id}
                yield Violation(
                    "R5", Fault.TWICE_A_DAY, date=date, account_id=account_id, figures=figures
                )


def one_call_is_enough(facts: Facts) -> Iterator[Violation]:
    """R5: beside a promise, or what the rep has pinned, nothing else by its channel to the person.

    What is to be said is said in that one call; a visit meets them anyway.
    """
    person_of = facts.territory.person_of

    def goes_to(row: PlanRow) -> tuple[str, str, str]:
        return row.account_id, row.touch.channel, person_of(row.touch.contact_id)

    for rows in facts.by_day.values():
        for row in rows:
            if not row.is_movable or row.is_promise or row.travels:
                continue
            for other in rows:
                is_free = other.is_promise or (other.is_planned and other.touch.pinned)
                if is_free and other is not row and goes_to(row) == goes_to(other):
                    yield of_row("R5", Fault.SAID_ALREADY, row, other=other.touch_id)
                    break


def runs_at_once(facts: Facts) -> Iterator[Violation]:
    """R5: at most so many contacts of an account run a cadence."""
    there = facts.territory.capacity.contacts_at_once
    runners: dict[str, dict[str, list[PlanRow]]] = {}
    for row in facts.standing:
        is_by_itself = row.due is not None and (row.due.answer or row.due.sent)
        if row.is_planned and not row.is_promise and not is_by_itself:
            runs = runners.setdefault(row.account_id, {})
            runs.setdefault(row.owed_id.rpartition("/")[0], []).append(row)
    for account_id, runs in runners.items():
        if len(runs) > there:
            yield Violation(
                "R5",
                Fault.TOO_MANY_RUNS,
                account_id=account_id,
                figures={"planned": len(runs), "there": there},
                is_notice=any(map(are_pinned, runs.values())),
            )


def no_early_selling(facts: Facts) -> Iterator[Violation]:
    """R12: nothing sells among an account's first touches, nor on the first days."""
    for rows in facts.by_account.values():
        # Of one day what does not sell comes first: the order of the day is the rep's own.
        ordered = sorted(rows, key=lambda row: (row.day, _sells(facts, row), row.touch_id))
        for place, row in enumerate(ordered, start=1):
            if not (row.is_planned and facts.is_inside(row.day) and _sells(facts, row)):
                continue
            day = facts.calendar.day_number(row.day)
            if day <= FIRST_DAYS:
                yield of_row("R12", Fault.SELLS_TOO_EARLY, row, day=day, there=FIRST_DAYS + 1)
            if place <= FIRST_TOUCHES:
                figures: dict[str, Figure] = {"account": row.account_id, "there": FIRST_TOUCHES + 1}
                yield of_row("R12", Fault.SELLS_TOO_SOON, row, place=place, **figures)


def _sells(facts: Facts, row: PlanRow) -> bool:
    purpose = facts.territory.purposes.get(row.purpose)
    return purpose is not None and purpose.selling


ACROSS_ACCOUNTS = (distance_between_touches, ceilings_of_a_person, numbers_rung_once)
"""What a person is asked to bear wherever they stand."""

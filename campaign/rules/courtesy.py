"""R5 and R12: what one person and one account are asked to bear."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from campaign.model.channels import CALL
from campaign.model.persons import number_of
from campaign.model.values import grouped
from campaign.rules.facts import Facts, PlanRow, of_row, of_rows
from campaign.rules.levels import reaches
from campaign.rules.violations import Fault, Figure, Violation
from campaign.rules.windows import chain

FIRST_TOUCHES = 3
"""So many touches of an account come before the first that sells (practice norm C4)."""
FIRST_DAYS = 30
"""So many days of the campaign pass before anything sells."""


def _borne(facts: Facts) -> Iterator[PlanRow]:
    """The standing rows that count to distances and ceilings, in order.

    Not those that a courtesy makes, nor attempts that have reached nobody.
    """
    for row in facts.standing:
        purpose = facts.territory.purposes.get(row.purpose)
        is_courtesy = row.is_promise or (purpose is not None and purpose.courtesy)
        if not is_courtesy and reaches(facts.territory, row.touch):
            yield row


def _person(facts: Facts, account_id: str, contact_id: str) -> str:
    """Who is one: a person by the first of their ids; an account that stands for itself alone."""
    if account_id == contact_id:
        return f"/{account_id}"
    return facts.territory.person_of(contact_id)


def _by_person(facts: Facts) -> dict[str, list[PlanRow]]:
    """The rows of each person that count, wherever they stood."""
    return grouped(_borne(facts), lambda row: _person(facts, row.account_id, row.touch.contact_id))


def borne(facts: Facts, account_id: str, contact_id: str) -> list[PlanRow]:
    """The standing rows of a person, anywhere, that count to distances and ceilings."""
    return _by_person(facts).get(_person(facts, account_id, contact_id), [])


def distance_between_touches(facts: Facts) -> Iterator[Violation]:
    """R5: business days between two touches of a person, a step and its anchor apart."""
    for rows in _by_person(facts).values():
        for earlier, later, days in _close_pairs(facts, rows):
            # Attempts of one step belong together, and so do a step and its anchor.
            ids, pair = {earlier.owed_id, later.owed_id}, (earlier, later)
            anchors = (chain(facts, row.due).anchor for row in pair if row.due)
            if len(ids) > 1 and not ids & {anchor.owed_id for anchor in anchors if anchor}:
                yield _too_close(facts, Fault.TOO_CLOSE, pair, {"days": days})


def numbers_rung_once(facts: Facts) -> Iterator[Violation]:
    """R5: a telephone number that several accounts share is rung once within the gap."""
    numbers = facts.territory.shared_numbers
    calls = (row for row in _borne(facts) if row.touch.channel == CALL) if numbers else ()
    rung = grouped(calls, lambda row: number_of(row.account, row.person))
    for number, rows in rung.items():
        for earlier, later, days in _close_pairs(facts, rows) if number in numbers else ():
            if earlier.account_id != later.account_id:
                figures: dict[str, Figure] = {"number": number, "days": days}
                yield _too_close(facts, Fault.RUNG_TWICE, (earlier, later), figures)


def _close_pairs(facts: Facts, rows: Sequence[PlanRow]) -> Iterator[tuple[PlanRow, PlanRow, int]]:
    """Pairs of rows, one still to come, closer than the gap, and the business days between."""
    for number, earlier in enumerate(rows):
        for later in rows[number + 1 :]:
            days = facts.position(later.day) - facts.position(earlier.day)
            if days >= facts.territory.courtesy.gap:
                break
            if earlier.is_planned or later.is_planned:
                yield earlier, later, days


def _too_close(
    facts: Facts, fault: Fault, pair: tuple[PlanRow, PlanRow], figures: dict[str, Figure]
) -> Violation:
    """The later of two is too close to the other, if the planner chose its day."""
    earlier, later = pair
    blamed, other = later, earlier
    if not later.is_movable and (earlier.is_movable or not later.is_planned):
        blamed, other = earlier, later
    least = facts.territory.courtesy.gap
    return of_row("R5", fault, blamed, **figures, other=other.touch_id, least=least)


def ceilings_of_a_person(facts: Facts) -> Iterator[Violation]:
    """R5: so many touches of a person in the campaign, in all and by channel."""
    courtesy = facts.territory.courtesy
    for rows in _by_person(facts).values():
        if len(rows) > courtesy.most:
            figures: dict[str, Figure] = {"planned": len(rows), "there": courtesy.most}
            yield from _too_many(facts, Fault.TOO_MANY_TOUCHES, rows, figures)
        for channel, used in grouped(rows, lambda row: row.touch.channel).items():
            there = courtesy.most_by_channel.get(channel, len(used))
            if len(used) > there:
                figures = {"channel": channel, "planned": len(used), "there": there}
                yield from _too_many(facts, Fault.TOO_MANY_BY_CHANNEL, used, figures)


def _too_many(
    facts: Facts, fault: Fault, rows: Sequence[PlanRow], figures: dict[str, Figure]
) -> Iterator[Violation]:
    contact = facts.territory.person_of(rows[-1].touch.contact_id)
    figures = {"contact": contact, **figures}
    yield from of_rows("R5", fault, rows, figures, account_id=rows[-1].account_id)


def one_touch_a_day(facts: Facts) -> Iterator[Violation]:
    """R5: one touch of an account a day; a visit meets several, promises and pins are free."""
    for date, rows in facts.by_day.items():
        bound = (row for row in rows if not row.is_promise and not row.touch.pinned)
        for account_id, touches in grouped(bound, lambda row: row.account_id).items():
            met = Counter(row.touch.contact_id for row in touches if row.travels)
            calls = sum(not row.travels for row in touches)
            planned = max(met.values(), default=0) + calls
            if planned > 1:
                figures: dict[str, Figure] = {"planned": planned, "account": account_id}
                yield from of_rows(
                    "R5", Fault.TWICE_A_DAY, touches, figures, date=date, account_id=account_id
                )


def one_call_is_enough(facts: Facts) -> Iterator[Violation]:
    """R5: beside a promise, or what the rep has pinned, nothing else by its channel to the person.

    What is to be said is said in that one call; a visit meets them anyway.
    """
    person_of = facts.territory.person_of

    def _goes_to(row: PlanRow) -> tuple[str, str, str]:
        return row.account_id, row.touch.channel, person_of(row.touch.contact_id)

    for rows in facts.by_day.values():
        free = [row for row in rows if row.is_promise or (row.is_planned and row.touch.pinned)]
        for row in rows:
            if row.is_movable and not row.is_promise and not row.travels:
                others = (other for other in free if _goes_to(other) == _goes_to(row))
                for other in islice(others, 1):
                    yield of_row("R5", Fault.SAID_ALREADY, row, other=other.touch_id)


def runs_at_once(facts: Facts) -> Iterator[Violation]:
    """R5: at most so many contacts of an account run a cadence."""
    there = facts.territory.capacity.contacts_at_once
    running = (
        row
        for row in facts.standing
        if row.is_planned
        and not row.is_promise
        and not (row.due and (row.due.answer or row.due.sent))  # these run by themselves
    )
    for account_id, rows in grouped(running, lambda row: row.account_id).items():
        runs = grouped(rows, lambda row: row.owed_id.rpartition("/")[0])
        if len(runs) > there:
            yield Violation(
                "R5",
                Fault.TOO_MANY_RUNS,
                account_id=account_id,
                figures={"planned": len(runs), "there": there},
                is_notice=any(all(row.touch.pinned for row in run) for run in runs.values()),
            )


def no_early_selling(facts: Facts) -> Iterator[Violation]:
    """R12: nothing sells among an account's first touches, nor on the first days."""
    selling = {name for name, purpose in facts.territory.purposes.items() if purpose.selling}
    for rows in facts.by_account.values():
        # Of one day what does not sell comes first: the order of the day is the rep's own.
        ordered = sorted(rows, key=lambda row: (row.day, row.purpose in selling, row.touch_id))
        for place, row in enumerate(ordered, start=1):
            if row.purpose not in selling or not row.is_planned or not facts.is_inside(row.day):
                continue
            day = facts.calendar.day_number(row.day)
            if day <= FIRST_DAYS:
                yield of_row("R12", Fault.SELLS_TOO_EARLY, row, day=day, there=FIRST_DAYS + 1)
            if place <= FIRST_TOUCHES:
                yield of_row("R12", Fault.SELLS_TOO_SOON, row, place=place, there=FIRST_TOUCHES + 1)

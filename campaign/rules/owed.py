"""R7 and R8: promises on their days, and grievance accounts that open by going there."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from campaign.model.channels import Channel
from campaign.model.runs import channels_for
from campaign.rules.days import may_stand
from campaign.rules.dues import Due
from campaign.rules.facts import CALL, Facts, Row, of_row
from campaign.rules.room import Room, room_beside_owed, room_beside_promises
from campaign.rules.violations import Fault, Figure, Violation
from campaign.rules.windows import is_overdue, opening_days, opening_days_of_row, promise_days
from campaign.touches import LeftOut, ReasonCode

_UNOPENED = ReasonCode.GRIEVANCE_UNOPENED
_TALKS = ("visit", CALL)


def promises_on_their_days(facts: Facts) -> Iterator[Violation]:
    """R7: on the last working day on or before it is due that holds it; overdue, the first."""
    room = room_beside_owed(facts)
    for row in facts.planned:
        if row.due and row.due.promise and row.channel:
            yield from _promise_elsewhere(facts, row, row.due, room)


def _promise_elsewhere(facts: Facts, row: Row, due: Due, room: Room) -> Iterator[Violation]:
    assert due.promise is not None  # noqa: S101 (its one caller has looked)
    _, last = promise_days(facts, due, row.touch.planned_on)
    if row.day > last:
        yield of_row("R7", Fault.PROMISE_LATE, row, date=row.day, due=last)
        return
    overdue = is_overdue(facts, due, row.touch.planned_on)
    days = _promise_days(facts, due, row.touch.planned_on)
    better_days = [day for day in days if (day < row.day if overdue else day > row.day)]
    better = _first_that_holds(facts, due, better_days, room)
    if better:
        yield of_row(
            "R7",
            Fault.PROMISE_ELSEWHERE,
            row,
            date=row.day,
            better=better,
            due=due.promise.due,
        )


def _first_that_holds(
    facts: Facts, due: Due, days: Iterable[dt.date], room: Room
) -> dt.date | None:
    """The first of the days that can hold a promise: R1, R6, R8, minutes and limits."""
    channel = facts.territory.channels[due.step.channels[0]]
    opening = _opening_row(facts, due.account.account_id)
    for day in days:
        opened = opening is None or opening.day <= day or _answers(facts, due)
        if (
            opened
            and _is_answered(facts, due, day)
            and may_stand(facts, due, channel, day)
            and room.holds(due, channel, day)
        ):
            return day
    return None


def _answers(facts: Facts, due: Due) -> bool:
    """Whether it is the answer to a complaint, which comes before all else."""
    return any(one.promise.promise_id == due.step.name for one in facts.consequences.recoveries)


def _is_answered(facts: Facts, due: Due, day: dt.date) -> bool:
    """Whether no complaint of the account is open on a day."""
    account_id = due.account.account_id
    if not facts.consequences.open_recovery(account_id) or _answers(facts, due):
        return True
    answer = _answer_to(facts, account_id)
    return answer is not None and answer.day < day


def no_promise_left_out(facts: Facts) -> Iterator[Violation]:
    """R7: a promise is left out only where no day can hold it."""
    room = room_beside_owed(facts)
    for left_out, due in _left_out(facts):
        if due.promise and due.touch_id not in facts.placed and not _is_unopened(facts, due):
            yield from _could_be_kept(facts, left_out, due, room)


def _could_be_kept(facts: Facts, left_out: LeftOut, due: Due, room: Room) -> Iterator[Violation]:
    days = _promise_days(facts, due, facts.latest_planning)
    better = _first_that_holds(facts, due, days, room)
    if better and due.promise:
        figures = {"better": better, "due": due.promise.due}
        yield _of_left_out("R7", Fault.PROMISE_LEFT_OUT, left_out, figures)


def _promise_days(facts: Facts, due: Due, planned_on: dt.date) -> list[dt.date]:
    """The days on which a promise may stand, the best first."""
    first, last = promise_days(facts, due, planned_on)
    days = [day for day in facts.working_days if first <= day <= last]
    return days if is_overdue(facts, due, planned_on) else days[::-1]


def openings_in_their_days(facts: Facts) -> Iterator[Violation]:
    """R8: within the first five working days, by visit or call."""
    for row, due in _opening_rows(facts):
        days = opening_days_of_row(facts, row, due)
        if not days:
            since = max(filter(None, (facts.start, due.account.grievance_since)))
            yield of_row("R8", Fault.OPENS_NEVER, row, date=row.day, since=since)
        elif not days[0] <= row.day <= days[-1]:
            span = {"first": days[0], "last": days[-1]}
            yield of_row("R8", Fault.OPENS_OUTSIDE, row, date=row.day, **span)
        if row.channel and not _is_talk(row.channel):
            yield of_row("R8", Fault.OPENS_BY_OTHER, row, channel=row.channel.name)


def openings_by_visit(facts: Facts) -> Iterator[Violation]:
    """R8: by visit where the rep can reach the account, beside all else that is owed first.

    Once the rep has been there in vain, a call will do.
    """
    room = room_beside_owed(facts)
    visited = {row.owed_id for row in facts.standing if row.travels and not row.is_planned}
    for row, due in _opening_rows(facts):
        if row.channel is None or row.travels or row.owed_id in visited:
            continue
        days = [day for day in opening_days_of_row(facts, row, due) if _is_free(facts, row, day)]
        visits = [channel for channel in _talks(facts, due) if channel.travels]
        better, _ = _reach(facts, due, days, visits, room)
        if better:
            yield of_row(
                "R8",
                Fault.OPENS_WITHOUT_VISIT,
                row,
                channel=row.channel.name,
                better=better,
            )


def _is_free(facts: Facts, row: Row, day: dt.date) -> bool:
    """Whether the opening could have stood there: not in the past, not after a promise."""
    if row.due is None or day < row.touch.planned_on or not _is_answered(facts, row.due, day):
        return False
    if row.owed_id in facts.tried:
        return True
    others = [
        other
        for other in facts.by_account[row.account_id]
        if other.is_promise and other.is_planned and other.due and not _answers(facts, other.due)
    ]
    return all(day <= other.day for other in others)


def no_opening_left_out(facts: Facts) -> Iterator[Violation]:
    """R8: left out only where neither a visit nor a call fits beside all that is owed first.

    Promises to the account itself come first, and stand nowhere once it is left out: up to
    the week of such a promise nobody can tell any more, and nothing is said.
    """
    room = room_beside_owed(facts)
    for left_out, due in _left_out(facts):
        if due.opens and due.touch_id not in facts.placed:
            last = _before_own_promises(facts, due.account.account_id)
            since = facts.latest_planning
            days = [d for d in opening_days(facts, due, since) if d <= last]
            better, channel = _reach(facts, due, days, _talks(facts, due), room)
            if better:
                figures: dict[str, Figure] = {"channel": channel, "better": better}
                yield _of_left_out("R8", Fault.OPENS_NOT, left_out, figures)


def _before_own_promises(facts: Facts, account_id: str) -> dt.date:
    """The last day before the week in which a promise to an account would stand."""
    room, found = room_beside_promises(facts), facts.end
    for due in facts.dues.values():
        if due.promise and due.account.account_id == account_id:
            days = _promise_days(facts, due, facts.latest_planning)
            kept_on = _first_that_holds(facts, due, days, room)
            if kept_on:
                found = min(found, kept_on - dt.timedelta(days=kept_on.weekday() + 1))
    return found


def _reach(
    facts: Facts, due: Due, days: Iterable[dt.date], channels: Iterable[Channel], room: Room
) -> tuple[dt.date | None, str]:
    """The first of the days, and the channel, by which an account can be reached."""
    allowed = tuple(channels)
    for day in days:
        for channel in allowed:
            if may_stand(facts, due, channel, day) and room.holds(due, channel, day):
                return day, channel.name
    return None, ""


def _talks(facts: Facts, due: Due) -> list[Channel]:
    channels = [facts.territory.channels[name] for name in due.step.channels]
    return [channel for channel in channels if _is_talk(channel)]


def _is_talk(channel: Channel) -> bool:
    return channel.name in _TALKS


def nothing_before_the_recovery(facts: Facts) -> Iterator[Violation]:
    """R7: nothing else of an account until its complaint is answered."""
    for row in facts.planned:
        paused = facts.consequences.open_recovery(row.account_id)
        if not paused or (row.due and _answers(facts, row.due)):
            continue
        placed = _answer_to(facts, row.account_id)
        figures: dict[str, Figure] = {"account": row.account_id}
        if placed is None:
            yield of_row("R7", Fault.UNANSWERED, row, **figures)
        elif row.day <= placed.day:
            yield of_row("R7", Fault.BEFORE_ANSWER, row, date=row.day, answer=placed.day, **figures)


def _answer_to(facts: Facts, account_id: str) -> Row | None:
    """The first planned row that answers what an account has complained of."""
    rows = (row for row in facts.by_account.get(account_id, ()) if row.is_planned and row.due)
    return next((row for row in rows if row.due and _answers(facts, row.due)), None)


def nothing_before_the_opening(facts: Facts) -> Iterator[Violation]:
    """R8: nothing else of a grievance account before its opening, and nothing without it."""
    for row in facts.planned:
        opening = facts.openings.get(row.account_id)
        if opening is None or row.owed_id == opening.touch_id or opening.account.do_not_contact:
            continue
        if row.due and _answers(facts, row.due):
            continue
        placed = _opening_row(facts, row.account_id)
        if placed is None:
            yield of_row("R8", Fault.UNOPENED, row, account=row.account_id)
        elif row.day < placed.day:
            yield of_row("R8", Fault.BEFORE_OPENING, row, date=row.day, opening=placed.day)


def reasons_of_unopened(facts: Facts) -> Iterator[Violation]:
    """R8: all that is owed to an unopened account is left out as such, and nothing else is."""
    for left_out, due in _left_out(facts):
        account, is_so = due.account, left_out.reason_code is _UNOPENED
        if _is_unopened(facts, due) and not is_so and not _is_refused(facts, left_out, due):
            figures = {"account": account.account_id, "found": left_out.reason_code.value}
            yield _of_left_out("R8", Fault.NOT_AS_UNOPENED, left_out, figures)
        elif is_so and not _is_unopened(facts, due):
            figures = {"account": account.account_id}
            yield _of_left_out("R8", Fault.WRONGLY_UNOPENED, left_out, figures)


def _is_refused(facts: Facts, left_out: LeftOut, due: Due) -> bool:
    """Whether it is left out because its person wants none, which is looked at before."""
    if left_out.reason_code is ReasonCode.DO_NOT_CONTACT:
        return due.person.do_not_contact
    return left_out.reason_code is ReasonCode.NO_CONSENT and not channels_for(
        facts.territory, due.person, due.step
    )


def unopened_first(facts: Facts) -> Iterator[Violation]:
    """R8: what is left out as unopened leads the list."""
    others = False
    for left_out in facts.plan.left_out:
        if left_out.reason_code is not _UNOPENED:
            others = True
        elif others:
            yield _of_left_out("R8", Fault.UNOPENED_NOT_FIRST, left_out, {})


def _opening_rows(facts: Facts) -> Iterator[tuple[Row, Due]]:
    for row in facts.planned:
        if row.due and row.due.opens:
            yield row, row.due


def _opening_row(facts: Facts, account_id: str) -> Row | None:
    """The row with which a grievance account opens: the first attempt that was made."""
    opening = facts.openings.get(account_id)
    return facts.begun.get(opening.touch_id) if opening else None


def _is_unopened(facts: Facts, due: Due) -> bool:
    """Whether the account has a grievance and no opening, though it may be contacted."""
    opening = facts.openings.get(due.account.account_id)
    return (
        opening is not None
        and not due.account.do_not_contact
        and opening.touch_id not in facts.placed
    )


def _left_out(facts: Facts) -> Iterator[tuple[LeftOut, Due]]:
    for left_out in facts.plan.left_out:
        due = facts.due(left_out.touch_id)
        if due:
            yield left_out, due


def _of_left_out(
    rule: str, fault: Fault, left_out: LeftOut, figures: Mapping[str, Figure]
) -> Violation:
    return Violation(
        rule,
        fault,
        touch_id=left_out.touch_id,
        account_id=left_out.account_id,
        figures=figures,
    )

"""R7 and R8: complaints are answered, and grievances heard, before all else of an account."""

from collections.abc import Iterator

from campaign.model.channels import CALL, VISIT
from campaign.model.post import days_in_post
from campaign.model.runs import channels_for
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, of_left_out, of_row
from campaign.rules.violations import Fault, Violation
from campaign.rules.windows import gap_of, window
from campaign.touches import LeftOut, ReasonCode
from campaign.workdays import plain

_UNOPENED = ReasonCode.GRIEVANCE_UNOPENED
_TALKS = (VISIT, CALL)


def _answers(due: Due) -> bool:
    """Whether it is the answer to a complaint, which comes before all else."""
    return due.promise is not None and due.promise.complained_on is not None


def _mends(due: Due) -> bool:
    """Whether it answers a complaint, or follows the answer."""
    return _answers(due) or due.answer is not None


def on_the_day_asked_for(facts: Facts) -> Iterator[Violation]:
    """R7: what is owed on a day that somebody asked for stands on no earlier one."""
    for row in facts.planned:
        asked = row.due.promise.not_before if row.due and row.due.promise else None
        if asked and row.day < asked:
            yield of_row("R7", Fault.BEFORE_ITS_DAY, row, asked=plain(asked))


def openings_by_talk(facts: Facts) -> Iterator[Violation]:
    """R8: a grievance is heard by visit or call."""
    for row in facts.planned:
        if row.due and row.due.opens and row.channel and row.channel.name not in _TALKS:
            yield of_row("R8", Fault.OPENS_BY_OTHER, row)


def after_promises(facts: Facts) -> Iterator[Violation]:
    """R8: a proof of repair comes after what was promised has arrived, R7: asking after it too.

    A proof waits for promises that are due before it would be, were the opening on its due day.
    One that is not kept holds it up until its due day only.
    """
    for row in facts.planned:
        if row.due is None or not (row.due.is_proof or row.due.sent):
            continue
        rule, usual = ("R7", 0) if row.due.sent else ("R8", _usual_position(facts, row.due))
        for due in facts.dues.values():
            promise = due.promise
            is_theirs = due.account.account_id == row.account_id
            if promise is None or not is_theirs:
                continue
            if facts.position(promise.due) >= usual and promise != row.due.sent:
                continue
            kept = facts.placed.get(due.touch_id)
            if kept is None:
                first = window(facts, due).due
            else:
                first = facts.position(kept.day) + facts.days_in_post(kept) + 1
            if facts.position(row.day) < first:
                free = facts.date_at(first)
                yield of_row(rule, Fault.BEFORE_PROMISE, row, promise=due.touch_id, free=free)


def _usual_position(facts: Facts, due: Due) -> int:
    """Where a step after an opening would stand, were that on its due day and all else ideal."""
    if due.opens or due.parent_id not in facts.dues:
        return window(facts, due).due
    parent = facts.dues[due.parent_id]
    gap = gap_of(due.step, len(facts.calendar.business_days))
    names = channels_for(facts.territory, parent.person, parent.step)  # the first is taken
    post = [days_in_post(facts.territory, one, parent.account, parent.person) for one in names[:1]]
    return _usual_position(facts, parent) + sum(post) + gap.ideal


def nothing_before_the_recovery(facts: Facts) -> Iterator[Violation]:
    """R8: nothing else of an account until its complaint is answered.

    Promises, days asked for and the opening of a grievance wait for that alone, all else until
    what makes it good has been done too. An answer that no channel allows holds nothing up.
    """
    complained = {
        due.account.account_id
        for due in facts.dues.values()
        if _answers(due) and channels_for(facts.territory, due.person, due.step)
    }
    for row in facts.planned:
        if row.due and _mends(row.due):
            continue
        ahead = [one for one in facts.by_account[row.account_id] if one.is_planned]
        answers = [one.day for one in ahead if one.due and _answers(one.due)]
        if not answers and row.account_id in complained:
            yield of_row("R8", Fault.UNANSWERED, row)
        before = answers
        if row.due is None or not row.due.has_own_day:
            before = [one.day for one in ahead if one.due and _mends(one.due)]
        if before and row.day <= max(before):
            yield of_row("R8", Fault.BEFORE_ANSWER, row, answer=max(before))


def nothing_before_the_opening(facts: Facts) -> Iterator[Violation]:
    """R8: nothing else of a grievance account before its opening, and nothing without it."""
    for row in facts.planned:
        opening = facts.openings.get(row.account_id)
        if opening is None or row.owed_id == opening.touch_id or opening.account.do_not_contact:
            continue
        if row.due and _mends(row.due):
            continue
        placed = facts.begun.get(opening.touch_id)  # the first attempt that was made
        if placed is None:
            yield of_row("R8", Fault.UNOPENED, row)
        elif row.day < placed.day:
            yield of_row("R8", Fault.BEFORE_OPENING, row, opening=placed.day)


def reasons_of_unopened(facts: Facts) -> Iterator[Violation]:
    """R8: all that is owed to an unopened account is left out as such, and nothing else is."""
    for left_out in facts.plan.left_out:
        due = facts.due(left_out.touch_id)
        if due is None:
            continue
        account, is_so = due.account, left_out.reason_code is _UNOPENED
        opening = facts.openings.get(account.account_id)
        is_opened = opening is None or opening.touch_id in facts.placed
        is_unopened = not is_opened and not account.do_not_contact
        if is_unopened and not is_so and not _is_refused(facts, left_out, due):
            figures = {"account": account.account_id, "found": left_out.reason_code.value}
            yield of_left_out("R8", Fault.NOT_AS_UNOPENED, left_out, **figures)
        elif is_so and not is_unopened:
            yield of_left_out("R8", Fault.WRONGLY_UNOPENED, left_out, account=account.account_id)


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
            yield of_left_out("R8", Fault.UNOPENED_NOT_FIRST, left_out)

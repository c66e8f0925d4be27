"""R11: nothing is silently dropped or invented, and every row agrees with the inputs."""

from collections import Counter
from collections.abc import Iterator

from campaign.model.cadences import Step
from campaign.model.runs import channels_for
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow, of_left_out, of_row
from campaign.rules.violations import Fault, Violation
from campaign.rules.windows import due_day, late
from campaign.touches import LeftOut, Touch


def unique_ids(facts: Facts) -> Iterator[Violation]:
    """R11: no id on two rows of the plan, nor on two of what is left out."""
    left_out = [left_out.touch_id for left_out in facts.plan.left_out]
    for ids in [row.touch_id for row in facts.rows], left_out:
        for touch_id, found in Counter(ids).items():
            if found > 1:
                yield Violation("R11", Fault.ID_TWICE, touch_id=touch_id, figures={"found": found})


def everything_once(facts: Facts) -> Iterator[Violation]:
    """R11: what is owed stands once, in the plan or among what is left out.

    A further attempt beside what was done stands for the same touch. What the rep logged
    as missed, skipped or cancelled is not dropped silently: it may, but need not, come back.
    """
    open_rows = Counter(row.owed_id for row in facts.rows if row.is_planned)
    left = (facts.due(left_out.touch_id) for left_out in facts.plan.left_out)
    open_rows.update(due.touch_id for due in left if due)
    logged = {row.owed_id for row in facts.rows if not row.is_planned}
    done = {row.touch_id for row in facts.rows if row.touch.is_done}
    twice = {left_out.touch_id for left_out in facts.plan.left_out} & done
    for touch_id, due in facts.dues.items():
        found = open_rows[touch_id] + (touch_id in twice)
        if found > 1 or (not found and touch_id not in logged):
            yield Violation(
                "R11",
                Fault.MORE_THAN_ONCE if found else Fault.NOWHERE,
                touch_id=touch_id,
                account_id=due.account.account_id,
                figures={"found": found} if found else {},
            )


def nothing_invented(facts: Facts) -> Iterator[Violation]:
    """R11: nothing is planned or left out that is not owed."""
    for row in facts.standing:
        if row.is_planned and row.due is None:
            yield of_row("R11", Fault.NOT_OWED, row)
    for left_out in facts.plan.left_out:
        if facts.due(left_out.touch_id) is None:
            yield of_left_out("R11", Fault.NOT_OWED, left_out)


def known_channels(facts: Facts) -> Iterator[Violation]:
    """R11: by a channel of the territory."""
    for row in facts.standing:
        if row.is_planned and row.channel is None:
            yield of_row("R11", Fault.UNKNOWN_CHANNEL, row)


def names_agree(facts: Facts) -> Iterator[Violation]:
    """R11: account, contact, cadence, step, purpose, channel and necessity are as owed."""
    for row in facts.standing:
        for column, figures in _unlike(facts, row.touch, row.due if row.is_planned else None):
            if column != "channel" or row.channel:
                yield of_row("R11", Fault.DISAGREES, row, column=column, **figures)
    for left_out in facts.plan.left_out:
        for column, figures in _unlike(facts, left_out, facts.due(left_out.touch_id)):
            yield of_left_out("R11", Fault.DISAGREES, left_out, column=column, **figures)


def _unlike(
    facts: Facts, row: Touch | LeftOut, due: Due | None
) -> Iterator[tuple[str, dict[str, str]]]:
    """The columns of a row that are not as owed, each with what it says and would say."""
    if due is None:
        return
    # Those of the step, and what takes their place where none of them is allowed.
    allowed = channels_for(facts.territory, due.person, due.step)
    channels = tuple(dict.fromkeys((*due.step.channels, *allowed)))
    columns = (
        ("account_id", row.account_id, due.account.account_id),
        ("contact_id", row.contact_id, due.person.contact_id),
        ("cadence", row.cadence, due.cadence),
        ("step", row.step, due.step.name),
        ("required", _yes_or_no(row), _yes_or_no(due.step)),
        ("purpose", row.purpose if isinstance(row, Touch) else due.step.purpose, due.step.purpose),
    )
    for column, found, right in columns:
        if found != right:
            yield column, {"found": found, "right": right}
    if row.channel not in channels:
        yield "channel", {"found": row.channel, "right": " or ".join(channels)}


def _yes_or_no(row: Touch | LeftOut | Step) -> str:
    return "yes" if row.required else "no"


def minutes_agree(facts: Facts) -> Iterator[Violation]:
    """R11: minutes are the account's or the channel's; of those at one visit the first has them."""
    logged = {row.touch.date for row in facts.rows if row.travels and not row.is_planned}
    leaders: dict[tuple[object, str], PlanRow] = {}  # the first row of each visit by its id
    for row in sorted(facts.planned, key=lambda row: row.touch_id):
        if row.travels:
            leaders.setdefault((row.day, row.account_id), row)
    for row in facts.planned:
        if row.channel is None or (row.travels and row.touch.date in logged):
            continue  # a day with a logged visit is a fact in part
        leads = not row.travels or leaders[row.day, row.account_id] is row
        there = row.account.minutes_by(row.channel) if row.account else row.channel.minutes
        right = there if leads else 0
        if row.touch.minutes != right:
            found = row.touch.minutes
            yield of_row("R11", Fault.DISAGREES, row, column="minutes", found=found, right=right)


def arrivals_agree(facts: Facts) -> Iterator[Violation]:
    """R11: post arrives as late as its channel may take; nothing else arrives."""
    for row in facts.planned:
        if row.channel is None:
            continue
        right, found = "empty", str(row.touch.arrives or "empty")
        if row.channel.is_post:
            right = str(facts.after(row.day, facts.days_in_post(row)))
        if found != right:
            yield of_row("R11", Fault.DISAGREES, row, column="arrives", found=found, right=right)


def due_days_agree(facts: Facts) -> Iterator[Violation]:
    """R11: the last day in time, and the business days after it, are those of the window.

    A plan that an earlier version wrote says neither.
    """
    for row in facts.planned:
        if row.due is None or row.touch.due is None:
            continue
        for column, found, right in (
            ("due", str(row.touch.due), str(due_day(facts, row))),
            ("late", str(row.touch.late), str(late(facts, row))),
        ):
            if found != right:
                yield of_row("R11", Fault.DISAGREES, row, column=column, found=found, right=right)

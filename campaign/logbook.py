"""Logging: what came of a touch, or was heard of an account, goes into `campaign.csv` alone."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from attrs import evolve, field, frozen

from campaign.consequences import Consequences, consequences, rows_owed
from campaign.errors import Finding, InvalidInput, raise_errors
from campaign.model.outcomes import OF_AN_ACCOUNT, OUTCOMES, Outcome, outcomes_of, to_outcome
from campaign.model.runs import touch_id
from campaign.model.territory import Territory
from campaign.outputs.plan_table import ALL_COLUMNS, encode, in_order, render_rows
from campaign.reading.parsing.files import read_bytes
from campaign.reading.parsing.table import parse_table
from campaign.reading.plans.campaign_csv import read_touches
from campaign.reading.plans.plan_tables import cells_of
from campaign.refusing import kept_beside
from campaign.storage.journal import ActKind, recorded
from campaign.storage.whole import locked, write_whole
from campaign.touches import HEARD, Plan, Status, Touch, attempt

Change = Callable[[Plan], tuple[Touch | None, Touch]]
_HEARD_LATER = (Outcome.REPLIED, Outcome.COMPLAINT, Outcome.DO_NOT_CONTACT)
_OF_WHAT_IS_DONE = (Outcome.RETURNED_MAIL, Outcome.REPLIED)
_PURPOSE = "listen"


@frozen
class Entry:
    """What is to be logged: the outcome, its day, the day asked for, and a note."""

    outcome: Outcome = field(converter=to_outcome)
    on: dt.date
    again_on: dt.date | None = field(default=None, kw_only=True)
    note: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for no outcome, and for `later` without a date after its day."""
        if not self.outcome:
            raise ValueError(f"there is no outcome; write one of {', '.join(OUTCOMES)}")
        if self.outcome is Outcome.LATER and self.again_on is None:
            raise ValueError("later needs the date they asked for; give it with --again-on")
        if self.again_on is not None and self.again_on < self.on:
            raise ValueError(f"--again-on {self.again_on} is before {self.on}; give a later day")


@frozen
class Logged:
    """What was logged: the row as it stands now, as it stood before, and the whole plan.

    `before` is None where the row is new: a further attempt, or what was heard.
    """

    touch: Touch
    before: Touch | None
    plan: Plan

    @cached_property
    def consequences(self) -> Consequences:
        """What follows from everything that is logged now."""
        return consequences(self.plan.territory, self.plan.touches)


def log(
    path: Path,
    territory: Territory,
    touch: str,
    entry: Entry,
    *,
    folder: Path | None = None,
    goes_on: bool = False,
) -> Logged:
    """Log what came of a touch, by its id, and write the plan.

    The id of a first attempt means the attempt that is open: the planned row, else the
    further attempt that is owed, which becomes a row `...#2`. The id of a person with the
    step `heard` means what was heard of them outside any touch. A touch that is logged already
    is corrected, on its own day. A refusal is added to the `refusals.csv` of `folder`, where
    the lists are, else beside the plan. With `goes_on` an undo takes it back together with
    what was logged just before. Raises `ValueError` for what cannot be so, `InvalidInput`
    where the plan cannot be read, `UnreadableFile` where it cannot be written.
    """
    change = partial(_of_touch, wanted=touch, entry=entry)
    (logged,) = _rewritten(path, territory, [change], folder, goes_on=goes_on)
    return logged


def tell(
    path: Path, territory: Territory, touch: str, on: dt.date, *, folder: Path | None = None
) -> Logged:
    """Note on which day a customer was told the day of a planned touch, by its id.

    `replan` then moves it only where it must. Raises as `log` does.
    """

    def _change(plan: Plan) -> tuple[Touch | None, Touch]:
        row = next((one for one in plan.touches if one.touch_id == touch), None)
        if row is None or row.status is not Status.PLANNED:
            raise ValueError(f'"{touch}" is not planned; give the id of a touch that is')
        return row, evolve(row, told=on)

    (logged,) = _rewritten(path, territory, [_change], folder)
    return logged


def log_account(
    path: Path, territory: Territory, account_id: str, entry: Entry, *, folder: Path | None = None
) -> Logged:
    """Log what was heard of an account as a whole: a row of its own, which is no touch.

    Keeps refusals and raises as `log` does.
    """

    def _change(plan: Plan) -> tuple[None, Touch]:
        if entry.outcome not in OF_AN_ACCOUNT:
            raise ValueError(
                f"{entry.outcome} is of a touch, not of an account; "
                f"write one of {', '.join(OF_AN_ACCOUNT)}, or name the touch"
            )
        return None, _heard(plan, account_id, account_id, entry)

    (logged,) = _rewritten(path, territory, [_change], folder)
    return logged


def log_all(
    path: Path,
    territory: Territory,
    entries: Mapping[int, tuple[str, Entry]],
    *,
    file: str,
    folder: Path | None = None,
    goes_on: bool = False,
) -> tuple[Logged, ...]:
    """Log what came of several touches, by their ids, all of them or none, as one act.

    `entries` are by the row of the `file` that they come from. Raises `InvalidInput` with a
    finding for each that cannot be so, and else as `log` does.
    """

    def _change(plan: Plan, row: int) -> tuple[Touch | None, Touch]:
        try:
            return _of_touch(plan, *entries[row])
        except ValueError as error:
            raise InvalidInput([Finding(file, str(error), row=row)]) from error

    changes = [partial(_change, row=row) for row in entries]
    return _rewritten(path, territory, changes, folder, goes_on=goes_on)


def open_touches(
    plan: Plan, account_id: str, on: dt.date, outcome: Outcome = Outcome.NONE
) -> tuple[Touch, ...]:
    """The touches of an account that can be meant on a day, by date.

    Those that are due by then, else all that are still to come; attempts and recoveries
    that are owed and stand in no row yet are among them. Mail that comes back and a reply
    are of what is done already, or should be by then: only post comes back.
    """
    found = consequences(plan.territory, plan.touches)
    planned = (touch for touch in plan.touches if touch.status is Status.PLANNED)
    rows = [*planned, *rows_owed(plan.territory, plan.touches, found)]
    if outcome in _OF_WHAT_IS_DONE:
        rows += [one for one in plan.touches if one.is_done and not one.is_heard]
    of_it = in_order(touch for touch in rows if touch.account_id == account_id)
    due = tuple(touch for touch in of_it if touch.day <= on)
    if outcome is Outcome.RETURNED_MAIL:
        post = {name for name, one in plan.territory.channels.items() if one.is_post}
        return tuple(touch for touch in due if touch.channel in post)
    return due or tuple(of_it)


def _of_touch(plan: Plan, wanted: str, entry: Entry) -> tuple[Touch | None, Touch]:
    owed = rows_owed(plan.territory, plan.touches, consequences(plan.territory, plan.touches))
    rows = [*plan.touches, *owed]
    exact = [touch for touch in rows if touch.touch_id == wanted]
    tried = [touch for touch in rows if attempt(touch)[0] == wanted] or exact
    if not tried:
        for one in plan.territory.contacts if entry.outcome in OF_AN_ACCOUNT else ():
            if wanted == touch_id(one.account_id, one.contact_id, HEARD):
                return None, _heard(plan, one.account_id, one.contact_id, entry)
        raise ValueError(f'"{wanted}" is no touch of the plan; give its id, or an account')
    tried.sort(key=lambda touch: attempt(touch)[1])
    last = tried[-1]
    is_new = any(last is row for row in owed)
    if is_new and len(tried) > 1 and entry.on <= tried[-2].day and tried[-2].is_done:
        last, is_new = tried[-2], False
    if is_new:
        return None, _made(plan, evolve(last, date=entry.on, planned_on=entry.on), entry)
    if last.is_done and not last.is_heard and last.day < entry.on:
        return _told_later(plan, last, entry)
    return last, _made(plan, last, entry)


def _made(plan: Plan, touch: Touch, entry: Entry) -> Touch:
    channel = plan.territory.channels.get(touch.channel)
    allowed = outcomes_of(channel) if channel else OUTCOMES
    if entry.outcome not in allowed:
        raise ValueError(
            f"{entry.outcome} is no outcome of a {touch.channel}; write one of {', '.join(allowed)}"
        )
    follow_up = plan.territory.follow_ups[entry.outcome]
    if entry.again_on and not (follow_up.again or follow_up.waits or follow_up.closes):
        raise ValueError(
            f"after {entry.outcome} nothing is done again; leave --again-on out, or log later"
        )
    return evolve(
        touch,
        status=Status.DONE,
        outcome=entry.outcome,
        done_on=entry.on,
        again_on=entry.again_on,
        note=entry.note or touch.note,
    )


def _told_later(plan: Plan, touch: Touch, entry: Entry) -> tuple[Touch | None, Touch]:
    """What came later of a touch that is logged already: heard since, or mail that came back."""
    if entry.outcome in _HEARD_LATER:
        return None, _heard(plan, touch.account_id, touch.contact_id, entry)
    if entry.outcome is not Outcome.RETURNED_MAIL and touch.outcome:
        raise ValueError(
            f"{touch.touch_id} is logged as {touch.outcome} on {touch.day}; "
            f"give --on {touch.day} to correct that"
        )
    return touch, evolve(_made(plan, touch, entry), done_on=touch.day)


def _heard(plan: Plan, account_id: str, contact_id: str, entry: Entry) -> Touch:
    first = touch_id(account_id, contact_id, HEARD)
    numbers = [attempt(touch)[1] for touch in plan.touches if attempt(touch)[0] == first]
    return Touch(
        f"{first}#{max(numbers) + 1}" if numbers else first,
        entry.on,
        account_id=account_id,
        contact_id=contact_id,
        channel="",
        cadence=HEARD,
        step=HEARD,
        purpose=_PURPOSE,
        required=False,
        minutes=0,
        planned_on=entry.on,
        status=Status.DONE,
        outcome=entry.outcome,
        done_on=entry.on,
        again_on=entry.again_on,
        note=entry.note,
    )


def _rewritten(
    path: Path,
    territory: Territory,
    changes: Sequence[Change],
    folder: Path | None,
    *,
    goes_on: bool = False,
) -> tuple[Logged, ...]:
    """Read, change and write a plan while nobody else does, and note what they refused."""
    with locked(path):
        data = read_bytes(path)
        table = parse_table(data, path.name)
        records = read_touches(table, territory.start, territory)
        raise_errors(records.all_findings)
        plan = Plan(territory, records.items)
        rows = list(zip(plan.touches, cells_of(table, ALL_COLUMNS), strict=True))
        found: list[tuple[Touch | None, Touch]] = []
        faults: list[Finding] = []
        for change in changes:
            try:
                before, after = change(evolve(plan, touches=[touch for touch, _ in rows]))
            except InvalidInput as error:
                faults += error.findings
                continue
            found.append((before, after))
            rows = [(after if touch is before else touch, cells) for touch, cells in rows]
            rows += [(after, {})] if before is None else []
        raise_errors(faults)
        content = encode(render_rows(plan, rows))
        touches = [touch for touch, _ in rows]
        refusals, held = kept_beside(folder or path.parent, territory, touches)
        noted = recorded(path, ActKind.LOG, {**refusals, path: content}, goes_on=goes_on)
        write_whole(noted, read={**held, path: data})
    now = evolve(plan, touches=touches)
    return tuple(Logged(after, before, now) for before, after in found)

"""What consequences do: to the territory, as rows still to be planned, to a plan that has begun."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences.follow_ups import Attempt, Consequences, Promised, follow_up_of
from campaign.consequences.from_rows import consequences
from campaign.model.accounts import Promise
from campaign.model.cadences import CHECK_BACK, COMPLAINT
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.persons import Lived
from campaign.model.runs import promised_to, runner_of, touch_id
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.touches import HEARD, PROMISES, Plan, Status, Touch, attempt
from campaign.workdays import plain

FREEZE = 3
"""So many working days stay as they are, unless it is said otherwise."""
_OVER = (Status.DONE, Status.MISSED, Status.SKIPPED)


def territory_now(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with what the logged rows of a plan say of it; itself without any."""
    lived = with_lived(territory, touches)
    if not any(touch.outcome for touch in touches):
        return lived
    return _with_kept(territory_after(lived, consequences(lived, touches)), touches)


def _with_kept(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with promises kept that were kept to somebody who has left since.

    They are not owed once more to whoever comes in their place.
    """
    made = {
        (row.account_id, row.step): row
        for row in touches
        if row.is_promise and row.is_done and follow_up_of(territory, row).again is None
    }
    accounts = {one.account_id: one for one in territory.active_accounts} if made else {}
    promises = list[Promise]()
    for one in territory.promises:
        row, account = made.get((one.account_id, one.promise_id)), accounts.get(one.account_id)
        if row and account and one.is_open and one.is_listed:
            has_left = promised_to(territory, account, one).contact_id != row.contact_id
            promises.append(evolve(one, kept_on=row.day) if has_left else one)
        else:
            promises.append(one)
    is_same = promises == list(territory.promises)
    return territory if is_same else evolve(territory, promises=promises)


def with_lived(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with what is over of a plan: who runs already, who is known from where."""
    apart = (PROMISES, HEARD, COMPLAINT, CHECK_BACK)
    over = (one for one in touches if one.status in _OVER and one.cadence not in apart)
    found = grouped(
        over, lambda one: (one.account_id, one.contact_id, runner_of(one.touch_id), one.cadence)
    )
    known = {
        (one.account_id, one.contact_id, one.runner, one.cadence): one for one in territory.lived
    }
    lived = known | {key: _lived(territory, key, rows) for key, rows in found.items()}
    return territory if lived == known else evolve(territory, lived=lived.values())


def _lived(territory: Territory, key: tuple[str, str, str, str], rows: Sequence[Touch]) -> Lived:
    account_id, contact_id, runner, cadence = key
    made = [row for row in rows if row.is_done]
    reached = [row for row in made if row.outcome not in WITHOUT_A_PERSON]
    reached.sort(key=lambda row: (row.day, row.touch_id))
    # What counts to what a person is asked to bear: no courtesy, and nothing that reached nobody.
    courtesies = {name for name, purpose in territory.purposes.items() if purpose.courtesy}
    borne = (
        plain(row.day)
        for row in made
        if row.purpose not in courtesies and follow_up_of(territory, row).counts
    )
    return Lived(
        account_id,
        contact_id,
        runner=runner,
        cadence=cadence,
        steps={row.step for row in rows},
        by=tuple(dict.fromkeys(row.channel for row in reached)),
        last=max(borne, default=None),
    )


def territory_after(territory: Territory, found: Consequences) -> Territory:
    """The territory with its consequences in it, itself where there are none.

    What people said of being reached is among its refusals; a recovery, and a day that they
    asked for, is a promise (kept, once they were talked to).
    """
    said = found.refusals
    if not (said or found.promised):
        return territory
    return evolve(
        territory,
        refusals=(*territory.refusals, *said),
        promises=[*territory.promises, *(one.promise for one in found.promised)],
    )


def rows_owed(
    territory: Territory, touches: Sequence[Touch], found: Consequences
) -> tuple[Touch, ...]:
    """What is owed and stands in no row yet: further attempts, recoveries, days asked for.

    Each as a planned row by its first channel on its first day, `planned_on` the day of
    what it follows from.
    """
    there = {attempt(touch)[0] for touch in touches}
    after = territory_after(territory, found)
    promised = (_promised(after, one) for one in found.promised if one.is_open)
    return (
        *(_again(after, one) for one in found.attempts),
        *(row for row in promised if row.touch_id not in there),
    )


def _again(territory: Territory, one: Attempt) -> Touch:
    last, channel = one.after, territory.channels[one.channels[0]]
    return Touch(
        one.touch_id,
        one.first,
        account_id=last.account_id,
        contact_id=last.contact_id,
        channel=channel.name,
        cadence=last.cadence,
        step=last.step,
        purpose=last.purpose,
        required=last.required,
        minutes=territory.account(last.account_id).minutes_by(channel),
        planned_on=last.day,
        brief=last.brief,
    )


def _promised(territory: Territory, one: Promised) -> Touch:
    promise = one.promise
    account = territory.account(promise.account_id)
    contact_id = promised_to(territory, account, promise).contact_id
    return Touch(
        touch_id(promise.account_id, contact_id, promise.promise_id),
        promise.due,
        account_id=promise.account_id,
        contact_id=contact_id,
        channel=promise.channel,
        cadence=PROMISES,
        step=promise.promise_id,
        purpose=promise.purpose,
        required=True,
        minutes=account.minutes_by(territory.channels[promise.channel]),
        planned_on=one.because.day,
    )


@frozen
class Begun:
    """The rows of a plan on the day on which it is planned anew.

    `freeze` is for how many working days, from `day` on, planned rows stay where they are.
    `joined` are the days on which accounts were planned first that came after the start, by id,
    `left_out` the ids of what had no place until now.
    """

    territory: Territory = field(repr=False)
    rows: tuple[Touch, ...] = field(converter=tuple[Touch, ...], repr=False)
    day: dt.date = field(kw_only=True)
    freeze: int = field(default=0, kw_only=True)
    joined: Mapping[str, dt.date] = field(factory=dict, kw_only=True, eq=False)
    left_out: frozenset[str] = field(default=frozenset(), kw_only=True, repr=False)

    @cached_property
    def now(self) -> Territory:
        """The territory with what the rows say of it."""
        return territory_now(self.territory, self.rows)

    @cached_property
    def found(self) -> Consequences:
        """What follows from what is logged."""
        return consequences(self.territory, self.rows)

    @cached_property
    def attempts(self) -> Mapping[str, Attempt]:
        """The further attempts that stand in no row yet, by the id of what is owed."""
        return {one.owed_id: one for one in self.found.attempts}

    @cached_property
    def tried(self) -> Mapping[str, tuple[Touch, ...]]:
        """The rows of each owed touch, the latest attempt last, by the id of what is owed."""
        made = sorted(
            (row for row in self.rows if not row.is_heard), key=lambda row: attempt(row)[1]
        )
        found = grouped(made, lambda row: attempt(row)[0])
        return {owed_id: tuple(rows) for owed_id, rows in found.items()}

    @property
    def before(self) -> tuple[Touch, ...]:
        """The planned rows, which may move."""
        return tuple(row for row in self.rows if row.status is Status.PLANNED and not row.pinned)

    @cached_property
    def first_free(self) -> dt.date:
        """The first working day after those that are frozen; the day after the end for none."""
        calendar = self.territory.calendar
        days = [day for day in calendar.working_days if day >= self.day]
        return days[self.freeze] if len(days) > self.freeze else calendar.end + dt.timedelta(days=1)


def begun(territory: Territory, plan: Plan, day: dt.date, *, freeze: int = 0) -> Begun:
    """A plan on a day: what was planned before that day and is not logged is missed.

    An account of the territory that the plan does not know came on that day.
    """
    rows = [
        evolve(row, status=Status.MISSED)
        if row.status is Status.PLANNED and row.date < day
        else row
        for row in plan.touches
    ]
    known = {row.account_id for row in plan.touches} | {row.account_id for row in plan.left_out}
    ids = (account.account_id for account in territory.active_accounts)
    new = {account_id: day for account_id in ids if account_id not in known}
    joined = {**plan.joined, **(new if known else {})}
    left_out = frozenset(row.touch_id for row in plan.left_out)
    return Begun(territory, rows, day=day, freeze=freeze, joined=joined, left_out=left_out)

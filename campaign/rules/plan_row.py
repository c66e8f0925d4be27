"""One row of a plan beside what is owed, and how a rule tells of it."""

import datetime as dt
from collections.abc import Iterable

from attrs import field, frozen

from campaign.model.accounts import Account, Contact
from campaign.model.channels import Channel
from campaign.model.values import NOWHERE, Place
from campaign.rules.dues import Due
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import PROMISES, LeftOut, Status, Touch


@frozen(eq=False)
class PlanRow:
    """One touch of the plan with what the inputs know of it; None where they know nothing.

    `day` is the day on which it takes place or took place, `owed_id` the id of the first
    attempt, `person` whoever the row names.
    """

    touch: Touch
    day: dt.date
    owed_id: str = field(kw_only=True)
    due: Due | None = field(kw_only=True)
    account: Account | None = field(kw_only=True)
    person: Contact | None = field(kw_only=True)
    channel: Channel | None = field(kw_only=True)

    @property
    def touch_id(self) -> str:
        """The id as the plan has it."""
        return self.touch.touch_id

    @property
    def account_id(self) -> str:
        """The account it really belongs to, else the one it names."""
        return self.account.account_id if self.account else self.touch.account_id

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come, so that rules may judge it."""
        return self.touch.status is Status.PLANNED

    @property
    def is_movable(self) -> bool:
        """Whether the planner chose its day: planned, and not pinned by the rep."""
        return self.is_planned and not self.touch.pinned

    @property
    def is_promise(self) -> bool:
        """Whether it keeps a promise."""
        return self.due.promise is not None if self.due else self.touch.cadence == PROMISES

    @property
    def purpose(self) -> str:
        """Why it is made, by the inputs, else by the row."""
        return self.due.step.purpose if self.due else self.touch.purpose

    @property
    def place(self) -> Place:
        """Where the rep drives to make it."""
        return self.account.place if self.account else NOWHERE

    @property
    def travels(self) -> bool:
        """Whether the rep drives there."""
        return self.channel is not None and self.channel.travels


def of_row(rule: str, fault: Fault, row: PlanRow, **figures: Figure) -> Violation:
    """A violation by one row: a notice if the rep has pinned it."""
    return Violation(
        rule,
        fault,
        touch_id=row.touch_id,
        date=row.day,
        account_id=row.account_id,
        figures=figures,
        is_notice=row.touch.pinned,
    )


def of_left_out(rule: str, fault: Fault, left_out: LeftOut, **figures: Figure) -> Violation:
    """A violation by what is left out."""
    touch_id, account_id = left_out.touch_id, left_out.account_id
    return Violation(rule, fault, touch_id=touch_id, account_id=account_id, figures=figures)


def are_judged(rows: Iterable[PlanRow]) -> bool:
    """Whether any of the rows is still to come: what is done breaks no rule."""
    return any(row.is_planned for row in rows)


def are_pinned(rows: Iterable[PlanRow]) -> bool:
    """Whether only the rep's own pins are still to come among the rows."""
    return not any(row.is_movable for row in rows)

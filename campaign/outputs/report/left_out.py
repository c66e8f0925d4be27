"""What is owed and not planned, by its reason, the most frequent first."""

from collections.abc import Mapping

from attrs import frozen

from campaign.outputs.people import Whom, whom
from campaign.outputs.report.keys import Key
from campaign.outputs.summary import REASONS, summary
from campaign.touches import LeftOut, Plan, ReasonCode


@frozen
class Row:
    """A touch that was left out, with whom it was for."""

    left: LeftOut
    who: Whom
    key: Key


@frozen
class Group:
    """All that was left out for one reason."""

    title: str
    rows: tuple[Row, ...]


def left_out(plan: Plan, keys: Mapping[str, Key]) -> list[Group]:
    """What was left out; what is required comes first within its reason."""
    return [_group(plan, code, keys) for code in summary(plan).left_out]


def _group(plan: Plan, code: ReasonCode, keys: Mapping[str, Key]) -> Group:
    found = [left for left in plan.left_out if left.reason_code is code]
    rows = (
        Row(left, whom(plan.territory, left.account_id, left.contact_id), keys[left.channel])
        for left in sorted(found, key=lambda left: not left.required)
    )
    return Group(REASONS[code], tuple(rows))

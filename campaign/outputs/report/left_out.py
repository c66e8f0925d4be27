"""What is owed and not planned, by its reason, the most frequent first."""

from collections.abc import Mapping

from attrs import frozen

from campaign.outputs.people import Whom, names_apart, whom
from campaign.outputs.report.keys import Key
from campaign.outputs.summary import REASONS, summary
from campaign.touches import LeftOut, Plan, ReasonCode


@frozen
class Row:
    """A touch that was left out, with whom it was for, by a name that no other has."""

    left: LeftOut
    name: str
    who: Whom
    key: Key


@frozen
class Reason:
    """A sentence, and all that was left out for it."""

    sentence: str
    rows: tuple[Row, ...]


@frozen
class Group:
    """A kind of reason: its title, its number of touches, and its sentences."""

    title: str
    count: int
    reasons: tuple[Reason, ...]


def left_out(plan: Plan, keys: Mapping[str, Key]) -> list[Group]:
    """What was left out, said once for each sentence; what is required comes first."""
    return [_group(plan, code, keys) for code in summary(plan).left_out]


def _group(plan: Plan, code: ReasonCode, keys: Mapping[str, Key]) -> Group:
    found = [left for left in plan.left_out if left.reason_code is code]
    rows: dict[str, list[Row]] = {}
    names = names_apart(plan.territory)
    for left in sorted(found, key=lambda left: not left.required):
        who = whom(plan.territory, left.account_id, left.contact_id)
        rows.setdefault(left.reason, []).append(
            Row(left, names.get(left.account_id, left.account_id), who, keys[left.channel])
        )
    reasons = (Reason(sentence, tuple(same)) for sentence, same in rows.items())
    return Group(REASONS[code], len(found), tuple(reasons))

"""No false reason: what a left-out touch is told to break, every rule is asked by brute force.

For each day that is left and each channel that the person allows, the touch is put into the whole
plan, and all rules are asked. `REASONS` says how many territories are looked at.
"""

import os
import random
import re

import pytest
from placing import put_in
from small import small

from campaign import Account, Capacity, Contact, Courtesy, Rep, plan
from campaign.explaining.reasons import BLOCKED_BY
from campaign.explaining.remedies import NOT_FOUND
from campaign.explaining.single_change import Spot
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.rules import RULES, Violation, checked, violations
from campaign.rules.completeness import due_days_agree
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.touches import LeftOut, Plan, ReasonCode

TERRITORIES = int(os.environ.get("REASONS", "2"))
LOOKED_AT = 2
_ASKED = tuple(rule for rule in RULES if rule.name != "R11" and rule.check is not due_days_agree)


def tight(seed: int) -> Territory:
    """A few accounts that ask for more than there is, each time for want of something else."""
    dice = random.Random(seed)
    accounts = [
        Account(
            f"A-{n}",
            f"Firm {n}",
            tier=dice.choice("ABC"),
            phone=dice.choice(["503 555 0100", f"503 555 011{n}"]),
            latitude=44.9 + dice.random() * dice.choice([0.2, 2]),
            longitude=-123.0,
            visit_hours=dice.choice([None, None, "Tue 10:00-12:00"]),
            closed_dates=dice.choice([(), (), ("2027-01-11/2027-03-28",)]),
            grievance=dice.choice(["", "", "", "wrong crowns"]),
        )
        for n in range(5)
    ]
    people = [
        Contact(f"P-{n}", f"A-{n}", name=f"Person {n}", consents={"call": dice.choice(["", "no"])})
        for n in range(0, 5, 2)
    ]
    capacity = Capacity(
        minutes_per_day=dice.choice([30, 90, 240]), minutes_per_week=dice.choice([40, 90, 240])
    )
    courtesy = Courtesy(
        gap=dice.choice([0, 5, 12]), most=dice.choice([3, 8]), most_by_channel={"call": 1}
    )
    rep = Rep("Ann", home=(44.94, -123.03), leave=["2027-02-01/2027-02-26"])
    return small(*accounts, rep=rep, contacts=people, capacity=capacity, courtesy=courtesy)


def key(found: Violation) -> tuple[object, ...]:
    return found.rule, found.fault, found.touch_id, found.date, found.account_id


def broken_by(campaign: Plan, due: Due) -> dict[str, list[frozenset[str]]]:
    """The rules that the touch breaks anew, day by day, by each channel that it could have.

    Of what follows it the windows are called `next`: it may move along.
    """
    before = {key(one) for one in checked(Facts(campaign), _ASKED)}
    found = dict[str, list[frozenset[str]]]()
    for channel in channels_for(campaign.territory, due.person, due.step):
        for day in campaign.territory.calendar.working_days:
            then = Facts(put_in(campaign, due, Spot(channel, day)))
            new = [one for one in checked(then, _ASKED) if key(one) not in before]
            rules = (_named(one, due) for one in new if not one.is_notice)
            found.setdefault(channel, []).append(frozenset(rules))
    return found


def _named(found: Violation, due: Due) -> str:
    return "next" if found.rule == "R4" and found.touch_id != due.touch_id else found.rule


_ALSO = {
    ReasonCode.BEFORE_THE_NEXT: {"next"},
    ReasonCode.CLOSED: {"R1", "R10"},
    ReasonCode.AFTER_THE_END: {"R4"},
    ReasonCode.TOO_FAR: {"R10", "R6"},
    ReasonCode.GRIEVANCE_UNOPENED: {"R1", "R2", "R6", "R10"},
}
"""The rules that say the same of a reason as the one that it names."""


def is_true(campaign: Plan, left: LeftOut) -> bool:
    """Whether the rule that is named binds: elsewhere nothing else does, or it does everywhere."""
    due = Facts(campaign).dues[left.touch_id]
    if left.reason_code is ReasonCode.DO_NOT_CONTACT:
        return due.person.do_not_contact or due.account.do_not_contact
    if left.reason_code is ReasonCode.NO_CONSENT:
        return not channels_for(campaign.territory, due.person, due.step)
    found = broken_by(campaign, due)
    fits = any(not one - {"next"} for each in found.values() for one in each)
    if left.reason.startswith(NOT_FOUND):
        return fits
    if told := re.match(r"No (.+) fits, and (\w+) as a second choice counts", left.reason):
        wished, later = told[1].split(" or "), told[2]
        return not any(not one for by in wished for one in found.get(by, ())) and any(
            not one - {"next"} for one in found[later]
        )
    if (
        left.reason_code is not ReasonCode.AFTER_THE_END
    ):  # Else days outside its window say nothing.
        found = {by: [one for one in each if "R4" not in one] for by, each in found.items()}
    names = {BLOCKED_BY[left.reason_code], *_ALSO.get(left.reason_code, ())}
    binds = any(
        any(one - {"next"} and one - {"next"} <= names for one in each)
        or all(one & names for one in each)
        for each in found.values()
    )
    is_free = any(not one for each in found.values() for one in each)
    if left.reason_code is ReasonCode.BEFORE_THE_NEXT:
        binds = any(one == {"next"} for each in found.values() for one in each)
    return f"({BLOCKED_BY[left.reason_code]})" in left.reason and binds and not is_free


@pytest.mark.parametrize("seed", range(TERRITORIES))
def test_every_reason_names_a_rule_that_binds(seed: int) -> None:
    campaign = plan(tight(seed), effort=0)
    assert not violations(campaign)
    dice = random.Random(seed)
    looked_at = dice.sample(campaign.left_out, min(LOOKED_AT, len(campaign.left_out)))
    false = [one for one in looked_at if not is_true(campaign, one)]
    assert [(one.touch_id, one.reason_code, one.reason) for one in false] == []

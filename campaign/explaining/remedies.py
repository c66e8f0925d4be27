"""What would let in a touch that is left out: one change of the territory, tried before it is said.

Nothing else of the plan moves in such a trial.
"""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from attrs import evolve, field, frozen

from campaign.explaining.obstacles import Obstacles, WholePlan
from campaign.explaining.reasons import BLOCKED_BY, cause
from campaign.explaining.single_change import Obstacle, OneChange
from campaign.explaining.words import date_in_words, sentence
from campaign.model.territory import Territory
from campaign.phrases import listed
from campaign.rules.dues import first_attempt
from campaign.rules.levels import earlier_choices
from campaign.touches import LeftOut, Plan, ReasonCode

MOST_TRIED = 1_000
"""For so many touches of a plan changes are tried: some seconds at 2,000 accounts, our choice."""

NOT_FOUND = "The search has not found its place."
"""Why a touch is left out that nothing keeps out."""
NOTHING_HELPS = "None of the changes tried would let it in while all else stays where it is."


class Hindrance(StrEnum):
    """Why no change is tried for a touch; the value is the sentence."""

    NO_CONTACT = "Only their own word can change that."
    TO_FIND = "Once you have it, log the same outcome again with --again-on DATE, and plan on."
    WAITS = "It waits for the touch with which the account opens."


@frozen
class Freed:
    """A change that lets a touch in, tried: with it, it stands there and breaks no rule.

    `wished` are the channels that an optional touch was to go by, where it could go by a later
    choice alone and that counts no less than leaving it out.
    """

    change: OneChange
    wished: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def date(self) -> dt.date:
        """The day on which it then stands."""
        return self.change.spot.date

    @property
    def channel(self) -> str:
        """The channel by which it then goes."""
        return self.change.spot.channel

    @property
    def cause(self) -> str:
        """Why it is left out though no rule keeps it out; empty where one does."""
        if self.change.obstacle is not Obstacle.NOTHING:
            return ""
        if not self.wished:
            return NOT_FOUND
        return (
            f"No {listed(self.wished, 'or')} fits, and {self.channel} as a second choice counts "
            "no less than leaving out an optional touch ([service])."
        )

    def words(self, territory: Territory) -> str:
        """What to change, and where the touch then stands, as a sentence."""
        what = self.change.words(territory)
        # A key stays as it is to be written.
        what = what if what.split(" ", 2)[1:2] == ["="] else f"{what[:1].upper()}{what[1:]}"
        # That another search finds it has not been tried, so it is not promised.
        then = "" if self.cause else " would let it in"
        return f"{what}{then}, by {self.channel} on {date_in_words(territory, self.date)}."


@frozen
class Missing:
    """One touch that is left out: why, by which rule, and what would let it in.

    `freed` is None where no single change of those tried lets it in; `hindrance` says why
    none was tried.
    """

    left_out: LeftOut
    cause: str
    freed: Freed | None = field(default=None, kw_only=True)
    hindrance: Hindrance | None = field(default=None, kw_only=True)

    @property
    def rule(self) -> str:
        """The rule that keeps it out."""
        return BLOCKED_BY[self.left_out.reason_code]

    def remedy(self, territory: Territory) -> str:
        """What would let it in, as a sentence; that nothing tried would, where that is so."""
        if self.freed:
            return self.freed.words(territory)
        return self.hindrance.value if self.hindrance else NOTHING_HELPS

    def told(self, territory: Territory) -> Iterator[str]:
        """What is left out; then why, and what would let it in."""
        left, why = self.left_out, self.freed.cause if self.freed else ""
        yield f"Left out: {left.step}, {left.channel}{'' if left.required else ' (optional)'}"
        # Where it fits as things are nothing blocks it, so no rule is named.
        yield why or f"{self.rule}: {sentence(self.cause)}"
        yield self.remedy(territory)

    def record(self, territory: Territory) -> dict[str, Any]:
        """The same for a program."""
        freed = self.freed and {
            "change": self.freed.change.code,
            "date": self.freed.date.isoformat(),
            "channel": self.freed.channel,
            "words": self.freed.words(territory),
        }
        return {
            "touch_id": self.left_out.touch_id,
            "status": "left_out",
            "reason_code": self.left_out.reason_code.value,
            "rule": self.rule,
            "cause": self.cause,
            "freed": freed,
        }


@frozen(eq=False)
class Remedies(WholePlan):
    """One plan for which changes are tried; no touch comes in before the day it was made on."""

    def missing(self, left_out: LeftOut, *, is_tried: bool = True) -> Missing:
        """Why a touch is left out, and the cheapest of the changes that let it in.

        Nobody's wish for no contact is ever changed. A touch that only waits for the
        opening of a grievance account is freed by that one's change. Raises `KeyError` for a touch
        that is not owed.
        """
        due = self.facts.dues[first_attempt(left_out.touch_id, self.facts.dues)]
        why, hindrance = cause(left_out.reason_code, due, self.room), self.hindrance(left_out)
        if hindrance or not is_tried:
            return Missing(left_out, why, hindrance=hindrance)
        change = Obstacles(self, left_out.touch_id, due).change()
        if change is None:
            return Missing(left_out, why)
        spot, territory, wished = change.spot, self.facts.territory, tuple[str, ...]()
        used, rates = territory.channels[spot.channel], self.plan.territory.service
        of_day, _ = self.room.short(territory, due.account, used, spot.date)
        if change.code == "more_minutes":
            change = evolve(change, of_week=of_day <= 0)
        elif change.code == "as_it_is" and not due.step.required:
            # By a later choice than these it had better be left out.
            is_dear = rates.second_choice >= rates.optional
            wished = earlier_choices(self.facts, due, spot.channel) if is_dear else ()
        return Missing(left_out, why, freed=Freed(change, wished=wished))

    def hindrance(self, left_out: LeftOut) -> Hindrance | None:
        """Why no change is tried for a touch; None where there are some to try."""
        due = self.facts.dues[first_attempt(left_out.touch_id, self.facts.dues)]
        if due.account.do_not_contact or due.person.do_not_contact:
            return Hindrance.NO_CONTACT
        closed_to = self.facts.consequences.closed_to
        came_back = any(closed_to(due.person.contact_id, name) for name in due.step.channels)
        if left_out.reason_code is ReasonCode.NO_CONSENT and came_back:
            return Hindrance.TO_FIND
        is_unopened = left_out.reason_code is ReasonCode.GRIEVANCE_UNOPENED
        return Hindrance.WAITS if is_unopened and not due.opens else None


def with_reasons(plan: Plan, *, most: int = MOST_TRIED) -> tuple[LeftOut, ...]:
    """What a plan leaves out, each with the reason and the change that would let the touch in.

    For the first `most` touches changes are tried, in the order of the list, so for those that
    weigh most, save those for which none is to be tried; of the others only the reason is told.
    """
    remedies, tried, told = Remedies(plan), 0, list[LeftOut]()
    for left_out in plan.left_out:
        is_hindered = remedies.hindrance(left_out) is not None
        tried += not is_hindered
        is_tried = bool(most) and (is_hindered or tried <= most)
        found = remedies.missing(left_out, is_tried=is_tried)
        why = (found.freed and found.freed.cause) or f"{found.cause} ({found.rule})."
        reason = f"{why} {found.remedy(plan.territory)}" if is_tried else why
        told.append(evolve(left_out, reason=reason))
    return tuple(told)

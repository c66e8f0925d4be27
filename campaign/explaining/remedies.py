"""What would let in a touch that is left out: one change of the territory, tried before it is said.

Nothing else of the plan moves in such a trial.
"""

import datetime as dt
from enum import StrEnum

from attrs import evolve, field, frozen

from campaign.explaining.obstacles import Obstacles, WholePlan
from campaign.explaining.reasons import BLOCKED_BY, cause
from campaign.explaining.single_change import Change, Obstacle
from campaign.explaining.words import date_in_words
from campaign.model.territory import Territory
from campaign.phrases import listed
from campaign.rules.dues import Due
from campaign.rules.levels import earlier_choices
from campaign.touches import LeftOut, Plan, ReasonCode

MOST_TRIED = 1_000
"""For so many touches of a plan changes are tried: some seconds at 2,000 accounts, our choice."""

NOT_FOUND = "The search has not found its place."
"""Why a touch is left out that nothing keeps out."""
NOTHING_HELPS = "None of the changes tried would let it in while all else stays where it is."


class Hindrance(StrEnum):
    """Why no change is tried for a touch; the value is the sentence."""

    NOT_OWED = "It is not owed any more."
    NO_CONTACT = "Only their own word can change that."
    TO_FIND = "Once you have it, log the same outcome again with --again-on DATE, and plan on."
    WAITS = "It waits for the touch with which the account opens."


@frozen
class Freed:
    """A change that lets a touch in, tried: with it, it stands there and breaks no rule.

    `wished` are the channels that an optional touch was to go by, where it could go by a later
    choice alone and that counts no less than leaving it out.
    """

    change: Change
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


@frozen(eq=False)
class Remedies(WholePlan):
    """One plan for which changes are tried; no touch comes in before the day it was made on."""

    def cause(self, left_out: LeftOut) -> str:
        """Why a touch is left out, without an end."""
        due = self.facts.due(left_out.touch_id)
        return cause(left_out.reason_code, due, self.room) if due else "Nothing asks for it"

    def hindrance(self, left_out: LeftOut) -> Hindrance | None:
        """Why no change is tried for a touch; None where there are some to try."""
        due = self.facts.due(left_out.touch_id)
        if due is None:
            return Hindrance.NOT_OWED
        if due.account.do_not_contact or due.person.do_not_contact:
            return Hindrance.NO_CONTACT
        closed_to = self.facts.consequences.closed_to
        came_back = any(closed_to(due.person.contact_id, name) for name in due.step.channels)
        if left_out.reason_code is ReasonCode.NO_CONSENT and came_back:
            return Hindrance.TO_FIND
        is_unopened = left_out.reason_code is ReasonCode.GRIEVANCE_UNOPENED
        return Hindrance.WAITS if is_unopened and not due.opens else None

    def freed(self, left_out: LeftOut) -> Freed | None:
        """The cheapest of the changes that let a touch in; None without one.

        Nobody's wish for no contact is ever changed. A touch that only waits for the
        opening of a grievance account is freed by that one's change.
        """
        due = self.facts.due(left_out.touch_id)
        if due is None or self.hindrance(left_out):
            return None
        change = Obstacles(self, left_out.touch_id, due).change()
        if change is None:
            return None
        spot, territory = change.spot, self.facts.territory
        short, _ = self.room.short(
            territory, due.account, territory.channels[spot.channel], spot.date
        )
        change = evolve(change, of_week=short <= 0 and change.code == "more_minutes")
        return Freed(change, wished=self._wished(due, change))

    def _wished(self, due: Due, change: Change) -> tuple[str, ...]:
        """The channels wished before one by which an optional touch had better be left out."""
        rates = self.plan.territory.service
        is_free = change.obstacle is Obstacle.NOTHING
        if not is_free or due.step.required or rates.second_choice < rates.optional:
            return ()
        return earlier_choices(self.facts, due, change.spot.channel)


def remedy(territory: Territory, freed: Freed | None, hindrance: Hindrance | None) -> str:
    """What would let a touch in, as a sentence; that nothing tried would, where that is so."""
    if freed:
        return freed.words(territory)
    return hindrance.value if hindrance else NOTHING_HELPS


def with_reasons(plan: Plan, *, most: int = MOST_TRIED) -> tuple[LeftOut, ...]:
    """What a plan leaves out, each with the reason and the change that would let the touch in.

    For the first `most` touches changes are tried, in the order of the list, so for those that
    weigh most, save those for which none is to be tried; of the others only the reason is told.
    """
    remedies, tried, told = Remedies(plan), 0, list[LeftOut]()
    for left_out in plan.left_out:
        hindrance = remedies.hindrance(left_out)
        tried += not hindrance
        why = f"{remedies.cause(left_out)} ({BLOCKED_BY[left_out.reason_code]})."
        if most and (hindrance or tried <= most):
            freed = remedies.freed(left_out)
            # Where it fits as things are nothing blocks it, so no rule is named.
            why = freed.cause if freed and freed.cause else why
            why = f"{why} {remedy(plan.territory, freed, hindrance)}"
        told.append(evolve(left_out, reason=why))
    return tuple(told)

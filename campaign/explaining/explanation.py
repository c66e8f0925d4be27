"""All that can be said of one account's part in a plan, as facts; `str` makes the page."""

import textwrap
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from attrs import asdict, field, frozen

from campaign.explaining.reasons import BLOCKED_BY
from campaign.explaining.remedies import Freed, Hindrance, remedy
from campaign.explaining.words import date_in_words, sentence
from campaign.model.accounts import Account, Contact, Delivered
from campaign.model.cadences import Cadence
from campaign.model.priorities import Score, ScoreWeights, Tier
from campaign.model.territory import Territory
from campaign.notebooks import preformatted
from campaign.phrases import counted
from campaign.touches import LeftOut, Status, Touch

WIDTH = 80
_PARTS: tuple[tuple[str, str], ...] = (
    ("value", "value, by rank among the accounts"),
    ("potential", "potential, by rank among the accounts"),
    ("relationship", "relationship"),
    ("last_contact", "time since the last contact"),
)


class TierSource(StrEnum):
    """Where the tier of an account comes from."""

    GIVEN = "given in the list"
    COMPUTED = "computed from the score"
    LOWEST = "the lowest, as there is nothing to compute one from"


class CadenceSource(StrEnum):
    """Why a contact runs its cadence."""

    CONTACT = "named at the contact"
    ACCOUNT = "named at the account"
    RELATIONSHIP = "for the relationship"
    NEW = "for a new decision maker"
    TIER = "for the tier"
    OTHERS = "for further contacts of the tier"
    COMPLAINT = "to make a complaint good"
    CHECK_BACK = "to ask whether a promise arrived"


@frozen
class Stands:
    """One row of the plan, and why it stands on its day; `person` is who it goes to."""

    touch: Touch
    why: str
    person: str = field(kw_only=True)


@frozen
class Missing:
    """One touch that is left out: why, by which rule, and what would let it in.

    `freed` is None where no single change of those tried lets it in; `hindrance` says why
    none was tried.
    """

    left_out: LeftOut
    cause: str
    person: str = field(kw_only=True)
    freed: Freed | None = field(default=None, kw_only=True)
    hindrance: Hindrance | None = field(default=None, kw_only=True)

    @property
    def rule(self) -> str:
        """The rule that keeps it out."""
        return BLOCKED_BY[self.left_out.reason_code]


@frozen
class Unknown:
    """One touch that is owed and stands nowhere: since the plan something came or was logged."""

    touch_id: str
    step: str
    person: str = field(kw_only=True)


Explained = Stands | Missing | Unknown


@frozen
class ExplainedRun:
    """One contact on one cadence, and what became of each of its steps, in their order."""

    contact: Contact
    cadence: Cadence
    source: CadenceSource
    is_main: bool
    touches: tuple[Explained, ...]


@frozen
class Explanation:
    """Why an account is treated as it is.

    `rank` is the account's place by its score among all accounts of the list, from 1; `of`
    their number. `promises` are the touches that keep them, `delivered` those of the
    delivery team.
    """

    territory: Territory = field(repr=False)
    account: Account
    tier: Tier = field(kw_only=True)
    tier_source: TierSource = field(kw_only=True)
    score: Score = field(kw_only=True)
    weights: ScoreWeights = field(kw_only=True)
    rank: int = field(kw_only=True)
    of: int = field(kw_only=True)
    runs: tuple[ExplainedRun, ...] = field(default=(), kw_only=True)
    promises: tuple[Explained, ...] = field(default=(), kw_only=True)
    delivered: tuple[Delivered, ...] = field(default=(), kw_only=True)

    @property
    def touches(self) -> tuple[Explained, ...]:
        """Everything that is owed to the account: promises first, then steps."""
        return (*self.promises, *(touch for run in self.runs for touch in run.touches))

    def record(self) -> dict[str, Any]:
        """The same for a program: texts, numbers, lists and mappings."""
        return {
            "account_id": self.account.account_id,
            "account": self.account.name,
            "tier": self.tier.name,
            "tier_source": self.tier_source.name.lower(),
            "weight": self.tier.weight,
            "score": {**asdict(self.score), "total": self.score.total},
            "score_weights": asdict(self.weights),
            "rank": self.rank,
            "of": self.of,
            "promises": [_record(self.territory, one) for one in self.promises],
            "runs": [_run_record(self.territory, run) for run in self.runs],
            "delivered": [{**asdict(one), "date": one.date.isoformat()} for one in self.delivered],
        }

    def __str__(self) -> str:
        """A page of 80 columns."""
        return "\n".join(_lines(self))

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))


def _run_record(territory: Territory, run: ExplainedRun) -> dict[str, Any]:
    return {
        "contact_id": run.contact.contact_id,
        "contact": run.contact.name,
        "cadence": run.cadence.name,
        "source": run.source.name.lower(),
        "touches": [_record(territory, one) for one in run.touches],
    }


def _record(territory: Territory, one: Explained) -> dict[str, Any]:
    match one:
        case Stands(touch, why):
            return {
                "touch_id": touch.touch_id,
                "status": touch.status.value,
                "date": touch.date.isoformat(),
                "channel": touch.channel,
                "outcome": touch.outcome,
                "why": why,
            }
        case Missing(left_out, cause):
            return {
                "touch_id": left_out.touch_id,
                "status": "left_out",
                "reason_code": left_out.reason_code.value,
                "rule": one.rule,
                "cause": cause,
                "freed": _freed(territory, one.freed),
            }
        case _:
            return {"touch_id": one.touch_id, "status": "unknown"}


def _freed(territory: Territory, freed: Freed | None) -> dict[str, Any] | None:
    if freed is None:
        return None
    return {
        "change": freed.change.code,
        "date": freed.date.isoformat(),
        "channel": freed.channel,
        "words": freed.words(territory),
    }


def _lines(explanation: Explanation) -> Iterator[str]:
    account, tier = explanation.account, explanation.tier
    yield from _filled(account.name, "", "")
    yield "-" * WIDTH
    yield from _filled(
        f"Tier {tier.name}, {explanation.tier_source.value}. Its touches weigh {tier.weight}"
        f"{', and each month owes it one' if tier.floor else ', and no month owes it any'}.",
        "",
        "",
    )
    yield from _score(explanation)
    if not account.is_active:
        yield from _filled(f'Its status is "{account.status}": it is not touched.', "", "")
    if explanation.promises:
        yield from ("", "Promises")
        yield from _touches(explanation, explanation.promises)
    for run in explanation.runs:
        yield from ("", *_filled(_run(explanation, run), "", "  "))
        yield from _touches(explanation, run.touches)
    if explanation.delivered:
        yield from ("", "The delivery team")
        for touch in explanation.delivered:
            words = ", ".join(filter(None, (touch.channel, touch.who, touch.note)))
            when = date_in_words(explanation.territory, touch.date)
            yield from _filled(f"{when}: {words}".rstrip(" :"), "  ", "      ")


def _score(explanation: Explanation) -> Iterator[str]:
    score = explanation.score
    place = f"number {explanation.rank} of {counted(explanation.of, 'account')}"
    yield f"Score {score.total:.0f}, {place}:"
    for name, words in _PARTS:
        yield f"  {getattr(score, name):3.0f} of {getattr(explanation.weights, name):3.0f}  {words}"


def _run(explanation: Explanation, run: ExplainedRun) -> str:
    own = run.contact.contact_id == explanation.account.account_id
    who = "The account itself" if own else run.contact.name
    role = f" ({run.contact.role.replace('_', ' ')})" if run.contact.role else ""
    steps = counted(len(run.cadence.steps), "step")
    return f"{who}{role} runs {run.cadence.name}, {run.source.value}: {steps}"


def _touches(explanation: Explanation, touches: tuple[Explained, ...]) -> Iterator[str]:
    for one in touches:
        match one:
            case Stands(touch, why):
                yield from _stands(explanation, touch, why)
            case Missing(left_out, cause):
                what = f"{left_out.step}, {left_out.channel}{_optional(required=left_out.required)}"
                yield from _filled(f"Left out: {what}", "  ", "      ")
                why = f"{one.rule}: {sentence(cause)}"
                why = one.freed.cause if one.freed and one.freed.cause else why
                yield from _filled(why, "      ", "      ")
                words = remedy(explanation.territory, one.freed, one.hindrance)
                yield from _filled(words, "      ", "      ")
            case _:
                words = f"Nowhere yet: {one.step}; plan again, or plan on with campaign replan"
                yield from _filled(words, "  ", "      ")


def _stands(explanation: Explanation, touch: Touch, why: str) -> Iterator[str]:
    when = date_in_words(explanation.territory, touch.date)
    what = f"{touch.step}, {touch.channel}, {touch.purpose}{_optional(required=touch.required)}"
    standing = "" if touch.status is Status.PLANNED else f" [{touch.status.value}"
    if standing:
        standing += f": {touch.outcome.replace('_', ' ')}]" if touch.outcome else "]"
    yield from _filled(f"{when}: {what}{standing}", "  ", "      ")
    if touch.status is Status.PLANNED:
        yield from _filled(why, "      ", "      ")
    if touch.note:
        yield from _filled(f"note: {touch.note}", "      ", "      ")


def _optional(*, required: bool) -> str:
    return "" if required else " (optional)"


def _filled(text: str, lead: str, indent: str) -> list[str]:
    plain = " ".join(text.split())
    return textwrap.wrap(
        plain, WIDTH, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
    )

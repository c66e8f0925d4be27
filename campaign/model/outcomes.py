"""What can come of a touch, and what follows from it: a short fixed list, and data."""

from enum import StrEnum
from typing import Literal

from attrs import field, frozen

from campaign.model.channels import Channel
from campaign.model.given import converting, whole
from campaign.model.values import ordered_pair, to_pair

_MOST_DAYS = 365


class Outcome(StrEnum):
    """What came of a touch; empty where nobody has said."""

    NONE = ""
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    WRONG_NUMBER = "wrong_number"
    RETURNED_MAIL = "returned_mail"
    LATER = "later"
    MET = "met"
    REPLIED = "replied"
    COMPLAINT = "complaint"
    DO_NOT_CONTACT = "do_not_contact"
    DONE = "done"


OutcomeName = Literal[
    "",
    "reached",
    "no_answer",
    "voicemail",
    "wrong_number",
    "returned_mail",
    "later",
    "met",
    "replied",
    "complaint",
    "do_not_contact",
    "done",
]
"""The outcomes by their names, as `Touch(outcome="met")` takes them."""

OUTCOMES: tuple[Outcome, ...] = tuple(outcome for outcome in Outcome if outcome)
"""Every outcome that can be logged."""

WITHOUT_A_PERSON = (
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL,
    Outcome.WRONG_NUMBER,
    Outcome.RETURNED_MAIL,
)
"""The outcomes of a touch in which nobody was spoken to, and which nobody has read."""

OF_AN_ACCOUNT = tuple(outcome for outcome in OUTCOMES if outcome not in WITHOUT_A_PERSON)
"""The outcomes that can be heard of an account as a whole, outside any touch."""


def to_outcome(text: str) -> Outcome:
    """The outcome of a text, in any case, with spaces or hyphens; raises `ValueError`."""
    word = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if word and word not in OUTCOMES:
        raise ValueError(f'"{text}" is no outcome; write one of {", ".join(OUTCOMES)}')
    return Outcome(word)


def given_outcome(given: "Outcome | OutcomeName") -> Outcome:
    """The outcome that a value is given, which may be its name."""
    return to_outcome(given)


def outcomes_of(channel: Channel) -> tuple[Outcome, ...]:
    """The outcomes that a touch by a channel can have, in their order."""
    never = {Outcome.NO_ANSWER, Outcome.MET} if channel.is_post else {Outcome.RETURNED_MAIL}
    if channel.is_post or channel.travels:
        never |= {Outcome.VOICEMAIL, Outcome.WRONG_NUMBER}
    return tuple(outcome for outcome in OUTCOMES if outcome not in never)


@frozen(field_transformer=converting, kw_only=True)
class FollowUp:
    """What follows one outcome (`[outcomes.NAME]` in campaign.toml).

    `again` is when another attempt is due, least and most business days after it (after the
    date that was asked for, where there is one); `attempts` how many by one channel, then
    the step's next channel, 0 for no end. `closes` is true where the channel does not reach
    the person. `others_wait` are the business days for which the account's other contacts
    are left in peace; `waits` is true where the person is, until the date asked for.
    `recover_within` are the working days in which a recovery is owed, by `recover_by`, while
    all else of the account pauses until an outcome that `resolves`. `ends` is true where the
    person, or the account, is never touched again; `counts` where it is a touch at all.
    """

    again: tuple[int, int] | None = field(default=None, converter=to_pair, validator=ordered_pair)
    attempts: int = field(default=0, validator=whole("attempts", 3, 0, _MOST_DAYS))
    closes: bool = False
    others_wait: int = field(default=0, validator=whole("business days", 5, 0, _MOST_DAYS))
    waits: bool = False
    recover_within: int | None = field(
        default=None, validator=whole("working days", 1, 0, _MOST_DAYS)
    )
    recover_by: str = "call"
    resolves: bool = False
    ends: bool = False
    counts: bool = True

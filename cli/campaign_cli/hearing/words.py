"""A touch and an outcome out of words in any order, and what is said of a logged row."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import click

from campaign.explaining.following import account_name, name_of, what_follows
from campaign.explaining.words import date_in_words
from campaign.logbook import Logged
from campaign.model.outcomes import OUTCOMES, Outcome, to_outcome
from campaign.model.territory import Territory
from campaign.touches import Touch

_LONGEST = 3
"""Words of the longest outcome: do not contact."""


def parted(words: Sequence[str]) -> tuple[str, Outcome]:
    """The name that stands in the words, empty for none, and the outcome, last or first.

    Wrong usage where there is no outcome, with the nearest one.
    """
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for outcome, name in (
            (words[-length:], words[:-length]),
            (words[:length], words[length:]),
        ):
            found = _outcome(" ".join(outcome))
            if found:
                return " ".join(name), found
    near = [get_close_matches(word.casefold(), OUTCOMES, n=1) for word in (words[-1], words[0])]
    alike = next((one[0] for one in near if one), "")
    remedy = f"did you mean {alike}?" if alike else f"write one of {', '.join(OUTCOMES)}"
    raise click.UsageError(f'"{words[-1]}" is no outcome; {remedy}')


def _outcome(text: str) -> Outcome:
    try:
        return to_outcome(text)
    except ValueError:
        return Outcome.NONE


def who_and_what(territory: Territory, touch: Touch) -> str:
    """Whom a row is about and by which channel, with the step where that says more."""
    account, person = account_name(territory, touch.account_id), name_of(territory, touch)
    who = [account] if person == account else [account, person]
    step = "" if touch.step == touch.channel else f" ({touch.step})"
    return ", ".join((*who, f"{touch.channel}{step}" if touch.channel else "heard"))


def logged_lines(logged: Logged) -> Iterator[str]:
    """What was logged, and what follows from it, a line each."""
    territory, touch = logged.plan.territory, logged.touch
    before = logged.before.outcome if logged.before else ""
    when = ", sent on" if touch.outcome is Outcome.RETURNED_MAIL else " on"
    day = date_in_words(territory, touch.day)
    yield f"{who_and_what(territory, touch)}: {in_words(touch.outcome)}{when} {day}"
    if before and before != touch.outcome:
        yield f"It was logged as {in_words(before)} before."
    yield from what_follows(territory, logged.consequences, touch)


def in_words(outcome: str) -> str:
    """An outcome as people say it: no answer."""
    return outcome.replace("_", " ")

"""What tells early that something is wrong with a person: silence, and mail that comes back."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import takewhile

from attrs import frozen

from campaign.model.outcomes import Outcome
from campaign.model.values import grouped
from campaign.touches import Touch, attempt

MOST_UNANSWERED = 2
"""So many touches in a row without an answer are a sign."""
TALKS_OF_A_TALKER = 2
"""Whoever was talked to so often answers, as a rule."""
_IN_VAIN = (Outcome.NO_ANSWER, Outcome.VOICEMAIL)
_TALKED = (Outcome.REACHED, Outcome.MET, Outcome.REPLIED, Outcome.LATER)


class Sign(StrEnum):
    """What a person shows; the value is its clause, with how often."""

    UNANSWERED = "{count} touches in a row without an answer"
    SILENT = "always to be reached until now, and silent"
    RETURNED = "mail came back"


@frozen
class Canary:
    """A sign that a person shows since a day."""

    account_id: str
    contact_id: str
    sign: Sign
    since: dt.date
    count: int = 1

    @property
    def words(self) -> str:
        """The sign as a clause."""
        return self.sign.value.format(count=self.count)


def canaries(touches: Iterable[Touch], until: dt.date | None = None) -> tuple[Canary, ...]:
    """The signs that people show by what is logged, to a day where one is given.

    Two touches in a row without an answer, a talker who did not answer the last one, mail
    that came back and nothing since that came through. One sign a person, by account and name.
    """
    logged = (
        one for one in touches if one.is_done and one.outcome and (not until or one.day <= until)
    )
    people = grouped(logged, lambda one: (one.account_id, one.contact_id))
    found = (canary for who, rows in people.items() for canary in _of(who, rows))
    return tuple(sorted(found, key=lambda one: (one.since, one.account_id, one.contact_id)))


def _of(who: tuple[str, str], rows: Sequence[Touch]) -> Iterator[Canary]:
    rows = sorted(rows, key=lambda row: (row.day, attempt(row)[1], row.touch_id))
    calls = [row for row in rows if row.outcome in (*_IN_VAIN, *_TALKED)]
    vain = list(takewhile(lambda row: row.outcome in _IN_VAIN, reversed(calls)))
    if len(vain) >= MOST_UNANSWERED:
        yield Canary(*who, Sign.UNANSWERED, vain[-1].day, len(vain))
    elif vain and len(calls) - len(vain) >= TALKS_OF_A_TALKER:
        yield Canary(*who, Sign.SILENT, vain[-1].day)
    else:
        told = [row for row in rows if row.outcome is not Outcome.DONE]
        if told and told[-1].outcome is Outcome.RETURNED_MAIL:
            yield Canary(*who, Sign.RETURNED, told[-1].day)

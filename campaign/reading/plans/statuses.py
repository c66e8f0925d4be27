"""What a rep has ticked off in a row of the plan: status, outcome and days, made to agree."""

from typing import Any

from campaign.model.outcomes import OF_AN_ACCOUNT, OUTCOMES, Outcome, outcomes_of, to_outcome
from campaign.model.territory import Territory
from campaign.reading import cells
from campaign.reading.lists.records import Cells
from campaign.touches import HEARD, Status

_TICKS = frozenset({"x", "\u2713", "\u2714", "\u2611", "yes", "y", "true", "1", "ja", "wahr"})
_NOT_MADE = (Status.MISSED, Status.SKIPPED, Status.CANCELLED)


def ticked(row: Cells, territory: Territory | None) -> dict[str, Any]:
    """Status, outcome, `done_on` and `again_on` of a row, as the rep means them.

    A row with an outcome or a day on which it was done is done, whatever the status still
    says; what contradicts itself is a finding. Outcomes are held against the channel where
    the territory is given.
    """
    outcome = row.value("outcome", _outcome, Outcome.NONE)
    done_on = row.date("done_on", None)
    again_on = row.date("again_on", None)
    status = row.value("status", _status, Status.PLANNED)
    if status in _NOT_MADE and (outcome or done_on):
        column = "outcome" if outcome else "done_on"
        row.fault("status", f"is {status}, and {column} is filled in; write done, or empty that")
    if outcome is Outcome.LATER and again_on is None:
        row.fault("again_on", "is empty after later; write the date they asked for")
    _held_against_the_channel(row, outcome, territory)
    made = status is Status.PLANNED and (outcome or done_on)
    return {
        "status": Status.DONE if made else status,
        "outcome": outcome,
        "done_on": done_on,
        "again_on": again_on,
    }


def _held_against_the_channel(row: Cells, outcome: Outcome, territory: Territory | None) -> None:
    if not outcome or territory is None:
        return
    name = row.raw("channel")
    channel = territory.channels.get(name)
    allowed = OF_AN_ACCOUNT if row.raw("cadence") == HEARD else OUTCOMES
    if channel:
        allowed = outcomes_of(channel)
    if outcome not in allowed:
        of = f"a {name}" if channel else "an account"
        row.fault("outcome", f"{outcome} is no outcome of {of}; write one of {', '.join(allowed)}")


def _outcome(text: str) -> Outcome:
    try:
        return to_outcome(text)
    except ValueError:
        return Outcome(cells.one_of(text, (outcome.value for outcome in OUTCOMES)))


def _status(text: str) -> Status:
    if text.casefold() in _TICKS:
        return Status.DONE
    return Status(cells.one_of(text, (status.value for status in Status)))

"""Changes of one person that go together, so that a line tells them all."""

from collections.abc import Iterable
from typing import Final

from campaign.replanning.because import Cause
from campaign.replanning.difference import Change, ChangeKind

Sheaf = tuple[Change, ...]
_OF_THE_WHOLE: Final = (
    *(Cause.NO_CONTACT, Cause.COMPLAINT, Cause.ACCOUNT_GONE),
    *(Cause.HANDED_OVER, Cause.NOT_ACTIVE),
    *(
        Cause.CONTACT_GONE,
        Cause.CONTACT_MOVED,
        Cause.NOT_OWED,
        Cause.NEW_ACCOUNT,
        Cause.NEW_CONTACT,
    ),
)


def together(changes: Iterable[Change]) -> tuple[Sheaf, ...]:
    """The changes of one kind, each in one sheaf, in the order of their first ones.

    A touch that moves goes with the one that it follows, if that moves too; what goes or
    comes for a cause of the whole account or person goes with the rest of that person.
    """
    sheaves: list[list[Change]] = []
    at: dict[tuple[object, ...] | None, list[Change]] = {}
    for change in changes:
        sheaf = at.get(_wanted(change))
        if sheaf is None:
            sheaves.append(sheaf := [])
        sheaf.append(change)
        at.setdefault(_given(change), sheaf)
    return tuple(map(tuple, sheaves))


def _wanted(change: Change) -> tuple[object, ...] | None:
    """What a sheaf has to hold for a change to go with it; None for one that stands alone."""
    because = change.because
    if change.kind is ChangeKind.MOVED and because.cause is Cause.WINDOW and because.other:
        return (because.other.touch_id, *_person(change))
    return _of_the_whole(change)


def _given(change: Change) -> tuple[object, ...]:
    """What others may go with."""
    return _of_the_whole(change) or (change.touch_id, *_person(change))


def _of_the_whole(change: Change) -> tuple[object, ...] | None:
    """The cause where it is one of the whole account or person."""
    is_whole = change.because.cause in _OF_THE_WHOLE and change.kind in (
        ChangeKind.DROPPED,
        ChangeKind.NEW,
    )
    return (change.because, *_person(change)) if is_whole else None


def _person(change: Change) -> tuple[str, str]:
    row = change.after or change.before
    return (row.account_id, row.contact_id) if row else ("", "")

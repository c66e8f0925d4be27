"""The sign and the colour of each channel, the same all over the page."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from campaign.touches import Plan

COLOURS = 8


@frozen
class Key:
    """How a channel is shown: its short sign, and the number of its colour."""

    name: str
    sign: str
    colour: int


def keys_of(plan: Plan) -> Mapping[str, Key]:
    """A key for each channel that a plan names, in the order of the territory."""
    named = {touch.channel for touch in plan.touches if not touch.is_heard}
    named |= {left.channel for left in plan.left_out}
    known = list(plan.territory.channels)
    places = {name: at for at, name in enumerate([*known, *sorted(named - {*known})])}
    found: dict[str, Key] = {}
    for name, place in places.items():
        if name in named:
            found[name] = Key(name, _sign(name, found.values()), place % COLOURS)
    return found


def _sign(name: str, others: Iterable[Key]) -> str:
    """The shortest beginning of a name that no other channel has."""
    taken = {key.sign for key in others}
    beginnings = (name[:length].capitalize() for length in range(1, len(name) + 1))
    return next((sign for sign in beginnings if sign not in taken), name)

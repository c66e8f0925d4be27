"""A territory as the files of a campaign folder, from which the same territory is read.

`campaign.toml` holds what differs from the defaults. What stands in no file is the time that
the rep's calendar takes: a territory that has such time is written without it.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import permutations
from typing import Any

from attrs import AttrsInstance, evolve, fields

from campaign.model.accounts import Account, Contact
from campaign.model.cadences import Cadence, Gap, Rhythm
from campaign.model.channels import Budget
from campaign.model.hours import WEEKDAYS, Hours, OpeningHours
from campaign.model.known_drives import Drives
from campaign.model.policy import Policy
from campaign.model.rep import Base, Rep
from campaign.model.territory import Territory
from campaign.model.values import Coordinates, Precision
from campaign.outputs.lists import columns_of_accounts, columns_of_contacts, record_of, render_list
from campaign.phrases import clock

_SAID_ELSEWHERE = frozenset(
    {"home", "home_located_by", "busy", "hours", "writing", "most_by_channel", "drives"}
)
_MOVES = {f"move_{when}": when for when in ("near", "later", "told")}
_SET_UPS = {"write": "write", "call": "call", "visit": "visit"}


def render_folder(territory: Territory) -> dict[str, bytes]:
    """The files of a campaign folder by their names, those alone that hold something."""
    channels = tuple(territory.channels)
    lists: Mapping[str, tuple[Iterable[Any], Iterable[str]]] = {
        "accounts": (territory.accounts, columns_of_accounts()),
        "contacts": (territory.contacts, columns_of_contacts(channels)),
        "promises": (territory.promises, ()),
        "delivered": (territory.delivered, ()),
        "refusals": (territory.refusals, ()),
    }
    found = {"campaign.toml": render_settings(territory).encode()}
    for name, (values, columns) in lists.items():
        records = [_record(value) for value in values]
        if records:
            found[f"{name}.csv"] = render_list(records, columns)
    if territory.travel.drives:
        found["drives.csv"] = render_list(_drives(territory.travel.drives), ())
    return found


def _drives(drives: Drives) -> list[dict[str, str]]:
    """The rows of `drives.csv`, one a direction."""
    return [
        {"from": one, "to": other, "minutes": str(minutes)}
        for one, other in permutations(drives.places, 2)
        if (minutes := drives.between(one, other)) is not None
    ]


def _record(value: Any) -> dict[str, str]:  # noqa: ANN401 (a value of any of the lists)
    """A value by its columns; an account without the coordinates that its address tells again."""
    if isinstance(value, Account) and value.located_by is not Precision.GIVEN:
        return record_of(evolve(value, latitude=None, longitude=None))
    if isinstance(value, Account | Contact):
        return record_of(value)
    parts = {each.name: getattr(value, each.name) for each in fields(type(value))}
    return {name: "" if part is None else str(part) for name, part in parts.items()}


def render_settings(territory: Territory) -> str:
    """`campaign.toml` of a territory."""
    policy, usual = territory.policy, Policy()
    closed = {"closed": list(map(str, territory.closed))} if territory.closed else {}
    named = {"name": territory.name, "start": territory.start, "days": territory.days}
    budget = _changed(policy.budget, Budget())
    budget.pop("channels", None)
    most = {f"most_{name}": most for name, most in policy.courtesy.most_by_channel.items()}
    tables: dict[str, Mapping[str, object]] = {
        "campaign": {**named, **closed},
        "rep": dict(_rep(territory.rep)),
        "capacity": _changed(policy.capacity, usual.capacity),
        "contact": {**_changed(policy.courtesy, usual.courtesy), **most},
        "travel": _changed(policy.travel, usual.travel),
        "score": _changed(policy.score_weights, usual.score_weights),
        "service": _grouped(_changed(policy.service, usual.service), "move", _MOVES),
        "budget": {**policy.budget.channels, **budget},
        "comfort": _grouped(_changed(policy.comfort, usual.comfort), "set_up", _SET_UPS),
    }
    tables |= dict(_named_tables(policy, usual))
    return "\n".join(line for name, table in tables.items() for line in _table(name, table))


def _rep(rep: Rep) -> Iterator[tuple[str, object]]:
    yield "name", rep.name
    yield "timezone", rep.timezone
    if rep.home:
        yield "home", rep.home
    if isinstance(rep.hours, OpeningHours):
        yield "hours", rep.hours
    else:
        days = rep.hours.items()
        yield "hours", {WEEKDAYS[day]: " ".join(map(str, spans)) for day, spans in days}
    if rep.writing is not None:
        yield "writing", clock(rep.writing)
    yield from _changed(rep, Rep(rep.name, timezone=rep.timezone)).items()


def _named_tables(policy: Policy, usual: Policy) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The tables that have a name of their own, those alone that are not as they ship."""
    for name, channel in policy.channels.items():
        known = usual.channels.get(name)
        if channel != known:
            yield f"channels.{_key(name)}", _changed(channel, known) if known else _whole(channel)
    if policy.tiers != usual.tiers:
        yield from ((f"tiers.{_key(tier.name)}", _whole(tier)) for tier in policy.tiers)
    kinds: tuple[tuple[str, Mapping[Any, Any], Mapping[Any, Any], Callable[[Any], Any]], ...] = (
        ("relationships", policy.relationships, usual.relationships, lambda one: {"cadence": one}),
        ("purposes", policy.purposes, usual.purposes, _whole),
        ("outcomes", policy.follow_ups, usual.follow_ups, _whole),
        ("rhythms", policy.rhythms, usual.rhythms, _rhythm),
        ("cadences", policy.cadences, usual.cadences, _cadence),
    )
    for kind, own, shipped, table in kinds:
        for name, value in own.items():
            if shipped.get(name) != value:
                yield f"{kind}.{_key(name)}", table(value)


def _rhythm(rhythm: Rhythm) -> Mapping[str, object]:
    beats = [
        {"channel" if name == "channels" else name: part for name, part in _whole(beat).items()}
        for beat in rhythm.touches
    ]
    return {"weeks": rhythm.weeks, "touches": beats}


def _cadence(cadence: Cadence) -> Mapping[str, object]:
    steps = []
    for step in cadence.steps:
        plain = type(step)(step.name, step.channels, step.purpose)
        own = {"step": step.name, "channel": step.channels, "purpose": step.purpose}
        steps.append({**own, **_changed(step, plain)})
    return {"steps": steps}


def _grouped(
    table: Mapping[str, object], group: str, words: Mapping[str, str]
) -> dict[str, object]:
    """A table in which some keys stand in a table of their own."""
    own = {words[name]: value for name, value in table.items() if name in words}
    rest = {name: value for name, value in table.items() if name not in words}
    return {**rest, group: own} if own else rest


def _changed(value: AttrsInstance, usual: AttrsInstance) -> dict[str, object]:
    """The fields in which a value is not the usual one; the rest need not be said."""
    return {name: part for name, part in _whole(value).items() if part != getattr(usual, name)}


def _whole(value: AttrsInstance) -> dict[str, object]:
    names = [each.name for each in fields(type(value)) if each.name not in _SAID_ELSEWHERE]
    parts = {name: getattr(value, name) for name in names if name != "name"}
    return {name: part for name, part in parts.items() if part is not None}


def _table(name: str, table: Mapping[str, object]) -> Iterator[str]:
    if table:
        yield f"[{name}]"
        yield from (f"{_key(key)} = {toml(value)}" for key, value in table.items())
        yield ""


def _key(name: str) -> str:
    is_bare = bool(name) and name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()
    return name if is_bare else toml(name)


def toml(value: object) -> str:  # noqa: C901, PLR0911 (a line for each kind of value)
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case dt.date():
            return value.isoformat()
        case Gap():
            return toml([value.least, value.ideal, value.most])
        case Coordinates():
            return toml({"latitude": value.latitude, "longitude": value.longitude})
        case Base():
            on = [WEEKDAYS[day] for day in sorted(value.weekdays)] + list(map(str, value.days))
            when = {"on": on, "from": value.since}
            return toml({**{name: one for name, one in when.items() if one}, "place": value.place})
        case Mapping():
            return "{ " + ", ".join(f"{_key(str(k))} = {toml(v)}" for k, v in value.items()) + " }"
        case tuple() if value and all(isinstance(part, Hours) for part in value):
            return toml(" ".join(map(str, value)))
        case AbstractSet() if value <= frozenset(range(7)):
            return toml([WEEKDAYS[day] for day in sorted(value)])
        case AbstractSet():
            return toml(sorted(value))
        case tuple() | list():
            return f"[{', '.join(map(toml, value))}]"
        case OpeningHours():
            return toml(str(value))
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")

"""campaign.toml: every key of it, laid over the defaults."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from campaign.errors import Finding, InvalidInput
from campaign.model.accounts import Relationship
from campaign.model.cadences import MOST_WEEKS, Beat, Cadence, Gap, Purpose, Rhythm, Step
from campaign.model.channels import Budget, Channel
from campaign.model.given import Between, whole
from campaign.model.objective import Comfort, Service
from campaign.model.outcomes import OUTCOMES, FollowUp, Outcome
from campaign.model.policy import Policy
from campaign.model.priorities import ScoreWeights, Tier
from campaign.model.question import MOST_DAYS
from campaign.model.rep import LANGUAGES, USUAL_NAME, Capacity, Courtesy, Rep, Travel
from campaign.model.values import MOST_GAP, Coordinates
from campaign.reading import cells
from campaign.reading.cells.countries import country_code
from campaign.reading.settings import toml_values as kinds
from campaign.reading.settings.document import Document, Keys
from campaign.workdays import MONTH_DAYS, Span, each_day

_USUAL_DAYS = 90
_A_BASE = '[{ on = "Th", place = { city = "Leeds" } }]'
_A_BEAT = '{ week = 4, channel = "call", purpose = "listen" }'
_A_CHANNEL = '"call" or ["call", "letter"]'
_A_STEP = '{ step = "hello", channel = "letter", purpose = "introduce" }'
_MOVES = {"near": "move_near", "later": "move_later", "told": "move_told"}
_SET_UPS = {key: key for key in ("write", "call", "visit")}
Named = TypeVar("Named", Channel, Tier, Purpose)
Rates = TypeVar("Rates", Service, Comfort)
_NAMED_STEP = re.compile(r'(?:step|two steps are named) "([^"]*)"')


@frozen(kw_only=True)
class Settings:
    """What campaign.toml says, over the defaults.

    In `rep` the home is None unless its coordinates are given, and `home` is its address
    where that is given instead; `bases` are still to be found; in `rep` time zone and country
    are empty where nothing is said; `start` is None where none is given. `busy` names the files
    of the rep's calendars.
    """

    document: Document = field(kw_only=False)
    name: str = field(default="", kw_only=False)
    start: dt.date | None = None
    days: int = _USUAL_DAYS
    closed: tuple[Span, ...] = ()
    rep: Rep = field(factory=lambda: Rep(USUAL_NAME, timezone=""))
    home: kinds.Address | None = None
    bases: tuple[kinds.SaidBase, ...] = ()
    busy: tuple[str, ...] = ()
    policy: Policy = field(factory=Policy)
    findings: tuple[Finding, ...] = ()

    @property
    def start_is_unknown(self) -> bool:
        """Whether a start may be written that cannot be read."""
        unread = any(found.column == "campaign.start" for found in self.findings)
        return unread or not self.document.is_sound


def read_settings(document: Document) -> Settings:
    """The settings of a document; what is wrong in it keeps its default."""
    findings: list[Finding] = []
    top = Keys(document, (), findings)
    with top.below("campaign") as keys:
        settings = Settings(
            document,
            keys.take("name", kinds.text, ""),
            start=keys.take("start", kinds.date, None),
            days=keys.take("days", _days, _USUAL_DAYS),
            closed=keys.take("closed", kinds.spans, ()),
            **_rep(top),
            policy=_policy(top),
        )
    top.close()
    return evolve(settings, findings=(*document.findings, *findings))


def _days(value: object) -> int:
    days: int = kinds.number(whole("days", _USUAL_DAYS, MONTH_DAYS, MOST_DAYS))(value)
    if days % MONTH_DAYS:
        raise ValueError(f"{days} days are not a multiple of 30; write 30, 60 or 90")
    return days


_REP: Mapping[str, kinds.Parser] = {
    "name": kinds.text,
    **kinds.keys_of(Rep),
    "timezone": lambda value: cells.timezone(kinds.text(value)),
    "country": lambda value: country_code(kinds.text(value)),
    "extra_holidays": kinds.list_of(kinds.span, '["2027-02-12", "2027-12-27/2027-12-31"]'),
    "not_holidays": kinds.list_of(kinds.date, "[2027-02-15]"),
    "hours": kinds.hours,
    "owner": kinds.one_or_more("Ann Lee"),
    "language": kinds.one_of(*LANGUAGES),
    "writing": kinds.time_of_day,
}


def _rep(top: Keys) -> dict[str, Any]:
    """The rep as far as it stands there, the home's address, and the rep's calendars."""
    with top.below("rep") as keys:
        given = {"name": USUAL_NAME, "timezone": "", **keys.given(_REP)}
        home = keys.take("home", kinds.home, None)
        bases = keys.take("bases", kinds.list_of(kinds.base, _A_BASE), ())
        busy = keys.take("busy", kinds.one_or_more("calendar.ics"), ())
    spans = given.pop("extra_holidays", ())
    given["extra_holidays"] = {day for one in spans for day in each_day(one.first, one.last)}
    address = home if isinstance(home, kinds.Address) else None
    place = home if isinstance(home, Coordinates) else None
    rep = Rep(given.pop("name") or USUAL_NAME, home=place, **given)
    return {"rep": rep, "home": address, "bases": bases, "busy": busy}


def _policy(top: Keys) -> Policy:
    usual = Policy()
    own = _own(top.below("channels"), usual.channels, lambda name: Channel(name, 0))
    channels = {**usual.channels, **own}
    capacity = {
        **kinds.keys_of(Capacity),
        "ramp": kinds.list_of(kinds.number(Between(0, 1, like=0.5)), "[0.5, 0.75]"),
        "more": kinds.minutes_by_date,
    }
    return Policy(
        channels=channels,
        tiers=_tiers(top.below("tiers")),
        cadences={name: _cadence(keys, name) for name, keys in _tables(top.below("cadences"))},
        rhythms={name: _rhythm(keys, name) for name, keys in _tables(top.below("rhythms"))},
        relationships=_relationships(top.below("relationships")),
        purposes=_own(top.below("purposes"), usual.purposes, Purpose),
        follow_ups=_follow_ups(top.below("outcomes")),
        capacity=Capacity(**_section(top, "capacity", capacity)),
        courtesy=_courtesy(top, channels),
        travel=Travel(**_section(top, "travel", kinds.keys_of(Travel))),
        score_weights=ScoreWeights(**_section(top, "score", kinds.keys_of(ScoreWeights))),
        service=_rates(top, Service, "service", "move", _MOVES),
        comfort=_rates(top, Comfort, "comfort", "set_up", _SET_UPS),
        budget=_budget(top, channels),
    )


def _section(top: Keys, name: str, parsers: Mapping[str, kinds.Parser]) -> dict[str, Any]:
    with top.below(name) as keys:
        return keys.given(parsers)


def _tables(keys: Keys, only: Sequence[str] = ()) -> Iterator[tuple[str, Keys]]:
    """The tables below one by their names, which are the user's own, or `only` some."""
    names = [name for name in keys.table if name in only] if only else keys.names()
    for name in names:
        with keys.below(name) as table:
            yield name, table
    keys.known += only
    keys.close()


def _own(keys: Keys, shipped: Mapping[str, Named], new: Callable[[str], Named]) -> dict[str, Named]:
    """What the tables below one say, each over what ships by that name, else over a new one."""
    found: dict[str, Named] = {}
    for name, table in _tables(keys):
        one = shipped.get(name) or new(name)
        if isinstance(one, Channel) and name not in shipped and "minutes" not in table.table:
            table.fault("minutes", "is missing; write what a touch takes, as minutes = 15")
        found[name] = evolve(one, **table.given(kinds.keys_of(type(one))))
    return found


def _tiers(keys: Keys) -> tuple[Tier, ...]:
    """The tiers, highest first: the user's alone if one of them does not ship."""
    shipped = {tier.name: tier for tier in Policy().tiers}
    own = _own(keys, shipped, Tier)
    found = shipped | own if set(own) <= set(shipped) else own
    if sum(tier.share for tier in found.values()) > 1:
        keys.fault("", "the shares of the tiers sum to more than 1; lower one of them")
    return tuple(found.values())


def _relationships(keys: Keys) -> Mapping[str, str]:
    """The cadence of each relationship that has one of its own."""
    found = dict(Policy().relationships)
    for name, table in _tables(keys, [one.value for one in Relationship if one.value]):
        found[name] = table.take("cadence", kinds.text, found.get(name, ""))
    return found


def _follow_ups(keys: Keys) -> Mapping[Outcome, FollowUp]:
    """What follows each outcome: the shipped follow-ups with their overrides."""
    found = dict(Policy().follow_ups)
    again = kinds.least_and_most(whole("business days", 3, 0, 365), "[1, 3]")
    parsers = {**kinds.keys_of(FollowUp), "again": again}
    for name, table in _tables(keys, OUTCOMES):
        found[Outcome(name)] = evolve(found[Outcome(name)], **table.given(parsers))
    return found


def _courtesy(top: Keys, channels: Mapping[str, Channel]) -> Courtesy:
    own = {"call_hours": kinds.call_hours, "unknown_consent": kinds.one_of("allow", "deny")}
    most = dict.fromkeys((f"most_{name}" for name in channels), kinds.number(whole("touches", 3)))
    given = _section(top, "contact", {**kinds.keys_of(Courtesy), **own, **most})
    by_channel = {name: given.pop(f"most_{name}") for name in channels if f"most_{name}" in given}
    usual = Courtesy().most_by_channel
    return Courtesy(**given, most_by_channel={**usual, **by_channel})


def _rates(top: Keys, kind: type[Rates], name: str, inner: str, by_key: Mapping[str, str]) -> Rates:
    """The rates of a table, and those of an `inner` one by its keys: `[service.move] near = 3`."""
    parsers = kinds.keys_of(kind)
    with top.below(name) as keys:
        given = keys.given({one: parsers[one] for one in parsers if one not in by_key.values()})
        own = _section(keys, inner, {key: parsers[each] for key, each in by_key.items()})
    return kind(**given, **{by_key[key]: value for key, value in own.items()})


def _budget(top: Keys, channels: Mapping[str, Channel]) -> Budget:
    parsers = kinds.keys_of(Budget)
    given = _section(top, "budget", {**parsers, **dict.fromkeys(channels, parsers["most"])})
    whole_ = {name: given.pop(name) for name in parsers if name in given}
    return Budget(channels=given, **whole_)


def _rhythm(keys: Keys, name: str) -> Rhythm:
    """A rhythm of the user's own; one that ships is replaced whole."""
    weeks = keys.take("weeks", kinds.keys_of(Rhythm)["weeks"], MOST_WEEKS)
    beats = keys.take("touches", kinds.list_of(_beat, f"[ {_A_BEAT} ]"), ())
    if "touches" not in keys.table:
        keys.fault("touches", f"is missing; write touches = [ {_A_BEAT} ]")
    elif beats:
        try:
            return Rhythm(name, weeks, beats)
        except InvalidInput as error:
            problem = error.findings[0].problem
            keys.fault("touches", f"{problem}; give each touch a week of its own")
    # a rhythm that cannot be read still has its name, so that nothing else seems wrong
    return Rhythm(name, MOST_WEEKS, (Beat(1, "call", "listen"),))


def _beat(value: Any) -> Beat:  # noqa: ANN401 (TOML gives anything)
    if not isinstance(value, dict) or set(value) != {"week", "channel", "purpose"}:
        raise ValueError(f"{kinds.quoted(value)} is no touch of a rhythm; write {_A_BEAT}")
    week = kinds.keys_of(Beat)["week"](value["week"])
    return Beat(week, _channel_names(value["channel"]), kinds.text(value["purpose"]))


def _cadence(keys: Keys, name: str) -> Cadence:
    """A cadence of the user's own; one that ships is replaced whole."""
    before = len(keys.findings)
    tables = keys.take("steps", _list_of_tables, [])
    if "steps" not in keys.table:
        keys.fault("steps", "is missing; write steps = [ { step = ..., channel = ... }, ]")
    read = [_step(keys, table) for table in tables]
    if len(keys.findings) == before:
        try:
            return Cadence(name, [step for step in read if step])
        except ValueError as error:
            # each fault as a finding of its own, at its step where it names one
            for fault in re.split(r"; (?=step |two steps |cadence )", str(error)):
                named = _NAMED_STEP.match(fault)
                keys.fault(named[1] if named else "steps", fault)
    # a cadence that cannot be read still has its name, so that nothing else seems wrong
    return Cadence(name, [Step("?", "call", "listen")])


def _list_of_tables(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    if not isinstance(value, list) or not all(isinstance(step, dict) for step in value):
        raise ValueError(f"{kinds.quoted(value)} is no list of steps; write steps = [ {_A_STEP} ]")
    return value


def _step(keys: Keys, table: dict[str, Any]) -> Step | None:
    before = len(keys.findings)
    name = table.get("step")
    if not isinstance(name, str) or not name.strip():
        keys.fault("steps", 'a step has no name; write step = "hello"')
        return None
    with Keys(keys.document, (*keys.path, name), keys.findings, table) as one:
        given = one.given(_STEP)
        for key, like in (("channel", _A_CHANNEL), ("purpose", '"listen"')):
            if key not in table:
                one.fault(key, f"is missing; write {key} = {like}")
    if len(keys.findings) > before:
        return None
    return Step(given.pop("step"), given.pop("channel"), given.pop("purpose"), **given)


def _channel_names(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if isinstance(value, str):
        return (value.strip(),)
    names = kinds.list_of(kinds.text, _A_CHANNEL)(value)
    if not names:
        raise ValueError(f"names no channel; write {_A_CHANNEL}")
    return names


def _gap(value: Any) -> Gap:  # noqa: ANN401
    days = kinds.number(whole("business days", 5, 0, MOST_GAP))
    return Gap.of(kinds.list_of(days, "[1, 6]")(value))


_STEP = {"step": kinds.text, "channel": _channel_names, **kinds.keys_of(Step), "gap": _gap}

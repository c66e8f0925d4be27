"""campaign.toml: every key of it, laid over the defaults."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from campaign.errors import Finding
from campaign.model.channels import Budget, Channel
from campaign.model.objective import Comfort, Service
from campaign.model.policy import Policy
from campaign.model.priorities import ScoreWeights
from campaign.model.rep import LANGUAGES, MOST_NIGHTS, USUAL_NAME, Capacity, Courtesy, Rep, Travel
from campaign.model.values import Coordinates
from campaign.reading.settings import policy_tables as policy
from campaign.reading.settings import toml_values as kinds
from campaign.reading.settings.document import Document, Keys
from campaign.workdays import MONTH_DAYS, Span, each_day

_USUAL_DAYS = 90
_MOST_DAYS = 360
_A_SPAN = '["2027-02-15/2027-02-19"]'
_A_BASE = '[{ on = "Th", place = { city = "Leeds" } }]'
_REP = {
    "name": kinds.text,
    "timezone": kinds.timezone,
    "country": kinds.country,
    "region": kinds.text,
    "extra_holidays": kinds.list_of(kinds.span, '["2027-02-12", "2027-12-27/2027-12-31"]'),
    "not_holidays": kinds.list_of(kinds.date, "[2027-02-15]"),
    "hours": kinds.hours,
    "lunch_minutes": kinds.minutes(30),
    "email": kinds.text,
    "owner": kinds.one_or_more("Ann Lee"),
    "language": kinds.one_of(*LANGUAGES),
    "writing": kinds.time_of_day,
    "leave": kinds.list_of(kinds.span, _A_SPAN),
}
_CAPACITY = {
    "minutes_per_day": kinds.minutes(360),
    "minutes_per_week": kinds.minutes(720, 7 * 24 * 60),
    "ramp": kinds.ramp,
    "contacts_at_once": kinds.whole("contacts", 2, 1),
    "more": kinds.minutes_by_date,
}
_COURTESY = {
    "gap": kinds.whole("business days", 5, 0, 365),
    "most": kinds.whole("touches", 8),
    "call_hours": kinds.call_hours,
    "unknown_consent": kinds.one_of("allow", "deny"),
    "new_days": kinds.whole("days", 180),
    "new_cadence": kinds.text,
    "substitute": kinds.yes_no,
    "promise_early": kinds.whole("business days", 3, 0, 365),
}
_TRAVEL = {
    "speed_kmh": kinds.number(60, 1, 1000),
    "detour": kinds.number(1.3, 1, 10),
    "minutes_per_stop": kinds.minutes(5),
    "unknown_minutes": kinds.minutes(30),
    "overnight": kinds.yes_no,
    "most_nights": kinds.whole("nights", 2, 1, MOST_NIGHTS),
    "night_saves": kinds.minutes(120),
}
_SCORE = dict.fromkeys(
    ("value", "potential", "relationship", "last_contact"), kinds.number(20, 0, 1000)
)
_SERVICE = {
    "late": kinds.rising(3, "late days", "[1, 2, 3]", is_whole=True),
    "second_choice": kinds.whole("late days", 10),
    "optional": kinds.whole("late days", 5),
}
_MOVE = dict.fromkeys(("near", "later", "told"), kinds.whole("late days", 3))
_COMFORT = {
    "drive": kinds.number(1.0, 0, 1000),
    "uneven": kinds.rising(2, "minutes", "[0.5, 1.0]"),
    "off_ideal": kinds.number(0.3, 0, 1000),
    "early": kinds.number(30, 0, 1000),
}
_SET_UP = {
    "write": kinds.number(10, 0, 1000),
    "call": kinds.number(5, 0, 1000),
    "visit": kinds.number(20, 0, 1000),
}


@frozen
class Settings:
    """What campaign.toml says, over the defaults.

    In `rep` the home is None unless its coordinates are given, and `home` is its address
    where that is given instead; `bases` are still to be found; in `rep` time zone and country
    are empty where nothing is said; `start` is None where none is given. `busy` names the files
    of the rep's calendars.
    """

    document: Document
    name: str = ""
    start: dt.date | None = field(default=None, kw_only=True)
    days: int = field(default=_USUAL_DAYS, kw_only=True)
    closed: tuple[Span, ...] = field(default=(), kw_only=True)
    rep: Rep = field(factory=lambda: Rep(USUAL_NAME, timezone=""), kw_only=True)
    home: kinds.Address | None = field(default=None, kw_only=True)
    bases: tuple[kinds.SaidBase, ...] = field(default=(), kw_only=True)
    busy: tuple[str, ...] = field(default=(), kw_only=True)
    policy: Policy = field(factory=Policy, kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)

    @property
    def start_is_unknown(self) -> bool:
        """Whether a start may be written that cannot be read."""
        unread = any(found.column == "campaign.start" for found in self.findings)
        return unread or not self.document.is_sound


def read_settings(document: Document) -> Settings:
    """The settings of a document; what is wrong in it keeps its default."""
    findings: list[Finding] = []
    top = Keys(document, (), findings)
    campaign = top.below("campaign")
    settings = Settings(
        document,
        campaign.take("name", kinds.text, ""),
        start=campaign.take("start", kinds.date, None),
        days=campaign.take("days", _days, _USUAL_DAYS),
        closed=campaign.take("closed", kinds.list_of(kinds.span, _A_SPAN), ()),
        **_rep(top.below("rep")),
        policy=_policy(top),
    )
    campaign.close()
    top.close()
    return evolve(settings, findings=(*document.findings, *findings))


def _policy(top: Keys) -> Policy:
    channels = policy.channels(top.below("channels"))
    return Policy(
        channels=channels,
        tiers=policy.tiers(top.below("tiers")),
        cadences=policy.cadences(top.below("cadences")),
        rhythms=policy.rhythms(top.below("rhythms")),
        relationships=policy.relationships(top.below("relationships")),
        purposes=policy.purposes(top.below("purposes")),
        follow_ups=policy.follow_ups(top.below("outcomes")),
        capacity=Capacity(**_section(top, "capacity", _CAPACITY)),
        courtesy=_courtesy(top.below("contact"), channels),
        travel=Travel(**_section(top, "travel", _TRAVEL)),
        score_weights=ScoreWeights(**_section(top, "score", _SCORE)),
        service=_service(top.below("service")),
        comfort=_comfort(top.below("comfort")),
        budget=_budget(top.below("budget"), channels),
    )


def _service(keys: Keys) -> Service:
    given = keys.given(_SERVICE)
    moves = keys.below("move")
    given.update({f"move_{name}": value for name, value in moves.given(_MOVE).items()})
    moves.close()
    keys.close()
    return Service(**given)


def _comfort(keys: Keys) -> Comfort:
    given = keys.given(_COMFORT)
    set_up = keys.below("set_up")
    given.update(set_up.given(_SET_UP))
    set_up.close()
    keys.close()
    return Comfort(**given)


def _budget(keys: Keys, channels: Mapping[str, Channel]) -> Budget:
    amount = kinds.number(2.5, 0, 1e9)
    whole = keys.given({"kilometre": amount, "most": amount})
    by_channel = keys.given(dict.fromkeys(channels, amount))
    keys.close()
    return Budget(channels=by_channel, **whole)


def _section(top: Keys, name: str, parsers: Mapping[str, kinds.Parser]) -> dict[str, Any]:
    keys = top.below(name)
    given = keys.given(parsers)
    keys.close()
    return given


def _days(value: object) -> int:
    days = kinds.whole("days", _USUAL_DAYS, MONTH_DAYS, _MOST_DAYS)(value)
    if days % MONTH_DAYS:
        raise ValueError(f"{days} days are not a multiple of 30; write 30, 60 or 90")
    return days


def _rep(keys: Keys) -> dict[str, Any]:
    """The rep as far as it stands there, the home's address, and the rep's calendars."""
    given = {"name": USUAL_NAME, "timezone": "", **keys.given(_REP)}
    spans = given.pop("extra_holidays", ())
    given["extra_holidays"] = {day for one in spans for day in each_day(one.first, one.last)}
    home = keys.take("home", kinds.home, None)
    bases = keys.take("bases", kinds.list_of(kinds.base, _A_BASE), ())
    busy = keys.take("busy", kinds.one_or_more("calendar.ics"), ())
    keys.close()
    address = home if isinstance(home, kinds.Address) else None
    place = home if isinstance(home, Coordinates) else None
    rep = Rep(given.pop("name") or USUAL_NAME, home=place, **given)
    return {"rep": rep, "home": address, "bases": bases, "busy": busy}


def _courtesy(keys: Keys, channels: Mapping[str, Channel]) -> Courtesy:
    given = keys.given(_COURTESY)
    parsers = {f"most_{name}": kinds.whole("touches", 3) for name in channels}
    most = {key.removeprefix("most_"): value for key, value in keys.given(parsers).items()}
    keys.close()
    usual = Courtesy()
    return Courtesy(**given, most_by_channel={**usual.most_by_channel, **most})

"""Territory: the whole question. A rep, the accounts, the contacts, the policy, the dates."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from attrs import evolve, fields, frozen

from campaign.errors import Finding, raise_errors
from campaign.model.cadences import Cadence, Purpose, Rhythm
from campaign.model.channels import Budget, Channel
from campaign.model.checks import contradictions
from campaign.model.given import converting, only, taken
from campaign.model.objective import Comfort, Service
from campaign.model.outcomes import FollowUp, Outcome
from campaign.model.policy import Policy
from campaign.model.priorities import ScoreWeights, Tier
from campaign.model.question import Question
from campaign.model.rep import Capacity, Courtesy, Rep, Travel
from campaign.model.values import Place, to_date
from campaign.workdays import Span


class Beside(TypedDict, total=False):
    """What may go with a list of accounts: the other lists of a folder, and its settings."""

    contacts: object
    promises: object
    delivered: object
    refusals: object
    policy: Policy | None
    name: str
    days: int
    closed: Iterable[Span | dt.date | str] | str
    drives: object


@frozen(repr=False, field_transformer=converting, kw_only=True)
class Territory(Question):
    """What the planner plans. Raises `InvalidInput` with every contradiction it holds.

    `start` is the first day and `days` a multiple of 30. On `closed` days nobody is touched, as
    if the rep were on leave; the post goes on. `policy` is what it is played by;
    each part of it (`channels`, `capacity` and so on) may be given by its own name too, and
    goes before the one in `policy`. `delivered` are touches by the delivery team, which count
    to the floor. `refusals` are what people said of being reached, whatever the lists say of
    them; `lived` is what a plan has lived through with whom. `stationery` is what texts are
    written with: templates, the sender, the team, shares. `former` are the names of accounts
    and contacts that an earlier plan knows and the lists do not any more, by the ids of both
    (of an account itself the same twice): for what is told of them, nothing is planned by it.

    `drives` are minutes between `places` in place of straight lines: a matrix of minutes with a
    row and a column a place, an object with such `durations` in seconds (an engine's answer), a
    callable from two coordinates to minutes, or a mapping from the ids of two places. They end
    in `travel.drives`.
    """

    # What of the policy is given by its own name, and drives in any form: laid into the policy,
    # and nothing from then on, so that `evolve` takes each of them as well.
    _channels: Mapping[str, Channel] | None = None
    _tiers: Iterable[Tier] | None = None
    _cadences: Mapping[str, Cadence] | None = None
    _relationships: Mapping[str, str] | None = None
    _rhythms: Mapping[str, Rhythm] | None = None
    _purposes: Mapping[str, Purpose] | None = None
    _follow_ups: Mapping[Outcome, FollowUp] | Mapping[str, FollowUp] | None = None
    _capacity: Capacity | None = None
    _courtesy: Courtesy | None = None
    _travel: Travel | None = None
    _score_weights: ScoreWeights | None = None
    _service: Service | None = None
    _comfort: Comfort | None = None
    _budget: Budget | None = None
    _drives: object = None

    def __attrs_post_init__(self) -> None:
        """Raise `InvalidInput` for ids, names and cadences that do not fit together."""
        put, drives = object.__setattr__, self._drives
        given = {each.name: getattr(self, f"_{each.name}") for each in fields(Policy)}
        parts = {name: part for name, part in given.items() if part is not None}
        put(self, "policy", evolve(self.policy, **parts))
        for name in (*given, "drives"):
            put(self, f"_{name}", None)
        if drives is not None:
            from campaign.geography.drives import checked_drives  # noqa: PLC0415 (numpy, above)

            known = checked_drives(drives, self.travel, self.rep, self.accounts)
            travel = evolve(self.travel, drives=known)
            put(self, "policy", evolve(self.policy, travel=travel))
        raise_errors(contradictions(self))

    def __repr__(self) -> str:
        """The name, the dates and the counts: all of it would be far too long."""
        counts = (
            f"{len(self.accounts)} accounts, {len(self.contacts)} contacts, "
            f"{len(self.promises)} promises"
        )
        return f"<Territory {self.name!r} {self.start}/{self.calendar.end}: {counts}>"

    @classmethod
    def from_records(
        cls,
        accounts: object,
        *,
        start: dt.date | str,
        rep: Rep | None = None,
        **beside: Unpack[Beside],
    ) -> "Territory":
        """The territory of data frames or of mappings, by the rules and headings of the readers.

        `accounts` and the lists `beside` them (`contacts`, `promises`, `delivered`, `refusals`)
        are data frames of pandas or polars, or mappings from headings to cells, one a row; a
        missing value is an empty cell. `policy`, `name`, `days`, `closed` and `drives` are those
        of a territory.
        Addresses are looked up, and what `rep` does not say is taken from the accounts. Raises
        `InvalidInput` with every finding, its row counted from 1, if one of them is an error.
        """
        only(beside, Beside, "from_records")
        from campaign.reading.from_records import territory_of_records  # noqa: PLC0415 (above)

        return territory_of_records(accounts, taken(start, to_date, "start"), rep, beside)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every contradiction and every doubt that the values hold, without their places."""
        return tuple(contradictions(self))

    @property
    def places(self) -> tuple[Place, ...]:
        """What a routing engine is asked about, in the order in which its answer has them.

        Home, the bases, and the active accounts whose coordinates are known.
        """
        from campaign.geography.drives import places_to_send  # noqa: PLC0415 (numpy, above)

        return places_to_send(self.rep, self.accounts)

    def with_tiers(self, tiers: Mapping[str, str]) -> "Territory":
        """The same territory, some accounts in other tiers, by account id."""
        accounts = [
            evolve(account, tier=tiers.get(account.account_id, account.tier))
            for account in self.accounts
        ]
        return evolve(self, accounts=accounts)

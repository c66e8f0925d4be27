"""One list of accounts split among its reps."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

from attrs import evolve, field, fields, frozen

from campaign.errors import Finding
from campaign.model.accounts import Account
from campaign.model.rep import Rep
from campaign.model.territory import Beside, Territory
from campaign.model.values import FrozenDict, frozen_mapping
from campaign.reading.places.assumed import completed

_SEVERAL = re.compile(r"\s*[;,|]\s*")
_NOBODY = Rep("Nobody", timezone="")
_NO_REPS: Mapping[str, Rep] = FrozenDict()


@frozen
class Split:
    """The territory of each rep by the word that names the rep in the list, in its order.

    `findings` tell of the accounts that no rep works, and of those that two would: neither
    are in any territory.
    """

    territories: Mapping[str, Territory] = field(converter=frozen_mapping)
    findings: tuple[Finding, ...] = ()

    def items(self) -> Iterator[tuple[str, Territory]]:
        """The reps with their territories, as of a mapping."""
        return iter(self.territories.items())

    def __getitem__(self, rep: str) -> Territory:
        """The territory of a rep; raises `KeyError`."""
        return self.territories[rep]

    def __len__(self) -> int:
        """How many reps there are."""
        return len(self.territories)


def split(
    accounts: object,
    *,
    start: dt.date | str,
    by: str = "owner",
    reps: Mapping[str, Rep] = _NO_REPS,
    **beside: Unpack[Beside],
) -> Split:
    """A territory for each rep that a column of the list names.

    `accounts` and what goes `beside` them are as `Territory.from_records` takes them; `by` is
    the column that names the rep, `owner` or any other of the list. `reps` are the reps by that
    word; one that is not among them is taken as the rep of that name, at home in the middle of
    the accounts. Each territory is named after its rep, so that the ids of its calendar are its
    own. A matrix of `drives` is one between the accounts whose place is known, in the order of
    the list, and no home. Raises `InvalidInput` with every finding if one of them is an error.
    """
    drives = beside.pop("drives", None)
    whole = Territory.from_records(accounts, start=start, rep=_NOBODY, **beside)
    owned: dict[str, list[Account]] = {}
    findings: list[Finding] = []
    is_field = by in {each.name for each in fields(Account)}
    for row, account in enumerate(whole.accounts, start=1):
        cell = str(getattr(account, by)) if is_field else account.extra.get(by, "")
        words = [*dict.fromkeys(word for word in _SEVERAL.split(cell) if word)]
        if len(words) == 1:
            owned.setdefault(words[0], []).append(account)
        elif account.is_active:
            has = f"two reps, {' and '.join(words)}" if words else "no rep"
            problem = f"{account.name} ({account.account_id}) has {has}"
            remedy = "not planned; name the one who works it"
            findings.append(Finding.notice("accounts", problem, remedy, row=row, column=by))
    for word in reps:
        if word not in owned:
            problem, remedy = (
                f'no account names the rep "{word}"',
                "check the word, or take the rep out",
            )
            findings.append(Finding.notice("accounts", problem, remedy, column=by))
    territories = {word: _of_rep(whole, word, mine, reps.get(word)) for word, mine in owned.items()}
    if drives is not None:
        territories = dict(_driven(territories, drives, whole.accounts))
    return Split(territories, tuple(findings))


def _driven(
    territories: Mapping[str, Territory], drives: object, accounts: Sequence[Account]
) -> Iterator[tuple[str, Territory]]:
    """The territories with the drives that are theirs; a callable is asked for each."""
    from campaign.geography.drives import checked_drives  # noqa: PLC0415 (numpy, where wanted)

    for word, territory in territories.items():
        if not callable(drives):
            drives = checked_drives(drives, territory.travel, _NOBODY, accounts)
        yield word, evolve(territory, drives=drives)


def _of_rep(whole: Territory, word: str, mine: list[Account], rep: Rep | None) -> Territory:
    """The part of a territory that a rep works."""
    if rep is None:
        rep, _ = completed(Rep(word, timezone=""), mine, whole.start.year)
    ids = {account.account_id for account in mine}
    return evolve(
        whole,
        rep=rep,
        accounts=mine,
        contacts=[one for one in whole.contacts if one.account_id in ids],
        promises=[one for one in whole.promises if one.account_id in ids],
        delivered=[one for one in whole.delivered if one.account_id in ids],
        name=", ".join(filter(None, (whole.name, word))),
    )

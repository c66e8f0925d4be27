"""Whose an account is: the rep's, or somebody else's, who works it."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from campaign.errors import Finding, Severity
from campaign.model.accounts import Account

if TYPE_CHECKING:
    from campaign.model.rep import Rep
    from campaign.model.territory import Territory

_MOST_NAMED = 3


def other_owner(rep: "Rep", account: Account) -> str:
    """Whoever else works an account; empty where it is the rep's, or nobody's."""
    if not rep.owner or not account.owner:
        return ""
    mine = {_folded(name) for name in rep.owner}
    return "" if _folded(account.owner) in mine else account.owner


def owned(rep: "Rep", account: Account) -> Account:
    """An account as the rep works it: what is another's is not active."""
    other = other_owner(rep, account)
    return evolve(account, status=f"with {other}") if other and account.is_active else account


def accounts_of_others(territory: "Territory") -> Iterator[Finding]:
    """Accounts that others work: counted and named; and an owner who has none."""
    rep, accounts = territory.rep, [one for one in territory.accounts if one.is_active]
    others = [(other_owner(rep, one), one.name) for one in accounts]
    away = [(who, name) for who, name in others if who]
    if not away:
        return
    counts = Counter(who for who, _ in away)
    names = [name for _, name in away]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    parts = ", ".join(f"{who} {number}" for who, number in sorted(counts.items()))
    yield _notice(
        f"{len(away)} of {len(accounts)} accounts are worked by others ({parts}): "
        f"{', '.join(names[:_MOST_NAMED])}{more}",
        "not touched; add a name that means you, if one of these is yours",
    )
    if len(away) == len(accounts):
        yield _notice(
            f"no account is {' or '.join(rep.owner)}'s",
            "write your name as the column owner has it",
        )


def _notice(problem: str, remedy: str) -> Finding:
    return Finding("campaign", problem, remedy=remedy, column="rep.owner", severity=Severity.NOTICE)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())

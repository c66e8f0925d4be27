"""Accounts found by their domain: of their site, and of the addresses of their people."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from campaign.model.accounts import Account
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Records
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table

_SITE = re.compile(r"(?:[a-z]+://)?(?:[^@/\s]*@)?(?:www\d?\.)?(?P<domain>[\w-]+(?:\.[\w-]+)+)")


@cache
def _headings(kind: str) -> tuple[str, ...]:
    text = files("campaign.reading.exports").joinpath("people.toml").read_text(encoding="utf-8")
    return tuple(map(folded, tomllib.loads(text)[kind]))


def domain_of(text: str) -> str:
    """The domain of a site or of an address for email; empty where there is none."""
    found = _SITE.match(text.strip().casefold())
    return found["domain"] if found else ""


class Domains:
    """The accounts by the domains of their sites, each that only one account has."""

    def __init__(self, accounts: Records[Account]) -> None:
        found: dict[str, set[str]] = {}
        for account in accounts.items:
            for domain in _domains_of(account):
                found.setdefault(domain, set()).add(account.account_id)
        self._ids = {domain: next(iter(ids)) for domain, ids in found.items() if len(ids) == 1}

    def id_of(self, table: Table, row: Row) -> str:
        """The id of the account of a person, by the domain that is told, else that of email."""
        for place in places(table):
            if known := self._ids.get(domain_of(row.at(place)), ""):
                return known
        return ""


def _domains_of(account: Account) -> Iterator[str]:
    for heading, text in account.extra.items():
        if folded(heading) in _headings("domain"):
            yield from filter(None, map(domain_of, re.split(r"[;,\s]+", text)))


def places(table: Table) -> tuple[int, ...]:
    """Where a list of people says a domain: that of the account, then those of email."""
    heads = [folded(heading) for heading in table.headings]
    wanted = (*_headings("domain"), *_headings("email"))
    return tuple(heads.index(head) for head in wanted if head in heads)


def has_domains(table: Table) -> bool:
    """Whether a list of people names the domains of their accounts."""
    return bool(set(map(folded, table.headings)) & set(_headings("domain")))

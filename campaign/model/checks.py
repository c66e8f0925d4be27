"""What values of one territory can contradict in each other: one check each.

`contradictions` goes through the table of contents at the end. The findings name the kind of
value and the place in its tuple (from 1) as file and row; reading puts the true file and row there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from campaign.errors import Finding
from campaign.model import notices
from campaign.model.cadences import OF_WHAT_IS_HEARD, is_as_an_attempt
from campaign.model.question import Question
from campaign.model.runs import main_cadence, main_contact
from campaign.workdays import holidays_are_known

Named = Iterator[tuple[str, str, str]]
"""What the settings name: its kind, the key, and the name."""


def _error(file: str, row: int, column: str, problem: str, remedy: str) -> Finding:
    return Finding(file, problem, remedy=remedy, row=row, column=column)


def repeated_ids(territory: Question) -> Iterator[Finding]:
    """Two accounts, contacts or promises with one id."""
    listed = [one for one in territory.promises if one.is_listed]
    named: Iterable[tuple[str, str, str, Sequence[object]]] = (
        ("accounts", "account_id", "name", territory.accounts),
        ("contacts", "contact_id", "name", territory.contacts),
        ("promises", "promise_id", "what", listed),
    )
    for file, column, what, items in named:
        seen: dict[str, str] = {}
        for row, (own, name) in enumerate(map(attrgetter(column, what), items), start=1):
            if own in seen:
                problem = f'"{own}" is also the id of "{seen[own]}"'
                remedy = "give each an id of its own, or remove the duplicate"
                yield _error(file, row, column, problem, remedy)
            seen.setdefault(own, name)


def no_tiers(territory: Question) -> Iterator[Finding]:
    """No tier at all, or one whose accounts would run nothing."""
    if not territory.tiers:
        yield _error("campaign", 0, "tiers", "no tier is defined", "write one, as [tiers.A]")
    for tier in territory.tiers:
        if not tier.cadence.strip():
            column = f"tiers.{tier.name}.cadence"
            yield _error("campaign", 0, column, "is empty", _one_of(territory.cadences))


def _one_of(names: Collection[str]) -> str:
    return f"write one of {', '.join(names)}" if names else "none is defined"


def unknown_names(territory: Question) -> Iterator[Finding]:
    """A tier, cadence, rhythm, channel or purpose that is named and defined nowhere."""
    known: dict[str, Collection[str]] = {
        "tier": [tier.name for tier in territory.tiers],
        "cadence": territory.cadences,
        "rhythm": territory.rhythms,
        "channel": territory.channels,
        "purpose": territory.purposes,
    }
    settings = (
        (kind, "campaign", 0, column, name)
        for named in (_named_by_tiers, _named_by_steps)
        for kind, column, name in named(territory)
    )
    for kind, file, row, column, name in chain(_named_in_lists(territory), settings):
        if name and name not in known[kind]:
            more = ", or define it under [purposes]" if kind == "purpose" else ""
            yield _error(file, row, column, f'"{name}" is no {kind}', _one_of(known[kind]) + more)


def _named_in_lists(territory: Question) -> Iterator[tuple[str, str, int, str, str]]:
    """What the lists name: its kind, then file, row, column, and the name."""
    named = {"accounts": ("tier", "cadence"), "contacts": ("cadence", "prefers")}
    for file, columns in {**named, "promises": ("channel",)}.items():
        for row, one in enumerate(getattr(territory, file), start=1):
            for column in columns:
                kind = "channel" if column == "prefers" else column
                yield kind, file, row, column, getattr(one, column)


def _named_by_tiers(territory: Question) -> Named:
    for tier in territory.tiers:
        for kind, key in (("cadence", "cadence"), ("cadence", "others"), ("rhythm", "steady")):
            yield kind, f"tiers.{tier.name}.{key}", getattr(tier, key)
    for name, cadence in territory.relationships.items():
        yield "cadence", f"relationships.{name}.cadence", cadence
    yield "cadence", "contact.new_cadence", territory.courtesy.new_cadence
    for outcome, follow_up in territory.follow_ups.items():
        yield "channel", f"outcomes.{outcome}.recover_by", follow_up.recover_by


def _named_by_steps(territory: Question) -> Named:
    for name, cadence in territory.cadences.items():
        for step in cadence.steps:
            place = f"cadences.{name}.{step.name}"
            yield "purpose", f"{place}.purpose", step.purpose
            yield from (("channel", f"{place}.channel", channel) for channel in step.channels)
    for name, rhythm in territory.rhythms.items():
        place = f"rhythms.{name}.touches"
        for beat in rhythm.touches:
            yield "purpose", place, beat.purpose
            yield from (("channel", place, channel) for channel in beat.channels)


def unknown_accounts(territory: Question) -> Iterator[Finding]:
    """A contact, a promise or a delivered touch of an account that is not in the list."""
    ids = {account.account_id for account in territory.accounts}
    remedy = "add the account, correct the id, or remove the row"
    for file in ("contacts", "promises", "delivered"):
        for row, one in enumerate(getattr(territory, file), start=1):
            if one.account_id not in ids:
                problem = f'"{one.account_id}" is no account of the list'
                yield _error(file, row, "account_id", problem, remedy)


def openings_of_grievances(territory: Question) -> Iterator[Finding]:
    """A grievance account whose cadence opens without a visit or a call, or by selling (R12)."""
    tiers = {tier.name for tier in territory.tiers}
    if not tiers or not all(account.tier in ("", *tiers) for account in territory.accounts):
        return
    seen: set[str] = set()
    for row, account in enumerate(territory.ranked_accounts, start=1):
        if not (account.has_grievance and account.is_active):
            continue
        name = main_cadence(territory, account, main_contact(territory, account))
        if name not in territory.cadences:
            continue
        first = territory.cadences[name].steps[0]
        if first.after is not None or not {"visit", "call"} & set(first.channels):
            problem = (
                f'the account has a grievance, and its cadence "{name}" does not open '
                "with a visit or a call"
            )
            remedy = "let its first step be by visit or call, or leave the cadence empty"
            yield _error("accounts", row, "cadence", problem, remedy)
        purpose = territory.purposes.get(first.purpose)
        if purpose and purpose.selling and name not in seen:
            seen.add(name)
            column = f"cadences.{name}.{first.name}.purpose"
            opening = f'a grievance account runs this cadence, and "{first.purpose}", its opening'
            remedy = "let it open with another purpose, as listen or recover"
            yield _error("campaign", 0, column, f"{opening}, sells", remedy)


def unfit_promises(territory: Question) -> Iterator[Finding]:
    """A purpose `promise` of one's own that sells, and a promise whose id is the name of a step.

    Promises are owed from the first day; touches of such a step and promise could have one id.
    """
    purpose = territory.purposes.get("promise")
    if purpose and purpose.selling:
        problem = "what is promised is owed from the first day, and selling waits for day 31"
        remedy = "take selling away, or give the purpose that sells another name"
        yield _error("campaign", 0, "purposes.promise.selling", problem, remedy)
    for row, promise in enumerate(territory.promises, start=1):
        own, problem = promise.promise_id, ""
        if any(cadence.has(own) for cadence in territory.cadences.values()):
            problem = "is also the name of a step"
        elif is_as_an_attempt(own) or own == OF_WHAT_IS_HEARD:
            problem = "is what the plan calls a row of another kind"
        if problem:
            remedy = "give the promise an id of its own, as P-1"
            yield _error("promises", row, "promise_id", f'"{own}" {problem}', remedy)


def unknown_country_of_rep(territory: Question) -> Iterator[Finding]:
    """A country or region of the rep whose public holidays are not known."""
    rep = territory.rep
    if not holidays_are_known(rep.country, rep.region, territory.start.year):
        place = "-".join(filter(None, (rep.country, rep.region)))
        problem = f'no public holidays are known for "{place}"'
        remedy = "write the two letters of ISO 3166, as US, DE or GB, and its subdivision"
        column = "rep.region" if rep.region else "rep.country"
        yield _error("campaign", 0, column, problem, remedy)


CHECKS: tuple[Callable[[Question], Iterator[Finding]], ...] = (
    repeated_ids,
    no_tiers,
    unknown_names,
    unknown_accounts,
    openings_of_grievances,
    unfit_promises,
    unknown_country_of_rep,
    notices.unknown_contacts,
    notices.people_who_stand_twice,
    notices.numbers_that_several_share,
    notices.accounts_of_others,
    notices.cadences_over_ceilings,
    notices.odd_figures,
    notices.doubtful_promises,
    notices.doubtful_places_and_moods,
)


def contradictions(territory: Question) -> Iterator[Finding]:
    """Every contradiction and doubt in a territory, check by check."""
    for check in CHECKS:
        yield from check(territory)

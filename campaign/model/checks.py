"""What values of one territory can contradict in each other: one check each.

`contradictions` goes through the table of contents at the end. The findings name the kind of
value and the place in its tuple (from 1) as file and row; reading puts the true file and row there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from campaign.errors import Finding
from campaign.model import notices
from campaign.model.cadences import OF_WHAT_IS_HEARD, is_as_an_attempt
from campaign.model.question import Question
from campaign.model.runs import main_cadence, main_contact
from campaign.workdays import holidays_are_known

Check = Callable[[Question], Iterator[Finding]]
Named = Iterator[tuple[str, str, int, str, str]]
"""What is named somewhere: its kind, then file, row, column, and the name."""


def contradictions(territory: Question) -> Iterator[Finding]:
    """Every contradiction and doubt in a territory, check by check."""
    for check in CHECKS:
        yield from check(territory)


def _error(file: str, row: int, column: str, problem: str, remedy: str) -> Finding:
    return Finding(file, problem, remedy=remedy, row=row, column=column)


def repeated_ids(territory: Question) -> Iterator[Finding]:
    """Two accounts, contacts or promises with one id."""
    listed = (one for one in territory.promises if one.is_listed)
    named: Iterable[tuple[str, str, Iterable[tuple[str, str]]]] = (
        ("accounts", "account_id", ((one.account_id, one.name) for one in territory.accounts)),
        ("contacts", "contact_id", ((one.contact_id, one.name) for one in territory.contacts)),
        ("promises", "promise_id", ((one.promise_id, one.what) for one in listed)),
    )
    for file, column, ids in named:
        seen: dict[str, str] = {}
        for row, (own, name) in enumerate(ids, start=1):
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
    for named in (_named_in_lists, _named_by_tiers, _named_by_steps):
        for kind, file, row, column, name in named(territory):
            if name and name not in known[kind]:
                remedy = _one_of(known[kind])
                if kind == "purpose":
                    remedy += ", or define it under [purposes]"
                yield _error(file, row, column, f'"{name}" is no {kind}', remedy)


def _named_in_lists(territory: Question) -> Named:
    for row, account in enumerate(territory.accounts, start=1):
        yield "tier", "accounts", row, "tier", account.tier
        yield "cadence", "accounts", row, "cadence", account.cadence
    for row, contact in enumerate(territory.contacts, start=1):
        yield "cadence", "contacts", row, "cadence", contact.cadence
        yield "channel", "contacts", row, "prefers", contact.prefers
    for row, promise in enumerate(territory.promises, start=1):
        yield "channel", "promises", row, "channel", promise.channel


def _named_by_tiers(territory: Question) -> Named:
    for tier in territory.tiers:
        table = f"tiers.{tier.name}"
        yield "cadence", "campaign", 0, f"{table}.cadence", tier.cadence
        yield "cadence", "campaign", 0, f"{table}.others", tier.others
        yield "rhythm", "campaign", 0, f"{table}.steady", tier.steady
    for name, cadence in territory.relationships.items():
        yield "cadence", "campaign", 0, f"relationships.{name}.cadence", cadence
    yield "cadence", "campaign", 0, "contact.new_cadence", territory.courtesy.new_cadence
    for outcome, follow_up in territory.follow_ups.items():
        column = f"outcomes.{outcome}.recover_by"
        yield "channel", "campaign", 0, column, follow_up.recover_by


def _named_by_steps(territory: Question) -> Named:
    for name, cadence in territory.cadences.items():
        for step in cadence.steps:
            place = f"cadences.{name}.{step.name}"
            yield "purpose", "campaign", 0, f"{place}.purpose", step.purpose
            for channel in step.channels:
                yield "channel", "campaign", 0, f"{place}.channel", channel
    for name, rhythm in territory.rhythms.items():
        place = f"rhythms.{name}.touches"
        for beat in rhythm.touches:
            yield "purpose", "campaign", 0, place, beat.purpose
            for channel in beat.channels:
                yield "channel", "campaign", 0, place, channel


def unknown_accounts(territory: Question) -> Iterator[Finding]:
    """A contact, a promise or a delivered touch of an account that is not in the list."""
    ids = {account.account_id for account in territory.accounts}
    lists = (
        ("contacts", [one.account_id for one in territory.contacts]),
        ("promises", [one.account_id for one in territory.promises]),
        ("delivered", [one.account_id for one in territory.delivered]),
    )
    remedy = "add the account, correct the id, or remove the row"
    for file, named in lists:
        for row, account_id in enumerate(named, start=1):
            if account_id not in ids:
                problem = f'"{account_id}" is no account of the list'
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


def promises_that_sell(territory: Question) -> Iterator[Finding]:
    """A purpose `promise` of one's own that sells: promises are owed from the first day."""
    purpose = territory.purposes.get("promise")
    if purpose and purpose.selling:
        problem = "what is promised is owed from the first day, and selling waits for day 31"
        remedy = "take selling away, or give the purpose that sells another name"
        yield _error("campaign", 0, "purposes.promise.selling", problem, remedy)


def promises_named_as_steps(territory: Question) -> Iterator[Finding]:
    """A promise whose id is the name of a step: their touches could have one id."""
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


CHECKS: tuple[Check, ...] = (
    repeated_ids,
    no_tiers,
    unknown_names,
    unknown_accounts,
    openings_of_grievances,
    promises_that_sell,
    promises_named_as_steps,
    unknown_country_of_rep,
    notices.unknown_contacts,
    notices.people_who_stand_twice,
    notices.numbers_that_several_share,
    notices.accounts_of_others,
    notices.cadences_over_ceilings,
    notices.visits_that_do_not_travel,
    notices.zeros,
    notices.doubtful_promises,
    notices.unknown_region_of_rep,
    notices.doubtful_accounts,
)

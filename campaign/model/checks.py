"""What values of one territory can contradict in each other: one small check each.

`contradictions` is the table of contents. The findings name the kind of value and the
place in its tuple (from 1) as file and row; reading puts the true file and row there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from campaign.errors import Finding
from campaign.model.cadences import OF_WHAT_IS_HEARD, Cadence, is_as_an_attempt
from campaign.model.notices import (
    accounts_of_others,
    cadences_over_ceilings,
    contradictory_grievances,
    numbers_that_several_share,
    people_who_stand_twice,
    promises_due_before_the_opening,
    promises_to_accounts_that_rest,
    unknown_contacts,
    unknown_countries_of_accounts,
    unknown_region_of_rep,
    visits_that_do_not_travel,
    zeros,
)
from campaign.model.question import Question
from campaign.model.runs import main_cadence, main_contact
from campaign.workdays import holidays_are_known

Check = Callable[[Question], Iterator[Finding]]


def contradictions(territory: Question) -> Iterator[Finding]:
    """Every contradiction and doubt in a territory, check by check."""
    for check in CHECKS:
        yield from check(territory)


def _known(names: Iterable[str]) -> str:
    return f"write one of {', '.join(names)}" if names else "none is defined"


def repeated_ids(territory: Question) -> Iterator[Finding]:
    """Two accounts, contacts or promises with one id."""
    accounts = ((account.account_id, account.name) for account in territory.accounts)
    contacts = ((contact.contact_id, contact.name) for contact in territory.contacts)
    promises = (
        (promise.promise_id, promise.what) for promise in territory.promises if promise.is_listed
    )
    yield from _repeated("accounts", "account_id", accounts)
    yield from _repeated("contacts", "contact_id", contacts)
    yield from _repeated("promises", "promise_id", promises)


def _repeated(file: str, column: str, named: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for row, (value_id, name) in enumerate(named, start=1):
        if value_id in seen:
            yield Finding(
                file,
                f'"{value_id}" is also the id of "{seen[value_id]}"',
                remedy="give each an id of its own, or remove the duplicate",
                row=row,
                column=column,
            )
        seen.setdefault(value_id, name)


def unknown_tiers(territory: Question) -> Iterator[Finding]:
    """An account of a tier that is not defined, or no tier at all."""
    names = [tier.name for tier in territory.tiers]
    if not names:
        yield Finding(
            "campaign", "no tier is defined", remedy="write one, as [tiers.A]", column="tiers"
        )
    rows = enumerate(territory.accounts, start=1)
    named = (("accounts", row, "tier", account.tier) for row, account in rows)
    yield from _unknown("tier", named, names)


def _unknown(
    kind: str, named: Iterable[tuple[str, int, str, str]], known: Collection[str]
) -> Iterator[Finding]:
    """What is named, by file, row, column and name, and is defined nowhere."""
    for file, row, column, name in named:
        if name and name not in known:
            problem = f'"{name}" is no {kind}'
            yield Finding(file, problem, remedy=_known(known), row=row, column=column)


def unknown_cadences(territory: Question) -> Iterator[Finding]:
    """A cadence that is named somewhere and defined nowhere."""
    yield from _unknown("cadence", _named_cadences(territory), territory.cadences)


def tiers_without_cadence(territory: Question) -> Iterator[Finding]:
    """A tier whose accounts would run nothing."""
    for tier in territory.tiers:
        if not tier.cadence.strip():
            yield Finding(
                "campaign",
                "is empty",
                remedy=_known(territory.cadences),
                column=f"tiers.{tier.name}.cadence",
            )


def _named_cadences(territory: Question) -> Iterator[tuple[str, int, str, str]]:
    for row, account in enumerate(territory.accounts, start=1):
        yield "accounts", row, "cadence", account.cadence
    for row, contact in enumerate(territory.contacts, start=1):
        yield "contacts", row, "cadence", contact.cadence
    for tier in territory.tiers:
        yield "campaign", 0, f"tiers.{tier.name}.cadence", tier.cadence
        yield "campaign", 0, f"tiers.{tier.name}.others", tier.others
    for name, cadence in territory.relationships.items():
        yield "campaign", 0, f"relationships.{name}.cadence", cadence
    yield "campaign", 0, "contact.new_cadence", territory.courtesy.new_cadence


def unknown_rhythms(territory: Question) -> Iterator[Finding]:
    """A rhythm that a tier names and that is defined nowhere."""
    named = (("campaign", 0, f"tiers.{tier.name}.steady", tier.steady) for tier in territory.tiers)
    yield from _unknown("rhythm", named, territory.rhythms)


def unknown_accounts(territory: Question) -> Iterator[Finding]:
    """A contact, a promise or a delivered touch of an account that is not in the list."""
    ids = {account.account_id for account in territory.accounts}
    owners = [
        ("contacts", row, contact.account_id)
        for row, contact in enumerate(territory.contacts, start=1)
    ]
    owners += [
        ("promises", row, promise.account_id)
        for row, promise in enumerate(territory.promises, start=1)
    ]
    owners += [
        ("delivered", row, touch.account_id)
        for row, touch in enumerate(territory.delivered, start=1)
    ]
    for file, row, account_id in owners:
        if account_id not in ids:
            yield Finding(
                file,
                f'"{account_id}" is no account of the list',
                remedy="add the account, correct the id, or remove the row",
                row=row,
                column="account_id",
            )


def unknown_channels(territory: Question) -> Iterator[Finding]:
    """A channel that is named somewhere and defined nowhere."""
    yield from _unknown("channel", _named_channels(territory), territory.channels)


def _named_channels(territory: Question) -> Iterator[tuple[str, int, str, str]]:
    for row, promise in enumerate(territory.promises, start=1):
        yield "promises", row, "channel", promise.channel
    for outcome, follow_up in territory.follow_ups.items():
        yield "campaign", 0, f"outcomes.{outcome}.recover_by", follow_up.recover_by
    for row, contact in enumerate(territory.contacts, start=1):
        yield "contacts", row, "prefers", contact.prefers
    for name, cadence in territory.cadences.items():
        for step in cadence.steps:
            for channel in step.channels:
                yield "campaign", 0, f"cadences.{name}.{step.name}.channel", channel
    for name, rhythm in territory.rhythms.items():
        for beat in rhythm.touches:
            for channel in beat.channels:
                yield "campaign", 0, f"rhythms.{name}.touches", channel


def unknown_purposes(territory: Question) -> Iterator[Finding]:
    """A step, or a touch of a rhythm, for a purpose that is not defined."""
    remedy = f"{_known(territory.purposes)}, or define it under [purposes]"
    named = [
        (f"cadences.{name}.{step.name}.purpose", step.purpose)
        for name, cadence in territory.cadences.items()
        for step in cadence.steps
    ]
    named += [
        (f"rhythms.{name}.touches", beat.purpose)
        for name, rhythm in territory.rhythms.items()
        for beat in rhythm.touches
    ]
    for place, purpose in named:
        if purpose not in territory.purposes:
            problem = f'"{purpose}" is no purpose'
            yield Finding("campaign", problem, remedy=remedy, column=place)


def grievances_that_cannot_open(territory: Question) -> Iterator[Finding]:
    """A grievance account that runs a cadence which does not open with a visit or a call."""
    for row, cadence in _cadences_of_grievances(territory):
        if not opens_by_talk(cadence):
            yield Finding(
                "accounts",
                f'the account has a grievance, and its cadence "{cadence.name}" does not open '
                "with a visit or a call",
                remedy="let its first step be by visit or call, or leave the cadence empty",
                row=row,
                column="cadence",
            )


def grievances_that_open_by_selling(territory: Question) -> Iterator[Finding]:
    """A grievance account whose cadence opens with a selling purpose, which R12 forbids."""
    seen: set[str] = set()
    for _, cadence in _cadences_of_grievances(territory):
        step = cadence.steps[0]
        purpose = territory.purposes.get(step.purpose)
        if purpose and purpose.selling and cadence.name not in seen:
            seen.add(cadence.name)
            yield Finding(
                "campaign",
                f'a grievance account runs this cadence, and "{step.purpose}", its opening, sells',
                remedy="let it open with another purpose, as listen or recover",
                column=f"cadences.{cadence.name}.{step.name}.purpose",
            )


def _cadences_of_grievances(territory: Question) -> Iterator[tuple[int, Cadence]]:
    """The row of each active grievance account, and the cadence of its main contact."""
    names = {tier.name for tier in territory.tiers}
    if not names or not all(account.tier in ("", *names) for account in territory.accounts):
        return
    for row, account in enumerate(territory.ranked_accounts, start=1):
        if account.has_grievance and account.is_active:
            name = main_cadence(territory, account, main_contact(territory, account))
            if name in territory.cadences:
                yield row, territory.cadences[name]


def promises_that_sell(territory: Question) -> Iterator[Finding]:
    """A purpose `promise` of one's own that sells: promises are owed from the first day."""
    purpose = territory.purposes.get("promise")
    if purpose and purpose.selling:
        yield Finding(
            "campaign",
            "what is promised is owed from the first day, and selling waits for day 31",
            remedy="take selling away, or give the purpose that sells another name",
            column="purposes.promise.selling",
        )


def opens_by_talk(cadence: Cadence) -> bool:
    """Whether the first step of a cadence can be a visit or a call and follows nothing."""
    first = cadence.steps[0]
    return first.after is None and bool({"visit", "call"} & set(first.channels))


def promises_named_as_steps(territory: Question) -> Iterator[Finding]:
    """A promise whose id is the name of a step: their touches could have one id."""
    for row, promise in enumerate(territory.promises, start=1):
        if any(cadence.has(promise.promise_id) for cadence in territory.cadences.values()):
            yield Finding(
                "promises",
                f'"{promise.promise_id}" is also the name of a step',
                remedy="give the promise an id of its own, as P-1",
                row=row,
                column="promise_id",
            )
        elif is_as_an_attempt(promise.promise_id) or promise.promise_id == OF_WHAT_IS_HEARD:
            yield Finding(
                "promises",
                f'"{promise.promise_id}" is what the plan calls a row of another kind',
                remedy="give the promise an id of its own, as P-1",
                row=row,
                column="promise_id",
            )


def unknown_country_of_rep(territory: Question) -> Iterator[Finding]:
    """A country or region of the rep whose public holidays are not known."""
    rep = territory.rep
    if not holidays_are_known(rep.country, rep.region, territory.start.year):
        place = "-".join(filter(None, (rep.country, rep.region)))
        yield Finding(
            "campaign",
            f'no public holidays are known for "{place}"',
            remedy="write the two letters of ISO 3166, as US, DE or GB, and its subdivision",
            column="rep.region" if rep.region else "rep.country",
        )


CHECKS: tuple[Check, ...] = (
    repeated_ids,
    unknown_tiers,
    tiers_without_cadence,
    unknown_cadences,
    unknown_rhythms,
    unknown_accounts,
    unknown_contacts,
    people_who_stand_twice,
    numbers_that_several_share,
    accounts_of_others,
    cadences_over_ceilings,
    unknown_channels,
    unknown_purposes,
    grievances_that_cannot_open,
    grievances_that_open_by_selling,
    promises_that_sell,
    visits_that_do_not_travel,
    zeros,
    promises_to_accounts_that_rest,
    promises_due_before_the_opening,
    promises_named_as_steps,
    contradictory_grievances,
    unknown_country_of_rep,
    unknown_region_of_rep,
    unknown_countries_of_accounts,
)

"""What is assumed where nothing is said: home, time zone, country, tiers; each said aloud."""

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import evolve

from campaign.geography.places import medoid, region_at, zone_at
from campaign.model.accounts import Account
from campaign.model.notices import BY_REGION
from campaign.model.priorities import tells_something, without_tier
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.model.values import Coordinates
from campaign.workdays import holidays_are_known

_NO_ZONE = "UTC"


def completed(
    rep: Rep, accounts: Sequence[Account], year: int, *, is_home_given: bool = False
) -> tuple[Rep, tuple[str, ...]]:
    """The rep with a home, a time zone and a country, and a sentence on each one assumed.

    `is_home_given` says that a home is named, whose place is not known.
    """
    worked = [account for account in accounts if account.is_active] or accounts
    said: list[str] = []
    if rep.home is None:
        missing = "the home is at no place that is known" if is_home_given else "no home is given"
        rep = _with_home(rep, worked, said, missing)
    if not rep.country:
        rep = _with_country(rep, worked, year, said)
    if not rep.timezone:
        rep = _with_timezone(rep, worked, said)
    if rep.country in BY_REGION and not rep.region and rep.home:
        rep = _with_region(rep, rep.home, said)
    return rep, tuple(said)


def _with_home(rep: Rep, accounts: Sequence[Account], said: list[str], missing: str) -> Rep:
    places = {account.coordinates: account for account in reversed(accounts)}
    known = [place for place in (account.coordinates for account in accounts) if place]
    home = medoid(known)
    if home is None:
        said.append(f"{missing} and no account has coordinates: all drives are guesses")
        return rep
    said.append(
        f"{missing}: taken in the middle of the accounts, at {places[home].name} "
        f"({home.latitude:.4f}, {home.longitude:.4f})"
    )
    return evolve(rep, home=home)


def _with_country(rep: Rep, accounts: Sequence[Account], year: int, said: list[str]) -> Rep:
    country = _commonest(
        account.country
        for account in accounts
        if account.country and holidays_are_known(account.country, "", year)
    )
    if country:
        said.append(f"no country is given: {country}, as most accounts; its public holidays hold")
    return evolve(rep, country=country)


def _with_timezone(rep: Rep, accounts: Sequence[Account], said: list[str]) -> Rep:
    zone = _commonest(account.timezone for account in accounts if account.timezone)
    zone = zone or _commonest(filter(None, map(_zone_of_place, accounts))) or _zone_of_home(rep)
    if zone:
        said.append(f"no time zone is given: {zone}, as most accounts")
    else:
        said.append(f"no time zone is given or known from a place: {_NO_ZONE}")
    return evolve(rep, timezone=zone or _NO_ZONE)


def _with_region(rep: Rep, home: Coordinates, said: list[str]) -> Rep:
    region = region_at(rep.country, home)
    if region:
        said.append(
            f"no region is given: {rep.country}-{region}, where the home is; its public holidays "
            f'hold (another: region = "..." under [rep])'
        )
    return evolve(rep, region=region)


def _zone_of_place(account: Account) -> str:
    place = account.coordinates
    return zone_at(place) if place else ""


def _zone_of_home(rep: Rep) -> str:
    return zone_at(rep.home) if rep.home else ""


def _commonest(words: Iterable[str]) -> str:
    """The word that stands most often, the first of equals; empty where there is none."""
    return next((word for word, _ in Counter(words).most_common(1)), "")


def said_of_tiers(territory: Territory) -> tuple[str, ...]:
    """A sentence on the tiers of accounts that have none, if there are any."""
    without = without_tier(territory.accounts)
    if not without:
        return ()
    if not tells_something(territory.accounts):
        lowest = territory.tiers[-1].name
        none = f"{_counted(len(without))} no tier, nor anything to compute one from"
        return (f"{none}: taken as {lowest}, the lowest",)
    ids = {account.account_id for account in without}
    ranked = Counter(a.tier for a in territory.ranked_accounts if a.account_id in ids)
    parts = ", ".join(f"{ranked[tier.name]} {tier.name}" for tier in territory.tiers)
    return (f"{_counted(len(without))} no tier: computed from their scores ({parts})",)


def _counted(number: int) -> str:
    return "1 account has" if number == 1 else f"{number} accounts have"

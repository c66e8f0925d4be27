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
from campaign.phrases import counted
from campaign.workdays import holidays_are_known


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
        known = (one.country for one in worked if holidays_are_known(one.country, "", year))
        if country := commonest(known):
            rep = evolve(rep, country=country)
            hold = "as most accounts; its public holidays hold"
            said.append(f"no country is given: {country}, {hold}")
    if not rep.timezone:
        at = (zone_at(one.coordinates) for one in worked if one.coordinates)
        zone = commonest(one.timezone for one in worked) or commonest(at)
        zone = zone or (zone_at(rep.home) if rep.home else "")
        rep = evolve(rep, timezone=zone or "UTC")
        unknown = "no time zone is given or known from a place: UTC"
        said.append(f"no time zone is given: {zone}, as most accounts" if zone else unknown)
    if rep.country in BY_REGION and not rep.region and rep.home:
        if region := region_at(rep.country, rep.home):
            said.append(
                f"no region is given: {rep.country}-{region}, where the home is; its public "
                f'holidays hold (another: region = "..." under [rep])'
            )
        rep = evolve(rep, region=region)
    return rep, tuple(said)


def _with_home(rep: Rep, accounts: Sequence[Account], said: list[str], missing: str) -> Rep:
    places = {account.coordinates: account for account in reversed(accounts)}
    home = medoid([place for place in (one.coordinates for one in accounts) if place])
    if home is None:
        said.append(f"{missing} and no account has coordinates: all drives are guesses")
        return rep
    said.append(
        f"{missing}: taken in the middle of the accounts, at {places[home].name} "
        f"({home.latitude:.4f}, {home.longitude:.4f})"
    )
    return evolve(rep, home=home)


def commonest(words: Iterable[str]) -> str:
    """The word that stands most often, the first of equals; empty where there is none."""
    return next((word for word, _ in Counter(filter(None, words)).most_common(1)), "")


def said_of_tiers(territory: Territory) -> tuple[str, ...]:
    """A sentence on the tiers of accounts that have none, if there are any."""
    without = without_tier(territory.accounts)
    if not without:
        return ()
    some = counted(len(without), "account has", "accounts have")
    if not tells_something(territory.accounts):
        lowest = territory.tiers[-1].name
        none = "no tier, nor anything to compute one from"
        return (f"{some} {none}: taken as {lowest}, the lowest",)
    ids = {account.account_id for account in without}
    ranked = Counter(a.tier for a in territory.ranked_accounts if a.account_id in ids)
    parts = ", ".join(f"{ranked[tier.name]} {tier.name}" for tier in territory.tiers)
    return (f"{some} no tier: computed from their scores ({parts})",)

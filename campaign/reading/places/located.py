"""Accounts and home put on the map by their addresses, and what is doubtful in that."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from statistics import median

from attrs import evolve, field, frozen

from campaign.errors import Finding
from campaign.geography.places import (
    FoundPlace,
    cities,
    countries_of,
    find,
    find_account,
    find_postal_code,
    region_code,
    zone_at,
)
from campaign.geography.travel import kilometres
from campaign.model.accounts import Account, Contact
from campaign.model.rep import Base, Rep
from campaign.model.values import Coordinates, Precision, coordinates_of, turned
from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.lists.records import Records
from campaign.reading.settings.campaign_toml import Settings
from campaign.reading.settings.document import Document
from campaign.reading.settings.toml_values import Address

_FAR_KM = 75
_FAR_FROM_ALL_KM = 1500
_NEAR_ALL_KM = 800
_ENOUGH = 3
_MOST_SINGLE = 10
_COLUMN = "latitude"
_ADDRESS = ("street", "city", "region", "postal_code", "latitude", "longitude")
_HOME, _BASES = "rep.home", "rep.bases"
_GUESSED = (
    "a drive of unknown length is reckoned; fill in latitude and longitude, "
    "or postal_code or city, and country"
)
_LOOK_UP = (
    "a drive of unknown length is reckoned; make the territory with Territory.from_records, "
    "which looks it up, or give latitude and longitude"
)


def with_addresses_of_people(
    accounts: Records[Account], contacts: Records[Contact]
) -> Records[Account]:
    """The accounts, those that say nothing of where they are at the address of a person there.

    It is that of the first who has one: an address, or coordinates.
    """
    known: dict[str, Contact] = {}
    for person in contacts.items:
        if person.city or person.postal_code or person.latitude is not None:
            known.setdefault(person.account_id, person)

    def _at_that_of_a_person(account: Account, _row: int) -> Account:
        person = known.get(account.account_id)
        if person is None or account.coordinates or account.address:
            return account
        parts = {name: getattr(person, name) for name in _ADDRESS}
        return evolve(account, **parts, country=person.country or account.country)

    accounts, changed = accounts.each(_at_that_of_a_person)
    which = counted(len(changed), "account is", "accounts are")
    said = f"{accounts.file}: {which} without an address, and taken at that of a person there"
    return accounts.saying(said if changed else "")


def zoned_contacts(contacts: Records[Contact], country: str) -> Records[Contact]:
    """The contacts, those with an address of their own in the time zone that it tells."""

    def _zoned(one: Contact, _row: int) -> Contact:
        place = coordinates_of(one.latitude, one.longitude)
        if one.timezone or place:
            return evolve(one, timezone=zone_at(place)) if place and not one.timezone else one
        parts = {"postal_code": one.postal_code, "city": one.city, "region": one.region}
        spot = find(one.country or country, **parts)
        return evolve(one, timezone=spot.timezone) if spot else one

    return contacts.each(_zoned)[0]


@frozen
class Home:
    """The rep with a home by its address, as far as it is known, and what is to be said."""

    rep: Rep
    said: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)


def home_of(settings: Settings, country: str) -> Home:
    """The rep at the home and the bases that are found; a notice on each other place."""
    rep, document = settings.rep, settings.document
    said: list[str] = []
    findings: list[Finding] = []

    def _found(address: Address, key: str) -> tuple[str, FoundPlace | None]:
        """The country and the spot of an address, where nobody says which that of the only one."""
        code = address.country or rep.country or country
        everywhere = () if code else countries_of(address.city, address.region)
        code = everywhere[0] if len(everywhere) == 1 else code
        its = {"postal_code": address.postal_code, "city": address.city, "region": address.region}
        spot = find(code, **its)
        if spot is None:
            problem = f"the place {_not_known(str(address), code)}"
            remedy = "planned without it; write { latitude = 44.94, longitude = -123.03 }"
            findings.append(_in(document, key, problem, remedy))
        return code, spot

    if settings.home:
        code, spot = _found(settings.home, _HOME)
        if spot:
            at = spot.coordinates
            where = f"{spot.name} ({at.latitude:.4f}, {at.longitude:.4f})"
            said.append(f"home is taken at {where}, by its {spot.precision}")
            if spot.others:
                findings.append(_in(document, _HOME, *_several(spot, settings.home.city)))
            rep = evolve(
                rep,
                home=at,
                home_located_by=spot.precision,
                timezone=rep.timezone or spot.timezone,
                country=rep.country or ("" if country else code),
            )
    bases: list[Base] = []
    for base in settings.bases:
        place = base.place
        if isinstance(place, Address):
            _, spot = _found(place, _BASES)
            if spot is None:
                continue
            said.append(f"the base {place} is taken at {spot.name}, by its {spot.precision}")
            place = spot.coordinates
        bases.append(Base(place, weekdays=base.weekdays, days=base.days, since=base.since))
    return Home(evolve(rep, bases=bases), tuple(said), findings=tuple(findings))


def far_home(rep: Rep, accounts: Sequence[Account], document: Document) -> Iterator[Finding]:
    """A home far from every account: exchanged, of the wrong sign, or of another place.

    Of a home and an account or two nobody knows which is wrong.
    """
    known = [each.coordinates for each in accounts if each.is_active and each.coordinates]
    if rep.home is None or len(known) < _ENOUGH or _near(rep.home, known, _FAR_FROM_ALL_KM):
        return
    distance = min(kilometres(rep.home, each) for each in known)
    there = f"{rep.home.latitude}, {rep.home.longitude}"
    problem = f"{there} lies {distance:,.0f} km from the nearest account"
    yield _in(document, _HOME, problem, _what_would_be_near(rep.home, known, _NEAR_ALL_KM))


def _in(document: Document, key: str, problem: str, remedy: str) -> Finding:
    """A notice on a key of the settings."""
    return Finding.notice(document.file, problem, remedy, row=document.line(_HOME), column=key)


def _not_known(words: str, country: str) -> str:
    where = f"in {country}" if country else "without a country"
    return f'"{shown(words)}" is not known {where}'


def _several(spot: FoundPlace, city: str) -> tuple[str, str]:
    places = "another place" if spot.others == 1 else f"{spot.others} other places"
    return (
        f'"{shown(city)}" is also the name of {places} of the country; taken as {spot.name}',
        "write the postal code, the region, or latitude and longitude",
    )


@frozen
class Places:
    """The active accounts with their lines, and the country where nothing else is said.

    `told` are the lines of which it is said already that their coordinates cannot be used.
    """

    file: str
    active: Sequence[tuple[int, Account]]
    country: str
    told: frozenset[int] = frozenset()

    def doubts(self) -> Iterator[Finding]:
        """What is missing or doubtful in the places of the accounts, check by check."""
        yield from self.without_place()
        yield from self.by_address()
        for row, account in self.active:
            country = account.country or self.country
            if account.precision is Precision.CITY:
                spot = find_account(account, self.country)
                if spot and spot.others:  # a city of several, where nothing says which
                    yield self._notice(row, *_several(spot, account.city), column="city")
            elif account.precision is Precision.GIVEN and account.coordinates:
                yield from self.misplaced(row, account, account.coordinates, country)
            elif account.precision is Precision.POSTAL_CODE:
                yield from self.elsewhere(row, account, country)

    def without_place(self) -> Iterator[Finding]:
        """Accounts whose place is not known: their drives are guesses."""
        lacking = [(row, each) for row, each in self.active if each.coordinates is None]
        if len(lacking) > _MOST_SINGLE:
            some = f"{len(lacking)} of {len(self.active)} active accounts"
            yield self._notice(0, f"{some} have no place that is known", _GUESSED)
            return
        for row, account in lacking:
            if row in self.told:
                continue
            words = " ".join(filter(None, (account.postal_code, account.city)))
            why = f": {_not_known(words, account.country or self.country)}" if words else ""
            remedy = _GUESSED
            if find_account(account, self.country):  # a value that no reader has placed
                why, remedy = ": nobody has looked up its address", _LOOK_UP
            yield self._notice(row, f"the place of {account.name} is not known{why}", remedy)

    def by_address(self) -> Iterator[Finding]:
        """How many accounts are placed by their address, and by what of it."""
        known = Counter(account.precision for _, account in self.active)
        by = [each for each in (Precision.POSTAL_CODE, Precision.CITY) if known[each]]
        if by:
            number = sum(known[each] for each in by)
            verb = "is placed by its address" if number == 1 else "are placed by their address"
            parts = ", ".join(f"{known[each]} by {each}" for each in by)
            problem = f"{number} of {len(self.active)} active accounts {verb} ({parts})"
            remedy = "good to some kilometres; fill in latitude and longitude for exact drives"
            yield self._notice(0, problem, remedy)

    def misplaced(
        self, row: int, account: Account, place: Coordinates, country: str
    ) -> Iterator[Finding]:
        """Coordinates far from the account's own postal code or city, exchanged, or at sea."""
        in_town = cities(country, account.city) if country and account.city else ()
        known = [each.coordinates for each in in_town]
        if _near(place, known):  # so that postal codes, which take a while, can stay unread
            return
        spot = find_postal_code(country, account.postal_code)
        known = [*([spot.coordinates] if spot else []), *known]
        there = f"{place.latitude}, {place.longitude}"
        if known and not _near(place, known):
            distance = min(kilometres(place, each) for each in known)
            words = " ".join(filter(None, (account.postal_code, account.city)))
            problem = f'{there} lies {distance:,.0f} km from "{shown(words)}"'
            yield self._notice(row, problem, _what_would_be_near(place, known))
        elif not known and self._looks_exchanged(place):
            problem = f"{there} lies far from all other accounts"
            yield self._notice(row, problem, "latitude and longitude look exchanged")
        elif not zone_at(place):
            remedy = "check latitude and longitude; planned as they are"
            yield self._notice(row, f"{there} lies in the sea", remedy)

    def elsewhere(self, row: int, account: Account, country: str) -> Iterator[Finding]:
        """A postal code in another region than the address; without one, far from such a city."""
        spot = find_postal_code(country, account.postal_code)
        code = region_code(country, account.region)
        if spot is None or (code and code == spot.region):
            return
        towns = [one.coordinates for one in cities(country, account.city, account.region)]
        # A code of another length is no state: a county, or something of the list's own.
        is_other = bool(code) and len(code) == len(spot.region)
        if not _near(spot.coordinates, towns) and (towns or is_other):
            address = ", ".join(filter(None, (account.city, account.region)))
            problem = f'the address says "{shown(address)}", and the postal code is {spot.name}'
            remedy = "correct whichever is wrong; planned by the postal code"
            yield self._notice(row, problem, remedy, column="postal_code")

    def _looks_exchanged(self, place: Coordinates) -> bool:
        """Whether it is far from the middle of all, and near it when exchanged."""
        middle, other = self._middle, turned(place)
        if middle is None or other is None or kilometres(place, middle) <= _FAR_FROM_ALL_KM:
            return False
        return kilometres(other, middle) < _NEAR_ALL_KM

    @cached_property
    def _middle(self) -> Coordinates | None:
        """The median place of the accounts; of two, nobody knows which is wrong."""
        places = [each.coordinates for _, each in self.active if each.coordinates]
        if len(places) < _ENOUGH:
            return None
        latitudes, longitudes = zip(*((at.latitude, at.longitude) for at in places), strict=True)
        return Coordinates(median(latitudes), median(longitudes))

    def _notice(self, row: int, problem: str, remedy: str, column: str = _COLUMN) -> Finding:
        return Finding.notice(self.file, problem, remedy, row=row, column=column)


def _near(place: Coordinates, known: Sequence[Coordinates], within: int = _FAR_KM) -> bool:
    return any(kilometres(place, each) <= within for each in known)


def _what_would_be_near(
    place: Coordinates, known: Sequence[Coordinates], within: int = _FAR_KM
) -> str:
    latitude, longitude = place.latitude, place.longitude
    other = turned(place)
    if other and _near(other, known, within):
        return "latitude and longitude look exchanged; planned as they are"
    for what, north, east in (("longitude", 1, -1), ("latitude", -1, 1)):
        if _near(Coordinates(latitude * north, longitude * east), known, within):
            return f"the sign of the {what} looks wrong; planned as it is"
    return "check them, or the address; planned by latitude and longitude"

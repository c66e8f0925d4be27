"""Public holidays of the rep and of accounts, country by country and region by region."""

import datetime as dt

import pytest
from rows import a_touch
from small import small

from campaign.model.accounts import Account
from campaign.model.rep import Rep
from campaign.rules import violations
from campaign.touches import Plan
from campaign.workdays import subdivision

EPIPHANY = dt.date(2027, 1, 6)  # in Baden-Württemberg, Bavaria and Saxony-Anhalt, not in Hamburg
GOOD_FRIDAY = dt.date(2027, 3, 26)
KINGS_DAY = dt.date(2027, 1, 18)
CHAVEZ_DAY = dt.date(2027, 3, 31)  # a day of the state of California, not a federal one


def account(region: str, country: str = "DE", number: int = 1) -> Account:
    return Account(f"A-{number}", f"Firm {number}", region=region, country=country)


def is_off(there: Account, date: dt.date, **rep: str) -> bool:
    return date in small(there, rep=Rep("Ann", **rep)).account_holidays(there)  # type: ignore[arg-type]


@pytest.mark.parametrize("region", ["BY", "by", "DE-BY", "Bayern", " bayern "])
def test_a_region_is_known_by_its_code_and_its_name(region: str) -> None:
    assert subdivision("DE", region) == "BY"


@pytest.mark.parametrize(
    ("country", "region"), [("DE", "Middle-earth"), ("", "BY"), ("DE", ""), ("Narnia", "BY")]
)
def test_a_region_without_a_list_has_no_code(country: str, region: str) -> None:
    assert subdivision(country, region) == ""


def test_accounts_keep_the_holidays_of_their_own_region() -> None:
    assert is_off(account("Bayern"), EPIPHANY, country="DE", region="HH")
    assert not is_off(account("HH"), EPIPHANY, country="DE", region="BY")


def test_an_account_without_a_region_keeps_those_of_the_reps_region_in_one_country() -> None:
    assert is_off(account(""), EPIPHANY, country="DE", region="BY")
    assert is_off(account("Middle-earth"), EPIPHANY, country="DE", region="BY")
    assert not is_off(account("", country="NL"), EPIPHANY, country="DE", region="BY")


def test_a_region_abroad_counts_as_well() -> None:
    assert is_off(account("BY"), EPIPHANY, country="CH")
    assert is_off(account("Tirol", country="AT"), EPIPHANY, country="DE", region="HH")


def test_states_of_the_united_states_count_only_where_a_region_is_asked_for() -> None:
    here = account("CA", country="US")
    assert is_off(here, KINGS_DAY, country="US")
    assert not is_off(here, CHAVEZ_DAY, country="US")
    assert is_off(here, CHAVEZ_DAY, country="US", region="OR")
    assert not is_off(here, CHAVEZ_DAY, country="DE", region="BY")


def test_the_reps_own_days_are_added_and_taken_away() -> None:
    carnival = dt.date(2027, 2, 8)
    rep = Rep("Ann", country="DE", region="Bayern", extra_holidays=[carnival])
    assert not small(rep=rep).calendar.is_working_day(carnival)
    assert small(rep=rep).calendar.is_business_day(carnival)  # the post is carried
    assert not small(rep=rep).calendar.is_business_day(EPIPHANY)
    works = Rep("Ann", country="DE", region="BY", not_holidays=[EPIPHANY])
    assert small(rep=works).calendar.is_business_day(EPIPHANY)
    assert not small(rep=works).calendar.is_business_day(GOOD_FRIDAY)


def test_two_accounts_of_one_country_are_judged_each_by_its_region() -> None:
    north, south = account("HH", number=1), account("BY", number=2)
    territory = small(north, south, rep=Rep("Ann", country="DE"))
    touches = [
        a_touch(f"A-{number}/A-{number}/hello", "01-06", "letter", of=territory)
        for number in (1, 2)
    ]
    found = [v.touch_id for v in violations(Plan(territory, touches)) if v.rule == "R6"]
    assert found == ["A-2/A-2/hello"]


def asked_for_region(rep: Rep) -> list[str]:
    return [one.column for one in small(rep=rep).findings if "differ by region" in one.problem]


def test_a_country_whose_regions_differ_is_asked_for_its_region() -> None:
    for country in ("AU", "BA", "CA", "CH", "DE", "ES", "GB", "IN", "MY", "NZ"):
        assert asked_for_region(Rep("Ann", country=country)) == ["rep.region"]
    assert asked_for_region(Rep("Ann", country="GB", region="ENG")) == []
    for country in ("US", "FR", "AT", "SE"):
        assert asked_for_region(Rep("Ann", country=country)) == []

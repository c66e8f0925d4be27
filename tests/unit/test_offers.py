"""What free hours could be used for, and what would help where hours are too few."""

import pytest
from attrs import evolve
from small import small

from campaign import Account, Capacity, Territory, plan
from campaign.offers import Offer, Offers, called_for, offers, soon_tried

ACCOUNTS = [
    Account(
        f"A-{n}", f"Firm {n}", tier="ABC"[n % 3], value=n, latitude=45 + n / 40, longitude=-123.0
    )
    for n in (0, 1, 2, 4, 5)
]
TERRITORY: Territory = small(*ACCOUNTS)


def with_hours(hours: float) -> Territory:
    return evolve(TERRITORY, capacity=Capacity(minutes_per_week=round(60 * hours)))


@pytest.fixture(scope="module")
def low() -> Offers:
    return offers(with_hours(8), effort=0)


@pytest.fixture(scope="module")
def short() -> Offers:
    return offers(with_hours(0.25), effort=0)


def test_free_hours_are_offered_to_the_best_accounts_of_the_lowest_tier(low: Offers) -> None:
    assert low.missing == 0
    (offer,) = low.tried
    assert offer.tier == "B"
    assert {account.tier for account in offer.accounts} == {"C"}
    ids = [account.account_id for account in offer.accounts]
    assert ids == ["A-5", "A-2"][: len(ids)]
    first, second = str(low).splitlines()
    assert first == f"{low.free_minutes // 60} h a week are free."
    assert second.startswith(
        f"  Tried: these {len(ids)} C accounts could be worked as B (column tier): Firm 5"
    )


def test_what_is_offered_holds_when_it_is_done(low: Offers) -> None:
    tiers = {account.account_id: "B" for account in low.tried[0].accounts}
    done = plan(with_hours(8).with_tiers(tiers), effort=0)
    assert called_for(done).missing == 0
    assert not done.violations()


def test_where_hours_are_too_few_more_hours_and_fewer_accounts_are_tried(short: Offers) -> None:
    assert short.missing > 0
    hours = next(one for one in short.tried if one.hours)
    assert hours.missing < short.missing
    more = plan(with_hours(0.25 + hours.hours), effort=0)
    assert called_for(more).missing <= hours.missing
    assert f"with {hours.hours} h more a week" in str(short)
    assert str(short).startswith(f"{short.missing} required touch")


def test_accounts_that_are_left_for_later_are_the_last_of_the_lowest_tier(short: Offers) -> None:
    later = [account.account_id for one in short.tried for account in one.accounts]
    assert later == ["A-2", "A-5"][: len(later)]


def test_whoever_is_owed_something_is_not_left_for_later() -> None:
    angry = [evolve(one, relationship="grievance", grievance="late") for one in ACCOUNTS[:3]]
    found = offers(evolve(with_hours(0.25), accounts=angry), effort=0)
    assert not any(one.accounts for one in found.tried)


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        (Offers(119, 0), "Your hours are well used, and everything required fits."),
        (Offers(120, 0), "2 h a week are free.\n  Nothing that was tried would be better."),
        (
            Offers(0, 1, (Offer(hours=2),)),
            (
                "1 required touch does not fit your hours.\n"
                "  Tried: with 2 h more a week everything fits."
            ),
        ),
        (
            Offers(0, 9, (Offer((ACCOUNTS[2],), missing=3),)),
            (
                "9 required touches do not fit your hours.\n"
                "  Tried: with 1 C account left for a later campaign 6 of them fit: Firm 2."
            ),
        ),
    ],
)
def test_offers_are_words(offered: Offers, said: str) -> None:
    assert str(offered) == said


def test_of_one_tier_there_is_none_above() -> None:
    alike = [evolve(account, tier="A") for account in ACCOUNTS[:3]]
    found = offers(evolve(with_hours(8), accounts=alike), effort=0)
    assert found.is_called_for
    assert found.tried == ()


def test_a_program_is_given_the_same(low: Offers) -> None:
    record = low.record()
    assert record["free_minutes"] == low.free_minutes
    assert record["tried"][0]["accounts"][0] == "A-5"
    assert record["tried"][0]["sentence"] == low.tried[0].words(0)


def test_more_hours_are_tried_with_each_plan_of_a_short_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = plan(with_hours(0.25), effort=0)
    (more,) = soon_tried(few)
    assert more.startswith("with ")
    assert "h more a week" in more
    assert not soon_tried(plan(with_hours(8), effort=0))
    monkeypatch.setattr("campaign.offers.SOON_TRIED", 1)
    assert not soon_tried(few)

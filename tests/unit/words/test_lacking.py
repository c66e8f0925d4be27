"""What words still need from the rep, as notices."""

from attrs import evolve
from mail import SENDER, STATIONERY, firm, mail

from campaign import check
from campaign.errors import Severity
from campaign.model.stationery import Sender, Share, Stationery
from campaign.words.shares import too_few_shares, unsigned

PROMISED = mail(accounts=(firm(), firm("A-2", "Fern", tier="C"))).territory


def test_what_a_signature_lacks_is_named_in_one_notice() -> None:
    assert not list(unsigned(PROMISED))
    bare = evolve(PROMISED, stationery=Stationery(sender=Sender(phone="503 555 0100")))
    (finding,) = unsigned(bare)
    assert finding.problem == "letters and cards go out without your firm, email, address"
    assert (finding.severity, finding.column) == (Severity.NOTICE, "sender.firm")


def test_what_is_to_be_shared_is_counted_person_by_person() -> None:
    (finding,) = too_few_shares(PROMISED)
    assert finding in check(PROMISED).findings
    assert "and 1 thing more is needed so that nobody gets one twice" in finding.problem
    for_all = evolve(STATIONERY, shares=(Share("1", title="Oak", text="Oak lasts."),))
    assert not list(too_few_shares(evolve(PROMISED, stationery=for_all)))
    for_few = evolve(STATIONERY, shares=(Share("1", title="Oak", text="x", tiers=("C",)),))
    assert list(too_few_shares(evolve(PROMISED, stationery=for_few)))


def test_words_of_one_s_own_are_something_to_share() -> None:
    own = Stationery(sender=SENDER, words={"share": "Our new list is in this envelope."})
    assert not list(too_few_shares(evolve(PROMISED, stationery=own)))

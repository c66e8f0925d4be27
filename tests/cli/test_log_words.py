"""The words of `campaign log` in any order: the outcome before or after whom it is of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.model.outcomes import OUTCOMES, Outcome
from campaign_cli.heard import parted

NAMES = st.lists(
    st.text("abcdefgh/", min_size=1, max_size=8).filter(lambda word: word not in OUTCOMES),
    min_size=1,
    max_size=4,
)


@given(
    name=NAMES,
    outcome=st.sampled_from(OUTCOMES),
    is_first=st.booleans(),
    mark=st.sampled_from(["_", "-", " "]),
)
def test_a_name_and_an_outcome_are_told_apart_in_either_order(
    name: list[str], outcome: Outcome, *, is_first: bool, mark: str
) -> None:
    said = outcome.replace("_", mark).split(" ")
    words = [*said, *name] if is_first else [*name, *said]
    assert parted(words) == (" ".join(name), outcome)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_outcome_alone_has_no_name(outcome: Outcome) -> None:
    for spelt in (outcome, outcome.upper(), outcome.replace("_", " ")):
        assert parted(spelt.split()) == ("", outcome)

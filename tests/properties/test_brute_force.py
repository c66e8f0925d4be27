"""On tiny territories trying everything finds nothing better at the levels before comfort."""

from brute import TooManyError, best_figures, figures_of, signed
from hypothesis import given, reject
from territories import tiny_territories
from tries import LONG, few

from campaign import plan
from campaign.model.territory import Territory

MOST = 6_000 if LONG else 250


@few(8)
@given(tiny_territories())
def test_trying_everything_finds_nothing_better_and_no_bound_is_below_it(
    territory: Territory,
) -> None:
    try:
        best = best_figures(territory, most=MOST)
    except TooManyError:
        reject()
    found = plan(territory)
    assert figures_of(found) == best
    for level, figure in zip(found.levels, best, strict=False):
        assert level.bound is None or figure <= signed(level, level.bound)

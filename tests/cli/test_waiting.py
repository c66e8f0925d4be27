"""The line that is seen while a plan is searched."""

import sys

import pytest

from campaign.planner.progress import Progress
from campaign_cli.console import line_of, planning_bar


def test_before_the_search_tells_how_far_it_is_the_time_that_passed_is_told() -> None:
    assert line_of(None, 75.9) == f"Planning  1:15  [{'-' * 24}]  a first plan"


def test_the_figures_are_words() -> None:
    halfway = Progress(5, 10, placed=1912, owed=2054)
    assert line_of(halfway, 8) == (
        f"Planning  0:08  [{'#' * 12}{'-' * 12}]  a better plan: 1,912 of 2,054 touches have a day"
    )


def test_after_the_search_it_says_what_is_still_done() -> None:
    line = line_of(Progress(10, 10, placed=3, owed=3), 12)
    assert f"[{'#' * 24}]  why each touch stands where it does: 3 of 3 touches" in line


def test_where_the_search_does_not_count_touches_none_are_told() -> None:
    assert line_of(Progress(5, 10), 8).endswith("a better plan")


@pytest.mark.parametrize("columns", [120, 40])
def test_on_a_terminal_one_line_moves_with_the_search_and_is_gone_at_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with planning_bar() as show:
        assert show is not None
        show(Progress(5, 10, placed=3, owed=4))
    said = capsys.readouterr().err
    assert "\n" not in said
    assert said.endswith(" \r")
    assert max(map(len, said.split("\r"))) < columns
    assert columns < 100 or "a better plan: 3 of 4 touches have a day" in said

"""The line that is seen while a plan is searched."""

import sys

import pytest

from campaign.planner.progress import Progress
from campaign_cli import waiting
from campaign_cli.commands import plan as plan_command
from campaign_cli.waiting import line_of, planning_bar


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


def test_on_a_terminal_one_line_moves_with_the_search_and_is_gone_at_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def plan(_territory: object, *, effort: str, progress: waiting.StatusLine) -> None:
        assert effort == "quick"
        progress(Progress(5, 10, placed=3, owed=4))
        raise KeyboardInterrupt

    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(plan_command, "plan", plan)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with pytest.raises(KeyboardInterrupt):
        plan_command._planned(None, "quick")  # type: ignore[arg-type]  # noqa: SLF001
    said = capsys.readouterr().err
    assert "a better plan: 3 of 4 touches have a day" in said
    assert "\n" not in said
    assert said.endswith(" \r")


def test_the_line_fits_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with planning_bar() as show:
        assert show is not None
        show(Progress(1, 2, placed=3, owed=4))
    assert max(map(len, capsys.readouterr().err.split("\r"))) < 40

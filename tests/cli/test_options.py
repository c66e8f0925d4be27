import datetime as dt
import sys
from pathlib import Path

import pytest

from campaign.errors import InvalidInput
from campaign.planner.progress import Progress
from campaign.reading import Reading
from campaign.touches import Level
from campaign_cli import clock, console
from campaign_cli.clock import next_monday
from campaign_cli.options import Date, Source

DAY = dt.date(2027, 4, 30)


@pytest.mark.parametrize(
    "text", ["2027-04-30", "30.4.2027", "30 Apr 2027", "04/30/2027", " 2027-04-30"]
)
def test_a_date_may_be_written_as_in_files(text: str) -> None:
    assert Date().convert(text, None, None) == DAY


def test_a_date_stays_a_date() -> None:
    assert Date().convert(DAY, None, None) == DAY


@pytest.mark.parametrize(
    ("today", "monday"),
    [("2026-12-27", "2026-12-28"), ("2026-12-28", "2027-01-04"), ("2027-01-01", "2027-01-04")],
)
def test_next_monday_is_never_today(
    monkeypatch: pytest.MonkeyPatch, today: str, monday: str
) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(today))
    assert next_monday() == dt.date.fromisoformat(monday)


def test_a_reading_without_a_territory_cannot_be_planned(tmp_path: Path) -> None:
    source = Source(tmp_path, None, None, skip_bad_rows=False)
    with pytest.raises(InvalidInput):
        source.territory_of(Reading(None, folder=tmp_path, plan_path=tmp_path))


def test_the_plan_is_where_it_is_said_to_be(tmp_path: Path) -> None:
    reading = Reading(None, folder=tmp_path, plan_path=tmp_path / "campaign.csv")
    named = Source(tmp_path, None, tmp_path / "other.csv", skip_bad_rows=False)
    assert named.plan_path(reading) == tmp_path / "other.csv"
    usual = Source(tmp_path, None, None, skip_bad_rows=False)
    assert usual.plan_path(reading) == tmp_path / "campaign.csv"


@pytest.mark.parametrize(("number", "words"), [(0, "0 touches"), (1, "1 touch"), (2, "2 touches")])
def test_a_number_takes_its_noun_along(number: int, words: str) -> None:
    assert console.counted(number, "touch", "touches") == words


def test_the_bar_shows_shares_and_where_none_is_known_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with console.planning_bar() as show:
        assert show is not None
        show(Progress(1, 2, levels=(Level("floor", 3, possible=4), Level("travel", 9))))
        show(Progress(2, 2, levels=(Level("required", 7),)))
    said = capsys.readouterr().err
    assert "floor 75 %" in said
    assert "required 7" in said
    assert "travel" not in said

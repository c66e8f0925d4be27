import datetime as dt
import sys
from pathlib import Path

import click
import pytest
from commands import run

from campaign.phrases import counted
from campaign.workdays import Span
from campaign_cli import clock, console
from campaign_cli.clock import next_monday
from campaign_cli.options import DATE, DAYS, PAST_DATE

DAY = dt.date(2027, 4, 30)


@pytest.mark.parametrize(
    "text", ["2027-04-30", "30.4.2027", "30 Apr 2027", "04/30/2027", " 2027-04-30"]
)
def test_a_date_may_be_written_as_in_files(text: str) -> None:
    assert DATE.convert(text, None, None) == DAY


def test_a_date_stays_a_date() -> None:
    assert DATE.convert(DAY, None, None) == DAY


@pytest.mark.parametrize(
    ("today", "monday"),
    [("2026-12-27", "2026-12-28"), ("2026-12-28", "2027-01-04"), ("2027-01-01", "2027-01-04")],
)
def test_next_monday_is_never_today(
    monkeypatch: pytest.MonkeyPatch, today: str, monday: str
) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(today))
    assert next_monday() == dt.date.fromisoformat(monday)


@pytest.mark.parametrize(("number", "words"), [(0, "0 touches"), (1, "1 touch"), (2, "2 touches")])
def test_a_number_takes_its_noun_along(number: int, words: str) -> None:
    assert counted(number, "touch", "touches") == words


MONDAY = dt.date(2027, 1, 11)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2027-01-11"),
        ("Yesterday", "2027-01-10"),
        ("tomorrow", "2027-01-12"),
        ("monday", "2027-01-11"),
        ("this monday", "2027-01-11"),
        ("next monday", "2027-01-18"),
        ("last monday", "2027-01-04"),
        ("friday", "2027-01-15"),
        ("last  Friday", "2027-01-08"),
        ("in 2 weeks", "2027-01-25"),
        ("in 1 day", "2027-01-12"),
        ("3 days ago", "2027-01-08"),
    ],
)
def test_words_name_days(monkeypatch: pytest.MonkeyPatch, text: str, day: str) -> None:
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    assert DATE.convert(text, None, None).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"), [("monday", "2027-01-11"), ("friday", "2027-01-08"), ("sunday", "2027-01-10")]
)
def test_a_weekday_is_the_last_one_where_only_the_past_is_meant(
    monkeypatch: pytest.MonkeyPatch, text: str, day: str
) -> None:
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    assert PAST_DATE.convert(text, None, None).isoformat() == day


@pytest.mark.parametrize("text", ["2 weeks", "someday", "in 2 weeks ago of", ""])
def test_other_words_are_no_day(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"today, tomorrow, monday"):
        DATE.convert(text, None, None)


def test_days_off_may_be_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    wanted = Span(dt.date(2027, 1, 12), dt.date(2027, 1, 15))
    assert DAYS.convert("tomorrow/friday", None, None) == wanted
    assert DAYS.convert(wanted, None, None) == wanted
    with pytest.raises(click.BadParameter, match="no span of dates"):
        DAYS.convert("friday/soon", None, None)


@pytest.mark.parametrize("command", ["check", "plan", "verify", "show", "replan", "status"])
def test_a_folder_is_an_argument_or_an_option(planned: Path, command: str) -> None:
    effort = ("--effort", "0") if command in ("plan", "replan") else ()
    assert run(command, planned, *effort).exit_code == 0
    assert run(command, "-C", planned, *effort).exit_code == 0
    other = run(command, planned, "-C", planned.parent, *effort)
    assert (other.exit_code, "name two places" in other.stderr) == (2, True)


def test_a_folder_may_stand_before_other_words(planned: Path) -> None:
    by_option = run("explain", "-C", planned, "Cascade Dental")
    assert by_option.exit_code == 0
    assert run("explain", planned, "Cascade", "Dental").stdout == by_option.stdout
    assert run("explain", planned / "accounts.csv", "Cascade").exit_code == 0
    logged = run("log", planned, "riverbend", "done", "--on", "yesterday")
    assert logged.exit_code == 2
    assert "open touch" in logged.stderr


def test_help_is_a_command_too() -> None:
    assert run("help", "plan").stdout == run("plan", "--help").stdout
    assert run("help").stdout == run("--help").stdout
    assert run("help", "plam").exit_code == 2


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, 2), ({"NO_COLOR": "1"}, 0), ({"TERM": "dumb"}, 0)],
)
def test_colours_are_for_terminals_that_want_them(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: int
) -> None:
    shown: list[str] = []
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "echo", lambda text, **_: shown.append(text))
    console.say("error: it broke")
    console.heading("Monday")
    assert [click.unstyle(text) for text in shown] == ["error: it broke", "Monday"]
    assert sum("\x1b" in text for text in shown) == coloured


def test_a_long_notice_is_broken_between_words_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = "notice: 11 of 272 active accounts have no phone number"
    console.say(text)
    assert capsys.readouterr().err == f"{text}\n"
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    console.say(text)
    assert capsys.readouterr().err.splitlines() == [
        "notice: 11 of 272 active",
        "  accounts have no phone",
        "  number",
    ]

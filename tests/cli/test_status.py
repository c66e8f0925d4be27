import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commands import plan_of, run
from folders import SETTINGS


def status(folder: Path, *arguments: str) -> dict[str, Any]:
    result = run("status", folder, "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def owed(folder: Path) -> int:
    return len(plan_of(folder).touches)


def test_before_the_campaign_everything_is_to_do_and_nobody_behind(planned: Path) -> None:
    found = status(planned)
    total = owed(planned)
    assert [found[name] for name in ("owed", "planned", "done", "remaining", "to_schedule")] == [
        total,
        total,
        0,
        total,
        0,
    ]
    assert found["behind"] == []
    assert "No account is behind." in run("status", planned).stdout


def test_what_is_logged_is_done_and_covers_its_month(
    planned: Path, on: Callable[[str], None]
) -> None:
    on("2027-01-30")
    for touch in plan_of(planned).touches:
        if touch.date <= dt.date(2027, 1, 30):
            run("log", "-C", planned, touch.touch_id, "done", "--on", str(touch.date))
    found = status(planned)
    assert found["remaining"] == owed(planned) - found["done"]
    assert found["to_schedule"] == 0
    assert found["behind"] == []
    months = [
        (row["tier"], row["month"], row["touched"], row["planned"]) for row in found["coverage"]
    ]
    assert months[0] == ("A", 1, 1, 1)
    assert months[1] == ("A", 2, 0, 1)


def test_who_is_behind_is_named_with_the_reasons(planned: Path, on: Callable[[str], None]) -> None:
    on("2027-02-10")
    run("log", "-C", planned, "--account", "A-1", "complaint", "--note", "late again")
    found = status(planned)["behind"]
    causes = {row["account_id"]: [one["behind"] for one in row["causes"]] for row in found}
    assert causes == {
        "A-1": ["complaint", "to_schedule", "month_missed"],
        "A-2": ["never_touched", "month_missed"],
    }
    text = " ".join(run("status", planned).stdout.split())
    assert "Cascade Dental (A): a complaint is open since Wed 10 Feb: late again;" in text


def test_leave_is_told_from_overdue(planned: Path, on: Callable[[str], None]) -> None:
    on("2027-01-16")
    away = SETTINGS.replace(
        'country = "US"\n', 'country = "US"\nleave = ["2027-01-04/2027-01-15"]\n'
    )
    (planned / "campaign.toml").write_text(away, encoding="utf-8")
    found = status(planned)["behind"]
    causes = {one["behind"] for row in found for one in row["causes"]}
    assert causes == {"on_leave"}
    today = json.loads(run("show", planned, "--today", "--json").stdout)
    assert {row["lateness"] for row in today["late"]} == {"on_leave"}
    assert "you were on leave" in run("show", planned, "--today", "--all").stdout


def test_another_day_can_be_asked_for(planned: Path) -> None:
    assert status(planned, "--on", "2027-06-01")["date"] == "2027-06-01"
    assert status(planned, "--on", "2027-06-01")["to_schedule"] == owed(planned)

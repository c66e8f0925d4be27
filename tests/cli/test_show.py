import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import lines, plan_of, run
from folders import sound_folder

from campaign.outputs.agenda import WIDTH

DAY = "2027-01-04"


def headings(text: str) -> list[str]:
    found = lines(text)
    return [found[row - 1].split(",")[0] for row, line in enumerate(found) if line == "-" * WIDTH]


WEEK = [
    "Monday 4 January 2027",
    "Tuesday 5 January 2027",
    "Wednesday 6 January 2027",
    "Thursday 7 January 2027",
    "Friday 8 January 2027",
]


def test_before_the_campaign_it_is_the_first_week(planned: Path) -> None:
    result = run("show", planned)
    assert result.exit_code == 0
    assert headings(result.stdout) == WEEK


def test_within_the_campaign_it_is_the_week_of_today(
    planned: Path, on: Callable[[str], None]
) -> None:
    on("2027-01-21")
    # 18 January is a public holiday.
    assert headings(run("show", planned).stdout)[0] == "Tuesday 19 January 2027"


def test_after_the_campaign_it_is_the_last_week(planned: Path, on: Callable[[str], None]) -> None:
    on("2027-06-01")
    assert headings(run("show", planned).stdout)[-1] == "Friday 2 April 2027"


def test_today_is_one_day_also_outside_the_campaign(
    planned: Path, on: Callable[[str], None]
) -> None:
    result = run("show", planned, "--today")
    assert headings(result.stdout) == ["Tuesday 29 December 2026"]
    assert "The campaign runs from Mon 4 Jan to Sat 3 Apr 2027." in result.stdout
    assert ", day " not in result.stdout
    on("2027-01-05")
    assert headings(run("show", planned, "--today").stdout) == WEEK[1:2]


def test_a_date_is_one_day_or_with_week_its_week(planned: Path) -> None:
    assert headings(run("show", planned, "--date", "2027-01-06").stdout) == WEEK[2:3]
    assert headings(run("show", planned, "--date", "2027-01-06", "--week").stdout) == WEEK


def test_a_day_shows_its_touches_with_their_briefs(planned: Path) -> None:
    plan = plan_of(planned)
    day = min(plan.by_date)
    text = " ".join(run("show", planned, "--date", str(day)).stdout.split())
    for touch in plan.by_date[day]:
        assert touch.brief in text


def test_json_holds_the_rows_of_the_days(planned: Path) -> None:
    found = json.loads(run("show", planned, "--date", DAY, "--json").stdout)
    expected = [touch.touch_id for touch in plan_of(planned).by_date[min(plan_of(planned).by_date)]]
    assert sorted(row["touch_id"] for row in found["touches"]) == sorted(expected)
    assert found["touches"][0]["date"] == DAY


def test_json_holds_the_day_as_it_is_lived(planned: Path) -> None:
    found = json.loads(run("show", planned, "--date", DAY, "--json").stdout)
    (day,) = found["days"]
    assert day["date"] == DAY
    starts = [entry["start"] for entry in day["entries"] if entry["start"]]
    assert starts == sorted(starts)
    ids = [touch_id for entry in day["entries"] for touch_id in entry["touches"]]
    assert sorted(ids) == sorted(row["touch_id"] for row in found["touches"])


@pytest.mark.parametrize("name", ["A-1", "a-1", "Cascade Dental", "cascade"])
def test_an_account_is_found_by_id_or_name(planned: Path, name: str) -> None:
    result = run("show", planned, "--account", name)
    assert result.exit_code == 0
    assert lines(result.stdout)[0] == "Cascade Dental, tier A"


def test_json_of_an_account_holds_all_of_it(planned: Path) -> None:
    found = json.loads(run("show", planned, "--account", "A-1", "--json").stdout)
    expected = [touch.touch_id for touch in plan_of(planned).by_account["A-1"]]
    assert [row["touch_id"] for row in found["touches"]] == expected
    assert found["left_out"] == []


@pytest.mark.parametrize(("name", "said"), [("zzz", "is no account"), ("", "is no account")])
def test_an_account_that_is_none_is_wrong_usage(planned: Path, name: str, said: str) -> None:
    result = run("show", planned, "--account", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_name_of_several_accounts_asks_for_the_id(tmp_path: Path) -> None:
    accounts = "account_id,name\n" + "".join(f"A-{n},Mill {n}\n" for n in range(7))
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    run("plan", folder, "--effort", "0")
    result = run("show", folder, "--account", "mill")
    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert '"mill" may be Mill 0 (A-0), Mill 1 (A-1),' in said
    assert "or 2 more; give the id" in said


def test_a_plan_that_is_not_there_is_named(folder: Path) -> None:
    result = run("show", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "campaign.csv: " in result.stderr


def test_ids_are_shown_where_they_are_asked_for(planned: Path) -> None:
    first = min(plan_of(planned).touches, key=lambda touch: touch.date)
    for arguments in (("--date", str(first.date)), ("--account", first.account_id)):
        assert first.touch_id not in run("show", planned, *arguments).stdout
        assert f"[{first.touch_id}]" in run("show", planned, *arguments, "--ids").stdout

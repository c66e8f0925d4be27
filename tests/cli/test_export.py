import json
from pathlib import Path

import click
import pytest
from attrs import evolve
from click.testing import Result
from commands import lines, run
from handmade import campaign
from mail import mail

from campaign.outputs.proof import noted_bounds, of_this_plan
from campaign.touches import Level
from campaign_cli.commands.export import FORMATS, OPTIONS, Format
from campaign_cli.options import several

BEST = "no plan can do better"


def export(*arguments: str | Path) -> Result:
    return run("export", *arguments, "--to", "html")


def report_of(folder: Path) -> str:
    assert export(folder).exit_code == 0
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_report_is_written_beside_the_plan(planned: Path) -> None:
    result = export(planned)
    assert (result.exit_code, result.stderr) == (0, "")
    names = ("report.html", "phone.html")
    assert lines(result.stdout) == [f"Written to {planned / name}" for name in names]
    page = (planned / "report.html").read_bytes()
    assert page.startswith(b"<!doctype html>\n")
    assert b"\r" not in page


def test_the_report_is_written_where_it_is_wanted(planned: Path) -> None:
    target = planned / "for the manager.html"
    result = export(planned, "-o", target, "--json")
    phone = planned / "for the manager-phone.html"
    assert json.loads(result.stdout) == {"files": [str(target), str(phone)], "findings": []}
    assert phone.is_file()
    assert not (planned / "report.html").exists()
    assert target.is_file()


def test_the_same_plan_gives_the_same_bytes(planned: Path) -> None:
    export(planned)
    first = (planned / "report.html").read_bytes()
    assert export(planned).exit_code == 0
    assert (planned / "report.html").read_bytes() == first


@pytest.mark.proof
def test_the_bounds_are_those_of_the_proof_while_it_is_the_plans_own(folder: Path) -> None:
    settings = (folder / "campaign.toml").read_text(encoding="utf-8")
    short = f"{settings}\n[capacity]\nminutes_per_week = 15\n"
    (folder / "campaign.toml").write_text(short, encoding="utf-8")
    assert run("plan", folder, "--effort", "0").exit_code == 0
    own = report_of(folder)
    proof = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    proof["sha256"] |= {"campaign": "0" * 64, "planned": "0" * 64}
    (folder / "plan.json").write_text(json.dumps(proof), encoding="utf-8")
    assert own.count(BEST) > report_of(folder).count(BEST)


@pytest.mark.parametrize("name", ["accounts.csv", "campaign.csv", "plan.json", "CAMPAIGN.TOML"])
def test_a_file_of_the_campaign_is_never_written_over(planned: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in planned.iterdir()}
    result = export(planned, "-o", planned / name)
    assert result.exit_code == 1
    assert lines(result.stderr) == [
        f"error: {planned / name}: belongs to the campaign itself; name another file with -o"
    ]
    assert {path: path.read_bytes() for path in planned.iterdir()} == before


def test_without_a_plan_there_is_nothing_to_export(folder: Path) -> None:
    result = export(folder)
    assert result.exit_code == 1
    assert "campaign.csv" in result.stderr
    assert not (folder / "report.html").exists()


def test_a_folder_that_is_not_there_is_told(planned: Path) -> None:
    result = export(planned, "-o", planned / "nowhere" / "report.html")
    assert result.exit_code == 1
    assert "there is no folder" in result.stderr


@pytest.mark.parametrize("arguments", [(), ("--to", "fax")])
def test_a_format_has_to_be_one_that_there_is(planned: Path, arguments: tuple[str, ...]) -> None:
    assert run("export", planned, *arguments).exit_code == 2


@pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_bytes_for_names_that_no_other_one_has(row: Format) -> None:
    found, _ = row.render(mail())
    assert all(isinstance(content, bytes) and content for content in found.values())
    others = [other.render(mail())[0] for other in FORMATS.values() if other is not row]
    assert not any(set(found) & set(other) for other in others)


def test_no_option_is_without_a_format() -> None:
    given = {param.name for param in click.command(several(*OPTIONS)(lambda: None)).params}
    assert given == set().union(*(row.options for row in FORMATS.values()))


def test_bounds_are_taken_over_where_the_figure_is_the_same() -> None:
    levels = [Level("floor", 30, possible=40), Level("required", 900, possible=1001)]
    rows: list[object] = [
        {"name": "floor", "figure": 30, "bound": 31},
        {"name": "required", "figure": 899, "bound": 900},
        "damaged",
    ]
    bounded = (evolve(levels[0], bound=31), levels[1])
    assert noted_bounds({"levels": rows}, levels) == bounded
    assert noted_bounds({"levels": None}, levels) == tuple(levels)
    assert not of_this_plan({}, campaign(), b"")


def test_a_brief_of_one_account_or_of_all(planned: Path) -> None:
    target = planned / "briefs.md"
    for which, titles in (
        (("--account", "dental"), ["# Cascade Dental (A-1)"]),
        ((), ["# Cascade Dental (A-1)", "# Riverbend Mills (A-2)"]),
    ):
        result = run("export", planned, "--to", "brief", *which, "-o", target)
        assert result.exit_code == 0, result.stderr
        text = target.read_text(encoding="utf-8")
        assert [line for line in text.splitlines() if line.startswith("# ")] == titles


def test_a_brief_is_a_page_without_an_ending_that_says_otherwise(planned: Path) -> None:
    assert run("export", planned, "--to", "brief").exit_code == 0
    page = (planned / "briefs.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>\n")


def test_the_steady_rhythm_is_a_calendar_or_a_table(planned: Path) -> None:
    assert run("export", planned, "--to", "steady").exit_code == 0
    assert (planned / "steady.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    result = run("export", planned, "--to", "steady", "-o", planned / "steady.CSV")
    assert result.exit_code == 0
    assert (planned / "steady.CSV").read_text(encoding="utf-8-sig").startswith("account_id,")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "html", "--account", "A-1"),
        ("--to", "steady", "--account", "A-1"),
        ("--to", "brief", "--account", "nobody"),
    ],
)
def test_accounts_that_make_no_sense_are_wrong_usage(
    planned: Path, arguments: tuple[str, ...]
) -> None:
    assert run("export", planned, *arguments).exit_code == 2


def test_what_is_written_is_opened_on_request(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(click, "launch", opened.append)
    assert export(planned).exit_code == 0
    assert opened == []
    assert export(planned, "--open").exit_code == 0
    assert opened == [str(planned / "report.html")]


def test_where_nothing_can_be_opened_that_is_said_and_all_is_written(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    result = run("export", planned, "--to", "html", "--open")
    assert result.exit_code == 0
    assert "report.html cannot be opened from here; open it yourself" in result.stderr
    assert (planned / "report.html").is_file()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(click, "launch", lambda _url: 1)
    assert "open it yourself" in run("export", planned, "--to", "html", "--open").stderr

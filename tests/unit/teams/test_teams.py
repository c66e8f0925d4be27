"""A list split among reps, planned on any executor, and summed up."""

import csv
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from small import small

from campaign import (
    Account,
    Cadence,
    Campaign,
    Capacity,
    Channel,
    Courtesy,
    InvalidInput,
    Policy,
    Rep,
    Step,
    Territory,
    Travel,
    plan,
    read,
)
from campaign.model.busy import Busy
from campaign.model.cadences import Rhythm
from campaign.model.known_drives import Drives
from campaign.model.objective import Comfort, Service
from campaign.model.outcomes import FollowUp
from campaign.model.priorities import Tier
from campaign.model.rep import Base
from campaign.outputs.calendar import render_calendar
from campaign.outputs.campaign_folder import render_folder
from campaign.teams import Failed, Team, plan_all, split

OWNERS = ("275", "280", "O'Neil / West")
ROWS: list[dict[str, Any]] = [
    {
        "account_id": f"A-{n}",
        "name": f"Firm {n}",
        "tier": "ABC"[n % 3],
        "owner": OWNERS[n % 3],
        "latitude": 45 + n / 40,
        "longitude": -123.0,
    }
    for n in range(9)
]
REP = Rep("Ann", home=(45.0, -123.0), timezone="America/Los_Angeles", country="US")
REPS = {"275": REP}


def a_team(**more: Any) -> Team:  # noqa: ANN401 (what plan_all takes)
    return plan_all(split(ROWS, start="2027-01-04", reps=REPS), effort=0, **more)


def test_each_rep_gets_the_accounts_that_name_them_and_a_name_of_their_own() -> None:
    contacts = [{"contact_id": "C", "account_id": "A-1", "name": "Ada"}]
    promises = [{"promise_id": "P", "account_id": "A-2", "what": "a list", "due": "2027-02-01"}]
    parts = split(
        ROWS, start="2027-01-04", reps=REPS, contacts=contacts, promises=promises, name="West"
    )
    assert [rep for rep, _ in parts.items()] == list(OWNERS)
    assert [one.account_id for one in parts["275"].accounts] == ["A-0", "A-3", "A-6"]
    assert (parts["275"].rep, parts["280"].rep.name) == (REP, "280")
    assert parts["280"].rep.home is not None
    assert [len(part.contacts) for _, part in parts.items()] == [0, 1, 0]
    assert [len(part.promises) for _, part in parts.items()] == [0, 0, 1]
    assert len({part.name for _, part in parts.items()}) == len(parts) == 3


def test_an_account_of_nobody_or_of_two_is_told_and_planned_by_none() -> None:
    rows = [*ROWS, {**ROWS[0], "account_id": "B-1", "owner": ""}]
    rows += [{**ROWS[0], "account_id": "B-2", "owner": "275; 280"}]
    rows += [{**ROWS[0], "account_id": "B-3", "owner": "", "status": "closed"}]
    parts = split(rows, start="2027-01-04", reps={**REPS, "999": REP})
    assert [(one.row, one.problem) for one in parts.findings] == [
        (10, "Firm 0 (B-1) has no rep"),
        (11, "Firm 0 (B-2) has two reps, 275 and 280"),
        (0, 'no account names the rep "999"'),
    ]
    planned = {account.account_id for _, part in parts.items() for account in part.accounts}
    assert planned == {row["account_id"] for row in ROWS}


def test_any_column_can_name_the_rep() -> None:
    rows = [{**row, "Desk": row["owner"][:2], "owner": ""} for row in ROWS]
    assert [rep for rep, _ in split(rows, by="Desk", start="2027-01-04").items()] == [
        "27",
        "28",
        "O'",
    ]
    with pytest.raises(InvalidInput):
        split([*ROWS, ROWS[0]], start="2027-01-04")


@pytest.fixture(params=["none", "threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    if request.param == "none":
        yield None
        return
    kind = ThreadPoolExecutor if request.param == "threads" else ProcessPoolExecutor
    with kind(2) as found:
        yield found


def test_plans_are_those_of_single_runs_on_any_executor(executor: Executor | None) -> None:
    parts = split(ROWS, start="2027-01-04", reps=REPS)
    team = plan_all(parts, effort=0, executor=executor)
    assert list(team.parts) == list(OWNERS)
    for rep, territory in parts.items():
        alone = plan(territory, effort=0)
        there = team.parts[rep].plan()
        assert there == alone
        assert there.to_records() == alone.to_records()


def test_dask_is_an_executor_too() -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        team = a_team(executor=client.get_executor())
    assert team.to_records() == a_team().to_records()


def test_one_that_fails_is_kept_by_its_rep_and_stops_no_other() -> None:
    parts = dict(split(ROWS, start="2027-01-04", reps=REPS).items())
    wrong: Any = "no territory"
    team = plan_all({**parts, "280": wrong}, effort=0)
    assert list(team.parts) == ["275", "O'Neil / West"]
    assert team.failures["280"].kind == "InvalidInput"
    assert "not planned: 280: " in team.summary()


def test_the_roll_up_counts_by_rep_tier_and_month() -> None:
    team = a_team()
    rows = team.coverage()
    assert [(row["rep"], row["tier"], row["month"]) for row in rows] == [
        (rep, tier, month) for rep, tier in zip(OWNERS, "ABC", strict=True) for month in (1, 2, 3)
    ]
    assert all(row["accounts"] == 3 and 0 <= row["touched"] <= 3 for row in rows)
    lines = team.summary().splitlines()
    assert [line.split("  ")[0].strip() for line in lines[:5]] == ["Rep", *OWNERS, "All reps"]
    assert team._repr_html_().startswith("<pre>")
    records = team.to_records()
    assert {record["rep"] for record in records} == set(OWNERS)


def test_an_account_of_two_folders_is_told() -> None:
    parts = dict(split(ROWS, start="2027-01-04", reps=REPS).items())
    both = {**parts, "twin": parts["280"]}
    found = plan_all(both, effort=0).shared()
    assert [str(one) for one in found] == [
        f'accounts account_id: "A-{n}" is worked by 280 and twin; leave it with one of them'
        for n in (1, 4, 7)
    ]


def test_no_event_of_two_reps_has_one_id() -> None:
    parts = split(ROWS, start="2027-01-04", reps=REPS)
    texts = [render_calendar(plan(part, effort=0)).decode() for _, part in parts.items()]
    ids = [line for text in texts for line in text.splitlines() if line.startswith("UID")]
    assert len(ids) == len(set(ids))
    assert ids


def test_what_is_written_is_read_back_as_it_was_planned(tmp_path: Path) -> None:
    team = a_team()
    team.write(tmp_path / "out")
    for rep, part in team.parts.items():
        folder = tmp_path / "out" / rep.replace("/", "_").replace("'", "_")
        back = Campaign.read(folder)
        assert back.to_records() == part.plan().to_records()
        assert back.levels == part.levels
    with (tmp_path / "out" / "coverage.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == len(team.coverage())


def test_plans_go_to_their_folders_one_by_one_and_only_figures_stay(tmp_path: Path) -> None:
    pairs = iter(split(ROWS, start="2027-01-04", reps=REPS).items())
    with ThreadPoolExecutor(1) as pool:
        team = plan_all(pairs, effort=0, executor=pool, folder=tmp_path)
    assert all(part.campaign is None for part in team.parts.values())
    assert team.to_records() == a_team().to_records()
    rolled_up = ("coverage.csv", "team.xlsx", "team.html")
    assert team.write(tmp_path) == tuple(tmp_path / name for name in rolled_up)
    assert team.coverage() == a_team().coverage()


def test_a_folder_holds_every_setting_of_a_territory(tmp_path: Path) -> None:
    step = Step("hi there", ["call", "fax"], "sell", within=7)
    next_step = Step(
        "b", "visit", "listen", after="hi there", gap=[1, 3, 9], contact="sponsor", late=2
    )
    policy = Policy(
        channels={"fax": Channel("fax", 2, per_week=9, weekdays=[0, 2]), "x.y": Channel("x.y", 1)},
        tiers=[Tier("Gold", weight=9, cadence="own", share=0.2), Tier("Rest", floor=False)],
        cadences={"own": Cadence("own", [step, next_step])},
        relationships={**Policy().relationships, "good": "own"},
        purposes={"sell": evolve(Policy().purposes["listen"], name="sell", selling=True)},
        follow_ups={"met": FollowUp(again=(2, 4), counts=False)},
        rhythms={"yearly": Rhythm("yearly", 52, Policy().rhythms["quarterly"].touches)},
        capacity=Capacity(minutes_per_week=300, ramp=(0.25,), more={dt.date(2027, 1, 12): 20}),
        courtesy=Courtesy(
            gap=3,
            most_by_channel={"call": 2, "letter": 6, "visit": 3, "fax": 1},
            call_hours="10:00-12:00",
            substitute=False,
        ),
        travel=Travel(
            speed_kmh=50,
            overnight=True,
            drives=Drives.of(["home", "A-1", "base-2"], [[0, 55, 9], [50, 0, 60], [8, None, 0]]),
        ),
        service=Service(late=[1, 1, 4], second_choice=8, move_told=9),
        comfort=Comfort(drive=0.5, write=7, call=1.5, early=3),
    )
    rep = Rep(
        'Ann "A" O\'Neil',
        home=(45.5, -123.25),
        timezone="Europe/Berlin",
        country="DE",
        region="BY",
        extra_holidays=[dt.date(2027, 2, 12)],
        hours={"tue": "08:00-12:00 13:00-15:00"},
        leave=["2027-02-15/2027-02-19"],
        bases=[
            Base((45.1, -123.5), weekdays=[3, 4], days=["2027-02-01/2027-02-03"]),
            Base((45.2, -123.5), since="2027-02-08"),
        ],
        writing="16:00",
        lunch_minutes=45,
    )
    account = Account(
        "A-1",
        "Mill",
        latitude=45.0,
        longitude=-123.0,
        timezone="Europe/Berlin",
        visit_minutes=90,
        extra_minutes=15,
    )
    made: Territory = small(
        account, rep=rep, policy=policy, name="Zürich", days=60, closed=["2027-02-10"]
    )
    for name, data in render_folder(made).items():
        (tmp_path / name).write_bytes(data)
    assert read(tmp_path) == made
    busy = evolve(made, rep=evolve(rep, busy=[Busy("2027-01-12", "2027-01-13")]))
    assert render_folder(busy)["campaign.toml"] == render_folder(made)["campaign.toml"]


def test_the_roll_up_is_a_page_and_a_workbook_too(tmp_path: Path) -> None:
    team = a_team()
    written = {path.name for path in team.write(tmp_path)}
    assert written >= {"coverage.csv", "team.xlsx", "team.html"}
    by_rep, by_tier = team.tables()
    assert [row[0] for row in by_rep.rows] == [*OWNERS, "All reps"]
    assert by_rep.rows[-1][1] == 9
    assert len(by_tier.rows) == len(team.coverage())
    page = (tmp_path / "team.html").read_text(encoding="utf-8")
    assert "O&#39;Neil / West" in page
    assert (tmp_path / "team.xlsx").read_bytes() == team.to_xlsx()


def test_a_team_of_nobody_has_an_empty_roll_up(tmp_path: Path) -> None:
    nobody = Team({}, failures={"275": Failed("275", "ValueError", "no place")})
    assert nobody.write(tmp_path)
    assert "275: no place" in nobody.to_html()


def test_each_part_of_a_split_list_has_its_drives_and_the_days_that_are_closed() -> None:
    rows = [
        {"account_id": f"A-{n}", "name": f"Firm {n}", "owner": "ann" if n % 2 else "bob"}
        | {"latitude": 45 + n / 50, "longitude": -123.0, "country": "US"}
        for n in range(4)
    ]
    matrix = [[0 if one == other else 20 + one for other in range(4)] for one in range(4)]
    kinds: list[Any] = [matrix, {("A-1", "A-3"): 21, ("A-0", "A-2"): 20}, lambda *_: 21]
    for drives in kinds:
        parts = split(rows, start="2027-01-04", closed="2027-02-01/2027-02-05", drives=drives)
        between = parts["ann"].travel.drives.between
        assert between("A-1", "A-3") == 21
        assert parts["bob"].travel.drives.between("A-0", "A-2") in (20, 21)
        assert dt.date(2027, 2, 3) not in parts["ann"].calendar.working_days
        assert (between("home", "A-1") == 21) is callable(drives)
    with pytest.raises(InvalidInput, match="seconds"):
        split(rows, start="2027-01-04", drives=[[60 * cell for cell in row] for row in matrix])


def test_a_folder_of_values_made_by_hand_reads_back_with_its_bounds(tmp_path: Path) -> None:
    account = Account("A-1", "Cascade Dental", tier="C", latitude=44.9, longitude=-123.0)
    ann = Rep("Ann", home=(44.94, -123.03), timezone="America/Los_Angeles")
    territory = Territory(ann, [account], start="2027-01-04")
    assert not account.timezone
    team = plan_all({"275": territory}, effort=0, folder=tmp_path)
    back = Campaign.read(tmp_path / "275")
    assert back.levels == plan(territory, effort=0).levels
    assert [level.bound for level in back.levels[:4]] != [None] * 4
    assert not team.failures

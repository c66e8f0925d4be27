"""Drives of a campaign folder: a table, or what a routing engine answered."""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from folders import sound_folder

from campaign.outputs.lists import render_places
from campaign.reading import Reading, load
from campaign.touches import Plan

ACCOUNTS = (
    "account_id,name,tier,latitude,longitude,phone,street\n"
    "A-1,Cascade,A,44.95,-123.10,503 555 0101,1 Oak St\n"
    "A-2,River,A,44.05,-123.09,503 555 0102,2 Oak St\n"
)
CONTACTS = "contact_id,account_id,name\nC-1,A-1,Ada\n"
SECONDS: list[list[float]] = [[0, 600, 5400.5], [660, 0, 5000], [5300, 4900, 0]]
PLACES = ("home", "A-1", "A-2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sound_folder(
        tmp_path / "t",
        accounts=ACCOUNTS,
        contacts=CONTACTS,
        promises="promise_id,account_id,what,due\n",
    )


def answered(folder: Path, answer: object, name: str = "table.json") -> Reading:
    """A folder whose places were sent to an engine, with what it answered."""
    territory = load(folder).territory
    assert territory is not None
    (folder / "places.csv").write_bytes(render_places(Plan(territory, ())))
    (folder / name).write_text(json.dumps(answer))
    return load(folder)


def minutes(reading: Reading) -> dict[str, int | None]:
    assert reading.territory is not None, reading.findings
    drives = reading.territory.travel.drives
    pairs = [(one, other) for one in PLACES for other in PLACES if one != other]
    return {f"{one} {other}": drives.between(one, other) for one, other in pairs}


def told(reading: Reading) -> list[str]:
    return [f"{one.file} {one.problem}" for one in reading.findings if "address" not in one.problem]


KNOWN = {
    "home A-1": 10,
    "home A-2": 91,
    "A-1 home": 11,
    "A-1 A-2": 84,
    "A-2 home": 89,
    "A-2 A-1": 82,
}
VALHALLA: list[list[dict[str, float]]] = [
    [{"time": s, "distance": 1.0, "from_index": i, "to_index": j} for j, s in enumerate(row)]
    for i, row in enumerate(SECONDS)
]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"code": "Ok", "durations": SECONDS, "sources": []}, id="OSRM"),
        pytest.param({"durations": SECONDS, "metadata": {"service": "matrix"}}, id="ORS"),
        pytest.param({"sources_to_targets": VALHALLA, "units": "kilometers"}, id="Valhalla"),
        pytest.param({"sources_to_targets": {"durations": SECONDS}}, id="Valhalla, short"),
        pytest.param({"times": SECONDS, "distances": []}, id="GraphHopper"),
    ],
)
def test_an_engines_answer_is_read_as_it_is_its_seconds_rounded_up(
    folder: Path, answer: object
) -> None:
    reading = answered(folder, answer)
    assert minutes(reading) == KNOWN
    assert not told(reading)


def test_where_an_engine_knows_no_road_the_straight_line_holds_and_is_told(folder: Path) -> None:
    cut = [[0, 600, None], [660, 0, None], [None, None, 0]]
    reading = answered(folder, {"durations": cut})
    assert minutes(reading)["home A-2"] is None
    assert told(reading) == [
        "table.json the engine knows no road from A-2",
        "table.json 4 of 6 drives are missing",
    ]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"durations": [[s and s / 60 for s in row] for row in SECONDS]}, "faster than 150 km/h"),
        ({"durations": SECONDS[:2]}, "2 rows and 3 columns for the 3 places"),
        ({"durations": None}, "no rows of durations"),
        ({"durations": [[0, "far", 1]] * 3}, "'far' among its durations"),
        ({"durations": [[0, -1, 1]] * 3}, "-1 among its durations"),
        ({"distances": SECONDS}, "distances and no durations"),
        ({"code": "TooBig", "message": "Too many table coordinates"}, "Too many table coordinates"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_error(
    folder: Path, answer: object, problem: str
) -> None:
    reading = answered(folder, answer)
    assert reading.territory is None
    (wrong,) = [one for one in reading.findings if one.is_error]
    assert wrong.file == "table.json"
    assert problem in wrong.problem


def snapped(*places: tuple[float, float], key: str) -> list[dict[str, Any]]:
    if key == "location":
        return [{"location": [longitude, latitude]} for latitude, longitude in places]
    return [{"lat": latitude, "lon": longitude} for latitude, longitude in places]


TRUE = ((44.94, -123.03), (44.95, -123.1), (44.05, -123.09))
IN_BAVARIA = ((48.14, 11.58), (48.1, 11.6), (47.6, 12.2))


@pytest.mark.parametrize("key", ["location", "lat"])
def test_longitude_and_latitude_that_were_exchanged_are_refused(folder: Path, key: str) -> None:
    for file, old in (
        ("campaign.toml", "{:g}, longitude = {:g}"),
        ("accounts.csv", "{:.2f},{:.2f}"),
    ):
        text = (folder / file).read_text()
        for one, other in zip(TRUE, IN_BAVARIA, strict=True):
            text = text.replace(old.format(*one), old.format(*other))
        (folder / file).write_text(text)
    turned = snapped(*((east, north) for north, east in IN_BAVARIA), key=key)
    reading = answered(folder, {"durations": SECONDS, "sources": turned})
    assert reading.territory is None
    assert any("longitude and latitude are exchanged" in one for one in told(reading))
    (folder / "table.json").unlink()
    right = snapped(*IN_BAVARIA, key=key)
    assert minutes(answered(folder, {"durations": SECONDS, "sources": right})) == KNOWN


def test_a_place_that_the_engine_moved_far_is_told(folder: Path) -> None:
    off = snapped(TRUE[0], (44.97, -123.1), TRUE[2], key="location")
    (said,) = told(answered(folder, {"durations": SECONDS, "sources": off}))
    assert "took A-1 to be more than a kilometre away" in said


def test_answers_of_others_are_left_alone(folder: Path) -> None:
    for name, content in (("a.json", "[1, 2]"), ("b.json", "{"), ("c.json", '{"x": 1}')):
        (folder / name).write_text(content)
    assert not told(load(folder))
    (folder / "table.json").write_text(json.dumps({"durations": SECONDS}))
    (said,) = told(load(folder))
    assert "no places.csv says between which places" in said
    reading = answered(folder, {"durations": SECONDS}, "other.json")
    assert "other.json and table.json are both answers" in told(reading)[0]


def written(folder: Path, *rows: str) -> Reading:
    (folder / "drives.csv").write_text("from,to,minutes\n" + "".join(f"{row}\n" for row in rows))
    return load(folder)


def test_drives_are_a_row_a_direction_and_missing_ones_are_counted(folder: Path) -> None:
    reading = written(folder, "Home,A-1,10", "A-1,home,11.2", "A-2,A-1,82", "A-2,A-1,82")
    assert minutes(reading) == {
        **dict.fromkeys(KNOWN),
        "home A-1": 10,
        "A-1 home": 12,
        "A-2 A-1": 82,
    }
    assert told(reading) == ["drives.csv 3 of 6 drives are missing"]


def test_a_persons_drives_are_those_of_the_account(folder: Path) -> None:
    reading = written(folder, "home,C-1,10", "C-1,home,11")
    assert minutes(reading)["home A-1"] == 10


def test_rows_that_are_no_drives_are_told_all_at_once(folder: Path) -> None:
    reading = written(folder, "home,A-1,soon", ",A-1,9", "A-1,home,5", "A-1,home,6", "home,A-2,-4")
    assert [(one.row, one.column) for one in reading.findings if one.is_error] == [
        (2, "minutes"),
        (3, "from"),
        (5, ""),
        (6, "minutes"),
    ]


def test_seconds_in_place_of_minutes_are_refused(folder: Path) -> None:
    reading = written(folder, "home,A-1,600", "home,A-2,5400", "A-2,home,5300")
    assert reading.territory is None
    assert "drives.csv half of the drives are slower than a walk in a straight line" in told(
        reading
    )


def test_ids_that_nobody_has_are_told(folder: Path) -> None:
    (strange, _) = told(written(folder, "home,X-9,10"))
    assert strange == "drives.csv X-9 is no id of an account, and not home"


def test_a_place_found_by_its_address_may_lie_some_kilometres_elsewhere(folder: Path) -> None:
    text = ACCOUNTS.replace("latitude,longitude", "city,region,country")
    text = text.replace("44.95,-123.10", "Salem,OR,US").replace("44.05,-123.09", "Albany,OR,US")
    (folder / "accounts.csv").write_text(text)
    reading = written(folder, "home,A-1,1", "A-1,home,1", "home,A-2,12")
    assert reading.territory is not None
    there = reading.territory.account("A-2")
    assert evolve(there, latitude=None, longitude=None).precision == "unknown"


def block(rows: range, columns: range) -> dict[str, Any]:
    """The answer of OSRM that is about a part of the places, each a hundred metres off."""
    where = [(44.94, -123.03), (44.95, -123.10), (44.05, -123.09)]
    off = [{"location": [longitude + 0.001, latitude]} for latitude, longitude in where]
    return {
        "code": "Ok",
        "durations": [[SECONDS[row][column] for column in columns] for row in rows],
        "sources": [off[row] for row in rows],
        "destinations": [off[column] for column in columns],
    }


def test_an_answer_may_come_in_blocks(folder: Path) -> None:
    blocks = [(range(2), range(3)), (range(2, 3), range(2)), (range(2, 3), range(2, 3))]
    for number, (rows, columns) in enumerate(blocks):
        reading = answered(folder, block(rows, columns), f"block-{number}.json")
        first = reading.territory
        assert first is not None
    assert minutes(reading) == KNOWN
    assert not any("missing" in one for one in told(reading))
    (folder / "block-1.json").unlink()
    lacking = load(folder)
    assert minutes(lacking) == KNOWN | {"A-2 home": None, "A-2 A-1": None}
    assert any("drives are missing" in one for one in told(lacking))


def test_a_block_has_to_say_which_places_it_is_about(folder: Path) -> None:
    nameless = {"durations": SECONDS[:2]}
    (problem,) = [one for one in answered(folder, nameless).findings if one.is_error]
    assert "does not say which they are" in problem.problem
    (folder / "table.json").unlink()
    elsewhere = block(range(2), range(3))
    elsewhere["sources"] = [{"location": [10.0, 50.0]}, {"location": [10.1, 50.0]}]
    (problem,) = [one for one in answered(folder, elsewhere).findings if one.is_error]
    assert "does not say which they are" in problem.problem

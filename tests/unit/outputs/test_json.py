"""The plan as records and as JSON, by the schema that is published with it."""

import datetime as dt
import json
import re
from typing import Any

import attrs
import pytest
from documents import doc
from handmade import RIGHT_TO_LEFT, START, campaign
from jsonschema import Draft202012Validator, FormatChecker
from reports import hostile

from campaign.outputs.json import render_json, schema
from campaign.outputs.plan_table import CAMPAIGN_COLUMNS, LEFT_OUT_COLUMNS
from campaign.rules import LEVELS
from campaign.touches import ReasonCode, Status


def faults(content: object) -> list[str]:
    validator = Draft202012Validator(schema(), format_checker=FormatChecker())
    return [error.json_path for error in validator.iter_errors(content)]


def content() -> Any:  # noqa: ANN401 (JSON)
    return json.loads(render_json(campaign()))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_plans_fit_the_schema() -> None:
    assert faults(content()) == []
    assert faults(json.loads(render_json(hostile()))) == []


def test_the_schema_knows_the_columns_and_the_words_and_no_others() -> None:
    kinds = schema()["$defs"]
    assert kinds["touch"]["required"] == list(CAMPAIGN_COLUMNS)
    assert kinds["left_out"]["required"] == list(LEFT_OUT_COLUMNS)
    assert kinds["touch"]["properties"]["status"]["enum"] == list(Status)
    assert kinds["left_out"]["properties"]["reason_code"]["enum"] == list(ReasonCode)
    assert kinds["level"]["properties"]["name"]["enum"] == list(LEVELS)
    assert not any(kind["additionalProperties"] for kind in kinds.values())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 1),
        (("campaign", "start"), "4 January"),
        (("campaign", "days"), 45),
        (("touches", 0, "required"), "yes"),
        (("touches", 0, "start"), "9:00"),
        (("touches", 0, "minutes"), None),
        (("touches", 0, "fax"), "1"),
        (("left_out", 0, "reason_code"), "rain"),
        (("levels", 0, "bound"), "2"),
    ],
)
def test_what_is_wrong_does_not_fit(path: tuple[Any, ...], value: object) -> None:
    changed = content()
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert len(faults(changed)) == 1


def test_values_are_what_they_are() -> None:
    found = content()
    assert found["campaign"] == {
        "name": "Willamette, by hand",
        "start": "2027-01-04",
        "days": 90,
        "end": "2027-04-03",
    }
    visit = found["touches"][0]
    assert (visit["start"], visit["stop"], visit["travel_minutes"]) == ("09:00", 1, 35)
    assert (visit["required"], visit["pinned"], visit["arrives"]) == (True, False, None)
    assert found["touches"][1]["account"] == RIGHT_TO_LEFT
    assert found["left_out"][0]["reason_code"] == "do_not_contact"
    assert found["levels"][1]["proved_best"] is True


def test_records_are_plain_values_with_the_columns_of_the_file() -> None:
    records = campaign().to_records()
    assert [tuple(record) for record in records] == [CAMPAIGN_COLUMNS] * len(campaign().touches)
    kinds = {type(value) for record in records for value in record.values()}
    assert kinds == {str, int, bool, dt.date, type(None)}
    assert (records[0]["date"], records[0]["start"], records[0]["tier"]) == (START, "09:00", "B")
    whole = ("day", "stop", "minutes", "travel_minutes", "home_minutes")
    assert {type(record[name]) for record in records for name in whole} == {int}


def test_records_stand_in_the_order_of_the_file_also_those_that_do_not_take_place() -> None:
    records = campaign().to_records()
    assert [record["date"] for record in records] == sorted(r["date"] for r in records)
    assert {record["status"] for record in records} == {"planned", "done", "skipped"}
    unlike = attrs.evolve(campaign(), touches=campaign().touches[::-1])
    assert unlike.to_records() == records


def test_every_key_is_described_in_the_reference() -> None:
    section = doc("reference/json").text
    keys = set(re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE))
    top = set(schema()["properties"])
    inner = {key for kind in schema()["$defs"].values() for key in kind["properties"]}
    assert top | inner | {"campaign", "rep"} <= keys

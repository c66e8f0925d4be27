"""Hostile inputs: each gives an error that names its place and its remedy, and no traceback."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from folders import ACCOUNTS, CONTACTS, PROMISES, SETTINGS, Content, sound_folder

from campaign.reading import load

TWO = "account_id,name\n"


def one_cell(column: str, text: str) -> Mapping[str, Content]:
    return {"accounts": f'account_id,name,{column}\nA-1,Cascade Dental,"{text}"\n'}


def settings(more: str) -> Mapping[str, Content]:
    return {"settings": SETTINGS + more}


def cadence(*steps: str) -> Mapping[str, Content]:
    return settings("[cadences.own]\nsteps = [\n" + "".join(f"{{ {s} }},\n" for s in steps) + "]\n")


CALL = 'channel = "call", purpose = "listen"'

Hostile = tuple[Mapping[str, Content], str, str]

LISTS: Mapping[str, Hostile] = {
    "an empty file": ({"accounts": ""}, "accounts.csv", "one row an account"),
    "a byte order mark alone": ({"accounts": b"\xef\xbb\xbf"}, "accounts.csv", "is empty"),
    "only empty lines": ({"accounts": "\n\n  \n,,\n"}, "accounts.csv", "is empty"),
    "a heading alone": ({"accounts": TWO}, "accounts.csv", "add one row"),
    "no heading": (
        {"accounts": "A-1;Foo\nA-2;Bar\n"},
        "accounts.csv:1 account_id",
        "write account_id above the column that holds it",
    ),
    "a workbook under the name of a CSV": (
        {"accounts": b"PK\x03\x04\x14\x00\x06\x00"},
        "accounts.csv",
        "is damaged, or no workbook",
    ),
    "an old workbook": ({"accounts": b"\xd0\xcf\x11\xe0\xa1\xb1"}, "accounts.csv", "an XLS file"),
    "a web page": ({"accounts": "\n<!DOCTYPE html><html>"}, "accounts.csv", "a web page"),
    "half a UTF-16 letter": (
        {"accounts": "\ufeffaccount_id,name\nA,B\n".encode("utf-16-le") + b"\x00"},
        "accounts.csv:3",
        "begins as UTF-16",
    ),
    "bytes of no known encoding": (
        {"accounts": b"account_id,name\nA-1,M\x81\xb0\xb1\xb2\xb3\xb4\n"},
        "accounts.csv:2",
        "neither UTF-8 nor Windows-1252; save it as CSV UTF-8",
    ),
    "a NUL byte": (
        {"accounts": ACCOUNTS.replace("Riverbend", "River\0bend")},
        "accounts.csv:3",
        "holds a NUL byte",
    ),
    "a cell of 2 MB": (
        {"accounts": f"{TWO}A-1,{'x' * 2_000_000}\nA-2,Bar\n"},
        "accounts.csv:2",
        "a cell is longer than 131,072 characters; shorten it",
    ),
    "a quote that never closes": (
        {"accounts": f'{TWO}A-1,"Foo\nA-2,Bar\n'},
        "accounts.csv:2",
        "a quote opens here and never closes; close it",
    ),
    "text after a closing quote": (
        {"accounts": f'{TWO}A-1,"Foo" Inc\n'},
        "accounts.csv:2",
        "write a quote inside a quoted cell twice",
    ),
    "more cells than headings": (
        {"accounts": f"{TWO}A-1,Foo\nA-2,Foo, Inc.\n"},
        "accounts.csv:3",
        "3 cells under 2 headings; put quotes around",
    ),
    "a heading twice": (
        {"accounts": "account_id,name,Name\nA-1,Foo,Bar\n"},
        "accounts.csv:1 name",
        "stands 2 times; keep one",
    ),
    "no column of ids": ({"accounts": "name\nFoo\n"}, "accounts.csv:1 account_id", "no column"),
    "no column of names": ({"accounts": "account_id\nA\n"}, "accounts.csv:1 name", "no column"),
    "an empty id": (
        {"accounts": ACCOUNTS.replace("A-2", "")},
        "accounts.csv:3 account_id",
        "is empty; give each account an id",
    ),
    "an empty name": (
        {"accounts": ACCOUNTS.replace("Riverbend Mills", " ")},
        "accounts.csv:3 name",
        "is empty; write the account's name",
    ),
    "an id twice": (
        {"accounts": ACCOUNTS.replace("A-2", "A-1")},
        "accounts.csv:3 account_id",
        '"A-1" is also the id of "Cascade Dental"; give each an id of its own',
    ),
    "an unknown tier": (
        {"accounts": ACCOUNTS.replace("Mills,B", "Mills,Z")},
        "accounts.csv:3 tier",
        '"Z" is no tier; write one of A, B, C',
    ),
    "31 April": (
        one_cell("last_contact", "31/04/2027"),
        "accounts.csv:2 last_contact",
        '"31/04/2027" is not a date; write 2027-04-30',
    ),
    "a date in two senses": (
        one_cell("last_contact", "03/04/2027"),
        "accounts.csv:2 last_contact",
        "can be two dates; write 2027-04-03 or 2027-03-04",
    ),
    "a spreadsheet's day number": (
        one_cell("grievance_since", "46115"),
        "accounts.csv:2 grievance_since",
        '"46115" is not a date; write 2026-04-03',
    ),
    "a misspelt relationship": (
        one_cell("relationship", "griefance"),
        "accounts.csv:2 relationship",
        "did you mean grievance?",
    ),
    "money in words": (one_cell("value", "a lot"), "accounts.csv:2 value", "write 1234.50"),
    "money in two senses": (
        one_cell("value", "1.234"),
        "accounts.csv:2 value",
        "can be two numbers; write 1234 or 1.2340",
    ),
    "endless money": (one_cell("potential", "1e999"), "accounts.csv:2 potential", "not a number"),
    "latitude and longitude exchanged": (
        {"accounts": "account_id,name,latitude,longitude\nA-1,Foo,-123.03,44.94\n"},
        "accounts.csv:2 latitude",
        "beyond 90 degrees; exchange latitude and longitude",
    ),
    "a longitude off the globe": (
        {"accounts": "account_id,name,latitude,longitude\nA-1,Foo,44,444\n"},
        "accounts.csv:2 longitude",
        "beyond 180 degrees; write -180 to 180",
    ),
    "a latitude in words": (
        {"accounts": "account_id,name,latitude,longitude\nA-1,Foo,north,44.94\n"},
        "accounts.csv:2 latitude",
        "are no degrees; write 44.94",
    ),
    "a misspelt time zone": (
        one_cell("timezone", "America/Los Angeles"),
        "accounts.csv:2 timezone",
        "did you mean America/Los_Angeles?",
    ),
    "hours of the 25th hour": (
        one_cell("visit_hours", "Mon-Fri 25:00-26:00"),
        "accounts.csv:2 visit_hours",
        "are no hours; write as 09:00-12:00",
    ),
    "closed from the end to the start": (
        one_cell("closed_dates", "2027-02-12/2027-02-01"),
        "accounts.csv:2 closed_dates",
        "ends before it starts; write 2027-02-01/2027-02-12",
    ),
    "a value as long as a letter": (
        one_cell("closed_dates", "x" * 20_000),
        "accounts.csv:2 closed_dates",
        "is 20,000 characters long; write one value",
    ),
    "perhaps": (
        one_cell("do_not_contact", "perhaps"),
        "accounts.csv:2 do_not_contact",
        "neither yes nor no; write yes or no",
    ),
    "an unknown cadence": (
        one_cell("cadence", "lite"),
        "accounts.csv:2 cadence",
        '"lite" is no cadence; write one of key-account',
    ),
    "a contact of an unknown account": (
        {"contacts": CONTACTS.replace("A-1", "A-9")},
        "contacts.csv:2 account_id",
        '"A-9" is no account of the list; add the account',
    ),
    "a contact's id twice": (
        {"contacts": CONTACTS + "C-1,A-2,Foo\n"},
        "contacts.csv:3 contact_id",
        '"C-1" is also the id of "Dr. Ito"',
    ),
    "a consent of maybe": (
        {"contacts": "contact_id,account_id,name,call\nC-1,A-1,Ito,maybe\n"},
        "contacts.csv:2 call",
        "write yes or no",
    ),
    "an unknown preferred channel": (
        {"contacts": "contact_id,account_id,name,prefers\nC-1,A-1,Ito,fax\n"},
        "contacts.csv:2 prefers",
        '"fax" is no channel; write one of letter',
    ),
    "a promise due soon": (
        {"promises": PROMISES.replace("2027-01-15", "soon")},
        "promises.csv:2 due",
        '"soon" is not a date; write it as YYYY-MM-DD',
    ),
    "a promise never due": (
        {"promises": PROMISES.replace("2027-01-15", "")},
        "promises.csv:2 due",
        "is empty; write the day",
    ),
    "a promise to an unknown account": (
        {"promises": PROMISES.replace("A-1", "A-9")},
        "promises.csv:2 account_id",
        '"A-9" is no account of the list',
    ),
    "promises of nothing": (
        {"promises": "promise_id,account_id,due\nP-1,A-1,2027-01-15\n"},
        "promises.csv:1 what",
        "there is no column what",
    ),
}

SETTINGS_FILE: Mapping[str, Hostile] = {
    "TOML that is none": (settings("name = Ann\n"), "campaign.toml:8 name", "texts in quotes"),
    "30 February": (
        {"settings": SETTINGS.replace("2027-01-04", "2027-02-30")},
        "campaign.toml:2 start",
        "cannot be read as TOML",
    ),
    "brackets without end": (
        {"settings": "x = " + "[" * 100_000},
        "campaign.toml",
        "is nested too deeply",
    ),
    "a number of 5,000 digits": (
        settings(f"lunch_minutes = {'9' * 5000}\n"),
        "campaign.toml:8 lunch_minutes",
        "cannot be read as TOML",
    ),
    "settings in no encoding": (
        {"settings": b"[campaign]\nname = '\x81'\n"},
        "campaign.toml:2",
        "neither UTF-8 nor Windows-1252",
    ),
    "a misspelt key": (
        settings("[capacity]\nminutes_per_dy = 5\n"),
        "campaign.toml:9 capacity.minutes_per_dy",
        "did you mean minutes_per_day?",
    ),
    "a misspelt table": (settings("[capasity]\n"), "campaign.toml:8 capasity", "mean capacity?"),
    "a word for a number": (
        settings('[capacity]\nminutes_per_day = "six"\n'),
        "campaign.toml:9 capacity.minutes_per_day",
        '"six" is not a number of minutes; write 360',
    ),
    "negative capacity": (
        settings("[capacity]\nminutes_per_week = -5\n"),
        "campaign.toml:9 capacity.minutes_per_week",
        "-5 minutes are not between 0 and 10080; write 720",
    ),
    "a ramp above 1": (
        settings("[capacity]\nramp = [0.5, 2]\n"),
        "campaign.toml:9 capacity.ramp",
        "2 is not between 0 and 1",
    ),
    "a campaign of 45 days": (
        {"settings": SETTINGS.replace("start", "days = 45\nstart")},
        "campaign.toml:2 campaign.days",
        "45 days are not a multiple of 30; write 30, 60 or 90",
    ),
    "a start that is no date": (
        {"settings": SETTINGS.replace("2027-01-04", '"31/04/2027"')},
        "campaign.toml:2 campaign.start",
        '"31/04/2027" is not a date; write 2027-04-30',
    ),
    "no start": (
        {"settings": SETTINGS.replace("start = 2027-01-04", "")},
        "campaign.toml start",
        "no start is given; write start = 2027-01-04",
    ),
    "an unknown time zone": (
        {"settings": SETTINGS.replace("Los_Angeles", "Los_Angles")},
        "campaign.toml:6 rep.timezone",
        "did you mean America/Los_Angeles?",
    ),
    "an unknown country": (
        {"settings": SETTINGS.replace('"US"', '"XX"')},
        "campaign.toml:7 rep.country",
        'no public holidays are known for "XX"',
    ),
    "an unknown region": (
        settings('region = "ZZ"\n'),
        "campaign.toml:8 rep.region",
        'no public holidays are known for "US-ZZ"',
    ),
    "a home by its street alone": (
        {"settings": SETTINGS.replace("latitude = 44.94, longitude = -123.03", 'street = "Oak"')},
        "campaign.toml:5 rep.home",
        'write "Salem, OR", "97301, US"',
    ),
    "a home in a city without a name": (
        {"settings": SETTINGS.replace("latitude = 44.94, longitude = -123.03", 'city = " "')},
        "campaign.toml:5 rep.home",
        "there is no postal code and no city; write { city",
    ),
    "a home beyond all degrees": (
        {"settings": SETTINGS.replace("44.94", "444.94")},
        "campaign.toml:5 rep.home",
        "444.94, -123.03 is no place on the earth; latitudes run from -90 to 90",
    ),
    "a key that stands twice": (
        {"settings": SETTINGS + "\n[travel]\nspeed_kmh = 50\nspeed_kmh = 60\n"},
        "campaign.toml:11 speed_kmh",
        "the key or the table stands there twice; take one of them out",
    ),
    "settings that are not UTF-8": (
        {"settings": SETTINGS.encode() + b"# \x81\n"},
        "campaign.toml:8",
        "neither UTF-8 nor Windows-1252; save it as UTF-8",
    ),
    "a home off the globe": (
        {"settings": SETTINGS.replace("44.94", "144.94")},
        "campaign.toml:5 rep.home",
        "is no place on the earth; latitudes run from -90 to 90",
    ),
    "no working day by hours": (
        settings("hours = {}\n"),
        "campaign.toml:8 rep.hours",
        "there is no working day in the whole campaign; give the rep hours",
    ),
    "no working day by leave": (
        settings('leave = ["2027-01-01/2027-12-31"]\n'),
        "campaign.toml:8 rep.leave",
        "there is no working day in the whole campaign",
    ),
    "leave that ends before it starts": (
        settings('leave = ["2027-02-19/2027-02-15"]\n'),
        "campaign.toml:8 rep.leave",
        "write 2027-02-15/2027-02-19",
    ),
    "hours on a day of no week": (
        settings('hours = { mond = "09:00-17:00" }\n'),
        "campaign.toml:8 rep.hours",
        "did you mean mon?",
    ),
    "a speed that is no number": (
        settings("[travel]\nspeed_kmh = nan\n"),
        "campaign.toml:9 travel.speed_kmh",
        "nan is not a number; write 60",
    ),
    "a gap reversed": (
        cadence(f'step = "a", {CALL}', f'step = "b", {CALL}, after = "a", gap = [5, 1]'),
        "campaign.toml:11 cadences.own.b.gap",
        "gap [5, 1] is not in order; write least, ideal and most",
    ),
    "steps in a circle": (
        cadence(f'step = "a", {CALL}, after = "b"', f'step = "b", {CALL}, after = "a"'),
        "campaign.toml:10 cadences.own.a",
        'step "a" follows itself through "b"; break the circle',
    ),
    "a step after an unknown one": (
        cadence(f'step = "a", {CALL}, after = "z"'),
        "campaign.toml:10 cadences.own.a",
        'comes after "z", which is no step of this cadence; its steps are a',
    ),
    "two steps of one name": (
        cadence(f'step = "a", {CALL}', f'step = "a", {CALL}'),
        "campaign.toml:10 cadences.own.a",
        "give each step a name of its own",
    ),
    "a misspelt key of a step": (
        cadence(f'step = "a", {CALL}, requierd = false'),
        "campaign.toml:10 cadences.own.a.requierd",
        "did you mean required?",
    ),
    "a step without a name": (cadence(CALL), "campaign.toml:9 cadences.own.steps", "has no name"),
    "a step by an unknown channel": (
        cadence('step = "a", channel = "fax", purpose = "listen"'),
        "campaign.toml:10 cadences.own.a.channel",
        '"fax" is no channel; write one of letter',
    ),
    "a step for an unknown purpose": (
        cadence('step = "a", channel = "call", purpose = "lisn"'),
        "campaign.toml:10 cadences.own.a.purpose",
        '"lisn" is no purpose; write one of introduce',
    ),
    "a cadence without steps": (
        settings("[cadences.own]\n"),
        "campaign.toml:8 cadences.own.steps",
        "is missing; write steps",
    ),
    "a new channel without minutes": (
        settings("[channels.fax]\nper_day = 3\n"),
        "campaign.toml:8 channels.fax.minutes",
        "is missing; write what a touch takes, as minutes = 15",
    ),
    "post that arrives before it is sent": (
        settings("[channels.letter]\ntransit = [5, 2]\n"),
        "campaign.toml:9 channels.letter.transit",
        "[5, 2] is not least and most; write [2, 5]",
    ),
    "a tier of an unknown cadence": (
        settings('[tiers.A]\ncadence = "nope"\n'),
        "campaign.toml:9 tiers.A.cadence",
        '"nope" is no cadence; write one of',
    ),
    "a tier that is a number": (
        settings("[tiers]\nA = 3\n"),
        "campaign.toml:9 tiers.A",
        "3 is no table; write [tiers.A] and keys under it",
    ),
    "shares above the whole": (
        settings("[tiers.A]\nshare = 0.9\n"),
        "campaign.toml:8 tiers",
        "sum to more than 1; lower one of them",
    ),
    "an unknown relationship": (
        settings('[relationships.grievanc]\ncadence = "recovery"\n'),
        "campaign.toml:8 relationships.grievanc",
        "did you mean grievance?",
    ),
    "a ceiling of an unknown channel": (
        settings("[contact]\nmost_fax = 3\n"),
        "campaign.toml:9 contact.most_fax",
        "is no key of [contact]",
    ),
}

HOSTILE = {**LISTS, **SETTINGS_FILE}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_input_is_named_with_its_place_and_remedy(name: str, tmp_path: Path) -> None:
    changed, place, sentence = HOSTILE[name]
    reading = load(sound_folder(tmp_path / "territory", **changed))
    errors = [finding for finding in reading.findings if finding.is_error]
    at_place = [str(error) for error in errors if error.place == place]
    assert reading.territory is None
    assert any(sentence in error for error in at_place), "\n".join(map(str, errors))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_input_is_not_drowned_by_what_follows_from_it(name: str, tmp_path: Path) -> None:
    changed, _, _ = HOSTILE[name]
    reading = load(sound_folder(tmp_path / "territory", **changed))
    errors = [finding for finding in reading.findings if finding.is_error]
    assert len(errors) <= 2, "\n".join(map(str, errors))
    assert all(error.remedy or "no steps" in error.problem for error in errors)


def test_every_fault_of_every_file_is_found_at_once(tmp_path: Path) -> None:
    folder = sound_folder(
        tmp_path / "territory",
        settings=SETTINGS + "[capacity]\nminutes_per_dy = 5\nramp = [7]\n",
        accounts=ACCOUNTS.replace("Mills,B", "Mills,Z").replace("44.94", "144.94"),
        contacts=CONTACTS.replace("A-1", "A-9"),
        promises=PROMISES.replace("2027-01-15", "soon"),
    )
    errors = [finding.place for finding in load(folder).findings if finding.is_error]
    assert errors == [
        "campaign.toml:9 capacity.minutes_per_dy",
        "campaign.toml:10 capacity.ramp",
        "accounts.csv:2 latitude",
        "accounts.csv:3 tier",
        "contacts.csv:2 account_id",
        "promises.csv:2 due",
    ]

"""The calendars of a campaign folder: found, read, and their meetings put on the map."""

import datetime as dt
from pathlib import Path

import pytest
from attrs import evolve
from calendars import OUTLOOK, calendar
from folders import ACCOUNTS, SETTINGS, sound_folder
from handmade import territory
from rows import a_touch

from campaign.answer import Campaign
from campaign.model.accounts import Account
from campaign.model.busy import Busy
from campaign.model.values import Coordinates
from campaign.outputs.calendar import render_calendar
from campaign.reading import Reading, load
from campaign.reading.calendars.meeting_places import at_known_places, said_of_places

MEETING = "DTSTART:20270112T170000Z\nDTEND:20270112T180000Z\n"
SALEM = Coordinates(44.94, -123.03)


def loaded(tmp_path: Path, busy: str, **files: bytes | str) -> Reading:
    folder = sound_folder(tmp_path / "territory", settings=f"{SETTINGS}busy = {busy}\n")
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.ics").write_bytes(data)
    return load(folder)


def test_the_calendar_takes_time_from_the_days_of_the_rep(tmp_path: Path) -> None:
    reading = loaded(tmp_path, '"work.ics"', work=OUTLOOK)
    assert reading.territory is not None
    rep = reading.territory.rep
    assert rep.free_minutes(dt.date(2027, 1, 5)) == 510 - 60
    assert rep.free_minutes(dt.date(2027, 1, 7)) == 0
    assert "work.ics: 9 events read; busy at 14 times from 2027-01-04 to 2027-04-03" in reading.said


def test_a_meeting_at_an_account_stands_at_its_place(tmp_path: Path) -> None:
    reading = loaded(tmp_path, '"work.ics"', work=OUTLOOK)
    assert reading.territory is not None
    places = {busy.what[:9]: busy.place for busy in reading.territory.rep.busy}
    assert places["Team call"] in (SALEM, None)
    calls = [busy for busy in reading.territory.rep.busy if busy.where]
    assert {busy.place for busy in calls} == {SALEM}


def test_several_calendars_are_taken_together(tmp_path: Path) -> None:
    later = MEETING.replace("20270112", "20270113")
    reading = loaded(tmp_path, '["a.ics", "b.ics"]', a=calendar(MEETING), b=calendar(later))
    assert reading.territory is not None
    assert [busy.start.day for busy in reading.territory.rep.busy] == [12, 13]


def test_a_calendar_that_is_not_there_is_an_error_at_its_key(tmp_path: Path) -> None:
    reading = loaded(tmp_path, '["a.ics", "https://example.org/b.ics", "c.ics"]', a=calendar())
    assert reading.territory is None
    found = [str(finding) for finding in reading.findings if finding.is_error]
    line = SETTINGS.count("\n") + 1
    place, web = f"campaign.toml:{line} rep.busy", "download it, and name the file"
    assert found == [
        f'{place}: "https://example.org/b.ics" is an address on the web; {web}',
        f'{place}: "c.ics" does not exist; check the name, or make it first',
    ]


def test_a_broken_event_is_a_notice_with_its_file_and_line(tmp_path: Path) -> None:
    reading = loaded(tmp_path, '"a.ics"', a=calendar("SUMMARY:Fair\nDTSTART:soon", MEETING))
    assert reading.territory is not None
    (notice,) = [finding for finding in reading.findings if finding.file == "a.ics"]
    assert str(notice) == (
        'a.ics:3: the event "Fair" has a DTSTART that cannot be read; '
        "left aside; correct it in the calendar, or give the day as leave"
    )


def meeting(where: str) -> Busy:
    return Busy("2027-01-12T09:00", "2027-01-12T10:00", where=where)


ACCOUNT = Account(
    "A-1",
    "Cascade Dental",
    street="1 Oak St",
    city="Salem",
    postal_code="97301",
    latitude=44.94,
    longitude=-123.03,
)


def test_a_location_is_known_by_name_or_by_street_and_town() -> None:
    known = ("Cascade Dental", "at CASCADE-DENTAL, room 4", "1 Oak St, Salem", "1 Oak St 97301")
    unknown = ("1 Oak St", "Salem", "Zoom", "")
    placed = at_known_places(map(meeting, (*known, *unknown)), [ACCOUNT], "")
    assert [busy.place for busy in placed] == [SALEM] * 4 + [None] * 4


def test_a_location_that_fits_two_places_is_left_alone() -> None:
    other = Account("A-2", "Cascade Dental", latitude=45, longitude=-122)
    (busy,) = at_known_places([meeting("Cascade Dental")], [ACCOUNT, other], "US")
    assert busy.place is None


def test_a_place_of_the_calendars_own_goes_before_ours() -> None:
    own = Busy("2027-01-12T09:00", "2027-01-12T10:00", where="Cascade Dental", place=(1, 2))
    assert at_known_places([own], [ACCOUNT], "US") == (own,)


def test_accounts_whose_place_is_not_known_place_nothing() -> None:
    nowhere = Account("A-1", "Cascade Dental")
    assert at_known_places([meeting("Cascade Dental")], [nowhere], "US")[0].place is None
    assert "Cascade Dental" in ACCOUNTS


def test_the_campaigns_own_events_do_not_stand_in_its_way(tmp_path: Path) -> None:
    visit = a_touch("A-1/A-1/go", dt.date(2027, 1, 12), channel="visit", start=540, end=600)
    ours = render_calendar(Campaign(territory(name=""), (visit,)))
    others = render_calendar(Campaign(territory(name="Other"), (visit,)))
    reading = loaded(tmp_path, '["ours.ics", "others.ics"]', ours=ours, others=others)
    assert reading.territory is not None
    day = "from 2027-01-04 to 2027-04-03"
    own = "1 of them of this campaign itself and left aside"
    assert [line for line in reading.said if ".ics" in line] == [
        f"ours.ics: 1 event read, {own}; busy at 0 times {day}",
        f"others.ics: 1 event read; busy at 1 time {day}",
    ]
    assert [busy.start.hour for busy in reading.territory.rep.busy] == [17]


@pytest.mark.parametrize(
    ("country", "where", "place"),
    [
        ("US", "9 Elm St, Albany, OR 97321", (44.6, -123.1)),
        ("US", "Hall B (9 Elm St, Albany, OR, 97321), USA", (44.6, -123.1)),
        ("US", "Albany, OR", (44.6, -123.1)),
        ("US", "12345 Elm St, Albany, OR", (44.6, -123.1)),
        ("DE", "Hauptstr. 5, 70173 Stuttgart, Germany", (48.8, 9.2)),
        ("US", "Room 97321", None),
        ("US", "Albany", None),
        ("US", "Room 12345, Albany", None),
        ("US", "Boise, ID; Albany, OR", None),
        ("US", "https://meet.example/97321 Albany, OR 97321", None),
        ("US", "Microsoft Teams Meeting", None),
        ("", "9 Elm St, Albany, OR 97321", None),
    ],
)
def test_an_address_is_known_by_its_postal_code_or_its_region(
    country: str, where: str, place: tuple[float, float] | None
) -> None:
    (busy,) = at_known_places([meeting(where)], [ACCOUNT], country)
    found = busy.place and (busy.place.latitude, busy.place.longitude)
    assert found == (place and pytest.approx(place, abs=0.15))


def test_how_many_places_are_known_is_said() -> None:
    times = [meeting("Zoom"), evolve(meeting("Hall"), place=SALEM), meeting("")]
    (said,) = said_of_places(times)
    assert said.startswith("of 2 times in the calendar that name a place, 1 is at one")
    assert list(said_of_places([meeting("")])) == []

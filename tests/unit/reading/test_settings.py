import datetime as dt

import pytest

from campaign.model.cadences import Gap, Purpose, Step
from campaign.model.channels import Channel
from campaign.model.hours import Hours
from campaign.model.outcomes import FollowUp, Outcome
from campaign.model.policy import Policy
from campaign.model.priorities import ScoreWeights
from campaign.model.rep import Capacity, Courtesy, Travel
from campaign.model.values import Coordinates
from campaign.reading.settings import toml_values as kinds
from campaign.reading.settings.campaign_toml import Settings, read_settings
from campaign.reading.settings.document import parse_document
from campaign.workdays import Span


def settings(text: str) -> Settings:
    found = read_settings(parse_document(text.encode(), "campaign.toml"))
    assert not [finding for finding in found.findings if finding.is_error], found.findings
    return found


def faults(text: str) -> list[tuple[int, str]]:
    found = read_settings(parse_document(text.encode(), "campaign.toml"))
    return [(finding.row, finding.column) for finding in found.findings if finding.is_error]


def test_an_empty_file_is_all_defaults() -> None:
    found = settings("")
    assert (found.start, found.days, found.rep.home, found.rep.timezone) == (None, 90, None, "")
    assert found.policy.channels == Policy().channels
    assert found.policy.tiers == Policy().tiers
    assert found.policy.cadences == Policy().cadences
    assert found.policy.relationships == Policy().relationships
    assert found.policy.capacity == Capacity()
    assert found.policy.courtesy == Courtesy()
    assert found.policy.travel == Travel()
    assert found.policy.score_weights == ScoreWeights()


def test_the_rep_is_read() -> None:
    rep = settings(
        '[rep]\nname = "Ann"\nhome = { latitude = 44.94, longitude = -123 }\n'
        'timezone = "Europe/Berlin"\ncountry = "Germany"\nregion = "BY"\n'
        'extra_holidays = [2027-02-12, "2027-03-01/2027-03-02"]\n'
        'not_holidays = ["2027-02-15"]\nlunch_minutes = 45\n'
        'hours = { mon = "08:00-12:00 13:00-17:00", tue = "" }\n'
        'leave = ["2027-02-15/2027-02-19", 2027-03-01]\n'
    ).rep
    assert rep.name == "Ann"
    assert rep.home == Coordinates(44.94, -123)
    assert (rep.timezone, rep.country, rep.region) == ("Europe/Berlin", "DE", "BY")
    assert rep.extra_holidays == {dt.date(2027, 2, 12), dt.date(2027, 3, 1), dt.date(2027, 3, 2)}
    assert rep.not_holidays == {dt.date(2027, 2, 15)}
    assert rep.lunch_minutes == 45
    assert rep.hours == {0: (Hours(480, 720), Hours(780, 1020)), 1: ()}
    assert rep.leave == (
        Span(dt.date(2027, 2, 15), dt.date(2027, 2, 19)),
        Span(dt.date(2027, 3, 1), dt.date(2027, 3, 1)),
    )


def test_what_one_contact_can_bear_is_laid_over_the_defaults() -> None:
    courtesy = settings(
        '[contact]\ngap = 3\nmost_call = 2\nmost_email = 1\nunknown_consent = "deny"\n'
        'new_days = 90\nnew_cadence = "light"\n'
    ).policy.courtesy
    assert courtesy == Courtesy(
        gap=3,
        most_by_channel={"call": 2, "letter": 6, "visit": 3, "email": 1},
        unknown_consent="deny",
        new_days=90,
        new_cadence="light",
    )


def test_capacity_travel_and_score_are_read() -> None:
    found = settings(
        "[capacity]\nminutes_per_day = 300\nminutes_per_week = 600\nramp = [0.5, 1]\n"
        "contacts_at_once = 3\n[travel]\nspeed_kmh = 50\ndetour = 1.2\nminutes_per_stop = 0\n"
        "unknown_minutes = 20\n[score]\nvalue = 1\npotential = 2.5\nrelationship = 0\n"
        "last_contact = 4\n"
    )
    assert found.policy.capacity == Capacity(
        minutes_per_day=300, minutes_per_week=600, ramp=(0.5, 1), contacts_at_once=3
    )
    assert found.policy.travel == Travel(
        speed_kmh=50, detour=1.2, minutes_per_stop=0, unknown_minutes=20
    )
    assert found.policy.score_weights == ScoreWeights(
        value=1, potential=2.5, relationship=0, last_contact=4
    )


def test_nights_away_are_asked_for_and_limited() -> None:
    found = settings("[travel]\novernight = true\nmost_nights = 3\nnight_saves = 0\n")
    assert found.policy.travel == Travel(overnight=True, most_nights=3, night_saves=0)
    text = b'[travel]\novernight = "often"\nmost_nights = 7\nnight_saves = -1\n'
    wrong = read_settings(parse_document(text, "campaign.toml"))
    assert [fault.column for fault in wrong.findings] == [
        "travel.overnight",
        "travel.most_nights",
        "travel.night_saves",
    ]
    assert wrong.policy.travel == Travel()


def test_a_campaign_may_be_shorter_and_post_slower() -> None:
    found = settings("[campaign]\ndays = 60\n[channels.letter]\ntransit = [3, 9]\n")
    assert (found.days, found.policy.channels["letter"].transit) == (60, (3, 9))


def test_a_shipped_channel_keeps_what_is_not_overridden() -> None:
    letter = settings("[channels.letter]\nminutes = 20\n").policy.channels["letter"]
    assert letter == Channel("letter", 20, per_day=10, transit=(2, 5), abroad=(5, 12))


def test_a_channel_of_ones_own_is_added() -> None:
    found = settings(
        '[channels.fax]\nminutes = 3\nper_week = 5\ntravels = false\nweekdays = ["mon", "fri"]\n'
    )
    assert found.policy.channels["fax"] == Channel("fax", 3, per_week=5, weekdays=frozenset({0, 4}))
    assert list(found.policy.channels) == [*Policy().channels, "fax"]


def test_shipped_tiers_are_overridden_key_by_key() -> None:
    found = settings("[tiers.B]\nweight = 5\n").policy.tiers
    assert [(tier.name, tier.weight, tier.cadence) for tier in found] == [
        ("A", 9, "key-account"),
        ("B", 5, "standard"),
        ("C", 1, "light"),
    ]


def test_a_tier_of_ones_own_leaves_only_ones_own_in_their_order() -> None:
    found = settings("[tiers.Gold]\nweight = 9\n[tiers.A]\nweight = 2\n").policy.tiers
    assert [(tier.name, tier.weight) for tier in found] == [("Gold", 9), ("A", 2)]


def test_a_cadence_is_replaced_whole() -> None:
    found = settings(
        "[cadences.light]\nsteps = [\n"
        '{ step = "hello", channel = "letter", purpose = "introduce", within = 5 },\n'
        '{ step = "call", channel = ["call", "letter"], purpose = "listen", after = "hello",'
        ' gap = [1, 2, 6], contact = "sponsor", required = false },\n]\n'
    )
    assert found.policy.cadences["light"].steps == (
        Step("hello", "letter", "introduce", within=5),
        Step(
            "call",
            ("call", "letter"),
            "listen",
            after="hello",
            gap=Gap(1, 6, ideal=2),
            contact="sponsor",
            required=False,
        ),
    )
    assert found.policy.cadences["standard"] == Policy().cadences["standard"]


def test_steps_may_be_tables_of_their_own() -> None:
    found = settings('[[cadences.own.steps]]\nstep = "a"\nchannel = "call"\npurpose = "listen"\n')
    assert found.policy.cadences["own"].steps == (Step("a", "call", "listen"),)


def test_relationships_and_purposes_merge() -> None:
    found = settings(
        '[relationships.neglected]\ncadence = "recovery"\n'
        "[purposes.offer]\nselling = true\n[purposes.share]\ncourtesy = true\n"
    )
    assert found.policy.relationships == {**Policy().relationships, "neglected": "recovery"}
    assert found.policy.purposes["offer"] == Purpose("offer", selling=True)
    assert found.policy.purposes["share"] == Purpose("share", courtesy=True)


def test_names_may_hold_dots() -> None:
    assert settings('[channels."a.b"]\nminutes = 3\n').policy.channels["a.b"].minutes == 3


@pytest.mark.parametrize(
    ("value", "names"), [('"a.ics"', ("a.ics",)), ('["a.ics", "b.ics"]', ("a.ics", "b.ics"))]
)
def test_the_calendars_of_the_rep_are_one_file_or_several(
    value: str, names: tuple[str, ...]
) -> None:
    assert settings(f"[rep]\nbusy = {value}\n").busy == names


@pytest.mark.parametrize("start", ["2027-01-04", '"2027-01-04"', "2027-01-04T00:00:00"])
def test_a_start_may_be_a_date_or_a_text(start: str) -> None:
    assert settings(f"[campaign]\nstart = {start}\n").start == dt.date(2027, 1, 4)


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("campaign", "name = 3"),
        ("campaign", "start = 2027"),
        ("campaign", "start = 9999-12-31"),
        ("campaign", "days = 3000000"),
        ("rep", "name = ['Ann']"),
        ("rep", "home = ' , '"),
        ("rep", "home = { latitude = 1, longitude = 'x' }"),
        ("rep", "home = { latitude = 1, longitude = 2, height = 3 }"),
        ("rep", "hours = 'always'"),
        ("rep", "hours = { mon = 8 }"),
        ("rep", "leave = '2027-02-15'"),
        ("rep", "leave = [3]"),
        ("rep", "extra_holidays = ['Easter']"),
        ("rep", "busy = 3"),
        ("rep", 'busy = ""'),
        ("rep", 'busy = ["a.ics", 3]'),
        ("rep", "email = 3"),
        ("capacity", "minutes_per_day = true"),
        ("capacity", "minutes_per_day = 1441"),
        ("capacity", "contacts_at_once = 0"),
        ("capacity", "ramp = 0.5"),
        ("contact", "unknown_consent = 'perhaps'"),
        ("travel", "detour = 0.5"),
        ("travel", "speed_kmh = 0"),
        ("travel", "speed_kmh = inf"),
        ("score", "value = -1"),
        ("channels.letter", "transit = [2]"),
        ("channels.letter", "weekdays = ['someday']"),
        ("channels.visit", "travels = 'yes'"),
        ("cadences.own", "steps = 'call'"),
        ("cadences.own", "steps = [3]"),
        ("tiers.A", "weight = 0"),
        ("tiers.A", "share = 2"),
        ("tiers.A", "floor = 1"),
        ("purposes.offer", "selling = 'yes'"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_line(section: str, line: str) -> None:
    key = line.partition(" = ")[0]
    assert faults(f"[{section}]\n{line}\n") == [(2, f"{section}.{key}")]


@pytest.mark.parametrize("channel", ["[]", "3", "[3]"])
def test_a_step_without_a_channel_is_named(channel: str) -> None:
    step = f'{{ step = "a", channel = {channel}, purpose = "listen" }}'
    text = f"[cadences.own]\nsteps = [ {step} ]\n"
    assert faults(text) == [(2, "cadences.own.a.channel")]


def test_a_fault_leaves_the_rest_of_the_file_as_it_is() -> None:
    text = '[capacity]\nminutes_per_day = "six"\nminutes_per_week = 600\n'
    found = read_settings(parse_document(text.encode(), "campaign.toml"))
    assert found.policy.capacity == Capacity(minutes_per_week=600)


def test_a_cadence_that_cannot_be_read_is_still_known_by_its_name() -> None:
    text = '[cadences.own]\nsteps = [ { step = "a", chanel = "call", purpose = "listen" } ]\n'
    found = read_settings(parse_document(text.encode(), "campaign.toml"))
    assert "own" in found.policy.cadences


@pytest.mark.parametrize("text", ["rep = 3\n", "[[rep]]\nname = 'Ann'\n", "channels = 'all'\n"])
def test_a_table_that_is_none_is_one_fault(text: str) -> None:
    assert faults(text) == [(1, text.strip("[").partition(" ")[0].partition("]")[0])]


def test_an_empty_name_is_a_fault() -> None:
    assert faults('[cadences.""]\nsteps = []\n') == [(1, "cadences")]


def test_what_follows_an_outcome_is_laid_over_the_default() -> None:
    text = "[outcomes.no_answer]\nagain = [2, 4]\n[outcomes.met]\nothers_wait = 0\n"
    found = settings(text).policy
    assert found.follow_ups[Outcome.NO_ANSWER] == FollowUp(again=(2, 4), attempts=3, counts=False)
    assert found.follow_ups[Outcome.MET].others_wait == 0
    assert found.follow_ups[Outcome.MET].resolves
    assert found.follow_ups[Outcome.LATER] == Policy().follow_ups[Outcome.LATER]


@pytest.mark.parametrize(
    ("text", "column", "remedy"),
    [
        ("[outcomes.no_anser]\nattempts = 2\n", "outcomes.no_anser", "did you mean no_answer?"),
        ("[outcomes.met]\nagian = [1, 2]\n", "outcomes.met.agian", "did you mean again?"),
        ("[outcomes.met]\nagain = [3, 1]\n", "outcomes.met.again", "write [1, 3]"),
        ("[outcomes.met]\nattempts = -1\n", "outcomes.met.attempts", "write 3"),
        ('[outcomes.met]\nends = "yes"\n', "outcomes.met.ends", "write true or false"),
    ],
)
def test_a_follow_up_that_cannot_be_read_is_a_finding(text: str, column: str, remedy: str) -> None:
    (finding,) = read_settings(parse_document(text.encode(), "campaign.toml")).findings
    assert (finding.column, finding.remedy) == (column, remedy)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Köln", ("", "Köln", "", "")),
        ("97301, US", ("97301", "", "", "US")),
        ("50667 Köln, Germany", ("50667", "Köln", "", "DE")),
        ("Salem, OR", ("", "Salem", "OR", "")),
        ("Wilmington, DE", ("", "Wilmington", "DE", "")),
        ("Salem, OR, USA", ("", "Salem", "OR", "US")),
    ],
)
def test_a_home_may_be_a_text(text: str, parts: tuple[str, ...]) -> None:
    home = kinds.home(text)
    assert isinstance(home, kinds.Address)
    assert (home.postal_code, home.city, home.region, home.country) == parts

import datetime as dt

import pytest
from attrs import evolve
from rows import a_touch
from small import PACED, owed_of
from small import small as of_all_that_ships

from campaign.explaining import Reasoning, brief
from campaign.explaining.reasons import BLOCKED_BY, cause
from campaign.explaining.room import Room
from campaign.explaining.words import date_in_words, sentence, span_in_words
from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.hours import OpeningHours
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Courtesy, Rep
from campaign.model.territory import Territory
from campaign.phrases import counted, listed, minutes_in_words
from campaign.rules import Facts
from campaign.touches import Plan, ReasonCode, Status, Touch
from campaign.workdays import Span

DENTAL = Account("A-1", "Cascade Dental", tier="A", phone="1", street="1 Oak St")
HURT = Account(
    "A-1",
    "Cascade Dental",
    tier="B",
    phone="1",
    street="1 Oak St",
    grievance="late deliveries, no call back",
    grievance_since=dt.date(2026, 11, 10),
    last_contact=dt.date(2026, 9, 3),
)
INVOICE = Promise("P-1", "A-1", what="send the corrected invoice", due=dt.date(2027, 1, 15))
BOSS = Contact("C-1", "A-1", name="Dana", role="decision_maker")
CLERK = Contact("C-2", "A-1", name="Eli", role="user", title="office clerk")


def small(*accounts: Account, **keys: object) -> Territory:
    """A territory whose cadences are the tests' own, and in which nothing takes another's place."""
    usual = {"cadences": PACED, "courtesy": Courtesy(substitute=False)}
    return of_all_that_ships(*accounts, **usual | keys)


def brief_of(territory: Territory, touch_id: str, channel: str = "") -> str:
    return brief(territory, owed_of(territory, touch_id), channel=channel)


def why(territory: Territory, *rows: tuple[str, str, str], of: int = -1, **keys: object) -> str:
    """Why one of the rows (the last, unless told) stands on its day."""
    touches = [
        a_touch(touch_id, date, channel, of=territory, **keys) for touch_id, date, channel in rows
    ]
    return Reasoning(territory, touches).why(touches[of])


def reason_of(code: ReasonCode, territory: Territory, step: str = "hello", *touches: Touch) -> str:
    """The reason for a step of the first person, in a plan of these touches alone."""
    person = next(iter(territory.contacts), None)
    runner, facts = person.contact_id if person else "A-1", Facts(Plan(territory, touches))
    told = cause(code, facts.dues[f"A-1/{runner}/{step}"], Room(facts))
    return f"{told} ({BLOCKED_BY[code]})."


def test_dates_are_in_english_words_with_the_year_outside_the_campaign() -> None:
    territory = small()
    assert date_in_words(territory, dt.date(2027, 1, 12)) == "Tue 12 Jan"
    assert date_in_words(territory, dt.date(2027, 4, 4)) == "4 Apr 2027"
    assert span_in_words(territory, dt.date(2027, 1, 12), dt.date(2027, 1, 12)) == "Tue 12 Jan"


def test_durations_counts_and_lists_read_as_people_say_them() -> None:
    assert [minutes_in_words(n) for n in (0, 45, 60, 190)] == [
        "0 min",
        "45 min",
        "1 h",
        "3 h 10 min",
    ]
    assert [counted(1, "day"), counted(2, "day")] == ["1 day", "2 days"]
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert [sentence("a\n b"), sentence("a?"), sentence("")] == ["a b.", "a?", ""]


def test_a_grievance_comes_first_then_promises_then_the_last_contact() -> None:
    territory = small(HURT, promises=[INVOICE])
    assert brief_of(territory, "A-1/A-1/go") == (
        "Grievance since 10 Nov 2026: late deliveries, no call back. Listen first. "
        "Promised by Fri 15 Jan: send the corrected invoice. Last contact 3 Sep 2026."
    )


@pytest.mark.parametrize(
    ("step", "asks"),
    [
        ("sorry", "Apologise for this very thing. "),
        ("proof", "Show what has been repaired. "),
        ("visit", ""),
        ("thanks", ""),
    ],
)
def test_each_step_of_a_recovery_says_what_the_grievance_asks_for(step: str, asks: str) -> None:
    told = "Grievance since 10 Nov 2026: late deliveries, no call back. "
    assert brief_of(small(HURT), f"A-1/A-1/{step}") == f"{told}{asks}Last contact 3 Sep 2026."


def test_a_grievance_without_a_text_says_so() -> None:
    account = Account("A-1", "Cascade", relationship="grievance", tier="A", street="1", phone="1")
    assert brief_of(small(account), "A-1/A-1/go").startswith(
        "Grievance: what it is about is not written down. Listen first."
    )


def test_the_promise_of_the_touch_comes_before_the_others_and_overdue_ones_are_named() -> None:
    card = Promise("P-2", "A-1", what="send a card", due=dt.date(2026, 12, 18))
    kept = Promise("P-3", "A-1", what="nothing", due=card.due, kept_on=card.due)
    territory = small(DENTAL, promises=[INVOICE, card, kept])
    own = "Promised by Fri 15 Jan: send the corrected invoice."
    other = "Promised by 18 Dec 2026 (overdue): send a card."
    assert brief_of(territory, "A-1/A-1/P-1") == f"{own} {other} No last contact is known."
    assert brief_of(territory, "A-1/A-1/hello") == f"{other} {own} No last contact is known."


def test_a_promise_made_to_somebody_else_names_that_person() -> None:
    to_eli = Promise("P-1", "A-1", what="call", due=dt.date(2027, 1, 15), contact_id="C-2")
    territory = small(DENTAL, contacts=[BOSS, CLERK], promises=[to_eli])
    assert "Promised to Eli by Fri 15 Jan: call." in brief_of(territory, "A-1/C-1/hello")
    assert "Promised by Fri 15 Jan: call." in brief_of(territory, "A-1/C-2/P-1")


def test_a_step_meant_for_another_role_says_whom_to_ask() -> None:
    alone = small(DENTAL, contacts=[CLERK])
    assert brief_of(alone, "A-1/C-2/visit").startswith(
        "Meant for the decision maker, who is not known: ask Eli (office clerk) who decides."
    )
    assert brief_of(small(DENTAL), "A-1/A-1/visit").startswith(
        "Meant for the decision maker, who is not known: ask who decides."
    )
    known = small(DENTAL, contacts=[BOSS])
    assert "Meant for" not in brief_of(known, "A-1/C-1/visit")


def test_a_new_decision_maker_is_named_as_one() -> None:
    new = Contact("C-1", "A-1", name="D", role="decision_maker", since=dt.date(2026, 11, 16))
    assert brief_of(small(DENTAL, contacts=[new]), "A-1/C-1/hello") == (
        "New decision maker, since 16 Nov 2026. No last contact is known."
    )


@pytest.mark.parametrize(
    ("channel", "asks"),
    [
        ("call", "Find the number first. "),
        ("letter", "Find the address first. "),
        ("visit", "Find the address first. "),
        ("email", "Find the email address first. "),
    ],
)
def test_what_is_missing_for_the_channel_is_to_be_found_first(channel: str, asks: str) -> None:
    bare = small(Account("A-1", "Cascade", tier="B"))
    assert brief_of(bare, "A-1/A-1/hello", channel) == f"{asks}No last contact is known."


def test_coordinates_do_for_a_visit_and_not_for_a_letter() -> None:
    placed = small(Account("A-1", "Cascade", tier="B", latitude=44.9, longitude=-123.0))
    assert brief_of(placed, "A-1/A-1/hello", "visit") == "No last contact is known."
    assert brief_of(placed, "A-1/A-1/hello", "letter").startswith("Find the address first.")


def test_a_contact_s_own_number_and_address_do() -> None:
    person = Contact("C-1", "A-1", name="Dana", phone="2", street="2 Elm St")
    territory = small(Account("A-1", "Cascade", tier="B"), contacts=[person])
    assert brief_of(territory, "A-1/C-1/review") == "No last contact is known."
    assert brief_of(territory, "A-1/C-1/hello") == "No last contact is known."


def test_notes_of_the_account_and_of_the_person_stand_in_one_line() -> None:
    account = Account("A-1", "Cascade", tier="B", street="1", notes="Likes\ntea")
    person = Contact("C-1", "A-1", name="Dana", notes="Call her Dee!")
    assert brief_of(small(account, contacts=[person]), "A-1/C-1/hello") == (
        "Notes: Likes tea. Of Dana: Call her Dee! No last contact is known."
    )


def test_a_long_note_is_cut_short_and_says_where_the_rest_is() -> None:
    told = brief_of(small(Account("A-1", "C", tier="B", notes="word " * 500)), "A-1/A-1/hello")
    assert len(told) < 400
    assert "word ... (more in the list)." in told


def test_a_window_is_told_with_its_anchor_and_the_latest_arrival() -> None:
    rows = (("A-1/A-1/hello", "01-04", "letter"), ("A-1/A-1/call", "01-12", "call"))
    assert why(small(DENTAL), *rows) == (
        '1 to 6 business days after the letter "hello" has arrived (by Mon 11 Jan): '
        "Tue 12 Jan to Tue 19 Jan, ideally Wed 13 Jan."
    )
    assert why(small(DENTAL), rows[0], ("A-1/A-1/call", "01-13", "call")).endswith(
        "ideally on this day."
    )


def test_a_step_that_is_left_out_adds_its_gap_and_is_named() -> None:
    rows = (("A-1/A-1/hello", "01-04", "letter"), ("A-1/A-1/visit", "01-18", "call"))
    assert why(small(DENTAL), *rows).startswith(
        '4 to 16 business days after the letter "hello" has arrived (by Mon 11 Jan) '
        '("call" left out): Fri 15 Jan to Tue 2 Feb'
    )


def test_a_window_is_told_to_the_last_business_day_of_the_campaign_at_most() -> None:
    rows = (("A-1/A-1/news", "03-01", "postcard"), ("A-1/A-1/review", "04-01", "call"))
    assert why(small(DENTAL), *rows) == (
        '16 to 24 business days after the postcard "news" has arrived (by Mon 8 Mar): '
        "Tue 30 Mar to Fri 2 Apr. By call in place of a visit."
    )


def test_visits_of_a_day_name_each_other_and_whom_they_meet() -> None:
    firms = [Account(f"A-{n}", f"Firm {n}", tier="B") for n in range(1, 6)]
    people = [BOSS, Contact("C-2", "A-1", name="Eli", cadence="standard")]
    territory = small(*firms, contacts=people)
    visits = [("A-1/C-1/visit", "01-18", "visit"), ("A-1/C-2/visit", "01-18", "visit")]
    others = [(f"A-{n}/A-{n}/visit", "01-18", "visit") for n in range(2, 6)]
    assert why(territory, *visits, others[0], of=0).endswith(
        "The same visit meets Eli. On one drive with Firm 2."
    )
    assert why(territory, visits[0], *others, of=0).endswith(
        "On one drive with Firm 2, Firm 3 and 2 more."
    )
    assert "drive" not in why(territory, visits[0], ("A-2/A-2/visit", "01-19", "visit"), of=0)


def test_a_pin_is_told_first() -> None:
    told = why(small(DENTAL), ("A-1/A-1/hello", "01-06", "letter"), pinned=True)
    assert told.startswith("Pinned to Wed 6 Jan. In the first 5 business days")


def test_a_touch_that_nothing_asks_for_is_not_explained() -> None:
    territory = small(DENTAL)
    touch = a_touch("A-1/A-1/other", "01-06", "call", of=territory)
    reasoning = Reasoning(territory, [touch])
    assert reasoning.why(touch) == reasoning.brief(touch) == ""


def test_a_further_attempt_is_explained_as_what_it_stands_for() -> None:
    territory = small(DENTAL)
    touch = a_touch("A-1/A-1/hello#2", "01-06", "letter", of=territory)
    assert Reasoning(territory, [touch]).why(touch).startswith("In the first 5 business days")


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_is_a_sentence_that_names_its_rule_and_nothing_untested(
    code: ReasonCode,
) -> None:
    for step in ("go", "sorry", "visit"):
        told = reason_of(code, small(HURT), step)
        assert told.endswith(f" ({BLOCKED_BY[code]}).")
        assert "would free" not in told
        assert "would let" not in told


def test_no_contact_tells_an_account_from_a_person() -> None:
    closed = small(Account("A-1", "Cascade", tier="B", do_not_contact=True))
    person = Contact("C-1", "A-1", name="Dana", do_not_contact=True)
    told = reason_of(ReasonCode.DO_NOT_CONTACT, small(DENTAL, contacts=[person]))
    assert reason_of(ReasonCode.DO_NOT_CONTACT, closed).startswith("Cascade wants no contact (R6)")
    assert told == "Dana wants no contact (R6)."


def test_no_consent_tells_a_no_from_an_unknown_that_counts_as_one() -> None:
    shy = Contact("C-1", "A-1", name="Dana", consents={"letter": Consent.NO, "email": Consent.YES})
    deny = small(
        DENTAL,
        contacts=[Contact("C-1", "A-1", name="Dana")],
        courtesy=Courtesy(unknown_consent="deny", substitute=False),
    )
    assert reason_of(ReasonCode.NO_CONSENT, small(DENTAL, contacts=[shy])) == (
        "Dana does not allow letter (R6)."
    )
    assert reason_of(ReasonCode.NO_CONSENT, deny).startswith(
        "Nobody knows whether Dana allows letter, and unknown counts as no"
    )


@pytest.mark.parametrize(
    ("minutes", "advice"),
    [(330, "; without the way back it would fit, so nights away may help"), (200, "")],
)
def test_too_far_tells_the_way_the_longest_day_and_whether_nights_away_may_help(
    minutes: int, advice: str
) -> None:
    far = Account("A-1", "Corvallis Clinic", tier="A", latitude=45.94, longitude=-123.03)
    step = Step("visit", "visit", "listen")
    territory = small(
        far,
        tiers=[Tier("A", cadence="own", others="")],
        cadences={"own": Cadence("own", [step])},
        relationships={},
        capacity=Capacity(minutes_per_day=minutes),
    )
    assert reason_of(ReasonCode.TOO_FAR, territory, "visit") == (
        "Corvallis Clinic is 4 h 55 min away and back, and with 55 min there that is more than "
        f"the longest day holds ({minutes} minutes){advice} (R2)."
    )


def test_closed_tells_the_hours_and_the_dates() -> None:
    account = Account(
        "A-1",
        "Cascade",
        tier="B",
        visit_hours=OpeningHours.parse("Tue 09:00-12:00"),
        closed_dates=[Span(dt.date(2027, 1, 4), dt.date(2027, 2, 5))],
    )
    person = Contact("C-1", "A-1", name="Dana", call_hours=OpeningHours.parse("Wed 09:00-10:00"))
    assert reason_of(ReasonCode.CLOSED, small(account, contacts=[person]), "visit") == (
        "Cascade is closed, or not open long enough while you work, on each of your working "
        "days in its window (visits Tue 09:00-12:00; calls Wed 09:00-10:00; "
        "closed Mon 4 Jan to Fri 5 Feb) (R6)."
    )


def test_a_window_after_the_end_names_the_end() -> None:
    told = reason_of(ReasonCode.AFTER_THE_END, small(DENTAL), "review")
    assert told == "Its window opens only after the campaign ends on Sat 3 Apr (R1)."


def test_no_working_day_names_the_leave_and_the_day_a_promise_is_due() -> None:
    rep = Rep("Ann", leave=[Span(dt.date(2027, 1, 4), dt.date(2027, 1, 15))])
    territory = small(DENTAL, promises=[INVOICE], rep=rep)
    assert reason_of(ReasonCode.NO_WORKING_DAY, territory, "P-1") == (
        "You work on no day up to Fri 15 Jan, when it is due (leave: Mon 4 Jan to Fri 15 Jan) (R1)."
    )


def test_no_time_alone_tells_a_limit_of_none_from_a_day_too_short() -> None:
    short = small(DENTAL, capacity=Capacity(minutes_per_day=10))
    channels = dict(short.channels)
    none = {**channels, "letter": type(channels["letter"])("letter", 15, per_day=0)}
    assert "a letter takes 15 minutes, which is more than the longest day holds (10 minutes)" in (
        reason_of(ReasonCode.NO_TIME_ALONE, short)
    )
    assert reason_of(ReasonCode.NO_TIME_ALONE, small(DENTAL, channels=none)).startswith(
        "You allow no letter (per_day or per_week is 0)"
    )


def test_capacity_tells_the_time_that_it_needs() -> None:
    assert reason_of(ReasonCode.CAPACITY, small(DENTAL), "visit") == (
        "The days it could stand on are full with touches that come first "
        "(it needs 16 minutes for a call or 55 minutes and the drive for a visit) (R2)."
    )


def test_an_unopened_grievance_tells_that_no_day_holds_it_and_the_others_that_they_wait() -> None:
    opening = reason_of(ReasonCode.GRIEVANCE_UNOPENED, small(HURT), "go")
    later = reason_of(ReasonCode.GRIEVANCE_UNOPENED, small(HURT), "sorry")
    days = "no working day (Mon 4 Jan to Fri 2 Apr) can hold a visit or a call"
    assert f"cannot be heard: {days} (R8)." in opening
    assert "cannot be heard on any day, and nothing comes before that" in later


def test_an_unopened_grievance_tells_when_the_account_is_closed_on_its_days() -> None:
    closed = (Span(dt.date(2027, 1, 4), dt.date(2027, 1, 12)), Span.parse("2027-03-01"))
    of = small(evolve(HURT, closed_dates=closed))
    told = reason_of(ReasonCode.GRIEVANCE_UNOPENED, of, "go")
    assert "(closed Mon 4 Jan to Tue 12 Jan and Mon 1 Mar) (R8)." in told


def test_what_is_logged_later_moves_no_day_on_which_a_grievance_was_to_be_heard() -> None:
    territory = small(HURT)
    logged = a_touch("A-1/A-1/sorry", "01-20", "letter", of=territory, status=Status.DONE)
    told = reason_of(ReasonCode.GRIEVANCE_UNOPENED, territory, "go", logged)
    assert "(Mon 4 Jan to Fri 2 Apr)" in told


def test_a_grievance_without_a_working_day_left_says_so() -> None:
    rep = Rep("Ann", leave=[Span(dt.date(2027, 1, 4), dt.date(2027, 4, 30))])
    told = reason_of(ReasonCode.GRIEVANCE_UNOPENED, small(HURT, rep=rep), "go")
    assert told.startswith("You have no working day left on which to hear")

"""What is said in which touch: who is introduced, what is announced, what is not said twice."""

# ruff: noqa: ANN401 (the factories pass on whatever their values take)

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
import rows
from attrs import evolve
from mail import ROBIN, SENDER, STATIONERY, firm, mail, with_templates, written_with

from campaign.model.accounts import Contact, Promise
from campaign.model.outcomes import Outcome
from campaign.model.stationery import Colleague, Share, Stationery
from campaign.touches import HEARD, Plan, Status, Touch
from campaign.words import with_words
from campaign.words.saying import USEFUL

START = dt.date(2027, 1, 4)
ADA = Contact("C-1", "A-1", name="Ada Ito", role="decision_maker", phone="503 555 0111")
BEN = Contact("C-2", "A-1", name="Ben Rus", role="user")
ROLES = ("decision_maker", "sponsor", "user", "finance", "")
PURPOSES = ("introduce", "listen", "thank", "promise", "share", "invite", "recover", "review")
CHANNELS = ("letter", "postcard", "call", "visit", "email")
ANGRY = {"relationship": "grievance", "grievance": "Invoiced twice in May"}


def a_touch(step: str, day: int = 0, who: str = "A-1/C-1", **keys: Any) -> Touch:
    """A planned letter of listening, so many days after the start, save what is said."""
    values = {"purpose": "listen", **keys, "stop": int(keys.get("channel") == "visit")}
    return rows.a_touch(f"{who}/{step}", START + dt.timedelta(days=day), **values)


def done(touch: Touch, outcome: str, **keys: Any) -> Touch:
    return evolve(touch, status=Status.DONE, outcome=Outcome(outcome), done_on=touch.date, **keys)


def words_of(*touches: Touch, **keys: Any) -> dict[str, str]:
    """The words of each touch by its step."""
    usual: dict[str, Any] = {"contacts": (ADA, BEN), "accounts": (firm(),)}
    plan = with_words(mail(*touches, **{**usual, **keys}))
    return {one.step: one.say for one in plan.touches}


def labelled(text: str) -> Mapping[str, str]:
    """The lines of a call or a visit by what stands before them."""
    pairs = (line.partition(": ") for line in text.split("\n"))
    return {name: said for name, _, said in pairs}


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("account", [{}, ANGRY, {"relationship": "prospect"}])
@pytest.mark.parametrize("who", ["C-1", "A-1"])
def test_every_touch_has_its_words(
    purpose: str, channel: str, account: dict[str, str], who: str
) -> None:
    promise = Promise("late", "A-1", what="the price list", due=START + dt.timedelta(days=20))
    touches = [
        a_touch(step, day, f"A-1/{who}", channel=channel, purpose=purpose, cadence=cadence)
        for day, (step, cadence) in enumerate([("first", "x"), ("late", "promises"), ("last", "x")])
    ]
    said = words_of(*touches, accounts=(firm(**account),), promises=(promise,))
    for step, text in said.items():
        assert text, step
        assert "None" not in text
        assert "{" not in text
    if channel in ("call", "visit"):
        names = {"call": {"Opening", "Question", "Goal", "Voicemail"}, "visit": {"Aim", "Ask"}}
        assert names[channel] <= set(labelled(said["first"]))
    else:
        assert said["first"].startswith("Dear ")
    assert len(set(said.values())) == len(said)


def test_the_first_touch_introduces_whichever_it_is_and_no_other_does() -> None:
    for first in CHANNELS:
        rows = [a_touch("a", channel=first), a_touch("b", 9), a_touch("c", 20, purpose="introduce")]
        said = words_of(*rows, a_touch("d", 29, channel="call"))
        assert [step for step, text in said.items() if "I look after" in text] == ["a"]


def test_who_has_not_been_reached_is_introduced_to_again() -> None:
    call = a_touch("a", channel="call")
    for outcome, again in (("no_answer", True), ("voicemail", False), ("reached", False)):
        said = words_of(done(call, outcome), a_touch("b", 9))
        assert ("I look after" in said["b"]) is again
    came_back = done(a_touch("a", purpose="introduce"), "returned_mail")
    assert "I look after" in words_of(came_back, a_touch("b", 9, channel="call"))["b"]


def test_one_person_under_two_ids_is_introduced_to_once() -> None:
    again = evolve(ADA, contact_id="C-9")
    said = words_of(a_touch("a"), a_touch("b", 9, "A-1/C-9"), contacts=(ADA, again))
    assert "I look after" in said["a"]
    assert "I look after" not in said["b"]


@pytest.mark.parametrize("channel", ["letter", "postcard", "call"])
@pytest.mark.parametrize("purpose", ["introduce", "listen", "share", "review"])
def test_nobody_at_an_account_gets_what_somebody_else_there_gets(
    channel: str, purpose: str
) -> None:
    people = [Contact(f"P-{at}", "A-1", name=f"Person {at}") for at in range(8)]
    rows = [
        a_touch(f"{step}{one.contact_id}", at, f"A-1/{one.contact_id}", **keys)
        for at, one in enumerate(people)
        for step, keys in (("x", {"channel": channel, "purpose": purpose}),)
    ]
    said = words_of(*rows, contacts=tuple(people))
    bare = [
        text.replace(one.name, "").split("\n", 1)[1]
        for one, text in zip(people, said.values(), strict=True)
    ]
    assert len(set(bare)) == len(people)


def test_what_was_said_already_is_not_said_to_somebody_else() -> None:
    first = words_of(a_touch("a"))["a"]
    said = words_of(done(a_touch("a"), "done", say=first), a_touch("b", 9, "A-1/C-2"))
    assert said["a"] == first
    assert said["b"].split("\n")[3:] != first.split("\n")[3:]


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "wrong_number"])
def test_nobody_is_thanked_for_a_talk_that_was_none(outcome: str) -> None:
    call = done(a_touch("a", channel="call"), outcome)
    for purpose in ("thank", "listen", "review"):
        said = words_of(call, a_touch("b", 9, purpose=purpose))["b"]
        assert "January 4" not in said
        assert "enjoyed" not in said


def test_what_should_have_been_and_is_not_logged_is_not_spoken_of() -> None:
    call, later = a_touch("a", channel="call"), a_touch("c", 9)
    assert "January 4" in words_of(call, later)["c"]
    logged = done(a_touch("b", 2, "A-1/C-2"), "done")
    assert "January 4" not in words_of(call, logged, later)["c"]


def test_what_was_heard_outside_any_touch_counts() -> None:
    heard = done(a_touch(HEARD, cadence=HEARD, channel=""), "met")
    assert "January 4" in words_of(heard, a_touch("b", 9))["b"]


def test_the_next_talk_is_announced_by_its_day_or_by_its_week() -> None:
    call = a_touch("b", 15, channel="call")
    letter = a_touch("a", arrives=START + dt.timedelta(days=7))
    assert "on Tuesday, January 19" in words_of(letter, call)["a"]
    assert "in the week of January 18" in words_of(letter, evolve(call, required=False))["a"]
    far = a_touch("b", 40, channel="visit")
    assert "in the week of February 8" in words_of(letter, far)["a"]
    assert (
        "come and see you" in words_of(letter, far)["a"]
        or "be with you" in words_of(letter, far)["a"]
    )
    never = a_touch("b", 70, channel="visit")
    assert "week of" not in words_of(letter, never)["a"]
    assert (
        "January 19"
        not in words_of(evolve(letter, arrives=START + dt.timedelta(days=16)), call)["a"]
    )


def test_a_visit_is_announced_in_the_touch_before_it_and_the_day_before() -> None:
    rows = [a_touch("a", channel="call"), a_touch("b", 8, channel="visit", start=600)]
    said = words_of(*rows)
    assert said["a"].count("Agree on the visit on Tuesday, January 12.") == 1
    announced = labelled(said["b"])["The day before, by telephone"]
    assert announced == (
        '"Hello Ada Ito, this is Robin Field of Willamette Supply. '
        'May I come to you tomorrow at about 10:00 a.m. as planned?"'
    )
    silent = evolve(ADA, consents={"call": "no"})
    assert "The day before" not in words_of(*rows, contacts=(silent,))["b"]


def test_nobody_too_far_is_invited_to_a_coffee() -> None:
    invited = a_touch("a", purpose="invite", channel="call")
    near, far = firm(latitude=44.9, longitude=-123.0), firm(latitude=40.7, longitude=-74.0)
    assert "coffee" in words_of(invited, accounts=(near,))["a"]
    for channel in CHANNELS[:3]:
        of = evolve(invited, channel=channel)
        assert "I would come to you" not in words_of(of, accounts=(far,))["a"]
        assert "half an hour" in words_of(of, accounts=(far,))["a"]


def test_an_angry_owner_is_asked_for_what_is_still_open_and_never_what_works_well() -> None:
    rows = [
        a_touch(f"s{day}", day, channel=channel, purpose=purpose)
        for day, (channel, purpose) in enumerate(
            (channel, purpose) for channel in CHANNELS for purpose in ("listen", "review", "thank")
        )
    ]
    text = " ".join(words_of(*rows, accounts=(firm(**ANGRY),)).values())
    for cheerful in (
        "value most",
        "enjoyed",
        "proud",
        "good year",
        "All the best",
        "what should I keep",
    ):
        assert cheerful not in text
    assert "still open" in text


def test_a_recovery_hears_then_apologises_for_that_very_thing_then_shows_the_repair() -> None:
    steps = {"go": "visit", "sorry": "letter", "proof": "call"}
    rows = [
        a_touch(step, day, channel=channel, purpose="recover", cadence="recovery")
        for day, (step, channel) in zip((0, 1, 12), steps.items(), strict=True)
    ]
    said = words_of(*rows, accounts=(firm(**ANGRY),))
    assert "do not defend" in said["go"]
    assert "I am sorry for it" in said["sorry"]
    assert '"Invoiced twice in May"' in said["sorry"]
    assert "Thank you for speaking plainly with me on January 4" in said["sorry"]
    assert "what has been done" in said["proof"]


def test_a_complaint_is_answered_by_its_day_and_never_by_what_the_rep_noted() -> None:
    heard = done(a_touch(HEARD, cadence=HEARD, channel=""), "complaint", note="furious, a pain")
    answer = a_touch(
        "complaint-2027-01-04", 1, channel="call", purpose="recover", cadence="promises"
    )
    said = words_of(heard, answer)[answer.step]
    assert "what you told us on January 4" in said
    assert "furious" not in said


def test_a_new_decision_maker_hears_how_long_they_have_been_there() -> None:
    new = evolve(ADA, since=START - dt.timedelta(days=49))
    both = [
        words_of(a_touch("a", purpose="introduce"), contacts=(new,), accounts=(firm(at),))["a"]
        for at in ("A-1",)
    ]
    assert any("seven weeks" in text or "new post" in text for text in both)


def test_a_colleague_who_was_met_is_named_to_somebody_new() -> None:
    visit, letter = a_touch("a", channel="visit"), a_touch("b", 9, "A-1/C-2", purpose="introduce")
    assert "Your colleague Ada Ito and I spoke on January 4" in words_of(visit, letter)["b"]


def test_the_team_is_introduced_where_it_is_given() -> None:
    team = (Colleague("Ada Long", role="service", line="rings back within the hour"),)
    of = mail(a_touch("a", purpose="introduce"), a_touch("b", 9, purpose="introduce"))
    plan = with_words(written_with(of, Stationery(sender=SENDER, team=team)))
    first, second = (one.say for one in plan.touches)
    assert "Ada Long, service (rings back within the hour)" in first
    assert "Ada Long" not in second


def test_what_there_is_to_share_goes_to_whom_it_is_for_and_to_nobody_twice() -> None:
    shares = (
        Share("1", title="Oak", text="Oak lasts.", roles=("user",)),
        Share("2", title="Ash", text="Ash bends."),
        Share("3", title="Elm", text="Elm holds.", tiers=("Z",)),
    )
    rows = [a_touch("a", purpose="share"), a_touch("b", 9, "A-1/C-2", purpose="share")]
    rows += [a_touch("c", 18, purpose="share"), a_touch("d", 27, "A-1/C-2", purpose="share")]
    of = mail(*rows, contacts=(ADA, BEN))
    plan = with_words(written_with(of, Stationery(sender=SENDER, shares=shares)))
    said = {one.step: one.say for one in plan.touches}
    given = {step: [s.title for s in shares if s.text in text] for step, text in said.items()}
    assert given == {"a": ["Ash"], "b": ["Oak"], "c": [], "d": ["Ash"]}
    assert [one.step for one in plan.touches if one.brief.endswith(USEFUL)] == ["c"]
    again = with_words(plan)
    assert again.touches == plan.touches


def test_what_was_given_before_is_known_by_its_words() -> None:
    shares = (
        Share("1", title="Oak", text="Oak lasts."),
        Share("2", title="Ash", text="Ash bends."),
    )
    before = done(a_touch("a", purpose="share"), "done", say="Dear Ada,\nOak lasts.")
    plan = written_with(
        mail(before, a_touch("b", 9, purpose="share"), contacts=(ADA,)),
        Stationery(sender=SENDER, shares=shares),
    )
    assert "Ash bends." in with_words(plan).touches[1].say


def test_a_template_of_one_s_own_goes_first_for_every_channel_and_for_one_touch() -> None:
    own = with_templates(call_listen="Ask {{ contact.name }}.", **{"A-1-C-1-b": "Only this one"})
    of = mail(a_touch("a", channel="call"), a_touch("b", 9, channel="call"), contacts=(ADA,))
    plan = with_words(written_with(of, own))
    assert [one.say for one in plan.touches] == ["Ask Ada Ito.", "Only this one"]


def test_a_template_that_cannot_be_used_leaves_what_ships() -> None:
    of = mail(a_touch("a"), contacts=(ADA,))
    for broken in ("{{ contact.title }}", "{{ nobody.knows }}", "{% include 'x' %}"):
        (one,) = with_words(written_with(of, with_templates(listen=broken))).touches
        assert one.say == with_words(of).touches[0].say


def test_without_a_name_nobody_signs_and_nobody_is_called_rep() -> None:
    nameless = evolve(ROBIN, name="Rep")
    of = mail(a_touch("a", purpose="introduce"), a_touch("b", 9, channel="call"), rep=nameless)
    for one in with_words(written_with(of, Stationery())).touches:
        assert "Rep" not in one.say
        assert "my name" not in one.say.lower()


def test_the_words_of_what_is_done_stay_and_the_same_plan_says_the_same() -> None:
    rows = (done(a_touch("a"), "done", say="as it was"), a_touch("b", 9))
    plan = mail(*rows, contacts=(ADA, BEN))
    once = with_words(plan)
    assert once.touches[0].say == "as it was"
    assert with_words(once) == once
    assert with_words(plan, {"B-1"}) == plan
    assert with_words(Plan(plan.territory, plan.touches[::-1])).touches[0] == once.touches[1]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_left_on_voicemail_takes_eight_to_fourteen_seconds(purpose: str) -> None:
    call = a_touch("a", channel="call", purpose=purpose)
    for account in ({}, ANGRY, {"relationship": "prospect"}):
        for touches in ((call,), (a_touch("x", -3, channel="call"), call)):
            said = labelled(words_of(*touches, accounts=(firm(**account),))["a"])["Voicemail"]
            digits = sum(map(str.isdigit, said))
            words = len([word for word in said.split() if not word[0].isdigit()])
            assert 8 <= words / 2.7 + digits * 0.35 <= 14.5, said


def test_nothing_else_is_written_with_than_what_the_plan_has() -> None:
    assert mail().territory.stationery == STATIONERY


def test_who_is_spoken_to_by_telephone_before_a_visit_is_on_the_working_day_before() -> None:
    visit = a_touch("b", 14, channel="visit", start=517)
    call = a_touch("a", channel="call")
    said = labelled(words_of(call, visit)["b"])
    on = next(name for name in said if name.startswith("On Friday"))
    assert on == "On Friday, January 15, by telephone"
    assert "on Monday, January 18 at about 8:30 a.m. as planned?" in said[on]
    unannounced = labelled(words_of(a_touch("b", 1, channel="visit", start=780))["b"])
    first = unannounced["The day before, by telephone"]
    assert "come and see you tomorrow at about 1:00 p.m." in first
    assert "as planned" not in first
    on_the_first_day = words_of(a_touch("b", channel="visit"))["b"]
    assert "by telephone" not in on_the_first_day


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("give her the spring prices.", "to give you the spring prices"),
        ("Send the corrected invoice", "to send the corrected invoice"),
        ("say whether it fits", "to say whether it fits"),
        ("The price list", "The price list"),
        ("order form for 2027", "order form for 2027"),
        ("bring", "bring"),
    ],
)
def test_a_promise_is_told_as_one_says_it_to_whom_it_was_promised(what: str, said: str) -> None:
    promise = Promise("late", "A-1", what=what, due=START + dt.timedelta(days=20))
    row = a_touch("late", purpose="promise", cadence="promises")
    letter = words_of(row, promises=(promise,))["late"]
    assert f": {said}." in letter


def test_nobody_at_an_account_is_asked_the_same_question_twice() -> None:
    rows = [
        a_touch(f"s{at}", at * 7, f"A-1/C-{at % 2 + 1}", channel=channel, purpose=purpose)
        for at, (channel, purpose) in enumerate(
            [("call", "listen"), ("visit", "listen"), ("visit", "listen"), ("call", "review")] * 2
        )
    ]
    said = words_of(*rows).values()
    asked = [
        line.partition(": ")[2]
        for text in said
        for line in text.split("\n")
        if line.startswith(("Question: ", "Ask: "))
    ]
    assert len(asked) == len(set(asked)) == 12


def test_who_has_not_been_spoken_to_is_not_asked_what_was_said() -> None:
    letter, card = a_touch("a"), a_touch("b", 20, channel="postcard", purpose="share")
    people = tuple(Contact(f"P-{at}", "A-1", name=f"Person {at}") for at in range(9))
    for channel in ("call", "visit", "letter", "postcard"):
        for one in people:
            who = f"A-1/{one.contact_id}"
            rows = [
                evolve(row, touch_id=f"{who}/{row.step}", contact_id=one.contact_id)
                for row in (letter, card)
            ]
            last = a_touch("c", 60, who, channel=channel, purpose="review")
            text = words_of(*rows, last, contacts=people)["c"]
            assert "I said and have not done" not in text
            assert "look back with you" not in text


def test_an_invitation_is_for_the_visit_that_comes_or_for_a_day_of_their_choice() -> None:
    visit = a_touch("b", 14, channel="visit")
    for channel in ("letter", "postcard", "call"):
        invited = a_touch("a", channel=channel, purpose="invite")
        said = words_of(invited, visit)["a"]
        assert said.count("January 18") in (1, 2)
        assert "choice" not in said
        assert "coffee" in words_of(invited)["a"]


def test_an_introduction_that_comes_late_begins_with_the_talk_that_was() -> None:
    call = a_touch("a", channel="call", purpose="promise", cadence="x")
    said = words_of(call, a_touch("b", 3, purpose="introduce"))["b"]
    assert "January 4" in said
    assert "I last wrote" not in said

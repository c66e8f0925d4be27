"""Whatever becomes of a plan: every touch has words, and none says what was not."""

import datetime as dt
import random
from collections import Counter

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from living import lived
from territories import territories
from tries import few

from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.touches import Plan, Status
from campaign.words import with_words
from campaign.words.lines import BLANK
from campaign.words.plain import SHORT, dated

OF_A_TALK = (
    "Thank you for having me on {}",
    "Thank you for talking with me on {}",
    "We spoke on {}",
    "It was good to be with you on {}",
    "on the telephone on {}",
    "Our talk on {}",
)
INTRODUCES = "I look after"


@few(4)
@given(territories(most_accounts=5), st.integers(0, 10_000))
def test_words_follow_what_was_logged(territory: Territory, seed: int) -> None:
    made = plan(territory, effort=0)
    dice = random.Random(seed)
    day = territory.start + dt.timedelta(days=dice.randint(1, territory.days))
    of = Plan(
        territory,
        with_words(evolve(made, touches=lived(territory, made.touches, day, dice))).touches,
    )
    country = territory.rep.country
    for one in of.touches:
        if one.status is not Status.PLANNED:
            continue
        assert one.say
        assert "None" not in one.say
        for other in of.touches:
            said = dated(other.day, country, "en", shape=SHORT)
            is_theirs = (other.account_id, other.contact_id) == (one.account_id, one.contact_id)
            if is_theirs and other.is_done and other.outcome in WITHOUT_A_PERSON:
                same_day = [
                    third
                    for third in of.touches
                    if third.account_id == one.account_id
                    and third.day == other.day
                    and third is not other
                ]
                assert same_day or not any(form.format(said) in one.say for form in OF_A_TALK)


@few(4)
@given(territories(most_accounts=5))
def test_nobody_is_introduced_to_twice_and_no_two_get_the_same(territory: Territory) -> None:
    made = plan(territory, effort=0)
    people = {one.contact_id: one.name for one in territory.contacts}
    names = Counter((one.contact_id, INTRODUCES) for one in made.touches if INTRODUCES in one.say)
    assert all(number == 1 for number in names.values())
    written = Counter(
        (one.account_id, one.say.replace(people.get(one.contact_id, "\0"), "").partition("\n")[2])
        for one in made.touches
        if one.channel in ("letter", "postcard") and BLANK not in one.say
    )
    assert all(number == 1 for number in written.values())

import datetime as dt
import re

import pytest
from attrs import evolve
from handmade import campaign
from mail import who_is
from reports import SCRIPT, hostile, large

from campaign.model.accounts import Account, Contact
from campaign.outputs.phone import map_link, phone_link, render_phone
from campaign.outputs.whom import whom
from campaign.touches import Plan


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("503 555 0101", "tel:5035550101"),
        ("+49 (0)89 123-45", "tel:+498912345"),
        ("(503) 555-0101 x12", "tel:5035550101;ext=12"),
        ("503.555.0101 ext. 7", "tel:5035550101;ext=7"),
        ("", ""),
        ("ask Ann", ""),
        ("+", ""),
    ],
)
def test_a_number_is_dialled_by_its_digits(phone: str, link: str) -> None:
    assert phone_link(phone) == link


def test_a_map_opens_at_the_coordinates_or_by_the_address() -> None:
    account = Account("A-1", "One", street="1 Oak St", city="Salem")
    assert map_link(who_is(account)) == "geo:0,0?q=1%20Oak%20St%2C%20Salem"
    placed = evolve(account, latitude=44.94, longitude=-123.03)
    assert map_link(who_is(placed)).startswith("geo:44.94000,-123.03000?q=1%20Oak")
    bare = Account("A-1", "One", latitude=44.94, longitude=-123.03)
    assert map_link(who_is(bare)) == "geo:44.94000,-123.03000?q=44.94000,-123.03000"
    own = Contact("C-1", "A-1", name="Ann", street="2 Elm St", city="Bend", postal_code="97701")
    assert map_link(who_is(placed, own)).startswith("geo:0,0?q=2%20Elm%20St")
    assert map_link(whom(campaign().territory, "X", "X")) == ""


def test_a_card_for_each_touch_that_stands_with_the_words_of_it() -> None:
    plan = campaign()
    words = [evolve(one, say="Good morning!\nHow are the ovens?") for one in plan.touches]
    page = render_phone(evolve(plan, touches=words))
    standing = [one for one in plan.touches if one.stands]
    ids = re.findall(r'<section class="card" data-id="([^"]+)">', page)
    assert sorted(ids) == sorted(one.touch_id for one in standing)
    assert page.count('<p class="say">Good morning!\nHow are the ovens?</p>') == len(standing)
    assert "http" not in re.sub(r'http-equiv="', "", page)


def test_what_is_done_has_nothing_to_tick() -> None:
    plan = campaign()
    done = [
        evolve(one, status="done", outcome="done", done_on=dt.date(2027, 1, 4))
        for one in plan.touches
    ]
    page = render_phone(evolve(plan, touches=done))
    assert '<input type="checkbox">' not in page
    assert '<p class="done">done: done</p>' in page


def test_names_are_shown_as_text_and_the_same_plan_gives_the_same_page() -> None:
    page = render_phone(hostile())
    assert SCRIPT not in page
    assert page == render_phone(hostile())
    assert "Nothing is planned." in render_phone(Plan(campaign().territory, ()))


def test_a_large_territory_stays_a_page_that_a_telephone_opens() -> None:
    assert len(render_phone(large()).encode()) < 3 * 1024 * 1024

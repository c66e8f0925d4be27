"""Labels and envelopes: where each address stands, in millimetres, and what is in it."""

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest
from attrs import evolve
from mail import NAMES, firm, hard_names, mail, many, who_is
from rows import a_touch

from campaign.errors import InvalidInput
from campaign.model.accounts import Account, Contact
from campaign.model.rep import Rep
from campaign.outputs.letters import SHEETS, render_labels
from campaign.outputs.letters.labels import LabelSheet
from campaign.outputs.letters.printing import address_lines
from campaign.outputs.whom import country_name

SIZES = {
    "5160": (215.9, 279.4, 30),
    "L7160": (210, 297, 21),
    "10": (241.3, 104.775, 1),
    "DL": (220, 110, 1),
}


def page(plan: object, **keys: object) -> str:
    mailing = render_labels(plan, **keys)  # type: ignore[arg-type]
    return mailing.files["labels.html"].decode()


@pytest.mark.parametrize("name", SHEETS)
def test_the_page_has_the_size_of_the_sheet(name: str) -> None:
    sheet = SHEETS[name]
    assert (sheet.width, sheet.height, len(sheet.boxes)) == SIZES[name]
    text = page(many(len(sheet.boxes) + 1), sheet=name)
    assert f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: 0 }}" in text
    assert text.count('<section class="page">') == 2
    assert len(re.findall(r'class="label box', text)) == len(sheet.boxes) + 1


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_no_box_leaves_the_page_or_touches_another(sheet: LabelSheet) -> None:
    for box in sheet.boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= sheet.width
        assert box.top + box.height <= sheet.height
    for one, other in pairwise(sorted(sheet.boxes, key=lambda box: (box.top, box.left))):
        beside = round(one.left + one.width, 4) <= other.left
        below = round(one.top + one.height, 4) <= other.top
        assert beside or below


def test_a_grid_is_as_wide_left_as_right_and_as_high_above_as_below() -> None:
    for name in ("5160", "L7160"):
        sheet, last = SHEETS[name], SHEETS[name].boxes[-1]
        assert sheet.width - last.left - last.width == pytest.approx(sheet.boxes[0].left, abs=0.02)
        assert sheet.height - last.top - last.height == pytest.approx(sheet.boxes[0].top, abs=0.02)


@pytest.mark.parametrize(("country", "name"), [("US", "Avery 5160"), ("DE", "Avery L7160")])
def test_without_a_sheet_it_is_that_of_the_country(country: str, name: str) -> None:
    plan = mail(rep=Rep("Robin", country=country))
    assert f"<title>{name}</title>" in page(plan)


def test_the_sender_stands_on_envelopes_and_not_on_labels() -> None:
    assert "<div>Willamette Supply</div>" in page(mail(), sheet="10")
    assert "<div>Willamette Supply</div>" in page(mail(), sheet="DL")
    assert "Willamette" not in page(mail(), sheet="5160")


def test_all_post_gets_a_label_or_that_of_one_channel() -> None:
    plan = mail(
        a_touch("A-1/A-1/a"), a_touch("A-1/A-1/b", channel="postcard"), a_touch("A-1/A-1/c")
    )
    assert page(plan).count('class="label box') == 3
    assert page(plan, channel="postcard").count('class="label box') == 1


@pytest.mark.parametrize("name", SHEETS)
def test_hard_names_stand_on_labels_and_fit(name: str) -> None:
    text = page(hard_names(), sheet=name)
    shown = {" ".join(one.split()) for one in NAMES}
    shown.discard('Müller & Söhne, "Feinkost"')
    assert "Müller &amp; Söhne, &#34;Feinkost&#34;" in text
    assert "=cmd|&#39; /C calc&#39;!A0" in text
    assert shown - {"=cmd|' /C calc'!A0"} <= set(re.findall(r"<div>(.*)</div>", text))
    sizes = {float(size) / 10 for size in re.findall(r" size(\d+)", text)}
    assert max(sizes) == SHEETS[name].points
    assert name in ("10", "DL") or min(sizes) < SHEETS[name].points


def test_what_has_no_address_is_left_out_and_told() -> None:
    accounts = (firm("A-1", "One"), firm("A-2", "Two", street="", city=""))
    plan = mail(
        a_touch("A-1/A-1/x"), a_touch("A-2/A-2/x"), accounts=accounts, promises=(), contacts=()
    )
    mailing = render_labels(plan)
    assert [finding.column for finding in mailing.findings] == ["street", "city"]
    assert mailing.files["labels.html"].count(b'class="label box') == 1
    with pytest.raises(InvalidInput, match="none of 1 can be written"):
        render_labels(mail(accounts=(firm(street=""),)))


def leeds(country: str) -> Account:
    return Account(
        "A",
        "Firm",
        country=country,
        street="1 High Street",
        city="Leeds",
        region="X",
        postal_code="LS1",
    )


@pytest.mark.parametrize(
    ("country", "town"),
    [
        ("US", ("Leeds, X LS1",)),
        ("CA", ("Leeds X LS1",)),
        ("DE", ("LS1 Leeds",)),
        ("GB", ("Leeds", "LS1")),
    ],
)
def test_a_town_is_written_as_its_country_does(country: str, town: tuple[str, ...]) -> None:
    account = leeds(country)
    assert address_lines(who_is(account), country) == ("Firm", "1 High Street", *town)
    abroad = country_name(country).upper()
    assert address_lines(who_is(account), "FR")[-1] == abroad


def test_a_persons_own_address_goes_before_that_of_the_account() -> None:
    account = leeds("US")
    person = Contact("C", "A", name="Ann", street="2 Low Road", city="York", postal_code="Y1")
    assert address_lines(who_is(account, person), "US") == ("Ann", "Firm", "2 Low Road", "York Y1")


def test_an_address_of_a_person_without_a_street_does_not_go_before_that_of_the_account() -> None:
    account = leeds("US")
    person = Contact("C", "A", name="Ann", postal_code="Y1", city="York")
    assert address_lines(who_is(account, person), "US")[2] == "1 High Street"
    nowhere = evolve(account, street="", city="")
    assert address_lines(who_is(nowhere, person), "US")[2:] == ("York Y1",)


def test_countries_have_names_and_what_is_no_code_stays() -> None:
    names: Mapping[str, str] = {"GB": "United Kingdom", "DE": "Germany", "Atlantis": "Atlantis"}
    assert {code: country_name(code) for code in names} == names

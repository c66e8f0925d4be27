import datetime as dt
from collections.abc import Callable

import pytest
from babel.numbers import format_currency

from campaign.reading import cells
from campaign.reading.cells.months import LANGUAGES
from campaign.workdays import Span

A_DAY = dt.date(2027, 4, 30)


def remedy(parse: Callable[[str], object], text: str) -> str:
    with pytest.raises(ValueError, match=r"; ") as caught:
        parse(text)
    return str(caught.value).partition("; ")[2]


@pytest.mark.parametrize(
    "text",
    [
        "2027-04-30",
        "2027/04/30",
        "2027.4.30",
        "30.04.2027",
        "30/4/2027",
        "4/30/2027",
        "04-30-2027",
        "2027-04-30 00:00:00",
        "2027-04-30T09:30:00.000+0000",
        "2027-04-30T09:30:00Z",
        "4/30/2027 9:30 AM",
        "30 Apr 2027",
        "30. April 2027",
        "30-Apr-2027",
        "April 30, 2027",
        "apr. 30 2027",
    ],
)
def test_a_date_is_read_in_every_form_that_has_one_sense(text: str) -> None:
    assert cells.date(text) == A_DAY


def test_a_date_whose_day_is_its_month_has_one_sense() -> None:
    assert cells.date("5/5/2027") == dt.date(2027, 5, 5)


def test_dots_put_the_day_first() -> None:
    assert cells.date("03.04.2027") == dt.date(2027, 4, 3)


def test_a_date_of_two_senses_is_refused_with_both() -> None:
    assert remedy(cells.date, "3/4/2027") == "write 2027-04-03 or 2027-03-04"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("31/04/2027", "write 2027-04-30"),
        ("2027-02-29", "write 2027-02-28"),
        ("2028-02-30", "write 2028-02-29"),
        ("2027-13-01", "write 2027-01-13"),
        ("0207-04-30", cells.WRITE_ISO),
        ("2027-04-00", cells.WRITE_ISO),
        ("45/99/2027", cells.WRITE_ISO),
        ("04.30.2027", "write 2027-04-30"),
        ("27-04-30", cells.WRITE_ISO),
        ("30 Foo 2027", cells.WRITE_ISO),
        ("tomorrow", cells.WRITE_ISO),
        ("46115", "write 2026-04-03 if it is a spreadsheet's number for that day"),
        ("30.04.27", "write 2027-04-30"),
        ("3/4/27", "write 2027-04-03 or 2027-03-04"),
        ("1793836800", "write 2026-11-05 if it is a program's number of seconds for that day"),
        ("1793836800000", "write 2026-11-05 if it is a program's number of seconds for that day"),
    ],
)
def test_what_is_no_date_is_refused_with_the_nearest_right_one(text: str, right: str) -> None:
    assert remedy(cells.date, text) == right


@pytest.mark.parametrize("text", ["2027-04-30", "2027-04-30 00:00:00", "2027-04-30T00:00"])
def test_an_iso_date_may_have_the_midnight_of_a_spreadsheet(text: str) -> None:
    assert cells.iso_date(text) == A_DAY


@pytest.mark.parametrize("text", ["30.04.2027", "2027-04-30 09:00", "2027-4-30", "20270430"])
def test_any_other_form_is_no_iso_date(text: str) -> None:
    assert remedy(cells.iso_date, text) == "write 2027-04-30"


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-01/2027-02-12; 2027-03-01",
        "2027-02-01/2027-02-12 2027-03-01",
        "2027-02-01 / 2027-02-12, 2027-03-01;",
    ],
)
def test_spans_are_separated_by_semicolon_comma_or_space(text: str) -> None:
    assert cells.spans(text) == (
        Span(dt.date(2027, 2, 1), dt.date(2027, 2, 12)),
        Span(dt.date(2027, 3, 1), dt.date(2027, 3, 1)),
    )


def test_a_span_that_ends_before_it_starts_is_turned_round_in_the_remedy() -> None:
    assert remedy(cells.span, "2027-02-12/2027-02-01") == "write 2027-02-01/2027-02-12"


@pytest.mark.parametrize("text", ["Easter", "2027-02-12/", "/2027-02-12", "2027-02-12/x"])
def test_what_is_no_span_is_refused(text: str) -> None:
    if text == "2027-02-12/":
        assert cells.span(text) == Span(dt.date(2027, 2, 12), dt.date(2027, 2, 12))
    else:
        assert remedy(cells.span, text) == "write 2027-02-01/2027-02-12"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", 1234.5),
        ("$1,234.50", 1234.5),
        ("1.234,50 €", 1234.5),
        ("EUR 1.234.567", 1_234_567),
        ("1'234.50", 1234.5),
        ("1 234,50", 1234.5),
        ("1,234", 1234),
        ("1,5", 1.5),
        ("0.125", 0.125),
        ("-7", -7),
        ("(1,234.00)", -1234),
        ("5.5E+7", 55_000_000),
        ("USD 12", 12),
        ("1234.567", 1234.567),
        (".5", 0.5),
    ],
)
def test_money_is_read_with_signs_and_thousands(text: str, amount: float) -> None:
    assert cells.money(text) == amount


@pytest.mark.parametrize(
    "text", ["a lot", "1e999", "nan", "inf", "1,23,4", "1.2.3", "12 apples", "12/34", "5%", "--5"]
)
def test_what_is_no_money_is_refused(text: str) -> None:
    assert remedy(cells.money, text) == "write 1234.50"


def test_a_point_before_three_digits_may_be_thousands_or_a_fraction() -> None:
    assert remedy(cells.money, "12.345") == "write 12345 or 12.3450"


@pytest.mark.parametrize("text", ["44.94", "44,94", "44.94°", "+44.94"])
def test_degrees_are_read_with_point_or_comma(text: str) -> None:
    assert cells.degrees(text) == 44.94


@pytest.mark.parametrize("text", ["N 44.94", "44,94,1", "nan", "1e999"])
def test_what_are_no_degrees_is_refused(text: str) -> None:
    assert remedy(cells.degrees, text) == "write 44.94"


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "x"])
def test_yes_is_read(text: str) -> None:
    assert cells.yes_no(text)


@pytest.mark.parametrize("text", ["no", "N", "False", "0"])
def test_no_is_read(text: str) -> None:
    assert not cells.yes_no(text)


def test_whole_numbers_may_have_the_point_of_a_spreadsheet() -> None:
    assert [cells.whole(text) for text in ("15", "15.0", "0")] == [15, 15, 0]


@pytest.mark.parametrize("text", ["-1", "1.5", "fifteen", "9" * 10])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert remedy(cells.whole, text) == "write 15"


@pytest.mark.parametrize(("text", "minutes"), [("09:05", 545), ("9:05:00", 545), ("24:00", 1440)])
def test_times_of_day_are_read(text: str, minutes: int) -> None:
    assert cells.clock(text) == minutes


@pytest.mark.parametrize("text", ["24:01", "9", "12:60", "noon"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    assert remedy(cells.clock, text) == "write 09:00"


@pytest.mark.parametrize("text", ["America/Los_Angeles", "UTC"])
def test_time_zones_of_the_database_are_known(text: str) -> None:
    assert cells.timezone(text) == text


@pytest.mark.parametrize("text", ["America", "../../etc/passwd", "/etc/passwd", "q" * 300, "é"])
def test_paths_and_nonsense_are_no_time_zones(text: str) -> None:
    assert remedy(cells.timezone, text)


def test_one_of_some_names_is_found_whatever_its_case() -> None:
    assert cells.one_of("GOOD", ["good", "bad"]) == "good"


def test_a_misspelt_name_brings_the_nearest_one_and_a_far_one_all() -> None:
    assert remedy(lambda text: cells.one_of(text, ["good", "bad"]), "goood") == "did you mean good?"
    names = ["", "good", "bad"]
    assert remedy(lambda text: cells.one_of(text, names), "zzz") == "write one of good, bad"


def test_a_quoted_text_is_one_short_printable_line() -> None:
    assert cells.shown("a\n b\x1b[0m") == "a b[0m"
    assert len(cells.shown("x" * 500)) == 60


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("R$ 1.234,50", 1234.5),
        ("R$ -5,00", -5),
        ("1 234,50 zł", 1234.5),
        ("1\u202f234,50\u00a0€", 1234.5),
        ("kr. 12 345", 12345),
        ("12 345 kr", 12345),
        ("US$ 12,345.67", 12345.67),
        ("A$12,000", 12000),
        ("S/ 1,200.50", 1200.5),
        ("RM 12,000", 12000),
        ("12 000 Kč", 12000),
        ("₹ 12,34,567.00", 1_234_567),
        ("Rs. 12,34,567", 1_234_567),
        ("12.5 lakh", 1_250_000),
        ("3 Cr", 30_000_000),
        ("1.5M", 1_500_000),
        ("2,5 Mio €", 2_500_000),
        ("12k", 12_000),
        ("500 k€", 500_000),
        ("120 TEUR", 120_000),
        ("\uffe5120万", 1_200_000),
        ("1億円", 100_000_000),
        ("1.234,-", 1234),
        ("CHF 1'234.\u2013", 1234),
        ("5-", -5),
        ("\u22125", -5),
        ("$(5.00)", -5),
        ("$12,000 p.a.", 12000),
        ("1.234,50 €/Jahr", 1234.5),
        ("R 1 234,50", 1234.5),
        ("1 234:-", 1234),
        ("CLP$1.234.567", 1_234_567),
        ("1 234,50 $US", 1234.5),
        ("JP\u00a5 1.234.568", 1_234_568),
        ("\u200f1,234.50\u00a0UK\u00a3", 1234.5),
        ("\u0661\u066c\u0662\u0663\u0664", 1234),
    ],
)
def test_money_is_read_in_the_writings_of_many_countries(text: str, amount: float) -> None:
    assert cells.money(text) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [("R$ 5", "R$"), ("5 kr", "kr"), ("€ 5", "€"), ("5 USD", "USD"), ("5", "")],
)
def test_a_currency_is_known(text: str, currency: str) -> None:
    assert cells.currency_of(text) == currency


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("oui", "non"),
        ("Sí", "No"),
        ("sim", "não"),
        ("Ja.", "Nein."),
        ("WAHR", "FALSCH"),
        ("VRAI", "FAUX"),
        ("PRAWDA", "FAŁSZ"),
        ("IGAZ", "HAMIS"),
        ("TOSI", "EPÄTOSI"),
        ("Checked", "Unchecked"),
        ("☑", "☐"),
        ("да", "нет"),
        ("はい", "いいえ"),
        ("1.0", "0.0"),
        ("-1", "0"),
        ("on", "off"),
        ("YES!", "NO!"),
        ("[x]", "[ ]"),
        ("=TRUE()", "=FALSE()"),
        ("有", "無"),
    ],
)
def test_yes_and_no_are_read_in_the_words_of_many_systems(yes: str, no: str) -> None:
    assert cells.yes_no(yes)
    assert not cells.yes_no(no)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_as_a_language_writes_it_is_that_amount(language: str) -> None:
    for currency in ("EUR", "USD", "GBP", "CHF", "PLN", "BRL", "INR", "SEK", "ZAR", "CZK"):
        decimal = cells.decimal_of(format_currency(1_234_567.25, currency, locale=language))
        for amount in (1_234_567.5, 12345.25, 999, 1234, 1_000_000):
            text = format_currency(amount, currency, locale=language)
            assert cells.money(text, decimal) == amount, text

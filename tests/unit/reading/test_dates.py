"""Dates as customer systems, spreadsheets and people write them."""

# ruff: noqa: RUF001 (letters of other alphabets are what is tested)

import datetime as dt

import pytest
from babel.dates import format_date

from campaign.reading import cells
from campaign.reading.cells.months import LANGUAGES, month_of

A_DAY = dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        "03.11.2026, 14:22",
        "3. 11. 2026",
        "03.11.2026.",
        "3-Nov-26",
        "03-nov-2026",
        "2026-Nov-03",
        "Nov 3, 2026 02:22 PM",
        "Nov 3, 2026, 2:22:05 p.m.",
        "3rd November 2026",
        "November 3rd, 2026",
        "3 nov. 2026",
        "3 Novembre 2026 alle ore 14:22",
        "mardi 3 novembre 2026",
        "le 3 novembre 2026 à 14:22",
        "3 de noviembre de 2026",
        "3 de novembro de 2026 às 14:22",
        "3. nov. 2026 kl. 14.22",
        "3. marraskuuta 2026 klo 14.22",
        "2026. nov. 3.",
        "2026. november 3. 14:22",
        "3 ноября 2026 г., 14:22",
        "3 Νοεμβρίου 2026",
        "3 Kasım 2026 Salı",
        "2026 m. lapkričio 3 d.",
        "2026年11月3日",
        "2026年11月3日 14:22",
        "2026년 11월 3일 오후 2:22",
        "2026/11/3 下午2:22",
        "\uff12\uff10\uff12\uff16-11-03",
        "03.11.2026 um 14:22 Uhr",
        "03 Nov 2026 at 14:22 CET",
        "Tuesday, November 3, 2026",
        "Tue Nov 03 2026 14:22:05 GMT+0100 (Central European Standard Time)",
        "Tue, 3 Nov 2026 14:22:05 +0100",
        "Tue Nov  3 14:22:05 UTC 2026",
        "2026-11-03T14:22:05.000+0000",
        "2026-11-03 14:22:05 Europe/Berlin",
        "2026-11-03 14:22:05 UTC",
        "2026-11-03T14:22:05Z[UTC]",
        "20261103",
        "Di., 03.11.2026",
        "Di 3.11.2026 14:22",
        "2026-11-03 (Tue)",
        "2026/11/03(火) 14:22",
        "terça-feira, 3 de novembro de 2026",
        "3º de noviembre de 2026",
        "3 נובמבר 2026",
        "\u0663 نوفمبر \u0662\u0660\u0662\u0666",
    ],
)
def test_a_day_is_read_in_the_writings_of_many_systems(text: str) -> None:
    assert cells.date(text) == A_DAY


@pytest.mark.parametrize(
    "text",
    [
        *("Mar 14, 2026 09:10 AM", "mar. 14 2026", "14 mar 2026", "Mar-14-2026", "Sat Mar 14 2026"),
        *("sam. 14/03/2026", "sáb, 14 de mar de 2026", "Sa., 14. Mär. 2026"),
    ],
)
def test_a_month_that_is_a_weekday_elsewhere_is_a_month(text: str) -> None:
    assert cells.date(text) == dt.date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("11/3/2026, 2:22 PM", "mdy"),
        ("11/3/2026, 2:22\u202fPM", "mdy"),
        ("\u200e11\u200e/\u200e3\u200e/\u200e2026", "mdy"),
        ("11/3/2026 2:22:05 PM GMT+1", "mdy"),
        ("03/11/2026 14h22", "dmy"),
        ("03/11/26 2:22 p. m.", "dmy"),
        ("3/11/2026 klo 14.22", "dmy"),
    ],
)
def test_a_time_behind_a_day_does_not_hide_its_order(text: str, order: str) -> None:
    assert cells.date(text, order) == A_DAY
    assert cells.order_of(text) == "either"
    with pytest.raises(ValueError, match=r"two dates|two digits"):
        cells.date(text)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("März", 3),
        ("Maerz", 0),
        ("févr", 2),
        ("fevrier", 2),
        ("Sept", 9),
        ("mrt", 3),
        ("październik", 10),
        ("października", 10),
        ("srpna", 8),
        ("août", 8),
        ("dic", 12),
        ("ottobre", 10),
        ("Foo", 0),
        ("ju", 0),
        ("listopad", 0),
    ],
)
def test_months_have_their_names_in_many_languages(text: str, month: int) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    "text",
    [
        *("11/3/2026 77:00 PM", "03.11.2026 14:77", "Q3 2026", "3 Nov", "Nov 2026", "3 Nov 20260"),
        *(
            "Foo 3 2026",
            "3 Nov 2026 and more",
            "3 days ago",
            "2026-W45",
            "31 Nov 2026",
            "before 03.11.2026",
            "0 Nov 2026",
        ),
        *("Nov 3 2026 x" * 20, "3 listopada 2026", "1.2.3.4"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date; "):
        cells.date(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Never", "never contacted", "nie", "Jamais", "NUNCA", "mai", "nooit", "никогда", "なし"),
        *("0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000", "0", "1/0/1900"),
        *("1900-01-00", "1900-01-01", "31.12.1899", "12/30/1899 12:00:00 AM", "1970-01-01"),
        *("0001-01-01T00:00:00Z", "1/1/1601", "9999-12-31", "31.12.9999"),
        *("NaT", "Invalid date", "unknown", "n.d.", "(none)", "unbekannt"),
    ],
)
def test_what_says_never_is_known(text: str) -> None:
    assert cells.says_never(text)


@pytest.mark.parametrize("text", ["2026-11-03", "10.10.2010", "1900-02-01", "soon", "?", "N3"])
def test_what_may_be_a_day_does_not_say_never(text: str) -> None:
    assert not cells.says_never(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_as_a_language_writes_it_is_that_day_or_refused(language: str) -> None:
    """By CLDR's formats; `listopad`, a month in Poland and another one in Croatia, is refused."""
    order = "mdy" if language == "en" else "dmy"
    days = [dt.date(2026, month, day) for month in range(1, 13) for day in (3, 14)]
    texts = [(day, format_date(day, form, language)) for day in days for form in ("medium", "long")]
    read = [(day, _read(text, order)) for day, text in texts]
    assert [(day, found) for day, found in read if found not in (day, None)] == []
    assert sum(found is None for _, found in read) <= len(read) // 6


def _read(text: str, order: str) -> dt.date | None:
    try:
        return cells.date(text, order)
    except ValueError:
        return None

"""Columns of exports as other systems write them: days, amounts, answers, countries."""

import datetime as dt

from exports import imported

from campaign.importing import Imported

HEAD = "Account ID,Account Name,"


def read(column: str, *cells: str) -> Imported:
    rows = "".join(f'A-{n},Firm {n},"{cell}"\n' for n, cell in enumerate(cells, 1))
    return imported(f"{HEAD}{column}\n{rows}")


def test_cells_that_say_never_are_empty_and_told_once() -> None:
    found = read("Last Activity", "Never", "2026-11-03", "0000-00-00", "")
    assert found.errors == ()
    days = [account.last_contact for account in found.accounts]
    assert days == [None, dt.date(2026, 11, 3), None, None]
    said = [line for line in found.said if "no such day" in line]
    told = '2 cells say that there was no such day, as "Never": taken as empty'
    assert said == [f"export.csv last_contact: {told}"]


def test_a_day_of_a_far_year_is_told() -> None:
    (error,) = read("Last Activity", "2026-11-03", "01.01.2200", "2026-10-01").errors
    assert (error.row, error.column) == (3, "last_contact")
    assert "beyond the year 2099" in error.problem


def test_amounts_in_several_currencies_are_told() -> None:
    found = read("Customer Value", "R$ 1.234,50", "US$ 2,000.00", "1.200,00 €")
    assert [account.value for account in found.accounts] == [1234.5, 2000, 1200]
    assert any("several currencies (R$, US$, €)" in line for line in found.said)
    assert not any("currencies" in line for line in read("Customer Value", "€ 5", "€ 7").said)


def test_a_refusal_is_heard_in_the_words_of_the_export() -> None:
    found = read("No Contact", "WAHR", "falsch", "oui", "não", "")
    wishes = [account.do_not_contact for account in found.accounts]
    assert wishes == [True, False, True, False, False]

import pytest

from campaign.errors import Finding, Severity
from campaign.model.accounts import Account, Contact
from campaign.reading.findings import doubts, few_of_each_kind
from campaign.reading.lists.records import Placed, Records

Lists = tuple[Records[Account], Records[Contact]]
WHOLE = {"street": "1 Oak St", "city": "Salem", "phone": "503 555 0101"}


def lists(*accounts: Account, contacts: tuple[Contact, ...] = ()) -> Lists:
    rows = tuple(Placed(row, account) for row, account in enumerate(accounts, start=2))
    people = tuple(Placed(row, contact) for row, contact in enumerate(contacts, start=2))
    return (Records("accounts.csv", rows), Records("contacts.csv", people))


def account(number: int, **given: object) -> Account:
    keys = {"latitude": 44.9 + number / 100, "longitude": -123.0, **WHOLE, **given}
    return Account(f"A-{number}", f"Account {number}", **keys)  # type: ignore[arg-type] # by name


def found(these: Lists) -> list[tuple[int, str]]:
    notices = list(doubts(*these))
    assert {notice.severity for notice in notices} <= {Severity.NOTICE}
    return [(notice.row, notice.column) for notice in notices]


def test_a_whole_list_raises_no_doubt() -> None:
    assert found(lists(account(1), account(2))) == []


def test_accounts_that_are_not_active_are_counted_by_status_and_asked_for_nothing() -> None:
    these = lists(account(1), Account("X", "X", status="closed"), Account("Y", "Y", status="lost"))
    (notice,) = doubts(*these)
    assert notice.problem == "2 of 3 accounts are not active (1 closed, 1 lost)"


def test_accounts_that_another_column_calls_closed_are_counted() -> None:
    these = lists(
        account(1, extra={"kind": "closed"}),
        account(2, extra={"kind": "Planning"}),
        account(3, extra={"kind": "micro"}),
        account(4, extra={"kind": "closed"}, status="closed"),
    )
    _, notice = doubts(*these)
    assert (notice.column, notice.severity) == ("kind", Severity.NOTICE)
    assert notice.problem == (
        "2 accounts are to be worked, though this column says otherwise (1 Planning, 1 closed)"
    )


def test_a_few_accounts_without_a_place_are_named_by_row() -> None:
    these = lists(account(1), account(2, latitude=None), account(3, longitude=None))
    assert found(these) == [(3, "latitude"), (4, "latitude")]


def test_many_accounts_without_a_place_are_counted() -> None:
    these = lists(*(account(number, latitude=None) for number in range(11)))
    (notice,) = doubts(*these)
    assert notice.problem == "11 of 11 active accounts have no place that is known"


def test_a_contacts_number_and_address_are_as_good_as_the_accounts() -> None:
    bare = account(1, phone="", street="")
    assert found(lists(bare)) == [(0, "phone"), (0, "street")]
    contact = Contact("C", "A-1", name="Ito", phone="555", city="Salem")
    assert found(lists(bare, contacts=(contact,))) == []


def test_a_place_that_fits_when_exchanged_is_doubted() -> None:
    german = [account(n, latitude=52.5 + n / 10, longitude=13.4) for n in range(4)]
    exchanged = account(5, latitude=13.4, longitude=52.5)
    assert found(lists(*german, exchanged)) == [(6, "latitude")]


@pytest.mark.parametrize("place", [(-33.9, 151.2), (40.7, -74.0)])
def test_a_place_that_is_only_far_is_not_doubted(place: tuple[float, float]) -> None:
    german = [account(n, latitude=52.5 + n / 10, longitude=13.4) for n in range(4)]
    far = account(5, latitude=place[0], longitude=place[1])
    assert found(lists(*german, far)) == []


def test_findings_of_one_kind_are_counted_from_the_eleventh_on() -> None:
    notices = [
        Finding("a.csv", f"odd {n}", row=n, column="x", severity=Severity.NOTICE)
        for n in range(1, 14)
    ]
    errors = [Finding("a.csv", f"bad {n}", row=n, column="x") for n in range(1, 14)]
    kept = list(few_of_each_kind([*notices, *errors]))
    assert [one.problem for one in kept if not one.is_error] == [
        *(f"odd {n}" for n in range(1, 11)),
        "3 more rows alike (rows 11 to 13)",
    ]
    assert [one for one in kept if one.is_error] == [
        *errors[:10],
        Finding("a.csv", "3 more rows alike (rows 11 to 13)", row=11, column="x"),
    ]


def test_findings_on_the_list_as_a_whole_are_counted_too() -> None:
    notices = [
        Finding("a.csv", f"{n} is shared", remedy="mend it", severity=Severity.NOTICE)
        for n in range(13)
    ]
    assert [one.problem for one in few_of_each_kind(notices)][10:] == ["3 more alike"]


def test_errors_of_different_kinds_or_columns_are_not_counted_together() -> None:
    errors = [
        Finding("a.csv", f'"{n}" is not a {kind}', row=n, column=column)
        for n in range(1, 7)
        for kind, column in (("date", "x"), ("date", "y"), ("number", "x"))
    ]
    assert sorted(few_of_each_kind(errors), key=str) == sorted(errors, key=str)

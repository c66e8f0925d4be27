"""Lists that are no accounts, given to an import alone: what each is, and what to give."""

import pytest
from exports import SALESFORCE_CONTACT_REPORT, imported

from campaign.reading.lists.accounts_and_contacts import read_accounts
from campaign.reading.parsing.table import parse_table

PEOPLE = "Contact ID,First Name,Last Name,Account ID\n003,Ann,Lee,001\n004,Bo,Day,002\n"
OURS = "contact_id,account_id,name,role\nC-1,A-1,Ann Lee,sponsor\n"
TASKS = "Subject,Due Date,Status,Related To\nCall,1/2/2027,Open,Cascade Dental\n"
TASKS_OF_ACCOUNTS = "Subject,ActivityDate,Account Name\nCall,2027-01-02,Cascade Dental\n"
PROMISES = "promise_id,account_id,contact_id,what,due\nP-1,A-1,,price list,2027-01-06\n"
PLANNED = "touch_id,day,date,account_id,account\nA-1/A-1/call,1,2027-01-04,A-1,Cascade Dental\n"


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        (PEOPLE, "a list of contacts", 'campaign import ACCOUNTS --contacts "export.csv"'),
        (OURS, "a list of contacts", "give the export of the accounts"),
        (TASKS, "a list of tasks", "give the export of the accounts"),
        (TASKS_OF_ACCOUNTS, "a list of tasks", "no tasks"),
        (PROMISES, "a list of promises", "into the folder as promises.csv"),
        (PLANNED, "a list of planned touches", "give the export of the accounts"),
    ],
)
def test_another_list_alone_is_one_error_that_says_what_to_give(
    text: str, what: str, remedy: str
) -> None:
    (error,) = imported(text).errors
    assert (error.file, error.row) == ("export.csv", 1)
    assert what in error.problem
    assert remedy in error.remedy


@pytest.mark.parametrize("text", [OURS, TASKS, PROMISES, PLANNED])
def test_another_list_in_the_place_of_the_accounts_of_a_folder_is_one_error(text: str) -> None:
    (finding,) = read_accounts(parse_table(text.encode(), "accounts.csv")).all_findings
    assert finding.problem.startswith("this looks like a list of ")


@pytest.mark.parametrize(
    "text",
    [
        SALESFORCE_CONTACT_REPORT,
        "account_id,name,subject,notes\nA-1,Cascade Dental,drills,\n",
        "Account ID,Account Name,Primary Contact ID\nA-1,Cascade Dental,C-1\n",
    ],
)
def test_accounts_with_some_of_such_headings_are_accounts(text: str) -> None:
    found = imported(text)
    assert found.errors == ()
    assert found.accounts


def test_an_export_without_names_is_one_error_with_the_option() -> None:
    (error,) = imported("Foo,Bar\n1,2\n").errors
    assert (error.place, "Foo, Bar" in error.problem) == ("export.csv:1 name", True)
    assert '--map "HEADING=name"' in error.remedy


def test_people_without_account_and_name_are_two_errors_with_the_option() -> None:
    found = imported("id,name\n1,Foo\n", "Mail,Phone\na@x.example,1\n")
    assert [error.place for error in found.errors] == [
        "people.csv:1 account_id",
        "people.csv:1 name",
    ]
    assert '--map "HEADING=contact.account_id"' in found.errors[0].remedy
    assert "Mail, Phone)" in found.errors[0].problem


def test_the_parts_of_a_name_are_read() -> None:
    text = "Record ID,First Name,Last Name,Shoes,Associated Company\n1,Ann,Lee,41,Cascade\n"
    (said,) = [line for line in imported(text).said if "not read" in line]
    assert said == "export.csv: not read: Shoes"

"""Who must not be touched: by the usual rule, by the user's own, by none."""

from exports import imported

from campaign.importing import Imported, InactiveRule

LIST = (
    "id,name,brewery_type,Active,IsDeleted\n"
    "1,Foo,micro,yes,false\n"
    "2,Bar,Closed,yes,false\n"
    "3,Baz,planning,,\n"
    "4,Qux,large,no,\n"
    "5,Zap,large,,TRUE\n"
)


def states(found: Imported) -> list[str]:
    return [account.status for account in found.accounts]


def test_the_usual_rule_holds_and_is_told_with_the_option_that_changes_it() -> None:
    found = imported(LIST)
    assert states(found) == ["active", "closed", "planning", "inactive", "deleted"]
    (said,) = [line for line in found.said if "brewery_type" in line and "not touched" in line]
    assert "2 are not touched" in said
    assert "(1 closed, 1 planning)" in said
    assert "--inactive" in said
    assert found.states == {"active": 1, "closed": 1, "deleted": 1, "inactive": 1, "planning": 1}


def test_a_rule_of_the_user_stands_alone() -> None:
    found = imported(LIST, inactive=(InactiveRule("Brewery Type", ("planning", "large")),))
    assert states(found) == ["active", "active", "planning", "large", "large"]


def test_a_rule_may_be_given_as_a_mapping() -> None:
    found = imported(LIST, inactive={"brewery_type": ("micro",), "active": "no"})
    assert states(found) == ["micro", "active", "active", "no", "active"]


def test_without_a_rule_all_are_active_and_the_doubt_is_told() -> None:
    found = imported(LIST, inactive={})
    assert states(found) == ["active"] * 5
    assert any("though this column says otherwise" in f.problem for f in found.findings)


def test_a_rule_on_the_status_decides_it_alone() -> None:
    text = "id,name,Status\n1,Foo,Customer\n2,Bar,Lost\n3,Baz,\n"
    assert states(imported(text)) == ["customer", "lost", "active"]
    assert states(imported(text, inactive={"status": "lost"})) == ["active", "lost", "active"]


def test_a_heading_of_the_status_in_other_words_decides_it_too() -> None:
    text = "id,name,Account Status\n1,Foo,Customer\n2,Bar,Lost\n"
    assert states(imported(text, inactive={"Account Status": "lost"})) == ["active", "lost"]


def test_a_status_that_the_list_has_goes_before_the_usual_rule() -> None:
    text = "id,name,status,type\n1,Foo,sleeping,closed\n"
    assert states(imported(text)) == ["sleeping"]


def test_a_stage_of_business_is_no_state_of_the_account() -> None:
    text = "id,name,Last Case Status,Opportunity Stage\n1,Foo,Closed,Closed\n"
    assert states(imported(text)) == ["active"]


def test_a_rule_on_a_column_that_is_not_there_is_an_error() -> None:
    (error,) = imported(LIST, inactive={"brewery_typ": "closed"}).errors
    assert str(error) == '--inactive: there is no column "brewery_typ"; did you mean brewery_type?'


def test_who_wants_no_contact_gets_none() -> None:
    found = imported("id,name,Do Not Contact\n1,Foo,true\n2,Bar,\n")
    assert [account.do_not_contact for account in found.accounts] == [True, False]


def test_a_refusal_of_an_account_that_cannot_be_read_is_an_error() -> None:
    (error,) = imported("id,name,Do Not Call\n1,Foo,perhaps\n").errors
    assert (error.row, error.column) == (2, "Do Not Call")


def test_who_is_deleted_or_inactive_among_the_contacts_is_not_touched_and_told() -> None:
    people = (
        "id,account_id,name,IsDeleted,Status\n"
        "7,1,Ann,true,Active\n8,1,Bob,false,Inactive\n9,1,Cy,false,Active\n"
    )
    found = imported("id,name\n1,Foo\n", people)
    assert [contact.do_not_contact for contact in found.contacts] == [True, True, False]
    assert any("2 contacts are deleted or inactive" in line for line in found.said)
    untouched = imported("id,name\n1,Foo\n", people, inactive={})
    assert not any(contact.do_not_contact for contact in untouched.contacts)


OPT_OUTS = (
    "Accounts of the north,,,,\n"
    "Id,Name,IsDeleted,Fax Opt Out,Text Opt Out\n"
    "A-1,Juniper Works,false,,yes\n"
)


def test_a_heading_that_looks_like_a_refusal_is_doubted_only_where_somebody_has_refused() -> None:
    doubts = [
        (one.row, one.column)
        for one in imported(OPT_OUTS).findings
        if one.problem == "looks like a refusal, and is not read"
    ]
    assert doubts == [(2, "Text Opt Out")]

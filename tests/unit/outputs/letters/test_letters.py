"""Letters as pages and as a table: what they say, and what is left out with a word."""

import csv
import datetime as dt
import io
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from cost import times_as_long
from handmade import FORMULA, START
from mail import NAMES, STATIONERY, firm, hard_names, mail, many, with_templates, written_with
from rows import a_touch

from campaign.errors import Finding, InvalidInput, Severity
from campaign.model.accounts import Contact, Relationship
from campaign.model.outcomes import Outcome
from campaign.model.rep import Rep
from campaign.model.stationery import Stationery
from campaign.outputs.letters import MERGE_COLUMNS, Mailing, render_labels, render_letters
from campaign.reading.parsing.rows import unguarded
from campaign.touches import HEARD, Plan, Status
from campaign.workdays import Span

LETTER = "A-1/A-1/hello"
COMPLAINED: dict[str, Any] = {"status": Status.DONE, "outcome": Outcome.COMPLAINT, "done_on": START}


class Page(HTMLParser):
    """The texts of a page by the class of the element that they stand in, and its tags."""

    def __init__(self, mailing: Mailing) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.tags: set[str] = set()
        self.inside: list[str] = []
        self.feed(mailing.files["letters.html"].decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("article", "div"):
            self.inside.append(dict(attrs).get("class") or self.inside[-1])
            self.texts.setdefault(self.inside[-1], []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("article", "div"):
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside[-1]][-1] += data

    def lines(self, kind: str) -> list[str]:
        return [text.strip() for text in self.texts.get(kind, ()) if text.strip()]


def page(plan: Plan, stationery: Stationery = STATIONERY) -> Page:
    return Page(render_letters(written_with(plan, stationery)))


def rows(mailing: Mailing) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(mailing.files["letters.csv"].decode("utf-8-sig"))))


def first_text(plan: Plan) -> str:
    return page(plan).lines("text")[0]


def findings_of(plan: Plan, stationery: Stationery = STATIONERY) -> tuple[Finding, ...]:
    """The findings beside a letter that can be written."""
    other = firm("B-1", "The other one")
    accounts = (*plan.territory.accounts, other)
    territory = evolve(plan.territory, accounts=accounts)
    touches = (*plan.touches, a_touch("B-1/B-1/hello", purpose="fine"))
    own = evolve(stationery, templates={**stationery.templates, "fine": "Dear you"})
    mailing = render_letters(written_with(Plan(territory, touches), own))
    assert [row["account_id"] for row in rows(mailing)] == ["B-1"]
    return mailing.findings


def test_a_letter_has_a_head_an_address_a_date_and_a_text() -> None:
    found = page(mail(a_touch("A-1/C-1/hello")))
    assert found.lines("head") == [
        "Willamette Supply",
        "Robin Field, Account manager",
        "1 Oak Street",
        "Salem, OR 97301",
        "503 555 0100 · robin@example.com",
    ]
    assert found.lines("address") == [
        "Dr. Ito",
        "Cascade Dental",
        "12 Elm Street",
        "Salem, OR 97301",
    ]
    assert found.lines("date") == ["January 4, 2027"]
    assert found.lines("text")[0].startswith("Dear Dr. Ito,\n\n")


def test_an_account_without_a_person_is_greeted_as_the_template_says() -> None:
    assert first_text(mail()).startswith("Dear Cascade Dental team,\n")


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("introduce", "I would like to know the people behind the name"),
        ("listen", "There is no wrong answer, and I take what you say as it is."),
        ("share", "I only did not want to keep it to myself."),
        ("invite", "I would bring the coffee"),
        ("thank", "you have put your trust in our work"),
        ("review", "would you like to hear from me?"),
    ],
)
def test_each_purpose_has_its_letter(purpose: str, words: str) -> None:
    assert words in first_text(mail(a_touch(LETTER, purpose=purpose)))


def test_a_prospect_is_greeted_as_somebody_who_does_not_know_us() -> None:
    text = first_text(mail(accounts=(firm(relationship=Relationship.PROSPECT),)))
    assert "I am new in this part of the world for Willamette Supply" in text
    assert "I look after" not in text


def test_a_letter_keeps_the_very_promise() -> None:
    kept = a_touch("A-1/C-1/P-1", cadence="promises", purpose="promise")
    assert "For January 15, 2027 we promised you this: the price list." in first_text(mail(kept))


def test_thanks_name_the_visit_before() -> None:
    visit = a_touch("A-1/C-1/visit", purpose="listen", channel="visit", stop=1)
    later = a_touch("A-1/C-1/thanks", START + dt.timedelta(days=2), purpose="thank")
    text = page(mail(visit, later)).lines("text")[0]
    assert "on January 4" in text


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "wrong_number"])
def test_nobody_is_thanked_for_a_call_that_was_not_answered(outcome: str) -> None:
    visit = a_touch("A-1/C-1/visit", purpose="listen", channel="visit", stop=1)
    called = START + dt.timedelta(days=1)
    call = a_touch("A-1/C-1/call", called, purpose="listen", channel="call")
    call = evolve(call, status=Status.DONE, outcome=Outcome(outcome), done_on=called)
    later = a_touch("A-1/C-1/thanks", START + dt.timedelta(days=2), purpose="thank")
    text = page(mail(visit, call, later)).lines("text")[0]
    assert "on January 4" in text


def test_what_lacks_in_the_address_of_a_person_is_to_be_filled_in_there() -> None:
    person = Contact("C-1", "A-1", name="Dr. Ito", role="decision_maker", city="Salem")
    nowhere = firm(street="", city="")
    (finding,) = findings_of(
        mail(a_touch("A-1/C-1/hello"), accounts=(nowhere,), contacts=(person,))
    )
    assert (finding.file, finding.column) == ("contacts.csv", "street")


def test_an_apology_is_for_the_specific_thing_and_there_is_none_without_it() -> None:
    sorry = a_touch("A-1/A-1/sorry", cadence="recovery", purpose="recover")
    angry = firm(relationship=Relationship.GRIEVANCE, grievance="Invoiced twice in May.")
    text = first_text(mail(sorry, accounts=(angry,)))
    assert 'the one thing that went wrong. I have it down as: "Invoiced twice in May".' in text
    (finding,) = findings_of(mail(sorry))
    assert (finding.file, finding.column) == ("accounts.csv", "grievance")
    assert finding.problem == "A-1 (Cascade Dental) has none, and the letter needs it"


def test_proof_of_repair_needs_the_repair() -> None:
    proof = a_touch("A-1/A-1/proof", cadence="recovery", purpose="recover")
    angry = firm(grievance="Invoiced twice", relationship=Relationship.GRIEVANCE)
    (finding,) = findings_of(mail(proof, accounts=(angry,)))
    assert finding.column == "repaired"
    repaired = evolve(angry, extra={"repaired": "the invoice is cancelled"})
    assert "changed: the invoice is cancelled." in first_text(mail(proof, accounts=(repaired,)))


@pytest.mark.parametrize("name", ["street", "city"])
def test_without_an_address_there_is_no_letter_but_a_finding(name: str) -> None:
    (finding,) = findings_of(mail(accounts=(firm(**{name: ""}),)))
    assert finding == Finding(
        "accounts.csv",
        f"A-1 (Cascade Dental) has no {name}, so that nothing can be sent there",
        remedy="fill it in; left out is the letter of 2027-01-04",
        column=name,
        severity=Severity.NOTICE,
    )


def test_letters_without_a_name_go_out_unsigned_and_that_is_said_once() -> None:
    plan = mail(a_touch(LETTER), a_touch("A-1/A-1/more"), rep=Rep("Rep", country="US"))
    plan = written_with(plan, Stationery())
    assert Page(render_letters(plan)).lines("text")[0].endswith("With kind regards,")
    (finding,) = render_letters(plan).findings
    problem = "letters and cards go out without your name, firm, phone, email, address"
    assert finding.problem == problem
    assert (finding.file, finding.column) == ("letters/letters.toml", "sender.name")
    assert finding.remedy == ('write name = "..." under [sender], and so on')


def test_a_purpose_without_a_template_is_told_once() -> None:
    plan = mail(a_touch(LETTER, purpose="sing"), a_touch("A-1/A-1/more", purpose="sing"))
    (finding,) = findings_of(plan)
    assert finding.problem == 'there is no letter for the purpose "sing"'
    assert finding.remedy == "write letters/sing.txt"


def test_never_is_anybody_called_none() -> None:
    page_of_all = render_letters(hard_names()).files["letters.html"]
    assert b"None" not in page_of_all


def test_where_nothing_can_be_written_that_is_an_error() -> None:
    plan = mail(accounts=(firm(street=""),))
    with pytest.raises(InvalidInput) as caught:
        render_letters(plan)
    *_, last = caught.value.findings
    assert (last.problem, last.is_error) == ("none of 1 can be written", True)
    with pytest.raises(InvalidInput, match="no letter is planned in these days"):
        render_letters(plan, days=Span(dt.date(2028, 1, 1), dt.date(2028, 1, 2)))


def test_only_what_is_still_to_be_sent_in_these_days_is_written() -> None:
    plan = mail(
        a_touch("A-1/A-1/a"),
        a_touch("A-1/A-1/b", status=Status.DONE, done_on=START),
        a_touch("A-1/A-1/c", START + dt.timedelta(days=7)),
        a_touch("A-1/A-1/d", channel="postcard"),
        a_touch("A-1/A-1/e", channel="call"),
    )
    week = Span(START, START + dt.timedelta(days=6))
    found = render_letters(plan, days=week)
    assert [row["touch_id"] for row in rows(found)] == ["A-1/A-1/a", "A-1/A-1/d"]
    assert sorted(found.files) == ["calls.html", "cards.html", "letters.csv", "letters.html"]
    assert found.files["letters.html"].count(b"<article") == 1
    cards = with_templates(postcard_introduce="Hello {{ account.name }}")
    both = render_letters(written_with(plan, cards), days=week)
    assert [row["touch_id"] for row in rows(both)] == ["A-1/A-1/a", "A-1/A-1/d"]
    alone = render_letters(written_with(plan, cards), days=week, channel="postcard")
    assert [row["text"] for row in rows(alone)] == ["Hello Cascade Dental"]


def test_the_more_particular_template_goes_first() -> None:
    own = with_templates(introduce="one", letter_introduce="two", standard_hello="three")
    assert page(mail(), own).lines("text") == ["three"]
    assert page(mail(a_touch(LETTER, cadence="x")), own).lines("text") == ["two"]


def test_hard_names_are_right_on_the_page() -> None:
    found = page(hard_names())
    wanted = {" ".join(name.split()) for name in NAMES}
    assert wanted < set(found.lines("address"))
    assert found.tags == {"html", "head", "meta", "title", "style", "body", "article", "div"}


def test_hard_names_are_right_in_the_table_and_harmless_in_excel() -> None:
    mailing = render_letters(hard_names())
    assert mailing.files["letters.csv"].startswith(b"\xef\xbb\xbf")
    found = rows(mailing)
    assert [unguarded(row["account"]) for row in found] == [
        " ".join(name.split()) for name in sorted(NAMES, key=NAMES.index)
    ]
    assert f"'{FORMULA}" in [row["account"] for row in found]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row.values())


def test_a_name_cannot_turn_round_the_text_after_it() -> None:
    plan = mail(accounts=(firm(name="\u202eevil\u2066 Inc\x07"),))
    (row,) = rows(render_letters(plan))
    assert row["account"] == "evil Inc\ufffd"


def test_the_table_has_its_columns_and_the_whole_text() -> None:
    (row,) = rows(render_letters(mail(a_touch("A-1/C-1/hello"))))
    assert tuple(row) == MERGE_COLUMNS
    assert row["contact"] == "Dr. Ito"
    assert row["address"].split("\n") == [
        *("Dr. Ito", "Cascade Dental", "12 Elm Street", "Salem, OR 97301")
    ]
    signed = "Robin Field, Account manager\nWillamette Supply · 503 555 0100 · robin@example.com"
    assert row["text"].endswith(f"regards,\n\n\n\n{signed}")


def test_the_same_plan_gives_the_same_bytes() -> None:
    first, second = (render_letters(hard_names()) for _ in range(2))
    assert first == second


def test_the_time_of_letters_grows_with_their_number_and_no_faster() -> None:
    few, more = many(100), many(1000)
    assert (
        times_as_long(
            lambda: render_letters(more),
            lambda: render_letters(few),
        )
        < 25
    )
    assert len(rows(render_letters(more))) == 1000


def test_a_letter_that_has_to_wait_is_named_and_not_printed() -> None:
    heard = a_touch("A-1/A-1/heard", cadence=HEARD, step=HEARD, channel="", **COMPLAINED)
    of = mail(
        heard, a_touch(LETTER), a_touch("A-2/A-2/hello"), accounts=(firm(), firm("A-2", "Fern"))
    )
    for made in (render_letters(of), render_labels(of)):
        (finding,) = made.findings
        assert finding.severity is Severity.NOTICE
        assert "to A-1 (Cascade Dental) is not to be sent now: a complaint" in finding.problem
    (printed,) = rows(render_letters(of))
    assert printed["account_id"] == "A-2"

"""What a template may and may not do."""

import pytest
from mail import firm, mail, with_templates, written_with
from rows import a_touch

from campaign.errors import Finding, InvalidInput
from campaign.outputs.letters import render_letters

OWN = "letters/introduce.txt"
LOOP, END = "{{% for {} in date %}}", "{% endfor %}"
KNOWN_OF_REP = (
    *("name", "title", "firm", "street", "city", "region", "postal_code", "phone", "email"),
)
LONG_TEXT = "{% for a in rep %}" + "{{ rep.firm | center(200) }}" * 30 + "{% endfor %}"
WIDER = "{{ '" + "a\n" * 8000 + "' | indent(200) | wordwrap(1) }}"
LONG_WORK = 2 * ("{{ (date ~ '" + "a " * 4500 + "')" + " | title" * 15 + " }}")
GROWING = "{{ 'a'" + " | replace('a', 'aaaaaaaaaaaaaaaa')" * 8 + " }}"


def text_of(source: str) -> str:
    plan = mail(a_touch("A-1/C-1/hello"), accounts=(firm(potential=1500.0),))
    page = render_letters(written_with(plan, with_templates(introduce=source))).files[
        "letters.html"
    ]
    return page.decode().partition('<div class="text">')[2].partition("</div>")[0]


def fault_of(source: str) -> Finding:
    with pytest.raises(InvalidInput) as caught:
        text_of(source)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Dear {{ contact.name }},", "Dear Dr. Ito,"),
        ("{{ account.name | upper }}", "CASCADE DENTAL"),
        ("{{ account['city'] }}, {{ account.value or 'nothing' }}", "Salem, nothing"),
        ("{% if contact.title %}x{% else %}y{% endif %}", "y"),
        ("{{ contact.title | default('friend') }}", "friend"),
        (
            "{{ date }} {{ rep.firm }} {{ letter.purpose }}",
            "January 4, 2027 Willamette Supply introduce",
        ),
        ("{% if before.channel == 'visit' %}x{% endif %}first", "first"),
        ("Tom & <b>Jo</b>", "Tom &amp; &lt;b&gt;Jo&lt;/b&gt;"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("{% if promise %}x{% else %}none{% endif %}", "none"),
        ("{% for one in rep %}{{ one }} {% endfor %}", " ".join(KNOWN_OF_REP)),
        ("{{ contact.name.split()[-1] }}", "Ito"),
        ("{{ account.name | center(20) | length }}", "20"),
        ("{{ account.name | replace('Dental', 'x') | title }}", "Cascade X"),
        ("{{ [account.city, date] | join('; ') }}", "Salem; January 4, 2027"),
        (
            "{{ account.potential }} or {{ account.value or 'nobody knows' }}",
            "1500 or nobody knows",
        ),
    ],
)
def test_a_template_says_what_its_fields_say(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% from 'os' import path %}",
        "{% extends 'other.txt' %}",
    ],
)
def test_a_template_that_wants_another_file_is_refused(source: str) -> None:
    finding = fault_of(f"Dear you,\n{source}")
    assert (finding.file, finding.row) == (OWN, 2)
    assert "reaches for another file" in finding.problem
    assert finding.remedy == "write its text here"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ account.__class__ }}",
        "{{ account._values }}",
        "{{ account.name.__init__.__globals__ }}",
        "{{ ('%s' | attr('format')).__globals__ }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 2 ** 1000000000 }}",
        "{{ '%2000000000d' % 1 }}",
        "{{ open('/etc/passwd').read() }}",
        "{{ '{:>2000000000}'.format('x') }}",
        "{{ 'x'.ljust(2000000000) }}",
        "{{ account.name | format(1) }}",
        "{{ account | pprint }}",
        "{% macro again() %}{% endmacro %}",
        "{% for one in account recursive %}{% endfor %}",
        "{% for a in rep %}{% if a %}{% for b in rep %}{% endfor %}{% endif %}{% endfor %}",
        "{% for one in account.name.split() %}{% endfor %}",
        "{% for one in range(10) %}x{% endfor %}",
        "{% set a = date %}",
    ],
)
def test_a_template_that_reaches_inside_is_refused(source: str) -> None:
    finding = fault_of(f"Dear you,\n\n{source}")
    assert (finding.file, finding.row) == (OWN, 3)
    assert finding.problem.startswith("reaches for what no letter may have")


@pytest.mark.parametrize(
    ("source", "begin"),
    [
        ("{{ open('/etc/passwd') }}", "names a field that there is not"),
        ("{{ acount.name }}", "names a field that there is not"),
        ("{{ account }}", "cannot be filled in"),
        ("{{ account.name / 2 }}", "cannot be filled in"),
        ("{{ account.name", "cannot be read as a template"),
        ("{% if %}", "cannot be read as a template"),
        (LONG_TEXT, "makes a letter longer"),
        (GROWING, "makes a text longer than 20,000 characters"),
        (WIDER, "makes a text longer than 20,000 characters"),
        (LONG_WORK, "takes too long to fill in"),
        (LONG_WORK.replace(" | title", ".title()"), "takes too long to fill in"),
        ("{{ date | center(2000000000) }}", "pads to 2,000,000,000 characters"),
        ("{{ date | indent(width=2000000000) }}", "pads to 2,000,000,000 characters"),
        ("{{ [date, date, date] | join(date | center(200) * 9) }}", "reaches for"),
        ("{{ " + "(" * 3000 + "date" + ")" * 3000 + " }}", "cannot be read as a template: it is"),
        ("{{ " + "not " * 3000 + "date }}", "cannot be read as a template: it is too tangled"),
        ("{{ date" + " | trim" * 200 + " }}", "cannot be read as a template: it is too tangled"),
        ("{{ date" + " + date" * 2000 + " }}", "cannot be read as a template: it is too tangled"),
        ("{{ " + "[" * 3000 + " }}", "cannot be read as a template: it is too tangled"),
        ("{{ " + "-" * 3000 + "1 }}", "cannot be read as a template: it is too tangled"),
        ("{% if date %}" * 99 + "{% endif %}" * 99, "cannot be read as a template: it is"),
        ("x" * 20_001, "is longer than 20,000 characters"),
    ],
)
def test_what_is_wrong_in_a_template_is_said_with_its_place(source: str, begin: str) -> None:
    finding = fault_of(source)
    assert finding.file == OWN
    assert finding.problem.startswith(begin)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("contact.nme", "contact.name"), ("account.contry", "account.country")],
)
def test_a_misspelt_field_is_a_fault_of_the_template(written: str, meant: str) -> None:
    finding = fault_of(f"Dear {{{{ {written} }}}},")
    assert (finding.file, finding.remedy) == (OWN, f"write {meant}")
    assert finding.problem == f"names a field that there is not ({written})"


def test_a_template_that_goes_too_far_is_refused_with_its_line() -> None:
    for far in ("{{ date | center(2000000000) }}", "{{ date" + " | trim" * 99 + " }}", LONG_TEXT):
        assert fault_of(f"Dear you,\n\n{far}").row == 3


def test_a_loop_over_a_record_ends_with_its_last_field() -> None:
    assert text_of("{% for x in account %}-{% endfor %}").count("-") > 3

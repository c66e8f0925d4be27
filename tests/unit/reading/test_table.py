import pytest

from campaign.errors import Severity
from campaign.reading.parsing.table import Table, parse_table
from campaign.reading.parsing.text import separator_of


def table(text: str | bytes) -> Table:
    return parse_table(text if isinstance(text, bytes) else text.encode(), "list.csv")


def cells(parsed: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in parsed.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    parsed = table(separator.join(["id", "name"]) + "\n" + separator.join(["1", "Foo"]) + "\n")
    assert (parsed.headings, cells(parsed)) == (("id", "name"), [("1", "Foo")])


def test_a_separator_inside_quotes_does_not_count() -> None:
    assert separator_of('id;name;notes\n1;"a, b, c, d";"e, f"\n2;"a, b, c";x\n') == ";"


def test_commas_in_the_texts_of_a_list_with_semicolons_do_not_count() -> None:
    assert separator_of("id;name\n1;Foo, Inc.\n2;Bar\n3;Baz, Ltd, Co\n") == ";"


def test_a_list_of_one_column_has_one_column() -> None:
    parsed = table("name\nAlpha Inc\nBeta\n")
    assert (parsed.headings, cells(parsed)) == (("name",), [("Alpha Inc",), ("Beta",)])


def test_a_first_line_that_names_the_separator_is_believed() -> None:
    parsed = table("sep=;\r\nid;a,b\r\n1;2,3\r\n")
    assert parsed.headings == ("id", "a,b")
    assert parsed.rows[0].number == 3


def test_empty_lines_are_passed_over_and_rows_keep_their_lines() -> None:
    parsed = table("\n\nid,name\n\n1,Foo\n , \n2,Bar\n")
    assert [(row.number, row.cells) for row in parsed.rows] == [
        (5, ("1", "Foo")),
        (7, ("2", "Bar")),
    ]


def test_a_row_of_several_lines_has_the_number_of_its_first() -> None:
    parsed = table('id,notes\r\n1,"two\r\nlines"\r\n2,x\r\n')
    assert [(row.number, row.cells) for row in parsed.rows] == [
        (2, ("1", "two\r\nlines")),
        (4, ("2", "x")),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(ends: str) -> None:
    assert cells(table(ends.join(["id,name", "1,Foo", "2,Bar"]))) == [("1", "Foo"), ("2", "Bar")]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff")],
)
def test_unicode_is_read_with_and_without_a_mark(encoding: str, mark: bytes) -> None:
    parsed = table(mark + "id,name\n1,Žižkov ½\n".encode(encoding))
    assert parsed.headings == ("id", "name")
    assert cells(parsed) == [("1", "Žižkov ½")]
    assert not parsed.findings


def test_windows_1252_is_read_with_a_notice_at_the_first_such_letter() -> None:
    parsed = table("id,name\n1,Foo\n2,Müller €Söhne\n".encode("cp1252"))
    assert cells(parsed)[1] == ("2", "Müller €Söhne")
    assert [(found.row, found.severity) for found in parsed.findings] == [(3, Severity.NOTICE)]


def test_an_apostrophe_that_made_a_formula_harmless_is_taken_off_once() -> None:
    parsed = table("a,b,c,d,e\n'=1+1,''=1,'tis,-5,'@x\n")
    assert cells(parsed) == [("=1+1", "'=1", "'tis", "-5", "@x")]


def test_missing_cells_are_empty_and_said() -> None:
    parsed = table("id,name,tier\n1,Foo\n")
    assert cells(parsed) == [("1", "Foo", "")]
    assert [found.severity for found in parsed.rows[0].faults] == [Severity.NOTICE]


def test_empty_cells_beyond_the_headings_are_cut() -> None:
    parsed = table("id,name\n1,Foo,,\n")
    assert cells(parsed) == [("1", "Foo")]
    assert not parsed.rows[0].faults


def test_reading_goes_on_after_a_row_that_cannot_be_read() -> None:
    parsed = table(f'id,name\n1,"a"b\n2,{"x" * 200_000}\n3,Foo\n')
    assert [bool(row.faults) for row in parsed.rows] == [True, True, False]
    assert parsed.rows[2].cells == ("3", "Foo")
    assert parsed.is_sound


def test_reading_ends_at_a_quote_that_never_closes() -> None:
    parsed = table('id,name\n1,Foo\n2,"Bar\n3,Baz\n')
    assert cells(parsed) == [("1", "Foo")]
    assert [(found.row, found.is_error) for found in parsed.findings] == [(3, True)]


def test_a_file_without_a_line_is_empty() -> None:
    assert table(b"").is_empty
    assert table(b"").is_sound

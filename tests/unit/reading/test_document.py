import pytest

from campaign.reading.settings.document import parse_document


def lines(text: str) -> dict[str, int]:
    return dict(parse_document(text.encode(), "campaign.toml").lines)


def test_every_key_has_its_line() -> None:
    text = '# a comment\n[rep]\nname = "Ann"\n\n[channels.letter]\nminutes = 3\n'
    assert lines(text) == {
        "rep": 2,
        "rep.name": 3,
        "channels": 5,
        "channels.letter": 5,
        "channels.letter.minutes": 6,
    }


def test_a_step_has_its_line_by_its_name() -> None:
    text = '[cadences.x]\nsteps = [\n  { step = "a" },\n  { step = "b" },\n]\n'
    assert {key: line for key, line in lines(text).items() if key.endswith((".a", ".b"))} == {
        "cadences.x.a": 3,
        "cadences.x.b": 4,
    }


def test_a_key_without_a_line_has_that_of_the_table_around_it() -> None:
    document = parse_document(b"[rep]\n[tiers.A]\n", "campaign.toml")
    assert [document.line(key) for key in ("rep.home.latitude", "tiers.A.x", "y")] == [1, 2, 0]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_from_windows_is_read(ends: str, mark: bytes) -> None:
    data = mark + f'[rep]{ends}name = "Ann"{ends}'.encode()
    document = parse_document(data, "campaign.toml")
    assert document.tables == {"rep": {"name": "Ann"}}
    assert document.is_sound


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("a = 1\na = 2\n", 2, "a"),
        ("[rep]\nname = \n", 2, "name"),
        ('a = "never closed\n', 1, "a"),
        ("a = [1,\n", 1, "a"),
        ("!\n", 1, ""),
    ],
)
def test_toml_that_is_none_is_one_finding_at_its_line(text: str, row: int, column: str) -> None:
    document = parse_document(text.encode(), "campaign.toml")
    assert [(found.row, found.column) for found in document.findings] == [(row, column)]
    assert not document.is_sound


def test_endless_lines_take_no_endless_time() -> None:
    text = "[rep]\n" + " " * 200_000 + "#\n" + "[" + " " * 200_000 + "\n"
    assert not parse_document(text.encode(), "campaign.toml").is_sound

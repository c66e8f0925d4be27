import pytest

from campaign.reading.cells.countries import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US", "US"),
        ("us", "US"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("United States", "US"),
        ("united states of america", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("GBR", "GB"),
        ("Deutschland", "DE"),
        ("Germany", "DE"),
        ("Österreich", "AT"),
        ("Czechia", "CZ"),
        ("South Korea", "KR"),
        ("", ""),
    ],
)
def test_a_country_is_known_by_its_names_and_codes(text: str, code: str) -> None:
    assert country_code(text) == code


def test_an_unknown_country_stays_as_it_is() -> None:
    assert country_code("Narnia") == "Narnia"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Royaume-Uni", "GB"),
        ("Alemanha", "DE"),
        ("Estados Unidos", "US"),
        ("Zjednoczone Królestwo", "GB"),
        ("Česká republika", "CZ"),
        ("日本", "JP"),
        ("Россия", "RU"),
        ("Korea, Republic of", "KR"),
        ("Korea (the Republic of)", "KR"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Iran, Islamic Republic of", "IR"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Netherlands (the)", "NL"),
        ("Germany (DE)", "DE"),
        ("DE - Germany", "DE"),
        ("Cote d\u2019Ivoire", "CI"),
        ("D", "DE"),
        ("Turquie", "TR"),
        ("Slovak Republic", "SK"),
        ("The Gambia", "GM"),
        ("Germany / Deutschland", "DE"),
        ("Suid-Afrika", "ZA"),
        ("Macao", "MO"),
    ],
)
def test_a_country_is_known_in_many_languages_and_as_iso_writes_it(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["Bayern", "Washington", "Salem, Oregon", "XX - Somewhere", "(?)"])
def test_what_is_no_country_stays_as_it_is_in_every_language(text: str) -> None:
    assert country_code(text) == text

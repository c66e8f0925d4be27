import pytest

from campaign.reading.countries import country_code


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

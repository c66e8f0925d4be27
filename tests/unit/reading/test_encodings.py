"""Lists in the encodings of one byte a letter, and texts that were decoded twice."""

# ruff: noqa: RUF001 (letters of other alphabets are what is tested)

import pytest

from campaign.reading.parsing.table import parse_list
from campaign.reading.parsing.text import decode, encoding_of

CZECH = "Dvořák a syn, Žižkovská 5, Ústí nad Labem, Přerov, Šťastný"
POLISH = "Łódź Meble, Piekarnia Żółć, Gdańsk, Zakład Śrubowy, Częstochowa"
CROATIAN = "Čakovec strojevi, Šibenik, Đakovo, Kovačić, Žuti"
GERMAN = "Müller & Söhne, Bäckerei Öhl, Straße 5, Überlingen, Grüner Weg"
FRENCH = "Société Élysée, Café de l'Étoile, Besançon, Nîmes, Hôtel du Château"
DANISH = "Sørensen, Rødovre, København, Århus, Næstved"
PORTUGUESE = "Padaria São João, Construção, Brasília, Irmãos Simões, Câmara"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "cp1252") for text in (GERMAN, FRENCH, DANISH, PORTUGUESE)),
        *((text, "mac_roman") for text in (GERMAN, FRENCH, DANISH, PORTUGUESE)),
        *((text, "cp1250") for text in (CZECH, POLISH, CROATIAN)),
        *((text, "iso8859_2") for text in (CZECH, POLISH)),
        (CZECH, "mac_latin2"),
        (GERMAN, "cp850"),
        ("Рога и копыта, Москва, Заря", "cp1251"),
        ("Αθήνα, Θεσσαλονίκη", "cp1253"),
        ("Łódź Meble, Dvořák, Kovács Őszi Kft, Świdnica, Győr", "cp1250"),
        ("Müller & Söhne, Società Città, Sørensen, São João, Besançon", "cp1252"),
        ("Güneş İnşaat, Çağrı, Eskişehir, Işık", "cp1254"),
        ("Šiauliai, Ūkis, Žemaitija, Jūrmala, Rīga", "cp1257"),
        ("Рога и копыта, Москва, Заря", "koi8_r"),
        ("Рога и копыта, Москва, Заря", "cp866"),
        (CZECH, "cp852"),
        ("شركة الشمس, دبي", "cp1256"),
        ("山田商店, カフェみどり, 大阪", "cp932"),
        ("北京公司, 上海工厂", "gb18030"),
        ("台北公司, 高雄工業", "cp950"),
        ("서울상사, 부산", "cp949"),
        ("Acme® Works \u2013 \u201cBest\u201d, € 5", "cp1252"),
    ],
)
def test_an_encoding_is_known_by_its_letters(text: str, encoding: str) -> None:
    data = f"Account ID,Account Name\n1,{text}\n".encode(encoding)
    assert encoding_of(data).name == encoding
    read, findings = decode(data, "list.csv")
    assert text in read
    (notice,) = findings
    assert notice.problem.startswith("is not UTF-8; read as ")
    assert "--encoding" in notice.remedy


@pytest.mark.parametrize(
    ("spoilt", "right"),
    [
        ("M\u00c3\u00bcller", "Müller"),
        ("Caf\u00c3\u00a9", "Café"),
        ("It\u00e2\u20ac\u2122s", "It\u2019s"),
        ("Åkeri Öst", "Åkeri Öst"),
        ("Ärzte GmbH", "Ärzte GmbH"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("Ñandú", "Ñandú"),
    ],
)
def test_a_text_that_was_decoded_twice_is_made_whole_and_told(spoilt: str, right: str) -> None:
    table = parse_list(f"account_id,name\n1,{spoilt}\n".encode(), "list.csv")
    assert table.rows[0].cells[1] == right
    told = [one.problem for one in table.findings if "decoded twice" in one.problem]
    assert bool(told) == (spoilt != right)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_two_bytes_a_letter_are_known_without_a_mark_too(encoding: str) -> None:
    text = f"Account ID,Account Name\n1,{POLISH}\n2,{GERMAN}\n"
    assert decode(text.encode(encoding), "list.csv") == (text, ())

"""What people call their columns."""

import pytest

from utmforge.files.header_words import HEADER_WORDS, fields_of, is_header_word, plain_header


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["URL", "Source", "Medium", "Campaign"], "url source medium campaign"),
        (["Zielseite", "Quelle", "Medium", "Kampagne"], "landing_page source medium campaign"),
        (["Lien", "Canal", "Campagne", "Contenu"], "url channel campaign content"),
        (["Enlace", "Fuente", "Medio", "Campaña"], "url source medium campaign"),
        (["utm_source", "UTM Medium", "utm-campaign", "utm_id"], "source medium campaign utm_id"),
        (["Date Created", "Erstellt am"], "issued_at"),
    ],
)
def test_headers_in_four_languages(header: list[str], fields: str) -> None:
    """In any letter case, with accents, spaces, hyphens."""
    assert " ".join(sorted(fields_of(header))) == " ".join(sorted(fields.split()))


def test_utm_columns_come_before_other_words() -> None:
    """Wherever they stand."""
    header = ["Source", "Campaign Name", "utm_source", "utm_campaign", "Medium"]

    assert fields_of(header) == {"source": 2, "campaign": 3, "medium": 4}


def test_a_given_column_is_for_one_field() -> None:
    """It is not taken for another one."""
    assert fields_of(["url", "landing_page"], {"landing_page": 0}) == {"landing_page": 0}


def test_each_word_is_written_as_it_is_looked_up_and_means_one_field() -> None:
    """Else it would never be found, or in two places."""
    words = [word for known in HEADER_WORDS.values() for word in known]

    assert [plain_header(word) for word in words] == words
    assert len(set(words)) == len(words)
    assert all(map(is_header_word, words))
    assert not is_header_word("Notes")

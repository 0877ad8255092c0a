"""Words as they are indexed."""

import pytest

from cms.search.segment import LONGEST_WORD, fold, fold_aligned, sought_words_of, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Über", "uber"),
        ("U\u0308ber", "uber"),
        ("STRASSE Straße", "strasse strasse"),
        ("Łódź", "lodz"),
        ("ÆRØ", "aero"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("مُحَمَّد", "محمد"),
        ("ガード", "ガード"),
        ("ﬁn", "fin"),
    ],
)
def test_folding_takes_away_case_and_diacritics(text, folded):
    assert fold(text) == folded


def test_aligned_folding_moves_nothing():
    text = "Die Straße führt übers Ærmelkanälchen; ﬁn."
    assert len(fold_aligned(text)) == len(text)
    assert fold_aligned("Führt") == "fuhrt"


def test_words_are_cut_at_whatever_is_no_letter_or_digit():
    assert words_of("don't stop: co-op_2025, 3.5%") == ["don", "t", "stop", "co", "op", "2025", "3", "5"]


def test_a_script_without_blanks_becomes_pairs():
    assert words_of("東京都 in 2025年") == ["東京", "京都", "都", "in", "2025", "年"]


def test_a_script_with_vowel_signs_keeps_its_words():
    assert words_of("हिन्दी भाषा।") == ["हिन्दी", "भाषा"]


def test_sought_pairs_leave_open_what_follows():
    assert sought_words_of("東京") == ["東京"]
    assert sought_words_of("東") == ["東"]
    assert sought_words_of("東京 tower") == ["東京", "京", "tower"]


def test_an_endless_word_is_cut():
    assert words_of("x" * 1000) == ["x" * LONGEST_WORD]

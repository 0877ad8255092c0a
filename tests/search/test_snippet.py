"""The stretch of text that a result shows."""

from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from cms.search.grammar import parse
from cms.search.snippet import snippet

FILLER = "nothing to see on this stretch of sand " * 40


def shown(text: str, query: str) -> Markup:
    return snippet(text, parse(query).terms)


def test_what_was_found_is_marked_as_whole_words():
    assert shown("The tides rise.", "tid") == "The <mark>tides</mark> rise."


def test_a_phrase_marks_only_its_own_words():
    assert "<mark>tide</mark> pool" in shown("low tide pool, tides", '"tide"')
    assert "<mark>tides</mark>" not in shown("low tide pool, tides", '"tide"')


def test_diacritics_make_no_difference():
    assert "<mark>Über</mark>" in shown("Es ging Über Nacht", "uber")
    assert "<mark>Straße</mark>" in shown("In der Straße", "strasse")


def test_a_script_without_blanks_is_marked_in_one_piece():
    assert shown("私は東京都に住む", "東京都") == "私は<mark>東京都</mark>に住む"


def test_markup_in_the_text_is_escaped():
    text = shown("a <script>tide()</script> & more", "tide")
    assert text == "a &lt;script&gt;<mark>tide</mark>()&lt;/script&gt; &amp; more"


def test_the_densest_stretch_is_shown():
    text = shown(f"tide {FILLER} the tide and the wall against the tide {FILLER}", "tide wall")
    assert text.count("<mark>") == 3
    assert text.startswith("… ")
    assert text.endswith(" …")


def test_without_a_match_the_text_begins_at_its_beginning():
    assert shown(f"Once {FILLER}", "zebra").startswith("Once nothing")
    assert shown("", "zebra") == ""


@settings(deadline=None)
@given(st.text(max_size=400), st.text(max_size=30))
def test_a_snippet_holds_only_the_text_and_its_marks(text, query):
    text = normalize("NFC", text)
    plain = shown(text, query).replace("<mark>", "").replace("</mark>", "")
    assert Markup(plain).unescape().removeprefix("… ").removesuffix(" …") in f"… {text} …"

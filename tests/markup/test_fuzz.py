"""Any text at all: no error, nothing active, and clean already."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.markup import clean, limits, plain_text, render

PIECES = [
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "<td&colspan=2>",
    "<th>",
    "<thead>",
    "<tfoot>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<a&href=x>",
    "<a&name=q>",
    "</a>",
    "<h1>",
    "<h6>",
    "</h1>",
    "<br>",
    "<img&src=a>",
    "<iframe&src=//e.example>",
    "<details>",
    "<summary>",
    "<figure>",
    "<figcaption>",
    "<pre>",
    "<code>",
    "<center>",
    "<span&class=k>",
    "<video&src=/a>",
    "<progress>",
    "<input>",
    "<time>",
    "<bdo>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<?",
    "<!",
    "<svg>",
    "<T>",
    "&amp;",
    "&#0;",
    "&",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~",
    "[",
    "](b)",
    "]",
    "![",
    "[^1]",
    "[^1]:",
    "[r]:&/x",
    "#",
    ">",
    "-",
    "1.",
    ":::",
    ":::&tip",
    "|",
    "|-|",
    ">",
    "[!NOTE]",
    "https://a.example",
    "www.a.example",
    "m@a.example",
    "\\",
]
PIECES = [
    piece.replace("&src", " src").replace("&href", " href").replace("&name", " name") for piece in PIECES
]
SOUP = st.lists(
    st.sampled_from([*PIECES, " ", "\n", "\n\n", "x", "\0", "\ud800"]) | st.text(max_size=3), max_size=40
)


@pytest.mark.parametrize("trusted", [True, False])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(soup=SOUP)
def test_any_text_renders_to_what_is_clean(trusted, soup):
    source = "".join(soup)
    rendered = render(source, trusted=trusted)
    assert clean(rendered.html, trusted=trusted) == rendered.html
    assert len(rendered.html) <= limits.budget(source)
    assert not re.search(r"<script|<style|<[^>]*\son[a-z]+=", rendered.html, re.IGNORECASE)
    assert "\0" not in rendered.text
    assert plain_text(rendered.html).split() or not rendered.text


@pytest.mark.parametrize("trusted", [True, False])
@settings(max_examples=120, deadline=None)
@given(soup=SOUP)
def test_cleaning_twice_is_cleaning_once(trusted, soup):
    once = clean("".join(soup), trusted=trusted)
    assert clean(once, trusted=trusted) == once


@settings(max_examples=120, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=200))
def test_both_sanitisers_leave_every_character_of_a_text(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\ufeff", "")
    assert plain_text(clean(f"<p>{escaped}</p>")) == " ".join(text.replace("\ufeff", "").split())

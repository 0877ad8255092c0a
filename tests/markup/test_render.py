"""Markdown becomes HTML, plain text and a count of words."""

import pytest

from cms.markup import clean, plain_text, render

DIALECT = {
    "**b** *i* ~~s~~ `c`": "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>",
    "<https://example.org>": '<p><a href="https://example.org">https://example.org</a></p>',
    "See https://example.org/a_b_c.": (
        '<p>See <a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.</p>'
    ),
    "(www.example.org)": '<p>(<a href="https://www.example.org">www.example.org</a>)</p>',
    "me@example.org": '<p><a href="mailto:me@example.org">me@example.org</a></p>',
    "read main.rs and a@b": "<p>read main.rs and a@b</p>",
    "&copy; &amp; &#0; a < b": "<p>© &amp; � a &lt; b</p>",
    "Vec<T>": "<p>Vec&lt;T&gt;</p>",
}


@pytest.mark.parametrize("source", DIALECT)
def test_the_dialect_is_read(source):
    assert render(source).html.strip() == DIALECT[source]


def test_a_task_is_a_disabled_box_that_says_its_state():
    html = render("- [ ] walk\n- [x] talk").html
    assert 'disabled="" type="checkbox" aria-label="To do"> walk' in html
    assert 'checked="" aria-label="Done"> talk' in html


def test_the_plain_text_holds_every_word_and_no_markup():
    rendered = render("# One\n\n*two* [three](/x)\nfour[^1]\n\n```py\nfive = 5\n```\n\n[^1]: six\0")
    assert rendered.text == "One two three four five = 5 six"
    assert rendered.words == 8


def test_plain_text_reads_html_that_was_cut_off():
    assert plain_text("<p>one <b>two</b><p>three <a hre") == "one two three <a hre"


def test_characters_that_no_page_may_hold_are_left_out():
    rendered = render("a\0b\ud800c\x1bd\ufdd0e\ufefff\r\ng&#12;h&#13;i")
    assert rendered.html == "<p>abcdef\ngh\ni</p>\n"


def test_members_write_no_html_no_footnotes_and_no_ids():
    html = render("# Hi\n\n<b>x</b>[^1] [l](https://example.org)\n\n[^1]: y", trusted=False).html
    assert "<b>" not in html
    assert "id=" not in html
    assert "<h3>Hi</h3>" in html
    assert 'rel="ugc nofollow noopener"' in html


@pytest.mark.parametrize("trusted", [True, False])
def test_what_was_rendered_is_already_clean(trusted):
    source = (
        "# A\n\n> [!TIP]\n> b\n\n|a|\n|-:|\n|b|\n\n"
        "```py\nx=1\n```\n\n![p](/x.png 'c')\n\n- [ ] t\n\n[^1]\n\n[^1]: n"
    )
    html = render(source, trusted=trusted).html
    assert clean(html, trusted=trusted) == html

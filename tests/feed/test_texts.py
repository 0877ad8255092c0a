"""The HTML of a post, made fit for a feed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms import markup
from cms.feed.text import portable
from tests.feed.rules import wrong_html

BASE = "https://site.example/blog/post/"


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("/about/", "https://site.example/about/"),
        ("#fn1", "https://site.example/blog/post/#fn1"),
        ("picture.png", "https://site.example/blog/post/picture.png"),
        ("?a=1&amp;b=2", "https://site.example/blog/post/?a=1&amp;b=2"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example/x", "http://other.example/x"),
        ("mailto:a@site.example", "mailto:a@site.example"),
        ("", "https://site.example/blog/post/"),
    ],
)
def test_an_address_becomes_absolute(address, absolute):
    assert portable(f'<a href="{address}">x</a>', BASE) == f'<a href="{absolute}">x</a>'


def test_every_picture_of_a_set_has_a_full_address():
    html = '<img srcset="/a.png 1x, b.png 2x" src="/a.png" poster="c.png" alt="">'
    pictures = f'srcset="https://site.example/a.png 1x, {BASE}b.png 2x" src="https://site.example/a.png"'
    assert portable(html, BASE) == f'<img {pictures} poster="{BASE}c.png" alt="">'


def test_what_only_our_pages_understand_is_left_out():
    html = '<div class="code" data-language="python" tabindex="0" aria-label="Code"><pre>a</pre></div>'
    assert portable(html, BASE) == "<div><pre>a</pre></div>"


@pytest.mark.parametrize("text", ['&lt;a href="/x"&gt;', 'say href="/x" class="y"', "1 &lt; 2 and a > b"])
def test_a_text_that_looks_like_a_tag_stays_as_it_is(text):
    assert portable(f"<p>{text}</p>", BASE) == f"<p>{text}</p>"


@given(source=st.text(alphabet='<>"=/ #[]()!`*_&;:\nahrefscp1~|-', max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_post_leaves_a_relative_address(source):
    assert list(wrong_html(portable(markup.render(source, trusted=True).html, BASE))) == []

"""Headings can be linked, their ids clash with nothing, and links find them."""

import pytest

from cms.markup import Heading, render
from tests.markup.reading import Page


def test_a_heading_gets_an_id_a_link_and_a_line_in_the_contents():
    rendered = render("## Größe & *Gewicht*")
    assert rendered.toc == (Heading(2, "s-größe-gewicht", "Größe & Gewicht"),)
    assert '<h2 id="s-größe-gewicht">' in rendered.html
    assert 'aria-label="Link to “Größe &amp; Gewicht”">#</a>' in rendered.html


def test_equal_headings_get_different_ids():
    ids = Page(render("# a-1\n\n# a\n\n# a\n\n# a\n\n# 日本\n\n# !").html).ids
    assert ids == ["s-a-1", "s-a", "s-a-2", "s-a-3", "s-日本", "s-section"]


def test_levels_begin_below_the_title_and_skip_none():
    assert [head.level for head in render("# a\n\n### b\n\n#### c\n\n## d").toc] == [2, 3, 4, 3]


def test_every_id_of_an_author_is_prefixed_and_occurs_once():
    page = Page(render('<p id="main">x</p>\n\n<p id="main">y</p>\n\n<a name="old">z</a>\n\n## main').html)
    assert page.ids == ["s-main", "s-old", "s-main-1"]


def test_links_find_headings_by_the_names_of_other_programs():
    html = render("[a](#what-s-next) [b](#whats-next) [c](#What's-next)\n\n## What's next?").html
    assert [link["href"] for link in Page(html).all("a")][:3] == ["#s-what-s-next"] * 3


def test_an_empty_heading_is_left_out():
    assert render("#\n\n<h2> </h2>\n\nx").html.split() == ["<p>x</p>"]


def test_footnotes_lead_there_and_back():
    page = Page(render("a[^x] b[^x]\n\n[^x]: note").html)
    links = {link["href"].removeprefix("#") for link in page.all("a")}
    assert links == set(page.ids) == {"s-fn1", "s-fnref1", "s-fnref1-2"}


@pytest.mark.parametrize(
    "written", ["{#lamp}", "{#lamp .wide}", "{.wide #lamp}", "{: #lamp}", '{:#lamp a="b"}']
)
def test_a_heading_can_bring_its_own_id(written):
    rendered = render(f"[x](#lamp)\n\n## Oil & *wick* {written}")
    assert rendered.toc == (Heading(2, "s-lamp", "Oil & wick"),)
    assert Page(rendered.html).all("a")[0]["href"] == "#s-lamp"
    assert rendered.text == "x Oil & wick"


def test_own_ids_of_headings_go_first_and_occur_once():
    ids = Page(render("## lamp\n\n## a {#lamp}\n\n## b {#lamp}\n\n## c {#s-oil}").html).ids
    assert ids == ["s-lamp-2", "s-lamp", "s-lamp-1", "s-oil"]


@pytest.mark.parametrize(
    "words", ["a {b}", "{#a}", "a `{#b}`", "a {#b} c", "a {#}", "a {#b c}", "a {#b #c}", 'a {#b"x}']
)
def test_braces_that_are_no_id_stay(words):
    assert render(f"## {words}").toc[0].title == words.replace("`", "")


def test_members_name_no_headings():
    assert "{#lamp}" in render("## Oil {#lamp}", trusted=False).html

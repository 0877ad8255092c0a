"""Pictures are shown when they are the site's own and linked when they are elsewhere."""

import pytest

from cms.markup import render


def test_a_lone_picture_with_a_title_is_a_figure():
    html = render('![A gull](/media/g.png "Seen in May")').html
    assert html.startswith('<figure><img src="/media/g.png" alt="A gull" loading="lazy" decoding="async">')
    assert "<figcaption>Seen in May</figcaption></figure>" in html


def test_a_picture_in_a_sentence_stays_in_it():
    assert render('x ![A](/a.png "t")').html.startswith('<p>x <img src="/a.png" alt="A" title="t"')


@pytest.mark.parametrize("source", ["http://e.example/x.png", "https://e.example/x.png", "//e.example/x.png"])
@pytest.mark.parametrize("trusted", [True, False])
def test_a_picture_from_elsewhere_becomes_a_link(source, trusted):
    html = render(f"![A gull]({source})", trusted=trusted).html
    assert "<img" not in html
    assert 'class="external-image"' in html
    assert "e.example/x.png" in html
    assert ">A gull</a>" in html


def test_a_linked_picture_from_elsewhere_leaves_its_words_in_the_link():
    html = render("[![A gull](https://e.example/x.png)](/gulls/)").html
    assert html == '<p><a href="/gulls/"><span class="external-image">A gull</span></a></p>\n'


def test_a_page_within_the_page_becomes_a_link():
    html = render('<iframe src="https://films.example/1" title="A film"></iframe>').html
    assert '<a href="https://films.example/1" class="external-media">A film</a>' in html


def test_every_picture_has_an_alternative_text():
    assert 'alt=""' in render('<img src="/x.png">').html

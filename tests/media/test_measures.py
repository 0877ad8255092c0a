"""Every picture of the site that stands in a text says how large it is, and in which widths there is more."""

import pytest

from cms import markup
from cms.models import Author, Media
from cms.pictures import measure
from tests.factories import make_post
from tests.media.pictures import moving, plain

pytestmark = pytest.mark.usefixtures("app")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>'


def store(width: int = 1000, height: int = 500) -> Media:
    return Media.store(plain("PNG", width, height), "tide.png", by=None)


def test_a_picture_in_a_text_has_its_measures_and_its_widths():
    media = store()
    folder = media.url.removesuffix("/tide.png")
    html = make_post(body=f"![A tide]({media.url})").html
    assert 'width="1000" height="500"' in html
    widths = ", ".join(f"{folder}/{width}/tide.webp {width}w" for width in (320, 640, 960))
    assert f'srcset="{widths}, {media.url} 1000w" sizes="(min-width: 56rem) 60vw, 100vw"' in html


def test_a_huge_picture_is_offered_in_its_smaller_widths_only():
    assert store(2500, 10).srcset.endswith("/1920/tide.webp 1920w")


@pytest.mark.parametrize("data", [DRAWING, moving(), plain("PNG", 300, 200)])
def test_what_has_no_smaller_forms_has_its_measures_alone(data):
    media = Media.store(data, "x", by=None)
    html = make_post(body=f"![A]({media.url})").html
    assert f'width="{media.width}" height="{media.height}"' in html
    assert "srcset" not in html


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [('width="200"', 200, 100), ('height="50"', 100, 50), ('width="60" height="60"', 60, 60)],
)
def test_measures_that_the_author_wrote_are_kept(written, width, height):
    html = make_post(body=f'<img src="{store().url}" alt="A" {written}>').html
    assert all(f' {part}"' in html for part in (f'width="{width}', f'height="{height}', f'sizes="{width}px'))


def test_the_sanitiser_leaves_what_was_measured(app):
    html = make_post(body=f'![Sea > "land" & sky]({store().url} "Wilf")').html
    assert markup.clean(html) == html
    assert 'alt="Sea &gt; &quot;land&quot; &amp; sky"' in html


@pytest.mark.parametrize(
    "srcset",
    ["https://evil.example/x.png 320w", "javascript:alert(1) 1w", "/media/0123456789abcdef/x.png"],
)
def test_nobody_writes_a_srcset_of_pictures_elsewhere(srcset):
    assert "srcset" not in make_post(body=f'<img src="{store().url}x" alt="A" srcset="{srcset}">').html


def test_a_text_of_many_pictures_asks_once(queries):
    addresses = [Media.store(plain("PNG", 400 + n, 9), "x.png", by=None).url for n in range(12)]
    html = markup.render("\n\n".join(f"![A]({address})" for address in addresses)).html
    queries.clear()
    assert measure(html).count("srcset=") == 12
    assert len(queries) == 1


def test_a_text_without_pictures_of_the_site_asks_nothing(queries):
    assert measure('<p><img src="/x.png" alt=""> <code>&lt;img src="/media/"&gt;</code></p>')
    assert queries == []


def test_pictures_that_are_gone_stay_as_they_are():
    html = make_post(body="![A](/media/0123456789abcdef/x.png)").html
    assert '<img src="/media/0123456789abcdef/x.png" alt="A" loading="lazy" decoding="async">' in html


def test_covers_and_portraits_offer_their_widths(client):
    media = store()
    ann = Author.named("Ann", by=None)
    ann.save(by=None, description="Keeps the light.", picture=media)
    post = make_post(cover=media, cover_alt="The quay", authors=["Ann"])
    for address in ("/", "/blog/", post.url, "/author/ann/"):
        page = client.get(address).text
        assert f'src="{media.url}" srcset="{media.srcset}" sizes="' in page, address

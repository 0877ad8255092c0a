"""Pictures in the back office: the list, the page of one, its words and its credit."""

import pytest

from cms.db import session
from cms.jobs import run_due
from cms.models import Event, Media
from tests.factories import make_post, send_form
from tests.media.pictures import picture, plain

LIST = "/admin/pictures/"


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def store(name: str = "quay.png", width: int = 400, **words) -> Media:
    media = Media.store(plain("PNG", width, 300), name, by=None)
    if words:
        media.describe(by=None, **words)
    return media


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["lamp.png", "boat.png", "quay.png"]),
        ("?words=missing", ["quay.png"]),
        ("?words=there", ["lamp.png", "boat.png"]),
        ("?search=ferry", ["boat.png"]),
        ("?search=QUAY", ["quay.png"]),
        ("?search=nothing", []),
    ],
)
def test_pictures_are_listed_and_found_by_name_and_words(client, eve, query, names):
    store("quay.png", 401), store("boat.png", 402, alt="The ferry"), store("lamp.png", 403, decorative=True)
    page = client.get(LIST + query).text
    assert [part.split("<")[0] for part in page.split('<span class="pictures-name">')[1:]] == names


def test_a_picture_is_put_into_words(client, eve):
    media = store()
    page = f"{LIST}{media.id}/"
    words = {"alt": " The quay\nat dusk ", "credit": "Wilf"}
    assert send_form(client, page, post_to=f"{page}describe", **words).location == page
    session.refresh(media)
    assert (media.alt, media.credit, media.decorative) == ("The quay at dusk", "Wilf", False)
    assert f"![The quay at dusk]({media.url} &#34;Wilf&#34;)" in client.get(page).text
    event = session.query(Event).filter_by(name="media.described", actor_id=eve.id).one()
    assert event.changes["alt"] == ["", "The quay at dusk"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"alt": "A quay", "decorative": "y"}, "but not both"),
        ({"alt": "x" * 501}, "longer than 500 characters"),
        ({"alt": "A quay", "credit": "x" * 201}, "longer than 200 characters"),
    ],
)
def test_words_that_can_not_be_kept_stay_in_the_form(client, eve, words, reason):
    media = store()
    page = f"{LIST}{media.id}/"
    answer = send_form(client, page, post_to=f"{page}describe", **words)
    assert answer.status_code == 422
    assert reason in answer.text
    assert f">{words['alt']}</textarea>" in answer.text
    session.refresh(media)
    assert media.described is False


def test_what_was_written_into_a_picture_means_nothing_in_a_text(app):
    media = store(alt='](javascript:alert(1)) <script> "', credit='" onload="alert(1)" [x](y)')
    html = make_post(body=media.markdown).html
    assert "javascript" not in html.split("alt=")[0]
    assert 'alt="](javascript:alert(1)) &lt;script&gt; &quot;"' in html
    assert '<figcaption>" onload="alert(1)" [x](y)</figcaption>' in html


def test_a_picture_shows_of_which_posts_it_is_the_cover(client, eve):
    media = store()
    make_post(title="The tide", cover=media), make_post(title="The ebb")
    page = client.get(f"{LIST}{media.id}/").text
    assert "The tide" in page
    assert "The ebb" not in page


def test_the_page_tells_which_widths_are_made(client, eve):
    media = Media.store(picture("JPEG", 777, 500), "x.jpg", by=eve)
    assert "are being made" in client.get(f"{LIST}{media.id}/").text
    session.commit()
    run_due()
    assert "<dd>320, 640</dd>" in client.get(f"{LIST}{media.id}/").text


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.png", '"><script>alert(1)</script>.png'])
def test_a_payload_in_a_name_or_in_words_is_text(client, eve, name):
    media = store(name, alt=name, credit=name)
    for address in (LIST, f"{LIST}{media.id}/", "/admin/activity/"):
        page = client.get(address).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page

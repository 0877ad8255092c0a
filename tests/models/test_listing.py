import re

import pytest

from cms.models import Tag
from cms.models.listing import Key, all_posts, posts_under
from tests.factories import LONG_AGO, make_post

pytestmark = pytest.mark.usefixtures("app")


def walk(posts, size):
    """Every page from the newest on, as lists of titles."""
    page, pages = posts.page(size=size), []
    while True:
        pages.append([post.title for post in page.posts])
        if not page.older:
            return pages
        page = posts.page(before=page.older, size=size)


def test_the_pages_of_a_list_hold_every_post_once_newest_first():
    made = [make_post().title for _ in range(7)]
    assert walk(all_posts(), 3) == [made[6:3:-1], made[3:0:-1], made[:1]]


def test_posts_of_one_moment_are_not_lost_between_pages():
    made = {make_post(at=LONG_AGO).title for _ in range(7)}
    seen = [title for page in walk(all_posts(), 2) for title in page]
    assert len(seen) == 7
    assert set(seen) == made


def test_the_way_back_leads_through_the_same_pages():
    for _ in range(6):
        make_post()
    first = all_posts().page(size=2)
    second = all_posts().page(before=first.older, size=2)
    third = all_posts().page(before=second.older, size=2)
    assert all_posts().page(after=third.newer, size=2).posts == second.posts


def test_a_tag_lists_its_own_posts_only():
    tide = make_post(tags=["Tide"])
    make_post(tags=["Boats"])
    both = make_post(tags=["Boats", "Tide"])
    assert posts_under(Tag.named("tide", by=None)).newest(5) == [both, tide]


def test_a_page_stays_the_same_when_newer_posts_appear():
    for _ in range(4):
        make_post()
    key = all_posts().page(size=2).older
    before = all_posts().page(before=key, size=2).posts
    make_post()
    assert all_posts().page(before=key, size=2).posts == before


@pytest.mark.parametrize(
    "text",
    ["", "abc", "-1", "1e99", "2026-13-01T00:00:00Z~1", f"2026-01-01T00:00:00Z~{2**63}", "2026-01-01~1"],
)
def test_what_is_no_key_is_told(text):
    with pytest.raises(ValueError, match=re.escape(text) or "^$"):
        Key.parse(text)


def test_a_key_reads_as_it_was_written():
    key = Key(LONG_AGO, 12)
    assert Key.parse(str(key)) == key

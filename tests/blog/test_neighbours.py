import pytest

from cms.blog.neighbours import neighbours_of
from tests.factories import make_post, soon

pytestmark = pytest.mark.usefixtures("app")


def titles(rows) -> list[str]:
    return [row.title for row in rows]


def test_the_posts_before_and_after_are_those_of_the_list():
    first, second, third = (make_post() for _ in range(3))
    around = neighbours_of(second)
    assert (around["previous"].title, around["next"].title) == (first.title, third.title)
    assert neighbours_of(first)["previous"] is None
    assert neighbours_of(third)["next"] is None


def test_what_is_not_listed_is_passed_over():
    first = make_post()
    make_post().archive(by=None)
    make_post(published=False)
    last = make_post()
    make_post(at=soon(hours=1))
    assert neighbours_of(last)["previous"].title == first.title
    assert neighbours_of(last)["next"] is None


def test_nobody_learns_of_scheduled_posts_from_a_later_one():
    make_post(title="Today")
    make_post(title="Secret", at=soon(hours=1))
    later = make_post(at=soon(hours=2))
    around = neighbours_of(later)
    assert (around["previous"].title, around["next"]) == ("Today", None)


def test_posts_of_the_same_moment_follow_each_other():
    at = soon(hours=-1)
    posts = [make_post(at=at) for _ in range(3)]
    assert neighbours_of(posts[1])["previous"].title == posts[0].title
    assert neighbours_of(posts[1])["next"].title == posts[2].title


def test_related_posts_share_most_tags():
    make_post(title="None", tags=["Other"])
    make_post(title="One", tags=["Tide"])
    make_post(title="Both", tags=["Tide", "Boats"])
    post = make_post(tags=["Boats", "Tide"])
    assert titles(neighbours_of(post)["related"]) == ["Both", "One"]


def test_a_series_is_told_in_its_order_with_the_place_marked():
    second = make_post(series="Ferry", series_position=2)
    first = make_post(series="Ferry", series_position=1)
    rows = neighbours_of(second)["series_posts"]
    assert [(row.title, row.current) for row in rows] == [(first.title, False), (second.title, True)]

"""Two subjects become one, and can be parted again."""

import pytest
from sqlalchemy import func, select

from cms.db import session
from cms.errors import Refused
from cms.jobs import run_due
from cms.models import Author, Category, Event, Redirect, Series, Tag, Trashed
from cms.models.listing import posts_under
from cms.models.shelf import SHELVES
from cms.search import jobs
from cms.search.finding import find
from tests.factories import make_post

pytestmark = pytest.mark.usefixtures("app")


def merge(kind, name: str, into: str) -> None:
    kind.named(name, by=None).merge(into=kind.named(into, by=None), by=None)


def restore() -> None:
    session.scalars(select(Trashed)).one().restore(by=None)


@pytest.mark.parametrize(("kind", "names"), [(Tag, "tags"), (Author, "authors")])
def test_posts_change_hands_and_none_is_listed_twice(kind, names):
    one = make_post(**{names: ["Tides", "Storm"]})
    both = make_post(**{names: ["Tide", "Tides"]})
    merge(kind, "Tides", "Tide")
    session.expire_all()
    assert [term.name for term in getattr(one, names)] == ["Tide", "Storm"]
    assert [term.name for term in getattr(both, names)] == ["Tide"]
    assert posts_under(kind.named("Tide", by=None)).newest(5) == [both, one]


def test_a_restored_tag_has_its_posts_and_the_other_what_it_had_before():
    one, both, other = make_post(tags=["Tides"]), make_post(tags=["Tide", "Tides"]), make_post(tags=["Tide"])
    merge(Tag, "Tides", "Tide")
    restore()
    assert [[tag.name for tag in post.tags] for post in (one, both, other)] == [
        ["Tides"],
        ["Tide", "Tides"],
        ["Tide"],
    ]


def test_a_restored_category_leaves_posts_alone_that_moved_on():
    stayed, moved = make_post(category="Reports"), make_post(category="Reports")
    merge(Category, "Reports", "News")
    session.expire_all()
    moved.revise(by=None, category=Category.named("Essays", by=None))
    restore()
    assert (stayed.category.name, moved.category.name) == ("Reports", "Essays")


def test_a_merged_series_follows_behind_the_other():
    one = make_post(series="Walks", series_position=1)
    two, three = (make_post(series="Hikes", series_position=place) for place in (1, 2))
    merge(Series, "Hikes", "Walks")
    session.expire_all()
    assert {post.series.name for post in (one, two, three)} == {"Walks"}
    assert [post.series_position for post in (one, two, three)] == [1, 2, 3]


def test_a_category_changes_no_place_in_a_series():
    post = make_post(category="Reports", series="Walks", series_position=4)
    merge(Category, "Reports", "News")
    session.refresh(post)
    assert post.series_position == 4


def test_the_old_address_leads_to_the_new_one(client):
    make_post(tags=["Tides"])
    merge(Tag, "Tides", "Tide")
    assert client.get("/tag/tides/").location == "/tag/tide/"


@pytest.mark.parametrize("other", [lambda tag: tag, lambda _tag: Category.named("Tide", by=None)])
def test_a_tag_is_merged_into_another_tag_and_nothing_else(other):
    tag = Tag.named("Tide", by=None)
    with pytest.raises(Refused):
        tag.merge(into=other(tag), by=None)


def test_the_page_of_the_other_shows_the_posts_at_once(client):
    make_post(title="Herons", tags=["Tides"])
    make_post(tags=["Tide"])
    assert "Herons" not in client.get("/tag/tide/").text
    merge(Tag, "Tides", "Tide")
    assert "Herons" in client.get("/tag/tide/").text


def test_search_follows_however_many_posts_there_are(monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    for _ in range(5):
        make_post(tags=["Glimmer"])
    merge(Tag, "Glimmer", "Lamp")
    session.commit(), run_due()
    assert len(find("tag:lamp").results) == len(find("lamp").results) == 5
    assert find("glimmer").results == []
    restore()
    session.commit(), run_due()
    assert len(find("tag:glimmer").results) == 5


def test_a_renamed_tag_is_found_by_its_new_name_however_many_posts_there_are(monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    for _ in range(4):
        make_post(tags=["Glimmer"])
    Tag.named("Glimmer", by=None).save(by=None, name="Lamp")
    session.commit(), run_due()
    assert len(find("lamp").results) == 4


def test_a_merge_loads_no_post(queries):
    for _ in range(30):
        make_post(tags=["Tides"])
    tags = [Tag.named(name, by=None) for name in ("Tides", "Tide")]
    session.expire_all()
    queries.clear()
    SHELVES[Tag].move(*(tag.id for tag in tags))
    assert len(queries) < 8


def test_both_tags_tell_of_it():
    merge(Tag, "Tides", "Tide")
    kept = Tag.named("Tide", by=None)
    event = session.scalars(select(Event).where(Event.name == "term.merged")).one()
    assert (event.subject_id, event.changes) == (str(kept.id), {"merged": ["Tides", None]})
    assert session.scalar(select(func.count()).where(Event.name == "thing.trashed")) == 1


def test_way_after_way_still_leads_to_the_last(client):
    make_post(tags=["A"])
    Tag.named("A", by=None).save(by=None, slug="b")
    merge(Tag, "A", "C")
    assert Redirect.answer_for("/tag/a/") == "/tag/b/"
    assert client.get("/tag/b/").location == "/tag/c/"

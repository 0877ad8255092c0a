"""Naming tags, categories, series and authors."""

import pytest

from cms.errors import Refused
from cms.models import Category, Redirect, Tag

pytestmark = pytest.mark.usefixtures("app")


def test_the_address_is_made_of_the_name_where_none_is_given():
    assert Tag.make(by=None, name="Night  Swimming").slug == "night-swimming"
    assert Tag.make(by=None, name="night swimming").slug == "night-swimming-2"


def test_a_new_name_alone_keeps_the_address():
    tag = Tag.make(by=None, name="Tide")
    tag.save(by=None, name="Tides")
    assert tag.slug == "tide"


def test_an_address_that_another_has_is_refused():
    Tag.make(by=None, name="Tide")
    other = Tag.make(by=None, name="Storm")
    with pytest.raises(Refused, match="“Tide” has this address already"):
        other.save(by=None, slug="tide")
    assert Category.make(by=None, name="News", slug="tide").slug == "tide"


@pytest.mark.parametrize(
    "fields",
    [{"name": " "}, {"name": "x" * 201}, {"slug": "x" * 101}, {"slug": "!!!"}, {"description": "x" * 2001}],
)
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(Refused):
        Tag.make(by=None, name="Tide").save(by=None, **fields)


def test_a_renamed_tag_is_still_known_by_its_name():
    tag = Tag.make(by=None, name="Tide")
    tag.save(by=None, slug="tides")
    assert Tag.named("Tide", by=None) is tag


def test_going_back_to_an_old_address_leaves_no_circle():
    tag = Tag.make(by=None, name="Tide")
    tag.save(by=None, slug="tides")
    tag.save(by=None, slug="tide")
    assert Redirect.answer_for("/tag/tides/") == "/tag/tide/"
    assert Redirect.answer_for("/tag/tide/") is None

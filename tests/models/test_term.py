import pytest

from cms.errors import Refused
from cms.models import Author, Redirect, Tag

pytestmark = pytest.mark.usefixtures("app")


def test_names_that_differ_only_by_signs_are_different_tags():
    slugs = [Tag.named(name, by=None).slug for name in ("C", "C++", "C#", "c")]
    assert slugs == ["c", "c-2", "c-3", "c"]


def test_names_that_differ_by_an_accent_are_different_people():
    assert Author.named("Jose", by=None) is not Author.named("José", by=None)


def test_a_new_slug_leaves_a_redirect():
    tag = Tag.named("Tide", by=None)
    tag.save(by=None, slug="tides")
    assert Redirect.answer_for("/tag/tide/") == "/tag/tides/"


def test_a_field_that_there_is_not_is_refused():
    with pytest.raises(TypeError):
        Tag.named("Tide", by=None).save(by=None, id=5)


@pytest.mark.parametrize("name", ["", "   ", "!!!"])
def test_a_name_without_a_letter_is_refused(name):
    with pytest.raises(Refused):
        Tag.named(name, by=None)

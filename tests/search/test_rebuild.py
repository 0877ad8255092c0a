"""`flask search rebuild`."""

from sqlalchemy import delete

from cms.db import session
from cms.models import Entry
from cms.models.life import DRAFT
from cms.search.document import SearchDocument
from cms.search.finding import find
from cms.search.titles import TitleWords
from tests.factories import make_page, make_post


def rebuild(app) -> str:
    session.commit()
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0, result.output
    return result.output


def test_what_was_loaded_without_verbs_is_found(app):
    make_post(body="heron", tags=["Birds"], authors=["Nour Amsel"])
    make_page(body="heron")
    session.execute(delete(SearchDocument))
    assert find("heron").results == []
    assert "2 posts and pages" in rebuild(app)
    assert len(find("heron").results) == 2
    assert len(find("heron tag:birds author:nour-amsel").results) == 1


def test_what_is_no_longer_published_is_forgotten(app):
    post = make_post(body="heron")
    session.execute(Entry.__table__.update().where(Entry.__table__.c.id == post.id).values(stage=DRAFT))
    rebuild(app)
    assert session.query(SearchDocument).count() == 0


def test_rebuilding_twice_changes_nothing(app):
    make_post(body="heron")
    rebuild(app)
    before = find("heron")
    rebuild(app)
    assert find("heron") == before


def test_it_writes_the_words_of_all_titles(app):
    draft = make_post(title="Draft", published=False)
    session.execute(delete(TitleWords))
    rebuild(app)
    assert session.get(TitleWords, draft.id).words == " kpost hdraft "

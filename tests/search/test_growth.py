"""What keeps a search as quick on a large site as on a small one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, update

from cms.db import session
from cms.models import Entry, Post
from cms.models.base import now
from cms.search.databases import candidates
from cms.search.finding import find
from cms.search.grammar import Term
from cms.search.marks import WORD
from cms.search.matching import STREAMS, Asked, Sought
from cms.search.postgresql import BLOCK, expressions
from cms.search.sqlite import PREFIXES, quoted
from cms.search.titles import TitleWords
from tests.factories import make_post

HERON = Asked([[("wheron", True)]], [])


def publish_with_id(number: int, **fields) -> Post:
    draft = make_post(published=False, **fields)
    session.execute(delete(TitleWords).where(TitleWords.entry_id == draft.id))
    table = Entry.__table__
    session.execute(update(table).where(table.c.id == draft.id).values(id=number))
    session.expunge_all()
    post = session.get(Post, number)
    post.publish(by=None)
    return post


@pytest.fixture
def distant_posts(app) -> Iterator[list[Post]]:
    return [publish_with_id(number, title=str(number), body="heron") for number in (7, BLOCK * 3, BLOCK * 90)]


def test_entries_of_distant_blocks_are_found(distant_posts):
    assert {result.title for result in find("heron").results} == {post.title for post in distant_posts}
    assert len(find("heron after:2020").results) == 3
    assert find("heron before:2020").results == []


def test_a_stream_ends_when_it_has_enough(app):
    for _number in range(STREAMS[WORD] + 5):
        make_post(body="heron")
    rows = candidates(Sought(terms=(Term(("heron",)),)), now(), session())
    assert len([row for row in rows if row.stream == WORD]) == STREAMS[WORD]


def test_blocks_are_asked_newest_first_in_growing_groups():
    groups = expressions(HERON, list(range(29, -1, -1)))
    assert [len(group.split(" | ")) for group in groups] == [1, 4, 16, 9]
    assert groups[0] == "(('1dwheron':*))"
    assert groups[-1].endswith("(('0wheron':*))")


def test_the_index_holds_the_beginnings_that_people_type():
    assert quoted(("wheron", True)) == '"wheron"*'
    assert {len("whe"), len("wheron")} <= set(PREFIXES)
